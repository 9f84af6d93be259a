"""The proof-carrying result: one document with everything needed to work a result out again, sealed by hashes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from referendum.count import Count, Poll
from referendum.count_document import count_document, rejected_document
from referendum.declaration import Declaration, declaration_lines, declared_numbers
from referendum.law import rule_set
from referendum.question import prescribed_question
from referendum.result import result_document
from referendum.rounds import Rounds
from referendum.tally import tally
from referendum.verify import canonical_hash, seal_of

BUNDLE_SCHEMA = "folkmoot.result-bundle/1"

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """An officer's signature of one section of the bundle.

    Attributes:
        role: in what capacity ("Counting Officer"); never an elector.
        name: the officer's name.
        at: aware time.
        of: the section signed: "count", "rounds", "result", "electorate", "referendum_area" or "timetable".
    """

    role: str
    name: str
    at: datetime
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What goes into a bundle beside the count; whatever is not there is left empty and said to be absent.

    Attributes:
        reference: public reference of the referendum.
        rounds: count rounds by poll and council.
        declaration: the declaration, once made.
        sign_offs: signatures.
        boundary: GeoJSON geometry of the referendum area, in the frame of `boundary_frame`.
        electorate: a `folkmoot.electorate/1` document for the final register.
        ledger_sha256: hash of the ledger of entries behind it (the ledger itself stays with the council).
        timetable: a `folkmoot.timetable/1` document.
        audit: events of the record, oldest first; an event of another matter may stand as {seq, previous_hash, hash}.
            An event whose `after` holds "count_sha256" (or so of another section) is held to the section as it stands.
    """

    reference: str | None = None
    rounds: Mapping[tuple[Poll, str], Rounds] | None = None
    declaration: Declaration | None = None
    sign_offs: Sequence[SignOff] = ()
    boundary: Document | None = None
    boundary_frame: str = "EPSG:27700"
    electorate: Document | None = None
    ledger_sha256: str | None = None
    timetable: Document | None = None
    audit: Iterable[Document] = ()


def result_bundle(count: Count, evidence: Evidence | None = None) -> dict[str, object]:
    """Return the `folkmoot.result-bundle/1` document of a count and its evidence, sealed.

    The result in it is tallied here from the count; `referendum.verify` checks it with the standard library alone.

    Raises: EnginesDisagreeError as `tally`; ReferendumError where a name cannot stand in the question.

    Source: COUNT-14, COUNT-15, COUNT-16.
    """
    held = evidence or Evidence()
    bundle: dict[str, object] = {
        "schema": BUNDLE_SCHEMA,
        "reference": held.reference,
        "rule_set": rule_set(count.poll_date),
        "question": prescribed_question(count.instrument, area=count.area, authority=count.authority),
        "count": count_document(count),
        "rounds": _rounds_section(held.rounds or {}),
        "sign_offs": [],
        "result": result_document(tally(count)),
        "declaration": None if held.declaration is None else _declaration_section(held.declaration),
        "referendum_area": None if held.boundary is None else _area_section(held.boundary, held.boundary_frame),
        "electorate": None
        if held.electorate is None
        else {"totals": held.electorate, "ledger_sha256": held.ledger_sha256},
        "timetable": held.timetable,
        "audit": list(held.audit),
    }
    bundle["sign_offs"] = [_sign_off(signed, bundle[signed.of]) for signed in held.sign_offs]
    return bundle | {"seal": seal_of(bundle)}


def _rounds_section(rounds: Mapping[tuple[Poll, str], Rounds]) -> list[dict[str, object]]:
    return [
        {
            "poll": poll.value,
            "council": council,
            "number": held.number,
            "yes": held.yes,
            "no": held.no,
            "rejected": rejected_document(held.rejected),
            "reason": held.reason,
            "confirmed": held.confirmed,
        }
        for (poll, council), all_held in rounds.items()
        for held in all_held.rounds
    ]


def _declaration_section(declaration: Declaration) -> dict[str, object]:
    return {
        "officer": declaration.officer,
        "capacity": declaration.capacity.value,
        "declared_at": declaration.declared_at.isoformat(),
        "reason": None if declaration.reason is None else declaration.reason.reason,
        "numbers": {
            poll.value: [line.number for line in declared_numbers(totals)]
            for poll, totals in declaration.result.polls.items()
        },
        "lines": list(declaration_lines(declaration)),
    }


def _area_section(boundary: Document, frame: str) -> dict[str, object]:
    return {"frame": frame, "geometry": boundary, "sha256": canonical_hash(boundary)}


def _sign_off(signed: SignOff, section: object) -> dict[str, object]:
    return {
        "role": signed.role,
        "name": signed.name,
        "at": signed.at.isoformat(),
        "of": signed.of,
        "sha256": canonical_hash(section),
    }
