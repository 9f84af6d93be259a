"""The greatest width of many shapes at once: the diameter of the largest circle that fits inside each.

In a polygon without holes area / perimeter is never more than the radius of that circle, so a search begins there.

A shape is cut into triangles. Within a triangle no point is further from the boundary than

    the least, over the boundary's segments, of the greatest distance from a corner of the triangle,

since the distance to a segment is convex; and every point tried is a circle that fits. A triangle that cannot hold a
wider circle than the best so far is dropped, any other is cut into four. On a sliver between two lines this ends
after a cut or two, where a search by squares would pave its whole length.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

WIDTH_ACCURACY_M = 0.001
MANY_SEGMENTS = 128
LEAST_SEGMENTS = 8
FEW_PARTS = 150
# Few enough that their distances stay in the processor's own memory.
AT_A_TIME = 256
TRIANGLE = 3
ROUND = 0.2
TRIANGULATION_SLACK = 1e-6

# Corners 0 to 2 and middles 3 to 5 of a triangle make four: that between the middles, and one at each corner.
QUARTERS = np.array([[3, 4, 5], [0, 3, 5], [1, 4, 3], [2, 5, 4]])

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


def widest_m(
    parts: NDArray[np.object_],
    group: Rows,
    *,
    at_least_m: Floats,
    accuracy_m: float = WIDTH_ACCURACY_M,
) -> Floats:
    """Return the greatest width over the parts of each group, in metres; parts that cannot decide are passed over.

    Args:
        parts: array of n valid Polygons with land, EPSG:27700 metres.
        group: for each part the number of its group, from 0.
        at_least_m: for each group a width to begin from: nothing narrower is looked for.
        accuracy_m: how much too small a width may be.

    Returns:
        For each group the greatest of its parts' widths and of what it began from, at most accuracy_m too small and
        never too large; the widths of triangles are exact.
    """
    areas, lengths = shapely.area(parts), shapely.length(parts)
    segments = shapely.get_num_coordinates(parts) - 1 - shapely.get_num_interior_rings(parts)
    best = at_least_m / 2
    is_open = segments > TRIANGLE
    np.maximum.at(best, group[~is_open], 2 * areas[~is_open] / lengths[~is_open])
    is_whole = shapely.get_num_interior_rings(parts) == 0
    np.maximum.at(best, group[is_whole], areas[is_whole] / lengths[is_whole])
    is_thin = is_open & (segments <= MANY_SEGMENTS) & (4 * np.pi * areas < ROUND * lengths**2)
    thin = np.flatnonzero(is_thin)
    triangles, own = _triangles(parts[thin])
    covered = np.bincount(own, weights=_areas(triangles), minlength=len(thin))
    is_cut = np.abs(covered - areas[thin]) <= TRIANGULATION_SLACK * areas[thin]
    for rows in _alike(segments[thin], is_cut):
        chosen, place = _triangles_of(rows, own)
        _search(parts[thin[rows]], group[thin[rows]], triangles[chosen], place, best=best, accuracy_m=accuracy_m)
        is_open[thin[rows]] = False
    rest = np.flatnonzero(is_open & (np.sqrt(areas / np.pi) > best[group]))
    radii = shapely.length(shapely.maximum_inscribed_circle(parts[rest], tolerance=accuracy_m / 2))
    np.maximum.at(best, group[rest], radii)
    widest: Floats = 2 * best
    return widest


def _alike(segments: NDArray[np.int32], is_simple: NDArray[np.bool_]) -> list[Rows]:
    """Return the rows in groups of like numbers of segments, up to 8, 16, 32 ...; a few rows all in one group."""
    if len(segments) <= FEW_PARTS:
        return [np.flatnonzero(is_simple)] if is_simple.any() else []
    sizes = np.ceil(np.log2(np.maximum(segments, LEAST_SEGMENTS))).astype(int)
    alike = [np.flatnonzero(is_simple & (sizes == size)) for size in np.unique(sizes[is_simple])]
    return [rows[start : start + AT_A_TIME] for rows in alike for start in range(0, len(rows), AT_A_TIME)]


def _triangles_of(rows: Rows, own: Rows) -> tuple[Rows, Rows]:
    """Return which triangles belong to the rows, and for each the place of its row among them; `own` is in order."""
    first, last = np.searchsorted(own, rows), np.searchsorted(own, rows, side="right")
    place = np.repeat(np.arange(len(rows)), last - first)
    before = np.cumsum(last - first) - (last - first)
    return np.arange(len(place)) + (first - before)[place], place


def _triangles(parts: NDArray[np.object_]) -> tuple[Floats, Rows]:
    """Return triangles, array of shape (m, 3, 2), and for each the row of the polygon it is part of."""
    pieces, own = shapely.get_parts(shapely.constrained_delaunay_triangles(parts), return_index=True)
    return shapely.get_coordinates(pieces).reshape(-1, 4, 2)[:, :3], own


def _areas(triangles: Floats) -> Floats:
    one, other = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    areas: Floats = np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) / 2
    return areas


class _Sides:
    """The boundary segments of several polygons, as many for each, the last one repeated to fill up."""

    def __init__(self, parts: NDArray[np.object_], origin: Floats) -> None:
        rings, row = shapely.get_parts(shapely.boundary(parts), return_index=True)
        points, ring = shapely.get_coordinates(rings, return_index=True)
        same = ring[:-1] == ring[1:]
        owner = row[ring[:-1][same]]
        starts, ends = points[:-1][same] - origin[owner], points[1:][same] - origin[owner]
        counts = np.bincount(owner, minlength=len(parts))
        first = np.concatenate([[0], np.cumsum(counts)[:-1]])
        order = np.argsort(owner, kind="stable")
        place = order[first[:, None] + np.minimum(np.arange(counts.max()), counts[:, None] - 1)]
        self._start = starts[place]
        self._along = ends[place] - self._start
        self._inverse = 1 / np.maximum((self._along**2).sum(axis=2), 1e-300)

    def distances(self, points: Floats, own: Rows) -> Floats:
        """Return distances of points, shape (m, k, 2), to the sides of their polygons: shape (m, k, sides)."""
        start, along = self._start[own][:, None], self._along[own][:, None]
        away_x = points[:, :, None, 0] - start[..., 0]
        away_y = points[:, :, None, 1] - start[..., 1]
        along_x, along_y = along[..., 0], along[..., 1]
        part = np.clip((away_x * along_x + away_y * along_y) * self._inverse[own][:, None], 0, 1)
        away_x -= part * along_x
        away_y -= part * along_y
        away: Floats = np.sqrt(away_x**2 + away_y**2)
        return away


def _search(
    parts: NDArray[np.object_],
    group: Rows,
    triangles: Floats,
    own: Rows,
    *,
    best: Floats,
    accuracy_m: float,
) -> None:
    """Raise each group's best radius to that of the largest circle in its parts, dropping and quartering triangles.

    Middle i of a triangle lies between its corners i and i + 1; of its four quarters only those are kept that could
    still hold a wider circle.
    """
    origin = shapely.bounds(parts)[:, :2]
    corners = triangles - origin[own][:, None]
    sides = _Sides(parts, origin)
    away = sides.distances(corners, own)
    is_hopeful = _ceilings(away) > best[group[own]] + accuracy_m / 2
    corners, own, away = corners[is_hopeful], own[is_hopeful], away[is_hopeful]
    while len(own):
        middles = (corners + corners[:, (1, 2, 0)]) / 2
        inside = sides.distances(middles, own)
        np.maximum.at(best, group[own], inside.min(axis=2).max(axis=1, initial=0))
        points, away = np.concatenate([corners, middles], axis=1), np.concatenate([away, inside], axis=1)
        ceilings = np.stack([_ceilings(away[:, quarter]) for quarter in QUARTERS], axis=1)
        row, quarter = np.nonzero(ceilings > (best[group[own]] + accuracy_m / 2)[:, None])
        corners, away, own = points[row[:, None], QUARTERS[quarter]], away[row[:, None], QUARTERS[quarter]], own[row]


def _ceilings(away: Floats) -> Floats:
    """Return for each triangle more than any circle's radius in it, from its corners' distances to every side."""
    ceilings: Floats = away.max(axis=1).min(axis=1)
    return ceilings
