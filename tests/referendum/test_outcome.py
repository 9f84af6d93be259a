from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.outcome import (
    Decision,
    GroundForNotMaking,
    challenge_window,
    decide,
    grounds_open,
    last_day_of_repeat_window,
    last_day_to_make,
    outcome_of,
)
from referendum.question import Instrument


@pytest.mark.rule("RESULT-1", "RESULT-7", "RESULT-9")
@pytest.mark.parametrize(
    ("residential", "business", "decision"),
    [
        pytest.param(True, None, Decision.MUST_MAKE, id="residents alone, yes"),
        pytest.param(False, None, Decision.MUST_NOT_MAKE, id="residents alone, no"),
        pytest.param(True, True, Decision.MUST_MAKE, id="both"),
        pytest.param(True, False, Decision.MAY_MAKE, id="t33 a business no is no veto"),
        pytest.param(False, True, Decision.MAY_MAKE, id="t33 a residential no is no veto"),
        pytest.param(False, False, Decision.MUST_NOT_MAKE, id="neither"),
    ],
)
def test_what_follows_from_the_polls(residential, business, decision):
    assert decide(residential_in_favour=residential, business_in_favour=business) is decision


@pytest.mark.rule("RESULT-3", "RESULT-5", "RESULT-6", "RESULT-8", "RESULT-9")
@pytest.mark.parametrize("instrument", list(Instrument))
@pytest.mark.parametrize("decision", list(Decision))
def test_dates_belong_to_their_decisions(instrument, decision):
    outcome = outcome_of(instrument, date(2026, 9, 10), decision)
    must = decision is Decision.MUST_MAKE
    assert outcome.in_development_plan_from == (date(2026, 9, 10) if must and instrument is Instrument.NDP else None)
    assert outcome.make_by == (date(2026, 11, 5) if must else None)
    assert outcome.repeat_window_until == (date(2028, 9, 9) if decision is Decision.MUST_NOT_MAKE else None)


@pytest.mark.rule("TIME-2", "TIME-7")
@given(poll=st.dates(date(2013, 1, 1), date(2090, 1, 1)))
def test_t9_weeks_for_making_are_calendar_weeks(poll):
    assert (last_day_to_make(poll) - poll).days == 56
    assert last_day_to_make(poll).weekday() == poll.weekday()


@pytest.mark.rule("RESULT-9", "STEP-4")
@pytest.mark.parametrize(
    ("failed", "last"),
    [
        pytest.param(date(2026, 9, 10), date(2028, 9, 9), id="worked example"),
        pytest.param(date(2024, 2, 29), date(2026, 2, 28), id="leap day"),
        pytest.param(date(2026, 3, 1), date(2028, 2, 29), id="ends on a leap day"),
        pytest.param(date(2026, 1, 1), date(2027, 12, 31), id="new year"),
    ],
)
def test_two_years_end_the_day_before_the_anniversary(failed, last):
    assert last_day_of_repeat_window(failed) == last


@pytest.mark.rule("RESULT-11", "TIME-8")
@pytest.mark.parametrize(
    ("published", "closes"),
    [
        pytest.param(date(2026, 9, 10), date(2026, 10, 22), id="declaration of the worked example"),
        pytest.param(date(2026, 7, 3), date(2026, 8, 14), id="decision statement of the worked example"),
    ],
)
def test_a_challenge_window_is_six_weeks_from_the_day_after(published, closes):
    window = challenge_window(published)
    assert (window.opens, window.closes) == (published + timedelta(days=1), closes)
    assert (window.closes - window.opens).days == 41


@pytest.mark.rule("RESULT-4", "RESULT-7")
def test_choosing_not_to_make_is_open_only_where_the_polls_were_split():
    always = {
        GroundForNotMaking.BREACH_OF_OBLIGATIONS,
        GroundForNotMaking.BREACH_OF_CONVENTION_RIGHTS,
        GroundForNotMaking.PROCEEDINGS_PENDING,
    }
    assert set(grounds_open(is_divided=False)) == always
    assert set(grounds_open(is_divided=True)) == {*always, GroundForNotMaking.POLLS_DIVIDED}
