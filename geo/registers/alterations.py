"""Monthly alterations applied in order to a register (ELEC-12)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from geo.registers.entry import NO_UPRN, Entry, EntryBatch, FileInfo, UnreadableRow, elector_number
from geo.registers.register import Register

EntryKey = tuple[str, int, int]
"""Polling district, number and suffix."""
_BATCH = 16_384


class AlteredRegister(Register):
    """A register as altered: the entries of the full register less those deleted or replaced, then the new ones.

    Updates apply in the order given, and rows of one update in its own order; the last word on a number stands.

    Attributes:
        misfits: alterations that do not fit the register (a deletion of nobody, an addition of somebody already
            there); they are applied as far as they can be, and listed with file and reason.

    Source: ELEC-3, ELEC-12, T-21.
    """

    def __init__(self, full: Register, updates: Sequence[Register]) -> None:
        super().__init__([*full.parts, *(rows for update in updates for rows in update.parts)])
        self._full, self._updates = full, tuple(updates)
        self.layout = full.layout
        self.has_person_ids = full.has_person_ids
        self.misfits: tuple[UnreadableRow, ...] = ()

    def batches(self, *, progress: Callable[[int], None] | None = None) -> Iterator[EntryBatch]:
        """Yield the entries as altered."""
        last, said = last_words(self._updates)
        seen: set[EntryKey] = set()
        read = 0
        numbers = np.unique([number for _, number, _ in last]).astype(np.int64)
        for batch in self._full.batches():
            touched = _touched(batch, numbers, last, seen)
            kept = _without(batch, touched)
            read += len(kept)
            if progress is not None:
                progress(read)
            yield kept
        new = [entry for entry in last.values() if entry.change != "deleted"]
        for start in range(0, len(new), _BATCH):
            yield batch_of(new[start : start + _BATCH], has_person_ids=self.has_person_ids)
        self.misfits = tuple(misfits_of(said, seen))
        self._was_read = True

    @property
    def files(self) -> tuple[FileInfo, ...]:
        """The files of the full register, then those of the updates, in the order applied."""
        return (*self._full.files, *(file for update in self._updates for file in update.files))

    @property
    def unreadable(self) -> tuple[UnreadableRow, ...]:
        """Rows of any of the files that could not be read."""
        return (*self._full.unreadable, *(row for update in self._updates for row in update.unreadable))


def last_words(updates: Sequence[Register]) -> tuple[dict[EntryKey, Entry], list[tuple[str, Entry]]]:
    """Return the last word on each number, in the order first spoken of, and everything said with its file's name."""
    last: dict[EntryKey, Entry] = {}
    said: list[tuple[str, Entry]] = []
    for update in updates:
        for entry in update:
            last[_key(entry)] = entry
            said.append((update.parts[0].file.path.name, replace(entry, address="")))
    return last, said


def _key(entry: Entry) -> EntryKey:
    return entry.polling_district, entry.number, entry.suffix


def _touched(
    batch: EntryBatch, numbers: NDArray[np.int64], last: dict[EntryKey, Entry], seen: set[EntryKey]
) -> NDArray[np.bool_]:
    """Say which entries an alteration speaks of, and note their numbers as seen."""
    touched = np.zeros(len(batch), bool)
    for at in np.flatnonzero(np.isin(batch.number, numbers)).tolist():
        key = batch.districts[batch.district[at]], int(batch.number[at]), int(batch.suffix[at])
        if key in last:
            touched[at] = True
            seen.add(key)
    return touched


def _without(batch: EntryBatch, gone: NDArray[np.bool_]) -> EntryBatch:
    if not gone.any():
        return batch
    kept = ~gone
    places = np.flatnonzero(kept).tolist()
    columns = {name: getattr(batch, name)[kept] for name in ("district", "number", "suffix", "mark", "attains_on")}
    places_of = {name: getattr(batch, name)[kept] for name in ("uprn", "postcode", "address")}
    person_ids = tuple(batch.person_ids[at] for at in places) if batch.person_ids else ()
    return replace(batch, **columns, **places_of, person_ids=person_ids)


def batch_of(entries: Sequence[Entry], *, has_person_ids: bool) -> EntryBatch:
    """Return entries as columns."""
    every = np.arange(len(entries), dtype=np.int32)
    return EntryBatch(
        districts=tuple(entry.polling_district for entry in entries),
        district=every,
        number=np.array([entry.number for entry in entries], np.int64),
        suffix=np.array([entry.suffix for entry in entries], np.int64),
        marks=tuple(entry.markers for entry in entries),
        mark=every,
        attains_on=np.array([entry.attains_on for entry in entries], "datetime64[D]"),
        uprn=np.array([int(entry.uprn or NO_UPRN) for entry in entries], np.int64),
        postcode=np.array([(entry.postcode or "").encode() for entry in entries], "S7"),
        addresses=tuple(entry.address for entry in entries),
        address=every,
        person_ids=tuple(entry.person_id or "" for entry in entries) if has_person_ids else (),
        changes=(),
    )


def misfits_of(said: Sequence[tuple[str, Entry]], seen: set[EntryKey]) -> Iterator[UnreadableRow]:
    """Follow the alterations in order and yield those that find the register otherwise than they suppose."""
    there = set(seen)
    for file, entry in said:
        key = _key(entry)
        number = elector_number(*key)
        if entry.change == "added" and key in there:
            yield UnreadableRow(file=file, line=0, reason=f"{number} is added but was there already")
        elif entry.change == "changed" and key not in there:
            yield UnreadableRow(file=file, line=0, reason=f"{number} is changed but was not there")
        elif entry.change == "deleted" and key not in there:
            yield UnreadableRow(file=file, line=0, reason=f"{number} is deleted but was not there")
        (there.discard if entry.change == "deleted" else there.add)(key)
