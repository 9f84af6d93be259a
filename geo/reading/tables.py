"""CSV whose rows carry their geometry as text, and a bare WKT file."""

import csv
import io
from collections.abc import Iterator

import numpy as np

from geo.errors import ColumnError, UnreadableFileError
from geo.reading.geojson import heights_dropped
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import RawLayer
from geo.reading.text import decoded
from geo.reading.wkb import ParsedRow
from geo.reading.wkt import parse_text

GEOMETRY_COLUMNS = ("geometry", "wkt", "geom", "the_geom", "wkb", "wkb_geometry", "geometry_text", "shape")
_LONGEST_CELL = 60_000_000
_SNIFFED = 4_096


def read_csv(content: bytes, name: str, layer: str, limits: Limits = STANDARD_LIMITS) -> RawLayer:
    """Read a table with a geometry column (`geometry`, `wkt` or `geom`) that may mix WKT, EWKT and hexadecimal WKB.

    Raises:
        UnreadableFileError: it is not a table, or has no rows.
        ColumnError: it has no geometry column.
    """
    header, rows = _rows(decoded(content, name), name, limits)
    column = _geometry_column(header, name)
    position = header.index(column)
    parsed = [parse_text(row[position] if position < len(row) else "") for row in rows]
    columns = {
        title: [row[index] if index < len(row) else None for row in rows]
        for index, title in enumerate(header)
        if index != position and title
    }
    return _layer("CSV", layer, parsed, columns)


def read_wkt(content: bytes, name: str, layer: str) -> RawLayer:
    """Read a file that is nothing but one geometry as text."""
    return _layer("WKT", layer, [parse_text(decoded(content, name).strip().strip('"'))], {})


def _layer(format_: str, layer: str, parsed: list[ParsedRow], columns: dict[str, list[str | None]]) -> RawLayer:
    geometries = np.empty(len(parsed), dtype=object)
    geometries[:] = [each.geometry for each in parsed]
    return RawLayer(
        format=format_,
        layer=layer,
        geometries=geometries,
        columns=columns,
        srids=np.array([each.srid for each in parsed], dtype=np.int64),
        remarks={row: each.remarks for row, each in enumerate(parsed) if each.remarks},
        notices=(heights_dropped(),) if any(each.has_heights for each in parsed) else (),
    )


def _rows(text: str, name: str, limits: Limits) -> tuple[list[str], list[list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = next(reader, [])
        rows = list(_counted(reader, name, limits))
    except csv.Error:
        raise UnreadableFileError(
            f"{name} stops being a table at line {reader.line_num}: save it as CSV again."
        ) from None
    if not rows:
        raise UnreadableFileError(f"{name} has no rows below its heading: ask for the file again.")
    return [title.strip() for title in header], rows


def _counted(reader: Iterator[list[str]], name: str, limits: Limits) -> Iterator[list[str]]:
    count = 0
    for row in reader:
        if any(cell.strip() for cell in row):
            count += 1
            limits.check_features(name, count)
            yield row


def _delimiter(text: str) -> str:
    heading = text[:_SNIFFED].split("\n", 1)[0]
    return max(",;\t|", key=heading.count)


def _geometry_column(header: list[str], name: str) -> str:
    for wanted in GEOMETRY_COLUMNS:
        for title in header:
            if title.casefold() == wanted:
                return title
    raise ColumnError(
        f"{name} has no column geometry, wkt or geom; it has: {', '.join(header) or 'no columns'}.",
    )
