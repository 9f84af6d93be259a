"""A plan's and an order's stages."""

from itertools import pairwise

import pytest

from referendum.errors import StageError
from referendum.question import Instrument
from referendum.rulebook import rule
from referendum.stages import BEFORE_DECISION, Actor, Course, Stage, check_move, lawful_moves, standing

NDP, NDO, CRTBO = Instrument.NDP, Instrument.NDO, Instrument.CRTBO
TO_THE_POLL = [
    Stage.PREPARATION,
    Stage.PRE_SUBMISSION,
    Stage.SUBMITTED,
    Stage.PUBLICISED,
    Stage.EXAMINATION,
    Stage.REPORT_RECEIVED,
    Stage.REFERENDUM_DUE,
    Stage.REFERENDUM_HELD,
]
CLOSED = {
    Stage.REFUSED,
    Stage.DECLINED,
    Stage.WITHDRAWN,
    Stage.FALLEN,
    Stage.NOT_APPROVED,
    Stage.NOT_MADE,
    Stage.QUASHED,
    Stage.REVOKED,
    Stage.SUPERSEDED,
}
UNREACHABLE = {
    NDP: {Stage.APPROVED, Stage.BODY_CHOICE},
    NDO: {Stage.IN_DEVELOPMENT_PLAN, Stage.SUPERSEDED, Stage.BODY_CHOICE},
}
UNREACHABLE[CRTBO] = UNREACHABLE[NDO]


def reachable(instrument, start):
    seen, waiting = set(), [start]
    while waiting:
        stage = waiting.pop()
        if stage not in seen:
            seen.add(stage)
            waiting += [move.to_stage for move in lawful_moves(instrument, stage)]
    return seen


@pytest.mark.rule(
    "STEP-1", "STEP-2", "STEP-5", "STEP-7", "EXAM-1", "EXAM-5", "REF-1", "RESULT-3", "RESULT-5", "RESULT-6"
)
@pytest.mark.parametrize(
    ("instrument", "after_yes"),
    [(NDP, Stage.IN_DEVELOPMENT_PLAN), (NDO, Stage.APPROVED), (CRTBO, Stage.APPROVED)],
)
def test_the_whole_way_of_each_instrument_t_34(instrument, after_yes):
    way = [*TO_THE_POLL, after_yes, Stage.MADE]
    rules = [check_move(instrument, here, there).rule for here, there in pairwise(way)]
    last = "RESULT-5" if instrument is NDP else "RESULT-6"
    assert rules == ["STEP-1", "STEP-2", "STEP-5", "STEP-7", "EXAM-1", "EXAM-5", "REF-1", last, "RESULT-3"]


@pytest.mark.rule("RESULT-5", "RESULT-6")
@pytest.mark.parametrize("instrument", Instrument)
def test_every_stage_can_be_reached_but_those_of_the_other_ladder(instrument):
    assert reachable(instrument, Stage.PREPARATION) == set(Stage) - UNREACHABLE[instrument]


@pytest.mark.parametrize("instrument", Instrument)
def test_closed_stages_lead_nowhere_and_every_other_leads_to_one(instrument):
    for stage in set(Stage) - UNREACHABLE[instrument]:
        assert standing(instrument, stage).closed is (stage in CLOSED)
        assert reachable(instrument, stage) & CLOSED


@pytest.mark.parametrize("instrument", Instrument)
def test_every_move_names_a_rule_and_is_offered_once(instrument):
    moves = [move for stage in Stage for move in lawful_moves(instrument, stage)]
    assert len({(move.from_stage, move.to_stage) for move in moves}) == len(moves)
    for move in moves:
        assert rule(move.rule).id == move.rule
        assert move.action
        assert check_move(instrument, move.from_stage, move.to_stage) == move


@pytest.mark.rule("STEP-8")
@pytest.mark.parametrize("instrument", Instrument)
@pytest.mark.parametrize("stage", Stage)
def test_withdrawal_ends_with_the_decision_t_41(instrument, stage):
    if stage in BEFORE_DECISION:
        assert check_move(instrument, stage, Stage.WITHDRAWN).rule == "STEP-8"
    else:
        with pytest.raises(StageError):
            check_move(instrument, stage, Stage.WITHDRAWN)


@pytest.mark.rule("STEP-8")
def test_a_late_withdrawal_is_explained_t_41():
    with pytest.raises(StageError, match=r"can no longer be withdrawn: .* examiner's report \(STEP-8\)"):
        check_move(NDP, Stage.REFERENDUM_DUE, Stage.WITHDRAWN)


def test_an_unlawful_move_says_what_is_lawful():
    with pytest.raises(StageError) as refused:
        check_move(NDO, Stage.REFERENDUM_HELD, Stage.MADE)
    assert str(refused.value) == (
        "A neighbourhood development order at the stage “referendum held” cannot become “made”; from here it may "
        "become: approved not yet made, divided result, not approved."
    )
    with pytest.raises(StageError, match="nothing more can happen to it"):
        check_move(NDP, Stage.NOT_APPROVED, Stage.MADE)


@pytest.mark.rule("FORUM-17")
@pytest.mark.parametrize("stage", Stage)
def test_a_proposal_falls_with_its_forum_only_before_examination(stage):
    falls = any(move.to_stage is Stage.FALLEN for move in lawful_moves(NDP, stage))
    assert falls is (stage in TO_THE_POLL[:4])


@pytest.mark.rule("RESULT-5", "RESULT-6", "RESULT-8", "AFTER-3")
@pytest.mark.parametrize(
    ("instrument", "stage", "plan", "permission", "weighed"),
    [
        pytest.param(NDP, Stage.EXAMINATION, False, False, False, id="plan at examination"),
        pytest.param(NDP, Stage.REFERENDUM_DUE, False, False, True, id="plan after examination is weighed"),
        pytest.param(NDP, Stage.IN_DEVELOPMENT_PLAN, True, False, False, id="plan after a yes vote"),
        pytest.param(NDP, Stage.DIVIDED, False, False, True, id="divided result makes no plan"),
        pytest.param(NDP, Stage.NOT_MADE, False, False, False, id="plan not made"),
        pytest.param(NDP, Stage.NOT_APPROVED, False, False, False, id="plan voted down"),
        pytest.param(NDP, Stage.MADE, True, False, False, id="made plan"),
        pytest.param(NDO, Stage.APPROVED, False, False, False, id="order after a yes vote grants nothing"),
        pytest.param(CRTBO, Stage.MADE, False, True, False, id="made order"),
    ],
)
def test_what_a_proposal_counts_for_t_34(instrument, stage, plan, permission, weighed):
    found = standing(instrument, stage)
    assert (found.in_development_plan, found.grants_permission, found.taken_into_account) == (plan, permission, weighed)


def test_t35_nothing_moves_a_made_plan_by_the_end_of_its_period():
    moves = lawful_moves(Instrument.NDP, Stage.MADE)
    assert {move.to_stage for move in moves} == {Stage.QUASHED, Stage.REVOKED, Stage.SUPERSEDED}


@pytest.mark.rule("STEP-3", "STEP-12", "MOD-9")
@pytest.mark.parametrize("instrument", list(Instrument))
@pytest.mark.parametrize(
    ("stage", "to_stage", "by"),
    [
        (Stage.SUBMITTED, Stage.REFUSED, "STEP-3"),
        (Stage.REPORT_RECEIVED, Stage.REFUSED, "STEP-12"),
        (Stage.MADE, Stage.REVOKED, "MOD-9"),
    ],
)
def test_an_authority_may_refuse_or_revoke_under_its_own_rule(instrument, stage, to_stage, by):
    assert check_move(instrument, stage, to_stage).rule == by


def way_of(course, *stages):
    return [check_move(NDP, here, there, course).rule for here, there in pairwise(stages)]


TO_THE_REPORT = TO_THE_POLL[:6]


@pytest.mark.rule("MOD-3", "MOD-5", "MOD-6", "MOD-7")
def test_a_made_plan_is_changed_by_one_of_three_routes():
    minor = way_of(Course.MINOR_CHANGE, Stage.PREPARATION, Stage.APPROVED, Stage.MADE)
    assert minor == ["MOD-6", "MOD-7"]
    plain = way_of(Course.CHANGE_WITHOUT_REFERENDUM, *TO_THE_REPORT, Stage.APPROVED, Stage.MADE)
    assert plain == ["STEP-1", "STEP-2", "STEP-5", "STEP-7", "EXAM-1", "MOD-5", "MOD-7"]
    full = way_of(Course.CHANGE_WITH_REFERENDUM, *TO_THE_POLL, Stage.IN_DEVELOPMENT_PLAN, Stage.MADE)
    assert full == way_of(Course.NEW, *TO_THE_POLL, Stage.IN_DEVELOPMENT_PLAN, Stage.MADE)


@pytest.mark.rule("MOD-5")
@pytest.mark.parametrize("course", [Course.MINOR_CHANGE, Course.CHANGE_WITHOUT_REFERENDUM])
def test_a_change_that_leaves_the_nature_alone_never_comes_to_a_poll(course):
    seen, waiting = set(), [Stage.PREPARATION]
    while waiting:
        stage = waiting.pop()
        if stage not in seen:
            seen.add(stage)
            waiting += [move.to_stage for move in lawful_moves(NDP, stage, course)]
    assert not seen & {Stage.REFERENDUM_DUE, Stage.REFERENDUM_HELD, Stage.IN_DEVELOPMENT_PLAN}
    assert Stage.MADE in seen


@pytest.mark.rule("MOD-4")
def test_where_the_examiner_finds_the_nature_changed_the_body_chooses():
    course = Course.CHANGE_WITHOUT_REFERENDUM
    found = check_move(NDP, Stage.EXAMINATION, Stage.BODY_CHOICE, course)
    assert (found.by, found.rule) == (Actor.EXAMINER, "MOD-4")
    choices = lawful_moves(NDP, Stage.BODY_CHOICE, course)
    assert {(move.to_stage, move.by) for move in choices} == {
        (Stage.EXAMINATION, Actor.QUALIFYING_BODY),
        (Stage.WITHDRAWN, Actor.QUALIFYING_BODY),
    }


@pytest.mark.rule("MOD-8")
@pytest.mark.parametrize("course", [Course.CHANGE_WITHOUT_REFERENDUM, Course.CHANGE_WITH_REFERENDUM])
def test_a_repeated_change_is_declined_under_its_own_rule(course):
    assert check_move(NDP, Stage.SUBMITTED, Stage.DECLINED, course).rule == "MOD-8"
    assert check_move(NDP, Stage.SUBMITTED, Stage.DECLINED).rule == "STEP-4"


@pytest.mark.parametrize("course", Course)
@pytest.mark.parametrize("instrument", Instrument)
def test_on_no_course_are_there_two_moves_between_the_same_stages(instrument, course):
    moves = [move for stage in Stage for move in lawful_moves(instrument, stage, course)]
    assert len({(move.from_stage, move.to_stage) for move in moves}) == len(moves)
