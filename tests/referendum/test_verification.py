import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.count import Poll, StationAccount
from referendum.count_file import read_count
from referendum.errors import StageError
from referendum.verification import (
    BoxState,
    BoxVerification,
    CauseKind,
    Step,
    record_cause,
    take_step,
    verification_statement,
    verified_station,
)


@pytest.fixture
def box_b():
    return BoxVerification(
        station=StationAccount(name="B", supplied=700, issued=297, spoilt=1, unused=402, tendered=0, found=296)
    )


def after(box, *steps):
    for step in steps:
        box = take_step(box, step, by="DCO", found=296 if step is Step.RECOUNT_BOX else None)
    return box


def test_a_box_that_agrees_needs_nothing():
    box = BoxVerification(
        station=StationAccount(name="A", supplied=900, issued=412, spoilt=3, unused=485, tendered=0, found=412)
    )
    assert (box.state, box.next_step, box.found) == (BoxState.AGREES, None, 412)
    with pytest.raises(StageError, match="not open"):
        take_step(box, Step.RECHECK_ACCOUNT, by="DCO")
    with pytest.raises(StageError, match="not open"):
        record_cause(box, CauseKind.MISCOUNT, "note", by="a", agreed_by="b")


@pytest.mark.rule("COUNT-3")
def test_the_steps_come_in_order_and_end(box_b):
    seen = []
    box = box_b
    while box.next_step is not None:
        seen.append(box.next_step)
        box = after(box, box.next_step)
    assert seen == list(Step)
    assert box.state is BoxState.OPEN
    closed = record_cause(box, CauseKind.NOT_FOUND, "Everything was tried.", by="CO", agreed_by="DCO")
    assert (closed.state, closed.next_step) == (BoxState.CLOSED_BY_CAUSE, None)


@pytest.mark.parametrize(
    ("kind", "steps", "said"),
    [
        pytest.param(CauseKind.TAKEN_AWAY, [], "recheck-account, recount-box", id="nothing tried"),
        pytest.param(CauseKind.TAKEN_AWAY, [Step.RECOUNT_BOX], "first recheck-account", id="account not rechecked"),
        pytest.param(
            CauseKind.NOT_FOUND,
            [Step.RECHECK_ACCOUNT, Step.RECOUNT_BOX],
            "check-other-boxes, check-postal",
            id="not found needs everything",
        ),
    ],
)
def test_a_cause_needs_its_steps(box_b, kind, steps, said):
    with pytest.raises(StageError, match=said):
        record_cause(after(box_b, *steps), kind, "A voter left with it.", by="CO", agreed_by="DCO")


def test_a_cause_needs_two_people_and_a_note(box_b):
    box = after(box_b, Step.RECHECK_ACCOUNT, Step.RECOUNT_BOX)
    with pytest.raises(StageError, match="second one"):
        record_cause(box, CauseKind.TAKEN_AWAY, "A voter left with it.", by="CO", agreed_by="CO")
    with pytest.raises(StageError, match="few words"):
        record_cause(box, CauseKind.TAKEN_AWAY, " ", by="CO", agreed_by="DCO")
    assert record_cause(box, CauseKind.TAKEN_AWAY, " Left. ", by="CO", agreed_by="DCO").cause.note == "Left."


def test_two_agreeing_recounts_by_two_people_close_a_box(box_b):
    once = take_step(box_b, Step.RECOUNT_BOX, by="first", found=297)
    assert (once.state, once.found) == (BoxState.OPEN, 297)
    assert take_step(once, Step.RECOUNT_BOX, by="first", found=297).state is BoxState.OPEN
    assert take_step(once, Step.RECOUNT_BOX, by="second", found=296).state is BoxState.OPEN
    closed = take_step(once, Step.RECOUNT_BOX, by="second", found=297)
    assert (closed.state, verified_station(closed).found) == (BoxState.CLOSED_BY_RECOUNTS, 297)


@pytest.mark.parametrize(
    ("step", "found"),
    [(Step.RECOUNT_BOX, None), (Step.RECOUNT_BOX, -1), (Step.RECHECK_ACCOUNT, 296), (Step.CHECK_POSTAL, 0)],
)
def test_only_a_recount_has_a_number(box_b, step, found):
    with pytest.raises(StageError, match="number of papers"):
        take_step(box_b, step, by="DCO", found=found)


@given(found=st.lists(st.integers(290, 300), max_size=6))
def test_a_box_never_stays_open_for_ever(found):
    box = BoxVerification(
        station=StationAccount(name="B", supplied=9, issued=5, spoilt=0, unused=4, tendered=0, found=4)
    )
    for place, papers in enumerate(found):
        if box.state is BoxState.OPEN:
            box = take_step(box, Step.RECOUNT_BOX, by=str(place), found=papers)
    while box.next_step is not None:
        box = take_step(box, box.next_step, by="x", found=1 if box.next_step is Step.RECOUNT_BOX else None)
    if box.state is BoxState.OPEN:
        box = record_cause(box, CauseKind.NOT_FOUND, "Everything was tried.", by="CO", agreed_by="DCO")
    assert box.state in {BoxState.CLOSED_BY_CAUSE, BoxState.CLOSED_BY_RECOUNTS}


@pytest.mark.rule("COUNT-2", "COUNT-4")
def test_the_statement_of_the_worked_example(count_document):
    (portion,) = read_count(count_document()).portions[Poll.RESIDENTIAL]
    statement = verification_statement(portion, [200, 118])
    assert [(row.station.name, row.accounted_for, row.found, row.variance) for row in statement.rows] == [
        ("Station A", 900, 412, 0),
        ("Station B", 700, 296, -1),
    ]
    assert (statement.postal_sessions, statement.total_verified) == ((200, 118), 1026)
    assert verification_statement(portion).postal_sessions == (318,)
    with pytest.raises(StageError, match="add up to 317"):
        verification_statement(portion, [317])
