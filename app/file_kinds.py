"""What a file is, told from its content: only kinds that cannot carry a script into somebody's browser are taken."""

import io
import json
import re
import zipfile
from dataclasses import dataclass

from app.errors import InvalidRequestError

MEGABYTE = 1_000_000
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file the service takes: its words, its media type, and how its names end."""

    words: str
    media_type: str
    endings: tuple[str, ...]


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileKind(words="PDF", media_type="application/pdf", endings=(".pdf",))
PNG = FileKind(words="PNG picture", media_type="image/png", endings=(".png",))
JPEG = FileKind(words="JPEG picture", media_type="image/jpeg", endings=(".jpg", ".jpeg"))
DOCX = FileKind(words="Word document", media_type=f"{_OFFICE}wordprocessingml.document", endings=(".docx",))
XLSX = FileKind(words="Excel workbook", media_type=f"{_OFFICE}spreadsheetml.sheet", endings=(".xlsx",))
ODT = FileKind(words="OpenDocument text", media_type="application/vnd.oasis.opendocument.text", endings=(".odt",))
ODS = FileKind(
    words="OpenDocument table", media_type="application/vnd.oasis.opendocument.spreadsheet", endings=(".ods",)
)
GEOJSON = FileKind(words="GeoJSON", media_type="application/geo+json", endings=(".geojson", ".json"))
CSV = FileKind(words="CSV table", media_type="text/csv", endings=(".csv",))
TEXT = FileKind(words="plain text", media_type="text/plain", endings=(".txt", ".md"))
KINDS = (PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, GEOJSON, CSV, TEXT)

_SIGNATURES = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_PACKED = {
    b"application/vnd.oasis.opendocument.text": ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": ODS,
}
_MARKUP = re.compile(r"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?xml|\?php)\b", re.IGNORECASE)
_TAKEN = "send a PDF, a Word or OpenDocument file, a picture (PNG or JPEG), GeoJSON, a CSV table or plain text"


def check_file(name: str, content: bytes, *, largest_mb: int) -> FileKind:
    """Return what a file is, after looking inside it.

    Args:
        name: the name it was sent under; its ending must agree with what is inside.
        content: all of it.
        largest_mb: the largest file taken, in megabytes.

    Raises:
        InvalidRequestError: empty, too large, of a kind that is not taken, or called something else than it is.
    """
    if not content:
        raise InvalidRequestError(f"{name} is empty: choose the file again.")
    if len(content) > largest_mb * MEGABYTE:
        raise InvalidRequestError(
            f"{name} has {len(content) / MEGABYTE:.1f} MB, and {largest_mb} MB is the most: send a smaller file."
        )
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    found = _signed(content) or _packed(name, content) or _text(ending, content)
    if found is None:
        raise InvalidRequestError(f"{name} is not of a kind that is taken here: {_TAKEN}.")
    if ending not in found.endings:
        raise InvalidRequestError(
            f"{name} holds a {found.words} but is called {ending or 'something without an ending'}: "
            f"rename it to end in {found.endings[0]}, or send the right file."
        )
    return found


def _signed(content: bytes) -> FileKind | None:
    return next((kind for signature, kind in _SIGNATURES if content.startswith(signature)), None)


def _packed(name: str, content: bytes) -> FileKind | None:
    """Tell office files apart by the names of their parts; nothing is unpacked but the first few bytes of one."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            declared = parts.open("mimetype").read(100).strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as broken:
        raise InvalidRequestError(f"{name} is a broken file: open it, save it again, and send it anew.") from broken
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        raise InvalidRequestError(f"{name} carries macros, which may not be passed on: save it without them.")
    if declared in _PACKED:
        return _PACKED[declared]
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _text(ending: str, content: bytes) -> FileKind | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "\x00" in text or _MARKUP.search(text[:_HEAD]):
        return None
    if ending in GEOJSON.endings:
        return GEOJSON if _is_geojson(text) else None
    return CSV if ending in CSV.endings else TEXT


def _is_geojson(text: str) -> bool:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and isinstance(document.get("type"), str)
