"""Points and properties kept for a council, so that each register after is located without sending them again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.models import Boundary, BoundaryKind, LocationAddress, LocationFile, LocationPoint
from app.scope import refuse_other_organisation
from geo.location_files import LocationFile as OpenedFile
from geo.location_files import PointRows, open_locations
from geo.locations import DEFAULT_ACCURACIES, Locations, Points, points_of
from geo.registers.addresses import match_key, matching_key
from geo.registers.text import look_through

_ROWS_AT_ONCE = 5_000
_MARGIN_M = 1_000.0
UPRN, POSTCODE, ADDRESS = "uprn", "postcode", "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationUpload:
    """Location files for one council, the most trusted first."""

    authority_code: str
    paths: tuple[Path, ...]
    address_secret: bytes


def import_locations(session: WriteSession, deed: Deed, upload: LocationUpload) -> list[LocationFile]:
    """Keep the points of the council's own land out of files of any known kind, and properties by a hashed address.

    Raises:
        UnreadableFileError: a file of no known kind.
        NotAllowedError: another council's business.
    """
    refuse_other_organisation(deed, {upload.authority_code}, f"Locations of {upload.authority_code}")
    box = _box(session, upload.authority_code)
    return [_import_one(session, deed, upload, path, box) for path in reversed(upload.paths)]


def _import_one(
    session: WriteSession, deed: Deed, upload: LocationUpload, path: Path, box: tuple[float, ...] | None
) -> LocationFile:
    opened = open_locations(path)
    kept = LocationFile(
        authority_code=upload.authority_code,
        kind=_kind(opened),
        name=path.name,
        sha256=look_through(path).sha256,
        rows=0,
        imported_at=deed.at,
        imported_by=deed.by.name,
    )
    session.add(kept)
    session.flush()
    is_export = kept.kind == ADDRESS
    rows = (
        _address_rows(opened, kept.id, upload.address_secret)
        if is_export
        else _point_rows(opened, kept.id, kept.kind, box)
    )
    for some in rows:
        session.execute(insert(LocationAddress if is_export else LocationPoint), some)
        kept.rows += len(some)
    session.flush()
    after = {name: getattr(kept, name) for name in ("authority_code", "kind", "name", "sha256", "rows")}
    record(session, deed, EventKind.LOCATIONS_IMPORTED, f"locations:{kept.id}", after=after)
    return kept


def _kind(opened: OpenedFile) -> str:
    if opened.is_property_export:
        return ADDRESS
    return UPRN if opened.is_of_properties else POSTCODE


def _box(session: WriteSession, authority_code: str) -> tuple[float, ...] | None:
    """Return the extent of the council's land with a margin, or None where its boundary is not stored."""
    kinds = (BoundaryKind.AUTHORITY.value, BoundaryKind.RELEVANT_COUNCIL.value)
    found = session.scalars(select(Boundary).where(Boundary.kind.in_(kinds), Boundary.code == authority_code)).all()
    if not found:
        return None
    bounds = np.array([row.geometry.bounds for row in found])
    return (*(bounds[:, :2].min(axis=0) - _MARGIN_M).tolist(), *(bounds[:, 2:].max(axis=0) + _MARGIN_M).tolist())


def _within(rows: PointRows, box: tuple[float, ...] | None) -> PointRows:
    if box is None:
        return rows
    west, south, east, north = box
    kept = (rows.easting >= west) & (rows.easting <= east) & (rows.northing >= south) & (rows.northing <= north)
    return PointRows(
        key=rows.key[kept],
        easting=rows.easting[kept],
        northing=rows.northing[kept],
        quality=None if rows.quality is None else rows.quality[kept],
        quality_scale=rows.quality_scale,
    )


def _point_rows(
    opened: OpenedFile, file_id: int, kind: str, box: tuple[float, ...] | None
) -> Iterator[list[dict[str, Any]]]:
    parts = opened.uprn_points(None) if kind == UPRN else opened.postcode_points(None)
    points = points_of([_within(part, box) for part in parts], "int64" if kind == UPRN else "S7", DEFAULT_ACCURACIES)
    for start in range(0, len(points.key), _ROWS_AT_ONCE):
        part = slice(start, start + _ROWS_AT_ONCE)
        keys = [str(key) if kind == UPRN else key.decode() for key in points.key[part].tolist()]
        columns = (points.easting[part].tolist(), points.northing[part].tolist(), points.accuracy_m[part].tolist())
        yield [
            {"file_id": file_id, "key": key, "easting": east, "northing": north, "accuracy_m": accuracy}
            for key, east, north, accuracy in zip(keys, *columns, strict=True)
        ]


def _address_rows(opened: OpenedFile, file_id: int, secret: bytes) -> Iterator[list[dict[str, Any]]]:
    known: dict[bytes, int] = {}
    for address, postcode, uprn in opened.addresses():
        matched = match_key(address, postcode)
        if matched is not None:
            key = matching_key(matched, key=secret)
            if known.setdefault(key, uprn) != uprn:
                known[key] = 0
    pairs = iter(known.items())
    while some := list(islice(pairs, _ROWS_AT_ONCE)):
        yield [{"file_id": file_id, "key": key, "uprn": uprn} for key, uprn in some]


class KeyedAddresses(Mapping[str, int]):
    """Properties by plain address, looked up through the hash under which the address is kept."""

    def __init__(self, known: Mapping[bytes, int], secret: bytes) -> None:
        self._known, self._secret = known, secret

    def __getitem__(self, matched: str) -> int:
        """Return the property reference, 0 where several share the address."""
        return self._known[matching_key(matched, key=self._secret)]

    def __len__(self) -> int:
        """Return how many addresses are known."""
        return len(self._known)

    def __iter__(self) -> Iterator[str]:
        """Refuse: the addresses themselves are not kept."""
        raise TypeError("addresses are kept as hashes only: they can be looked up, not listed")


def stored_locations(session: ReadSession | WriteSession, authority_code: str, secret: bytes) -> Locations:
    """Return everything kept about where a council's properties and postcodes are; the latest file first."""
    files = session.scalars(
        select(LocationFile).where(LocationFile.authority_code == authority_code).order_by(LocationFile.id.desc())
    ).all()
    known: dict[bytes, int] = {}
    for file in files:
        if file.kind == ADDRESS:
            columns = select(LocationAddress.key, LocationAddress.uprn).where(LocationAddress.file_id == file.id)
            for key, uprn in session.execute(columns.execution_options(yield_per=_ROWS_AT_ONCE)):
                known.setdefault(bytes(key), uprn)
    return Locations(
        uprns=_points(session, [file for file in files if file.kind == UPRN], "int64"),
        postcodes=_points(session, [file for file in files if file.kind == POSTCODE], "S7"),
        addresses=KeyedAddresses(known, secret) if known else {},
    )


def _points(session: ReadSession | WriteSession, files: Sequence[LocationFile], dtype: str) -> Points:
    parts = [_columns(session, file, dtype) for file in files]
    if not parts:
        return Locations().uprns if dtype == "int64" else Locations().postcodes
    key, easting, northing, accuracy = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    distinct, first = np.unique(key, return_index=True)
    return Points(key=distinct, easting=easting[first], northing=northing[first], accuracy_m=accuracy[first])


def _columns(session: ReadSession | WriteSession, file: LocationFile, dtype: str) -> tuple[NDArray[Any], ...]:
    point = LocationPoint
    statement = select(point.key, point.easting, point.northing, point.accuracy_m).where(point.file_id == file.id)
    keys, numbers = [np.empty(0, dtype)], [np.empty((0, 3))]
    for rows in session.execute(statement.execution_options(yield_per=_ROWS_AT_ONCE)).partitions():
        keys.append(np.array([int(row[0]) if dtype == "int64" else row[0].encode() for row in rows], dtype))
        numbers.append(np.array([row[1:] for row in rows], np.float64))
    table = np.concatenate(numbers)
    return np.concatenate(keys), table[:, 0], table[:, 1], table[:, 2]
