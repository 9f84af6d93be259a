"""From rows to columns: only the columns of known roles are ever turned into values."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
from numpy.typing import NDArray

from geo.registers import cells
from geo.registers.entry import ANONYMOUS_MARK, EntryBatch, number_parts
from geo.registers.layouts import Role
from geo.registers.rows import Rows

Value = TypeVar("Value")
_LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """A column as its distinct texts and, for each row, which of them it holds."""

    texts: list[str]
    code: NDArray[np.int32]

    def read(self, read: Callable[[str], Value]) -> list[Value]:
        """Return what each distinct text says."""
        return [read(text) for text in self.texts]


def read_batch(rows: Rows, batch: list[str]) -> EntryBatch:
    """Return the entries of some rows; those that cannot be read are recorded in rows with line and reason.

    Names: the parser is told the columns to build; no value is made of any other.
    """
    return _entries(rows, _split(rows, batch))


def _split(rows: Rows, batch: list[str]) -> pa.Table:
    table = _parse(rows, batch)
    if len(table) == len(batch):
        return table
    # A quotation mark inside the text broke the rows: each alone, so that only the broken one is refused.
    return pa.concat_tables([_alone(rows, row) for row in batch])


def _alone(rows: Rows, row: str) -> pa.Table:
    table = _parse(rows, [row])
    if len(table) != 1:
        rows.refuse(int(row.partition(rows.delimiter)[0]), "its quotation marks cannot be followed")
    return table[:0] if len(table) != 1 else table


def _parse(rows: Rows, batch: list[str]) -> pa.Table:
    width = rows.columns.width
    wanted = sorted({at for places in rows.columns.positions.values() for at in places})
    names = [_LINE, *(str(at) for at in range(width))]
    return pyarrow.csv.read_csv(
        pa.BufferReader("\n".join([*batch, ""]).encode("utf-8", errors="replace")),
        read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False, block_size=1 << 28),
        parse_options=pyarrow.csv.ParseOptions(delimiter=rows.delimiter, invalid_row_handler=lambda _row: "skip"),
        convert_options=pyarrow.csv.ConvertOptions(
            include_columns=[_LINE, *map(str, wanted)],
            column_types={_LINE: pa.int64(), **{str(at): pa.string() for at in wanted}},
            strings_can_be_null=False,
        ),
    )


@dataclass(slots=True, kw_only=True)
class _Reader:
    """One batch being read: its table, and the rows refused so far."""

    rows: Rows
    table: pa.Table
    line: NDArray[np.int64]
    good: NDArray[np.bool_]

    def column(self, role: Role) -> Distinct | None:
        """Return the column of a role, or None where the layout has none."""
        places = self.rows.columns.positions.get(role, ())
        return _distinct(self.table.column(str(places[0]))) if places else None

    def refuse(self, bad: NDArray[np.bool_], reason: str) -> None:
        """Refuse rows, each once, for the first thing wrong with it."""
        for line in self.line[bad & self.good].tolist():
            self.rows.refuse(line, reason)
        self.good &= ~bad


def _distinct(column: pa.ChunkedArray) -> Distinct:
    coded = column.combine_chunks().dictionary_encode()
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    return Distinct(texts=coded.dictionary.to_pylist(), code=coded.indices.to_numpy(zero_copy_only=False))


def _entries(rows: Rows, table: pa.Table) -> EntryBatch:
    line = table.column(_LINE).to_numpy()
    reader = _Reader(rows=rows, table=table, line=line, good=np.ones(len(table), bool))
    district, number, suffix = _numbers(reader)
    marks, dates_inside = _marks(reader)
    attains_on = _attains(reader, dates_inside)
    uprn, postcode, address = _places(reader)
    anonymous = np.array([ANONYMOUS_MARK in mark for mark in marks.texts], bool)[marks.code]
    uprn[anonymous], postcode[anonymous] = 0, b""
    addresses = (*address.texts, "")
    address_code = np.where(anonymous, len(address.texts), address.code).astype(np.int32)
    person_ids = _texts(reader, Role.PERSON)
    changes = _changes(reader)
    good = reader.good
    kept = np.flatnonzero(good).tolist()
    return EntryBatch(
        districts=tuple(district.texts),
        district=district.code[good],
        number=number[good],
        suffix=suffix[good],
        marks=tuple(marks.texts),
        mark=marks.code[good],
        attains_on=attains_on[good],
        uprn=uprn[good],
        postcode=postcode[good],
        addresses=addresses,
        address=address_code[good],
        person_ids=tuple(person_ids[at] for at in kept) if person_ids else (),
        changes=tuple(changes[at] for at in kept) if changes else (),
    )


def _numbers(reader: _Reader) -> tuple[Distinct, NDArray[np.int64], NDArray[np.int64]]:
    combined = reader.column(Role.COMBINED)
    if combined is not None:
        return _combined_numbers(reader, combined)
    district, written = reader.column(Role.PREFIX), reader.column(Role.NUMBER)
    assert district is not None  # noqa: S101 - every layout without a combined number requires both columns
    assert written is not None  # noqa: S101 - as above
    stripped = [text.strip() for text in district.texts]
    reader.refuse(~np.array([bool(text) for text in stripped], bool)[district.code], "the polling district is missing")
    read = written.read(cells.number_cell)
    reader.refuse(np.array([pair is None for pair in read], bool)[written.code], "the elector number cannot be read")
    pairs = np.array([pair or (0, 0) for pair in read], np.int64).reshape(-1, 2)[written.code]
    suffix = _suffixes(reader, pairs[:, 1])
    return Distinct(texts=stripped, code=district.code), pairs[:, 0], suffix


def _suffixes(reader: _Reader, decimals: NDArray[np.int64]) -> NDArray[np.int64]:
    own = reader.column(Role.SUFFIX)
    if own is None:
        return decimals
    read = own.read(cells.suffix_cell)
    reader.refuse(np.array([value is None for value in read], bool)[own.code], "the number's suffix cannot be read")
    suffix = np.array([value or 0 for value in read], np.int64)[own.code]
    reader.refuse((decimals != 0) & (suffix != decimals), "the elector number has decimals and another suffix")
    return suffix


def _combined_numbers(reader: _Reader, column: Distinct) -> tuple[Distinct, NDArray[np.int64], NDArray[np.int64]]:
    read = column.read(number_parts)
    reader.refuse(np.array([parts is None for parts in read], bool)[column.code], "the elector number cannot be read")
    pairs = np.array([parts[1:] if parts else (0, 0) for parts in read], np.int64).reshape(-1, 2)[column.code]
    texts = [parts[0] if parts else "" for parts in read]
    return Distinct(texts=texts, code=column.code), pairs[:, 0], pairs[:, 1]


def _marks(reader: _Reader) -> tuple[Distinct, list[str]]:
    column = reader.column(Role.MARKERS)
    if column is None:
        return Distinct(texts=[""], code=np.zeros(len(reader.line), np.int32)), [""]
    read = column.read(cells.markers_cell)
    return Distinct(texts=[letters for letters, _ in read], code=column.code), [inside for _, inside in read]


def _attains(reader: _Reader, dates_inside: list[str]) -> NDArray[np.datetime64]:
    """Return the date of its own column, or the one inside the marker cell."""
    own, marked = reader.column(Role.ATTAINS), reader.column(Role.MARKERS)
    days = np.full(len(reader.line), np.datetime64("NaT"), "datetime64[D]")
    wrong = np.zeros(len(reader.line), bool)
    for texts, code in (
        (dates_inside, None if marked is None else marked.code),
        ([] if own is None else [text.strip() for text in own.texts], None if own is None else own.code),
    ):
        if code is not None and any(texts):
            read = [cells.date_cell(text) if text else None for text in texts]
            given = np.array([bool(text) for text in texts], bool)[code]
            days = np.where(given, np.array(read, "datetime64[D]")[code], days)
            wrong |= given & np.array([day is None for day in read], bool)[code]
    reader.refuse(wrong, "the date of attainment cannot be read")
    return days


def _texts(reader: _Reader, role: Role) -> list[str]:
    column = reader.column(role)
    return [] if column is None else [column.texts[code] for code in column.code.tolist()]


def _places(reader: _Reader) -> tuple[NDArray[np.int64], NDArray[np.bytes_], Distinct]:
    length = len(reader.line)
    uprns = reader.column(Role.UPRN)
    uprn = np.zeros(length, np.int64) if uprns is None else np.array(uprns.read(cells.uprn_cell), np.int64)[uprns.code]
    address = _address(reader)
    codes = reader.column(Role.POSTCODE)
    postcode = np.zeros(length, "S7")
    if codes is not None:
        postcode = np.array(codes.read(cells.postcode_cell), "S7")[codes.code]
    in_address = np.array([cells.postcode_cell(text.rpartition(",")[2]) for text in address.texts], "S7")[address.code]
    return uprn, np.where(postcode == b"", in_address, postcode), address


def _address(reader: _Reader) -> Distinct:
    """Return the address lines joined by commas; the cells' own commas become spaces."""
    places = reader.rows.columns.positions.get(Role.ADDRESS, ())
    if not places:
        return Distinct(texts=[""], code=np.zeros(len(reader.line), np.int32))
    lines = [pyarrow.compute.replace_substring(reader.table.column(str(at)), ",", " ") for at in places]
    joined = pyarrow.compute.binary_join_element_wise(*lines, ",")
    return _distinct(pa.chunked_array([pyarrow.compute.utf8_rtrim(joined, ", ").combine_chunks()]))


def _changes(reader: _Reader) -> list[str]:
    if not reader.rows.columns.layout.update:
        return []
    stated = _texts(reader, Role.CHANGE)
    changes = [cells.change_cell(text) for text in stated] if stated else _changes_by_month(reader)
    reader.refuse(np.array([change is None for change in changes], bool), "it does not say what was altered")
    return [change or "" for change in changes]


def _changes_by_month(reader: _Reader) -> list[str | None]:
    created, changed, deleted = (_texts(reader, role) for role in (Role.CREATED, Role.CHANGED, Role.DELETED))
    return [_change_by_month(*months) for months in zip(created, changed, deleted, strict=True)]


def _change_by_month(created: str, changed: str, deleted: str) -> str | None:
    was_created, was_changed, was_deleted = map(cells.month_cell, (created, changed, deleted))
    if None in (was_created, was_changed, was_deleted):
        return None
    if was_deleted:
        return "deleted"
    return "added" if was_created and not was_changed else "changed"
