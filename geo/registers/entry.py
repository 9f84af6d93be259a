"""What is kept of one entry of an electoral register, and how its number is written."""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

NO_UPRN = 0
ANONYMOUS_MARK = "N"

# The polling district code may itself hold hyphens and slashes, so the last hyphen before digits divides.
_COMBINED = re.compile(r"(?P<district>.+)-(?P<number>\d{1,9})(?:/(?P<suffix>\d{1,9}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a register, without the elector's name.

    Attributes:
        polling_district: code of the register part, as the register writes it.
        number: number within the part.
        suffix: 0 where the number has none.
        markers: letters printed against the entry, capitals in the order of the alphabet, "" for none.
        attains_on: day on which the elector becomes 18, where the register gives one.
        uprn: property reference without leading zeros, or None.
        postcode: capitals without a space, or None.
        address: address lines joined by commas; for matching and hashing in passing, never to be stored.
        person_id: the register system's own identifier of the elector, where given; never to be stored bare.
        change: what a monthly update says ("added", "changed", "deleted"); None in a full register.

    An anonymous entry (mark N) has no uprn, postcode or address, whatever the file holds.
    Source: ELEC-7, T-43, Representation of the People (England and Wales) Regulations 2001.
    """

    polling_district: str
    number: int
    suffix: int
    markers: str
    attains_on: date | None
    uprn: str | None
    postcode: str | None
    address: str
    person_id: str | None = None
    change: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInfo:
    """One register file as it was read: rows counts the lines that hold an entry, readable or not."""

    name: str
    sha256: str
    rows: int
    encoding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableRow:
    """A row that could not be read: where it is and why, never what it says."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBatch:
    """Some thousands of consecutive entries, column by column; all columns have the same length.

    Attributes:
        districts: distinct polling district codes of the batch; district indexes them.
        marks: distinct marker texts of the batch; mark indexes them.
        number, suffix: integers.
        attains_on: days, NaT where the register gives none.
        uprn: integers, 0 where there is none.
        postcode: seven bytes, capitals without a space, empty where there is none.
        addresses: distinct joined address lines (transient); address indexes them.
        person_ids: identifiers ("" for none); empty tuple where the layout has no such column.
        changes: as Entry.change; empty tuple in a full register.
    """

    districts: tuple[str, ...]
    district: NDArray[np.int32]
    number: NDArray[np.int64]
    suffix: NDArray[np.int64]
    marks: tuple[str, ...]
    mark: NDArray[np.int32]
    attains_on: NDArray[np.datetime64]
    uprn: NDArray[np.int64]
    postcode: NDArray[np.bytes_]
    addresses: tuple[str, ...]
    address: NDArray[np.int32]
    person_ids: tuple[str, ...]
    changes: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.number)

    def entry(self, at: int) -> Entry:
        """Return the entry at this place of the batch."""
        attains = self.attains_on[at]
        uprn = int(self.uprn[at])
        return Entry(
            polling_district=self.districts[self.district[at]],
            number=int(self.number[at]),
            suffix=int(self.suffix[at]),
            markers=self.marks[self.mark[at]],
            attains_on=None if np.isnat(attains) else attains.astype(object),
            uprn=None if uprn == NO_UPRN else str(uprn),
            postcode=self.postcode[at].decode() or None,
            address=self.addresses[self.address[at]],
            person_id=(self.person_ids[at] or None) if self.person_ids else None,
            change=self.changes[at] if self.changes else None,
        )


def elector_number(polling_district: str, number: int, suffix: int) -> str:
    """Return an elector's number as it is written on lists: "BW1-124", or "BW1-124/1" with a suffix."""
    return f"{polling_district}-{number}/{suffix}" if suffix else f"{polling_district}-{number}"


def number_parts(text: str) -> tuple[str, int, int] | None:
    """Return polling district, number and suffix of a written elector number, or None where it is not one."""
    found = _COMBINED.fullmatch(text.strip())
    return None if found is None else (found["district"].strip(), int(found["number"]), int(found["suffix"] or 0))
