"""GeoParquet, by pyarrow."""

import io
import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import UnreadableFileError
from geo.reading.geojson import heights_dropped
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import RawLayer
from geo.reading.vector import text_column
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
_USUAL_COLUMNS = ("geometry", "geom", "wkb_geometry")


def read_parquet(content: bytes, name: str, layer: str, limits: Limits = STANDARD_LIMITS) -> RawLayer:
    """Read a GeoParquet file whose geometry is well-known binary.

    Raises:
        UnreadableFileError: damaged, without geometry, or with geometry in another encoding.
        LimitExceededError: it would unpack to too much, or has too many rows.
    """
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        meta = file.metadata
        limits.check_features(name, meta.num_rows)
        unpacked = sum(meta.row_group(group).total_byte_size for group in range(meta.num_row_groups))
        limits.check_expansion(name, len(content), unpacked)
        table = file.read()
        return _raw_layer(table, _geo_metadata(table), name, layer)
    except _READER_ERRORS:
        raise UnreadableFileError(
            f"{name} cannot be read as GeoParquet; it is damaged or cut short: ask for the file again.",
        ) from None


def _raw_layer(table: pa.Table, geo: Mapping[str, object], name: str, layer: str) -> RawLayer:
    column, details = _geometry_column(table, geo, name)
    if str(details.get("encoding", "WKB")).upper() != "WKB":
        raise UnreadableFileError(f"{name} stores its geometry as {details['encoding']}: save it with WKB geometry.")
    parsed = parse_wkb_rows(table.column(column).cast(pa.binary()).to_pylist())
    return RawLayer(
        format="GeoParquet",
        layer=layer,
        geometries=parsed.geometries,
        columns={title: text_column(table.column(title)) for title in table.column_names if title != column},
        declared_crs=_declared(details) if geo else None,
        remarks=parsed.remarks,
        notices=(heights_dropped(),) if parsed.has_heights else (),
    )


def _geo_metadata(table: pa.Table) -> Mapping[str, object]:
    written = (table.schema.metadata or {}).get(b"geo")
    metadata = json.loads(written) if written else {}
    return metadata if isinstance(metadata, dict) else {}


def _geometry_column(table: pa.Table, geo: Mapping[str, object], name: str) -> tuple[str, Mapping[str, object]]:
    named = geo.get("primary_column")
    columns = geo.get("columns")
    for column in (named, *_USUAL_COLUMNS):
        if isinstance(column, str) and column in table.column_names:
            details = columns.get(column) if isinstance(columns, dict) else None
            return column, details if isinstance(details, dict) else {}
    raise UnreadableFileError(f"{name} is a Parquet table without geometry: save it as GeoParquet.")


def _declared(details: Mapping[str, object]) -> str | None:
    """Return the declared reference system; left out it is WGS84, written null it is unknown."""
    crs = details.get("crs", "OGC:CRS84")
    if isinstance(crs, dict):
        return json.dumps(crs)
    return crs if isinstance(crs, str) else None
