"""What each step needs, and how what is missing is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.needs import checklist, duties_after, need_by_code, needs_of
from referendum.question import Instrument
from referendum.rulebook import rule
from referendum.stages import Course, Stage, check_move, lawful_moves

NDP, NDO, CRTBO = Instrument.NDP, Instrument.NDO, Instrument.CRTBO
NEW, PLAIN, FULL, MINOR = (
    Course.NEW,
    Course.CHANGE_WITHOUT_REFERENDUM,
    Course.CHANGE_WITH_REFERENDUM,
    Course.MINOR_CHANGE,
)
MOVES = [
    (move, instrument, course)
    for course in Course
    for instrument in Instrument
    for stage in Stage
    for move in lawful_moves(instrument, stage, course)
]


def codes(start, end, instrument=NDP, course=NEW):
    return {need.code for need in needs_of(check_move(instrument, start, end, course), instrument, course)}


@pytest.mark.rule("STEP-2", "PLAN-2", "PLAN-3")
def test_a_plan_is_submitted_with_its_papers():
    assert codes(Stage.PRE_SUBMISSION, Stage.SUBMITTED) == {
        "comments-closed",
        "map",
        "submission-draft",
        "consultation-statement",
        "basic-conditions-statement",
        "environmental-report",
        "period",
        "content",
    }


@pytest.mark.rule("ORDER-4", "CRTBO-2", "CRTBO-5")
def test_orders_need_other_papers_and_a_right_to_build_order_its_organisation():
    order = codes(Stage.PRE_SUBMISSION, Stage.SUBMITTED, NDO)
    assert order >= {"order-documents", "content"}
    assert not order & {"environmental-report", "period", "community-organisation"}
    right = codes(Stage.PRE_SUBMISSION, Stage.SUBMITTED, CRTBO)
    assert right - order == {"community-organisation", "enfranchisement"}
    shown = {need.code for need in duties_after(Stage.PUBLICISED, CRTBO, NEW)}
    assert "enfranchisement-shown" in shown


@pytest.mark.rule("MOD-1", "MOD-2", "MOD-3")
@pytest.mark.parametrize("course", [PLAIN, FULL])
def test_a_change_says_why_and_what_it_does_to_the_nature_of_the_plan(course):
    assert "view-on-nature" in codes(Stage.PREPARATION, Stage.PRE_SUBMISSION, course=course)
    assert "summary-and-reasons" in codes(Stage.PRE_SUBMISSION, Stage.SUBMITTED, course=course)
    assert "authority-view-on-nature" in codes(Stage.SUBMITTED, Stage.PUBLICISED, course=course)
    assert "view-on-nature" not in codes(Stage.PREPARATION, Stage.PRE_SUBMISSION)


@pytest.mark.rule("MOD-5", "MOD-6")
def test_a_change_without_a_vote_follows_its_report_and_a_minor_one_has_consent():
    assert "report-followed" in codes(Stage.REPORT_RECEIVED, Stage.APPROVED, course=PLAIN)
    assert codes(Stage.PREPARATION, Stage.APPROVED, course=MINOR) == {
        "submission-draft",
        "body-consents",
        "policies-not-affected",
    }


@pytest.mark.rule("STEP-13", "STEP-14", "RESULT-12")
def test_after_the_vote_everybody_is_told_and_the_made_plan_is_published():
    made = {need.code: need.rule for need in duties_after(Stage.MADE, NDP, NEW)}
    assert made == {"making-published": "STEP-13", "askers-told": "RESULT-12", "made-version": "STEP-14"}
    assert {need.code for need in duties_after(Stage.NOT_MADE, NDP, NEW)} == {"making-published", "askers-told"}


@pytest.mark.rule("STEP-12")
@pytest.mark.parametrize("stage", [Stage.REFERENDUM_DUE, Stage.REFUSED, Stage.DECLINED])
def test_every_decision_is_published_and_told(stage):
    assert {need.code for need in duties_after(stage, NDP, NEW)} == {"decision-statement", "body-told-of-decision"}


@pytest.mark.parametrize(("move", "instrument", "course"), MOVES)
def test_every_need_names_a_rule_and_stands_once(move, instrument, course):
    needed = needs_of(move, instrument, course)
    assert len({need.code for need in needed}) == len(needed)
    for need in needed:
        assert rule(need.rule).id == need.rule
        assert need_by_code(need.code, instrument, course).concerns(instrument, course)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        pytest.param(set(), "0 of 4 done; missing: the draft that people are to comment on", id="nothing"),
        pytest.param(
            {"pre-submission-draft", "publicity", "consultation-bodies"},
            "3 of 4 done; missing: a copy of the draft sent to the council",
            id="one missing",
        ),
        pytest.param(
            {"pre-submission-draft", "publicity", "consultation-bodies", "copy-to-authority"}, "4 of 4 done", id="all"
        ),
    ],
)
def test_what_is_missing_is_told_in_words(held, words):
    move = check_move(NDP, Stage.PREPARATION, Stage.PRE_SUBMISSION)
    assert checklist(move, NDP, NEW, held).words.startswith(words)


@given(st.sampled_from(MOVES), st.data())
def test_a_step_is_complete_only_with_everything(case, data):
    move, instrument, course = case
    needed = {need.code for need in needs_of(move, instrument, course)}
    held = data.draw(st.sets(st.sampled_from(sorted(needed)))) if needed else set()
    found = checklist(move, instrument, course, held)
    assert found.is_complete is (held == needed)
    assert {need.code for need in found.done} == held
    assert {need.code for need in found.missing} == needed - held
    spared = checklist(move, instrument, course, held, needed - held)
    assert (spared.is_complete, spared.missing, spared.done) == (True, (), found.done)
