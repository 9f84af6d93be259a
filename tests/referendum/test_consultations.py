"""The four consultations: their length, and who holds them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.consultations import KINDS, Consultation, Holder, is_open, refuse_dates, shortest
from referendum.errors import StageError

OPENS = date(2026, 6, 1)


def test_every_consultation_is_described():
    assert set(KINDS) == set(Consultation)
    assert [kind for kind, facts in KINDS.items() if facts.holder is Holder.QUALIFYING_BODY] == [
        Consultation.PRE_SUBMISSION
    ]
    told = {kind for kind, facts in KINDS.items() if facts.may_ask_to_be_told}
    assert told == {Consultation.AREA, Consultation.FORUM, Consultation.SUBMISSION}


@pytest.mark.rule("AREA-12", "FORUM-12", "STEP-1", "STEP-5")
@pytest.mark.parametrize("kind", list(Consultation))
def test_six_weeks_are_forty_two_days_after_the_first(kind):
    assert shortest(kind, OPENS).day == date(2026, 7, 13)
    refuse_dates(kind, OPENS, date(2026, 7, 13))
    with pytest.raises(StageError, match=r"2026-07-13 or later \(" + KINDS[kind].rule):
        refuse_dates(kind, OPENS, date(2026, 7, 12))


@pytest.mark.rule("FORUM-12")
def test_a_forum_application_says_that_no_other_body_may_be_designated():
    assert "no other body" in KINDS[Consultation.FORUM].statement


@given(st.integers(-3, 60), st.integers(42, 60))
def test_the_first_and_the_last_day_are_in_time(day, length):
    closes = OPENS + timedelta(days=length)
    assert is_open(OPENS, closes, OPENS + timedelta(days=day)) is (0 <= day <= length)
