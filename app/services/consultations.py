"""Consultations: opened by whoever the regulations say, long enough, and found again by subject and kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotFoundError
from app.models import ConsultationHeld
from app.scope import refuse_other_organisation
from referendum.consultations import Consultation, refuse_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A consultation as it is publicised.

    Attributes:
        subject: reference of the area, forum, plan or order.
        kind: which of the four.
        title: what people are asked about, in words.
        opens_on: the day it is first publicised.
        closes_on: the last day for comments.
        held_by: codes of the organisations that hold it.
        where_to_inspect: where and when the proposal can be read.
    """

    subject: str
    kind: Consultation
    title: str
    opens_on: date
    closes_on: date
    held_by: Sequence[str]
    where_to_inspect: str = ""


def open_consultation(session: WriteSession, deed: Deed, opening: Opening) -> ConsultationHeld:
    """Open a consultation that is one's own to hold.

    Raises:
        NotAllowedError: it is another organisation's to hold.
        StageError, InvalidRequestError: as for beginning one.

    Source: AREA-11, AREA-12, FORUM-12, STEP-1, STEP-5.
    """
    if opening.held_by:
        refuse_other_organisation(deed, set(opening.held_by), f"The consultation on {opening.subject}")
    return begin_consultation(session, deed, opening)


def begin_consultation(session: WriteSession, deed: Deed, opening: Opening) -> ConsultationHeld:
    """Begin a consultation that follows from a step already allowed; a second of its kind is the next round.

    Raises:
        StageError: it would close too soon.
        InvalidRequestError: nobody holds it.

    Source: AREA-11, AREA-12, FORUM-12, STEP-1, STEP-5.
    """
    if not opening.held_by:
        raise InvalidRequestError(f"Nobody holds this consultation on {opening.subject}: say which council does.")
    refuse_dates(opening.kind, opening.opens_on, opening.closes_on)
    rounds = select(func.count()).where(
        ConsultationHeld.subject == opening.subject, ConsultationHeld.kind == opening.kind.value
    )
    held = ConsultationHeld(
        subject=opening.subject,
        kind=opening.kind.value,
        number=(session.scalar(rounds) or 0) + 1,
        title=opening.title,
        opens_on=opening.opens_on,
        closes_on=opening.closes_on,
        where_to_inspect=opening.where_to_inspect.strip(),
        held_by=sorted(opening.held_by),
        recorded_at=deed.at,
    )
    session.add(held)
    session.flush()
    record(session, deed, EventKind.CONSULTATION_OPENED, held.subject, after=consultation_facts(held))
    return held


def consultation_facts(held: ConsultationHeld) -> dict[str, object]:
    """Return a consultation as the record tells it."""
    return {
        "consultation": held.kind,
        "number": held.number,
        "opens_on": held.opens_on.isoformat(),
        "closes_on": held.closes_on.isoformat(),
        "held_by": held.held_by,
        "where_to_inspect": held.where_to_inspect,
    }


def address_of(held: ConsultationHeld) -> str:
    """Return the last part of a consultation's address: its kind, and for a later round its number."""
    return held.kind if held.number == 1 else f"{held.kind}-{held.number}"


def consultation_of(session: ReadSession | WriteSession, subject: str, address: str) -> ConsultationHeld:
    """Return a consultation by its subject and the last part of its address.

    Raises:
        NotFoundError: there is none.
    """
    kind, _, number = address.rpartition("-") if address[-1:].isdecimal() else (address, "", "1")
    found = session.scalars(
        select(ConsultationHeld).where(
            ConsultationHeld.subject == subject,
            ConsultationHeld.kind == kind,
            ConsultationHeld.number == int(number[:9]),
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no consultation {address[:40]} on {subject}: check the address.")
    return found
