"""The places an area is compared with: other areas, parishes and authorities, found fast by their extent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar, overload

import numpy as np
import shapely
from shapely import MultiPolygon, STRtree
from shapely.geometry.base import BaseGeometry

from geo.measure import land


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A place with a boundary.

    Attributes:
        reference: its own reference or code; unique in its set on any one day.
        name: as people know it; may be empty.
        geometry_bng: Polygon or MultiPolygon, EPSG:27700 metres.
        starts_on: the day it begins to stand, where that is after the day asked about; None where it stands already.
    """

    reference: str
    name: str
    geometry_bng: BaseGeometry
    starts_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parish(Neighbour):
    """A civil parish; `has_council` is None where the source does not say (a parish may have only a meeting)."""

    has_council: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Neighbour):
    """A local planning authority; a National Park authority designates but never runs a poll (T-24)."""

    is_national_park: bool = False


Place = TypeVar("Place", bound=Neighbour)


class Places(Sequence[Place], Generic[Place]):
    """Places in the order of their references, with a spatial index, loaded once and asked often.

    Boundaries are put into one canonical form as they are needed (start of ring, direction, order of parts),
    so that an answer does not depend on how a file or a database happened to store them.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = tuple(sorted(places, key=_order))
        self._tree = STRtree([place.geometry_bng for place in self._places])
        self._canonical: dict[int, MultiPolygon] = {}
        self._is_valid: dict[int, bool] = {}

    @overload
    def __getitem__(self, number: int) -> Place: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Place]: ...
    def __getitem__(self, number: int | slice) -> Place | Sequence[Place]:
        return self._places[number]

    def __len__(self) -> int:
        return len(self._places)

    def meeting(self, area_bng: BaseGeometry) -> list[int]:
        """Return the numbers of the places whose extents meet the area's, in order of reference."""
        return [int(number) for number in np.sort(self._tree.query(area_bng))]

    def within(self, area_bng: BaseGeometry, distance_m: float) -> list[int]:
        """Return the numbers of the places no further than a distance from the area, in order of reference."""
        return [int(number) for number in np.sort(self._tree.query(area_bng, predicate="dwithin", distance=distance_m))]

    def boundary(self, number: int) -> MultiPolygon:
        """Return a place's boundary in canonical form; where it crosses itself, the land that it encloses."""
        known = self._canonical.get(number)
        if known is None:
            known = self._canonical[number] = canonical(self._places[number].geometry_bng)
        return known

    def is_valid(self, number: int) -> bool:
        """Say whether a place's boundary was valid as given."""
        known = self._is_valid.get(number)
        if known is None:
            known = self._is_valid[number] = bool(shapely.is_valid(self._places[number].geometry_bng))
        return known


def _order(place: Neighbour) -> tuple[str, str, date, tuple[float, ...]]:
    """Return what places are put in order by: an area and the line that will replace it stand under one reference."""
    return place.reference, place.name, place.starts_on or date.min, place.geometry_bng.bounds


def canonical(boundary_bng: BaseGeometry) -> MultiPolygon:
    """Return the same land in one canonical form: valid, no Z, fixed ring starts, directions and order of parts.

    Empty where there is no land, or where a coordinate is not a number and nothing can be measured.
    """
    if not np.isfinite(shapely.get_coordinates(boundary_bng)).all():
        return MultiPolygon()
    flat = shapely.force_2d(boundary_bng)
    valid = flat if shapely.is_valid(flat) else shapely.make_valid(flat, method="structure", keep_collapsed=False)
    return shapely.normalize(land(valid))


def indexed(places: Iterable[Place]) -> Places[Place]:
    """Return the places with their index; places already indexed are returned as they are."""
    return places if isinstance(places, Places) else Places(places)
