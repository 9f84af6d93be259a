"""A referendum area's electors, counted from a stored register with what they were counted from; nothing is stored."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import EventKind
from app.db import ReadSession, WriteSession
from app.electors import Electorate, RegisterFacts, count_electors
from app.electors_ledger import ledger_hash
from app.electors_portions import Portions, count_portions, portion_findings
from app.models import AuditEvent, Boundary, BoundaryKind, Referendum, Register
from app.queries.nearby import boundaries_near, in_force
from app.queries.successions import with_successors
from app.services.boundaries import geometry_hash
from app.services.electorates_placements import Placed, placements_for
from app.services.registers import stored_roll, versions_before
from geo.assign import AreaIndex
from geo.boundary import boundary
from geo.electorate import OfficerPlacement, district_extents
from geo.registers import FileInfo, UnreadableRow
from referendum.law import rule_set


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An electorate as counted just now, with what it was counted from.

    Attributes:
        electorate: the count, its findings on portions included.
        portions: by council, or None where no councils' boundaries are stored.
        placed: the officer's placements that were applied, and those that lapsed.
        area_bng: the referendum area, EPSG:27700 metres.
        districts_bng: polling districts by code.
    """

    electorate: Electorate
    portions: Portions | None
    placed: Placed
    area_bng: BaseGeometry
    districts_bng: dict[str, BaseGeometry]


def districts_of(session: ReadSession | WriteSession, register: Register) -> dict[str, BaseGeometry]:
    """Return the polling districts of a register's council as they stood on the register's day.

    A council that was succeeded since has them under its own code until then, and its successor from then on (O-10).
    """
    codes = with_successors(session, council_as_imported(session, register))
    statement = select(Boundary).where(
        Boundary.kind == BoundaryKind.POLLING_DISTRICT.value, Boundary.authority_code.in_(codes)
    )
    rows = session.scalars(in_force(statement, Boundary, register.as_at).order_by(Boundary.code))
    return {row.code: row.geometry for row in rows}


def council_as_imported(session: ReadSession | WriteSession, register: Register) -> str:
    """Return the code of the council whose register it was when it came in; a successor may have it now (O-10)."""
    kinds = [EventKind.REGISTER_IMPORTED.value, EventKind.REGISTER_ALTERED.value]
    told = session.scalars(
        select(AuditEvent.after).where(AuditEvent.subject == f"register:{register.id}", AuditEvent.kind.in_(kinds))
    ).first()
    return register.authority_code if told is None else str(told["authority_code"])


def councils_near(session: ReadSession | WriteSession, area_bng: BaseGeometry, on: date) -> list[Boundary]:
    """Return relevant councils near an area in order of code; planning authorities that run polls stand in for them.

    Source: REF-1, REF-2, T-24.
    """
    rows = boundaries_near(session, BoundaryKind.RELEVANT_COUNCIL, area_bng, on)
    if not rows:
        near = boundaries_near(session, BoundaryKind.AUTHORITY, area_bng, on)
        rows = [row for row in near if row.is_relevant_council]
    return rows


def count_electorate(
    session: ReadSession | WriteSession,
    area_bng: BaseGeometry,
    register: Register,
    *,
    poll_date: date,
    placements: tuple[OfficerPlacement, ...] = (),
) -> Electorate:
    """Count the electors of an area from a stored register; nothing is stored.

    Source: ELEC-1, ELEC-2.
    """
    districts = districts_of(session, register)
    facts = RegisterFacts(
        layout=register.layout,
        files=tuple(FileInfo(**file) for file in register.files["files"]),
        as_at=register.as_at,
        unreadable=tuple(UnreadableRow(**row) for row in register.files["unreadable"]),
        misfits=tuple(UnreadableRow(**row) for row in register.files.get("misfits", ())),
    )
    return count_electors(
        stored_roll(session, register),
        AreaIndex([area_bng]),
        poll_date=poll_date,
        register=facts,
        extents=district_extents(area_bng, districts) if districts else None,
        placements=placements,
    )


def count_for(
    session: ReadSession | WriteSession, referendum: Referendum, register: Register, *, upto: int | None = None
) -> Counted:
    """Count the electors of a referendum with all that officers decided, split between the councils that poll.

    Args:
        session: where to read.
        referendum: whose area and poll date are taken.
        register: a stored version.
        upto: the last placement to take, to count again as it was; None for all.

    Source: ELEC-1, ELEC-2, REF-1, REF-2, REF-4.
    """
    area = referendum.geometry
    placed = placements_for(session, referendum, register, upto=upto)
    electorate = count_electorate(session, area, register, poll_date=referendum.poll_date, placements=placed.applied)
    councils = {row.code: row.geometry for row in councils_near(session, area, referendum.decision_on)}
    districts = districts_of(session, register)
    portions = None
    if councils:
        portions = count_portions(electorate, area_bng=area, councils_bng=councils, districts_bng=districts)
        electorate = replace(electorate, findings=(*electorate.findings, *portion_findings(portions)))
    return Counted(electorate=electorate, portions=portions, placed=placed, area_bng=area, districts_bng=districts)


def provenance_of(
    session: ReadSession | WriteSession, referendum: Referendum, register: Register, counted: Counted
) -> dict[str, object]:
    """Return what an electorate was counted from: boundary, polling districts, rules, register, placements, portions.

    Source: ELEC-16, REF-4.
    """
    portions = counted.portions
    return {
        "boundary_sha256": geometry_hash(boundary(referendum.geometry)),
        "polling_districts_sha256": _districts_hash(counted.districts_bng),
        "rule_set": rule_set(referendum.poll_date),
        "register": {
            "id": register.id,
            "authority_code": council_as_imported(session, register),
            "as_at": register.as_at.isoformat(),
            "versions": versions_before(session, register.id),
        },
        "placements": {
            "count": len(counted.placed.applied),
            "last": counted.placed.last,
            "sha256": counted.placed.sha256,
        },
        "portions": [
            {
                "council": one.council,
                "in_area": one.in_area,
                "registered": one.registered,
                "entitled": one.entitled,
            }
            for one in (portions.counts if portions else ())
        ],
        "lead_council": portions.lead if portions else None,
        "ledger_sha256": ledger_hash(counted.electorate),
    }


def _districts_hash(districts_bng: dict[str, BaseGeometry]) -> str:
    digest = hashlib.sha256()
    for code, shape in sorted(districts_bng.items()):
        digest.update(code.encode() + b"\0" + shapely.to_wkb(shape))
    return digest.hexdigest()
