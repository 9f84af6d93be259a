"""Does the database hold what the record says? Every difference is an edit that left no event, and is named."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import documents
from app.db import ReadSession, WriteSession
from app.documents import document_text
from app.models import ElectorateCount, NeighbourhoodArea, Referendum, RoleHeld
from app.services.accounts import subject_of
from app.services.boundaries import geometry_hash
from app.services.rebuilding import FIGURES, Key, State, rebuild
from geo.boundary import boundary
from referendum.count_file import read_count
from referendum.errors import ReferendumError
from referendum.result import result_document
from referendum.tally import tally

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFault:
    """Where a table is not what its events come to.

    Attributes:
        subject: the reference it belongs to.
        what: what differs, in a sentence without its full stop.
    """

    subject: str
    what: str


def state_faults(session: AnySession) -> list[StateFault]:
    """Return every difference between the tables and what the events of the record come to."""
    told = rebuild(documents(session))
    return list(_differences(told, stored_state(session)))


def _differences(told: State, stored: State) -> Iterator[StateFault]:
    for key in sorted(told.keys() | stored.keys()):
        name = f"{key[0]} of {' '.join(key[1:])}"
        if key not in stored:
            yield StateFault(subject=key[1], what=f"the {name} is gone, and no event took it away")
        elif key not in told:
            yield StateFault(subject=key[1], what=f"the {name} is there, and no event put it there")
        else:
            for field in sorted(told[key]):
                if told[key][field] != stored[key].get(field):
                    yield StateFault(subject=key[1], what=f"the {field} of the {name} is not what the record says")
            if "its own sum" in stored[key]:
                yield StateFault(subject=key[1], what=f"the {name} does not follow from its own figures")


def stored_state(session: AnySession) -> State:
    """Return the state that the tables hold, in the shape in which `rebuild` returns it."""
    state: State = {}
    for area in session.scalars(select(NeighbourhoodArea)):
        state.update(_area(area))
    for referendum in session.scalars(select(Referendum)):
        state.update(_count(referendum))
    for count, reference in session.execute(
        select(ElectorateCount, Referendum.reference).join(Referendum, ElectorateCount.referendum_id == Referendum.id)
    ):
        state["electorate", reference, count.snapshot] = _electorate(count)
    for held in session.scalars(select(RoleHeld).where(RoleHeld.ended_at.is_(None))):
        state["role", subject_of(held.user), held.role, held.organisation.code] = {"held": True}
    session.expunge_all()
    return state


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _line(geometry_bng: BaseGeometry) -> str:
    return geometry_hash(boundary(geometry_bng))


def _area(area: NeighbourhoodArea) -> Iterator[tuple[Key, dict[str, Any]]]:
    yield (
        ("area", area.reference),
        {
            "name": area.name,
            "status": area.status,
            "designated_on": _day(area.designated_on),
            "is_business_area": area.is_business_area,
            "line": _line(area.versions[-1].geometry) if area.versions else None,
        },
    )
    for application in area.applications:
        yield (
            ("application", area.reference),
            {
                "applicant_kind": application.applicant_kind,
                "applicant_parish_code": application.applicant_parish_code,
                "received_on": _day(application.received_on),
                "route": application.route,
                "publicised_on": _day(application.publicised_on),
                "closes_on": _day(application.closes_on),
                "line": _line(application.geometry),
            },
        )
        for decision in application.decisions:
            yield (
                ("decision", area.reference, decision.authority_code),
                {
                    "outcome": decision.outcome,
                    "decided_on": _day(decision.decided_on),
                    "is_business_area": decision.is_business_area,
                    "reasons": decision.reasons,
                    "business_area_reasons": decision.business_area_reasons,
                },
            )


def _count(referendum: Referendum) -> Iterator[tuple[Key, dict[str, Any]]]:
    for account in referendum.accounts:
        key = ("account", referendum.reference, account.poll, account.council, account.station)
        yield key, {name: getattr(account, name) for name in FIGURES}
    for round_ in referendum.rounds:
        facts: dict[str, Any] = {"reason": round_.reason, "count": round_.count}
        if not _follows(round_.count, round_.result):
            facts["its own sum"] = False
        yield ("round", referendum.reference, str(round_.number)), facts
    declaration = referendum.declaration
    if declaration is not None:
        yield (
            ("declaration", referendum.reference),
            {
                "round": declaration.round_number,
                "result": declaration.result,
                "declared_by": declaration.declared_by,
                "declared_at": declaration.declared_at.astimezone(UTC).isoformat(timespec="microseconds"),
            },
        )


def _follows(count: dict[str, Any], result: dict[str, Any]) -> bool:
    try:
        return result_document(tally(read_count(count))) == result
    except ReferendumError:
        return False


def _electorate(count: ElectorateCount) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "register": count.register_id,
        "entries_in_area": count.entries_in_area,
        "entitled": count.entitled,
        "sha256": count.sha256,
    }
    if hashlib.sha256(document_text(count.document).encode()).hexdigest() != count.sha256:
        facts["its own sum"] = False
    return facts
