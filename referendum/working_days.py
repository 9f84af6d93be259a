"""Counting days: which days a referendum period skips, what was known of them on a given day, and how periods end.

Referendum periods count working days (TIME-1, TIME-3, TIME-4); the General Regulations count calendar weeks, which skip
nothing (TIME-2, TIME-5 to TIME-8). Never mix the two (T-9).
"""

import json
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from referendum.errors import TimetableError

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
LEAP_DAY = (2, 29)
WEEKEND = MappingProxyType({SATURDAY: "Saturday", SUNDAY: "Sunday"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count of days, with its working.

    Attributes:
        start: the day counted from, which is never counted itself.
        end: the last day counted.
        counted: how many days were counted.
        ignored: the days passed over on the way, in order of date.
    """

    start: date
    end: date
    counted: int
    ignored: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The days that referendum periods ignore in England, as they were known on some day.

    Attributes:
        holidays: each ignored day that is not a weekend, or is so besides, with its name.
        first_year, last_year: the years it covers; a day outside them cannot be counted.
        known_on: the day whose knowledge this is; None for everything now recorded.
    """

    holidays: MappingProxyType[date, str]
    first_year: int
    last_year: int
    known_on: date | None = None

    def reason(self, day: date) -> str | None:
        """Say why a day is ignored ("Saturday", "Christmas Eve"), or None where it counts.

        Raises: TimetableError outside the years of the calendar.
        Source: TIME-1, Neighbourhood Planning (Referendums) Regulations 2012 reg 2A, reg 4, Sch 3 r 4.
        """
        if not self.first_year <= day.year <= self.last_year:
            raise TimetableError(
                f"{day:%-d %B %Y} lies outside the calendar of bank holidays, which covers {self.first_year} to "
                f"{self.last_year}; choose a date within it or update the calendar."
            )
        return self.holidays.get(day) or WEEKEND.get(day.weekday())

    def is_working_day(self, day: date) -> bool:
        """Say whether a day counts (TimetableError outside the years of the calendar). Source: TIME-1."""
        return self.reason(day) is None


def england_calendar(*, known_on: date | None = None, proclaimed: Iterable[date] = ()) -> Calendar:
    """Return England's ignored days.

    Args:
        known_on: leave out what was announced after this day; None for everything recorded.
        proclaimed: further days of public thanksgiving or mourning, or bank holidays, to ignore.

    Reading: Christmas Eve, Christmas Day and Good Friday are ignored by name, though Christmas Eve is no bank holiday
    and Good Friday is none under the Act of 1971 (T-10). Days on which late changes became known are unverified.
    Source: TIME-1, TIME-9, Neighbourhood Planning (Referendums) Regulations 2012 reg 2A, reg 4, Sch 3 r 4.
    """
    first_year, last_year, recorded = _recorded()
    known = dict(recorded)
    for change in _late_changes():
        if known_on is not None and known_on < change.known_from:
            _undo(known, change)
    known = dict.fromkeys(proclaimed, "Proclaimed day") | known
    return Calendar(holidays=MappingProxyType(known), first_year=first_year, last_year=last_year, known_on=known_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChange:
    """A day that came to be ignored, or ceased to be, from the day its change became known."""

    day: date
    name: str
    ignored: bool
    known_from: date


def _undo(known: dict[date, str], change: LateChange) -> None:
    if change.ignored:
        known.pop(change.day, None)
    else:
        known[change.day] = change.name


@cache
def _recorded() -> tuple[int, int, MappingProxyType[date, str]]:
    content = json.loads(files("referendum.data").joinpath("england_bank_holidays.json").read_text("utf-8"))
    years = range(content["first_year"], content["last_year"] + 1)
    named = {date.fromisoformat(row["date"]): row["name"] for row in content["bank_holidays"]}
    for year in years:
        named |= {date(year, 12, 24): "Christmas Eve", date(year, 12, 25): "Christmas Day"}
    return years[0], years[-1], MappingProxyType(named)


@cache
def _late_changes() -> tuple[LateChange, ...]:
    content = json.loads(files("referendum.data").joinpath("late_changes.json").read_text("utf-8"))
    return tuple(
        LateChange(
            day=date.fromisoformat(row["date"]),
            name=row["name"],
            ignored=row["ignored"],
            known_from=date.fromisoformat(row["known_from"]),
        )
        for row in content["changes"]
    )


def _steps(start: date, step: timedelta) -> Iterator[date]:
    while True:
        start += step
        yield start


def _count(calendar: Calendar, start: date, number: int, step: timedelta) -> Count:
    ignored, counted = [], 0
    for day in _steps(start, step):
        if not calendar.is_working_day(day):
            ignored.append(day)
            continue
        counted += 1
        if counted == number:
            break
    return Count(start=start, end=day, counted=number, ignored=tuple(sorted(ignored)))


def working_days_before(calendar: Calendar, day: date, number: int) -> Count:
    """Count back to the nth working day before a day: the last day for what must be done "not later than" it.

    The day itself is never counted (T-11). Raises: TimetableError beyond the calendar; ValueError for fewer than one.
    Source: TIME-3, Neighbourhood Planning (Referendums) Regulations 2012 Sch 3 r 4.
    """
    _at_least_one(number)
    return _count(calendar, day, number, -ONE_DAY)


def working_days_after(calendar: Calendar, day: date, number: int) -> Count:
    """Count on to the nth working day of a period that begins with the day after a day: the last day of the period.

    Raises: TimetableError beyond the calendar; ValueError for fewer than one.
    Source: TIME-4, Neighbourhood Planning (Referendums) Regulations 2012 reg 2A.
    """
    _at_least_one(number)
    return _count(calendar, day, number, ONE_DAY)


def weeks_after(day: date, weeks: int) -> Count:
    """Count calendar weeks that begin with the day after a day: the last day is that many weeks after it.

    It serves TIME-5 (six weeks from first publicity), TIME-7 (five or eight weeks beginning with the day after) and
    TIME-8 (six weeks to go to court, ending at the end of the last day). Nothing is ignored. Raises: ValueError for
    fewer than one week.
    Source: TIME-2, TIME-5, TIME-7, TIME-8, T-9, Neighbourhood Planning (General) Regulations 2012; Town and Country
    Planning Act 1990 s 61N.
    """
    _at_least_one(weeks)
    return Count(start=day, end=day + timedelta(weeks=weeks), counted=weeks * 7, ignored=())


def weeks_after_next_day(day: date, weeks: int) -> Count:
    """Count calendar weeks from the day immediately following a day: the last is that many weeks after the next day.

    Reading: arguable by one day, so the day before it is shown as the prudent one.
    Source: TIME-6, Neighbourhood Planning (General) Regulations 2012 reg 6A, 9A.
    """
    return weeks_after(day + ONE_DAY, weeks)


def months_after(day: date, months: int) -> date:
    """Return the same day of the month some months later, or the last day of a month too short to have it.

    Source: REF-8, Neighbourhood Planning (Referendums) Regulations 2012 reg 2A(3); unverified.
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return first + timedelta(days=min(day.day, monthrange(first.year, first.month)[1]) - 1)


def years_after(day: date, years: int) -> date:
    """Return the anniversary of a day some years later, that of 29 February falling on 1 March in a common year.

    Years that begin with a day end on the day before this anniversary.
    Source: FORUM-8, STEP-4, RESULT-9.
    """
    if (day.month, day.day) == LEAP_DAY and not isleap(day.year + years):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)


def _at_least_one(number: int) -> None:
    if number < 1:
        raise ValueError(f"a period has at least one day or week, not {number}")
