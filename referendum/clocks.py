"""The clocks of areas, forums, plans and orders, in calendar weeks: when a period ends, and what follows if missed.

Weeks here skip nothing (TIME-2); working days are the matter of `referendum.timetable`, and the two never mix (T-9).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referendum.law import Mark, figures
from referendum.working_days import ONE_DAY, weeks_after, weeks_after_next_day


class Clock(StrEnum):
    """A period the law sets, named after what it limits."""

    AREA_COMMENTS = "area-comments"
    AREA_DECISION = "area-decision"
    AREA_DECISION_SEVERAL = "area-decision-several-authorities"
    FORUM_COMMENTS = "forum-comments"
    FORUM_DECISION = "forum-decision"
    FORUM_DECISION_SEVERAL = "forum-decision-several-authorities"
    PRE_SUBMISSION_COMMENTS = "pre-submission-comments"
    SUBMISSION_COMMENTS = "submission-comments"
    REPORT_DECISION = "report-decision"
    DIFFERING_COMMENTS = "differing-comments"
    DIFFERING_DECISION = "differing-decision"
    MODIFICATION_DECISION = "modification-decision"
    MODIFICATION_MAKING = "modification-making"
    MAKING = "making"
    CHALLENGE = "challenge"


class Bound(StrEnum):
    """Whether the last day is the first on which a period may close, or the last on which a thing may be done."""

    NOT_BEFORE = "not-before"
    NOT_AFTER = "not-after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a clock runs out.

    Attributes:
        clock: which period.
        start: the day it counts from (first publicity, receipt, poll, publication).
        day: the last day of the period.
        prudent_day: the day to keep to where the counting can be argued by a day; otherwise the same.
        bound: not before (comments stay open at least until `day`) or not after (do it by the end of `day`).
        text: what ends, in plain words.
        if_missed: what follows.
        rule: rule id.
        mark: how far the figure was checked.
    """

    clock: Clock
    start: date
    day: date
    prudent_day: date
    bound: Bound
    text: str
    if_missed: str
    rule: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Period:
    rule: str
    figure: str
    bound: Bound
    text: str
    if_missed: str
    from_next_day: bool = False


_NOT_BEFORE, _NOT_AFTER = Bound.NOT_BEFORE, Bound.NOT_AFTER
_COMMENTS, _DECIDE = "First day on which comments may close", "Last day to decide the application"
_REPORT = "Last day to decide on the examiner's report, unless another date is agreed in writing"
_DIFFERING = "First day on which comments on a decision that departs from the report may close"
_MAKE = "Last day to make the plan or order after the last poll"
_CLAIM = "Last day to file a claim in court, before the day ends; take advice if the court office is closed"
_OPEN_TO_CHALLENGE = "The decision is open to challenge."
_DEEMED = "The whole area must be designated as applied for, unless part of it is in an area or another application."
_NO_FORUM = "No forum is designated by the passing of time alone."
_REFUSE = "The authority must refuse the proposal."
_INTERVENTION = "The qualifying body may ask the Secretary of State to intervene."
_COURT = "The qualifying body may go to court to have it made; a plan voted for stays part of the development plan."
_BARRED = "The decision or result can no longer be challenged."

_PERIODS: dict[Clock, _Period] = {
    Clock.AREA_COMMENTS: _Period("AREA-12", "representations", _NOT_BEFORE, _COMMENTS, _OPEN_TO_CHALLENGE),
    Clock.AREA_DECISION: _Period("AREA-13", "single-authority", _NOT_AFTER, _DECIDE, _DEEMED, True),
    Clock.AREA_DECISION_SEVERAL: _Period("AREA-13", "several-authorities", _NOT_AFTER, _DECIDE, _DEEMED, True),
    Clock.FORUM_COMMENTS: _Period("FORUM-12", "representations", _NOT_BEFORE, _COMMENTS, _OPEN_TO_CHALLENGE),
    Clock.FORUM_DECISION: _Period("FORUM-13", "single-authority", _NOT_AFTER, _DECIDE, _NO_FORUM, True),
    Clock.FORUM_DECISION_SEVERAL: _Period("FORUM-13", "several-authorities", _NOT_AFTER, _DECIDE, _NO_FORUM, True),
    Clock.PRE_SUBMISSION_COMMENTS: _Period("STEP-1", "representations", _NOT_BEFORE, _COMMENTS, _REFUSE),
    Clock.SUBMISSION_COMMENTS: _Period("STEP-5", "representations", _NOT_BEFORE, _COMMENTS, _OPEN_TO_CHALLENGE),
    Clock.REPORT_DECISION: _Period("STEP-10", "decision", _NOT_AFTER, _REPORT, _INTERVENTION),
    Clock.DIFFERING_COMMENTS: _Period("STEP-11", "representations", _NOT_BEFORE, _DIFFERING, _OPEN_TO_CHALLENGE),
    Clock.DIFFERING_DECISION: _Period(
        "STEP-11", "decision", _NOT_AFTER, "Last day to decide after those comments closed", _INTERVENTION
    ),
    Clock.MODIFICATION_DECISION: _Period(
        "MOD-7", "decision", _NOT_AFTER, "Last day to decide on a change that needs no referendum", _INTERVENTION
    ),
    Clock.MODIFICATION_MAKING: _Period(
        "MOD-7", "making", _NOT_AFTER, "Last day to make a change that needs no referendum", _COURT
    ),
    Clock.MAKING: _Period("RESULT-3", "making", _NOT_AFTER, _MAKE, _COURT),
    Clock.CHALLENGE: _Period("RESULT-11", "challenge", _NOT_AFTER, _CLAIM, _BARRED),
}


def deadline(clock: Clock, start: date) -> Deadline | None:
    """Return when a clock that started on a day runs out, under the law of that day; None where there was no limit.

    Args: start: day of first publicity (comments, application decisions), of receipt (report), of notice (differing
    comments), of their close (differing decision), of the last poll (making), of publication (challenge).
    Reading: 13 and 20 weeks are counted from the day after first publicity, arguable by one day: keep to `prudent_day`.
    Source: AREA-12, AREA-13, FORUM-12, FORUM-13, STEP-1, STEP-5, STEP-10, STEP-11, MOD-7, RESULT-3, RESULT-11, TIME-2,
    TIME-5, TIME-6, TIME-7, TIME-8, T-9, Neighbourhood Planning (General) Regulations 2012. STEP-11, MOD-7, the start
    of STEP-10 and the counting of TIME-7 are unverified.
    """
    period = _PERIODS[clock]
    known = next((known for known in figures(period.rule, on=start) if known.name == period.figure), None)
    if known is None:
        return None
    count = weeks_after_next_day if period.from_next_day else weeks_after
    day = count(start, known.whole).end
    return Deadline(
        clock=clock,
        start=start,
        day=day,
        prudent_day=day - ONE_DAY if period.from_next_day else day,
        bound=period.bound,
        text=period.text,
        if_missed=period.if_missed,
        rule=period.rule,
        mark=known.mark,
    )


def is_kept(limit: Deadline, done: date) -> bool:
    """Say whether closing, or doing, something on a day keeps to the clock.

    Source: TIME-5 (a closing date is never earlier), TIME-6, TIME-7, TIME-8 (the last day is still in time).
    """
    return done >= limit.day if limit.bound is Bound.NOT_BEFORE else done <= limit.day


def must_designate_as_applied_for(
    limit: Deadline | None, *, today: date, decided: date | None, in_another_area: bool, in_another_application: bool
) -> bool:
    """Say whether time has run out on an area application, so that the whole area must be designated as applied for.

    Args: limit: its decision clock, None where it has none (AREA-10); decided: the day it was decided, if it was;
    in_another_area, in_another_application: any of it lies in a current area, or in another undecided application.
    Source: AREA-14, T-5, Neighbourhood Planning (General) Regulations 2012 reg 6A(3).
    """
    if limit is None or in_another_area or in_another_application:
        return False
    return today > limit.day and (decided is None or decided > limit.day)
