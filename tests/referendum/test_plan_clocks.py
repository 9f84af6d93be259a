"""The clocks of one proposal: predicted and actual days apart, overdue told and never acted on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.clocks import Clock
from referendum.plan_clocks import ClockState, Taken, clocks_of, due_day, next_due
from referendum.stages import Course, Stage

RECEIVED = Taken(to_stage=Stage.REPORT_RECEIVED, on=date(2026, 6, 8))
DECIDED = Taken(to_stage=Stage.REFERENDUM_DUE, on=date(2026, 6, 30))


def states(steps, today, **facts):
    return {
        clock.limit.clock: (clock.last_day, clock.actual, clock.state)
        for clock in clocks_of(steps, course=facts.pop("course", Course.NEW), today=today, **facts)
    }


@pytest.mark.rule("STEP-10", "TIME-6")
@pytest.mark.parametrize(
    ("steps", "today", "agreed", "expected"),
    [
        pytest.param([RECEIVED], date(2026, 7, 13), None, (date(2026, 7, 13), None, ClockState.RUNNING), id="last day"),
        pytest.param([RECEIVED], date(2026, 7, 14), None, (date(2026, 7, 13), None, ClockState.OVERDUE), id="late"),
        pytest.param(
            [RECEIVED],
            date(2026, 7, 14),
            date(2026, 8, 1),
            (date(2026, 8, 1), None, ClockState.RUNNING),
            id="a later day agreed",
        ),
        pytest.param(
            [RECEIVED, DECIDED],
            date(2026, 9, 1),
            None,
            (date(2026, 7, 13), date(2026, 6, 30), ClockState.KEPT),
            id="kept",
        ),
        pytest.param(
            [RECEIVED, Taken(to_stage=Stage.REFUSED, on=date(2026, 7, 20))],
            date(2026, 9, 1),
            None,
            (date(2026, 7, 13), date(2026, 7, 20), ClockState.MISSED),
            id="missed",
        ),
    ],
)
def test_the_decision_on_a_report(steps, today, agreed, expected):
    assert states(steps, today, agreed_day=agreed)[Clock.REPORT_DECISION] == expected


@pytest.mark.rule("MOD-7")
def test_a_change_without_a_vote_has_clocks_of_its_own():
    steps = [RECEIVED, Taken(to_stage=Stage.APPROVED, on=date(2026, 7, 1))]
    found = states(steps, date(2026, 7, 2), course=Course.CHANGE_WITHOUT_REFERENDUM)
    assert found == {
        Clock.MODIFICATION_DECISION: (date(2026, 7, 13), date(2026, 7, 1), ClockState.KEPT),
        Clock.MODIFICATION_MAKING: (date(2026, 8, 26), None, ClockState.RUNNING),
    }


@pytest.mark.rule("STEP-1", "STEP-5", "STEP-11")
def test_comments_stay_open_until_the_day_that_was_announced():
    steps = [Taken(to_stage=Stage.PUBLICISED, on=date(2026, 3, 16), closes_on=date(2026, 4, 30))]
    (clock,) = clocks_of(steps, course=Course.NEW, today=date(2026, 4, 1))
    assert (clock.limit.day, clock.actual, clock.state) == (date(2026, 4, 27), date(2026, 4, 30), ClockState.RUNNING)
    assert due_day(clock) == date(2026, 4, 30)


@pytest.mark.rule("RESULT-3", "RESULT-11")
def test_making_and_challenge():
    steps = [DECIDED, Taken(to_stage=Stage.IN_DEVELOPMENT_PLAN, on=date(2026, 9, 10))]
    found = states(steps, date(2026, 9, 11), published=date(2026, 7, 2))
    assert found[Clock.MAKING] == (date(2026, 11, 5), None, ClockState.RUNNING)
    assert found[Clock.CHALLENGE] == (date(2026, 8, 13), None, ClockState.KEPT)


@given(st.integers(0, 400))
def test_what_is_due_next_is_the_earliest_that_waits(days):
    today = date(2026, 6, 8) + timedelta(days=days)
    clocks = clocks_of([RECEIVED], course=Course.NEW, today=today, published=date(2026, 6, 9))
    coming = next_due(clocks)
    assert coming is not None
    assert coming.limit.clock is Clock.REPORT_DECISION
    assert (coming.state is ClockState.OVERDUE) is (today > date(2026, 7, 13))
