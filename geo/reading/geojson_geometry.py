"""One geometry object of GeoJSON, exactly as written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.findings import Severity
from geo.reading.model import Remark
from geo.reading.rings import Ring, multipolygon_of, polygon_of

LEAST_AXES = 2
_OTHER_TYPES: dict[str, Callable[[list[Ring]], BaseGeometry]] = {
    "Point": lambda lines: shapely.Point(lines[0][0]),
    "MultiPoint": lambda lines: shapely.MultiPoint(lines[0]),
    "LineString": lambda lines: shapely.LineString(lines[0]),
    "MultiLineString": lambda lines: shapely.MultiLineString([shapely.LineString(line) for line in lines]),
}

GEOMETRY_TYPES = frozenset({*_OTHER_TYPES, "Polygon", "MultiPolygon", "GeometryCollection"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedGeometry:
    """A geometry in the document's own coordinates; None where it cannot be read, and a remark says why."""

    geometry: BaseGeometry | None
    remarks: tuple[Remark, ...] = ()
    has_heights: bool = False


class _MalformedError(ValueError):
    """A geometry that is not written as GeoJSON asks; its text ends a sentence."""


def parse_geometry(document: object) -> ParsedGeometry:
    """Return the geometry of a GeoJSON geometry object, exactly as written, heights left out."""
    if document is None:
        return ParsedGeometry(geometry=None, remarks=(_unreadable("it has no geometry"),))
    try:
        return _geometry(document, depth=0)
    except _MalformedError as error:
        return ParsedGeometry(geometry=None, remarks=(_unreadable(str(error)),))


def _unreadable(why: str) -> Remark:
    return Remark(code="unreadable-geometry", severity=Severity.ERROR, message=f"The row cannot be read: {why}.")


def _geometry(document: object, depth: int) -> ParsedGeometry:
    if not isinstance(document, dict) or depth > 8:  # noqa: PLR2004 - no honest collection nests so deep
        raise _MalformedError("its geometry is not a GeoJSON geometry")
    kind = document.get("type")
    if kind == "GeometryCollection":
        return _collection(document.get("geometries"), depth)
    coordinates = document.get("coordinates")
    if not isinstance(coordinates, list):
        raise _MalformedError("its geometry has no coordinates")
    if kind == "Polygon":
        return _polygon(coordinates)
    if kind == "MultiPolygon":
        return _multipolygon(coordinates)
    if isinstance(kind, str) and kind in _OTHER_TYPES:
        return _other(kind, coordinates)
    raise _MalformedError("its geometry is of a type GeoJSON does not have")


def _collection(members: object, depth: int) -> ParsedGeometry:
    if not isinstance(members, list):
        raise _MalformedError("its collection has no geometries")
    parsed = [_geometry(member, depth + 1) for member in members]
    return ParsedGeometry(
        geometry=shapely.GeometryCollection([each.geometry for each in parsed if each.geometry is not None]),
        remarks=tuple(remark for each in parsed for remark in each.remarks),
        has_heights=any(each.has_heights for each in parsed),
    )


def _polygon(coordinates: Sequence[object]) -> ParsedGeometry:
    rings = [_positions(ring) for ring in coordinates]
    polygon, remarks = polygon_of([ring for ring, _ in rings])
    return ParsedGeometry(geometry=polygon, remarks=remarks, has_heights=any(high for _, high in rings))


def _multipolygon(coordinates: Sequence[object]) -> ParsedGeometry:
    parsed = []
    for part in coordinates:
        if not isinstance(part, list):
            raise _MalformedError("a part of its geometry is not a list of rings")
        parsed.append(_polygon(part))
    return ParsedGeometry(
        geometry=multipolygon_of([each.geometry for each in parsed if each.geometry is not None]),
        remarks=tuple(remark for each in parsed for remark in each.remarks),
        has_heights=any(each.has_heights for each in parsed),
    )


def _other(kind: str, coordinates: list[object]) -> ParsedGeometry:
    try:
        nested: list[object] = (
            [[coordinates]] if kind == "Point" else coordinates if kind == "MultiLineString" else [coordinates]
        )
        flat = [_positions(line)[0] for line in nested]
        geometry = _OTHER_TYPES[kind](flat)
    except (_MalformedError, ValueError, IndexError, shapely.errors.ShapelyError):
        raise _MalformedError("its points are not written as GeoJSON asks") from None
    return ParsedGeometry(geometry=geometry)


def _positions(ring: object) -> tuple[Ring, bool]:
    """Return a list of positions as an array of shape (n, 2), and whether they carry heights."""
    if not isinstance(ring, list):
        raise _MalformedError("a ring is not a list of points")
    if not ring:
        return np.empty((0, 2)), False
    try:
        array = np.array(ring)
    except ValueError:
        array = _shortened(ring)
    if array.dtype.kind == "O":
        array = _shortened(ring)
    if array.ndim != LEAST_AXES or array.shape[1] < LEAST_AXES or array.dtype.kind not in "iuf":
        raise _MalformedError("a point is not a pair of numbers")
    return np.ascontiguousarray(array[:, :2], dtype=np.float64), array.shape[1] > LEAST_AXES


def _shortened(ring: list[object]) -> NDArray[np.float64]:
    """Return positions of uneven lengths cut to two axes; a missing number (null) becomes NaN, to be located later."""
    pairs = []
    for position in ring:
        if not isinstance(position, list) or len(position) < LEAST_AXES:
            raise _MalformedError("a point is not a pair of numbers")
        pairs.append([_number(value) for value in position[:2]])
    return np.array(pairs, dtype=np.float64)


def _number(value: object) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _MalformedError("a point is not a pair of numbers")
    try:
        return float(value)
    except OverflowError:
        return float("inf")
