from dataclasses import replace
from datetime import date

import pytest

from referendum.forum_conditions import Capacity, ForumFacts, ForumMember, forum_reasons


def members(number, *capacities):
    return [ForumMember(key=f"M{each}", capacities=frozenset(capacities)) for each in range(number)]


SOUND = ForumFacts(
    on=date(2026, 11, 21),
    has_purpose=True,
    open_to=frozenset(Capacity),
    members=members(21, *Capacity),
    has_constitution=True,
)


@pytest.mark.rule("FORUM-1", "FORUM-2", "FORUM-3", "FORUM-4", "FORUM-6", "FORUM-7", "T-6", "T-7")
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [], id="sound"),
        pytest.param({"has_purpose": False}, ["forum-purpose"], id="no purpose"),
        pytest.param({"open_to": frozenset({Capacity.LIVES})}, ["forum-not-open"], id="closed to those who work there"),
        pytest.param({"members": members(20, *Capacity)}, ["forum-members"], id="twenty"),
        pytest.param({"members": members(20, *Capacity) * 2}, ["forum-members"], id="twenty counted twice"),
        pytest.param({"members": members(21, Capacity.LIVES)}, ["forum-breadth"], id="residents only is no bar"),
        pytest.param({"members": members(21)}, ["forum-members", "forum-breadth"], id="nobody qualifies"),
        pytest.param({"has_constitution": False}, ["forum-constitution"], id="no constitution"),
        pytest.param({"another_forum_is_designated": True}, ["forum-already"], id="one forum at a time"),
    ],
)
def test_the_conditions_of_a_forum(change, expected):
    assert [reason.code for reason in forum_reasons(replace(SOUND, **change))] == expected
