"""Whole parishes, polling districts and councils, to be added to a referendum area or taken out of it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.db import ReadSession, WriteSession
from app.models import Boundary, BoundaryKind
from app.queries.nearby import boundaries_near
from app.services.draft_starts import Part, start_from_parts
from app.services.electorates_counting import councils_near
from geo.boundary import boundary
from geo.electorate import Extent, district_extents
from geo.measure import land
from geo.reshape import with_added, with_taken_away

AnySession = ReadSession | WriteSession
NEARBY_M = 1_500.0
"""How far beyond the line's extent places are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that can be added whole.

    Attributes:
        part: what it is, by its kind and code.
        name: what it is called.
        extent: how much of it lies in the area as drawn.
        is_held: it lies wholly in the neighbourhood area, so it cannot be taken out.
    """

    part: Part
    name: str
    extent: Extent
    is_held: bool


def places_near(
    session: AnySession,
    area_bng: BaseGeometry,
    neighbourhood_bng: BaseGeometry,
    on: date,
    *,
    margin_m: float = NEARBY_M,
) -> list[Place]:
    """Return parishes, polling districts and councils in and around an area, each kind in order of name.

    Args:
        session: where to look.
        area_bng: the area as drawn, EPSG:27700 metres, valid.
        neighbourhood_bng: the neighbourhood area, the same.
        on: places in force on this day.
        margin_m: how far beyond the area's extent to look.
    """
    kinds = (BoundaryKind.PARISH, BoundaryKind.POLLING_DISTRICT)
    rows = [boundaries_near(session, kind, area_bng, on, margin_m=margin_m) for kind in kinds]
    rows.append(councils_near(session, area_bng, on))
    return [place for of_kind in rows for place in _places(of_kind, area_bng, neighbourhood_bng)]


def _places(rows: Sequence[Boundary], area_bng: BaseGeometry, neighbourhood_bng: BaseGeometry) -> list[Place]:
    lines = {str(at): row.geometry for at, row in enumerate(rows)}
    extents, held = district_extents(area_bng, lines), district_extents(neighbourhood_bng, lines)
    found = [
        Place(
            part=Part(kind=BoundaryKind(row.kind), code=row.code, authority_code=row.authority_code),
            name=row.name,
            extent=extents[str(at)],
            is_held=held[str(at)] is Extent.WHOLE,
        )
        for at, row in enumerate(rows)
    ]
    return sorted(found, key=lambda place: (place.name, place.part.code))


def with_places(
    session: AnySession,
    area_bng: BaseGeometry,
    neighbourhood_bng: BaseGeometry,
    *,
    added: Sequence[Part] = (),
    taken: Sequence[Part] = (),
    on: date,
) -> MultiPolygon:
    """Return an area with whole places added and others taken out; land of the neighbourhood area is never taken.

    Raises:
        NotFoundError: a place is not stored, or not in force on that day.
        BoundaryError: the area crosses itself.

    Source: EXAM-4.
    """
    found = boundary(area_bng)
    if added:
        found = with_added(found, start_from_parts(session, added, on).boundary_bng)
    if taken:
        whole = start_from_parts(session, taken, on).boundary_bng
        away = land(shapely.difference(whole, neighbourhood_bng))
        found = found if away.is_empty else with_taken_away(found, away)
    return found
