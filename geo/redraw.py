"""A boundary drawn again from its description in words and the lines it names."""

import re
from collections.abc import Sequence

import shapely
from shapely import LinearRing, LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geo.description import WINDS, NamedLine, rings_of
from geo.errors import GeoError
from geo.grid_reference import GridReferenceError, read_grid_reference


class DescriptionError(GeoError):
    """Words from which no boundary can be drawn."""


_REFERENCE = r"([A-Z]{2} \d{5} \d{5})"
_START = re.compile(rf"^(Leaves out the land inside a line that starts|Starts) at {_REFERENCE}")
_WHOLE = re.compile(r" and follows all of (.+) back to the start\.$")
_WIND = "|".join(sorted(WINDS, key=len, reverse=True))
_LEG = re.compile(rf"(?:Goes straight|Follows (.+?)) (?:{_WIND}) for ([\d,]+) m to {_REFERENCE}\.")
_FEWEST_POINTS = 4


def rebuild(text: str, lines: Sequence[NamedLine]) -> MultiPolygon:
    """Return the area that words describe, drawn again from them and the lines they name.

    Raises:
        DescriptionError: a sentence that cannot be read, or a line that is not among those given.
    """
    area: BaseGeometry = MultiPolygon()
    known = {line.name: line for line in lines}
    for paragraph in text.strip().split("\n\n"):
        ring, is_hole = _ring_from(paragraph, known)
        area = area.difference(ring) if is_hole else area.union(ring)
    return MultiPolygon(_polygons(area))


def _ring_from(paragraph: str, known: dict[str, NamedLine]) -> tuple[BaseGeometry, bool]:
    opening = _START.match(paragraph)
    if opening is None:
        raise DescriptionError(f"“{paragraph[:60]}…” does not say where the boundary starts: begin with “Starts at”.")
    is_hole, start = opening[1] != "Starts", _point(opening[2])
    whole = _WHOLE.search(paragraph)
    if whole is not None:
        return Polygon(_nearest_edge(known, whole[1], start)), is_hole
    path = [start]
    for follows, length, end in _LEG.findall(paragraph):
        point = _point(end)
        if follows:
            path.extend(_along(_nearest_edge(known, follows, path[-1]), path[-1], point, _number(length)))
        path.append(point)
    if len(path) < _FEWEST_POINTS:
        raise DescriptionError(f"“{paragraph[:60]}…” does not come back to its start: at least three legs are needed.")
    return shapely.union_all(_polygons(shapely.make_valid(Polygon(path)))), is_hole


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a shape, without the points and lines that mending a ring may leave."""
    if isinstance(shape, Polygon):
        return [shape] if not shape.is_empty else []
    return [polygon for part in getattr(shape, "geoms", ()) for polygon in _polygons(part)]


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _point(text: str) -> tuple[float, float]:
    try:
        square = read_grid_reference(text)
    except GridReferenceError as problem:
        raise DescriptionError(str(problem)) from problem
    return square.easting, square.northing


def _nearest_edge(known: dict[str, NamedLine], name: str, at: tuple[float, float]) -> LinearRing:
    if name not in known:
        raise DescriptionError(f"The words follow {name}, which is not among the lines given: add its file.")
    return min(rings_of(known[name].shape_bng), key=lambda ring: ring.distance(Point(at)))


def _along(
    ring: LinearRing, start: tuple[float, float], end: tuple[float, float], length_m: float
) -> list[tuple[float, float]]:
    """Return the points of a ring between two of its places, the way round whose length is nearer to the one told."""
    first, last, whole = ring.project(Point(start)), ring.project(Point(end)), ring.length
    onward, back = (last - first) % whole, (first - last) % whole
    if abs(onward - length_m) <= abs(back - length_m):
        return _stretch(ring, first, onward)
    return _stretch(ring, last, back)[::-1]


def _stretch(ring: LinearRing, first: float, length_m: float) -> list[tuple[float, float]]:
    line, whole = LineString(ring), ring.length
    pieces = [substring(line, first, min(first + length_m, whole))]
    if first + length_m > whole:
        pieces.append(substring(line, 0, first + length_m - whole))
    return [(float(x), float(y)) for piece in pieces for x, y in shapely.get_coordinates(piece)]
