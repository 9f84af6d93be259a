import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.suppression import HIDDEN, WITHHELD, suppressed


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param([0, 10, 1234], ["0", "10", "1,234"], id="nothing small"),
        pytest.param([9, 10, 40], [HIDDEN, WITHHELD, "40"], id="one small cell takes the next smallest with it"),
        pytest.param([9, 1, 40], [HIDDEN, HIDDEN, "40"], id="two small cells hide each other"),
        pytest.param([3], [HIDDEN], id="alone"),
        pytest.param([3, 0], [HIDDEN, "0"], id="beside nought"),
        pytest.param([], [], id="none"),
    ],
)
@pytest.mark.rule("T-43")
def test_small_counts_are_hidden(counts, shown):
    assert suppressed(counts) == shown


@given(st.lists(st.integers(0, 30), max_size=8))
def test_no_small_count_is_shown_and_none_can_be_worked_out(counts):
    shown = suppressed(counts)
    assert not [text for text in shown if text.isdigit() and 0 < int(text) < 10]
    covered = [at for at, text in enumerate(shown) if text in {HIDDEN, WITHHELD}]
    assert len(covered) != 1 or sum(count > 0 for count in counts) == 1
