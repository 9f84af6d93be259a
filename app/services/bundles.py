"""What leaves the service about a declared referendum: its proof-carrying result, and its results report."""

import json
from collections.abc import Iterator

import shapely
from sqlalchemy import func, select

from app.audit import EventKind, event_document
from app.db import ReadSession
from app.electors_public import electorate_for_proof
from app.errors import NotFoundError
from app.models import AuditEvent, CountRound, Referendum
from app.models import Declaration as DeclaredRow
from app.queries.referendums import electorates_of, referendum_with_everything
from app.roles import ROLE_WORDS, Role
from referendum.bundle import Evidence, SignOff, result_bundle
from referendum.count import Count, Poll, Rejected
from referendum.count_file import read_count
from referendum.declaration import Capacity, Declaration, SupervisorReason, declare
from referendum.results_report import results_report
from referendum.rounds import Rounds, confirm_round, hold_round
from referendum.tally import tally

POLL_SNAPSHOT = "E2"
_BY_HASH_ALONE = (EventKind.COUNT_SHEET_KEYED.value, EventKind.COUNT_SHEET_SETTLED.value)


def referendum_bundle(session: ReadSession, reference: str) -> dict[str, object]:
    """Return the sealed `folkmoot.result-bundle/1` document of a declared referendum, from what is stored.

    The electorate is the one frozen for the poll, where there is one; the extract of the record runs from the first
    event of the referendum to its last, events of other matters standing in it by their hashes alone.

    Raises:
        NotFoundError: no such referendum, or its result is not declared.

    Source: COUNT-12, COUNT-14, COUNT-15, COUNT-16, ELEC-16.
    """
    referendum, declared = _declared(session, reference)
    count = read_count(_counted(referendum, declared).count)
    poll_electorate = next((e for e in electorates_of(session, referendum) if e.snapshot == POLL_SNAPSHOT), None)
    evidence = Evidence(
        reference=reference,
        rounds=_rounds(referendum),
        declaration=_declaration(referendum, declared, count),
        boundary=json.loads(shapely.to_geojson(referendum.geometry)),
        electorate=None if poll_electorate is None else electorate_for_proof(poll_electorate.document),
        ledger_sha256=None if poll_electorate is None else (poll_electorate.provenance or {}).get("ledger_sha256"),
        sign_offs=list(_sign_offs(referendum, declared)),
        timetable=referendum.timetable,
        audit=list(_audit_extract(session, reference)),
    )
    return result_bundle(count, evidence)


def referendum_report(session: ReadSession, reference: str) -> dict[str, object]:
    """Return a declared result as a NIST SP 1500-100 election report; the same bytes whenever it is asked for.

    Raises:
        NotFoundError: no such referendum, or its result is not declared.

    Source: COUNT-15.
    """
    _, declaration = referendum_declaration(session, reference)
    return results_report(declaration, generated_at=declaration.declared_at)


def referendum_declaration(session: ReadSession, reference: str) -> tuple[Referendum, Declaration]:
    """Return a referendum with its declaration, tallied again from the figures of the round that was declared.

    Raises:
        NotFoundError: no such referendum, or its result is not declared.
    """
    referendum, declared = _declared(session, reference)
    return referendum, _declaration(referendum, declared, read_count(_counted(referendum, declared).count))


def _declared(session: ReadSession, reference: str) -> tuple[Referendum, DeclaredRow]:
    referendum = referendum_with_everything(session, reference)
    if referendum.declaration is None:
        raise NotFoundError(f"The result of {reference} is not declared yet: ask again after its declaration.")
    return referendum, referendum.declaration


def _counted(referendum: Referendum, declared: DeclaredRow) -> CountRound:
    return next(each for each in referendum.rounds if each.number == declared.round_number)


def _declaration(referendum: Referendum, declared: DeclaredRow, count: Count) -> Declaration:
    chief = referendum.is_cross_boundary
    result = tally(count)
    return declare(
        result,
        officer=declared.declared_by,
        capacity=Capacity.CHIEF_COUNTING_OFFICER if chief else Capacity.COUNTING_OFFICER,
        declared_at=declared.declared_at,
        reason=None if declared.reason is None else SupervisorReason(by=declared.declared_by, reason=declared.reason),
    )


def _sign_offs(referendum: Referendum, declared: DeclaredRow) -> Iterator[SignOff]:
    """Yield the signatures under the figures of the round that was declared."""
    for signed in referendum.sign_offs:
        if signed.round_number == declared.round_number:
            role = ROLE_WORDS[Role(signed.role)] if signed.role in set(Role) else signed.role
            yield SignOff(role=role, name=signed.name, at=signed.at, of="count")


def _rounds(referendum: Referendum) -> dict[tuple[Poll, str], Rounds]:
    """Return every count of every portion; its officer confirmed each, and the last is in use (COUNT-12)."""
    held: dict[tuple[Poll, str], Rounds] = {}
    for row in referendum.portions:
        rounds = Rounds()
        for kept in row.rounds:
            figures = dict(kept.figures)
            yes, no = figures.pop("yes"), figures.pop("no")
            rounds = hold_round(rounds, yes=yes, no=no, rejected=Rejected(**figures), reason=kept.reason)
            rounds = confirm_round(rounds, kept.number)
        held[Poll(row.poll), row.council] = rounds
    return held


def _audit_extract(session: ReadSession, reference: str) -> Iterator[dict[str, object]]:
    """Yield the record from the referendum's first event to its last.

    What each person keyed before a figure was settled stands by its hash alone, as other matters do: who made which
    slip of the keyboard is the council's business.
    """
    own = AuditEvent.subject == reference
    first, last = session.execute(select(func.min(AuditEvent.seq), func.max(AuditEvent.seq)).where(own)).one()
    shown = select(AuditEvent).where(own, AuditEvent.kind.not_in(_BY_HASH_ALONE))
    full = {event.seq: event_document(event) for event in session.scalars(shown)}
    links = select(AuditEvent.seq, AuditEvent.previous_hash, AuditEvent.hash)
    for seq, previous_hash, link in session.execute(
        links.where(AuditEvent.seq.between(first, last)).order_by(AuditEvent.seq)
    ):
        yield full.get(seq) or {"seq": seq, "previous_hash": previous_hash, "hash": link}
