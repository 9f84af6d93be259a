"""A map of an area as a drawing of exact size: a British grid, parishes, neighbours, the area's own line."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from app.reports.map_scale import Sheet

LINE = "#00703c"
"""Colour of the area's line, which nothing else on the map has."""
_GRID_STEPS_M = (100, 200, 500, 1_000, 2_000, 5_000, 10_000)
_LEAST_GRID_MM = 15.0
_CORNER_MM = 8.0
"""Nearer to a corner of the frame the grid is not labelled, so that no two labels meet."""
_FONT = 'font-family="Libertinus Serif"'
_LEAST_LABEL_MM2 = 250.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An area drawn for orientation: its name and shape, EPSG:27700 metres."""

    name: str
    shape_bng: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A numbered place on the map, EPSG:27700 metres."""

    number: int
    easting: float
    northing: float


def map_svg(
    area_bng: Polygon | MultiPolygon,
    sheet: Sheet,
    *,
    parishes: Sequence[Shown],
    neighbours: Sequence[Shown] = (),
    marks: Sequence[Mark] = (),
) -> str:
    """Return the map as SVG whose unit is a millimetre of paper, at the sheet's scale.

    Args:
        area_bng: the area, EPSG:27700 metres.
        sheet: what is shown, at which scale.
        parishes: their lines and names.
        neighbours: current neighbourhood areas around it.
        marks: numbered places; those outside the frame are left out.
    """
    width, height = sheet.width_mm, sheet.height_mm
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">'
    )
    window = shapely.box(*sheet.window_bng)
    parts = [
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_grid(sheet),
        *(_outline(each.shape_bng, sheet, window, stroke="#505a5f", width=0.25) for each in parishes),
        *(_outline(each.shape_bng, sheet, window, stroke="#1d70b8", width=0.5) for each in neighbours),
        _outline(area_bng, sheet, window, stroke=LINE, width=0.7, fill="#00703c", opacity=0.10),
        *_names(parishes, sheet, window),
        *_marks(marks, sheet),
        f'<rect width="{width}" height="{height}" fill="none" stroke="#0b0c0c" stroke-width="0.3"/>',
    ]
    return "\n".join([head, *parts, "</svg>"])


def _outline(
    shape: BaseGeometry,
    sheet: Sheet,
    window: Polygon,
    *,
    stroke: str,
    width: float = 0.3,
    fill: str = "none",
    opacity: float = 1.0,
) -> str:
    """Return a shape's rings; what lies far outside the frame is cut off beyond it, so that no cut shows."""
    seen = shapely.intersection(shape, window.buffer(sheet.scale * 0.02))
    rings = "".join(f"M{_points(ring, sheet)}Z" for ring in _rings(seen))
    return (
        f'<path d="{rings}" fill="{fill}" fill-opacity="{opacity}" fill-rule="evenodd" stroke="{stroke}" '
        f'stroke-width="{width}" stroke-linejoin="round"/>'
    )


def _rings(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(shape):
        if isinstance(part, Polygon):
            yield part.exterior
            yield from part.interiors


def _points(ring: BaseGeometry, sheet: Sheet) -> str:
    places = (sheet.on_paper(easting, northing) for easting, northing in shapely.get_coordinates(ring))
    return "L".join(f"{x:.3f} {y:.3f}" for x, y in places)


def grid_step_m(sheet: Sheet) -> int:
    """Return the distance between the grid's lines: the least that leaves them apart on paper."""
    return next((each for each in _GRID_STEPS_M if each / sheet.scale * 1000 >= _LEAST_GRID_MM), _GRID_STEPS_M[-1])


def _grid(sheet: Sheet) -> Iterator[str]:
    west, south, east, north = sheet.window_bng
    step = grid_step_m(sheet)
    for easting in _multiples(west, east, step):
        x, _ = sheet.on_paper(easting, north)
        yield _line(x, 0, x, sheet.height_mm)
        if x < sheet.width_mm - _CORNER_MM:
            yield _label(x + 0.6, sheet.height_mm - 0.9, _kilometres(easting), size=2.3, colour="#0b5f8a")
    for northing in _multiples(south, north, step):
        _, y = sheet.on_paper(west, northing)
        yield _line(0, y, sheet.width_mm, y)
        if y < sheet.height_mm - _CORNER_MM:
            yield _label(0.8, y - 0.6, _kilometres(northing), size=2.3, colour="#0b5f8a")


def _multiples(least: float, most: float, step: int) -> Iterable[float]:
    return (float(each * step) for each in range(math.ceil(least / step), math.floor(most / step) + 1))


def _kilometres(metres: float) -> str:
    return f"{metres / 1000:.1f}".removesuffix(".0")


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.3f}" y1="{y1:.3f}" x2="{x2:.3f}" y2="{y2:.3f}" stroke="#8eb8d0" stroke-width="0.12"/>'


def _label(x: float, y: float, text: str, *, size: float, colour: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" {_FONT} font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
        f'stroke="#ffffff" stroke-width="0.5" stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
    )


def _names(parishes: Sequence[Shown], sheet: Sheet, window: Polygon) -> Iterator[str]:
    """Return the names of parishes that have room for one, each where it stands well inside what is seen of it."""
    for each in parishes:
        seen = shapely.intersection(each.shape_bng, window)
        if seen.area / sheet.scale**2 * 1_000_000 < _LEAST_LABEL_MM2:
            continue
        place = shapely.maximum_inscribed_circle(max(shapely.get_parts(seen), key=lambda part: part.area))
        x, y = sheet.on_paper(*shapely.get_coordinates(place)[0])
        yield _label(x, y, each.name, size=3.2, colour="#383f43", anchor="middle")


def _marks(marks: Sequence[Mark], sheet: Sheet) -> Iterator[str]:
    for each in marks:
        x, y = sheet.on_paper(each.easting, each.northing)
        if 0 <= x <= sheet.width_mm and 0 <= y <= sheet.height_mm:
            yield (
                f'<circle cx="{x:.2f}" cy="{y:.2f}" r="3" fill="#ffdd00" stroke="#0b0c0c" stroke-width="0.5"/>'
                f'<text x="{x:.2f}" y="{y + 1.25:.2f}" font-family="sans-serif" font-size="3.6" font-weight="bold" '
                f'fill="#0b0c0c" text-anchor="middle">{each.number}</text>'
            )
