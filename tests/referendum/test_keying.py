import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.count import Poll
from referendum.count_file import read_count
from referendum.errors import StageError
from referendum.keying import KeyedFigure, KeyingState, correct, key, settled
from referendum.tally import tally_many

YES = KeyedFigure(path="/polls/residential/portions/0/yes")


def keyed(*entries):
    figure = YES
    for person, value in entries:
        figure = key(figure, keyer=person, value=value)
    return figure


@pytest.mark.parametrize(
    ("entries", "state", "value"),
    [
        pytest.param([], KeyingState.AWAITING_FIRST, None, id="nobody yet"),
        pytest.param([("a", 508)], KeyingState.AWAITING_SECOND, None, id="one person"),
        pytest.param([("a", 508), ("b", 508)], KeyingState.AGREED, 508, id="two agree"),
        pytest.param([("a", 0), ("b", 0)], KeyingState.AGREED, 0, id="two agree on nought"),
        pytest.param([("a", 508), ("b", 580)], KeyingState.DIFFERS, None, id="two differ"),
        pytest.param([("a", 508), ("b", 580), ("c", 508)], KeyingState.AGREED, 508, id="the third settles it"),
        pytest.param([("a", 508), ("b", 580), ("c", 805)], KeyingState.DIFFERS, None, id="the third does not"),
        pytest.param([("a", 1), ("b", 2), ("c", 3), ("d", 2)], KeyingState.AGREED, 2, id="a fourth may"),
    ],
)
def test_two_equal_entries_settle_a_figure(entries, state, value):
    figure = keyed(*entries)
    assert (figure.state, figure.value) == (state, value)


def test_the_second_person_cannot_see_the_first_entry():
    figure = keyed(("a", 508))
    assert figure.shown_to("b") is None
    assert figure.shown_to("a").value == 508
    assert keyed(("a", 508), ("b", 580)).shown_to("b").value == 580


@pytest.mark.parametrize(
    ("entries", "person", "value", "said"),
    [
        pytest.param([("a", 508)], "a", 508, "another person", id="the same person twice"),
        pytest.param([("a", 508), ("b", 580)], "b", 508, "another person", id="changing one's mind"),
        pytest.param([("a", 508), ("b", 508)], "c", 509, "settled", id="after agreement"),
        pytest.param([], "a", -1, "0 or more", id="negative"),
        pytest.param([], "a", True, "0 or more", id="true is no number"),
    ],
)
def test_entries_out_of_place_are_refused(entries, person, value, said):
    with pytest.raises(StageError, match=said):
        key(keyed(*entries), keyer=person, value=value)


def test_a_correction_needs_two_entries_a_reason_and_a_number():
    differs = keyed(("a", 508), ("b", 580))
    with pytest.raises(StageError, match="two people"):
        correct(keyed(("a", 508)), by="CO", value=508, reason="misread")
    with pytest.raises(StageError, match="Say why"):
        correct(differs, by="CO", value=508, reason=" ")
    with pytest.raises(StageError, match="0 or more"):
        correct(differs, by="CO", value=-508, reason="misread")
    corrected = correct(differs, by="CO", value=508, reason=" misread ")
    assert (corrected.state, corrected.value, corrected.correction.reason) == (KeyingState.CORRECTED, 508, "misread")
    assert len(corrected.entries) == 2
    with pytest.raises(StageError, match="settled"):
        key(corrected, keyer="c", value=1)


def test_nothing_is_tallied_before_every_figure_is_settled():
    with pytest.raises(StageError, match="/yes is not settled"):
        settled([keyed(("a", 1), ("b", 1)), keyed(("a", 1))])
    assert settled([keyed(("a", 1), ("b", 1))]) == {YES.path: 1}


@given(values=st.lists(st.integers(0, 3), max_size=5))
def test_a_settled_value_was_keyed_by_two_people(values):
    figure = YES
    for person, value in enumerate(values):
        if figure.value is None:
            figure = key(figure, keyer=str(person), value=value)
    if figure.value is not None:
        assert [entry.value for entry in figure.entries].count(figure.value) == 2


def misread(dice, value):
    """A wrong reading of a figure: two digits swapped, one digit wrong, or one lost."""
    digits = list(str(value))
    match dice.randrange(3):
        case 0 if len(digits) > 1:
            place = dice.randrange(len(digits) - 1)
            digits[place], digits[place + 1] = digits[place + 1], digits[place]
        case 1 if len(digits) > 1:
            del digits[dice.randrange(len(digits))]
        case _:
            digits[dice.randrange(len(digits))] = dice.choice("0123456789")
    return int("".join(digits))


def read_paper(dice, value):
    return misread(dice, value) if dice.random() < 0.01 else value


def key_until_settled(dice, path, value):
    figure = KeyedFigure(path=path)
    for person in range(20):
        figure = key(figure, keyer=str(person), value=read_paper(dice, value))
        if figure.value is not None:
            return figure.value
    raise AssertionError("twenty readings, no two alike")


def true_count(dice):
    found = [dice.randrange(50, 600) for _ in range(3)]
    heads = [dice.randrange(4) for _ in range(4)]
    valid = sum(found) - sum(heads)
    yes = valid // 2 + dice.randrange(-5, 6)
    return {"found": found, "yes": yes, "no": valid - yes, "heads": heads, "electorate": sum(found) * 3}


def count_of(truth, reading):
    stations = [
        {"name": str(place), "supplied": 700, "issued": found, "spoilt": 0, "unused": 700 - found, "tendered": 0,
         "found": reading(f"/stations/{place}/found", found)}
        for place, found in enumerate(truth["found"][:2])
    ]  # fmt: skip
    names = ("official_mark", "more_than_one_answer", "identifies_voter", "unmarked_or_uncertain")
    heads = zip(names, truth["heads"], strict=True)
    portion = {
        "council": "C",
        "electorate": truth["electorate"],
        "stations": stations,
        "postal": {"found": reading("/postal/found", truth["found"][2])},
        "yes": reading("/yes", truth["yes"]),
        "no": reading("/no", truth["no"]),
        "rejected": {name: reading(f"/rejected/{name}", papers) for name, papers in heads},
    }
    return read_count(
        {"instrument": "ndp", "area": "A", "authority": "B", "poll_date": "2026-09-10",
         "polls": {"residential": {"portions": [portion]}}}
    )  # fmt: skip


@pytest.mark.rule("COUNT-16")
def test_ten_thousand_counts_with_keying_errors_give_no_wrong_declaration():
    dice = random.Random(1926)
    truths = [true_count(dice) for _ in range(10_000)]
    counts = [count_of(truth, lambda path, value: key_until_settled(dice, path, value)) for truth in truths]
    declared = wrong = 0
    for truth, result in zip(truths, tally_many(counts), strict=True):
        if not result.may_be_declared:
            continue
        declared += 1
        totals = result.polls[Poll.RESIDENTIAL]
        heads = totals.rejected
        said = (totals.papers_counted, totals.yes, totals.no, heads.official_mark, heads.more_than_one_answer,
                heads.identifies_voter, heads.unmarked_or_uncertain)  # fmt: skip
        wrong += said != (sum(truth["found"]), truth["yes"], truth["no"], *truth["heads"])
    assert wrong == 0
    assert declared > 9_900
