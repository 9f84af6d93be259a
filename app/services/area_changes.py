"""What a change of designated areas stores: old lines closed, new ones opened, the land that moved, one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import ConflictError
from app.models import AreaChange, AreaChangePart, AreaStatus, AreaVersion, NeighbourhoodArea
from app.services.boundaries import geometry_hash
from geo import carve
from geo.boundary import boundary
from geo.topology import canonical
from referendum.errors import StageError


class ChangeKind(StrEnum):
    """What a change does to an area."""

    SUBTRACT = "subtract"
    ENLARGE = "enlarge"
    SPLIT = "split"
    MERGE = "merge"
    REPLACE = "replace"
    """A new area takes all of its land: only in deciding an application (AREA-10)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """A change to designated areas, and the application on which it is made.

    Attributes:
        kind: what is done.
        reference: the area that is changed; after a merger it is the one that goes on.
        on: the day of the change: the old line ends and the new one begins.
        applied_by: the relevant body on whose application it is made.
        applied_parish_code: its parish, where it is a parish council: applying, it has consented.
        applied_on: the day the application was received.
        reasons: why.
        piece_bng: the land taken out, taken in or split off; None for a merger.
        name: of the area that is split off.
        others: references of the areas joined to it.
        is_business_area, business_area_reasons: considered anew for what is designated (AREA-19).
    """

    kind: ChangeKind
    reference: str
    on: date
    applied_by: str
    applied_on: date
    reasons: str
    applied_parish_code: str | None = None
    piece_bng: BaseGeometry | None = None
    name: str = ""
    others: tuple[str, ...] = ()
    is_business_area: bool = False
    business_area_reasons: str = ""


def current_version(area: NeighbourhoodArea, on: date) -> AreaVersion:
    """Return the line of a designated area that a change on a day would end.

    Raises:
        StageError: the area is not designated.
        ConflictError: a line that begins after the day is there already.
    """
    if area.status != AreaStatus.DESIGNATED.value or not area.versions:
        raise StageError(f"{area.reference} is not a designated area: it is {area.status}.")
    last = area.versions[-1]
    if last.valid_from > on:
        raise ConflictError(
            f"{area.reference} already has a line from {last.valid_from}, so it cannot be changed as of {on}: "
            "give that day or a later one."
        )
    return last


def as_carved(area: NeighbourhoodArea, version: AreaVersion) -> carve.AreaVersion:
    """Return a stored line as the geometry of changes knows it."""
    return carve.AreaVersion(
        reference=area.reference,
        name=area.name,
        geometry_bng=canonical(version.geometry),
        from_date=version.valid_from,
    )


def apply_carving(
    session: WriteSession,
    deed: Deed,
    facts: ChangeFacts,
    areas: Sequence[NeighbourhoodArea],
    carving: carve.Carving,
    *,
    used: list[dict[str, object]],
) -> list[NeighbourhoodArea]:
    """Close the old lines and open the new ones, keep the change, and record it as one event.

    Returns the areas that stand after it. Source: AREA-16, AREA-22.
    """
    by_reference = {area.reference: area for area in areas}
    closed = [(by_reference[each.reference], _hash(by_reference[each.reference])) for each in carving.closed]
    for area, _ in closed:
        area.versions[-1].valid_until = facts.on
    opened = [_open(session, facts, by_reference, each) for each in carving.opened]
    for area, _ in closed:
        if area not in opened:
            area.status = AreaStatus.ENDED.value
    session.flush()
    piece = boundary(facts.piece_bng) if facts.piece_bng is not None else carving.changed_bng
    change = _change_row(deed, facts, piece)
    _keep(session, deed, change, closed=closed, opened=opened, used=used)
    return opened


def _open(
    session: WriteSession, facts: ChangeFacts, by_reference: dict[str, NeighbourhoodArea], new: carve.AreaVersion
) -> NeighbourhoodArea:
    area = by_reference.get(new.reference)
    if area is None:
        area = NeighbourhoodArea(
            reference=new.reference,
            name=new.name,
            status=AreaStatus.DESIGNATED.value,
            designated_on=facts.on,
            is_business_area=facts.is_business_area,
        )
        session.add(area)
    elif facts.kind is ChangeKind.MERGE:
        area.is_business_area = facts.is_business_area
    words = f"{facts.kind.value} on the application of {facts.applied_by}: {facts.reasons}"
    area.versions.append(AreaVersion(valid_from=facts.on, reason=words, geometry=new.geometry_bng))
    return area


def _change_row(deed: Deed, facts: ChangeFacts, piece_bng: MultiPolygon) -> AreaChange:
    return AreaChange(
        kind=facts.kind.value,
        on_date=facts.on,
        applied_by=facts.applied_by.strip(),
        applied_parish_code=facts.applied_parish_code,
        applied_on=facts.applied_on,
        reasons=facts.reasons.strip(),
        recorded_at=deed.at,
        geometry=piece_bng,
    )


def _keep(
    session: WriteSession,
    deed: Deed,
    change: AreaChange,
    *,
    closed: Sequence[tuple[NeighbourhoodArea, str]],
    opened: Sequence[NeighbourhoodArea],
    used: list[dict[str, object]],
) -> None:
    change.parts = [
        *(AreaChangePart(area=area, role="closed", sha256=line) for area, line in closed),
        *(AreaChangePart(area=area, role="opened", sha256=_hash(area)) for area in opened),
    ]
    session.add(change)
    session.flush()
    before = {"lines": {area.reference: line for area, line in closed}}
    after = change_facts(change) | {
        "opened": [
            {
                "reference": area.reference,
                "name": area.name,
                "designated_on": area.designated_on.isoformat() if area.designated_on else None,
                "is_business_area": area.is_business_area,
                "geometry_sha256": _hash(area),
            }
            for area in opened
        ],
        "consents": used,
    }
    record(session, deed, EventKind.AREA_MODIFIED, closed[0][0].reference, before=before, after=after)


def change_facts(change: AreaChange) -> dict[str, object]:
    """Return what the record keeps of a change itself, as stored."""
    return {
        "number": change.id,
        "change": change.kind,
        "on": change.on_date.isoformat(),
        "applied_by": change.applied_by,
        "applied_parish_code": change.applied_parish_code,
        "applied_on": change.applied_on.isoformat(),
        "reasons": change.reasons,
        "piece_sha256": geometry_hash(boundary(change.geometry)),
    }


def _hash(area: NeighbourhoodArea) -> str:
    return geometry_hash(boundary(area.versions[-1].geometry))
