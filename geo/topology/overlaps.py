"""Where an area lies over other places, and whether each overlap is land or only a sliver between two lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.measure import greatest_widths_m, is_wider_than, land, share
from geo.topology.places import Neighbour, Place, Places, canonical, indexed

TOLERANCE_M = 3.0
LEAST_OVERLAP_M2 = 0.01
ROUNDING_M = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Land that an area shares with one other place.

    Attributes:
        reference, name: of the other place.
        area_m2: size of the shared land.
        share_of_area: of the area's own land, 0 to 1, four places.
        share_of_neighbour: of the other place's land, 0 to 1, four places.
        max_width_m: greatest width over its parts: diameter of the maximum inscribed circle, to 0.001 m.
        sliver: no part is wider than the tolerance.
        geometry_bng: the shared land.
        neighbour_bng: the other place's boundary in canonical form.
        neighbour_is_valid: that boundary was valid as given.
        starts_on: the day the other place begins to stand, where that is still to come.
    """

    reference: str
    name: str
    area_m2: float
    share_of_area: Decimal
    share_of_neighbour: Decimal
    max_width_m: float
    sliver: bool
    geometry_bng: MultiPolygon
    neighbour_bng: MultiPolygon
    neighbour_is_valid: bool
    starts_on: date | None = None


def overlaps(
    area_bng: BaseGeometry, neighbours: Iterable[Neighbour], tolerance_m: float = TOLERANCE_M
) -> tuple[Overlap, ...]:
    """Return the area's overlap with each neighbour that it shares land with, in order of reference.

    Args:
        area_bng: Polygon or MultiPolygon, EPSG:27700 metres.
        neighbours: the other places; pass `Places` to index them once for many questions.
        tolerance_m: an overlap no wider than this everywhere is a sliver.

    Less than a hundredth of a square metre, or nowhere wider than a millimetre, is the rounding of coordinates and
    not land; it is left out.
    Source: AREA-15, T-1; width decides and not area, because real slivers reach hundreds of square metres.
    """
    area = canonical(area_bng)
    index = indexed(neighbours)
    found = _shared_land(area, index)
    widths_m = [round(float(width), 3) for width in greatest_widths_m([shared for _, shared in found])]
    return tuple(
        _overlap(area, index, number, shared=shared, width_m=width_m, tolerance_m=tolerance_m)
        for (number, shared), width_m in zip(found, widths_m, strict=True)
        if width_m > ROUNDING_M
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence(Generic[Place]):
    """How much of a place lies in an area.

    Attributes:
        place: the parish, authority or area, as given.
        place_bng: its boundary in canonical form.
        area_m2: size of the shared land.
        share_of_area, share_of_place: of the area's and of the place's own land, 0 to 1, four places.
        geometry_bng: the shared land.
    """

    place: Place
    place_bng: MultiPolygon
    area_m2: float
    share_of_area: Decimal
    share_of_place: Decimal
    geometry_bng: MultiPolygon

    def is_sliver(self, tolerance_m: float = TOLERANCE_M) -> bool:
        """Say whether the shared land is nowhere wider than the tolerance."""
        return not is_wider_than(self.geometry_bng, tolerance_m)


def presences(area_bng: BaseGeometry, places: Iterable[Place]) -> tuple[Presence[Place], ...]:
    """Return what part of each place lies in the area, slivers included, in order of reference; no widths."""
    area = canonical(area_bng)
    index = indexed(places)
    return tuple(
        Presence(
            place=index[number],
            place_bng=index.boundary(number),
            area_m2=shared.area,
            share_of_area=share(shared.area, area.area),
            share_of_place=share(shared.area, index.boundary(number).area),
            geometry_bng=shared,
        )
        for number, shared in _shared_land(area, index)
    )


def remainder(area_bng: BaseGeometry, shared: Sequence[Overlap]) -> MultiPolygon:
    """Return the land of an area that lies in none of the places it overlaps.

    Source: AREA-9, Town and Country Planning Act 1990 s 61G(5) (what is left to designate after a refusal).
    """
    area = canonical(area_bng)
    if not shared:
        return area
    return land(shapely.difference(area, shapely.union_all([overlap.geometry_bng for overlap in shared])))


def _shared_land(area: MultiPolygon, index: Places[Place]) -> list[tuple[int, MultiPolygon]]:
    found = []
    shapely.prepare(area)
    for number in index.meeting(area):
        boundary = index.boundary(number)
        if not shapely.intersects(area, boundary):
            continue
        shared = land(shapely.intersection(area, boundary))
        if shared.area >= LEAST_OVERLAP_M2:
            found.append((number, shared))
    return found


def _overlap(
    area: MultiPolygon,
    index: Places[Neighbour],
    number: int,
    *,
    shared: MultiPolygon,
    width_m: float,
    tolerance_m: float,
) -> Overlap:
    boundary = index.boundary(number)
    return Overlap(
        reference=index[number].reference,
        name=index[number].name,
        area_m2=shared.area,
        share_of_area=share(shared.area, area.area),
        share_of_neighbour=share(shared.area, boundary.area),
        max_width_m=width_m,
        sliver=width_m <= tolerance_m,
        geometry_bng=shared,
        neighbour_bng=boundary,
        neighbour_is_valid=index.is_valid(number),
        starts_on=index[number].starts_on,
    )
