"""Which area is each point in? Millions of points, answered exactly, by a grid."""

import io
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import BoundaryError
from geo.grid import FIRST_MIXED, ORIENTATION_DOUBT, OUTSIDE, UNSURE, Floats, Grid, Integers, build_grid, repeat_ranges

_BLOCK = 1 << 17
_SCALARS = ("west", "south", "size", "columns", "rows")

__all__ = ["OUTSIDE", "AreaIndex"]


class AreaIndex:
    """Areas ready to place points in; the grid is laid at the first question and kept.

    Boundary rule: an area holds its own line, and a point that several areas hold goes to the first of them in the
    order given. So a point on a shared edge is in exactly one area, and always the same one.
    Answers equal those of shapely.intersects_xy: cells wholly in one area are answered at once, points of the other
    cells by the edges in that cell, and those too near an edge for the arithmetic to be sure by GEOS itself.
    """

    def __init__(self, areas: Sequence[BaseGeometry]) -> None:
        """Take areas in EPSG:27700 metres.

        Raises:
            BoundaryError: there is no area, or one that is not a polygon.
        """
        self.areas: NDArray[np.object_] = np.array(areas, dtype=object)
        if not len(self.areas) or not set(shapely.get_type_id(self.areas).tolist()) <= {3, 6}:
            raise BoundaryError("Points can only be placed in polygons: give one boundary or more.")
        self._grid: Grid | None = None

    @property
    def grid(self) -> Grid:
        """The grid, laid now if it was not yet."""
        if self._grid is None:
            self._grid = build_grid(self.areas.tolist())
        return self._grid

    def assign(self, easting: Floats, northing: Floats) -> NDArray[np.int32]:
        """Return for each point the place of the first area that holds it, or OUTSIDE (-1).

        Args:
            easting: EPSG:27700 metres; a point that is not a number is outside.
            northing: the same.
        """
        answer = np.empty(len(easting), np.int32)
        for start in range(0, len(easting), _BLOCK):
            block = slice(start, start + _BLOCK)
            answer[block] = self._assign_block(easting[block], northing[block])
        return answer

    def holds(self, easting: Floats, northing: Floats) -> NDArray[np.bool_]:
        """Say for each point whether any area holds it, its line included."""
        held: NDArray[np.bool_] = self.assign(easting, northing) != OUTSIDE
        return held

    def _assign_block(self, x: Floats, y: Floats) -> NDArray[np.int32]:
        grid = self.grid
        cell, inside = cells_of(grid, x, y)
        answer = np.where(inside, grid.code[cell], np.int32(OUTSIDE))
        mixed = np.flatnonzero(answer <= FIRST_MIXED)
        if len(mixed):
            answer[mixed] = self._in_mixed(x[mixed], y[mixed], cell[mixed], FIRST_MIXED - answer[mixed])
        return answer

    def _in_mixed(self, x: Floats, y: Floats, cell: Integers, place: NDArray[np.int32]) -> NDArray[np.int32]:
        grid = self.grid
        row, column = np.divmod(cell, grid.columns)
        local_x = x - (grid.west + (column + 0.5) * grid.size)
        local_y = y - (grid.south + (row + 0.5) * grid.size)
        first = grid.slot_start[place]
        point, slot = repeat_ranges(first, grid.slot_start[place + 1] - first)
        held, sure = _parities(grid, local_x, local_y, point, slot)
        unsure = np.flatnonzero(~sure)
        if len(unsure):
            at = point[unsure]
            held[unsure] = shapely.intersects_xy(self.areas[grid.slot_area[slot[unsure]]], x[at], y[at])
        return _first_held(point[held], grid.slot_area[slot[held]], len(x))

    def near_line(self, easting: Floats, northing: Floats, within_m: Floats) -> NDArray[np.bool_]:
        """Say for each point whether it lies nearer to a line of the areas than its own distance within_m.

        Args:
            easting: EPSG:27700 metres.
            northing: the same.
            within_m: metres; a distance of 0 is never nearer.
        """
        line = shapely.boundary(shapely.union_all(self.areas) if len(self.areas) > 1 else self.areas[0])
        near = np.zeros(len(easting), bool)
        wide = np.where(within_m > 0, 2.0 ** np.ceil(np.log2(np.maximum(within_m, 1e-3))), 0.0)
        for reach in np.unique(wide[wide > 0]).tolist():
            some = np.flatnonzero(wide == reach)
            maybe = some[self._may_be_near(easting[some], northing[some], reach)]
            places = np.column_stack([easting[maybe], northing[maybe], within_m[maybe]])
            distinct, which = np.unique(places, axis=0, return_inverse=True)
            distance = shapely.distance(line, shapely.points(distinct[:, :2]))
            near[maybe] = (distance < distinct[:, 2])[which.reshape(-1)]
        return near

    def _may_be_near(self, x: Floats, y: Floats, reach: float) -> NDArray[np.bool_]:
        """Return False only for points surely farther than reach from every line."""
        grid = self.grid
        steps = int(reach / grid.size) + 1
        wide = _widened((grid.code <= FIRST_MIXED).reshape(grid.rows, grid.columns), steps)
        cell, inside = cells_of(grid, x, y)
        west, south = grid.west - reach, grid.south - reach
        east, north = grid.west + grid.columns * grid.size + reach, grid.south + grid.rows * grid.size + reach
        around = ~inside & (x >= west) & (x <= east) & (y >= south) & (y <= north)
        return (inside & wide.reshape(-1)[cell]) | around

    def to_bytes(self) -> bytes:
        """Return areas and grid as bytes, to be read again by from_bytes on any machine."""
        shapes = [shapely.to_wkb(area) for area in self.areas]
        file = io.BytesIO()
        parts: dict[str, Any] = {part.name: np.asarray(getattr(self.grid, part.name)) for part in fields(Grid)}
        parts["wkb"] = np.frombuffer(b"".join(shapes), np.uint8)
        parts["wkb_end"] = np.cumsum([len(shape) for shape in shapes])
        np.savez_compressed(file, **parts)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "AreaIndex":
        """Return the index written by to_bytes, its grid already laid."""
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            ends = held["wkb_end"].tolist()
            shapes = held["wkb"].tobytes()
            index = cls([shapely.from_wkb(shapes[a:b]) for a, b in zip([0, *ends[:-1]], ends, strict=True)])
            parts = {name.name: held[name.name] for name in fields(Grid)}
        shapely.prepare(index.areas)
        index._grid = Grid(**{name: part.item() if name in _SCALARS else part for name, part in parts.items()})
        return index


def cells_of(grid: Grid, x: Floats, y: Floats) -> tuple[Integers, NDArray[np.bool_]]:
    """Return the cell of each point and whether the grid holds it; outside the grid the cell is 0."""
    with np.errstate(invalid="ignore"):
        column, row = np.floor((x - grid.west) / grid.size), np.floor((y - grid.south) / grid.size)
        inside = (column >= 0) & (column < grid.columns) & (row >= 0) & (row < grid.rows)
        cell = np.where(inside, row * grid.columns + column, 0).astype(np.int64)
    return cell, inside


def _parities(
    grid: Grid, x: Floats, y: Floats, point: Integers, slot: Integers
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for each (point, slot) whether the area holds the point, and whether that is sure.

    The way from the point to the cell's centre, first level and then upright, crosses the area's edges an odd number
    of times exactly where one of the two is in the area. All coordinates are relative to the centre.
    """
    first = grid.slot_edge_start[slot]
    count = grid.slot_edge_start[slot + 1] - first
    pair, edge = repeat_ranges(first, count)
    px, py = x[point][pair], y[point][pair]
    x1, y1, dx, dy = grid.x1[edge], grid.y1[edge], grid.dx[edge], grid.dy[edge]
    rise = dx * (py - y1)
    run = dy * (px - x1)
    corner_run = -dy * x1
    point_side, corner_side = rise - run, rise - corner_run
    doubt = (np.abs(point_side) <= ORIENTATION_DOUBT * (np.abs(rise) + np.abs(run))) | (
        np.abs(corner_side) <= ORIENTATION_DOUBT * (np.abs(rise) + np.abs(corner_run))
    )
    corner_left = corner_side > 0
    level = ((y1 > py) != (grid.y2[edge] > py)) & ((point_side > 0) != corner_left)
    upright = ((x1 > 0) != (grid.x2[edge] > 0)) & (corner_left != grid.centre_side[edge])
    odd = _odd_sums(level ^ upright, count)
    doubtful = _sums(doubt, count) > 0
    centre = grid.slot_centre[slot]
    return odd ^ (centre == 1), ~doubtful & (centre != UNSURE)


def _sums(values: NDArray[np.bool_], count: Integers) -> Integers:
    total = np.concatenate(([0], np.cumsum(values)))
    end = np.cumsum(count)
    sums: Integers = total[end] - total[end - count]
    return sums


def _odd_sums(values: NDArray[np.bool_], count: Integers) -> NDArray[np.bool_]:
    return (_sums(values, count) & 1).astype(bool)


def _first_held(point: Integers, area: Integers, length: int) -> NDArray[np.int32]:
    """Return the first area of each point; pairs stand in the order of points, then areas."""
    answer = np.full(length, OUTSIDE, np.int32)
    answer[point[::-1]] = area[::-1]
    return answer


def _widened(mask: NDArray[np.bool_], steps: int) -> NDArray[np.bool_]:
    """Return the mask grown by so many cells in every direction, corners included."""
    for axis in (0, 1):
        length = mask.shape[axis]
        total = np.concatenate([np.zeros_like(mask.take([0], axis), np.int64), np.cumsum(mask, axis)], axis)
        high = np.minimum(np.arange(length) + steps + 1, length)
        low = np.maximum(np.arange(length) - steps, 0)
        mask = (total.take(high, axis) - total.take(low, axis)) > 0
    return mask
