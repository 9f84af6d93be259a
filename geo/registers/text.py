"""Text of a register file: its encoding, its fingerprint, its lines."""

import codecs
import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.errors import RegisterError

_BLOCK = 1 << 20
_SAMPLE = 4096
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LONGEST_ROW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A file that has been looked through once: what it is called, its SHA-256, its encoding."""

    path: Path
    sha256: str
    encoding: str

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (line number from 1, text) for every row.

        A line break inside quotation marks joins lines under the first number; a mark that is never closed joins
        nothing, so that one bad row cannot swallow its neighbours.
        """
        with self.path.open(encoding=_codec(self.encoding), errors="replace", newline=None) as text:
            waiting = deque[tuple[int, str]]()
            source = ((number, line.rstrip("\r\n")) for number, line in enumerate(text, start=1))
            while (row := waiting.popleft() if waiting else next(source, None)) is not None:
                yield (row[0], _joined(row[1], source, waiting)) if is_open(row[1]) else row


def is_open(row: str) -> bool:
    """Say whether a cell of the row opens a quotation mark that the row does not close."""
    return row.count('"') % 2 == 1 and (row.startswith('"') or ',"' in row or '\t"' in row)


def _joined(row: str, source: Iterator[tuple[int, str]], waiting: deque[tuple[int, str]]) -> str:
    whole = row
    taken = 0
    while is_open(whole) and taken < _LONGEST_ROW:
        if taken == len(waiting):
            following = next(source, None)
            if following is None:
                break
            waiting.append(following)
        whole = f"{whole} {waiting[taken][1]}"
        taken += 1
    if is_open(whole):
        return row
    for _ in range(taken):
        waiting.popleft()
    return whole


def _codec(encoding: str) -> str:
    return {"utf-8": "utf-8-sig", "utf-8-bom": "utf-8-sig", "utf-16le": "utf-16-le"}.get(encoding, encoding)


def look_through(path: Path) -> TextFile:
    """Return the file's fingerprint and encoding, reading it once in blocks.

    Encodings: utf-8, utf-8-bom, utf-16 (by its mark), utf-16le (unmarked), otherwise windows-1252.

    Raises:
        RegisterError: the file cannot be opened, is empty, or is a spreadsheet.
    """
    digest, utf8 = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    sample, is_utf8 = b"", True
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                sample = sample or block[:_SAMPLE]
                digest.update(block)
                is_utf8 = is_utf8 and _decodes(utf8, block)
    except OSError as trouble:
        raise RegisterError(f"{path.name} cannot be opened: {trouble.strerror}.") from trouble
    if not sample:
        raise RegisterError(f"{path.name} is empty: export the register again.")
    if sample.startswith(_SPREADSHEETS):
        raise RegisterError(f"{path.name} is a spreadsheet: save it as CSV and give that file.")
    return TextFile(path=path, sha256=digest.hexdigest(), encoding=_encoding(sample, is_utf8=is_utf8))


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(sample: bytes, *, is_utf8: bool) -> str:
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-bom"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16le"
    return "utf-8" if is_utf8 else "windows-1252"
