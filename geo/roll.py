"""A register held as columns: what is kept of each entry, ready to be placed and counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.locations import SOURCES, Located, Locations, LocationSource
from geo.registers.entry import ANONYMOUS_MARK, EntryBatch, elector_number

NO_PERSON = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectorRow:
    """One entry as it may be stored: no name, no address.

    Attributes:
        polling_district, number, suffix: the elector's number.
        markers: letters printed against the entry.
        attains_on: day of becoming 18, where given.
        location: where the home is, as far as known.
        person_key: keyed hash of the register system's own identifier of the elector, where it gives one.
    """

    polling_district: str
    number: int
    suffix: int
    markers: str
    attains_on: date | None
    location: Located | None = None
    person_key: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Entries column by column, in the order of the register.

    Attributes:
        districts: polling district codes, sorted; district indexes them.
        number, suffix: the elector's number within the district.
        marks: distinct marker texts, sorted; mark indexes them.
        attains_on: days, NaT where none is given.
        easting, northing, accuracy_m: EPSG:27700 metres, NaN where there is no location.
        source: indexes SOURCES, -1 for no location.
        person: equal numbers are one person by the register's own identifier; NO_PERSON where it gives none.
        has_person_ids: whether the register identifies persons at all.

    Anonymous entries never have a location here (T-43).
    """

    districts: tuple[str, ...]
    district: NDArray[np.int32]
    number: NDArray[np.int32]
    suffix: NDArray[np.int32]
    marks: tuple[str, ...]
    mark: NDArray[np.int32]
    attains_on: NDArray[np.datetime64]
    easting: NDArray[np.float64]
    northing: NDArray[np.float64]
    accuracy_m: NDArray[np.float32]
    source: NDArray[np.int8]
    person: NDArray[np.int64]
    has_person_ids: bool

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.number)

    def written_number(self, at: int) -> str:
        """Return the elector's number of the entry at this place, as lists write it."""
        return elector_number(self.districts[self.district[at]], int(self.number[at]), int(self.suffix[at]))


class _Codes:
    """Texts turned into numbers in the order met, and finally into the order of the alphabet."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def take(self, texts: Sequence[str]) -> NDArray[np.int32]:
        return np.array([self.of.setdefault(text, len(self.of)) for text in texts], np.int32)

    def sorted(self, code: NDArray[np.int32]) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        texts = sorted(self.of)
        place = np.empty(len(texts), np.int32)
        for at, text in enumerate(texts):
            place[self.of[text]] = at
        return tuple(texts), place[code] if len(code) else code


class RollBuilder:
    """Gathers batches of a register into a roll; keeps property references and postcodes until they are located."""

    def __init__(self, *, addresses: Locations | None = None, has_person_ids: bool = False) -> None:
        """Take the property exports, if any, in which addresses are looked up while the register streams past."""
        self._addresses = addresses
        self._districts, self._marks = _Codes(), _Codes()
        self._persons: dict[bytes, int] = {}
        self._has_person_ids = has_person_ids
        self._parts: dict[str, list[NDArray[Any]]] = {name: [] for name in _COLUMNS}

    def add(self, batch: EntryBatch) -> None:
        """Add the entries of one batch."""
        self._add(
            district=self._districts.take(batch.districts)[batch.district],
            number=batch.number.astype(np.int32),
            suffix=batch.suffix.astype(np.int32),
            mark=self._marks.take(batch.marks)[batch.mark],
            attains_on=batch.attains_on,
            uprn=batch.uprn,
            postcode=batch.postcode,
        )
        if self._addresses is not None and self._addresses.addresses:
            self._add(address_uprn=self._address_uprn(batch, self._addresses))
        if self._has_person_ids:
            self._add(person=self._person([text.encode() for text in batch.person_ids], len(batch)))

    def wanted(self) -> tuple[NDArray[np.int64], NDArray[np.bytes_]]:
        """Return the property references and postcodes that need a location, each once, sorted."""
        uprns = np.unique(self._column("uprn"))
        if self._parts["address_uprn"]:
            uprns = np.union1d(uprns, self._column("address_uprn"))
        postcodes = np.unique(self._column("postcode"))
        return uprns[uprns != 0], postcodes[postcodes != b""]

    def build(self, locations: Locations) -> Roll:
        """Return the roll, each entry located by UPRN, else by address, else by postcode; the builder is then spent."""
        found = locations.locate_all(
            uprn=self._column("uprn"),
            address_uprn=self._column_or("address_uprn", 0),
            postcode=self._column("postcode"),
        )
        for name in ("uprn", "address_uprn", "postcode"):
            self._parts[name].clear()  # of no further use, and the largest columns
        return self._roll(found.easting, found.northing, found.accuracy_m, found.source)

    def build_from(self, rows: Sequence[Located | None]) -> Roll:
        """Return the roll with locations already known, one for each entry added."""
        known = [place or _NOWHERE for place in rows]
        return self._roll(
            np.array([place.easting for place in known], np.float64),
            np.array([place.northing for place in known], np.float64),
            np.array([place.accuracy_m for place in known], np.float64),
            np.array([-1 if place is _NOWHERE else SOURCES.index(place.source) for place in known], np.int8),
        )

    def add_rows(self, rows: Sequence[ElectorRow]) -> None:
        """Add entries as they are stored."""
        self.add_columns(
            districts=[row.polling_district for row in rows],
            numbers=[row.number for row in rows],
            suffixes=[row.suffix for row in rows],
            markers=[row.markers for row in rows],
            attains_on=[row.attains_on for row in rows],
            person_keys=[row.person_key for row in rows],
        )

    def add_columns(
        self,
        *,
        districts: Sequence[str],
        numbers: Sequence[int],
        suffixes: Sequence[int],
        markers: Sequence[str],
        attains_on: Sequence[date | None],
        person_keys: Sequence[bytes | None],
    ) -> None:
        """Add entries as they are stored, column by column; what each means is said at `ElectorRow`."""
        self._add(
            district=self._districts.take(districts),
            number=np.array(numbers, np.int32),
            suffix=np.array(suffixes, np.int32),
            mark=self._marks.take(markers),
            attains_on=np.array(attains_on, "datetime64[D]"),
        )
        if self._has_person_ids:
            self._add(person=self._person([key or b"" for key in person_keys], len(numbers)))

    def build_at(
        self,
        easting: NDArray[np.float64],
        northing: NDArray[np.float64],
        accuracy_m: NDArray[np.float64],
        source: NDArray[np.int8],
    ) -> Roll:
        """Return the roll with the places given (EPSG:27700 metres, NaN and -1 for none); the builder is then spent."""
        return self._roll(easting, northing, accuracy_m, source)

    def _roll(
        self,
        easting: NDArray[np.float64],
        northing: NDArray[np.float64],
        accuracy: NDArray[np.float64],
        source: NDArray[np.int8],
    ) -> Roll:
        districts, district = self._districts.sorted(self._column("district"))
        marks, mark = self._marks.sorted(self._column("mark"))
        hidden = np.array([ANONYMOUS_MARK in text for text in marks], bool)[mark] if marks else np.zeros(0, bool)
        easting[hidden] = northing[hidden] = accuracy[hidden] = np.nan
        source[hidden] = -1
        return Roll(
            districts=districts,
            district=district,
            number=self._column("number"),
            suffix=self._column("suffix"),
            marks=marks,
            mark=mark,
            attains_on=self._column("attains_on"),
            easting=easting,
            northing=northing,
            accuracy_m=accuracy.astype(np.float32),
            source=source,
            person=self._column_or("person", NO_PERSON),
            has_person_ids=self._has_person_ids,
        )

    def _add(self, **columns: NDArray[Any]) -> None:
        for name, part in columns.items():
            self._parts[name].append(part)

    def _column(self, name: str) -> NDArray[Any]:
        if len(self._parts[name]) != 1:
            self._parts[name] = [
                np.concatenate([np.empty(0, _COLUMNS[name]), *self._parts[name]]).astype(_COLUMNS[name])
            ]
        return self._parts[name][0]

    def _column_or(self, name: str, otherwise: int) -> NDArray[Any]:
        """Return a column, or one value for every entry, which takes no memory, where the column was never filled."""
        if self._parts[name]:
            return self._column(name)
        return np.broadcast_to(np.array(otherwise, _COLUMNS[name]), len(self._column("number")))

    @staticmethod
    def _address_uprn(batch: EntryBatch, known: Locations) -> NDArray[np.int64]:
        pairs, which = np.unique(np.rec.fromarrays([batch.address, batch.postcode]), return_inverse=True)
        uprns = [known.uprn_of_address(batch.addresses[at], postcode.decode()) for at, postcode in pairs.tolist()]
        return np.array(uprns, np.int64)[which.reshape(-1)]

    def _person(self, keys: Sequence[bytes], length: int) -> NDArray[np.int64]:
        if not keys:
            return np.full(length, NO_PERSON, np.int64)
        return np.array(
            [self._persons.setdefault(key, len(self._persons)) if key else NO_PERSON for key in keys], np.int64
        )


_COLUMNS = {
    "district": "int32",
    "number": "int32",
    "suffix": "int32",
    "mark": "int32",
    "attains_on": "datetime64[D]",
    "uprn": "int64",
    "address_uprn": "int64",
    "postcode": "S7",
    "person": "int64",
}
_NOWHERE = Located(easting=float("nan"), northing=float("nan"), source=LocationSource.POSTCODE, accuracy_m=float("nan"))


def roll_from_rows(rows: Iterable[ElectorRow], *, has_person_ids: bool = False) -> Roll:
    """Return the roll of stored rows, in their order; equal to the roll of the register they came from."""
    builder = RollBuilder(has_person_ids=has_person_ids)
    held = list(rows)
    builder.add_rows(held)
    return builder.build_from([row.location for row in held])
