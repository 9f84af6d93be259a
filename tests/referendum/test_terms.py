"""Terms in years, months and dates of the year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.outcome import last_day_of_repeat_window
from referendum.terms import forum_term, levy_payment_day, may_decline_as_repeat, publicity_period


@pytest.mark.rule("FORUM-8")
@pytest.mark.parametrize(
    ("designated", "last_day"),
    [
        pytest.param(date(2025, 4, 3), date(2030, 4, 2), id="the worked example"),
        pytest.param(date(2024, 2, 29), date(2029, 2, 28), id="a leap day"),
        pytest.param(date(2025, 1, 1), date(2029, 12, 31), id="a new year"),
    ],
)
def test_a_forum_lasts_five_years(designated, last_day):
    term = forum_term(designated)
    assert term.last_day == last_day
    assert [term.holds(day) for day in (designated, last_day)] == [True, True]
    assert not term.holds(designated - timedelta(days=1))
    assert not term.holds(last_day + timedelta(days=1))


@pytest.mark.rule("FORUM-8")
def test_a_forum_is_reminded_a_year_half_a_year_and_a_quarter_before_t_8():
    assert forum_term(date(2025, 4, 3)).reminders == (date(2029, 4, 3), date(2029, 10, 3), date(2030, 1, 3))


@pytest.mark.rule("STEP-4", "MOD-8", "RESULT-9")
@pytest.mark.parametrize(
    ("received", "expected"),
    [
        pytest.param(date(2026, 9, 9), False, id="before it failed"),
        pytest.param(date(2026, 9, 10), True, id="the same day"),
        pytest.param(date(2028, 9, 9), True, id="last day of two years"),
        pytest.param(date(2028, 9, 10), False, id="the second anniversary"),
    ],
)
def test_a_repeat_within_two_years_may_be_declined(received, expected):
    assert may_decline_as_repeat(failed=date(2026, 9, 10), received=received) is expected


@given(failed=st.dates(date(2013, 1, 1), date(2035, 12, 31)))
def test_the_repeat_window_ends_on_the_day_the_outcome_states(failed):
    last = last_day_of_repeat_window(failed)
    assert may_decline_as_repeat(failed=failed, received=last)
    assert not may_decline_as_repeat(failed=failed, received=last + timedelta(days=1))


@pytest.mark.rule("REF-21")
@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 7, 30), False), (date(2026, 7, 31), True), (date(2026, 9, 10), True), (date(2026, 9, 11), False)],
)
def test_councils_keep_silent_from_the_statement_to_the_poll_t_38(day, expected):
    assert publicity_period(statement_published=date(2026, 7, 31), poll=date(2026, 9, 10)).holds(day) is expected


@pytest.mark.rule("REF-21")
def test_a_statement_after_the_poll_is_refused():
    with pytest.raises(ValueError, match="later than the poll"):
        publicity_period(statement_published=date(2026, 9, 11), poll=date(2026, 9, 10))


@pytest.mark.rule("AFTER-11")
@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2026, 4, 1), date(2026, 10, 28)),
        (date(2026, 9, 30), date(2026, 10, 28)),
        (date(2026, 10, 1), date(2027, 4, 28)),
        (date(2026, 12, 31), date(2027, 4, 28)),
        (date(2027, 1, 1), date(2027, 4, 28)),
        (date(2027, 3, 31), date(2027, 4, 28)),
    ],
)
def test_the_levy_is_paid_twice_a_year(received, expected):
    assert levy_payment_day(received) == expected
