"""CSV files that are safe to open in a spreadsheet: no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """Return a cell's text; what a spreadsheet would take for a formula gets an apostrophe before it."""
    text = "" if value is None else str(value)
    is_number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) and not is_number else text


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a CSV file line by line: UTF-8, quoted where needed, lines ended as RFC 4180 has it."""
    yield _line(heads)
    yield from map(_line, rows)


def _line(row: Sequence[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe_cell(value) for value in row])
    return buffer.getvalue()
