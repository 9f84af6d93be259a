from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referendum import tally as tally_module
from referendum.count import Poll
from referendum.count_file import read_count
from referendum.outcome import Decision
from referendum.question import Instrument
from referendum.result import result_document
from referendum.tally import EnginesDisagreeError, tally, tally_many


def codes(result):
    return {finding.code for finding in result.findings}


@pytest.mark.rule("COUNT-16", "COUNT-17", "COUNT-18", "RESULT-1", "RESULT-2", "RESULT-3", "RESULT-5")
def test_worked_example_first_count(count_document):
    result = tally(read_count(count_document()))
    totals = result.polls[Poll.RESIDENTIAL]

    assert (totals.electorate, totals.papers_counted, totals.yes, totals.no) == (2431, 1026, 508, 506)
    assert totals.rejected.total == 12
    assert (totals.turnout_papers, totals.turnout_valid) == (Decimal("42.20"), Decimal("41.71"))
    assert totals.yes_share == Decimal("50.10")
    assert totals.majority_in_favour
    assert not totals.tie
    assert result.outcome.decision is Decision.MUST_MAKE
    assert result.outcome.in_development_plan_from == date(2026, 9, 10)
    assert result.outcome.make_by == date(2026, 11, 5)
    assert result.outcome.repeat_window_until is None
    assert codes(result) == {"box-variance", "yes-not-half-of-papers"}
    assert result.may_be_declared


@pytest.mark.rule("COUNT-13", "RESULT-9")
def test_worked_example_recount_is_equal_and_t26_fails_without_a_lot(count_document):
    result = tally(read_count(count_document("recount-tie")))

    assert result.polls[Poll.RESIDENTIAL].tie
    assert not result.polls[Poll.RESIDENTIAL].majority_in_favour
    assert result.outcome.decision is Decision.MUST_NOT_MAKE
    assert result.outcome.in_development_plan_from is None
    assert result.outcome.make_by is None
    assert result.outcome.repeat_window_until == date(2028, 9, 9)
    assert "equal-votes" in codes(result)


@pytest.mark.rule("COUNT-14", "REF-4")
def test_worked_example_t25_two_councils_are_one_total(count_document):
    result = tally(read_count(count_document("cross-boundary")))
    totals = result.polls[Poll.RESIDENTIAL]

    assert (totals.yes, totals.no, totals.rejected.total, totals.electorate) == (508, 506, 12, 2431)
    assert result.outcome.decision is Decision.MUST_MAKE


@pytest.mark.rule("EXAM-4", "REF-1")
def test_t16_a_vote_weighs_the_same_in_the_extended_part_of_the_area(make_count):
    inside_only = tally(make_count([(60, 40)]))
    with_extension = tally(make_count([(60, 40), (0, 20)]))
    assert inside_only.outcome.decision is Decision.MUST_MAKE
    assert with_extension.polls[Poll.RESIDENTIAL].tie
    assert with_extension.outcome.decision is Decision.MUST_NOT_MAKE


@pytest.mark.parametrize(
    ("variant", "decision", "in_plan"),
    [
        pytest.param("business-split", Decision.MAY_MAKE, None, id="residents yes, businesses no"),
        pytest.param("business-both-yes", Decision.MUST_MAKE, date(2026, 9, 10), id="both yes"),
        pytest.param("business-neither", Decision.MUST_NOT_MAKE, None, id="residents equal, businesses no"),
    ],
)
@pytest.mark.rule("RESULT-7", "RESULT-8")
def test_worked_example_t33_neither_poll_is_a_veto_nor_decisive(count_document, variant, decision, in_plan):
    result = tally(read_count(count_document(variant)))
    assert result.outcome.decision is decision
    assert result.outcome.in_development_plan_from == in_plan
    assert ("split-result" in codes(result)) == (decision is Decision.MAY_MAKE)


@pytest.mark.parametrize("instrument", [Instrument.NDO, Instrument.CRTBO])
@pytest.mark.rule("RESULT-6")
def test_t34_an_order_takes_no_effect_from_the_vote(make_count, instrument):
    result = tally(make_count([(10, 1)], instrument=instrument))
    assert result.outcome.decision is Decision.MUST_MAKE
    assert result.outcome.in_development_plan_from is None
    assert codes(result) == {"no-permission-until-made"}


@pytest.mark.rule("COUNT-16")
@pytest.mark.parametrize("found", [99, 101, 0])
def test_papers_that_do_not_add_up_stop_the_declaration(make_count, make_portion, found):
    result = tally(make_count([make_portion(60, 40, found=found, electorate=1000)]))
    (finding,) = [finding for finding in result.findings if finding.code == "papers-do-not-add-up"]

    assert not result.may_be_declared
    assert finding.rule == "COUNT-16"
    assert finding.path == "/polls/residential/portions/0"
    assert f"{100 - found:+d}" in finding.message


@pytest.mark.rule("COUNT-16")
def test_two_wrong_portions_do_not_cancel_each_other(make_count, make_portion):
    wrong = [make_portion(6, 4, found=9, council="A"), make_portion(6, 4, found=11, council="B", electorate=20)]
    result = tally(make_count(wrong))
    assert result.polls[Poll.RESIDENTIAL].papers_counted == 20
    assert result.polls[Poll.RESIDENTIAL].unbalanced == (0, 1)
    assert not result.may_be_declared


@pytest.mark.rule("COUNT-17", "ELEC-16")
def test_t21_more_papers_than_electors_stop_the_declaration(make_count, make_portion):
    enough = tally(make_count([make_portion(60, 40, electorate=100)]))
    short = tally(make_count([make_portion(60, 40, electorate=99)]))
    assert enough.may_be_declared
    assert codes(short) == {"more-papers-than-electors"}
    assert not short.may_be_declared


@pytest.mark.rule("RESULT-2", "T-27")
@pytest.mark.parametrize(
    ("yes", "no", "rejected", "flagged"),
    [
        pytest.param(2, 1, 900, True, id="t27 rejected papers do not count"),
        pytest.param(10, 5, 5, True, id="exactly half of all papers"),
        pytest.param(11, 5, 5, False, id="more than half of all papers"),
        pytest.param(5, 10, 900, False, id="not in favour"),
    ],
)
def test_a_yes_that_is_not_half_of_all_papers_is_noted_and_stands(make_count, yes, no, rejected, flagged):
    result = tally(make_count([(yes, no, (rejected, 0, 0, 0))]))
    assert result.polls[Poll.RESIDENTIAL].majority_in_favour == (yes > no)
    assert codes(result) == ({"yes-not-half-of-papers"} if flagged else set())
    assert result.may_be_declared


def test_a_poll_nobody_voted_in_has_no_shares_and_no_majority(make_count):
    totals = tally(make_count([(0, 0)])).polls[Poll.RESIDENTIAL]
    assert (totals.turnout_papers, totals.turnout_valid, totals.yes_share) == (None, None, None)
    assert totals.tie
    assert not totals.majority_in_favour


def test_no_result_exists_when_the_engines_differ(make_count, monkeypatch):
    monkeypatch.setattr(tally_module, "fold_poll", lambda portions: None)
    with pytest.raises(EnginesDisagreeError, match="do not declare"):
        tally(make_count([(1, 0)]))


def test_many_counts_keep_their_order_across_batches(make_count, monkeypatch):
    monkeypatch.setattr(tally_module, "BATCH", 3)
    counts = [make_count([(index, 1)], [(1, index)] if index % 2 else None) for index in range(11)]
    results = list(tally_many(counts))
    assert [result.polls[Poll.RESIDENTIAL].yes for result in results] == list(range(11))
    assert [Poll.BUSINESS in result.polls for result in results] == [index % 2 == 1 for index in range(11)]


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_paper_is_lost_or_made(data, balanced_portions, make_count):
    portions = data.draw(balanced_portions)
    totals = tally(make_count(portions)).polls[Poll.RESIDENTIAL]
    assert totals.yes + totals.no + totals.rejected.total == totals.papers_counted
    assert totals.papers_counted == sum(portion.papers_counted for portion in portions)
    assert totals.unbalanced == ()


@given(
    yes=st.integers(0, 60), no=st.integers(0, 60), business=st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9))
)
@settings(max_examples=60, deadline=None)
def test_one_more_yes_never_turns_a_yes_into_a_no(make_count, yes, no, business):
    order = [Decision.MUST_NOT_MAKE, Decision.MAY_MAKE, Decision.MUST_MAKE]
    second = None if business is None else [business]
    before, after = (tally(make_count([(votes, no)], second)).outcome.decision for votes in (yes, yes + 1))
    assert order.index(before) <= order.index(after)


@given(yes=st.integers(0, 500), no=st.integers(0, 500))
@settings(max_examples=40, deadline=None)
def test_opposite_answers_never_both_win(make_count, yes, no):
    wins = [tally(make_count([pair])).polls[Poll.RESIDENTIAL].majority_in_favour for pair in ((yes, no), (no, yes))]
    assert wins.count(True) == (yes != no)


def numbers_in(value):
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from numbers_in(inner)
    else:
        yield value


@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_nothing_in_a_result_is_a_float(data, balanced_portions, make_count):
    document = result_document(tally(make_count(data.draw(balanced_portions))))
    assert {type(value) for value in numbers_in(document)} <= {str, int, bool, type(None)}
