"""What of an electorate anyone may see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.electors_public import electorate_for_proof, public_electorate

COLUMNS = ("entries", "in_area", "entitled", "undecided", "unplaced")


def document(*rows, **more):
    districts = [
        {"code": f"D{at}", **dict(zip(COLUMNS, row, strict=True)), "extent": "part"} for at, row in enumerate(rows)
    ]
    return {"by_polling_district": districts, "not_entitled": {"under_18": 3, "overseas": 12}, **more}


@pytest.mark.rule("T-43")
def test_small_cells_and_numbers_of_electors_are_left_out():
    findings = [{"code": "number-twice", "message": "HA1-17 stands twice", "severity": "warning", "rule": "ELEC-10"}]
    found = public_electorate(
        document(
            (100, 50, 40, 3, 0), (200, 60, 50, 0, 0), suspected_duplicates=[{"numbers": ["A-1"]}], findings=findings
        )
    )
    assert [row["undecided"] for row in found["by_polling_district"]] == [None, 0]
    assert [row["entitled"] for row in found["by_polling_district"]] == [40, 50]
    assert found["not_entitled"] == {"under_18": None, "overseas": None}
    assert found["suspected_duplicates"] == []
    assert "HA1-17" not in str(found)


counts = st.integers(0, 60)


@given(rows=st.lists(st.tuples(counts, counts, counts, counts, counts), max_size=6))
def test_no_cell_under_ten_is_ever_shown_nor_follows_from_the_total(rows):
    before = document(*rows)
    found = public_electorate(before)
    for column in COLUMNS:
        shown = [row[column] for row in found["by_polling_district"]]
        real = [row[column] for row in before["by_polling_district"]]
        assert not [each for each in shown if each is not None and 0 < each < 10]
        hidden = [at for at, each in enumerate(shown) if each is None]
        others = [each for each in real if each >= 10]
        lone = [real[at] for at in hidden if len(hidden) == 1]
        assert not lone or others in ([], lone)
        assert [each for each in shown if each is not None] == [real[at] for at in range(len(real)) if at not in hidden]


@pytest.mark.rule("T-43")
def test_how_many_in_a_district_may_not_vote_cannot_be_worked_out():
    found = public_electorate(document((400, 392, 389, 0, 0), (500, 460, 440, 0, 0), (600, 570, 540, 0, 0)))
    assert [row["in_area"] for row in found["by_polling_district"]] == [None, None, 570]
    assert [row["entitled"] for row in found["by_polling_district"]] == [389, 440, 540]


@given(rows=st.lists(st.tuples(counts, counts, counts, counts, counts), max_size=6))
def test_no_small_count_is_left_between_two_columns(rows):
    for row in public_electorate(document(*rows))["by_polling_district"]:
        both = row["in_area"] is not None and row["entitled"] is not None
        assert not (both and 0 < row["in_area"] - row["entitled"] < 10)


def test_the_document_that_is_kept_is_not_touched():
    before = document((5, 5, 5, 5, 5))
    public_electorate(before)
    assert before["by_polling_district"][0]["entries"] == 5


@pytest.mark.rule("T-43")
@given(rows=st.lists(st.tuples(counts, counts, counts, counts, counts), max_size=6))
def test_a_proof_keeps_every_sum_and_tells_no_small_count_beside_others(rows):
    before = document(*rows)
    found = electorate_for_proof(before)
    districts = found["by_polling_district"]
    for column in COLUMNS:
        assert sum(each[column] for each in districts) == sum(row[column] for row in before["by_polling_district"])
        small = [each["code"] for each in districts if 0 < each[column] < 10]
        assert not small or len(districts) == 1
    assert sum(found["not_entitled"].values()) == sum(before["not_entitled"].values())
    assert found["not_entitled"] == {"together": 15}
