"""Telling a file's format by its content; its name only breaks ties."""

import re
from enum import StrEnum
from pathlib import PurePath

from geo.errors import UnreadableFileError

HEAD_BYTES = 65_536


class Format(StrEnum):
    """A format we read, by its name for people."""

    GEOJSON = "GeoJSON"
    GEOPACKAGE = "GeoPackage"
    SHAPEFILE = "Shapefile"
    KML = "KML"
    GML = "GML"
    CSV = "CSV"
    WKT = "WKT"
    GEOPARQUET = "GeoParquet"
    FLATGEOBUF = "FlatGeobuf"
    ARCHIVE = "archive"


READ = "GeoPackage, GeoJSON, a zipped Shapefile, KML, GML, CSV with WKT, GeoParquet or FlatGeobuf"

_MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"PK\x03\x04", Format.ARCHIVE),
    (b"PK\x05\x06", Format.ARCHIVE),
    (b"SQLite format 3\x00", Format.GEOPACKAGE),
    (b"\x00\x00\x27\x0a", Format.SHAPEFILE),
    (b"fgb\x03fgb", Format.FLATGEOBUF),
    (b"PAR1", Format.GEOPARQUET),
)
_REFUSED_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document, which holds a picture of the boundary and not the boundary itself"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive, which is not unpacked"),
    (b"7z\xbc\xaf", "a 7-Zip archive, which is not unpacked"),
    (b"Rar!", "a RAR archive, which is not unpacked"),
    (b"AC10", "an AutoCAD drawing"),
    (b"!table", "a MapInfo table, which is not read"),
    (b"ARROW1", "an Arrow file, which is not read"),
)
_REFUSED_SUFFIXES = {
    ".dbf": "only the table of a Shapefile: give its .shp, or all its files in one zip",
    ".shx": "only the index of a Shapefile: give its .shp, or all its files in one zip",
    ".prj": "only the reference system of a Shapefile: give its .shp, or all its files in one zip",
    ".cpg": "only the code page of a Shapefile: give its .shp, or all its files in one zip",
    ".qpj": "only the reference system of a Shapefile: give its .shp, or all its files in one zip",
}
_ROOT = re.compile(r"<(?![?!])\s*(?:[\w.-]+:)?([\w.-]+)")
_WKT = re.compile(r"\s*\"?(?:SRID\s*=\s*\d+\s*;)?\s*(?:MULTI)?(?:POLYGON|SURFACE|CURVEPOLYGON)\b", re.IGNORECASE)
_GEOMETRY_HEADER = re.compile(
    r"(?:^|[,;\t|])\s*\"?(geometry|wkt|geom|the_geom|wkb|wkb_geometry|point)\"?\s*(?:$|[,;\t|\r])", re.IGNORECASE
)


def format_of(head: bytes, name: str) -> Format:
    """Return the format of a file.

    Args:
        head: its first bytes (HEAD_BYTES of them are enough).
        name: its name, for messages and to break ties.

    Raises:
        UnreadableFileError: it is empty, or of no format we read; the sentence names what it seems to be.
    """
    if not head.strip(b"\x00 \r\n\t"):
        raise UnreadableFileError(f"{name} is empty: ask for the file again.")
    for magic, format_ in _MAGIC:
        if head.startswith(magic):
            return format_
    _refuse_by_name(head, name)
    return _text_format(head, name)


def _refuse_by_name(head: bytes, name: str) -> None:
    for magic, what in _REFUSED_MAGIC:
        if head.startswith(magic):
            raise UnreadableFileError(f"{name} is {what}: ask for {READ}.")
    suffix = PurePath(name).suffix.lower()
    if suffix in _REFUSED_SUFFIXES:
        raise UnreadableFileError(f"{name} is {_REFUSED_SUFFIXES[suffix]}.")


def _text_format(head: bytes, name: str) -> Format:
    encoding = "utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    text = head.decode(encoding, errors="replace").lstrip("\ufeff \r\n\t")
    if text.startswith("<"):
        return _xml_format(text, name)
    if text.startswith(("{", "[")):
        return Format.GEOJSON
    if _WKT.match(text):
        return Format.WKT
    if _GEOMETRY_HEADER.search(text.split("\n", 1)[0]) or PurePath(name).suffix.lower() in {".csv", ".tsv", ".txt"}:
        return Format.CSV
    raise UnreadableFileError(f"{name} is of no format that is read: ask for {READ}.")


def _xml_format(text: str, name: str) -> Format:
    without_comments = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    root = _ROOT.search(without_comments)
    local = root[1].lower() if root else ""
    if local == "kml":
        return Format.KML
    if local == "html":
        raise UnreadableFileError(f"{name} is a web page, perhaps an error message saved as a file: download it again.")
    if "opengis.net/gml" in text or local == "featurecollection":
        return Format.GML
    raise UnreadableFileError(f"{name} is XML but neither KML nor GML: ask for {READ}.")
