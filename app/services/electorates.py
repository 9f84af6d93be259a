"""Electorates: count a referendum area's electors from a stored register, and freeze the result for ever."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.documents import document_text
from app.electors import Electorate, RegisterFacts, count_electors, electorate_document
from app.electors_ledger import ledger_hash
from app.electors_portions import Portions, count_portions, portion_findings
from app.errors import ConflictError, InvalidRequestError
from app.models import Boundary, BoundaryKind, ElectorateCount, Referendum, Register
from app.queries.nearby import boundaries_near, in_force
from app.scope import refuse_other_council, refuse_other_organisation
from app.services.boundaries import geometry_hash
from app.services.electorates_placements import Placed, placements_for
from app.services.referendums import referendum_by_reference
from app.services.registers import register_by_id, stored_roll, versions_before
from geo.assign import AreaIndex
from geo.boundary import boundary
from geo.electorate import OfficerPlacement, district_extents
from geo.registers import FileInfo, UnreadableRow
from referendum.law import rule_set

PROVISIONAL = "provisional"
SNAPSHOTS = ("E0", "E1", "E2", PROVISIONAL)


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
    """Return the polling districts of a register's council as they stood on the register's day."""
    statement = select(Boundary).where(
        Boundary.kind == BoundaryKind.POLLING_DISTRICT.value, Boundary.authority_code == register.authority_code
    )
    rows = session.scalars(in_force(statement, Boundary, register.as_at).order_by(Boundary.code))
    return {row.code: row.geometry for row in rows}


def _councils(session: ReadSession | WriteSession, area_bng: BaseGeometry, on: date) -> dict[str, BaseGeometry]:
    """Return relevant councils near the area by code; planning authorities that run polls stand in for them.

    Source: REF-1, REF-2, T-24.
    """
    rows = boundaries_near(session, BoundaryKind.RELEVANT_COUNCIL, area_bng, on)
    if not rows:
        near = boundaries_near(session, BoundaryKind.AUTHORITY, area_bng, on)
        rows = [row for row in near if row.is_relevant_council]
    return {row.code: row.geometry for row in rows}


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
    councils, districts = _councils(session, area, referendum.decision_on), districts_of(session, register)
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
            "authority_code": register.authority_code,
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


def electorate_hash(document: dict[str, object], provenance: dict[str, object] | None) -> str:
    """Return the SHA-256 (hex) of a frozen electorate: of its document, and of its provenance where it has one."""
    text = document_text(document if provenance is None else {"electorate": document, "provenance": provenance})
    return hashlib.sha256(text.encode()).hexdigest()


def freeze_electorate(
    session: WriteSession, deed: Deed, reference: str, *, snapshot: str, register_id: int
) -> ElectorateCount:
    """Count the electors of a referendum and keep the result: E0, E1 and E2 for ever, a provisional one until the next.

    Raises:
        NotFoundError: no such referendum or register.
        InvalidRequestError: an unknown kind of count.
        ConflictError: that electorate is frozen already (REF-19: never recomputed).

    Source: ELEC-16, REF-18, REF-19, T-21.
    """
    referendum = referendum_by_reference(session, reference)
    register = register_by_id(session, register_id)
    refuse_other_council(deed, {referendum.council}, f"The electorate of {reference}")
    refuse_other_organisation(deed, {register.authority_code}, f"Register {register_id}")
    if snapshot not in SNAPSHOTS:
        raise InvalidRequestError(f"There is no electorate “{snapshot[:20]}”: choose one of {', '.join(SNAPSHOTS)}.")
    earlier = frozen_electorate(session, referendum, snapshot)
    if earlier is not None and snapshot != PROVISIONAL:
        raise ConflictError(f"The electorate {snapshot} of {reference} is frozen; it is never counted again (REF-19).")
    before = None if earlier is None else {"sha256": earlier.sha256, "entitled": earlier.entitled}
    if earlier is not None:
        session.delete(earlier)
        session.flush()
    count = _count_row(session, deed, referendum, register, snapshot)
    session.add(count)
    session.flush()
    after = {
        "snapshot": snapshot,
        "register": register.id,
        "entries_in_area": count.entries_in_area,
        "entitled": count.entitled,
        "sha256": count.sha256,
    }
    record(session, deed, EventKind.ELECTORATE_FROZEN, reference, before=before, after=after)
    return count


def frozen_electorate(
    session: ReadSession | WriteSession, referendum: Referendum, snapshot: str
) -> ElectorateCount | None:
    """Return a frozen electorate, or None where it has not been counted."""
    chosen = select(ElectorateCount).where(
        ElectorateCount.referendum_id == referendum.id, ElectorateCount.snapshot == snapshot
    )
    return session.scalars(chosen).one_or_none()


def _count_row(
    session: WriteSession, deed: Deed, referendum: Referendum, register: Register, snapshot: str
) -> ElectorateCount:
    counted = count_for(session, referendum, register)
    document = json.loads(document_text(electorate_document(counted.electorate)))
    provenance = provenance_of(session, referendum, register, counted)
    return ElectorateCount(
        referendum_id=referendum.id,
        register_id=register.id,
        snapshot=snapshot,
        counted_at=deed.at,
        entries_in_area=counted.electorate.in_area,
        entitled=counted.electorate.entitled,
        document=document,
        provenance=provenance,
        sha256=electorate_hash(document, provenance),
    )


def is_same_when_counted_again(
    session: ReadSession | WriteSession, referendum: Referendum, count: ElectorateCount
) -> bool:
    """Count a frozen electorate again from what is stored, and say whether every byte comes out the same.

    Source: ELEC-16.
    """
    register = register_by_id(session, count.register_id)
    upto = None if count.provenance is None else int(count.provenance["placements"]["last"])
    counted = count_for(session, referendum, register, upto=upto)
    document = json.loads(document_text(electorate_document(counted.electorate)))
    provenance = None if count.provenance is None else provenance_of(session, referendum, register, counted)
    return electorate_hash(document, provenance) == count.sha256
