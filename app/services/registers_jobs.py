"""Imports in the background: read while a page tells how far it is, then stored whole or not at all."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine

from app.audit import Actor, Deed
from app.clock import Clock
from app.db import ReadSession, WriteSession, reading, writing
from app.errors import InvalidRequestError, NotFoundError, ServiceError
from app.logs import log
from app.models import Register, RegisterImport
from app.scope import refuse_other_organisation
from app.services.registers import register_by_id, store_register
from app.services.registers_altering import AlterationFiles, alter_register
from app.services.registers_locations import LocationUpload, import_locations, stored_locations
from app.services.registers_reading import read_register
from geo.errors import GeoError
from geo.registers import open_register

FULL, UPDATE, LOCATIONS = "full", "update", "locations"
WAITING, READING, STORING, DONE, REFUSED = "waiting", "reading", "storing", "done", "refused"
UNDER_WAY = (WAITING, READING, STORING)
SILENT_AFTER = timedelta(minutes=10)
_TELL_EVERY_S = 1.0
_FAULT = "It could not be finished because of a fault in this service; nothing was stored. Try again, or tell us."
_one_at_a_time = threading.Lock()


class Held(Protocol):
    """Files that are let go of once they are read."""

    paths: tuple[Path, ...]

    def close(self) -> None:
        """Let go of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportAsked:
    """What is to be imported.

    Attributes:
        kind: full, update or locations.
        authority_code: the council whose register it is.
        files: what was sent.
        as_at: the day of which the register speaks; None for locations.
        based_on: the register version that an update alters.
        mapping: columns of a register of unknown layout, role to header.
    """

    kind: str
    authority_code: str
    files: Held
    as_at: date | None = None
    based_on: int | None = None
    mapping: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an import needs of the running service."""

    engine: Engine
    clock: Clock
    address_secret: bytes


def start_import(desk: Desk, by: Actor, asked: ImportAsked) -> int:
    """Begin an import in the background, and return the number under which a page follows it.

    Memory is bounded by one import at a time; the others wait their turn.

    Raises:
        InvalidRequestError: no file, or no day.
        NotAllowedError: another council's register.
    """
    try:
        number = _accepted(desk, Deed(by=by, at=desk.clock.now()), asked)
    except BaseException:
        asked.files.close()
        raise
    threading.Thread(target=_run, args=(desk, by, asked, number), daemon=True, name=f"import {number}").start()
    return number


def _accepted(desk: Desk, deed: Deed, asked: ImportAsked) -> int:
    refuse_other_organisation(deed, {asked.authority_code}, f"The register of {asked.authority_code}")
    if not asked.files.paths:
        raise InvalidRequestError("Choose at least one file.")
    if asked.kind != LOCATIONS and asked.as_at is None:
        raise InvalidRequestError("Say of which day the register speaks.")
    with writing(desk.engine) as session:
        if asked.based_on is not None:
            based_on = register_by_id(session, asked.based_on)
            refuse_other_organisation(deed, {based_on.authority_code}, f"Register {based_on.id}")
        return _row(session, deed, asked).id


def _row(session: WriteSession, deed: Deed, asked: ImportAsked) -> RegisterImport:
    row = RegisterImport(
        authority_code=asked.authority_code,
        kind=asked.kind,
        as_at=asked.as_at,
        file_names=[path.name for path in asked.files.paths],
        state=WAITING,
        rows_read=0,
        message="",
        register_id=None,
        asked_at=deed.at,
        asked_by=deed.by.name,
        seen_at=deed.at,
        outcome={},
    )
    session.add(row)
    session.flush()
    return row


def import_by_number(session: ReadSession | WriteSession, number: int, authority_code: str) -> RegisterImport:
    """Return an import of a council's.

    Raises:
        NotFoundError: there is none of that number, or it is another council's.
    """
    found = session.get(RegisterImport, number)
    if found is None or (authority_code and found.authority_code != authority_code):
        raise NotFoundError(f"There is no import {number} of your council: check the number.")
    return found


def is_cut_off(row: RegisterImport, now: datetime) -> bool:
    """Say whether an import under way has been silent for so long that the service must have stopped meanwhile."""
    return row.state in UNDER_WAY and now - row.seen_at > SILENT_AFTER


def _run(desk: Desk, by: Actor, asked: ImportAsked, number: int) -> None:
    try:
        with _one_at_a_time:
            _tell(desk, number, state=READING)
            _import(desk, by, asked, number)
    except (GeoError, ServiceError) as refusal:
        _tell(desk, number, state=REFUSED, message=str(refusal))
    except Exception as fault:  # noqa: BLE001 - the page must say that it ended; the text could hold a row, so only the kind is logged
        log("import-failed", {"kind": asked.kind, "error": type(fault).__name__})
        _tell(desk, number, state=REFUSED, message=_FAULT)
    finally:
        asked.files.close()


def _tell(desk: Desk, number: int, **facts: object) -> None:
    with writing(desk.engine) as session:
        row = session.get_one(RegisterImport, number)
        row.seen_at = desk.clock.now()
        for name, value in facts.items():
            setattr(row, name, value)


def _import(desk: Desk, by: Actor, asked: ImportAsked, number: int) -> None:
    if asked.kind == FULL:
        _import_full(desk, by, asked, number)
        return
    _tell(desk, number, state=STORING)
    with writing(desk.engine) as session:
        deed = Deed(by=by, at=desk.clock.now())
        if asked.kind == LOCATIONS:
            upload = LocationUpload(
                authority_code=asked.authority_code, paths=asked.files.paths, address_secret=desk.address_secret
            )
            kept = import_locations(session, deed, upload)
            outcome = {"files": [{"name": file.name, "kind": file.kind, "rows": file.rows} for file in kept]}
            _finish(session, deed, number, outcome)
        else:
            files = AlterationFiles(
                register_id=asked.based_on or 0,
                as_at=asked.as_at or date.min,
                updates=asked.files.paths,
                locations=(),
                address_secret=desk.address_secret,
            )
            _finish_register(session, deed, number, alter_register(session, deed, files))


def _import_full(desk: Desk, by: Actor, asked: ImportAsked, number: int) -> None:
    with reading(desk.engine) as session:
        stored = stored_locations(session, asked.authority_code, desk.address_secret)
    opened = open_register(asked.files.paths, mapping=asked.mapping or None)
    told = _progress(desk, number)
    read = read_register(opened, locations=(), stored=stored, secret=desk.address_secret, progress=told)
    _tell(desk, number, state=STORING, rows_read=len(read.roll))
    with writing(desk.engine) as session:
        deed = Deed(by=by, at=desk.clock.now())
        register = store_register(
            session, deed, read, authority_code=asked.authority_code, as_at=asked.as_at or date.min
        )
        _finish_register(session, deed, number, register)


def _progress(desk: Desk, number: int) -> Callable[[int], None]:
    """Return what tells the page how many entries are read, about once a second."""
    last = time.monotonic()

    def told(read: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _TELL_EVERY_S:
            _tell(desk, number, rows_read=read)
            last = time.monotonic()

    return told


def _finish_register(session: WriteSession, deed: Deed, number: int, register: Register) -> None:
    outcome = {
        "entries": register.entries,
        "layout": register.layout,
        "unreadable": len(register.files["unreadable"]),
        "misfits": len(register.files.get("misfits", ())),
    }
    _finish(session, deed, number, outcome)
    session.get_one(RegisterImport, number).register_id = register.id


def _finish(session: WriteSession, deed: Deed, number: int, outcome: Mapping[str, object]) -> None:
    """Say that it is done in the transaction that stores it, so that neither can be true without the other."""
    row = session.get_one(RegisterImport, number)
    row.state, row.outcome, row.seen_at = DONE, dict(outcome), deed.at
