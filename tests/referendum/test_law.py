"""The law on a given day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.errors import UnknownRuleError
from referendum.law import (
    FIGURES,
    IN_FORCE,
    Instrument,
    Mark,
    Unit,
    basic_conditions,
    expenses_limit_gbp,
    figure,
    figures,
    is_in_force,
    rule_set,
)
from referendum.rulebook import rule

TODAY = date(2026, 11, 21)
DAYS_OF_THE_REGIME = st.dates(date(2012, 4, 6), date(2035, 12, 31))


@pytest.mark.rule("AREA-12", "AREA-13", "FORUM-13", "REF-7", "REF-9", "RESULT-3", "RESULT-11")
@pytest.mark.parametrize(
    ("rule_id", "name", "on", "expected"),
    [
        pytest.param("AREA-12", "representations", TODAY, 42, id="six weeks to comment on an area"),
        pytest.param(
            "AREA-12", "whole-parish-representations", date(2016, 9, 30), 28, id="whole parish, last day of 28"
        ),
        pytest.param("AREA-13", "whole-parish", date(2016, 9, 30), 56, id="T-4: eight weeks only until 2016"),
        pytest.param("AREA-13", "single-authority", TODAY, 91, id="thirteen weeks"),
        pytest.param("AREA-13", "several-authorities", TODAY, 140, id="twenty weeks"),
        pytest.param("FORUM-13", "several-authorities", TODAY, 140, id="forum with several authorities"),
        pytest.param("REF-7", "ordinary", TODAY, 56, id="poll limit"),
        pytest.param("REF-7", "cross-boundary-or-business", TODAY, 84, id="longer poll limit"),
        pytest.param("REF-9", "information-statement", TODAY, 28, id="information statement"),
        pytest.param("REF-9", "information-statement-business", TODAY, 56, id="information statement, business"),
        pytest.param("RESULT-3", "making", TODAY, 56, id="making"),
        pytest.param("RESULT-11", "challenge", TODAY, 42, id="challenge"),
    ],
)
def test_periods_in_days(rule_id, name, on, expected):
    assert figure(rule_id, name, on=on).days == expected


@pytest.mark.rule("AREA-13")
@pytest.mark.parametrize("on", [date(2012, 6, 1), date(2016, 10, 1), TODAY])
def test_the_eight_week_limit_and_four_week_publicity_are_repealed_t_4(on):
    for rule_id, name in (("AREA-13", "whole-parish"), ("AREA-12", "whole-parish-representations")):
        with pytest.raises(UnknownRuleError, match="no figure in force"):
            figure(rule_id, name, on=on)


def test_an_unknown_figure_names_those_there_are():
    with pytest.raises(UnknownRuleError, match="it has amount-per-entry, fixed-amount"):
        figure("REF-18", "amount", on=TODAY)
    with pytest.raises(UnknownRuleError, match="it has none"):
        figure("REF-99", "amount", on=TODAY)


@given(on=DAYS_OF_THE_REGIME)
def test_no_figure_has_two_values_on_one_day(on):
    current = [(known.rule, known.name) for known in FIGURES if known.is_in_force(on)]
    assert len(current) == len(set(current))


def test_every_figure_and_date_belongs_to_a_rule_of_the_book():
    for known in (*FIGURES, *IN_FORCE):
        assert rule(known.rule).id == known.rule
        assert known.source


def test_figures_of_a_rule():
    assert [(known.name, known.value) for known in figures("REF-18", on=TODAY)] == [
        ("fixed-amount", Decimal(2362)),
        ("amount-per-entry", Decimal("0.059")),
    ]
    assert len(figures("AREA-13")) == 5
    assert len(figures("AREA-13", on=TODAY)) == 2
    assert figures("AREA-23") == ()


def test_only_periods_have_days_and_only_whole_amounts_are_whole():
    with pytest.raises(ValueError, match="not in days"):
        _ = figure("FORUM-8", "designation", on=TODAY).days
    with pytest.raises(ValueError, match="not a whole number"):
        _ = figure("REF-18", "amount-per-entry", on=TODAY).whole
    assert figure("REF-18", "fixed-amount", on=TODAY).whole == 2362
    assert figure("FORUM-3", "members", on=TODAY).unit is Unit.PEOPLE


@pytest.mark.rule("AREA-10", "EXAM-7", "EXAM-8", "ELEC-5", "POLL-4")
@pytest.mark.parametrize(
    ("rule_id", "first_day"),
    [
        ("AREA-10", date(2016, 10, 1)),
        ("REF-7", date(2016, 10, 1)),
        ("POLL-4", date(2023, 5, 4)),
        ("ELEC-5", date(2024, 5, 7)),
        ("EXAM-8", date(2026, 3, 25)),
    ],
)
def test_rules_begin_on_their_day(rule_id, first_day):
    assert is_in_force(rule_id, on=first_day)
    assert not is_in_force(rule_id, on=first_day - timedelta(days=1))


def test_a_rule_with_no_dates_is_always_in_force():
    assert is_in_force("COUNT-16", on=date(2012, 1, 1))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2012, 12, 1), "england-2012"),
        (date(2015, 2, 9), "england-2015-02-09"),
        (date(2026, 3, 24), "england-2024-05-07"),
        (date(2026, 3, 25), "england-2026-03-25"),
        (TODAY, "england-2026-03-25"),
    ],
)
def test_the_rule_set_is_named_by_its_last_change(on, expected):
    assert rule_set(on) == expected


@given(first=DAYS_OF_THE_REGIME, second=DAYS_OF_THE_REGIME)
def test_one_rule_set_means_one_law(first, second):
    if rule_set(first) == rule_set(second):
        assert [f for f in FIGURES if f.is_in_force(first)] == [f for f in FIGURES if f.is_in_force(second)]


@pytest.mark.rule("REF-18")
@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(4265, "2613.64", id="Upper Eden 2013, half a penny up"),
        pytest.param(9514, "2923.33", id="Park Ward 2023, as it should have been"),
        pytest.param(9515, "2923.39", id="Park Ward 2023, as published"),
        pytest.param(2418, "2504.66", id="Alderbrook"),
        pytest.param(0, "2362.00", id="an empty register"),
    ],
)
def test_expenses_limit(entries, expected):
    assert expenses_limit_gbp(entries) == Decimal(expected)


@pytest.mark.rule("REF-18")
@given(entries=st.integers(0, 10**7))
def test_expenses_limit_in_tenths_of_a_penny_t_23(entries):
    tenths = 2_362_000 + 59 * entries
    pence = (tenths + 5) // 10
    limit = expenses_limit_gbp(entries, on=TODAY)
    assert limit == Decimal(pence) / 100
    assert limit.as_tuple().exponent == -2


def test_a_register_cannot_be_negative():
    with pytest.raises(ValueError, match="-1 entries"):
        expenses_limit_gbp(-1)


@pytest.mark.rule("EXAM-7", "EXAM-8")
@pytest.mark.parametrize(
    ("instrument", "on", "version", "letters"),
    [
        pytest.param(Instrument.NDP, date(2026, 3, 24), "pre-2026", "adefg", id="plan, last day"),
        pytest.param(Instrument.NDO, date(2026, 3, 24), "pre-2026", "abcdefg", id="order, last day"),
        pytest.param(Instrument.CRTBO, date(2014, 12, 10), "pre-2026", "abcdefg", id="right to build order"),
    ],
)
def test_basic_conditions_by_date_t_40(instrument, on, version, letters):
    conditions = basic_conditions(instrument, on=on)
    assert (conditions.version, "".join(each.letter for each in conditions.conditions)) == (version, letters)
    assert conditions.mark is Mark.V


@pytest.mark.rule("EXAM-8")
def test_the_conditions_of_2026_are_an_outline_marked_unverified_t_40():
    conditions = basic_conditions(Instrument.NDP, on=date(2026, 3, 25))
    assert (conditions.version, conditions.mark) == ("2026", Mark.U)
