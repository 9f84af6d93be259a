"""GeoPackage, Shapefile, KML, GML and FlatGeobuf, by pyogrio, from a private copy."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio

from geo.errors import LayerChoiceError, Missing, UnreadableFileError
from geo.findings import Finding, Severity
from geo.reading.detect import Format
from geo.reading.geojson import heights_dropped
from geo.reading.geopackage import check_geopackage
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import RawLayer
from geo.reading.wkb import parse_wkb_rows

_READER_ERRORS = (
    RuntimeError,
    ValueError,
    OSError,
    LookupError,
    ArithmeticError,
    MemoryError,
    TypeError,
    pa.ArrowException,
)
# Nothing is fetched, no schema is looked for, and no link to another file is followed.
_OPEN_OPTIONS: dict[Format, dict[str, str]] = {
    Format.GML: {"DOWNLOAD_SCHEMA": "NO", "WRITE_GFS": "NO"},
}
_LAYERS_SHOWN = 30
# How the reader says that it left measures out, which we say in our own words.
_MEASURES_DROPPED = "Measured (M) geometry types"


def read_vector(
    path: Path, format_: Format, name: str, layer: str | None, limits: Limits = STANDARD_LIMITS
) -> RawLayer:
    """Read one layer.

    Args:
        path: a private copy that nobody else needs, since readers may write beside it.
        format_: what it is.
        name: the file's own name, for messages.
        layer: the layer wanted; it may be left out where there is only one.
        limits: how much is accepted.

    Raises:
        LayerChoiceError: several layers and none named, or the named one is not there; the sentence lists them.
        UnreadableFileError: it cannot be read.
    """
    # A Shapefile sent without its index gets a new one, in the private copy.
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})
    with _one_sentence(name, format_):
        found = [(str(title), kind) for title, kind in pyogrio.list_layers(path)]
    chosen = choose_layer([title for title, kind in found if kind is not None] or [t for t, _ in found], layer, name)
    if format_ is Format.GEOPACKAGE:
        check_geopackage(path, chosen, name)
    options = _OPEN_OPTIONS.get(format_, {})
    with _one_sentence(name, format_), _remarks_of_reader() as remarked:
        count = pyogrio.read_info(path, layer=chosen, force_feature_count=True, **options)["features"]
        limits.check_features(name, int(count))
        meta, table = pyogrio.read_arrow(path, layer=chosen, **options)
        return _raw_layer(format_, chosen, meta, table, remarked)


def choose_layer(layers: Sequence[str], wanted: str | None, name: str) -> str:
    """Return the layer to read.

    Raises:
        LayerChoiceError: the choice is the caller's; the sentence lists the layers.
    """
    listed = ", ".join(layers[:_LAYERS_SHOWN])
    if not layers:
        raise UnreadableFileError(f"{name} has no layer with geometry in it: ask for the file again.")
    if wanted is not None:
        for layer in layers:
            if layer.casefold() == wanted.casefold():
                return layer
        raise LayerChoiceError(f"{name} has no layer “{wanted}”; it has: {listed}.")
    if len(layers) > 1:
        raise LayerChoiceError(
            f"{name} has {len(layers)} layers ({listed}): say which is meant.",
            missing=Missing.LAYER,
            choices=tuple(layers),
        )
    return layers[0]


def text_column(column: pa.ChunkedArray) -> list[str | None]:
    """Return a table's column as text, undecodable letters replaced."""
    try:
        values = column.cast(pa.string()).to_pylist()
    except (pa.ArrowException, UnicodeDecodeError, ValueError):
        values = [_text(value) for value in _values(column)]
    return list(values)


def _values(column: pa.ChunkedArray) -> list[object]:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return list(column.cast(pa.binary()).to_pylist())
    return list(column.to_pylist())


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)


def _raw_layer(format_: Format, layer: str, meta: dict[str, Any], table: pa.Table, remarked: list[str]) -> RawLayer:
    geometry_name = meta["geometry_name"] or "wkb_geometry"
    if geometry_name not in table.column_names:
        raise UnreadableFileError(f"The layer {layer} has no geometry: name another layer.", missing=Missing.LAYER)
    parsed = parse_wkb_rows(table.column(geometry_name).to_pylist())
    told = [remark for remark in dict.fromkeys(remarked) if not remark.startswith(_MEASURES_DROPPED)]
    has_heights = parsed.has_heights or len(told) < len(set(remarked))
    notices = [heights_dropped()] if has_heights else []
    notices.extend(_reader_notice(remark) for remark in told)
    return RawLayer(
        format=format_.value,
        layer=layer,
        geometries=parsed.geometries,
        columns={title: text_column(table.column(title)) for title in table.column_names if title != geometry_name},
        declared_crs=meta["crs"] or None,
        remarks=parsed.remarks,
        notices=tuple(notices),
    )


def _reader_notice(remark: str) -> Finding:
    flat = " ".join(remark.split()).rstrip(".")
    return Finding(
        code="reader-remark",
        severity=Severity.NOTICE,
        message=f"The program library that opened the file remarked: “{flat[:200]}”.",
    )


@contextmanager
def _one_sentence(name: str, format_: Format) -> Iterator[None]:
    """Turn whatever a reader raises on a damaged file into one sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _READER_ERRORS:
        raise UnreadableFileError(
            f"{name} cannot be read as {format_.value}; it is damaged or cut short: ask for the file again.",
        ) from None


@contextmanager
def _remarks_of_reader() -> Iterator[list[str]]:
    """Collect what the reader warns of; it is told as notices instead of being printed."""
    remarks: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield remarks
        remarks.extend(str(each.message) for each in caught)
