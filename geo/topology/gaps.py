"""Gaps between areas that are too narrow to be meant: holes and channels where two lines should have been one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon, STRtree
from shapely.geometry.base import BaseGeometry

from geo.measure import greatest_widths_m, polygons
from geo.topology.overlaps import ROUNDING_M, TOLERANCE_M

LEAST_GAP_M2 = 0.01
GAP_ACCURACY_M = 0.01
AT_LEAST_TWO = 2
OPEN_CORNER = 1.5
TOUCHING_M = 2 * ROUNDING_M


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Land in no area, between areas, nowhere wider than the tolerance.

    Attributes:
        area_m2: its size.
        max_width_m: its greatest width; at most a centimetre too small.
        between: numbers of the areas that it lies between, as they were given, lowest first.
        geometry_bng: the land itself, EPSG:27700 metres.
    """

    area_m2: float
    max_width_m: float
    between: tuple[int, ...]
    geometry_bng: Polygon


def gaps(areas_bng: Sequence[BaseGeometry], tolerance_m: float = TOLERANCE_M) -> tuple[Gap, ...]:
    """Return the gaps between areas, from south-west to north-east.

    Args:
        areas_bng: valid Polygons or MultiPolygons, EPSG:27700 metres; empty ones are passed over.
        tolerance_m: the greatest width of a gap.

    A gap lies between two areas or more; a notch that an area leaves in itself is its own affair. Where two lines
    only part at an angle, the wedge counts from about 40 degrees down; a corner of a street does not. Gaps of
    less than 0.01 m2, or nowhere wider than a millimetre, are the rounding of coordinates.
    """
    areas = np.array(list(areas_bng), dtype=object)
    edges = shapely.coverage_invalid_edges(areas, gap_width=tolerance_m)
    return gaps_along(areas, edges, tolerance_m)


def gaps_of(
    area_bng: MultiPolygon, neighbours_bng: Sequence[MultiPolygon], tolerance_m: float = TOLERANCE_M
) -> tuple[Gap, ...]:
    """Return the gaps between one area and its neighbours; in `between`, 0 is the area and 1 the first neighbour."""
    areas = np.array([area_bng, *neighbours_bng], dtype=object)
    edges = shapely.coverage_invalid_edges(areas, gap_width=tolerance_m)
    edges[~shapely.dwithin(edges, area_bng, tolerance_m)] = shapely.MultiLineString()
    return tuple(gap for gap in gaps_along(areas, edges, tolerance_m) if 0 in gap.between)


def gaps_along(
    areas: NDArray[np.object_], edges: NDArray[np.object_], tolerance_m: float = TOLERANCE_M
) -> tuple[Gap, ...]:
    """Return the gaps along edges that do not meet their neighbours', as `gaps` does.

    Args:
        areas: valid areas.
        edges: for each area, its edges within the tolerance of another's and not the same (lines, or empty).
        tolerance_m: the greatest width of a gap.
    """
    pieces = _open_land(_between_lines(edges, tolerance_m), areas)
    widths_m = greatest_widths_m([piece for piece, _ in pieces], GAP_ACCURACY_M)
    found = (
        Gap(
            area_m2=piece.area,
            max_width_m=round(float(width_m), 3),
            between=tuple(int(number) for number in between),
            geometry_bng=piece,
        )
        for (piece, between), width_m in zip(pieces, widths_m, strict=True)
        if ROUNDING_M < round(width_m, 3) <= tolerance_m and _is_narrow(piece, areas[between], tolerance_m)
    )
    return tuple(sorted(found, key=lambda gap: gap.geometry_bng.bounds))


def _between_lines(edges: NDArray[np.object_], tolerance_m: float) -> NDArray[np.object_]:
    """Return the land between lines of different areas no further apart than the tolerance.

    For each two areas the lines that they turn to each other are grown by half the tolerance, and shrunk again.
    Shrinking goes half a millimetre further and comes back a millimetre more, so that a line by itself leaves
    nothing and what is left reaches over the lines, which then cut it exactly. Two areas at a time, because a whole
    network of lines cannot be shrunk fast.
    """
    half = tolerance_m / 2
    lines = shapely.line_merge(_facing(edges, tolerance_m))
    grown = shapely.buffer(lines, half, join_style="mitre", cap_style="square")
    grown = shapely.union(grown[0::2], grown[1::2])
    shrunk = shapely.buffer(grown, -(half + ROUNDING_M / 2), join_style="mitre")
    shrunk = shrunk[~shapely.is_empty(shrunk)]
    between = shapely.buffer(shrunk, 1.5 * ROUNDING_M, join_style="mitre")
    parts: NDArray[np.object_] = shapely.get_parts(shapely.disjoint_subset_union_all(between))
    return parts


def _facing(edges: NDArray[np.object_], tolerance_m: float) -> NDArray[np.object_]:
    """Return, for each two areas that come within the tolerance, the sides that each turns to the other.

    They stand in turn: the first area's, the second's, the next pair's. Apart, because the two lines may cross, and
    a line that crosses itself and closes cannot be grown rightly.
    """
    sides, own = _sides(edges)
    one, other = STRtree(sides).query(sides, predicate="dwithin", distance=tolerance_m)
    apart = own[one] != own[other]
    one, other = one[apart], other[apart]
    couples = np.minimum(own[one], own[other]) * len(edges) + np.maximum(own[one], own[other])
    couples = 2 * couples + (own[one] > own[other])
    couples, one = np.unique(np.column_stack([couples, one]), axis=0).T
    _, couple = np.unique(couples, return_inverse=True)
    facing: NDArray[np.object_] = np.atleast_1d(shapely.multilinestrings(sides[one], indices=couple))
    return facing


def _sides(edges: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Return every straight side of the edges, and for each the number of the area it is of."""
    lines, area = shapely.get_parts(edges, return_index=True)
    points, line = shapely.get_coordinates(lines, return_index=True)
    same = np.flatnonzero(line[:-1] == line[1:])
    sides = np.asarray(shapely.linestrings(np.stack([points[same], points[same + 1]], axis=1)))
    return sides, area[line[same]]


def _open_land(parts: NDArray[np.object_], areas: NDArray[np.object_]) -> list[tuple[Polygon, NDArray[np.intp]]]:
    """Return the land of the parts that is in no area, piece by piece, each with the two areas or more beside it."""
    tree = STRtree(areas)
    part, area = _in_order(*tree.query(parts, predicate="intersects"))
    land, turn = parts.copy(), np.arange(len(part)) - np.searchsorted(part, part)
    for each in range(int(turn.max(initial=-1)) + 1):
        rows = np.flatnonzero(turn == each)
        land[part[rows]] = shapely.difference(land[part[rows]], areas[area[rows]])
    land = land[np.bincount(part, minlength=len(parts)) >= AT_LEAST_TWO]
    pieces = polygons(land)
    pieces = pieces[shapely.area(pieces) >= LEAST_GAP_M2]
    piece, beside = _in_order(*tree.query(pieces, predicate="dwithin", distance=TOUCHING_M))
    between = np.split(beside, np.searchsorted(piece, np.arange(1, len(pieces))))
    found = zip(pieces, between[: len(pieces)], strict=True)
    return [(one, those) for one, those in found if len(those) >= AT_LEAST_TWO]


def _in_order(one: NDArray[np.intp], other: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return pairs in order of the first, then of the second."""
    order = np.lexsort((other, one))
    return one[order], other[order]


def _is_narrow(piece: Polygon, around: NDArray[np.object_], tolerance_m: float) -> bool:
    """Say whether a piece is shut in on all sides, or runs on further than the corner of two lines would."""
    if piece.area >= OPEN_CORNER * (tolerance_m / 2) ** 2:
        return True
    corners = shapely.get_coordinates(piece)
    middles = np.asarray(shapely.points((corners[:-1] + corners[1:]) / 2))
    nearest = shapely.distance(middles[:, None], around[None, :]).min(axis=1)
    return bool((nearest <= TOUCHING_M).all())
