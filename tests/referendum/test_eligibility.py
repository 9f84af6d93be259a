"""Who may vote on the day of the poll."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.eligibility import (
    MARKER_RULES,
    Bar,
    Effect,
    MarkerRule,
    attainment_day,
    city_of_london_reading,
    entitlement,
)

POLL = date(2026, 9, 17)
BEFORE = date(2024, 5, 6)
CHANGE = date(2024, 5, 7)
REVIEW = date(2025, 1, 31)


@pytest.mark.rule("ELEC-5", "ELEC-6", "ELEC-7", "ELEC-8", "T-17", "T-18")
@pytest.mark.parametrize(
    ("markers", "poll", "bar"),
    [
        pytest.param("", POLL, None, id="no letter"),
        pytest.param("F", POLL, Bar.OVERSEAS, id="overseas elector"),
        pytest.param("L", POLL, None, id="peer"),
        pytest.param("N", POLL, None, id="anonymous"),
        pytest.param("APZ", POLL, None, id="postal, proxy, not in the open register"),
        pytest.param("B", POLL, None, id="European citizen found eligible"),
        pytest.param("B", CHANGE, None, id="from the day of the change"),
        pytest.param("B", BEFORE, Bar.MARKER_QUERY, id="a letter not yet in use"),
        pytest.param("G", BEFORE, None, id="European citizen before the change"),
        pytest.param("G", CHANGE, Bar.MARKER_QUERY, id="while the review ran"),
        pytest.param("G", REVIEW, Bar.MARKER_QUERY, id="on its last day"),
        pytest.param("G", POLL, Bar.MARKER_QUERY, id="left over after the review"),
        pytest.param("K", BEFORE, None, id="old letter in its time"),
        pytest.param("K", POLL, Bar.MARKER_QUERY, id="old letter today"),
        pytest.param("M", POLL, Bar.MARKER_QUERY, id="letter of Scottish registers"),
        pytest.param("X", POLL, Bar.MARKER_QUERY, id="unknown letter"),
        pytest.param("FX", POLL, Bar.OVERSEAS, id="overseas before a query"),
        pytest.param("BL", POLL, None, id="two harmless letters"),
    ],
)
def test_letters_by_date(markers, poll, bar):
    answer = entitlement(markers=markers, attains_on=None, poll_date=poll)
    assert (answer.entitled, answer.bar, bool(answer.reasons)) == (bar is None, bar, bar is not None)


@pytest.mark.rule("ELEC-2", "ELEC-4")
@pytest.mark.parametrize(
    ("attains", "entitled"),
    [
        pytest.param(POLL - timedelta(days=1), True, id="the day before"),
        pytest.param(POLL, True, id="on the day itself"),
        pytest.param(POLL + timedelta(days=1), False, id="the day after"),
        pytest.param(date(2024, 2, 29), True, id="long ago"),
    ],
)
def test_the_eighteenth_birthday_is_tested_on_the_day_of_the_poll(attains, entitled):
    answer = entitlement(markers="", attains_on=attains, poll_date=POLL)
    assert (answer.entitled, answer.bar) == (entitled, None if entitled else Bar.UNDER_18)


@pytest.mark.rule("ELEC-4")
@pytest.mark.parametrize(
    ("printed", "eighteen"),
    [
        pytest.param(date(2026, 9, 17), date(2026, 9, 17), id="an eighteenth birthday"),
        pytest.param(date(2024, 1, 1), date(2024, 1, 1), id="one of some years ago"),
        pytest.param(date(2008, 9, 17), date(2026, 9, 17), id="a birth: 18 on the day"),
        pytest.param(date(2008, 9, 18), date(2026, 9, 18), id="a birth: 18 the day after"),
        pytest.param(date(2008, 2, 29), date(2026, 3, 1), id="born on a leap day"),
        pytest.param(date(1950, 2, 28), date(1968, 2, 28), id="a birth long ago"),
    ],
)
def test_a_date_of_birth_is_told_from_an_eighteenth_birthday(printed, eighteen):
    assert attainment_day(printed, POLL) == eighteen
    assert entitlement(markers="", attains_on=printed, poll_date=POLL).entitled is (eighteen <= POLL)


def test_every_reason_is_given_in_plain_words():
    answer = entitlement(markers="GF", attains_on=date(2026, 12, 1), poll_date=POLL)
    assert answer.bar is Bar.OVERSEAS
    assert answer.reasons == (
        "F: overseas elector, who votes only in parliamentary elections",
        "becomes 18 on 1 December 2026, after the poll",
        (
            "G: letter for European Union citizens that should have gone with the review ended on 31 January 2025; "
            "an officer must say what it means here"
        ),
    )


def test_a_council_may_set_its_own_letters():
    rules = (*MARKER_RULES, MarkerRule(letter="S", effect=Effect.NONE, meaning="service voter", source="council"))
    assert not entitlement(markers="S", attains_on=None, poll_date=POLL).entitled
    assert entitlement(markers="S", attains_on=None, poll_date=POLL, rules=rules).entitled


@given(
    markers=st.text("ABFGKLMNPXZ", max_size=4),
    attains=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    poll=st.dates(date(2022, 1, 1), date(2030, 1, 1)),
)
def test_an_answer_is_yes_exactly_where_nothing_speaks_against_it(markers, attains, poll):
    answer = entitlement(markers=markers, attains_on=attains, poll_date=poll)
    alone = [entitlement(markers=letter, attains_on=None, poll_date=poll).entitled for letter in markers]
    assert answer.entitled == (all(alone) and (attains is None or attains <= poll))
    assert answer.entitled == (not answer.reasons) == (answer.bar is None)
    assert answer == entitlement(markers=markers[::-1], attains_on=attains, poll_date=poll)


@pytest.mark.rule("ELEC-9")
def test_the_city_of_london_is_recorded():
    assert "Greater London Authority election" in city_of_london_reading()
