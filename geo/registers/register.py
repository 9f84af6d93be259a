"""A register of one file or many, streamed batch by batch."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from geo.errors import RegisterError
from geo.registers.batches import read_batch
from geo.registers.entry import Entry, EntryBatch, FileInfo, UnreadableRow
from geo.registers.layouts import Role
from geo.registers.rows import Rows, open_rows
from geo.registers.text import look_through


class Register:
    """The entries of a register export; iterating reads the files afresh, a few thousand rows in memory at a time.

    Attributes:
        parts: the files, opened.
        layout: name of the layout, the same for every file.
        has_person_ids: whether the export carries the system's own identifier of each elector.
        has_uprns: whether it carries property references.
    """

    def __init__(self, files: Sequence[Rows]) -> None:
        self.parts = tuple(files)
        self._was_read = False
        self.layout = self.parts[0].columns.layout.name
        self.has_person_ids = all(Role.PERSON in rows.columns.positions for rows in self.parts)
        self.has_uprns = any(Role.UPRN in rows.columns.positions for rows in self.parts)

    def batches(self, *, progress: Callable[[int], None] | None = None) -> Iterator[EntryBatch]:
        """Yield the entries column by column; progress is told the number of entries read so far."""
        read = 0
        for rows in self.parts:
            rows.count = 0
            rows.unreadable.clear()
            for batch in rows.batches():
                entries = read_batch(rows, batch)
                read += len(entries)
                if progress is not None:
                    progress(read)
                yield entries
        self._was_read = True

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries one by one."""
        for batch in self.batches():
            for at in range(len(batch)):
                yield batch.entry(at)

    @property
    def files(self) -> tuple[FileInfo, ...]:
        """The files in the order given; reads them through once where that has not happened yet."""
        self._read_through()
        return tuple(
            FileInfo(name=rows.file.path.name, sha256=rows.file.sha256, rows=rows.count, encoding=rows.file.encoding)
            for rows in self.parts
        )

    @property
    def unreadable(self) -> tuple[UnreadableRow, ...]:
        """The rows that could not be read, with file, line and reason, in the order of the files."""
        self._read_through()
        return tuple(row for rows in self.parts for row in sorted(rows.unreadable, key=lambda row: row.line))

    def _read_through(self) -> None:
        if not self._was_read:
            for _ in self.batches():
                pass


def open_register(paths: Sequence[Path], *, mapping: Mapping[str, str] | None = None) -> Register:
    """Open the files of one full register, recognised by their headers; nothing of an entry is read yet.

    Args:
        paths: one file, or one for each polling district.
        mapping: role to header, for a layout we do not know ({"prefix": "Part", "number": "No"}).

    Raises:
        RegisterError: no file, an unknown header, files of different layouts, or a monthly update.
    """
    files = _open(paths, mapping)
    if files[0].columns.layout.update:
        raise RegisterError(
            f"{files[0].file.path.name} is an {files[0].columns.layout.title}, which alters a register and is not one: "
            "give the full register it belongs to."
        )
    return Register(files)


def open_update(path: Path) -> Register:
    """Open one monthly update; each of its entries carries the change it makes (ELEC-12).

    Raises:
        RegisterError: an unknown header, or a full register.
    """
    files = _open([path], None)
    if not files[0].columns.layout.update:
        raise RegisterError(f"{path.name} is an {files[0].columns.layout.title}: give a monthly update here.")
    return Register(files)


def _open(paths: Sequence[Path], mapping: Mapping[str, str] | None) -> list[Rows]:
    if not paths:
        raise RegisterError("No register was given: name at least one file.")
    files = [open_rows(look_through(Path(path)), mapping) for path in paths]
    layouts = {rows.columns.layout.name: rows.file.path.name for rows in files}
    if len(layouts) > 1:
        listed = ", ".join(f"{name} ({layout})" for layout, name in layouts.items())
        raise RegisterError(f"The files are of different layouts: {listed}; give the files of one register together.")
    if len({rows.file.sha256 for rows in files}) < len(files):
        raise RegisterError("The same register file was given twice: give each file once.")
    return files
