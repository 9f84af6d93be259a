"""GeoJSON, from a file or from a web request: RFC 7946, and the older form with a `crs` member."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.errors import UnreadableFileError
from geo.findings import Finding, Severity
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import RawLayer, Remark
from geo.reading.rings import Ring, multipolygon_of, polygon_of
from geo.reading.text import decoded

LEAST_AXES = 2
_OTHER_TYPES: dict[str, Callable[[list[Ring]], BaseGeometry]] = {
    "Point": lambda lines: shapely.Point(lines[0][0]),
    "MultiPoint": lambda lines: shapely.MultiPoint(lines[0]),
    "LineString": lambda lines: shapely.LineString(lines[0]),
    "MultiLineString": lambda lines: shapely.MultiLineString([shapely.LineString(line) for line in lines]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedGeometry:
    """A geometry in the document's own coordinates; None where it cannot be read, and a remark says why."""

    geometry: BaseGeometry | None
    remarks: tuple[Remark, ...] = ()
    has_heights: bool = False


class _MalformedError(ValueError):
    """A geometry that is not written as GeoJSON asks; its text ends a sentence."""


def read_geojson(content: bytes, name: str, layer: str, limits: Limits = STANDARD_LIMITS) -> RawLayer:
    """Read a GeoJSON file.

    Args:
        content: the file's bytes, with or without a byte order mark.
        name: the file's name for messages.
        layer: the layer's name where the document has none.
        limits: how many features are accepted.

    Raises:
        UnreadableFileError: it is not JSON (the sentence says where it stops), or not GeoJSON.
    """
    document = _parsed(content, name)
    rows = features_of(document, name)
    limits.check_features(name, len(rows))
    parsed = [parse_geometry(row.get("geometry")) for row in rows]
    geometries = np.empty(len(rows), dtype=object)
    geometries[:] = [each.geometry for each in parsed]
    crs, declared_by = declared_crs(document)
    title = document.get("name")
    return RawLayer(
        format="GeoJSON",
        layer=title if isinstance(title, str) and title else layer,
        geometries=geometries,
        columns=_columns(rows),
        declared_crs=crs,
        declared_by=declared_by,
        remarks={row: each.remarks for row, each in enumerate(parsed) if each.remarks},
        notices=(heights_dropped(),) if any(each.has_heights for each in parsed) else (),
    )


def features_of(document: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """Return the features of a FeatureCollection, a Feature or a bare geometry.

    Raises:
        UnreadableFileError: the document is none of these.
    """
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
        if isinstance(features, list) and all(isinstance(feature, dict) for feature in features):
            return features
        raise UnreadableFileError(f"{name} is a GeoJSON collection without a proper list of features: save it again.")
    if kind == "Feature":
        return [document]
    if isinstance(kind, str) and (kind in _OTHER_TYPES or kind in {"Polygon", "MultiPolygon", "GeometryCollection"}):
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    if kind == "Topology":
        raise UnreadableFileError(f"{name} is TopoJSON, which is not read: save the boundary as GeoJSON.")
    raise UnreadableFileError(f"{name} is JSON but not GeoJSON: save the boundary as GeoJSON or GeoPackage.")


def declared_crs(document: Mapping[str, object]) -> tuple[str | None, str]:
    """Return the reference system a document declares and how; without a `crs` member it is WGS84."""
    member = document.get("crs")
    if member is None:
        return "EPSG:4326", "GeoJSON without a crs member is by its standard in"
    properties = member.get("properties") if isinstance(member, dict) else None
    for key in ("name", "code"):
        value = properties.get(key) if isinstance(properties, dict) else None
        if isinstance(value, str | int) and str(value).strip():
            return str(value).strip(), "The file declares"
    return None, "The file declares"


def parse_geometry(document: object) -> ParsedGeometry:
    """Return the geometry of a GeoJSON geometry object, exactly as written, heights left out."""
    if document is None:
        return ParsedGeometry(geometry=None, remarks=(_unreadable("it has no geometry"),))
    try:
        return _geometry(document, depth=0)
    except _MalformedError as error:
        return ParsedGeometry(geometry=None, remarks=(_unreadable(str(error)),))


def heights_dropped() -> Finding:
    """Return the notice that heights or measures were left out."""
    return Finding(
        code="heights-dropped",
        severity=Severity.NOTICE,
        message="The file gives heights or measures (Z or M) with its points; a boundary has none: left out.",
    )


def _unreadable(why: str) -> Remark:
    return Remark(code="unreadable-geometry", severity=Severity.ERROR, message=f"The row cannot be read: {why}.")


def _parsed(content: bytes, name: str) -> dict[str, object]:
    text = decoded(content, name)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            f"{name} stops being JSON at line {error.lineno}, column {error.colno} (it may have been cut short): "
            "ask for the file again.",
        ) from None
    except (RecursionError, ValueError):
        raise UnreadableFileError(f"{name} is nested or numbered in a way no boundary is: save it again.") from None
    if not isinstance(document, dict):
        raise UnreadableFileError(f"{name} is JSON but not GeoJSON: save the boundary as GeoJSON or GeoPackage.")
    return document


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


def _columns(rows: Sequence[Mapping[str, object]]) -> dict[str, list[str | None]]:
    """Return the properties as columns of text, in the order in which they first appear."""
    properties = [found if isinstance(found := row.get("properties"), dict) else {} for row in rows]
    names = list(dict.fromkeys(name for each in properties for name in each))
    columns = {name: [_text(each.get(name)) for each in properties] for name in names}
    if "id" not in columns and any(row.get("id") is not None for row in rows):
        columns["id"] = [_text(row.get("id")) for row in rows]
    return columns


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
