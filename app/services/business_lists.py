"""The list of ratepayers for a business referendum: stored whole, and where each line's premises lie."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import numpy as np
from sqlalchemy import func, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.electors_ratepayers import RatepayerFile, RatepayerRow, read_ratepayers
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import RatepayerLiability, RatepayerList, Referendum
from app.scope import refuse_other_council
from app.services.referendums import referendum_by_reference
from app.services.registers_locations import stored_locations
from geo.assign import AreaIndex
from geo.electorate import Decision
from geo.locations import SOURCES, Locations
from referendum.law import figure
from referendum.working_days import Calendar, england_calendar, working_days_before

LONGEST_REASON = 500
AnySession = ReadSession | WriteSession


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
    referendum = business_poll(session, deed, reference)
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


def business_poll(session: AnySession, deed: Deed, reference: str) -> Referendum:
    """Return a referendum with a business poll, for its own council alone.

    Raises:
        NotAllowedError: another council's.
        ConflictError: it has no business poll.

    Source: BUS-1.
    """
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
    referendum = business_poll(session, deed, reference)
    listed = latest_list(session, referendum)
    line = next((each for each in listed.liabilities if each.position == position), None) if listed else None
    if listed is None or line is None:
        raise NotFoundError(f"The list of ratepayers has no line {position + 1}.")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise InvalidRequestError(f"Say why, in up to {LONGEST_REASON} characters.")
    before = {"decided": line.decided, "reason": reason_hash(line.decided_because)}
    line.decided = Decision.IN_AREA.value if is_in_area else Decision.OUTSIDE.value
    line.decided_because = reason.strip()
    session.flush()
    after = {
        "version": listed.version,
        "line": position,
        "decided": line.decided,
        "reason": reason_hash(line.decided_because),
    }
    record(session, deed, EventKind.HEREDITAMENT_PLACED, reference, before=before, after=after)


def reason_hash(text: str | None) -> str | None:
    """Return the hash by which the record names an officer's reason; None for none."""
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()


def lines_stored(session: AnySession, listed: RatepayerList) -> int:
    """Return how many lines of a list are stored."""
    counted = select(func.count()).select_from(RatepayerLiability).where(RatepayerLiability.list_id == listed.id)
    return session.scalars(counted).one()
