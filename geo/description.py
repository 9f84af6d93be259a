"""A boundary in words: where it starts, which lines it follows, how far and which way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LinearRing, LineString, MultiPolygon, Polygon

from geo.grid_reference import grid_reference

Coordinates = NDArray[np.float64]

FOLLOWS_WITHIN_M = 3.0
"""A line is followed where the boundary stays this near to it: neighbours' lines are digitised that far apart."""

SHORTEST_FOLLOWED_M = 30.0
"""A shorter stretch beside a line is told by its own points."""

STRAIGHT_WITHIN_M = 2.0
"""Corners that lie this near to a straight leg are left out of the words."""

WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_HALF_WIND = 22.5
_FEWEST_OF_RING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLine:
    """Something a boundary may follow: the edge of a parish, a ward, an authority or another area.

    Attributes:
        name: as in “the boundary of Alder parish”; unique among the lines given.
        shape_bng: the area whose edge it is, EPSG:27700 metres.
    """

    name: str
    shape_bng: Polygon | MultiPolygon


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One stretch of a boundary, to a point.

    Attributes:
        end: where it ends, EPSG:27700 metres.
        length_m: how long it is, along the line.
        wind: which way its end lies from its start.
        follows: name of the line it follows; None where it runs straight.
    """

    end: tuple[float, float]
    length_m: float
    wind: str
    follows: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedRing:
    """One ring of a boundary: its start and its legs, the last ending where it began; or one whole line."""

    start: tuple[float, float]
    legs: tuple[Leg, ...]
    is_hole: bool
    whole_line: str | None = None


def describe(area_bng: Polygon | MultiPolygon, lines: Sequence[NamedLine]) -> tuple[DescribedRing, ...]:
    """Return an area's boundary as legs that follow named lines or run straight.

    Args:
        area_bng: valid, EPSG:27700 metres.
        lines: what it may follow, the best known first.
    """
    edges = [(line.name, ring) for line in lines for ring in rings_of(line.shape_bng)]
    found = []
    for polygon in shapely.get_parts(area_bng):
        found.append(_described(polygon.exterior, edges, is_hole=False))
        found.extend(_described(hole, edges, is_hole=True) for hole in polygon.interiors)
    return tuple(found)


def rings_of(shape: Polygon | MultiPolygon) -> Iterator[LinearRing]:
    """Yield every ring of an area, holes included."""
    for polygon in shapely.get_parts(shape):
        yield polygon.exterior
        yield from polygon.interiors


def _described(ring: LinearRing, edges: Sequence[tuple[str, LinearRing]], *, is_hole: bool) -> DescribedRing:
    corners = shapely.get_coordinates(shapely.normalize(ring))
    near = [(name, edge) for name, edge in edges if shapely.dwithin(edge, ring, FOLLOWS_WITHIN_M)]
    beside = [_beside(corners, edge) for _, edge in near]
    start = tuple(corners[0])
    for (name, edge), mask in zip(near, beside, strict=True):
        if mask.all() and abs(edge.length - ring.length) <= max(FOLLOWS_WITHIN_M, 0.01 * ring.length):
            return DescribedRing(start=start, legs=(), is_hole=is_hole, whole_line=name)
    names = [name for name, _ in near]
    legs = tuple(leg for run in _runs(corners, beside) for leg in _legs(corners, run, names))
    return DescribedRing(start=start, legs=legs, is_hole=is_hole)


def _beside(corners: Coordinates, edge: LinearRing) -> NDArray[np.bool_]:
    """Say for each side of a ring whether both its ends and its middle lie on the edge."""
    middles = (corners[:-1] + corners[1:]) / 2
    on_corner = np.asarray(shapely.dwithin(edge, shapely.points(corners), FOLLOWS_WITHIN_M))
    on_middle = np.asarray(shapely.dwithin(edge, shapely.points(middles), FOLLOWS_WITHIN_M))
    return on_corner[:-1] & on_corner[1:] & on_middle


@dataclass(frozen=True, slots=True)
class _Run:
    first: int
    last: int
    line: int | None


def _runs(corners: Coordinates, beside: Sequence[NDArray[np.bool_]]) -> Iterator[_Run]:
    """Cut a ring's sides into the longest runs beside one line, and the runs between them."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    sides, at, free = len(corners) - 1, 0, 0
    while at < sides:
        reach, line = max(((_reach(mask, at), -place) for place, mask in enumerate(beside)), default=(at, 0))
        if along[reach] - along[at] >= SHORTEST_FOLLOWED_M:
            if free < at:
                yield _Run(free, at, None)
            yield _Run(at, reach, -line)
            at = free = reach
        else:
            at += 1
    if free < sides:
        yield _Run(free, sides, None)


def _reach(mask: NDArray[np.bool_], at: int) -> int:
    stops = np.flatnonzero(~mask[at:])
    return at + int(stops[0]) if len(stops) else len(mask)


def _legs(corners: Coordinates, run: _Run, names: Sequence[str]) -> Iterator[Leg]:
    path = corners[run.first : run.last + 1]
    if run.line is not None:
        yield _leg(path[0], path[-1], float(LineString(path).length), names[run.line])
        return
    for start, end in pairwise(_straightened(path)):
        yield _leg(start, end, float(np.hypot(*(end - start))), None)


def _straightened(path: Coordinates) -> Coordinates:
    """Leave out corners near a straight leg; a ring keeps them all where it would shrink to nothing."""
    straight = shapely.get_coordinates(shapely.simplify(LineString(path), STRAIGHT_WITHIN_M))
    is_ring = np.array_equal(path[0], path[-1])
    return path if is_ring and len(straight) <= _FEWEST_OF_RING else straight


def _leg(start: Coordinates, end: Coordinates, length: float, follows: str | None) -> Leg:
    east, north = end - start
    wind = WINDS[int((np.degrees(np.arctan2(east, north)) + _HALF_WIND) % 360 // (2 * _HALF_WIND))]
    return Leg(end=(float(end[0]), float(end[1])), length_m=length, wind=wind, follows=follows)


def words(rings: Sequence[DescribedRing]) -> str:
    """Return a described boundary as text, one paragraph a ring."""
    return "\n\n".join(_ring_words(ring) for ring in rings)


def _ring_words(ring: DescribedRing) -> str:
    opening = "Leaves out the land inside a line that starts" if ring.is_hole else "Starts"
    start = f"{opening} at {_place(ring.start)}"
    if ring.whole_line is not None:
        return f"{start} and follows all of {ring.whole_line} back to the start."
    return " ".join([f"{start}.", *(_leg_words(leg) for leg in ring.legs)])


def _leg_words(leg: Leg) -> str:
    how = f"Follows {leg.follows}" if leg.follows is not None else "Goes straight"
    return f"{how} {leg.wind} for {round(leg.length_m):,} m to {_place(leg.end)}."


def _place(point: tuple[float, float]) -> str:
    """Return the grid reference whose corner is nearest to a point."""
    return grid_reference(round(point[0]), round(point[1]))
