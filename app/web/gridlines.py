"""The British National Grid as lines for a map of a given window."""

import math
from dataclasses import dataclass

import numpy as np
from shapely import LineString, Polygon

STEPS_M = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
_MOST_LINES = 8
# A straight grid line is slightly curved on a web map; this many pieces follow it to the pixel.
_PIECES = 8
_KILOMETRE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLine:
    """One line of constant easting or northing, EPSG:27700 metres, with its label in kilometres or metres."""

    axis: str
    label: str
    line_bng: LineString


def grid_lines(window_bng: Polygon) -> tuple[int, list[GridLine]]:
    """Return the distance between lines in metres, and the lines, from west to east and then south to north."""
    west, south, east, north = window_bng.bounds
    reach = max(east - west, north - south)
    step = next((step for step in STEPS_M if reach / step <= _MOST_LINES), STEPS_M[-1])
    lines = []
    for easting in _multiples(west, east, step):
        up = np.linspace(south, north, _PIECES + 1)
        line = LineString(np.column_stack([np.full_like(up, easting), up]))
        lines.append(GridLine(axis="easting", label=f"{_label(easting, step)} E", line_bng=line))
    for northing in _multiples(south, north, step):
        along = np.linspace(west, east, _PIECES + 1)
        line = LineString(np.column_stack([along, np.full_like(along, northing)]))
        lines.append(GridLine(axis="northing", label=f"{_label(northing, step)} N", line_bng=line))
    return step, lines


def _multiples(least: float, most: float, step: int) -> list[float]:
    return [float(number * step) for number in range(math.ceil(least / step), math.floor(most / step) + 1)]


def _label(metres: float, step: int) -> str:
    return f"{metres / _KILOMETRE:.0f} km" if step >= _KILOMETRE else f"{metres:,.0f} m"
