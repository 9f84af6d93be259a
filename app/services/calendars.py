"""A referendum's timetable for people's own calendars."""

from datetime import datetime

from sqlalchemy import select

from app.audit import EventKind
from app.calendar_file import timetable_calendar
from app.clock import LONDON
from app.db import ReadSession
from app.errors import ConflictError
from app.models import AuditEvent
from app.queries.referendums import referendum_with_everything
from referendum.question import INSTRUMENT_NAMES, Instrument
from referendum.timetable import timetable


def referendum_calendar(session: ReadSession, reference: str) -> bytes:
    """Return the timetable of a referendum as an iCalendar file, counted with what was known when it was arranged.

    Raises:
        NotFoundError: there is no such referendum.
        ConflictError: the record does not say when it was arranged.

    Source: TIME-9, TIME-10.
    """
    referendum = referendum_with_everything(session, reference)
    arranged = arranged_at(session, reference)
    instrument = Instrument(referendum.plan.instrument)
    dates = timetable(
        instrument=instrument,
        decision=referendum.decision_on,
        poll=referendum.poll_date,
        business=referendum.has_business_poll,
        cross_boundary=referendum.is_cross_boundary,
        known_on=arranged.astimezone(LONDON).date(),
    )
    name = f"Referendum on the {INSTRUMENT_NAMES[instrument]} for {referendum.plan.area.name}"
    return timetable_calendar(dates, name=name, reference=reference, stamp=arranged)


def arranged_at(session: ReadSession, reference: str) -> datetime:
    """Return when a referendum was arranged, as the record has it.

    Raises:
        ConflictError: the record does not say.
    """
    is_arranged = AuditEvent.kind == EventKind.REFERENDUM_ARRANGED.value
    at = session.scalars(select(AuditEvent.at).where(AuditEvent.subject == reference, is_arranged)).one_or_none()
    if at is None:
        raise ConflictError(
            f"The record does not say when {reference} was arranged: its dates and papers cannot be made until it does."
        )
    return at
