"""The clocks in calendar weeks, against the worked example."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.clocks import Bound, Clock, deadline, is_kept, must_designate_as_applied_for
from referendum.law import Mark
from referendum.rulebook import rule

PUBLICISED = date(2025, 1, 6)
DAYS = st.dates(date(2016, 10, 1), date(2035, 12, 31))

LENGTHS = {
    Clock.AREA_COMMENTS: 42,
    Clock.AREA_DECISION: 92,
    Clock.AREA_DECISION_SEVERAL: 141,
    Clock.FORUM_COMMENTS: 42,
    Clock.FORUM_DECISION: 92,
    Clock.FORUM_DECISION_SEVERAL: 141,
    Clock.PRE_SUBMISSION_COMMENTS: 42,
    Clock.SUBMISSION_COMMENTS: 42,
    Clock.REPORT_DECISION: 35,
    Clock.DIFFERING_COMMENTS: 42,
    Clock.DIFFERING_DECISION: 35,
    Clock.MODIFICATION_DECISION: 35,
    Clock.MODIFICATION_MAKING: 56,
    Clock.MAKING: 56,
    Clock.CHALLENGE: 42,
}


@pytest.mark.rule("AREA-12", "AREA-13", "FORUM-12", "FORUM-13", "STEP-1", "STEP-5", "STEP-10", "STEP-11", "MOD-7")
@pytest.mark.rule("RESULT-3", "RESULT-11", "TIME-5", "TIME-6", "TIME-7", "TIME-8")
@pytest.mark.parametrize(
    ("clock", "start", "expected"),
    [
        pytest.param(Clock.AREA_COMMENTS, PUBLICISED, date(2025, 2, 17), id="earliest close for an area"),
        pytest.param(Clock.AREA_DECISION, PUBLICISED, date(2025, 4, 8), id="area decision"),
        pytest.param(Clock.FORUM_COMMENTS, PUBLICISED, date(2025, 2, 17), id="earliest close for a forum"),
        pytest.param(Clock.FORUM_DECISION, PUBLICISED, date(2025, 4, 8), id="forum decision"),
        pytest.param(Clock.PRE_SUBMISSION_COMMENTS, date(2025, 9, 1), date(2025, 10, 13), id="regulation 14"),
        pytest.param(Clock.SUBMISSION_COMMENTS, date(2026, 1, 12), date(2026, 2, 23), id="regulation 16"),
        pytest.param(Clock.REPORT_DECISION, date(2026, 6, 10), date(2026, 7, 15), id="decision on the report"),
        pytest.param(Clock.CHALLENGE, date(2026, 7, 3), date(2026, 8, 14), id="challenge to the decision"),
        pytest.param(Clock.CHALLENGE, date(2026, 9, 10), date(2026, 10, 22), id="challenge to the result"),
        pytest.param(Clock.MAKING, date(2026, 9, 10), date(2026, 11, 5), id="making"),
    ],
)
def test_the_worked_example_in_calendar_weeks_t_9(clock, start, expected):
    assert deadline(clock, start).day == expected


@pytest.mark.rule("TIME-2")
@given(start=DAYS)
def test_every_clock_is_a_fixed_number_of_days_whatever_the_holidays_t_9(start):
    assert {clock: (deadline(clock, start).day - start).days for clock in Clock} == LENGTHS


@pytest.mark.rule("AREA-13", "TIME-6")
def test_an_arguable_day_is_shown_as_amber():
    area, comments = deadline(Clock.AREA_DECISION, PUBLICISED), deadline(Clock.AREA_COMMENTS, PUBLICISED)
    assert (area.prudent_day, area.day) == (date(2025, 4, 7), date(2025, 4, 8))
    assert comments.prudent_day == comments.day


@pytest.mark.parametrize("clock", Clock)
def test_every_clock_says_what_it_is(clock):
    found = deadline(clock, date(2026, 1, 5))
    assert found.text
    assert found.if_missed.endswith(".")
    assert rule(found.rule).id == found.rule
    assert found.bound is (Bound.NOT_BEFORE if "comments" in clock else Bound.NOT_AFTER)


@pytest.mark.rule("AREA-13", "FORUM-13")
@pytest.mark.parametrize(
    ("clock", "start", "exists"),
    [
        (Clock.AREA_DECISION, date(2015, 2, 8), False),
        (Clock.AREA_DECISION, date(2015, 2, 9), True),
        (Clock.FORUM_DECISION, date(2016, 9, 30), False),
        (Clock.FORUM_DECISION, date(2016, 10, 1), True),
    ],
)
def test_a_clock_exists_only_once_the_law_had_it_t_4(clock, start, exists):
    assert (deadline(clock, start) is not None) is exists


def test_unverified_clocks_say_so():
    assert deadline(Clock.MODIFICATION_MAKING, date(2026, 1, 5)).mark is Mark.U
    assert deadline(Clock.AREA_COMMENTS, date(2026, 1, 5)).mark is Mark.V


@pytest.mark.rule("AREA-12", "TIME-5", "TIME-8")
@pytest.mark.parametrize(
    ("clock", "days_from_limit", "expected"),
    [
        pytest.param(Clock.AREA_COMMENTS, -1, False, id="comments closed a day early"),
        pytest.param(Clock.AREA_COMMENTS, 0, True, id="comments closed on the first day"),
        pytest.param(Clock.AREA_COMMENTS, 30, True, id="comments kept open"),
        pytest.param(Clock.CHALLENGE, 0, True, id="claim on the last day"),
        pytest.param(Clock.CHALLENGE, 1, False, id="claim a day late"),
    ],
)
def test_keeping_to_a_clock(clock, days_from_limit, expected):
    limit = deadline(clock, date(2026, 3, 2))
    assert is_kept(limit, limit.day + timedelta(days=days_from_limit)) is expected


@pytest.mark.rule("AREA-14")
@pytest.mark.parametrize(
    ("today", "decided", "in_area", "in_application", "expected"),
    [
        pytest.param(date(2025, 4, 8), None, False, False, False, id="the last day is still in time"),
        pytest.param(date(2025, 4, 9), None, False, False, True, id="undecided a day after"),
        pytest.param(date(2025, 5, 1), date(2025, 4, 8), False, False, False, id="decided in time"),
        pytest.param(date(2025, 5, 1), date(2025, 4, 9), False, False, True, id="decided too late"),
        pytest.param(date(2025, 5, 1), None, True, False, False, id="some of it is in an area"),
        pytest.param(date(2025, 5, 1), None, False, True, False, id="some of it is in another application"),
    ],
)
def test_a_missed_limit_is_a_duty_to_designate_t_5(today, decided, in_area, in_application, expected):
    limit = deadline(Clock.AREA_DECISION, PUBLICISED)
    found = must_designate_as_applied_for(
        limit, today=today, decided=decided, in_another_area=in_area, in_another_application=in_application
    )
    assert found is expected


@pytest.mark.rule("AREA-10", "AREA-14")
def test_a_whole_parish_has_no_clock_to_miss():
    assert not must_designate_as_applied_for(
        None, today=date(2030, 1, 1), decided=None, in_another_area=False, in_another_application=False
    )
