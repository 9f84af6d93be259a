"""Bars keep their proportions: lengths in per cent of the longest, heights in ems of their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.charts.bars import BAR_EM, LINE_EM, ROOM_EM, Bar, Fill, bar_chart
from app.web.charts.lettering import lines_of, width_em

counts = st.lists(st.integers(0, 10**9), min_size=1, max_size=4)


def bar(name, *counts):
    return Bar(name=name, said=f"{sum(counts):,}", parts=tuple(zip(Fill, counts, strict=False)))


def pieces(chart):
    return [[(piece.start, piece.length) for piece in row.pieces] for row in chart.rows]


@pytest.mark.parametrize(
    ("bars", "expected"),
    [
        pytest.param([[100], [50], [25]], [[(0, 100)], [(0, 50)], [(0, 25)]], id="in proportion to the longest"),
        pytest.param([[40], [0]], [[(0, 100)], []], id="nought has no bar"),
        pytest.param([[1_000_000], [1]], [[(0, 100)], [(0, 0)]], id="one beside a million is only its outline"),
        pytest.param([[1], [1], [1]], [[(0, 100)]] * 3, id="equal bars are equally long"),
        pytest.param([[50, 0, 30, 20]], [[(0, 50), (50, 30), (80, 20)]], id="parts lie end to end, nought left out"),
        pytest.param([[1, 1, 1]], [[(0, 33.33), (33.33, 33.34), (66.67, 33.33)]], id="thirds leave no gap"),
    ],
)
def test_lengths_are_in_proportion(bars, expected):
    assert pieces(bar_chart([bar("AM1", *each) for each in bars], text="")) == expected


@pytest.mark.parametrize("bars", [[], [[0]], [[0, 0], [0]]], ids=["no bar", "nought", "only noughts"])
def test_nothing_is_drawn_where_there_is_nothing(bars):
    assert bar_chart([bar("AM1", *each) for each in bars], text="") is None


@given(st.lists(counts, min_size=1, max_size=8))
def test_no_bar_is_longer_than_the_space_and_pieces_meet(bars):
    chart = bar_chart([bar("AM1", *each) for each in bars], text="")
    longest = max(sum(each) for each in bars)
    assert (chart is None) == (longest == 0)
    for row, each in zip(chart.rows if chart else (), bars, strict=False):
        end = 0.0
        for piece in row.pieces:
            assert piece.start == pytest.approx(end, abs=0.011)
            end = piece.start + piece.length
        assert end == pytest.approx(100 * sum(each) / longest, abs=0.011)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        pytest.param("AM1", [("AM1", "1,204")], id="a code and its figure on one line"),
        pytest.param(
            "Upper Marlstoke with Nether Marlstoke and Quay",
            [("Upper Marlstoke with Nether", ""), ("Marlstoke and Quay", ""), ("", "1,204")],
            id="a long name breaks, its figure below it",
        ),
        pytest.param("X" * 40, [("X" * 24, ""), ("X" * 16, ""), ("", "1,204")], id="a word without end is cut"),
    ],
)
def test_words_over_a_bar_fit_the_narrowest_page(name, lines):
    chart = bar_chart([bar(name, 1204)], text="")
    (row,) = chart.rows
    assert [(line.bold, line.plain) for line in row.lines] == lines
    assert all(width_em(line.bold) <= ROOM_EM for line in row.lines)
    assert row.y_em == pytest.approx(len(lines) * LINE_EM)
    assert chart.height_em == pytest.approx(row.y_em + BAR_EM + 0.1)


def test_bars_lie_one_below_another_however_long_their_names():
    chart = bar_chart([bar("AM1", 5), bar("A name " * 12, 7), bar("AM2", 1)], text="")
    ends = [0.0, *(row.y_em + BAR_EM for row in chart.rows)]
    for above, row in zip(ends, chart.rows, strict=False):
        assert row.lines[0].y_em > above
        assert row.lines[-1].y_em < row.y_em


def test_the_key_names_only_what_is_drawn():
    key = [(Fill.FRAME, "All"), (Fill.SOLID, "Some")]
    assert bar_chart([bar("AM1", 5, 0)], text="", key=key).key == ((Fill.FRAME, "All"),)


@given(st.text(alphabet="aiW .", max_size=60), st.floats(2, 20))
def test_lines_hold_every_letter_and_fit(text, room_em):
    lines = lines_of(text, room_em, set_in_em=0.9)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_em(line) <= room_em - (0.9 if at else 0) for at, line in enumerate(lines))
