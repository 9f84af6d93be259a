from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referendum.count_document import count_document
from referendum.count_file import read_count

COUNTS = sorted((Path(__file__).parents[2] / "fixtures" / "counts").glob("alderbrook-*.json"))


@pytest.mark.parametrize("name", [path.stem.removeprefix("alderbrook-") for path in COUNTS])
def test_a_document_read_and_written_is_the_same_document(request, name):
    document = request.getfixturevalue("count_document")(name)
    assert count_document(read_count(document)) == document


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_count_written_and_read_is_the_same_count(data, balanced_portions, make_count):
    drawn = data.draw(balanced_portions)
    count = make_count([(portion.yes, portion.no) for portion in drawn])
    assert read_count(count_document(count)) == count
