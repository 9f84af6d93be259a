"""Registers and electorates: import a register without names, count a referendum area's electors, freeze the result."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from shapely.geometry.base import BaseGeometry
from sqlalchemy import insert, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.documents import document_text
from app.electors import Electorate, RegisterFacts, count_electors, electorate_document
from app.errors import ConflictError, NotFoundError
from app.models import Boundary, BoundaryKind, ElectorateCount, Register, RegisterEntry
from app.queries.nearby import in_force
from app.scope import refuse_other_council, refuse_other_organisation
from app.services.referendums import referendum_by_reference
from geo.assign import AreaIndex
from geo.electorate import district_extents
from geo.locations import SOURCES, Located, Locations, LocationSource, read_addresses, read_locations
from geo.registers import FileInfo, UnreadableRow, open_register
from geo.registers.addresses import address_key, person_key
from geo.registers.entry import EntryBatch
from geo.roll import ElectorRow, Roll, RollBuilder, roll_from_rows

_ROWS_AT_ONCE = 5_000
PROVISIONAL = "provisional"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFiles:
    """One register as it comes from a council's system, with the points that locate its entries.

    Attributes:
        authority_code: the council whose register it is.
        as_at: the date the register speaks of.
        registers: its files.
        locations: UPRN points, postcode points and property exports.
        address_secret: the key under which addresses are hashed.
    """

    authority_code: str
    as_at: date
    registers: tuple[Path, ...]
    locations: tuple[Path, ...]
    address_secret: bytes


@dataclass(frozen=True, slots=True)
class _Keys:
    """The keyed hashes of each entry, in the order of the register."""

    address: list[bytes | None]
    person: list[bytes | None]

    def add(self, batch: EntryBatch, secret: bytes) -> None:
        """Hash what may not be kept as it is; the addresses themselves end with the batch."""
        pairs = list(zip(batch.address.tolist(), batch.postcode.tolist(), strict=True))
        hashes = {
            (at, postcode): address_key(batch.addresses[at], postcode.decode() or None, key=secret)
            for at, postcode in set(pairs)
        }
        self.address.extend(hashes[pair] for pair in pairs)
        persons = batch.person_ids or ("",) * len(batch)
        self.person.extend(person_key(each, key=secret) if each else None for each in persons)


def import_register(
    session: WriteSession, deed: Deed, files: RegisterFiles, *, progress: Callable[[int], None] | None = None
) -> Register:
    """Store a register: numbers, markers, dates of reaching 18, hashed addresses and locations; never a name.

    Raises:
        RegisterError: the files are not a register we can read.
        UnreadableFileError: a location file is not.
        NotAllowedError: it is another council's register.

    Source: ELEC-3, ELEC-7, T-43.
    """
    refuse_other_organisation(deed, {files.authority_code}, f"The register of {files.authority_code}")
    opened = open_register(files.registers)
    keys = _Keys(address=[], person=[])
    builder = RollBuilder(
        addresses=Locations(addresses=read_addresses(files.locations)) if files.locations else None,
        has_person_ids=opened.has_person_ids,
    )
    for batch in opened.batches(progress=progress):
        builder.add(batch)
        keys.add(batch, files.address_secret)
    uprns, postcodes = builder.wanted()
    roll = builder.build(read_locations(files.locations, uprns=uprns, postcodes=postcodes))
    register = Register(
        authority_code=files.authority_code,
        layout=opened.layout,
        as_at=files.as_at,
        imported_at=deed.at,
        has_person_ids=opened.has_person_ids,
        entries=len(roll),
        files=_files_document(opened.files, opened.unreadable),
    )
    session.add(register)
    session.flush()
    for rows in _rows(register.id, roll, keys):
        session.execute(insert(RegisterEntry), rows)
    after = {
        "authority_code": files.authority_code,
        "as_at": files.as_at.isoformat(),
        "layout": opened.layout,
        "entries": len(roll),
        "unreadable": len(opened.unreadable),
        "sha256": [file.sha256 for file in opened.files],
    }
    record(session, deed, EventKind.REGISTER_IMPORTED, f"register:{register.id}", after=after)
    return register


def _files_document(files: Sequence[FileInfo], unreadable: Sequence[UnreadableRow]) -> dict[str, object]:
    return {
        "files": [
            {"name": file.name, "sha256": file.sha256, "rows": file.rows, "encoding": file.encoding} for file in files
        ],
        "unreadable": [{"file": row.file, "line": row.line, "reason": row.reason} for row in unreadable],
    }


def _rows(register_id: int, roll: Roll, keys: _Keys) -> Iterator[list[dict[str, object]]]:
    for start in range(0, len(roll), _ROWS_AT_ONCE):
        yield [_row(register_id, roll, keys, at) for at in range(start, min(start + _ROWS_AT_ONCE, len(roll)))]


def _row(register_id: int, roll: Roll, keys: _Keys, at: int) -> dict[str, object]:
    attains = roll.attains_on[at]
    is_located = roll.source[at] >= 0
    return {
        "register_id": register_id,
        "position": at,
        "polling_district": roll.districts[roll.district[at]],
        "number": int(roll.number[at]),
        "suffix": int(roll.suffix[at]),
        "markers": roll.marks[roll.mark[at]],
        "attains_on": None if np.isnat(attains) else attains.astype("datetime64[D]").astype(date),
        "person_key": keys.person[at],
        "address_key": keys.address[at],
        "easting": float(roll.easting[at]) if is_located else None,
        "northing": float(roll.northing[at]) if is_located else None,
        "location_source": SOURCES[roll.source[at]].value if is_located else None,
        "accuracy_m": float(roll.accuracy_m[at]) if is_located else None,
    }


def register_by_id(session: ReadSession | WriteSession, register_id: int) -> Register:
    """Return a stored register.

    Raises:
        NotFoundError: there is none of that number.
    """
    found = session.get(Register, register_id)
    if found is None:
        raise NotFoundError(f"There is no register {register_id}: import one first.")
    return found


def stored_roll(session: ReadSession | WriteSession, register: Register) -> Roll:
    """Return a stored register as columns, equal to the roll of the files it came from."""
    columns = (
        RegisterEntry.polling_district,
        RegisterEntry.number,
        RegisterEntry.suffix,
        RegisterEntry.markers,
        RegisterEntry.attains_on,
        RegisterEntry.easting,
        RegisterEntry.northing,
        RegisterEntry.location_source,
        RegisterEntry.accuracy_m,
        RegisterEntry.person_key,
    )
    statement = (
        select(*columns)
        .where(RegisterEntry.register_id == register.id)
        .order_by(RegisterEntry.position)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    rows = (
        ElectorRow(
            polling_district=district,
            number=number,
            suffix=suffix,
            markers=markers,
            attains_on=attains_on,
            location=_located(easting, northing, source, accuracy),
            person_key=person,
        )
        for district, number, suffix, markers, attains_on, easting, northing, source, accuracy, person in (
            session.execute(statement)
        )
    )
    return roll_from_rows(rows, has_person_ids=register.has_person_ids)


def _located(
    easting: float | None, northing: float | None, source: str | None, accuracy_m: float | None
) -> Located | None:
    if easting is None or northing is None or source is None or accuracy_m is None:
        return None
    return Located(easting=easting, northing=northing, source=LocationSource(source), accuracy_m=accuracy_m)


def _districts(session: ReadSession | WriteSession, register: Register) -> dict[str, BaseGeometry]:
    statement = select(Boundary).where(
        Boundary.kind == BoundaryKind.POLLING_DISTRICT.value, Boundary.authority_code == register.authority_code
    )
    rows = session.scalars(in_force(statement, Boundary, register.as_at).order_by(Boundary.code))
    return {row.code: row.geometry for row in rows}


def count_electorate(
    session: ReadSession | WriteSession, area_bng: BaseGeometry, register: Register, *, poll_date: date
) -> Electorate:
    """Count the electors of an area from a stored register; nothing is stored.

    Source: ELEC-1, ELEC-2.
    """
    districts = _districts(session, register)
    facts = RegisterFacts(
        layout=register.layout,
        files=tuple(FileInfo(**file) for file in register.files["files"]),
        as_at=register.as_at,
        unreadable=tuple(UnreadableRow(**row) for row in register.files["unreadable"]),
    )
    return count_electors(
        stored_roll(session, register),
        AreaIndex([area_bng]),
        poll_date=poll_date,
        register=facts,
        extents=district_extents(area_bng, districts) if districts else None,
    )


def freeze_electorate(
    session: WriteSession, deed: Deed, reference: str, *, snapshot: str, register_id: int
) -> ElectorateCount:
    """Count the electors of a referendum and keep the result: E0, E1 and E2 for ever, a provisional one until the next.

    Raises:
        NotFoundError: no such referendum or register.
        ConflictError: that electorate is frozen already (REF-19: never recomputed).

    Source: ELEC-16, REF-18, REF-19.
    """
    referendum = referendum_by_reference(session, reference)
    register = register_by_id(session, register_id)
    refuse_other_council(deed, {referendum.council}, f"The electorate of {reference}")
    refuse_other_organisation(deed, {register.authority_code}, f"Register {register_id}")
    earlier = session.scalars(
        select(ElectorateCount).where(
            ElectorateCount.referendum_id == referendum.id, ElectorateCount.snapshot == snapshot
        )
    ).one_or_none()
    if earlier is not None and snapshot != PROVISIONAL:
        raise ConflictError(f"The electorate {snapshot} of {reference} is frozen; it is never counted again (REF-19).")
    if earlier is not None:
        session.delete(earlier)
        session.flush()
    electorate = count_electorate(session, referendum.geometry, register, poll_date=referendum.poll_date)
    text = document_text(electorate_document(electorate))
    count = ElectorateCount(
        referendum_id=referendum.id,
        register_id=register.id,
        snapshot=snapshot,
        counted_at=deed.at,
        entries_in_area=electorate.in_area,
        entitled=electorate.entitled,
        document=json.loads(text),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    session.add(count)
    session.flush()
    after = {
        "snapshot": snapshot,
        "register": register.id,
        "entries_in_area": count.entries_in_area,
        "entitled": count.entitled,
        "sha256": count.sha256,
    }
    before = None if earlier is None else {"sha256": earlier.sha256, "entitled": earlier.entitled}
    record(session, deed, EventKind.ELECTORATE_FROZEN, reference, before=before, after=after)
    return count
