"""Where a property or a postcode is: points from open files, with how far each may be from the front door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo.location_files import LocationFile, PointRows, open_locations
from geo.registers.addresses import match_key
from geo.registers.entry import Entry

Floats = NDArray[np.float64]


class LocationSource(StrEnum):
    """Where an entry's location came from, the best first."""

    OFFICER = "officer"
    UPRN = "uprn"
    ADDRESS = "address"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A location of an entry: EPSG:27700 metres, its source, and how far the home may be from it, in metres."""

    easting: float
    northing: float
    source: LocationSource
    accuracy_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracies:
    """How far, in metres, the front door may be from a point of each kind; settings, not law.

    A postcode point is the middle of some fifteen addresses (PQ 10 of Code-Point Open, 1 of the ONS directory), so
    even the best says little about one of them; poorer points stand for a street, a sector or nothing.

    Attributes:
        officer_m: a place set by an officer.
        uprn_m: a property's own point.
        postcode_m: by positional quality of Code-Point Open (10 best); None where there is no usable point.
        gridind_m: by grid reference indicator of the ONS directories (1 best).
        unstated_m: a postcode point whose quality is not stated.
    """

    officer_m: float = 0.0
    uprn_m: float = 1.0
    postcode_m: Mapping[int, float | None] = field(
        default_factory=lambda: {10: 150.0, 20: 200.0, 30: 250.0, 40: 300.0, 50: 500.0, 60: 2000.0, 90: None}
    )
    gridind_m: Mapping[int, float | None] = field(
        default_factory=lambda: {
            1: 150.0,
            2: 150.0,
            3: 200.0,
            4: 250.0,
            5: 500.0,
            6: 2000.0,
            8: 2000.0,
            9: None,
        }
    )
    unstated_m: float = 250.0


DEFAULT_ACCURACIES = Accuracies()


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points by key, sorted by key; keys are unique."""

    key: NDArray[np.generic]
    easting: Floats
    northing: Floats
    accuracy_m: Floats

    def find(self, key: NDArray[np.generic]) -> NDArray[np.int64]:
        """Return the place of each key, or -1."""
        if not len(self.key):
            return np.full(len(key), -1, np.int64)
        at = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        return np.where(self.key[at] == key, at, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placements:
    """Locations of many entries: NaN where there is none; source indexes SOURCES, -1 for none."""

    easting: Floats
    northing: Floats
    accuracy_m: Floats
    source: NDArray[np.int8]


SOURCES = tuple(LocationSource)


def _empty_points(dtype: str) -> Points:
    none = np.empty(0)
    return Points(key=np.empty(0, dtype), easting=none, northing=none, accuracy_m=none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locations:
    """Everything known about where properties are.

    Attributes:
        uprns: points by property reference (integers).
        postcodes: points by postcode (seven bytes, capitals, no space).
        addresses: property reference by plain address (number, street, postcode); 0 where several share it.
    """

    uprns: Points = field(default_factory=lambda: _empty_points("int64"))
    postcodes: Points = field(default_factory=lambda: _empty_points("S7"))
    addresses: Mapping[str, int] = field(default_factory=dict)

    def uprn_of_address(self, address: str, postcode: str | None) -> int:
        """Return the property reference that alone has this address, 0 where none or several have it."""
        key = match_key(address, postcode) if self.addresses else None
        return 0 if key is None else self.addresses.get(key, 0)

    def locate(self, entry: Entry) -> Located | None:
        """Return where the entry is: by UPRN, else by address, else by postcode; None where nothing is known.

        Source: T-14.
        """
        address_uprn = self.uprn_of_address(entry.address, entry.postcode) if self.addresses else 0
        found = self.locate_all(
            uprn=np.array([int(entry.uprn or 0)], np.int64),
            address_uprn=np.array([address_uprn], np.int64),
            postcode=np.array([(entry.postcode or "").encode()], "S7"),
        )
        if found.source[0] < 0:
            return None
        return Located(
            easting=float(found.easting[0]),
            northing=float(found.northing[0]),
            source=SOURCES[found.source[0]],
            accuracy_m=float(found.accuracy_m[0]),
        )

    def locate_all(
        self, *, uprn: NDArray[np.int64], address_uprn: NDArray[np.int64], postcode: NDArray[np.bytes_]
    ) -> Placements:
        """Return the location of many entries, as `locate` does for one.

        Args:
            uprn: the register's own property references, 0 for none.
            address_uprn: those found by address, 0 for none.
            postcode: seven bytes, empty for none.
        """
        length = len(uprn)
        found = Placements(
            easting=np.full(length, np.nan),
            northing=np.full(length, np.nan),
            accuracy_m=np.full(length, np.nan),
            source=np.full(length, -1, np.int8),
        )
        self._fill(found, LocationSource.UPRN, self.uprns, uprn)
        self._fill(found, LocationSource.ADDRESS, self.uprns, address_uprn)
        self._fill(found, LocationSource.POSTCODE, self.postcodes, postcode)
        return found

    @staticmethod
    def _fill(found: Placements, source: LocationSource, points: Points, key: NDArray[np.generic]) -> None:
        at = points.find(key)
        rows = np.flatnonzero((at >= 0) & (found.source < 0))
        found.easting[rows] = points.easting[at[rows]]
        found.northing[rows] = points.northing[at[rows]]
        found.accuracy_m[rows] = points.accuracy_m[at[rows]]
        found.source[rows] = SOURCES.index(source)


def read_locations(
    paths: Sequence[Path],
    *,
    uprns: NDArray[np.int64] | None = None,
    postcodes: NDArray[np.bytes_] | None = None,
    accuracies: Accuracies = DEFAULT_ACCURACIES,
) -> Locations:
    """Read location files of any known kind, keeping only what is wanted.

    Args:
        paths: OS Open UPRN, ONS UPRN directory, ONS postcode directory (old or new columns), Code-Point Open, or a
            property export (address to UPRN); recognised by header.
        uprns: property references to keep; None keeps all, so name them for a file of the whole country. Those met
            in a property export are wanted as well.
        postcodes: postcodes to keep, or None.
        accuracies: settings.

    Raises:
        UnreadableFileError: a file of no known kind, or cut short.
    """
    files = [open_locations(Path(path)) for path in paths]
    addresses = _addresses(files)
    wanted_postcodes = None if postcodes is None else np.unique(postcodes)
    wanted_uprns = None if uprns is None else np.union1d(uprns, np.fromiter(addresses.values(), np.int64))
    return Locations(
        uprns=points_of([rows for file in files for rows in file.uprn_points(wanted_uprns)], "int64", accuracies),
        postcodes=points_of(
            [rows for file in files for rows in file.postcode_points(wanted_postcodes)], "S7", accuracies
        ),
        addresses=addresses,
    )


def read_addresses(paths: Sequence[Path]) -> dict[str, int]:
    """Read only the property exports among location files: property reference by plain address."""
    return _addresses([open_locations(Path(path)) for path in paths])


def _addresses(files: Iterable[LocationFile]) -> dict[str, int]:
    known: dict[str, int] = {}
    for file in files:
        for address, postcode, uprn in file.addresses():
            key = match_key(address, postcode)
            if key is not None and known.setdefault(key, uprn) != uprn:
                known[key] = 0
    return known


def points_of(parts: list[PointRows], dtype: str, accuracies: Accuracies) -> Points:
    """Join points of properties (dtype "int64") or postcodes (dtype "S7").

    Of several with one key the first stands; without coordinates (or 0,0) there is no point.
    """
    if not parts:
        return _empty_points(dtype)
    key = np.concatenate([part.key for part in parts]).astype(dtype)
    easting, northing = (np.concatenate([getattr(part, name) for part in parts]) for name in ("easting", "northing"))
    accuracy = np.concatenate([_accuracy(part, accuracies) for part in parts])
    usable = np.isfinite(easting) & np.isfinite(northing) & np.isfinite(accuracy) & (easting > 0) & (northing > 0)
    key, easting, northing, accuracy = key[usable], easting[usable], northing[usable], accuracy[usable]
    distinct, first = np.unique(key, return_index=True)
    return Points(key=distinct, easting=easting[first], northing=northing[first], accuracy_m=accuracy[first])


def _accuracy(part: PointRows, accuracies: Accuracies) -> Floats:
    if part.quality is None:
        stated = accuracies.uprn_m if part.key.dtype.kind == "i" else accuracies.unstated_m
        return np.full(len(part.key), stated)
    table = accuracies.postcode_m if part.quality_scale == "pq" else accuracies.gridind_m
    values, code = np.unique(part.quality, return_inverse=True)
    metres = [table.get(int(value), accuracies.unstated_m) for value in values.tolist()]
    return np.array([np.nan if metre is None else metre for metre in metres])[code.reshape(-1)]
