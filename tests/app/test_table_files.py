"""CSV for spreadsheets: whatever is in a cell, it stays text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.table_files import csv_lines, safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "=cmd|' /C calc'!A0"]
)
def test_a_formula_becomes_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "shown"), [(-5, "-5"), (None, ""), ("Alder", "Alder"), ("a=b", "a=b"), (True, "True")]
)
def test_everything_else_is_left_alone(value, shown):
    assert safe_cell(value) == shown


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2, max_size=2)))
def test_no_cell_of_any_table_starts_a_formula(rows):
    found = list(csv.reader(io.StringIO("".join(csv_lines(("one", "two"), rows)), newline="")))
    assert len(found) == len(rows) + 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in found for cell in row)
