"""A timetable as a line of dates from top to bottom: every date at its place in time, its words beside it, and today.

+  Oct
o----.   5 October 2026          places on the line keep the time between them; labels move
|     `- Decision to hold a vote  so far that none lies over another
+  Nov
=------  Today
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from app.clock import long_day
from app.web.charts.lettering import lines_of
from app.web.charts.spread import spread

ROOM_EM, SET_IN_EM = 13.8, 0.9
LINE_EM, GAP_EM, BASE_EM, MIDDLE_EM = 1.4, 0.7, 1.05, 0.7
_LOOSER = 1.15
_MONTH_ROOM_EM = 2.0
_STEPS_OF_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_A_YEAR, _DAYS_OF_MONTH = 12, 30


class Mark(StrEnum):
    """What stands on the line at a date, the weightiest last; each has a shape of its own."""

    EVENT = "event"
    DEADLINE = "deadline"
    POLL = "poll"


_WEIGHT = {mark: weight for weight, mark in enumerate(Mark)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something on a day, in few words."""

    day: date
    words: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of words: `y_em` is where its letters stand; one that goes on from the line above is set in."""

    y_em: float
    text: str
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One day of the line.

    Attributes:
        at_em: the place of the day on the line.
        middle_em: the middle of the first line of its words, to which a thin line leads.
        lines: its words; the first `dated` of them are the date.
        mark: None on a day that is only today.
        is_today: it is today.
    """

    at_em: float
    middle_em: float
    lines: tuple[Words, ...]
    dated: int
    mark: Mark | None
    is_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DateLine:
    """A line of dates.

    Attributes:
        labels: its days, first to last.
        months: first days of months on the line.
        first_em, last_em: where the line begins and ends.
        today_em: up to where it is behind us.
        is_over: today comes after the last date, so it is not on the line.
        height_em: of the whole.
        marks: the marks used.
        text: what it shows, in words.
    """

    labels: tuple[Label, ...]
    months: tuple[Words, ...]
    first_em: float
    last_em: float
    today_em: float
    is_over: bool
    height_em: float
    marks: tuple[Mark, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    day: date
    dated: tuple[str, ...]
    words: tuple[tuple[str, bool], ...]
    mark: Mark | None
    is_today: bool

    @property
    def height_em(self) -> float:
        return (len(self.dated) + len(self.words)) * LINE_EM + GAP_EM


def date_line(happenings: Iterable[Happening], *, today: date) -> DateLine | None:
    """Return the line of dates; None where nothing happens.

    What happens on one day stands under one date. The line begins today where everything is still to come; today is
    not on it once everything is over.
    """
    known = sorted(happenings, key=lambda each: each.day)
    if not known:
        return None
    days = list(_days(known, today))
    height = round(sum(day.height_em for day in days) * _LOOSER, 2)
    first, span = days[0].day, max((days[-1].day - days[0].day).days, 1)
    length = height - 2 * MIDDLE_EM

    def place(day: date) -> float:
        return round(MIDDLE_EM + length * (day - first).days / span, 2)

    places = [place(each.day) for each in days]
    tops = spread([at - MIDDLE_EM for at in places], [day.height_em for day in days], room=height)
    return DateLine(
        labels=tuple(_label(*each) for each in zip(days, places, tops, strict=True)),
        months=tuple(Words(y_em=place(day), text=words) for day, words in _months(first, days[-1].day, length)),
        first_em=places[0],
        last_em=places[-1],
        today_em=place(min(today, days[-1].day)),
        is_over=today > days[-1].day,
        height_em=height,
        marks=tuple(mark for mark in Mark if any(day.mark is mark for day in days)),
        text=_text(known, today),
    )


def _days(known: Sequence[Happening], today: date) -> Iterator[_Day]:
    by_day = {day: list(each) for day, each in groupby(known, key=lambda one: one.day)}
    shown = {*by_day, today} if today <= max(by_day) else set(by_day)
    for day in sorted(shown):
        happening = by_day.get(day, [])
        yield _Day(
            day=day,
            dated=("Today", long_day(day)) if day == today else (long_day(day),),
            words=tuple(line for each in happening for line in _words(each)),
            mark=max((each.mark for each in happening), key=_WEIGHT.__getitem__, default=None),
            is_today=day == today,
        )


def _words(happening: Happening) -> Iterator[tuple[str, bool]]:
    for at, line in enumerate(lines_of(happening.words, ROOM_EM, set_in_em=SET_IN_EM)):
        yield line, at > 0


def _label(day: _Day, at_em: float, top_em: float) -> Label:
    return Label(
        at_em=at_em,
        middle_em=round(top_em + MIDDLE_EM, 2),
        lines=tuple(
            Words(y_em=round(top_em + at * LINE_EM + BASE_EM, 2), text=text, goes_on=goes_on)
            for at, (text, goes_on) in enumerate((*((line, False) for line in day.dated), *day.words))
        ),
        dated=len(day.dated),
        mark=day.mark,
        is_today=day.is_today,
    )


def _months(first: date, last: date, length_em: float) -> Iterator[tuple[date, str]]:
    """First days of months along the line, so many months apart that their names have room."""
    step = next((each for each in _STEPS_OF_MONTHS if _apart_em(each, first, last, length_em) >= _MONTH_ROOM_EM), 0)
    month = first.year * 12 + first.month  # months since the year nought, counted from the one after the first date
    while step:
        month += -month % step
        day = date(month // 12, month % 12 + 1, 1)
        if day > last:
            return
        yield day, f"{day:%b}" if step < _A_YEAR else f"{day.year}"
        month += 1


def _apart_em(months: int, first: date, last: date, length_em: float) -> float:
    return length_em * months * _DAYS_OF_MONTH / max((last - first).days, 1)


def _text(known: Sequence[Happening], today: date) -> str:
    """The line in words: where it begins and ends, the poll, and what comes next."""
    said = [
        f"A line of dates from {long_day(known[0].day)} to {long_day(known[-1].day)}.",
        f"Today is {long_day(today)}.",
    ]
    poll = next((each.day for each in known if each.mark is Mark.POLL), None)
    if poll is not None:
        said.append(f"Polling day is {long_day(poll)}.")
    coming = next((each for each in known if each.day >= today), None)
    said.append("All of it is over." if coming is None else f"Next: {coming.words}, {long_day(coming.day)}.")
    return " ".join([*said, "Every date is in the table."])
