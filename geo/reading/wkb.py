"""Well-known binary, also where its rings are open, too short or arcs."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException, ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.findings import Severity
from geo.reading.model import Remark
from geo.reading.rings import multipolygon_of, polygon_of

_POINT, _LINE, _POLYGON, _MULTIPOINT, _MULTILINE, _MULTIPOLYGON, _COLLECTION = range(1, 8)
_PLAIN = range(1, 7)
_ARCS = {8, 9, 10, 11, 13, 14}
_MULTISURFACE = 12
_COLLECTED = {_MULTIPOINT, _MULTILINE, _MULTIPOLYGON, _COLLECTION, _MULTISURFACE}
_HEIGHT, _MEASURE, _SRID = 0x80000000, 0x40000000, 0x20000000
_DEEPEST = 8

ARCS = (
    "Its outline has arcs (curves), which cannot be read exactly: save it with its curves turned into straight lines."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedRow:
    """One row's geometry in the file's coordinates, None where it cannot be read, with remarks saying why."""

    geometry: BaseGeometry | None
    srid: int = 0
    remarks: tuple[Remark, ...] = ()
    has_heights: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedRows:
    """Many rows' geometries, their remarks by row counted from 0, and whether any carried heights or measures."""

    geometries: NDArray[np.object_]
    remarks: dict[int, tuple[Remark, ...]]
    has_heights: bool


class _MalformedError(ValueError):
    """Bytes that are not well-known binary."""


class _ArcError(ValueError):
    """A geometry with arcs."""


def unreadable(message: str, code: str = "unreadable-geometry") -> Remark:
    """Return the remark on a row whose geometry cannot be read; the message is a whole sentence."""
    return Remark(code=code, severity=Severity.ERROR, message=message)


@np.errstate(all="ignore")
def parse_wkb_rows(rows: Sequence[bytes | None]) -> ParsedRows:
    """Read many rows at once; only those the fast way refuses are read one by one."""
    geometries = np.full(len(rows), None, dtype=object)
    plain = np.array([row is not None and _base_type(row) in _PLAIN for row in rows], dtype=bool)
    encoded = np.empty(len(rows), dtype=object)
    encoded[:] = rows
    geometries[plain] = shapely.from_wkb(encoded[plain], on_invalid="ignore")
    has_heights = bool(np.any(shapely.has_z(geometries) | shapely.has_m(geometries)))
    geometries = np.asarray(shapely.force_2d(geometries), dtype=object)
    remarks: dict[int, tuple[Remark, ...]] = {}
    for row in np.flatnonzero(shapely.is_missing(geometries)).tolist():
        parsed = parse_wkb(rows[row])
        geometries[row] = parsed.geometry
        remarks[row] = parsed.remarks
        has_heights = has_heights or parsed.has_heights
    return ParsedRows(
        geometries=geometries, remarks={row: each for row, each in remarks.items() if each}, has_heights=has_heights
    )


def parse_wkb(row: bytes | None) -> ParsedRow:
    """Read one row: WKB, ISO or extended (with its own reference system number)."""
    if row is None:
        return ParsedRow(geometry=None, remarks=(unreadable("The row has no geometry."),))
    try:
        return _Walker(row).parsed()
    except _ArcError:
        return ParsedRow(geometry=None, remarks=(unreadable(ARCS, "arcs"),))
    except (_MalformedError, struct.error, GEOSException, ShapelyError, ValueError):
        return ParsedRow(geometry=None, remarks=(unreadable("The row's geometry is damaged and cannot be read."),))


def _base_type(row: bytes) -> int:
    if len(row) < 5 or row[0] not in (0, 1):  # noqa: PLR2004 - a byte order and a type
        return 0
    (number,) = struct.unpack_from("<I" if row[0] else ">I", row, 1)
    return int(number & 0x0FFFFFFF) % 1000


class _Walker:
    """Walks well-known binary geometry by geometry."""

    def __init__(self, row: bytes) -> None:
        self._row = row
        self._at = 0
        self._order = "<"
        self._axes = 2
        self._srid = 0
        self._has_heights = False
        self._remarks: list[Remark] = []

    def parsed(self) -> ParsedRow:
        geometry = self._geometry(0)
        return ParsedRow(
            geometry=geometry,
            srid=self._srid,
            remarks=tuple(self._remarks),
            has_heights=self._has_heights,
        )

    def _geometry(self, depth: int) -> BaseGeometry:
        kind = self._header()
        if kind in _ARCS:
            raise _ArcError
        if kind == _POLYGON:
            return self._polygon()
        if kind in _COLLECTED and depth < _DEEPEST:
            members = [self._geometry(depth + 1) for _ in range(self._count(5))]
            return _collected(kind, members)
        if kind in {_POINT, _LINE}:
            return self._points(kind)
        raise _MalformedError

    def _header(self) -> int:
        order = self._row[self._at : self._at + 1]
        if order not in {b"\x00", b"\x01"}:
            raise _MalformedError
        self._order = "<" if order == b"\x01" else ">"
        self._at += 1
        number = self._integer()
        if number & _SRID:
            self._srid = self._integer()
        iso = (number & 0x0FFFFFFF) // 1000
        extra = bool(number & _HEIGHT or iso in {1, 3}) + bool(number & _MEASURE or iso in {2, 3})
        self._axes = 2 + extra
        self._has_heights = self._has_heights or extra > 0
        return (number & 0x0FFFFFFF) % 1000

    def _integer(self) -> int:
        (number,) = struct.unpack_from(f"{self._order}I", self._row, self._at)
        self._at += 4
        return int(number)

    def _count(self, least_bytes: int) -> int:
        """Return a count that the bytes left can hold."""
        count = self._integer()
        if count * least_bytes > len(self._row) - self._at:
            raise _MalformedError
        return count

    def _positions(self, count: int) -> NDArray[np.float64]:
        values = np.frombuffer(self._row, dtype=f"{self._order}f8", count=count * self._axes, offset=self._at)
        self._at += count * self._axes * 8
        return values.reshape(-1, self._axes)[:, :2].astype(np.float64)

    def _polygon(self) -> BaseGeometry:
        rings = []
        for _ in range(self._count(4)):
            count = self._count(8 * self._axes)
            rings.append(self._positions(count))
        polygon, remarks = polygon_of(rings)
        self._remarks.extend(remarks)
        return polygon

    def _points(self, kind: int) -> BaseGeometry:
        if kind == _POINT:
            return shapely.Point(self._positions(1)[0])
        return shapely.LineString(self._positions(self._count(8 * self._axes)))


def _collected(kind: int, members: list[BaseGeometry]) -> BaseGeometry:
    if kind in {_MULTIPOLYGON, _MULTISURFACE} and all(isinstance(member, shapely.Polygon) for member in members):
        return multipolygon_of(members)
    if kind == _MULTIPOINT:
        return shapely.MultiPoint([member for member in members if isinstance(member, shapely.Point)])
    if kind == _MULTILINE:
        return shapely.MultiLineString([member for member in members if isinstance(member, shapely.LineString)])
    return shapely.GeometryCollection(members)
