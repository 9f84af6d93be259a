"""Officers' decisions on single entries: each with its reason, who and when; superseded, but never deleted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError
from app.models import ElectorPlacement, Referendum, Register, RegisterEntry
from app.scope import refuse_other_council, refuse_other_organisation
from app.services.referendums import referendum_by_reference
from app.services.registers import register_by_id, versions_before
from geo.electorate import OfficerPlacement
from geo.registers.entry import elector_number

LONGEST_REASON = 500
_MOST_LISTED = 5
_NUMBERS_AT_ONCE = 500
_Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The decisions that hold for one referendum in one register version.

    Attributes:
        applied: the latest decision on each entry.
        lapsed: decisions on an entry whose home is another since then; they must be taken anew.
        last: number of the last decision looked at, 0 for none.
        sha256: of the decisions applied.
    """

    applied: tuple[OfficerPlacement, ...]
    lapsed: tuple[OfficerPlacement, ...]
    last: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementTold:
    """One decision with its history: who took it, when, and whether a later one took its place."""

    number: str
    polling_district: str
    is_in_area: bool
    reason: str
    decided_at: datetime
    decided_by: str
    is_superseded: bool


def place_electors(
    session: WriteSession, deed: Deed, reference: str, *, register_id: int, placements: Sequence[OfficerPlacement]
) -> int:
    """Store decisions on entries of a register for one referendum, and return how many; all or none.

    Raises:
        InvalidRequestError: no decision, no reason, one too long, or a number that is not in the register.
        NotAllowedError: another council's referendum or register.

    Source: ELEC-1, T-14, T-16.
    """
    referendum, register = referendum_by_reference(session, reference), register_by_id(session, register_id)
    refuse_other_council(deed, {referendum.council}, f"The electorate of {reference}")
    refuse_other_organisation(deed, {register.authority_code}, f"Register {register_id}")
    if not placements:
        raise InvalidRequestError("No decision is in the list: fill in the columns decision (in or out) and reason.")
    _refuse_unusable(placements)
    _refuse_strangers(session, register, placements)
    rows = [
        ElectorPlacement(
            referendum_id=referendum.id,
            register_id=register.id,
            polling_district=one.polling_district,
            number=one.number,
            suffix=one.suffix,
            is_in_area=one.is_in_area,
            reason=one.reason.strip(),
            decided_at=deed.at,
            decided_by=deed.by.name,
        )
        for one in placements
    ]
    session.add_all(rows)
    session.flush()
    after = {"register": register.id, "decisions": [decision_facts(row) for row in rows]}
    record(session, deed, EventKind.ELECTORS_PLACED, reference, after=after)
    return len(rows)


def decision_facts(row: ElectorPlacement) -> list[object]:
    """Return what the record says of a decision: the number, in or out, and the reason by its hash."""
    number = elector_number(row.polling_district, row.number, row.suffix)
    return [number, "in" if row.is_in_area else "out", hashlib.sha256(row.reason.encode()).hexdigest()]


def _refuse_unusable(placements: Sequence[OfficerPlacement]) -> None:
    for one in placements:
        number = elector_number(one.polling_district, one.number, one.suffix)
        if not one.reason.strip():
            raise InvalidRequestError(f"The decision on {number} has no reason: say why, in a few words.")
        if len(one.reason.strip()) > LONGEST_REASON:
            raise InvalidRequestError(
                f"The reason for {number} is longer than {LONGEST_REASON} characters: shorten it."
            )


def _refuse_strangers(session: WriteSession, register: Register, placements: Sequence[OfficerPlacement]) -> None:
    known = _address_keys(session, register.id, {one.number for one in placements})
    strange = [elector_number(*_key(one)) for one in placements if _key(one) not in known]
    if strange:
        more = f" and {len(strange) - _MOST_LISTED:,} more" if len(strange) > _MOST_LISTED else ""
        raise InvalidRequestError(
            f"No entry of register {register.id} has the number {', '.join(strange[:_MOST_LISTED])}{more}: "
            "numbers change when a register is revised, so take the work list of this register."
        )


def _key(one: OfficerPlacement | ElectorPlacement) -> _Key:
    return one.polling_district, one.number, one.suffix


def _address_keys(session: ReadSession | WriteSession, register_id: int, numbers: set[int]) -> dict[_Key, bytes | None]:
    """Return the hashed address of every entry that bears one of the numbers."""
    entry, found, wanted = RegisterEntry, {}, sorted(numbers)
    for start in range(0, len(wanted), _NUMBERS_AT_ONCE):
        rows = session.execute(
            select(entry.polling_district, entry.number, entry.suffix, entry.address_key).where(
                entry.register_id == register_id, entry.number.in_(wanted[start : start + _NUMBERS_AT_ONCE])
            )
        )
        found.update({(district, number, suffix): address for district, number, suffix, address in rows})
    return found


def placements_for(
    session: ReadSession | WriteSession, referendum: Referendum, register: Register, *, upto: int | None = None
) -> Placed:
    """Return the decisions that hold in a register version: those taken on it or on a version it was altered from.

    Reading: a decision is on a home. Where an alteration has put another home under the number, it lapses.
    """
    versions = versions_before(session, register.id)
    rows = list(_decisions(session, referendum, versions, upto))
    latest = {_key(row): row for row in rows}
    moved = _moved(session, register, list(latest.values()))
    applied = tuple(_placement(row) for key, row in latest.items() if key not in moved)
    digest = hashlib.sha256(repr([decision_facts(row) for row in latest.values()]).encode())
    return Placed(
        applied=applied,
        lapsed=tuple(_placement(latest[key]) for key in sorted(moved)),
        last=rows[-1].id if rows else 0,
        sha256=digest.hexdigest(),
    )


def _decisions(
    session: ReadSession | WriteSession, referendum: Referendum, versions: Sequence[int], upto: int | None
) -> Sequence[ElectorPlacement]:
    chosen = select(ElectorPlacement).where(
        ElectorPlacement.referendum_id == referendum.id, ElectorPlacement.register_id.in_(versions)
    )
    if upto is not None:
        chosen = chosen.where(ElectorPlacement.id <= upto)
    return session.scalars(chosen.order_by(ElectorPlacement.id)).all()


def _moved(session: ReadSession | WriteSession, register: Register, latest: Sequence[ElectorPlacement]) -> set[_Key]:
    earlier = [row for row in latest if row.register_id != register.id]
    now = _address_keys(session, register.id, {row.number for row in earlier})
    moved: set[_Key] = set()
    for version in sorted({row.register_id for row in earlier}):
        own = [row for row in earlier if row.register_id == version]
        then = _address_keys(session, version, {row.number for row in own})
        moved |= {_key(row) for row in own if _key(row) in now and now[_key(row)] != then.get(_key(row))}
    return moved


def _placement(row: ElectorPlacement) -> OfficerPlacement:
    return OfficerPlacement(
        polling_district=row.polling_district,
        number=row.number,
        suffix=row.suffix,
        is_in_area=row.is_in_area,
        reason=row.reason,
    )


def history(session: ReadSession | WriteSession, referendum: Referendum) -> list[PlacementTold]:
    """Return every decision ever taken for a referendum, the newest first."""
    chosen = select(ElectorPlacement).where(ElectorPlacement.referendum_id == referendum.id)
    seen: set[tuple[int, _Key]] = set()
    told = []
    for row in session.scalars(chosen.order_by(ElectorPlacement.id.desc())):
        mark = (row.register_id, _key(row))
        told.append(
            PlacementTold(
                number=elector_number(*_key(row)),
                polling_district=row.polling_district,
                is_in_area=row.is_in_area,
                reason=row.reason,
                decided_at=row.decided_at,
                decided_by=row.decided_by,
                is_superseded=mark in seen,
            )
        )
        seen.add(mark)
    return told


def latest_decision(session: ReadSession | WriteSession, referendum: Referendum, number: str) -> PlacementTold | None:
    """Return the latest decision on an entry by its written number, or None where there is none."""
    return next((each for each in history(session, referendum) if each.number == number), None)
