import pytest

from referendum.count import Rejected
from referendum.errors import StageError
from referendum.rejection import GUIDANCE, Head, rejected_statement

REJECTED = Rejected(official_mark=0, more_than_one_answer=4, identifies_voter=1, unmarked_or_uncertain=7)


@pytest.mark.rule("COUNT-7", "COUNT-10", "COUNT-21")
def test_every_head_stands_in_the_statement_however_small():
    statement = rejected_statement(REJECTED, {Head.UNMARKED_OR_UNCERTAIN: 2})
    assert [(line.head.value, line.papers, line.objected_to) for line in statement.lines] == [
        ("official_mark", 0, 0),
        ("more_than_one_answer", 4, 0),
        ("identifies_voter", 1, 0),
        ("unmarked_or_uncertain", 7, 2),
    ]
    assert (statement.total, statement.objected_to) == (12, 2)
    assert rejected_statement(REJECTED).objected_to == 0


@pytest.mark.parametrize(
    "objections", [{Head.IDENTIFIES_VOTER: 2}, {Head.IDENTIFIES_VOTER: -1}, {Head.OFFICIAL_MARK: 1}]
)
def test_objections_cannot_be_to_papers_that_are_not_there(objections):
    with pytest.raises(StageError, match="objections"):
        rejected_statement(REJECTED, objections)


@pytest.mark.rule("COUNT-9", "COUNT-11")
def test_the_counter_is_told_that_a_clear_intention_counts():
    assert "intention for one answer clearly appears" in GUIDANCE[0]
    assert any("final" in line for line in GUIDANCE)
