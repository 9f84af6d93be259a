"""Geometry written as text in a table's cell: WKT, EWKT, hexadecimal WKB, or GeoJSON."""

import json
import re

import numpy as np
import shapely
from shapely.errors import GEOSException, ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.reading.geojson_geometry import parse_geometry
from geo.reading.model import Remark
from geo.reading.rings import Ring, multipolygon_of, polygon_of
from geo.reading.wkb import ARCS, ParsedRow, parse_wkb, unreadable

_SRID = re.compile(r"^SRID\s*=\s*(\d+)\s*;", re.IGNORECASE)
_HEX = re.compile(r"^(?:\\x|0x)?((?:[0-9A-F]{2}){5,})$", re.IGNORECASE)
_ARC_WORDS = re.compile(r"\b(CIRCULARSTRING|COMPOUNDCURVE)\b", re.IGNORECASE)
_SURFACE_WORDS = {"MULTISURFACE": "MULTIPOLYGON", "CURVEPOLYGON": "POLYGON", "TRIANGLE": "POLYGON"}
_POLYGONAL = re.compile(r"^(MULTI)?POLYGON\s*(?:Z|M|ZM)?\s*(\(.*\))$", re.IGNORECASE | re.DOTALL)
_RING = re.compile(r"\(([^()]*)\)")
_NUMBERS_SHOWN = 30


@np.errstate(all="ignore")
def parse_text(text: str) -> ParsedRow:
    """Return the geometry a cell holds, in its own coordinates.

    A geometry that cannot be read comes back as None with a remark saying why; nothing is raised.
    """
    written = text.strip()
    srid = 0
    if found := _SRID.match(written):
        srid = int(found[1])
        written = written[found.end() :].strip()
    if not written:
        return ParsedRow(geometry=None, remarks=(unreadable("The row has no geometry."),))
    if found := _HEX.match(written):
        parsed = parse_wkb(bytes.fromhex(found[1]))
    elif written.startswith("{"):
        parsed = _from_json(written)
    else:
        parsed = _from_wkt(written)
    return ParsedRow(
        geometry=parsed.geometry,
        srid=srid or parsed.srid,
        remarks=parsed.remarks,
        has_heights=parsed.has_heights,
    )


def _from_json(written: str) -> ParsedRow:
    try:
        parsed = parse_geometry(json.loads(written))
    except (ValueError, RecursionError):
        return _refused(written)
    return ParsedRow(geometry=parsed.geometry, remarks=parsed.remarks, has_heights=parsed.has_heights)


def _from_wkt(written: str) -> ParsedRow:
    if _ARC_WORDS.search(written):
        return ParsedRow(geometry=None, remarks=(unreadable(ARCS, "arcs"),))
    for curved, straight in _SURFACE_WORDS.items():
        written = re.sub(rf"\b{curved}\b", straight, written, flags=re.IGNORECASE)
    try:
        geometry = shapely.from_wkt(written)
    except (GEOSException, ShapelyError, NotImplementedError, ValueError):
        return _from_rings(written)
    has_heights = bool(shapely.has_z(geometry) or shapely.has_m(geometry))
    return ParsedRow(geometry=shapely.force_2d(geometry), has_heights=has_heights)


def _from_rings(written: str) -> ParsedRow:
    """Read polygons whose rings are open or too short, which the usual reader refuses."""
    found = _POLYGONAL.match(written)
    if not found or not _is_balanced(found[2]):
        return _refused(written)
    parts = re.split(r"\)\s*\)\s*,\s*\(\s*\(", found[2]) if found[1] else [found[2]]
    readable = [_part(part) for part in parts]
    built = [each for each in readable if each is not None]
    if len(built) < len(parts):
        return _refused(written)
    polygons = [polygon for polygon, _ in built]
    return ParsedRow(
        geometry=multipolygon_of(polygons) if found[1] else polygons[0],
        remarks=tuple(remark for _, remarks in built for remark in remarks),
    )


def _part(text: str) -> tuple[BaseGeometry, tuple[Remark, ...]] | None:
    rings = [_ring(ring) for ring in _RING.findall(f"({text})".replace("((", "(").replace("))", ")"))]
    whole = [ring for ring in rings if ring is not None]
    return polygon_of(whole) if whole and len(whole) == len(rings) else None


def _ring(text: str) -> Ring | None:
    try:
        pairs = [[float(number) for number in position.split()[:2]] for position in text.split(",")]
        ring = np.array(pairs, dtype=np.float64)
    except ValueError:
        return None
    return ring if ring.ndim == 2 and ring.shape[1] == 2 else None  # noqa: PLR2004 - eastings and northings


def _is_balanced(text: str) -> bool:
    depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0


def _refused(written: str) -> ParsedRow:
    shown = " ".join(written.split())
    shown = shown if len(shown) <= _NUMBERS_SHOWN else f"{shown[:_NUMBERS_SHOWN]}..."
    return ParsedRow(
        geometry=None,
        remarks=(unreadable(f"The row's geometry “{shown}” is not complete WKT, EWKT or hexadecimal WKB."),),
    )
