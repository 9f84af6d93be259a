"""Monthly alterations: a register version with updates applied in order becomes a new version, and stays as it was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import delete, func, insert, literal, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import Register, RegisterAlteration, RegisterEntry
from app.scope import refuse_other_organisation
from app.services.registers import (
    entries_stored,
    files_document,
    insert_entries,
    register_by_id,
    register_facts,
    rows_document,
)
from app.services.registers_locations import stored_locations
from app.services.registers_reading import Kept, ReadRegister
from geo.locations import Locations, read_addresses, read_locations
from geo.registers import Register as OpenedRegister
from geo.registers import UnreadableRow
from geo.registers.alterations import EntryKey, batch_of, last_words, misfits_of
from geo.registers.entry import Entry
from geo.registers.register import open_update
from geo.roll import RollBuilder

_NUMBERS_AT_ONCE = 500
_ENTRIES_AT_ONCE = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterationFiles:
    """Monthly updates of one register version.

    Attributes:
        register_id: the version they alter.
        as_at: the day of which the altered register speaks.
        updates: the files, in the order in which they apply.
        locations: points for the new entries; empty to use those stored for the council.
        address_secret: the key under which addresses are hashed.
    """

    register_id: int
    as_at: date
    updates: tuple[Path, ...]
    locations: tuple[Path, ...]
    address_secret: bytes


def alter_register(session: WriteSession, deed: Deed, files: AlterationFiles) -> Register:
    """Apply updates to a register version and store the outcome as a new version; the old one stays.

    Raises:
        RegisterError: a file is no monthly update.
        InvalidRequestError: the altered register would speak of an earlier day.
        ConflictError: the version was altered already, or an update was applied to it before.
        NotAllowedError: another council's register.

    Source: ELEC-3, ELEC-12, T-21.
    """
    base = register_by_id(session, files.register_id)
    refuse_other_organisation(deed, {base.authority_code}, f"Register {base.id}")
    _refuse_untimely(session, base, files.as_at)
    updates = [open_update(path) for path in files.updates]
    _refuse_again(base, updates)
    last, said = last_words(updates)
    touched = _touched(session, base, last)
    new = _read(session, base, files, [entry for entry in last.values() if entry.change != "deleted"])
    misfits = tuple(misfits_of(said, set(touched)))
    register = _version(base, updates, misfits)
    register.as_at, register.imported_at = files.as_at, deed.at
    session.add(register)
    session.flush()
    _copy(session, base, register, touched)
    top = session.scalars(select(func.max(RegisterEntry.position)).where(RegisterEntry.register_id == base.id)).one()
    insert_entries(session, register.id, new, first=(top if top is not None else -1) + 1)
    register.entries = entries_stored(session, register.id)
    session.add(RegisterAlteration(register_id=register.id, based_on_id=base.id))
    session.flush()
    after = register_facts(register) | {
        "based_on": base.id,
        "misfits": len(misfits),
        "sha256": [file.sha256 for update in updates for file in update.files],
    }
    record(session, deed, EventKind.REGISTER_ALTERED, f"register:{register.id}", after=after)
    return register


def _refuse_untimely(session: WriteSession, base: Register, as_at: date) -> None:
    if as_at < base.as_at:
        raise InvalidRequestError(
            f"Register {base.id} speaks of {base.as_at:%-d %B %Y}: altered, it cannot speak of an earlier day."
        )
    already = session.scalars(
        select(RegisterAlteration.register_id).where(RegisterAlteration.based_on_id == base.id)
    ).first()
    if already is not None:
        raise ConflictError(
            f"Register {base.id} was altered already, into register {already}: apply the next update to that one."
        )


def _refuse_again(base: Register, updates: Collection[OpenedRegister]) -> None:
    applied = {str(file["sha256"]): str(file["name"]) for file in base.files["files"]}
    for update in updates:
        for file in update.files:
            if file.sha256 in applied:
                raise ConflictError(f"{file.name} was applied to this register before: give the next update.")


def _touched(
    session: ReadSession | WriteSession, base: Register, last: dict[EntryKey, Entry]
) -> dict[EntryKey, list[int]]:
    """Return the positions of the entries that an update speaks of."""
    entry = RegisterEntry
    numbers = sorted({number for _, number, _ in last})
    found: dict[EntryKey, list[int]] = {}
    for start in range(0, len(numbers), _NUMBERS_AT_ONCE):
        rows = session.execute(
            select(entry.polling_district, entry.number, entry.suffix, entry.position).where(
                entry.register_id == base.id, entry.number.in_(numbers[start : start + _NUMBERS_AT_ONCE])
            )
        )
        for district, number, suffix, position in rows:
            if (district, number, suffix) in last:
                found.setdefault((district, number, suffix), []).append(position)
    return found


def _read(session: WriteSession, base: Register, files: AlterationFiles, new: list[Entry]) -> ReadRegister:
    if files.locations:
        book = Locations(addresses=read_addresses(files.locations))
    else:
        book = stored_locations(session, base.authority_code, files.address_secret)
    builder, kept = RollBuilder(addresses=book, has_person_ids=base.has_person_ids), Kept()
    for start in range(0, max(len(new), 1), _ENTRIES_AT_ONCE):
        batch = batch_of(new[start : start + _ENTRIES_AT_ONCE], has_person_ids=base.has_person_ids)
        builder.add(batch)
        kept.add(batch, files.address_secret)
    if files.locations:
        uprns, postcodes = builder.wanted()
        book = read_locations(files.locations, uprns=uprns, postcodes=postcodes)
    return ReadRegister(
        roll=builder.build(book),
        kept=kept,
        layout=base.layout,
        has_person_ids=base.has_person_ids,
        files=(),
        unreadable=(),
    )


def _version(base: Register, updates: Collection[OpenedRegister], misfits: tuple[UnreadableRow, ...]) -> Register:
    """Return the next version, still without its day and its entries."""
    files = [file for update in updates for file in update.files]
    unreadable = [row for update in updates for row in update.unreadable]
    return Register(
        authority_code=base.authority_code,
        layout=base.layout,
        has_person_ids=base.has_person_ids,
        entries=0,
        files={
            "files": [*base.files["files"], *files_document(files)],
            "unreadable": [*base.files["unreadable"], *rows_document(unreadable)],
            "misfits": [*base.files.get("misfits", ()), *rows_document(misfits)],
        },
    )


def _copy(session: WriteSession, base: Register, register: Register, touched: dict[EntryKey, list[int]]) -> None:
    """Copy the entries that stay; those that an update speaks of are left behind."""
    entry = RegisterEntry
    columns = [column for column in entry.__table__.columns if column.name not in {"id", "register_id"}]
    names = ["register_id", *(column.name for column in columns)]
    copied = select(literal(register.id), *columns).where(entry.register_id == base.id).order_by(entry.position)
    session.execute(insert(entry).from_select(names, copied))
    gone = sorted({position for positions in touched.values() for position in positions})
    for start in range(0, len(gone), _NUMBERS_AT_ONCE):
        session.execute(
            delete(entry).where(
                entry.register_id == register.id, entry.position.in_(gone[start : start + _NUMBERS_AT_ONCE])
            )
        )
