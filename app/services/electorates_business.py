"""The business voting register of one referendum: the list of ratepayers, who casts each holder's vote, its counts."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
from sqlalchemy import func, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.documents import document_text
from app.electors_ratepayers import RatepayerFile, RatepayerRow, read_ratepayers
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import BusinessCount, BusinessRegistration, RatepayerLiability, RatepayerList, Referendum
from app.scope import refuse_other_council
from app.services.electorates import frozen_electorate
from app.services.referendums import referendum_by_reference
from app.services.registers_locations import stored_locations
from geo.assign import AreaIndex
from geo.electorate import Decision
from geo.locations import SOURCES, Locations
from referendum.business_holders import HolderList, Liability, holders
from referendum.business_voters import BusinessRegister, NamedVoter, Registration, business_register
from referendum.law import expenses_limit_gbp, figure
from referendum.working_days import Calendar, england_calendar, working_days_before

SCHEMA = "folkmoot.business-register/1"
LONGEST_REFERENCE, LONGEST_REASON = 60, 500
_LONG_AGO = date(1900, 1, 1)
_ADULT_YEARS = 18
AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationFacts:
    """Both forms of one holder, as the officer enters them; no name.

    Attributes:
        holder: any account of the holder's.
        voter: the officer's own reference of the named voter.
        born_on: kept only as the day of becoming 18, and only where that comes after the poll.
        is_qualifying_citizen: as the officer found.
        polling_place: where the voter votes as a resident, or empty.
        received_at: when the later of the two forms arrived.
        left_on: the day liability ended, if it did.
    """

    holder: str
    voter: str
    born_on: date
    is_qualifying_citizen: bool
    received_at: datetime
    polling_place: str = ""
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessStanding:
    """The business voting register as it stands."""

    listed: RatepayerList
    holders: HolderList
    register: BusinessRegister
    registrations: tuple[BusinessRegistration, ...]
    state_on: date


def business_calendar(at: datetime) -> Calendar:
    """Return the working days of England as known at a moment."""
    return england_calendar(known_on=at.date())


def list_state_date(poll_date: date, calendar: Calendar) -> date:
    """Return the day on which ratepayers must have been liable to be listed (BUS-6)."""
    return working_days_before(calendar, poll_date, figure("BUS-6", "state-of-list", on=poll_date).days).end


def import_ratepayers(session: WriteSession, deed: Deed, reference: str, path: Path, *, secret: bytes) -> RatepayerList:
    """Store a billing authority's list for a business referendum; a later list supersedes it, and none is deleted.

    Raises:
        ConflictError: the referendum has no business poll, or the same file is stored already.
        RegisterError: the file is no list of ratepayers.

    Source: BUS-1, BUS-2, BUS-6, BUS-9.
    """
    referendum = _business_poll(session, deed, reference)
    read = read_ratepayers(path, key=secret)
    last = latest_list(session, referendum)
    if last is not None and last.sha256 == read.sha256:
        raise ConflictError(f"{path.name} is stored already: it is the list in use.")
    stored = RatepayerList(
        referendum_id=referendum.id,
        version=(last.version if last else 0) + 1,
        file_name=path.name,
        sha256=read.sha256,
        unreadable={"rows": [{"line": row.line, "reason": row.reason} for row in read.unreadable]},
        imported_at=deed.at,
        imported_by=deed.by.name,
    )
    stored.liabilities = _liabilities(session, deed, referendum, read, secret)
    session.add(stored)
    session.flush()
    after = {
        "version": stored.version,
        "sha256": stored.sha256,
        "lines": len(stored.liabilities),
        "unreadable": len(read.unreadable),
    }
    record(session, deed, EventKind.RATEPAYERS_LISTED, reference, after=after)
    return stored


def _business_poll(session: AnySession, deed: Deed, reference: str) -> Referendum:
    referendum = referendum_by_reference(session, reference)
    refuse_other_council(deed, {referendum.council}, f"The electorate of {reference}")
    if not referendum.has_business_poll:
        raise ConflictError(f"{reference} has no business poll: the area is not a business area (BUS-1).")
    return referendum


def _liabilities(
    session: WriteSession, deed: Deed, referendum: Referendum, read: RatepayerFile, secret: bytes
) -> list[RatepayerLiability]:
    book = stored_locations(session, deed.by.organisation, secret)
    placed, found = _placed(read.rows, book, referendum)
    state_on = list_state_date(referendum.poll_date, business_calendar(deed.at))
    return [
        RatepayerLiability(
            position=at,
            account=row.account,
            name_key=row.name_key,
            is_body=row.is_body,
            company_number=row.company_number,
            premises=row.premises,
            state_on=row.state_on or state_on,
            placed=placed[at].value,
            **found[at],
        )
        for at, row in enumerate(read.rows)
    ]


def _placed(
    rows: Sequence[RatepayerRow], book: Locations, referendum: Referendum
) -> tuple[list[Decision], list[dict[str, object]]]:
    address = [book.uprn_of_address(row.premises, row.postcode.decode()) for row in rows]
    points = book.locate_all(
        uprn=np.array([row.uprn for row in rows], np.int64),
        address_uprn=np.array(address, np.int64),
        postcode=np.array([row.postcode for row in rows], "S7"),
    )
    index = AreaIndex([referendum.geometry])
    inside = index.holds(points.easting, points.northing)
    near = index.near_line(points.easting, points.northing, np.nan_to_num(points.accuracy_m))
    decisions, found = [], []
    for at in range(len(rows)):
        is_located = bool(points.source[at] >= 0)
        decisions.append(_decision(is_located=is_located, inside=bool(inside[at]), near=bool(near[at])))
        found.append(
            {
                "easting": float(points.easting[at]) if is_located else None,
                "northing": float(points.northing[at]) if is_located else None,
                "accuracy_m": float(points.accuracy_m[at]) if is_located else None,
                "location_source": SOURCES[points.source[at]].value if is_located else None,
            }
        )
    return decisions, found


def _decision(*, is_located: bool, inside: bool, near: bool) -> Decision:
    if not is_located:
        return Decision.UNPLACED
    if near:
        return Decision.UNDECIDED
    return Decision.IN_AREA if inside else Decision.OUTSIDE


def latest_list(session: AnySession, referendum: Referendum) -> RatepayerList | None:
    """Return the list in use, or None where none was sent."""
    chosen = select(RatepayerList).where(RatepayerList.referendum_id == referendum.id)
    return session.scalars(chosen.order_by(RatepayerList.version.desc())).first()


def place_hereditament(
    session: WriteSession, deed: Deed, reference: str, *, position: int, is_in_area: bool, reason: str
) -> None:
    """Decide where one line's premises lie; the decision before stays in the record.

    Raises:
        NotFoundError: no such line.
        InvalidRequestError: no reason, or one too long.
    """
    referendum = _business_poll(session, deed, reference)
    listed = latest_list(session, referendum)
    line = next((each for each in listed.liabilities if each.position == position), None) if listed else None
    if listed is None or line is None:
        raise NotFoundError(f"The list of ratepayers has no line {position + 1}.")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise InvalidRequestError(f"Say why, in up to {LONGEST_REASON} characters.")
    before = {"decided": line.decided, "reason": _hash(line.decided_because)}
    line.decided = Decision.IN_AREA.value if is_in_area else Decision.OUTSIDE.value
    line.decided_because = reason.strip()
    session.flush()
    after = {
        "version": listed.version,
        "line": position,
        "decided": line.decided,
        "reason": _hash(line.decided_because),
    }
    record(session, deed, EventKind.HEREDITAMENT_PLACED, reference, before=before, after=after)


def _hash(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()


def register_business(session: WriteSession, deed: Deed, reference: str, facts: RegistrationFacts) -> None:
    """Enter both forms of one holder; whether they carry a vote is worked out, with reasons, and not stored.

    Raises:
        InvalidRequestError: no holder or voter, or a reference too long.

    Source: BUS-4, BUS-7, BUS-9, BUS-10.
    """
    referendum = _business_poll(session, deed, reference)
    holder, voter = facts.holder.strip(), facts.voter.strip()
    if not 0 < len(holder) <= LONGEST_REFERENCE or not 0 < len(voter) <= LONGEST_REFERENCE:
        raise InvalidRequestError("Give the holder's account and a reference for the named voter, each in a few signs.")
    attains = _adult_on(facts.born_on)
    row = BusinessRegistration(
        referendum_id=referendum.id,
        holder=holder,
        voter=voter,
        attains_on=attains if attains > referendum.poll_date else None,
        is_qualifying_citizen=facts.is_qualifying_citizen,
        polling_place=facts.polling_place.strip() or None,
        received_at=facts.received_at,
        left_on=facts.left_on,
        recorded_at=deed.at,
        recorded_by=deed.by.name,
        struck_because=None,
    )
    session.add(row)
    session.flush()
    record(session, deed, EventKind.BUSINESS_REGISTERED, reference, after=registration_facts(row))


def registration_facts(row: BusinessRegistration) -> dict[str, object]:
    """Return what the record says of a registration: references and dates, no name and no day of birth."""
    return {
        "number": row.id,
        "holder": row.holder,
        "voter": row.voter,
        "is_qualifying_citizen": row.is_qualifying_citizen,
        "received_at": row.received_at.astimezone(UTC).isoformat(),
        "left_on": None if row.left_on is None else row.left_on.isoformat(),
    }


def _adult_on(born_on: date) -> date:
    """Return the day of becoming 18; one born on 29 February does so on 1 March."""
    try:
        return born_on.replace(year=born_on.year + _ADULT_YEARS)
    except ValueError:
        return date(born_on.year + _ADULT_YEARS, 3, 1)


def strike_registration(session: WriteSession, deed: Deed, reference: str, *, number: int, reason: str) -> None:
    """Strike a registration out for a reason; it stays, and carries no vote.

    Raises:
        NotFoundError: no such registration.
        ConflictError: it is struck out already.
        InvalidRequestError: no reason.
    """
    referendum = _business_poll(session, deed, reference)
    row = session.get(BusinessRegistration, number)
    if row is None or row.referendum_id != referendum.id:
        raise NotFoundError(f"There is no registration {number} for {reference}.")
    if row.struck_because is not None:
        raise ConflictError(f"Registration {number} is struck out already.")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise InvalidRequestError(f"Say why, in up to {LONGEST_REASON} characters.")
    row.struck_because = reason.strip()
    session.flush()
    after = {"number": number, "struck_because": _hash(row.struck_because)}
    record(session, deed, EventKind.BUSINESS_STRUCK, reference, after=after)


def business_standing(session: AnySession, referendum: Referendum, at: datetime) -> BusinessStanding | None:
    """Return holders, entries and refusals as they stand; None where no list was sent.

    Source: BUS-2, BUS-3, BUS-4, BUS-7, BUS-9, BUS-10.
    """
    listed = latest_list(session, referendum)
    if listed is None:
        return None
    calendar = business_calendar(at)
    state_on = list_state_date(referendum.poll_date, calendar)
    found = holders([_liability(line) for line in listed.liabilities], state_on=state_on)
    chosen = select(BusinessRegistration).where(BusinessRegistration.referendum_id == referendum.id)
    rows = tuple(session.scalars(chosen.order_by(BusinessRegistration.id)))
    register = business_register(
        found,
        [_registration(row) for row in rows if row.struck_because is None],
        poll_date=referendum.poll_date,
        calendar=calendar,
    )
    return BusinessStanding(listed=listed, holders=found, register=register, registrations=rows, state_on=state_on)


def _liability(line: RatepayerLiability) -> Liability:
    """Return the line with the hash in the place of the name: equal names are equal hashes, and a body stays one."""
    where = line.decided or line.placed
    inside = {Decision.IN_AREA.value: True, Decision.OUTSIDE.value: False}.get(where)
    name = bytes(line.name_key).hex()
    return Liability(
        ratepayer_reference=line.account,
        ratepayer=f"{name} limited" if line.is_body else name,
        hereditament=line.premises,
        is_in_area=inside,
        state_date=line.state_on,
        company_number=line.company_number,
    )


def _registration(row: BusinessRegistration) -> Registration:
    born_on = _LONG_AGO if row.attains_on is None else row.attains_on.replace(year=row.attains_on.year - _ADULT_YEARS)
    voter = NamedVoter(
        reference=row.voter,
        born_on=born_on,
        is_qualifying_citizen=row.is_qualifying_citizen,
        residential_polling_place=row.polling_place,
    )
    return Registration(holder=row.holder, voter=voter, received_at=row.received_at, left_on=row.left_on)


def business_document(referendum: Referendum, standing: BusinessStanding) -> dict[str, object]:
    """Return the counts of the business register as they are kept: totals and findings, no holder and no voter."""
    bars: dict[str, int] = {}
    for entry in standing.register.refused:
        for bar in entry.bars:
            bars[bar.value] = bars.get(bar.value, 0) + 1
    lines = standing.listed.liabilities
    wheres = [line.decided or line.placed for line in lines]
    return {
        "schema": SCHEMA,
        "poll_date": referendum.poll_date,
        "list": {"version": standing.listed.version, "sha256": standing.listed.sha256, "state_on": standing.state_on},
        "hereditaments": {"read": len(lines), **{each.value: wheres.count(each.value) for each in Decision}},
        "holders": standing.register.holders,
        "entries": len(standing.register.entries),
        "refused": {bar: bars[bar] for bar in sorted(bars)},
        "findings": [
            {"code": each.code, "severity": each.severity.value, "message": each.message, "rule": each.rule}
            for each in (*standing.holders.findings, *standing.register.findings)
        ],
    }


def freeze_business(session: WriteSession, deed: Deed, reference: str, *, snapshot: str) -> BusinessCount:
    """Keep the counts of the business register for ever: E0 for the expenses limit, E2 for the poll.

    Raises:
        ConflictError: no list was sent, or that count is frozen already (REF-19).
        InvalidRequestError: another snapshot.

    Source: ELEC-16, REF-18, BUS-3.
    """
    referendum = _business_poll(session, deed, reference)
    standing = business_standing(session, referendum, deed.at)
    if snapshot not in {"E0", "E2"}:
        raise InvalidRequestError("Choose E0 (expenses) or E2 (the poll).")
    if standing is None:
        raise ConflictError("No list of ratepayers was sent yet: send it first.")
    if frozen_business(session, referendum, snapshot) is not None:
        raise ConflictError(f"The business count {snapshot} of {reference} is frozen; it is never counted again.")
    document: Mapping[str, object] = json.loads(document_text(business_document(referendum, standing)))
    count = BusinessCount(
        referendum_id=referendum.id,
        list_id=standing.listed.id,
        snapshot=snapshot,
        counted_at=deed.at,
        holders=standing.register.holders,
        entries=len(standing.register.entries),
        document=dict(document),
        sha256=hashlib.sha256(document_text(document).encode()).hexdigest(),
    )
    session.add(count)
    session.flush()
    after = {"snapshot": snapshot, "holders": count.holders, "entries": count.entries, "sha256": count.sha256}
    record(session, deed, EventKind.BUSINESS_FROZEN, reference, after=after)
    return count


def frozen_business(session: AnySession, referendum: Referendum, snapshot: str) -> BusinessCount | None:
    """Return a frozen count of the business register, or None."""
    chosen = select(BusinessCount).where(
        BusinessCount.referendum_id == referendum.id, BusinessCount.snapshot == snapshot
    )
    return session.scalars(chosen).one_or_none()


def whole_expenses_limit(session: AnySession, referendum: Referendum) -> Decimal | None:
    """Return the expenses limit from both frozen E0 counts; None while one that is needed is not frozen.

    Source: REF-18, Neighbourhood Planning (Referendums) Regulations 2012 reg 6(1).
    """
    residents = frozen_electorate(session, referendum, "E0")
    if residents is None:
        return None
    entries = residents.entries_in_area - int(residents.document["not_entitled"]["overseas"])
    if not referendum.has_business_poll:
        return expenses_limit_gbp(entries)
    business = frozen_business(session, referendum, "E0")
    return None if business is None else expenses_limit_gbp(entries + business.holders)


def lines_stored(session: AnySession, listed: RatepayerList) -> int:
    """Return how many lines of a list are stored."""
    counted = select(func.count()).select_from(RatepayerLiability).where(RatepayerLiability.list_id == listed.id)
    return session.scalars(counted).one()
