"""The dates of a referendum's timetable, on one calendar: what `referendum.timetable` is made of.

Working days skip weekends and England's ignored days; calendar weeks skip nothing. Times of day are clock time in
England, Europe/London (TIME-10).
"""

from dataclasses import dataclass
from datetime import date, time

from referendum.errors import TimetableError
from referendum.findings import Finding
from referendum.law import Figure, Unit, figure, is_in_force
from referendum.question import Instrument
from referendum.timetable_events import EVENTS, Direction, Event, Poll, Trigger
from referendum.working_days import Calendar, Count, weeks_after, working_days_after, working_days_before

END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a timetable is computed from.

    Attributes:
        instrument: plan, order or right to build order; all count alike, the words differ.
        decision: the day it was decided that a referendum must be held; None if not known.
        poll: polling day; None if not chosen.
        business: a business referendum is held too.
        cross_boundary: the referendum area reaches into more than one council that runs polls.
    """

    instrument: Instrument
    decision: date | None
    poll: date | None
    business: bool
    cross_boundary: bool

    @property
    def law_on(self) -> date:
        """The day whose law applies: polling day, or before it is chosen the day of the decision."""
        return self.poll or self.decision or date.max

    def holds(self, polls: Poll) -> bool:
        """Say whether a row for those referendums stands in this timetable."""
        longer = self.business or self.cross_boundary
        return {
            Poll.EVERY: True,
            Poll.RESIDENTIAL_ONLY: not self.business,
            Poll.WITH_BUSINESS: self.business,
            Poll.ORDINARY_LIMIT: not longer,
            Poll.LONGER_LIMIT: longer,
        }[polls]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One dated row.

    Attributes:
        key: stable name of the event, for machines.
        event: the event in plain words.
        day: the day; for a deadline the last lawful day.
        clock: clock time in Europe/London, or None.
        rule: rule id.
        count: how many units were counted; 0 on the day itself.
        unit: "working days", "calendar weeks" or "days".
        direction: before, after or on the day counted from.
        start: the day counted from.
        ignored: the days passed over.
    """

    key: str
    event: str
    day: date
    clock: time | None
    rule: str
    count: int
    unit: str
    direction: Direction
    start: date
    ignored: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """A whole timetable, in order of date and time.

    Attributes:
        facts: what it was computed from.
        earliest_poll: first lawful polling day if the information statement is published on the day of the decision.
        latest_poll: last lawful polling day. Both None without a decision; the latest also before 1 October 2016.
        rows: the dates.
        findings: what is wrong or needs care.
    """

    facts: Facts
    earliest_poll: date | None
    latest_poll: date | None
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()

    def row(self, key: str) -> Row | None:
        """Return the row of that key, or None where this timetable has none."""
        return next((row for row in self.rows if row.key == key), None)


def dated(facts: Facts, calendar: Calendar) -> Timetable:
    """Return the timetable of the facts on one calendar, without findings.

    Raises: TimetableError when no date is given, the poll is not after the decision, or a date is beyond the calendar.
    Source: REF-7, REF-9, REF-10, REF-13, REF-14, REF-15, REF-16, REF-19, REF-21, ELEC-11, ELEC-12, ELEC-13, ELEC-14,
    ELEC-15, BUS-5, BUS-6, BUS-7, POLL-7, POLL-9, RESULT-3, RESULT-11, TIME-1, TIME-2, TIME-3, TIME-4, TIME-7, TIME-8,
    TIME-10, T-9, T-11. Business periods in working days are unverified.
    """
    _check_order(facts)
    _check_reach(facts, calendar)
    rows = [row for event in EVENTS if (row := _row(event, facts, calendar)) is not None]
    earliest = None if facts.decision is None else _earliest_poll(facts, facts.decision, calendar)
    latest = next((row.day for row in rows if row.key == "latest-poll"), None)
    rows += [row for row in (earliest, _last_chance(facts, latest, calendar)) if row is not None]
    rows.sort(key=lambda row: (row.day, row.clock or time.min))
    return Timetable(
        facts=facts,
        earliest_poll=None if earliest is None else earliest.day,
        latest_poll=latest,
        rows=tuple(rows),
        findings=(),
    )


def _check_order(facts: Facts) -> None:
    if facts.decision is None and facts.poll is None:
        raise TimetableError("Give the date of the decision, the date of the poll, or both.")
    if facts.decision is not None and facts.poll is not None and facts.poll <= facts.decision:
        raise TimetableError(
            f"The poll on {facts.poll:%-d %B %Y} is not after the decision on {facts.decision:%-d %B %Y}; "
            "check the two dates."
        )


def _check_reach(facts: Facts, calendar: Calendar) -> None:
    for day in (facts.decision, facts.poll):
        if day is not None:
            calendar.reason(day)


def _row(event: Event, facts: Facts, calendar: Calendar) -> Row | None:
    start = facts.decision if event.trigger is Trigger.DECISION else facts.poll
    if start is None or not facts.holds(event.polls) or not is_in_force(event.rule, on=facts.law_on):
        return None
    clock = END_OF_DAY if event.midnight else None
    if event.hour:
        clock = time(figure(event.rule, event.hour, on=facts.law_on).whole)
    if event.direction is Direction.ON:
        same_day = Count(start=start, end=start, counted=0, ignored=())
        return _as_row(event, facts, same_day, number=same_day.counted, unit="days", clock=clock)
    period = figure(event.figure_rule or event.rule, event.figure, on=facts.law_on)
    count = _counted(period, event.direction, start, calendar)
    return _as_row(event, facts, count, number=period.whole, unit=period.unit, clock=clock)


def _counted(period: Figure, direction: Direction, start: date, calendar: Calendar) -> Count:
    if period.unit is Unit.WEEKS:
        return weeks_after(start, period.whole)
    count = working_days_before if direction is Direction.BEFORE else working_days_after
    return count(calendar, start, period.whole)


def _as_row(event: Event, facts: Facts, count: Count, *, number: int, unit: str, clock: time | None = None) -> Row:
    return Row(
        key=event.key,
        event=event.text.format(instrument="plan" if facts.instrument is Instrument.NDP else "order"),
        day=count.end,
        clock=clock,
        rule=event.rule,
        count=number,
        unit=str(unit),
        direction=event.direction,
        start=count.start,
        ignored=count.ignored,
    )


def _statement(facts: Facts) -> Figure:
    name = "information-statement-business" if facts.business else "information-statement"
    return figure("REF-9", name, on=facts.law_on)


def _earliest_poll(facts: Facts, decision: date, calendar: Calendar) -> Row:
    """The first poll that leaves the statement its days, the day of the decision counting as the first if it counts."""
    notice = _statement(facts)
    further = 0 if calendar.is_working_day(decision) else 1
    event = Event(
        key="earliest-poll",
        text="First day for the poll, if the information statement is published on the day of the decision",
        rule="REF-9",
        trigger=Trigger.DECISION,
        direction=Direction.AFTER,
    )
    count = working_days_after(calendar, decision, notice.whole + further)
    return _as_row(event, facts, count, number=count.counted, unit=notice.unit)


def _last_chance(facts: Facts, latest: date | None, calendar: Calendar) -> Row | None:
    """The day after which no lawful poll can be announced any more (REF-7: an alert with 28 days left)."""
    if latest is None:
        return None
    notice = _statement(facts)
    event = Event(
        key="last-chance",
        text="Last day to publish an information statement for a poll within the limit",
        rule="REF-7",
        trigger=Trigger.DECISION,
        direction=Direction.BEFORE,
    )
    count = working_days_before(calendar, latest, notice.whole)
    return _as_row(event, facts, count, number=notice.whole, unit=notice.unit)
