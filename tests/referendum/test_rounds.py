from dataclasses import replace

import pytest

from referendum.count import Rejected
from referendum.errors import StageError
from referendum.rounds import Rounds, answer_request, confirm_round, figures_in_use, hold_round

HEADS = Rejected(official_mark=0, more_than_one_answer=4, identifies_voter=1, unmarked_or_uncertain=7)


def first_count():
    return confirm_round(hold_round(Rounds(), yes=508, no=506, rejected=HEADS, reason="First count"), 1)


@pytest.mark.rule("COUNT-12")
def test_worked_example_the_confirmed_recount_is_used_and_the_first_count_kept(make_portion):
    asked = answer_request(first_count(), by="counting observer", granted=True, reason="margin of 2")
    recounted = hold_round(asked, yes=507, no=507, rejected=HEADS, reason="Recount: margin of 2")
    assert recounted.in_use.yes == 508

    confirmed = confirm_round(recounted, 2)
    portion = figures_in_use(confirmed, make_portion(508, 506, (0, 4, 1, 7)))
    assert (portion.yes, portion.no, portion.rejected) == (507, 507, HEADS)
    assert [(held.number, held.yes, held.confirmed) for held in confirmed.rounds] == [(1, 508, True), (2, 507, True)]
    assert portion.papers_counted == 1026


def test_nothing_is_in_use_before_a_round_is_confirmed(make_portion):
    held = hold_round(Rounds(), yes=1, no=0, rejected=HEADS, reason="First count")
    assert held.in_use is None
    with pytest.raises(StageError, match="confirmed yet"):
        figures_in_use(held, make_portion())


@pytest.mark.parametrize("number", [0, 2])
def test_only_the_latest_round_is_confirmed(number):
    with pytest.raises(StageError, match="not the latest"):
        confirm_round(first_count(), number)


def test_an_earlier_round_cannot_be_gone_back_to():
    recounted = hold_round(first_count(), yes=507, no=507, rejected=HEADS, reason="Recount")
    with pytest.raises(StageError, match="not the latest"):
        confirm_round(recounted, 1)


def test_a_refusal_and_a_recount_need_reasons():
    with pytest.raises(StageError, match="refused"):
        answer_request(first_count(), by="observer", granted=False, reason="")
    refused = answer_request(first_count(), by="observer", granted=False, reason="third in a row, same figures")
    assert [(asked.granted, asked.reason) for asked in refused.requests] == [(False, "third in a row, same figures")]
    with pytest.raises(StageError, match="why this count"):
        hold_round(first_count(), yes=1, no=1, rejected=HEADS, reason=" ")


@pytest.mark.rule("COUNT-12")
def test_nothing_is_recounted_after_the_declaration():
    declared = replace(first_count(), declared=True)
    for move in (
        lambda: hold_round(declared, yes=1, no=1, rejected=HEADS, reason="late"),
        lambda: confirm_round(declared, 1),
        lambda: answer_request(declared, by="observer", granted=True, reason="late"),
    ):
        with pytest.raises(StageError, match="declared"):
            move()
