"""GeoJSON, from a file or from a web request: RFC 7946, and the older form with a `crs` member."""

import gc
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from geo.errors import UnreadableFileError
from geo.findings import Finding, Severity
from geo.reading.geojson_geometry import GEOMETRY_TYPES, parse_geometry
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import RawLayer
from geo.reading.text import decoded


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
    if isinstance(kind, str) and kind in GEOMETRY_TYPES:
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


def heights_dropped() -> Finding:
    """Return the notice that heights or measures were left out."""
    return Finding(
        code="heights-dropped",
        severity=Severity.NOTICE,
        message="The file gives heights or measures (Z or M) with its points; a boundary has none: left out.",
    )


def _parsed(content: bytes, name: str) -> dict[str, object]:
    text = decoded(content, name)
    try:
        with _no_collecting():
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


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Put off collecting garbage.

    A million points are a million lists, and going through them again and again doubles the time to read them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


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
