"""The clocks that run on one proposal: the day each ends by law beside the day it was done; overdue is only told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from referendum.clocks import Bound, Clock, Deadline, deadline, is_kept
from referendum.stage_names import Course, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was taken: the stage it led to, the day, and when comments close where they were invited."""

    to_stage: Stage
    on: date
    closes_on: date | None = None


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    KEPT = "kept"
    MISSED = "missed"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningClock:
    """One clock of a proposal.

    Attributes:
        limit: what the law says, with the predicted day.
        last_day: the day it ends: the predicted one, or a later one agreed in writing.
        actual: the day it was done, or comments close; None while neither is known.
        state: how it stands on the day asked about. Nothing follows from it by itself.
    """

    limit: Deadline
    last_day: date
    actual: date | None
    state: ClockState


_DECIDED = frozenset({Stage.REFERENDUM_DUE, Stage.REFUSED, Stage.DIFFERING_VIEW, Stage.APPROVED, Stage.WITHDRAWN})
_CONCLUDED = frozenset({Stage.MADE, Stage.NOT_MADE, Stage.QUASHED})
_MUST_MAKE = frozenset({Stage.IN_DEVELOPMENT_PLAN, Stage.APPROVED})


def clocks_of(
    steps: Sequence[Taken],
    *,
    course: Course,
    today: date,
    agreed_day: date | None = None,
    published: date | None = None,
) -> tuple[RunningClock, ...]:
    """Return every clock of a proposal, in the order in which they began.

    Args:
        steps: the steps taken, oldest first.
        course: which course it is on.
        today: the day asked about.
        agreed_day: a later day for deciding on the report, agreed in writing by authority and body.
        published: the day on which the decision on the report was published, from which challenge runs.

    Source: STEP-1, STEP-5, STEP-10, STEP-11, MOD-7, RESULT-3, RESULT-11, TIME-6.
    """
    return tuple(
        _run(limit, actual, today, agreed_day)
        for limit, actual in _limits(steps, course, published)
        if limit is not None
    )


_Limit = tuple[Deadline | None, date | None]


def _limits(steps: Sequence[Taken], course: Course, published: date | None) -> Iterator[_Limit]:
    for place, step in enumerate(steps):
        later = steps[place + 1 :]
        yield from _of_comments(step)
        if step.to_stage is Stage.REPORT_RECEIVED:
            plain = course is Course.CHANGE_WITHOUT_REFERENDUM
            clock = Clock.MODIFICATION_DECISION if plain else Clock.REPORT_DECISION
            yield deadline(clock, step.on), _first(later, _DECIDED)
        if step.to_stage is Stage.DIFFERING_VIEW and step.closes_on is not None:
            yield deadline(Clock.DIFFERING_DECISION, step.closes_on), _first(later, _DECIDED)
        if step.to_stage in _MUST_MAKE:
            plain = course in {Course.CHANGE_WITHOUT_REFERENDUM, Course.MINOR_CHANGE}
            yield deadline(Clock.MODIFICATION_MAKING if plain else Clock.MAKING, step.on), _first(later, _CONCLUDED)
        if step.to_stage in {Stage.REFERENDUM_DUE, Stage.REFUSED} and published is not None:
            yield deadline(Clock.CHALLENGE, published), None


_COMMENTS = {
    Stage.PRE_SUBMISSION: Clock.PRE_SUBMISSION_COMMENTS,
    Stage.PUBLICISED: Clock.SUBMISSION_COMMENTS,
    Stage.DIFFERING_VIEW: Clock.DIFFERING_COMMENTS,
}


def comment_clock(stage: Stage) -> Clock | None:
    """Return the clock of the comments that reaching a stage invites; None where it invites none."""
    return _COMMENTS.get(stage)


def _of_comments(step: Taken) -> Iterator[_Limit]:
    clock = comment_clock(step.to_stage)
    if clock is not None:
        yield deadline(clock, step.on), step.closes_on


def _first(later: Sequence[Taken], stages: frozenset[Stage]) -> date | None:
    return next((step.on for step in later if step.to_stage in stages), None)


def _run(limit: Deadline, actual: date | None, today: date, agreed_day: date | None) -> RunningClock:
    may_agree = limit.clock in {Clock.REPORT_DECISION, Clock.MODIFICATION_DECISION}
    last = agreed_day if may_agree and agreed_day is not None and agreed_day > limit.day else limit.day
    return RunningClock(limit=limit, last_day=last, actual=actual, state=_state(limit, last, actual, today))


def _state(limit: Deadline, last: date, actual: date | None, today: date) -> ClockState:
    if limit.clock is Clock.CHALLENGE:
        return ClockState.RUNNING if today <= last else ClockState.KEPT
    if limit.bound is Bound.NOT_BEFORE:
        if actual is not None and not is_kept(limit, actual):
            return ClockState.MISSED
        return ClockState.RUNNING if actual is None or actual >= today else ClockState.KEPT
    if actual is None:
        return ClockState.RUNNING if today <= last else ClockState.OVERDUE
    return ClockState.KEPT if actual <= last else ClockState.MISSED


def next_due(clocks: Sequence[RunningClock]) -> RunningClock | None:
    """Return the clock to look at next: the earliest that still runs or is overdue; None where none does."""
    waiting = [
        each
        for each in clocks
        if each.state in {ClockState.RUNNING, ClockState.OVERDUE} and each.limit.clock is not Clock.CHALLENGE
    ]
    return min(waiting, key=due_day, default=None)


def due_day(clock: RunningClock) -> date:
    """Return the day to look at a clock: when comments close, or the last day to do it."""
    if clock.limit.bound is Bound.NOT_BEFORE and clock.actual is not None:
        return clock.actual
    return clock.last_day
