"""A grid over areas: which cells lie wholly in one area, and which edges pass through the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import BoundaryError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

OUTSIDE = -1
FIRST_MIXED = -2
UNSURE = 2
_CELLS_PER_EDGE = 16
_FEWEST_CELLS, _MOST_CELLS = 1 << 16, 1 << 22
# Relative error of the orientation sums below, with a wide allowance; anything nearer is decided exactly by GEOS.
ORIENTATION_DOUBT = 1e-14
# Edges are drawn into the grid this much wider (a share of a cell), so that rounding cannot hide one.
_MARGIN = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells in rows from the south-west, and the edges of the mixed ones.

    Attributes:
        west, south, size: EPSG:27700 metres; size is the side of a cell.
        columns, rows: number of cells.
        code: for each cell the area that holds all of it, OUTSIDE, or FIRST_MIXED minus its place among the mixed.
        slot_start: for each mixed cell, where its slots begin; a slot is one area concerned, in the order of areas.
        slot_area: area of each slot.
        slot_centre: whether the cell's centre is in the area (0, 1), or UNSURE where it is on the line.
        slot_edge_start: for each slot, where its edges begin.
        x1, y1, x2, y2: ends of edges relative to the centre of their cell, metres.
        dx, dy: x2 - x1 and y2 - y1, taken before the centre was subtracted.
        centre_side: whether the centre is left of the edge.
    """

    west: float
    south: float
    size: float
    columns: int
    rows: int
    code: NDArray[np.int32]
    slot_start: Integers
    slot_area: Integers
    slot_centre: NDArray[np.int8]
    slot_edge_start: Integers
    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    dx: Floats
    dy: Floats
    centre_side: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edges:
    """Edges of all rings: ends in metres, and the area of each."""

    x1: Floats
    y1: Floats
    x2: Floats
    y2: Floats
    area: Integers


def _edges(areas: NDArray[np.object_]) -> _Edges:
    parts, part_area = shapely.get_parts(areas, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    ring_area = part_area[ring_part]
    points, point_ring = shapely.get_coordinates(np.asarray(rings, dtype=object), return_index=True)
    joined = point_ring[1:] == point_ring[:-1]
    start, end = points[:-1][joined], points[1:][joined]
    return _Edges(x1=start[:, 0], y1=start[:, 1], x2=end[:, 0], y2=end[:, 1], area=ring_area[point_ring[:-1][joined]])


def repeat_ranges(start: Integers, count: Integers) -> tuple[Integers, Integers]:
    """Return, for ranges start..start+count, the number of the range and the value of each member, in order."""
    owner = np.repeat(np.arange(len(count)), count)
    first = np.cumsum(count) - count
    return owner, np.arange(len(owner)) - first[owner] + start[owner]


def _cell_spans(low: Floats, high: Floats, *, limit: int) -> tuple[Integers, Integers]:
    first = np.clip(np.floor(low - _MARGIN), 0, limit - 1).astype(np.int64)
    last = np.clip(np.floor(high + _MARGIN), 0, limit - 1).astype(np.int64)
    return first, last - first + 1


def _crossed_cells(edges: _Edges, frame: "_Frame") -> tuple[Integers, Integers]:
    """Return (edge, cell) for every cell that an edge passes through or nearly touches."""
    x1, y1 = (edges.x1 - frame.west) / frame.size, (edges.y1 - frame.south) / frame.size
    x2, y2 = (edges.x2 - frame.west) / frame.size, (edges.y2 - frame.south) / frame.size
    first_row, row_count = _cell_spans(np.minimum(y1, y2), np.maximum(y1, y2), limit=frame.rows)
    edge, row = repeat_ranges(first_row, row_count)
    left, right = _within_row(x1[edge], y1[edge], x2[edge], y2[edge], row)
    first_column, column_count = _cell_spans(left, right, limit=frame.columns)
    pair, column = repeat_ranges(first_column, column_count)
    return edge[pair], row[pair] * frame.columns + column


def _within_row(x1: Floats, y1: Floats, x2: Floats, y2: Floats, row: Integers) -> tuple[Floats, Floats]:
    """Return the least and greatest x of each edge between the bottom and the top of a row (a margin wider)."""
    rise = y2 - y1
    level = np.abs(rise) < _MARGIN
    rise = np.where(level, 1.0, rise)
    bottom = np.clip((row - 2 * _MARGIN - y1) / rise, 0.0, 1.0)
    top = np.clip((row + 1 + 2 * _MARGIN - y1) / rise, 0.0, 1.0)
    at_bottom = np.where(level, x1, x1 + bottom * (x2 - x1))
    at_top = np.where(level, x2, x1 + top * (x2 - x1))
    return np.minimum(at_bottom, at_top), np.maximum(at_bottom, at_top)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    west: float
    south: float
    size: float
    columns: int
    rows: int

    def centre(self, cell: Integers) -> tuple[Floats, Floats]:
        """Return the centres of cells in metres."""
        row, column = np.divmod(cell, self.columns)
        return self.west + (column + 0.5) * self.size, self.south + (row + 0.5) * self.size


def _frame(areas: NDArray[np.object_], edge_count: int) -> _Frame:
    west, south, east, north = shapely.total_bounds(areas)
    if not np.isfinite([west, south, east, north]).all():
        raise BoundaryError("There is no area to place points in: every boundary given is empty.")
    wanted = min(max(edge_count * _CELLS_PER_EDGE, _FEWEST_CELLS), _MOST_CELLS)
    width, height = max(east - west, 1e-3), max(north - south, 1e-3)
    size = max(float(np.sqrt(width * height / wanted)), max(width, height) / _MOST_CELLS * 64)
    columns, rows = int(width / size) + 1, int(height / size) + 1
    return _Frame(west=float(west), south=float(south), size=size, columns=columns, rows=rows)


def covering(areas: NDArray[np.object_], x: Floats, y: Floats) -> tuple[Integers, Integers]:
    """Return (point, area) for every area that covers a point, its line included; exact, the areas prepared."""
    if len(areas) == 1:
        point = np.flatnonzero(shapely.intersects_xy(areas[0], x, y))
        return point, np.zeros(len(point), np.int64)
    point, area = shapely.STRtree(areas).query(shapely.points(x, y))
    held = shapely.intersects_xy(areas[area], x[point], y[point])
    return point[held], area[held]


def first_covering(areas: NDArray[np.object_], x: Floats, y: Floats) -> Integers:
    """Return for each point the first area, in the order given, that covers it, or OUTSIDE."""
    point, area = covering(areas, x, y)
    first = np.full(len(x), len(areas), np.int64)
    np.minimum.at(first, point, area)
    return np.where(first == len(areas), OUTSIDE, first)


def build_grid(areas: Sequence[BaseGeometry]) -> Grid:
    """Lay a grid over areas (EPSG:27700 metres).

    Raises:
        BoundaryError: no area has any extent.
    """
    shapes = np.array(areas, dtype=object)
    shapely.prepare(shapes)
    edges = _edges(shapes)
    frame = _frame(shapes, len(edges.area))
    edge, cell = _crossed_cells(edges, frame)
    mixed = np.unique(cell)
    code = _pure_codes(shapes, frame, mixed)
    code[mixed] = FIRST_MIXED - np.arange(len(mixed))
    return _with_slots(shapes, frame, edges, (edge, cell), code.astype(np.int32))


def _pure_codes(areas: NDArray[np.object_], frame: _Frame, mixed: Integers) -> Integers:
    """Return the area of every cell by testing one cell of each run between mixed cells of a row."""
    is_mixed = np.zeros(frame.rows * frame.columns, bool)
    is_mixed[mixed] = True
    starts = ~is_mixed
    starts[1:] &= is_mixed[:-1] | (np.arange(1, len(starts)) % frame.columns == 0)
    cells = np.flatnonzero(starts)
    answers = first_covering(areas, *frame.centre(cells))
    run = np.cumsum(starts) - 1
    return answers[np.maximum(run, 0)] if len(answers) else np.full(len(starts), OUTSIDE, np.int64)


def _with_slots(
    areas: NDArray[np.object_],
    frame: _Frame,
    edges: _Edges,
    crossed: tuple[Integers, Integers],
    code: NDArray[np.int32],
) -> Grid:
    count = len(areas)
    edge, cell = crossed
    mixed = np.unique(cell)
    place = np.searchsorted(mixed, cell)
    key = place * count + edges.area[edge]
    order = np.argsort(key, kind="stable")
    key, edge, place = key[order], edge[order], place[order]
    centre_x, centre_y = frame.centre(mixed)
    held_cell, held_area = covering(areas, centre_x, centre_y)
    held = np.sort(held_cell * count + held_area)
    slots = np.union1d(key, held)
    x1, y1 = edges.x1[edge] - centre_x[place], edges.y1[edge] - centre_y[place]
    dx, dy = edges.x2[edge] - edges.x1[edge], edges.y2[edge] - edges.y1[edge]
    left, right = dy * x1, dx * y1
    centre_side = left - right
    unsure = np.abs(centre_side) <= ORIENTATION_DOUBT * (np.abs(left) + np.abs(right))
    slot_centre = np.isin(slots, held, assume_unique=True).astype(np.int8)
    slot_centre[np.searchsorted(slots, key[unsure])] = UNSURE
    return Grid(
        west=frame.west,
        south=frame.south,
        size=frame.size,
        columns=frame.columns,
        rows=frame.rows,
        code=code,
        slot_start=np.searchsorted(slots, np.arange(len(mixed) + 1) * count),
        slot_area=slots % count,
        slot_centre=slot_centre,
        slot_edge_start=np.append(np.searchsorted(key, slots), len(key)),
        x1=x1,
        y1=y1,
        x2=edges.x2[edge] - centre_x[place],
        y2=edges.y2[edge] - centre_y[place],
        dx=dx,
        dy=dy,
        centre_side=centre_side > 0,
    )
