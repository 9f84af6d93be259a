"""Electoral registers that are kept: imported without names, and altered month by month into new versions."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import Register, RegisterAlteration, RegisterEntry
from app.scope import refuse_other_organisation
from app.services.registers_locations import stored_locations
from app.services.registers_reading import ReadRegister, RegisterFiles, read_register
from geo.locations import SOURCES
from geo.registers import FileInfo, UnreadableRow, open_register
from geo.roll import Roll, RollBuilder

_ROWS_AT_ONCE = 5_000
_SOURCE_CODES: dict[str | None, int] = {None: -1, **{source.value: at for at, source in enumerate(SOURCES)}}


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
    stored = stored_locations(session, files.authority_code, files.address_secret)
    read = read_register(
        open_register(files.registers),
        locations=files.locations,
        stored=stored,
        secret=files.address_secret,
        progress=progress,
    )
    return store_register(session, deed, read, authority_code=files.authority_code, as_at=files.as_at)


def store_register(
    session: WriteSession, deed: Deed, read: ReadRegister, *, authority_code: str, as_at: date
) -> Register:
    """Store a register that has been read, whole or not at all.

    Raises:
        NotAllowedError: it is another council's register.
    """
    refuse_other_organisation(deed, {authority_code}, f"The register of {authority_code}")
    register = Register(
        authority_code=authority_code,
        layout=read.layout,
        as_at=as_at,
        imported_at=deed.at,
        has_person_ids=read.has_person_ids,
        entries=len(read.roll),
        files={"files": files_document(read.files), "unreadable": rows_document(read.unreadable)},
    )
    session.add(register)
    session.flush()
    insert_entries(session, register.id, read)
    after = register_facts(register) | {
        "unreadable": len(read.unreadable),
        "sha256": [file.sha256 for file in read.files],
    }
    record(session, deed, EventKind.REGISTER_IMPORTED, f"register:{register.id}", after=after)
    return register


def register_facts(register: Register) -> dict[str, object]:
    """Return what the record says of a register version."""
    return {
        "authority_code": register.authority_code,
        "as_at": register.as_at.isoformat(),
        "layout": register.layout,
        "entries": register.entries,
    }


def files_document(files: Sequence[FileInfo]) -> list[dict[str, object]]:
    """Return files as they are kept with a register."""
    return [{"name": file.name, "sha256": file.sha256, "rows": file.rows, "encoding": file.encoding} for file in files]


def rows_document(rows: Sequence[UnreadableRow]) -> list[dict[str, object]]:
    """Return rows that could not be used: file, line and reason, never their text."""
    return [{"file": row.file, "line": row.line, "reason": row.reason} for row in rows]


def insert_entries(session: WriteSession, register_id: int, read: ReadRegister, *, first: int = 0) -> None:
    """Add the entries of a register, in the order read, from a position on."""
    for start in range(0, len(read.roll), _ROWS_AT_ONCE):
        end = min(start + _ROWS_AT_ONCE, len(read.roll))
        session.execute(
            insert(RegisterEntry), [_row(register_id, read, at) | {"position": first + at} for at in range(start, end)]
        )


def _row(register_id: int, read: ReadRegister, at: int) -> dict[str, Any]:
    roll, kept = read.roll, read.kept
    attains = roll.attains_on[at]
    is_located = roll.source[at] >= 0
    return {
        "register_id": register_id,
        "polling_district": roll.districts[roll.district[at]],
        "number": int(roll.number[at]),
        "suffix": int(roll.suffix[at]),
        "markers": roll.marks[roll.mark[at]],
        "attains_on": None if np.isnat(attains) else attains.astype("datetime64[D]").astype(date),
        "person_key": kept.person[at],
        "address_key": kept.address[at],
        "street": kept.street[at],
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


def versions_before(session: ReadSession | WriteSession, register_id: int) -> list[int]:
    """Return the register version and those it was altered from, the newest first; the last is a full register."""
    found = [register_id]
    while True:
        based_on = session.scalars(
            select(RegisterAlteration.based_on_id).where(RegisterAlteration.register_id == found[-1])
        ).one_or_none()
        if based_on is None:
            return found
        found.append(based_on)


def entries_stored(session: ReadSession | WriteSession, register_id: int) -> int:
    """Return how many entries of a register version are stored."""
    counted = select(func.count()).select_from(RegisterEntry).where(RegisterEntry.register_id == register_id)
    return session.scalars(counted).one()


def version_of(session: ReadSession | WriteSession, register: Register) -> tuple[object, ...]:
    """Return what tells one stored version of a register, which never changes, from every other in any database."""
    files = tuple(file["sha256"] for file in register.files["files"])
    return str(session.get_bind().engine.url), register.id, register.imported_at, files


def stored_roll(session: ReadSession | WriteSession, register: Register) -> Roll:
    """Return a stored register as columns, equal to the roll of the files it came from."""
    entry = RegisterEntry
    statement = (
        select(
            entry.polling_district,
            entry.number,
            entry.suffix,
            entry.markers,
            entry.attains_on,
            entry.person_key,
            entry.easting,
            entry.northing,
            entry.accuracy_m,
            entry.location_source,
        )
        .where(entry.register_id == register.id)
        .order_by(entry.position)
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    builder = RollBuilder(has_person_ids=register.has_person_ids)
    places = [np.empty((0, 3))]
    sources = [np.empty(0, np.int8)]
    for some in session.execute(statement).partitions():
        districts, numbers, suffixes, markers, attains_on, persons, *points, source = zip(*some, strict=True)
        builder.add_columns(
            districts=districts,
            numbers=numbers,
            suffixes=suffixes,
            markers=markers,
            attains_on=attains_on,
            person_keys=persons,
        )
        places.append(np.array(points, np.float64).T)
        sources.append(np.array([_SOURCE_CODES[each] for each in source], np.int8))
    easting, northing, accuracy_m = np.concatenate(places).T.copy()
    return builder.build_at(easting, northing, accuracy_m, np.concatenate(sources))
