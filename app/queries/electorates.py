"""Electorates, to look at: entries still open with their street, registers of a council, imports, locations."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.db import ReadSession, WriteSession
from app.electors import Electorate
from app.models import (
    ElectorateCount,
    LocationFile,
    Referendum,
    Register,
    RegisterAlteration,
    RegisterEntry,
    RegisterImport,
)
from geo.electorate import DECISIONS, Decision, reason_text

_NUMBERS_AT_ONCE = 500
_SHOWN_IMPORTS = 5
AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEntry:
    """One entry that a person must decide: never a name, never an address.

    Attributes:
        polling_district, street, number: by which it is listed; no street where none is known.
        decision: undecided or unplaced.
        why: in plain words.
        easting, northing, accuracy_m: EPSG:27700 metres, None without a location; anonymous entries have none.
    """

    polling_district: str
    street: str
    number: str
    decision: Decision
    why: str
    easting: float | None
    northing: float | None
    accuracy_m: float | None


def open_entries(session: AnySession, electorate: Electorate, register: Register) -> list[OpenEntry]:
    """Return the entries still open, by polling district, street and number.

    Source: T-14, T-43.
    """
    roll, placing = electorate.workings.roll, electorate.workings.placing
    wanted = [DECISIONS.index(Decision.UNDECIDED), DECISIONS.index(Decision.UNPLACED)]
    at_all = [at for at, code in enumerate(placing.decision.tolist()) if code in wanted]
    keys = [(roll.districts[roll.district[at]], int(roll.number[at]), int(roll.suffix[at])) for at in at_all]
    streets = _streets(session, register.id, sorted({number for _, number, _ in keys}))
    found = []
    for at, key in zip(at_all, keys, strict=True):
        is_located = bool(roll.source[at] >= 0)
        entry = OpenEntry(
            polling_district=key[0],
            street=streets.get(key, ""),
            number=roll.written_number(at),
            decision=DECISIONS[placing.decision[at]],
            why=reason_text(placing, roll, at),
            easting=float(roll.easting[at]) if is_located else None,
            northing=float(roll.northing[at]) if is_located else None,
            accuracy_m=float(roll.accuracy_m[at]) if is_located else None,
        )
        found.append((key[0], entry.street, key[1:], entry))
    return [entry for *_, entry in sorted(found, key=lambda each: each[:3])]


def _streets(session: AnySession, register_id: int, numbers: Sequence[int]) -> dict[tuple[str, int, int], str]:
    entry, found = RegisterEntry, {}
    for start in range(0, len(numbers), _NUMBERS_AT_ONCE):
        rows = session.execute(
            select(entry.polling_district, entry.number, entry.suffix, entry.street).where(
                entry.register_id == register_id, entry.number.in_(numbers[start : start + _NUMBERS_AT_ONCE])
            )
        )
        found.update({(district, number, suffix): street or "" for district, number, suffix, street in rows})
    return found


def latest_register(session: AnySession, authority_code: str) -> Register | None:
    """Return the newest register version of a council that none was altered from, or None where it has none."""
    altered = select(RegisterAlteration.based_on_id)
    chosen = select(Register).where(Register.id.not_in(altered))
    if authority_code:
        chosen = chosen.where(Register.authority_code == authority_code)
    return session.scalars(chosen.order_by(Register.as_at.desc(), Register.id.desc())).first()


def based_on(session: AnySession) -> dict[int, int]:
    """Return from which version each altered register version was made."""
    rows = session.execute(select(RegisterAlteration.register_id, RegisterAlteration.based_on_id))
    return {row.register_id: row.based_on_id for row in rows}


def recent_imports(session: AnySession, authority_code: str) -> list[RegisterImport]:
    """Return a council's last imports, the newest first."""
    chosen = select(RegisterImport).order_by(RegisterImport.id.desc()).limit(_SHOWN_IMPORTS)
    if authority_code:
        chosen = chosen.where(RegisterImport.authority_code == authority_code)
    return list(session.scalars(chosen))


def location_files(session: AnySession, authority_code: str) -> list[LocationFile]:
    """Return the location files kept for a council, the newest first."""
    chosen = select(LocationFile).order_by(LocationFile.id.desc())
    if authority_code:
        chosen = chosen.where(LocationFile.authority_code == authority_code)
    return list(session.scalars(chosen))


def polls_of_council(session: AnySession, council: str) -> list[Referendum]:
    """Return the referendums that a council holds, the latest poll first; all where no council is named."""
    chosen = select(Referendum).order_by(Referendum.poll_date.desc(), Referendum.reference)
    return list(session.scalars(chosen.where(Referendum.council == council) if council else chosen))


def frozen_electorates(session: AnySession, referendum: Referendum) -> dict[str, ElectorateCount]:
    """Return the frozen electorates of a referendum by snapshot."""
    chosen = select(ElectorateCount).where(ElectorateCount.referendum_id == referendum.id)
    return {count.snapshot: count for count in session.scalars(chosen)}


def entries_by_district(session: AnySession, register: Register) -> list[tuple[str, int, int]]:
    """Return entries, and entries with a known location, for each polling district of a register version."""
    entry = RegisterEntry
    rows = session.execute(
        select(entry.polling_district, func.count(), func.count(entry.location_source))
        .where(entry.register_id == register.id)
        .group_by(entry.polling_district)
        .order_by(entry.polling_district)
    )
    return [(district, entries, located) for district, entries, located in rows]
