import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.count import Poll
from referendum.count_file import read_count
from referendum.errors import ReferendumError, StageError
from referendum.keying import KeyingState
from referendum.sheets import (
    FIGURES,
    Sheet,
    SheetEntry,
    SheetKind,
    correct_sheet,
    key_sheet,
    keyed_sheet,
    read_sheet,
)
from referendum.tally import tally_many

POSTAL = Sheet(kind=SheetKind.POSTAL)
ACCOUNT = Sheet(kind=SheetKind.STATION, number=2)
FIRST = {"supplied": 900, "issued": 700, "spoilt": 3, "unused": 197, "tendered": 0, "found": 700}


def entries(sheet, *read):
    return keyed_sheet(sheet, [SheetEntry(keyer=who, figures=figures) for who, figures in read])


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        pytest.param("electorate", SheetKind.ELECTORATE, 1, id="the electorate"),
        pytest.param("station-12", SheetKind.STATION, 12, id="a station"),
        pytest.param("postal-1", SheetKind.POSTAL, 1, id="a postal session"),
        pytest.param("round-3", SheetKind.ROUND, 3, id="a recount"),
    ],
)
def test_a_sheet_is_read_from_its_key(text, kind, number):
    assert read_sheet(text) == Sheet(kind=kind, number=number)
    assert read_sheet(text).key == text


@pytest.mark.parametrize("text", ["", "station", "station-0", "station-01", "box-1", "electorate-1", "round-1\n"])
def test_anything_else_is_no_sheet(text):
    with pytest.raises(StageError, match="There is no sheet"):
        read_sheet(text)


def test_only_the_figures_that_differ_are_left_for_a_third_person():
    held = entries(ACCOUNT, ("a", FIRST), ("b", FIRST | {"issued": 770, "tendered": 1}))
    assert (held.state, held.differing, held.values) == (KeyingState.DIFFERS, ("issued", "tendered"), None)
    assert [held.left_for(who) for who in "abc"] == [(), (), ("issued", "tendered")]
    third = key_sheet(held, keyer="c", figures={"issued": 700, "tendered": 0})
    assert (third.state, third.values) == (KeyingState.AGREED, FIRST)


def test_a_correction_settles_only_what_it_names():
    held = entries(ACCOUNT, ("a", FIRST), ("b", FIRST | {"issued": 770, "tendered": 1}))
    half = correct_sheet(held, by="CO", figures={"issued": 700}, reason="The paper says 700.")
    assert (half.state, half.differing) == (KeyingState.DIFFERS, ("tendered",))
    whole = correct_sheet(half, by="CO", figures={"tendered": 0}, reason="There are none.")
    assert (whole.state, whole.values) == (KeyingState.CORRECTED, FIRST)
    again = keyed_sheet(
        ACCOUNT,
        [
            SheetEntry(keyer="a", figures=FIRST),
            SheetEntry(keyer="b", figures=FIRST | {"issued": 770, "tendered": 1}),
            SheetEntry(keyer="CO", figures={"issued": 700}, reason="The paper says 700."),
            SheetEntry(keyer="CO", figures={"tendered": 0}, reason="There are none."),
        ],
    )
    assert again == whole


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        pytest.param({}, "Key exactly these figures: found", id="nothing"),
        pytest.param({"found": 1, "yes": 1}, "Key exactly", id="another figure"),
        pytest.param({"found": -1}, "whole number from 0", id="negative"),
        pytest.param({"found": True}, "whole number from 0", id="true is no number"),
        pytest.param({"found": 10**9}, "whole number from 0", id="more papers than there can be"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(figures, said):
    with pytest.raises(ReferendumError, match=said):
        key_sheet(keyed_sheet(POSTAL), keyer="a", figures=figures)


def test_a_settled_sheet_takes_no_further_reading_and_nobody_reads_twice():
    once = entries(POSTAL, ("a", {"found": 5}))
    with pytest.raises(StageError, match="another person must key it"):
        key_sheet(once, keyer="a", figures={"found": 6})
    with pytest.raises(StageError, match="two people"):
        correct_sheet(once, by="CO", figures={"found": 5}, reason="I saw it.")
    with pytest.raises(StageError, match="settled"):
        key_sheet(key_sheet(once, keyer="b", figures={"found": 5}), keyer="c", figures={"found": 5})
    with pytest.raises(ReferendumError, match="at least one figure"):
        correct_sheet(once, by="CO", figures={}, reason="x")


@given(readings=st.lists(st.integers(0, 3), max_size=6))
def test_what_is_settled_without_a_correction_was_read_alike_by_two_people(readings):
    held = keyed_sheet(POSTAL)
    for person, value in enumerate(readings):
        if held.values is None:
            held = key_sheet(held, keyer=str(person), figures={"found": value})
    if held.values is not None:
        assert [one.value for one in held.figures["found"].entries].count(held.values["found"]) == 2


def slip(dice, value):
    """A figure as one person keys it: in one of a hundred cases a digit is lost, swapped or mistaken."""
    digits = list(str(value))
    if dice.random() >= 0.01:
        return value
    place = dice.randrange(len(digits))
    match dice.randrange(3):
        case 0 if len(digits) > 1:
            del digits[place]
        case 1 if len(digits) > 1:
            digits[place], digits[place - 1] = digits[place - 1], digits[place]
        case _:
            digits[place] = dice.choice("0123456789")
    return int("".join(digits))


def keyed_blind(dice, sheet, truth):
    held = keyed_sheet(sheet)
    for person in range(20):
        names = held.left_for(str(person))
        held = key_sheet(held, keyer=str(person), figures={name: slip(dice, truth[name]) for name in names})
        if held.values is not None:
            return held.values
    raise AssertionError("twenty readings, no two alike")


def night(dice):
    """A count as it truly was: two stations whose boxes agree, the post, and votes that add up."""
    issued = [dice.randrange(50, 600) for _ in range(2)]
    stations = [
        {"supplied": 700, "issued": each, "spoilt": 2, "unused": 698 - each, "tendered": 0, "found": each}
        for each in issued
    ]
    postal, heads = dice.randrange(50, 600), [dice.randrange(4) for _ in range(4)]
    valid = sum(issued) + postal - sum(heads)
    yes = valid // 2 + dice.randrange(-5, 6)
    names = FIGURES[SheetKind.ROUND]
    votes = dict(zip(names, (yes, valid - yes, *heads), strict=True))
    return {"stations": stations, "postal": postal, "votes": votes, "electorate": 3 * (sum(issued) + postal)}


def as_keyed(dice, truth):
    stations = [
        {"name": str(number)} | keyed_blind(dice, Sheet(kind=SheetKind.STATION, number=number), account)
        for number, account in enumerate(truth["stations"], 1)
    ]
    votes = keyed_blind(dice, Sheet(kind=SheetKind.ROUND), truth["votes"])
    portion = {
        "council": "C",
        **keyed_blind(dice, Sheet(kind=SheetKind.ELECTORATE), {"electorate": truth["electorate"]}),
        "stations": stations,
        "postal": keyed_blind(dice, POSTAL, {"found": truth["postal"]}),
        "yes": votes.pop("yes"),
        "no": votes.pop("no"),
        "rejected": votes,
    }
    return read_count(
        {"instrument": "ndp", "area": "A", "authority": "B", "poll_date": "2026-09-10",
         "polls": {"residential": {"portions": [portion]}}}
    )  # fmt: skip


@pytest.mark.rule("COUNT-16")
def test_ten_thousand_nights_keyed_with_slips_give_no_wrong_declaration():
    dice = random.Random(20260910)
    truths = [night(dice) for _ in range(10_000)]
    results = tally_many([as_keyed(dice, truth) for truth in truths])
    declared = wrong = 0
    for truth, result in zip(truths, results, strict=True):
        if result.may_be_declared:
            totals, votes = result.polls[Poll.RESIDENTIAL], truth["votes"]
            declared += 1
            wrong += (totals.yes, totals.no, totals.electorate) != (votes["yes"], votes["no"], truth["electorate"])
    assert (wrong, declared > 9_900) == (0, True)
