"""What is wrong with a timetable, or needs care: one finding for each, with its rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referendum.findings import Finding, Severity
from referendum.law import figure, is_in_force
from referendum.timetable_rows import Timetable, dated
from referendum.working_days import Calendar, england_calendar, months_after


class LimitException(StrEnum):
    """Why a poll may be held after the limit: agreement, court proceedings, or combination with another poll."""

    AGREED_DATE = "agreed-date"
    PROCEEDINGS = "proceedings"
    COMBINED_POLL = "combined-poll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A date of a timetable that moves when the ignored days change."""

    key: str
    event: str
    from_date: date
    to_date: date


def moves(before: Timetable, after: Timetable) -> tuple[Move, ...]:
    """Return the dates that differ between two timetables of the same facts, in the order of the second.

    Source: TIME-9, T-12: a late proclamation moves the limit later and the count back from the poll earlier.
    """
    was = {row.key: row.day for row in before.rows}
    return tuple(
        Move(key=row.key, event=row.event, from_date=was[row.key], to_date=row.day)
        for row in after.rows
        if row.key in was and was[row.key] != row.day
    )


def find(
    dates: Timetable,
    calendar: Calendar,
    *,
    proclaimed: frozenset[date],
    other_polls: tuple[date, ...],
    exception: LimitException | None,
) -> tuple[Finding, ...]:
    """Return every finding on a timetable: errors first, then warnings, then notices.

    Source: REF-7, REF-8, REF-9, REF-17, REF-22, TIME-1, TIME-9, T-12.
    """
    found = [
        *_polling_day(dates, calendar),
        *_after_limit(dates, exception),
        *_too_soon(dates),
        *_late_proclamation(dates, calendar, proclaimed),
        *_other_polls(dates, other_polls),
        *_unverified(dates),
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _finding(code: str, severity: Severity, rule: str, message: str) -> Finding:
    return Finding(code=code, severity=severity, rule=rule, message=message)


def _polling_day(dates: Timetable, calendar: Calendar) -> Iterator[Finding]:
    poll = dates.facts.poll
    reason = None if poll is None else calendar.reason(poll)
    if poll is not None and reason is not None:
        because = "" if reason == f"{poll:%A}" else f" ({reason})"
        message = f"{_day(poll)}{because} cannot be polling day; choose a working day."
        yield _finding("poll-not-on-a-working-day", Severity.ERROR, "REF-17", message)


def _after_limit(dates: Timetable, exception: LimitException | None) -> Iterator[Finding]:
    poll, latest = dates.facts.poll, dates.latest_poll
    if poll is None or latest is None or poll <= latest:
        return
    limit = next(row for row in dates.rows if row.key == "latest-poll")
    text = f"The poll on {_day(poll)} is after {_day(latest)}, the {limit.count}th working day after the decision"
    if exception is None or (exception is LimitException.COMBINED_POLL and poll > _combination_until(dates, latest)):
        message = f"{text}; choose an earlier day, or record why the limit does not apply."
        yield _finding("poll-after-limit", Severity.ERROR, "REF-7", message)
        return
    reasons = {
        LimitException.AGREED_DATE: "the authority and the qualifying body agreed on it",
        LimitException.PROCEEDINGS: "the decision is before the court",
        LimitException.COMBINED_POLL: "it is combined with another poll",
    }
    message = f"{text}; it is lawful only because {reasons[exception]}: keep the evidence."
    yield _finding("poll-after-limit-by-exception", Severity.WARNING, "REF-8", message)


def _combination_until(dates: Timetable, latest: date) -> date:
    return months_after(latest, figure("REF-8", "combination", on=dates.facts.law_on).whole)


def _too_soon(dates: Timetable) -> Iterator[Finding]:
    facts, earliest = dates.facts, dates.earliest_poll
    if facts.poll is None or facts.decision is None or earliest is None or facts.poll >= earliest:
        return
    due = next(row.day for row in dates.rows if row.key == "information-statement")
    message = (
        f"The poll on {_day(facts.poll)} leaves too little time: the information statement was due by {_day(due)}, "
        f"before the decision on {_day(facts.decision)}; choose {_day(earliest)} or later."
    )
    yield _finding("too-little-time-for-information-statement", Severity.ERROR, "REF-9", message)


def _late_proclamation(dates: Timetable, calendar: Calendar, proclaimed: frozenset[date]) -> Iterator[Finding]:
    fixed_on = dates.facts.decision or next(row.day for row in dates.rows if row.key == "information-statement")
    known_then = fixed_on if calendar.known_on is None else min(fixed_on, calendar.known_on)
    before = england_calendar(known_on=known_then)
    if before.holidays == calendar.holidays:
        return
    moved = moves(dated(dates.facts, before), dates)
    if moved:
        told = {(move.from_date, move.to_date): move for move in reversed(moved)}.values()
        listed = "; ".join(f"{_plain(m.event)}, from {_day(m.from_date)} to {_day(m.to_date)}" for m in reversed(told))
        message = f"Days proclaimed after {_day(fixed_on)} move dates: {listed}. Check what was already published."
        yield _finding("late-proclamation", Severity.WARNING, "TIME-9", message)
    elif proclaimed:
        message = "The proclaimed days given do not move any date of this timetable."
        yield _finding("proclamation-without-effect", Severity.NOTICE, "TIME-9", message)


def _plain(event: str) -> str:
    return event[0].lower() + event[1:]


def _other_polls(dates: Timetable, other_polls: tuple[date, ...]) -> Iterator[Finding]:
    poll, earliest, latest = dates.facts.poll, dates.earliest_poll, dates.latest_poll
    for other in sorted(set(other_polls)):
        if other == poll:
            message = (
                f"Another poll is held on {_day(other)}: combined rules apply, and the ballot papers of each poll "
                "need a colour of their own."
            )
            yield _finding("combined-poll", Severity.WARNING, "REF-22", message)
        elif earliest is not None and latest is not None and earliest <= other <= latest:
            message = f"Another poll on {_day(other)} falls inside the window; consider holding both on that day."
            yield _finding("poll-inside-window", Severity.WARNING, "REF-22", message)
        elif latest is not None and latest < other <= _combination_until(dates, latest):
            message = (
                f"Another poll on {_day(other)} is due within three months of the limit; if both are to be combined, "
                "the limit does not apply."
            )
            yield _finding("poll-soon-after-limit", Severity.WARNING, "REF-8", message)


def _unverified(dates: Timetable) -> Iterator[Finding]:
    facts = dates.facts
    if facts.decision is not None and not is_in_force("REF-7", on=facts.law_on):
        message = "There was no limit on the date of a poll before 1 October 2016."
        yield _finding("no-limit-yet", Severity.NOTICE, "REF-7", message)
    elif facts.decision is not None and (facts.business or facts.cross_boundary):
        message = "The limit of 84 working days is unverified; check regulation 2A before relying on it."
        yield _finding("unverified-limit", Severity.NOTICE, "REF-7", message)
    if facts.poll is not None and facts.business:
        message = "That business registration periods are counted in working days is unverified; check Schedule 6."
        yield _finding("unverified-business-periods", Severity.NOTICE, "BUS-5", message)
