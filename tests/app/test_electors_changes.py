"""What changed between two counts: every entry near the area that stands otherwise, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.electors_changes import Standing, change_totals, changes_between

KEY = ("HB1", 6, 1)
keys = st.tuples(st.sampled_from(["HA1", "HB1"]), st.integers(1, 9), st.integers(0, 1))
counts = st.dictionaries(keys, st.sampled_from([each for each in Standing if each is not Standing.ABSENT]))


@pytest.mark.rule("ELEC-16", "T-21")
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param({}, {KEY: Standing.ENTITLED}, (Standing.ABSENT, Standing.ENTITLED), id="came onto the register"),
        pytest.param({KEY: Standing.ENTITLED}, {}, (Standing.ENTITLED, Standing.ABSENT), id="left the register"),
        pytest.param(
            {KEY: Standing.OPEN}, {KEY: Standing.OUTSIDE}, (Standing.OPEN, Standing.OUTSIDE), id="was placed outside"
        ),
        pytest.param({KEY: Standing.OUTSIDE}, {}, None, id="left the register elsewhere"),
        pytest.param({}, {KEY: Standing.OUTSIDE}, None, id="came onto the register elsewhere"),
        pytest.param({KEY: Standing.NOT_ENTITLED}, {KEY: Standing.NOT_ENTITLED}, None, id="stands as before"),
    ],
)
def test_an_entry_is_told_where_it_stands_otherwise(before, after, told):
    found = [(each.number, each.before, each.after) for each in changes_between(before, after)]
    assert found == ([] if told is None else [("HB1-6/1", *told)])


@given(before=counts, after=counts)
def test_what_came_less_what_went_is_the_difference_of_the_counts(before, after):
    changes = changes_between(before, after)
    assert sum(count for _, _, count in change_totals(changes)) == len(changes)
    for standing in (Standing.ENTITLED, Standing.NOT_ENTITLED, Standing.OPEN):
        came = sum(each.after is standing for each in changes) - sum(each.before is standing for each in changes)
        assert came == sum(map(standing.__eq__, after.values())) - sum(map(standing.__eq__, before.values()))
