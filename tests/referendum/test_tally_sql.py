from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referendum.count_file import LARGEST_FIGURE
from referendum.tally_fold import fold_poll, per_cent
from referendum.tally_sql import totals_by_sql


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_the_two_engines_agree(data, balanced_portions):
    polls = data.draw(st.lists(balanced_portions, min_size=1, max_size=5))
    assert totals_by_sql(polls) == [fold_poll(portions) for portions in polls]


def test_the_engines_agree_on_papers_that_do_not_add_up(make_portion):
    portions = [make_portion(5, 5, found=found, council=str(found)) for found in (10, 11, 9, 10, *range(20, 30))]
    (queried,) = totals_by_sql([portions])
    assert queried == fold_poll(portions)
    assert queried.unbalanced == (1, 2, *range(4, 14))


def test_the_engines_agree_on_the_largest_figures(make_portion):
    most = LARGEST_FIGURE
    portions = [make_portion(most, most - index, (most,) * 4, council=str(index)) for index in range(30)]
    assert totals_by_sql([portions]) == [fold_poll(portions)]


@pytest.mark.rule("COUNT-17", "COUNT-18")
@given(part=st.integers(0, 10_000), whole=st.integers(0, 10_000))
def test_percentages_are_rounded_half_up(part, whole):
    oracle = None if whole == 0 else floor(Fraction(10_000 * part, whole) + Fraction(1, 2))
    given_share = per_cent(part, whole)
    assert (None if given_share is None else int(given_share.scaleb(2))) == oracle


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        pytest.param(1, 20_000, "0.01", id="half a hundredth goes up"),
        pytest.param(3, 20_000, "0.02", id="so does the next half"),
        pytest.param(1, 20_001, "0.00", id="just under half goes down"),
        pytest.param(1, 1, "100.00", id="all"),
    ],
)
def test_halves_go_up(part, whole, share):
    assert str(per_cent(part, whole)) == share
