"""The timetable of a referendum: earliest and latest poll, every date that hangs on them, and what is wrong.

The dates come from `referendum.timetable_rows`, the findings from `referendum.timetable_findings`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from referendum.question import Instrument
from referendum.timetable_findings import LimitException, find
from referendum.timetable_rows import Facts, Row, Timetable, dated
from referendum.working_days import england_calendar

__all__ = ["Facts", "LimitException", "Row", "Timetable", "timetable", "timetable_document"]

SCHEMA = "folkmoot.timetable/1"


def timetable(
    *,
    instrument: Instrument = Instrument.NDP,
    decision: date | None = None,
    poll: date | None = None,
    business: bool = False,
    cross_boundary: bool = False,
    proclaimed: Iterable[date] = (),
    known_on: date | None = None,
    other_polls: Iterable[date] = (),
    exception: LimitException | None = None,
) -> Timetable:
    """Return the timetable of a referendum, with everything that is wrong with it.

    Args:
        instrument: plan, order or right to build order.
        decision: the day it was decided that a referendum must be held.
        poll: polling day; either or both dates may be given.
        business: a business referendum is held too (limits 84 and 56 working days).
        cross_boundary: several councils share the referendum (limit 84 working days).
        proclaimed: further days to ignore, such as a day of mourning just appointed.
        known_on: count with the holidays known on that day only; None for all that are recorded.
        other_polls: days of other polls in the area, with which this one may have to be combined.
        exception: why the poll may be later than the limit.

    Raises: TimetableError when neither date is given, the poll is not after the decision, or the calendar ends.
    Source: REF-7, REF-8, REF-9, TIME-1, TIME-3, TIME-4, TIME-9, Neighbourhood Planning (Referendums) Regulations 2012
    reg 2A, reg 4(1A), Sch 3. The limit of 84 days and business periods in working days are unverified.
    """
    facts = Facts(instrument=instrument, decision=decision, poll=poll, business=business, cross_boundary=cross_boundary)
    extra = frozenset(proclaimed)
    calendar = england_calendar(known_on=known_on, proclaimed=extra)
    dates = dated(facts, calendar)
    findings = find(dates, calendar, proclaimed=extra, other_polls=tuple(other_polls), exception=exception)
    return replace(dates, findings=findings)


def timetable_document(timetable: Timetable) -> dict[str, object]:
    """Return the timetable as the published document `folkmoot.timetable/1`; dates ISO 8601, times HH:MM."""
    return {
        "schema": SCHEMA,
        "earliest_poll": _iso(timetable.earliest_poll),
        "latest_poll": _iso(timetable.latest_poll),
        "rows": [_row_document(row) for row in timetable.rows],
        "findings": [finding.document() for finding in timetable.findings],
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _row_document(row: Row) -> dict[str, object]:
    return {
        "event": row.event,
        "date": row.day.isoformat(),
        "time": None if row.clock is None else row.clock.strftime("%H:%M"),
        "rule": row.rule,
        "count": row.count,
        "unit": row.unit,
        "direction": row.direction.value,
        "ignored": [day.isoformat() for day in row.ignored],
    }
