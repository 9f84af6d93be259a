"""Zip archives: which file in them is the layer, unpacked into a private folder."""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from geo.errors import LayerChoiceError, LimitExceededError, Missing, UnreadableFileError
from geo.reading.detect import READ
from geo.reading.limits import STANDARD_LIMITS, Limits

# Best first; where an archive holds the same boundary in several formats the first is read.
_ORDER = (".gpkg", ".shp", ".geojson", ".json", ".fgb", ".parquet", ".geoparquet", ".gml", ".kml", ".csv", ".wkt")
_OFFICE = "[Content_Types].xml"
_MOST_FILES = 2_000
_CHUNK_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """The file of an archive that is to be read.

    Attributes:
        path: where it was unpacked, its sidecar files beside it.
        member: its name inside the archive.
        others: other files of the archive that could have been read.
        layer_is_used: True when the layer asked for was this file's own name, so no layer inside it is meant.
    """

    path: Path
    member: str
    others: tuple[str, ...]
    layer_is_used: bool


def unpack(archive: Path, folder: Path, name: str, layer: str | None, limits: Limits = STANDARD_LIMITS) -> Unpacked:
    """Unpack the one spatial file of an archive, with the files that belong to it, into `folder`.

    Only plain file names are made in `folder`, whatever paths the archive names, so nothing can leave it.

    Raises:
        UnreadableFileError: it is no whole zip archive, it is locked, or it holds nothing that is read.
        LayerChoiceError: it holds several and none is named; the sentence lists them.
        LimitExceededError: it would unpack to too much.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            return _unpacked(opened, folder, name, layer, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
        RuntimeError,
        LookupError,
    ):
        raise UnreadableFileError(
            f"{name} is not a whole zip archive, or it is locked with a password: ask for it again.",
        ) from None


def _unpacked(opened: zipfile.ZipFile, folder: Path, name: str, layer: str | None, limits: Limits) -> Unpacked:
    members = [info for info in opened.infolist() if not info.is_dir() and not _is_clutter(info.filename)]
    if len(members) > _MOST_FILES:
        raise LimitExceededError(f"{name} holds {len(members):,} files: send only those of the boundary.")
    by_name = {info.filename: info for info in members}
    if _OFFICE in by_name:
        raise UnreadableFileError(f"{name} is an Office document: ask for {READ}.")
    member, layer_is_used = _chosen(list(by_name), name, layer)
    wanted = _belonging(member, by_name)
    packed = Path(opened.filename or "").stat().st_size
    limits.check_expansion(name, packed, sum(info.file_size for info in wanted.values()))
    for plain, info in wanted.items():
        _write(opened, info, folder / plain, limits, name)
    return Unpacked(
        path=folder / plain_name(member),
        member=member,
        others=tuple(other for other in _readable(list(by_name)) if other != member),
        layer_is_used=layer_is_used,
    )


def _is_clutter(filename: str) -> bool:
    path = PurePosixPath(filename)
    return "__MACOSX" in path.parts or path.name.startswith(("._", ".DS_Store"))


def _readable(names: Sequence[str]) -> list[str]:
    return [name for name in names if PurePosixPath(name).suffix.lower() in _ORDER]


def _chosen(names: Sequence[str], name: str, layer: str | None) -> tuple[str, bool]:
    readable = _readable(names)
    if not readable:
        raise UnreadableFileError(f"{name} holds no boundary file: ask for {READ}.")
    if layer is not None:
        named = [each for each in readable if layer.casefold() in _titles(each)]
        if named:
            return min(named, key=_rank), True
    best = min(_rank(each) for each in readable)
    first = [each for each in readable if _rank(each) == best]
    if len(first) > 1:
        stems = tuple(PurePosixPath(each).stem for each in first)
        titles = ", ".join(stems[:30])
        if layer is not None:
            raise LayerChoiceError(f"{name} has no layer “{layer}”; it has: {titles}.")
        raise LayerChoiceError(
            f"{name} has {len(first)} layers ({titles}): say which is meant.", missing=Missing.LAYER, choices=stems
        )
    return first[0], False


def _titles(member: str) -> set[str]:
    path = PurePosixPath(member)
    return {member.casefold(), path.name.casefold(), path.stem.casefold()}


def _rank(member: str) -> int:
    return _ORDER.index(PurePosixPath(member).suffix.lower())


def plain_name(member: str) -> str:
    """Return a plain file name for a member; its folders are dropped and its suffix is written small."""
    path = PurePosixPath(member.replace("\\", "/"))
    stem = "".join(letter if letter.isalnum() or letter in " -_." else "_" for letter in path.stem).strip(". ")
    return f"{stem[:80] or 'layer'}{path.suffix.lower()}"


def _belonging(member: str, by_name: Mapping[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the member and, for a Shapefile, the files of the same name beside it, by their plain names."""
    wanted = {plain_name(member): by_name[member]}
    if PurePosixPath(member).suffix.lower() != ".shp":
        return wanted
    own = PurePosixPath(member)
    stem = PurePosixPath(plain_name(member)).stem
    for other, info in by_name.items():
        path = PurePosixPath(other)
        is_beside = path.parent == own.parent and path.stem.casefold() == own.stem.casefold()
        if is_beside and path.suffix.lower() in {".shx", ".dbf", ".prj", ".cpg"}:
            wanted[f"{stem}{path.suffix.lower()}"] = info
    return wanted


def _write(opened: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, limits: Limits, name: str) -> None:
    """Unpack one member, stopping where it turns out larger than it says."""
    written = 0
    with opened.open(info) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK_BYTES):
            written += len(chunk)
            if written > max(info.file_size, 0) or written > limits.expanded_bytes:
                raise UnreadableFileError(f"{name} says wrongly how large its files are: pack it again.")
            file.write(chunk)
