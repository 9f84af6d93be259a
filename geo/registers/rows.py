"""Rows of one file, made ready to be split: numbered, of one width, without titles, headings and blank lines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from geo.errors import RegisterError
from geo.registers.entry import UnreadableRow
from geo.registers.headers import Columns, closest, looks_like_header, mapped, recognise
from geo.registers.text import TextFile, is_open

DELIMITERS = (",", "\t", ";")
HEADER_WITHIN = 40
BATCH_ROWS = 16_384
_HEADING = re.compile(r'"?\s*(ref:|monthly |page |other electors|register of electors)', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(slots=True, kw_only=True)
class Rows:
    """The rows of one file and what became of those that could not be split.

    Attributes:
        file, columns, delimiter: what is read and how.
        header, header_line: the header as written, and where it stands.
        last_needed: place of the last column without which a row cannot be used; a row cut before it is refused.
        count: rows that hold an entry, readable or not.
        unreadable: rows refused so far.
    """

    file: TextFile
    columns: Columns
    delimiter: str
    header: str
    header_line: int
    last_needed: int
    count: int = 0
    unreadable: list[UnreadableRow] = field(default_factory=list)

    def batches(self) -> Iterator[list[str]]:
        """Yield rows, thousands at a time, each led by its line number; the width is that of the header."""
        batch: list[str] = []
        for number, row in self.file.lines():
            if number <= self.header_line or not row.strip(" \t,;") or row == self.header or self._is_heading(row):
                continue
            self.count += 1
            ready = self._of_width(number, row)
            if ready is not None:
                batch.append(ready)
            if len(batch) == BATCH_ROWS:
                yield batch
                batch = []
        if batch:
            yield batch

    def refuse(self, line: int, reason: str) -> None:
        """Record a row that cannot be read: where and why, never its text."""
        self.unreadable.append(UnreadableRow(file=self.file.path.name, line=line, reason=reason))

    def _is_heading(self, row: str) -> bool:
        return _HEADING.match(row) is not None and not row.partition(self.delimiter)[2].strip(' \t,;"')

    def _of_width(self, number: int, row: str) -> str | None:
        if is_open(row):
            self.refuse(number, "a quotation mark opens and is not closed")
            return None
        cells = 1 + (_QUOTED.sub("", row) if '"' in row else row).count(self.delimiter)
        if cells > self.columns.width:
            row, cells = self._without_empty_end(row, cells)
        if cells > self.columns.width:
            self.refuse(number, f"it has {cells} cells where the header has {self.columns.width}")
            return None
        if cells <= self.last_needed:
            self.refuse(number, f"it is cut short: {cells} cells where the header has {self.columns.width}")
            return None
        return f"{number}{self.delimiter}{row}{self.delimiter * (self.columns.width - cells)}"

    def _without_empty_end(self, row: str, cells: int) -> tuple[str, int]:
        while cells > self.columns.width and row.endswith(self.delimiter):
            row, cells = row[:-1], cells - 1
        return row, cells


def open_rows(file: TextFile, mapping: Mapping[str, str] | None) -> Rows:
    """Find the header among the first lines of a file.

    Raises:
        RegisterError: no known header; says which columns were found and which layout comes closest.
    """
    likeliest: list[str] = []
    for number, row in file.lines():
        if number > HEADER_WITHIN:
            break
        for delimiter in DELIMITERS:
            cells = [cell.strip().strip('"') for cell in row.split(delimiter)]
            columns = recognise(cells) if mapping is None else mapped(cells, mapping)
            if columns is not None:
                needed = max(at for role in columns.layout.required for at in columns.positions[role])
                return Rows(
                    file=file,
                    columns=columns,
                    delimiter=delimiter,
                    header=row,
                    header_line=number,
                    last_needed=needed,
                )
            likeliest = cells if _is_likelier(cells, likeliest) else likeliest
    raise _no_header(file, likeliest, mapping)


def _is_likelier(cells: list[str], than: list[str]) -> bool:
    return len(cells) > len(than) and looks_like_header(cells)


def _no_header(file: TextFile, cells: list[str], mapping: Mapping[str, str] | None) -> RegisterError:
    where = f"the first {HEADER_WITHIN} lines of {file.path.name}"
    if mapping is not None:
        return RegisterError(f"No header with {', '.join(mapping.values())} is in {where}: correct the mapping.")
    if not cells:
        return RegisterError(f"No header of a register is in {where}: export it again with column headings.")
    layout, missing = closest(cells)
    return RegisterError(
        f"The header of {file.path.name} is of no known layout: its columns are {', '.join(filter(None, cells))}; "
        f"the closest is {layout.title}, which also needs {', '.join(missing) or 'other columns'}; "
        "give a mapping such as prefix=COLUMN,number=COLUMN."
    )
