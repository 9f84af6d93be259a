"""Terms in years, months and dates of the year: a forum's designation, repeat windows, publicity, levy payments."""

from dataclasses import dataclass
from datetime import date

from referendum.law import figure
from referendum.working_days import ONE_DAY, months_after, years_after

REMINDERS_MONTHS = (12, 6, 3)
"""How long before a forum's designation ends its secretary is reminded: our advice, not law (FORUM-8)."""

APRIL, OCTOBER = 4, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumTerm:
    """How long a forum's designation lasts.

    Attributes:
        designated: the day it was made, its first day.
        last_day: its last effective day, the day before the fifth anniversary.
        reminders: days on which to remind the forum, earliest first.
    """

    designated: date
    last_day: date
    reminders: tuple[date, ...]

    def holds(self, day: date) -> bool:
        """Say whether the designation is in effect on a day."""
        return self.designated <= day <= self.last_day


def forum_term(designated: date) -> ForumTerm:
    """Return how long a forum designated on a day stays designated, unless it is withdrawn.

    Reading: the day it is made is the first of the five years; the exact wording is unverified.
    Source: FORUM-8, T-8, Town and Country Planning Act 1990 s 61F(8).
    """
    anniversary = years_after(designated, figure("FORUM-8", "designation", on=designated).whole)
    return ForumTerm(
        designated=designated,
        last_day=anniversary - ONE_DAY,
        reminders=tuple(months_after(anniversary, -months) for months in REMINDERS_MONTHS),
    )


def may_decline_as_repeat(*, failed: date, received: date) -> bool:
    """Say whether a proposal received on a day falls in the two years after a similar one was refused or voted down.

    Reading: the two years end with the day of receipt, so on the second anniversary of the failure it is too late.
    Source: STEP-4, MOD-8, RESULT-9, Town and Country Planning Act 1990 Sch 4B para 5.
    """
    window = figure("STEP-4", "repeat-window", on=received).whole
    return failed <= received < years_after(failed, window)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityPeriod:
    """The days on which a council's publicity about a referendum is limited, both ends included."""

    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        """Say whether publicity is limited on a day."""
        return self.first_day <= day <= self.last_day


def publicity_period(*, statement_published: date, poll: date) -> PublicityPeriod:
    """Return the days from publication of the information statement to the poll, on which councils keep silent.

    Exempt are the prescribed documents, notices, results and facts given to the press. Parish councils are outside it.
    Raises: ValueError if the statement is published after the poll.
    Source: REF-21, T-38, Neighbourhood Planning (Referendums) Regulations 2012 reg 5.
    """
    if statement_published > poll:
        raise ValueError(f"the statement of {statement_published} is later than the poll of {poll}")
    return PublicityPeriod(first_day=statement_published, last_day=poll)


def levy_payment_day(received: date) -> date:
    """Return the day by which the neighbourhood share of levy received on a day is paid to the parish.

    Receipts from April to September are paid by 28 October, those from October to March by 28 April.
    Source: AFTER-11, Community Infrastructure Levy Regulations 2010 reg 59D.
    """
    if APRIL <= received.month < OCTOBER:
        day = figure("AFTER-11", "april-to-september-paid-by-october", on=received).whole
        return date(received.year, OCTOBER, day)
    day = figure("AFTER-11", "october-to-march-paid-by-april", on=received).whole
    return date(received.year + (received.month >= OCTOBER), APRIL, day)
