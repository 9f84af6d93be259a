"""From a path to a raw layer: checks, a private copy, and the reader for the format."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from geo.errors import UnreadableFileError
from geo.findings import Finding, Severity
from geo.reading.archives import plain_name, unpack
from geo.reading.detect import HEAD_BYTES, Format, format_of
from geo.reading.geojson import read_geojson
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import RawLayer
from geo.reading.parquet import read_parquet
from geo.reading.tables import read_csv, read_wkt
from geo.reading.vector import choose_layer, read_vector
from geo.reading.xml import check_xml

_SUFFIXES = {
    Format.GEOPACKAGE: ".gpkg",
    Format.SHAPEFILE: ".shp",
    Format.KML: ".kml",
    Format.GML: ".gml",
    Format.FLATGEOBUF: ".fgb",
}
_SIDECARS = (".shx", ".dbf", ".prj", ".cpg")


def read_raw(path: Path, layer: str | None, limits: Limits = STANDARD_LIMITS) -> RawLayer:
    """Read one layer of a file as it stands, without touching anything beside the file.

    Raises:
        UnreadableFileError: it is not there, empty, damaged, of no known format, too large, or a layer must be chosen.
        ColumnError: a table without a geometry column.
    """
    _check_readable(path, limits)
    try:
        with tempfile.TemporaryDirectory(prefix="folkmoot-") as folder:
            return _read_privately(path, Path(folder), layer, limits)
    except OSError as error:
        raise UnreadableFileError(f"{path.name} cannot be opened ({error.strerror}): check the file.") from None


def _check_readable(path: Path, limits: Limits) -> None:
    try:
        if path.is_dir():
            raise UnreadableFileError(f"{path.name} is a folder: give one file, or zip the folder.")
        size = path.stat().st_size
    except (OSError, ValueError):
        raise UnreadableFileError(f"There is no file {path.name} to read: check its name.") from None
    limits.check_file(path.name, size)


def _read_privately(path: Path, folder: Path, layer: str | None, limits: Limits) -> RawLayer:
    format_ = format_of(_head(path), path.name)
    if format_ is not Format.ARCHIVE:
        return _read_copy(_copied(path, folder, format_), format_, path.name, layer, limits)
    unpacked = unpack(path, folder, path.name, layer, limits)
    inner = format_of(_head(unpacked.path), unpacked.member)
    if inner is Format.ARCHIVE:
        raise UnreadableFileError(f"{path.name} holds an archive within an archive: unpack it first.")
    own_name = f"{path.name}/{unpacked.member}"
    suffix = _SUFFIXES.get(inner, unpacked.path.suffix)
    private = (
        unpacked.path if unpacked.path.suffix == suffix else unpacked.path.rename(unpacked.path.with_suffix(suffix))
    )
    raw = _read_copy(private, inner, own_name, None if unpacked.layer_is_used else layer, limits)
    return _with_notice(raw, unpacked.member, unpacked.others)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _copied(path: Path, folder: Path, format_: Format) -> Path:
    """Copy a file, and what belongs to it, into a private folder under a plain name."""
    target = (folder / plain_name(path.name)).with_suffix(_SUFFIXES.get(format_, path.suffix))
    shutil.copyfile(path, target)
    if format_ is Format.SHAPEFILE:
        for beside in path.parent.iterdir():
            if beside.stem.casefold() == path.stem.casefold() and beside.suffix.lower() in _SIDECARS:
                shutil.copyfile(beside, target.with_suffix(beside.suffix.lower()))
    return target


def _read_copy(private: Path, format_: Format, name: str, layer: str | None, limits: Limits) -> RawLayer:
    if format_ in _SUFFIXES:
        if format_ in {Format.KML, Format.GML}:
            check_xml(private.read_bytes(), name, format_.value)
        return read_vector(private, format_, name, layer, limits)
    title = private.stem
    content = private.read_bytes()
    if format_ is Format.GEOJSON:
        raw = read_geojson(content, name, title, limits)
    elif format_ is Format.GEOPARQUET:
        raw = read_parquet(content, name, title, limits)
    elif format_ is Format.CSV:
        raw = read_csv(content, name, title, limits)
    else:
        raw = read_wkt(content, name, title)
    choose_layer([raw.layer], layer, name)
    return raw


def _with_notice(raw: RawLayer, member: str, others: tuple[str, ...]) -> RawLayer:
    if not others:
        return raw
    notice = Finding(
        code="other-files-ignored",
        severity=Severity.NOTICE,
        message=f"The archive was read by its file {member}; it also holds {', '.join(others[:10])}.",
    )
    return replace(raw, notices=(*raw.notices, notice))
