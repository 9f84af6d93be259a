"""Who may be at the count, and postal votes handed in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.attendance import Attendance, Capacity, HandedIn, accepted_of, attendance_findings, hand_ins, may_attend
from referendum.errors import ReferendumError


@pytest.mark.rule("POLL-8")
def test_only_those_the_rules_name_may_be_at_the_count():
    assert [each for each in Capacity if not may_attend(each)] == [Capacity.OTHER]
    present = [
        Attendance(name="Observer", capacity=Capacity.COUNTING_OBSERVER),
        Attendance(name="Press", capacity=Capacity.OTHER),
    ]
    (found,) = attendance_findings(present)
    assert found.message.startswith("Press may not be at the count")


@pytest.mark.rule("POLL-6")
@pytest.mark.parametrize(
    ("handed_in", "expected"),
    [
        pytest.param(HandedIn(own=1, others=5, has_form=True), 6, id="own and five"),
        pytest.param(HandedIn(own=1, others=6, has_form=True), 1, id="too many of others"),
        pytest.param(HandedIn(own=0, others=5, has_form=True), 5, id="only others"),
        pytest.param(HandedIn(own=1, others=0, has_form=False), 0, id="no form"),
    ],
)
def test_how_many_are_accepted(handed_in, expected):
    assert accepted_of(handed_in) == expected


@pytest.mark.parametrize(
    "handed_in", [HandedIn(own=2, others=0, has_form=True), HandedIn(own=0, others=-1, has_form=True)]
)
def test_numbers_that_cannot_be(handed_in):
    with pytest.raises(ReferendumError, match="check both"):
        accepted_of(handed_in)


@given(st.lists(st.builds(HandedIn, own=st.integers(0, 1), others=st.integers(0, 9), has_form=st.booleans())))
def test_no_handed_in_vote_is_lost(each):
    figures = hand_ins(each)
    assert figures.accepted + figures.rejected == sum(one.own + one.others for one in each)
    assert min(figures.accepted, figures.rejected) >= 0
