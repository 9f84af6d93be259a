"""What follows from a result: must, may or must not be made; when it counts; until when it can be challenged."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from referendum.law import figure
from referendum.question import Instrument


class Decision(StrEnum):
    """What the local planning authority must, may or must not do with the plan or order."""

    MUST_MAKE = "must-make"
    MAY_MAKE = "may-make"
    MUST_NOT_MAKE = "must-not-make"


class GroundForNotMaking(StrEnum):
    """The only grounds on which a plan or order that was voted for is not made, or not yet.

    The last is open only where residents and businesses answered differently, for then the authority may choose.

    Source: RESULT-4, RESULT-7, Town and Country Planning Act 1990 s 61E(8), Planning and Compulsory Purchase Act 2004
    s 38A(6).
    """

    BREACH_OF_OBLIGATIONS = "breach-of-obligations"
    BREACH_OF_CONVENTION_RIGHTS = "breach-of-convention-rights"
    PROCEEDINGS_PENDING = "proceedings-pending"
    POLLS_DIVIDED = "polls-divided"


def grounds_open(*, is_divided: bool) -> tuple[GroundForNotMaking, ...]:
    """Return the grounds on which a plan or order may be left unmade, given whether the two polls were split.

    Source: RESULT-4, RESULT-7.
    """
    if is_divided:
        return tuple(GroundForNotMaking)
    return tuple(ground for ground in GroundForNotMaking if ground is not GroundForNotMaking.POLLS_DIVIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the polls taken together mean.

    Attributes:
        in_development_plan_from: day from which a plan is part of the development plan; None where it is not.
        make_by: last day for making, where the authority must make; None where it need not.
        repeat_window_until: last day on which a similar proposal may be declined as a repeat; None where not rejected.
    """

    decision: Decision
    in_development_plan_from: date | None
    make_by: date | None
    repeat_window_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeWindow:
    """The days on which a claim for judicial review can be filed, both included; not final before it closes.

    Source: RESULT-11, TIME-8, Town and Country Planning Act 1990 s 61N.
    """

    opens: date
    closes: date


def decide(*, residential_in_favour: bool, business_in_favour: bool | None) -> Decision:
    """Decide what follows from the polls held.

    Args: business_in_favour: None where no business poll was held.

    Returns: both (or the only one) in favour: must; exactly one of two: may; none: must not. A tie is not in favour.

    Source: RESULT-1, RESULT-7, RESULT-9, Planning and Compulsory Purchase Act 2004 s 38A(4)-(5); trap T-33.
    """
    answers = {residential_in_favour} if business_in_favour is None else {residential_in_favour, business_in_favour}
    if answers == {True}:
        return Decision.MUST_MAKE
    return Decision.MUST_NOT_MAKE if answers == {False} else Decision.MAY_MAKE


@lru_cache(maxsize=1024)
def outcome_of(instrument: Instrument, poll_date: date, decision: Decision) -> Outcome:
    """Say what a decision brings with it, and by when.

    A plan that must be made is part of the development plan from the declaration on the poll date; an order grants
    nothing until it is made; a split result gives no status by itself.

    Source: RESULT-3, RESULT-5, RESULT-6, RESULT-8, RESULT-9, Planning and Compulsory Purchase Act 2004 s 38(3A);
    trap T-34.
    """
    must = decision is Decision.MUST_MAKE
    return Outcome(
        decision=decision,
        in_development_plan_from=poll_date if must and instrument is Instrument.NDP else None,
        make_by=last_day_to_make(poll_date) if must else None,
        repeat_window_until=last_day_of_repeat_window(poll_date) if decision is Decision.MUST_NOT_MAKE else None,
    )


def last_day_to_make(last_poll: date) -> date:
    """Return the last day of the eight calendar weeks beginning with the day after the (last) poll.

    Source: RESULT-3, TIME-2, TIME-7, Neighbourhood Planning (General) Regulations 2012 reg 18A, 25A; trap T-9.
    """
    return last_poll + timedelta(days=_calendar_days("RESULT-3", "making", last_poll))


def last_day_of_repeat_window(failed: date) -> date:
    """Return the last day of receipt on which a failed proposal's repeat may be declined.

    Reading: the two years end with the day of receipt, so they still hold the failure on the day before its second
    anniversary, and no longer on the anniversary itself.

    Source: RESULT-9, STEP-4, Town and Country Planning Act 1990 Schedule 4B para 5.
    """
    return _anniversary(failed, figure("RESULT-9", "repeat-window", on=failed).whole) - timedelta(days=1)


def challenge_window(published: date) -> ChallengeWindow:
    """Return the six weeks beginning with the day after publication of a decision or declaration.

    A claim must be filed before the end of the last day; if the court office is closed that day, take advice.

    Source: RESULT-11, TIME-8, Town and Country Planning Act 1990 s 61N.
    """
    return ChallengeWindow(
        opens=published + timedelta(days=1),
        closes=published + timedelta(days=_calendar_days("RESULT-11", "challenge", published)),
    )


@lru_cache(maxsize=1024)
def _calendar_days(rule: str, name: str, on: date) -> int:
    return figure(rule, name, on=on).days


def _anniversary(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 3, 1)
    return day.replace(year=day.year + years)
