import json

import pytest

from referendum.count_file import read_count
from referendum.result import result_document
from referendum.tally import tally


@pytest.fixture
def document(count_document):
    return lambda name="first-count": result_document(tally(read_count(count_document(name))))


@pytest.mark.rule("COUNT-17", "COUNT-18", "COUNT-21")
def test_the_document_of_the_worked_example(document):
    written = document()
    assert list(written) == [
        "schema", "polls", "decision", "in_development_plan_from", "make_by", "repeat_window_until", "findings",
    ]  # fmt: skip
    assert written["schema"] == "folkmoot.result/1"
    assert written["polls"]["residential"] == {
        "electorate": 2431,
        "papers_counted": 1026,
        "yes": 508,
        "no": 506,
        "rejected": {"official_mark": 0, "more_than_one_answer": 4, "identifies_voter": 1, "unmarked_or_uncertain": 7},
        "turnout_papers": "42.20",
        "turnout_valid": "41.71",
        "yes_share": "50.10",
        "majority_in_favour": True,
        "tie": False,
    }
    assert json.loads(json.dumps(written)) == written


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        pytest.param("first-count", ("must-make", "2026-09-10", "2026-11-05", None), id="yes"),
        pytest.param("order", ("must-make", None, "2026-11-05", None), id="yes to an order"),
        pytest.param("recount-tie", ("must-not-make", None, None, "2028-09-09"), id="equal"),
        pytest.param("business-split", ("may-make", None, None, None), id="split"),
    ],
)
def test_dates_are_written_only_where_they_are(document, name, outcome):
    written = document(name)
    named = ("decision", "in_development_plan_from", "make_by", "repeat_window_until")
    assert tuple(written[what] for what in named) == outcome


def test_a_poll_without_papers_has_no_percentages(make_count):
    written = result_document(tally(make_count([(0, 0)])))["polls"]["residential"]
    assert [written[what] for what in ("turnout_papers", "turnout_valid", "yes_share")] == [None, None, None]


@pytest.mark.rule("RESULT-2", "COUNT-3")
def test_findings_say_the_arithmetic_and_where(document):
    box, share = document()["findings"]
    assert box == {
        "code": "box-variance",
        "severity": "warning",
        "message": "The box of Station B held 296 papers and 297 were issued (-1); record why.",
        "rule": "COUNT-3",
        "path": "/polls/residential/portions/0/stations/1/found",
    }
    assert "508 is not more than half of all 1026 papers" in share["message"]
    (added,) = [found for found in document("does-not-add-up")["findings"] if found["rule"] == "COUNT-16"]
    assert "509 yes + 506 no + 12 rejected = 1027, but 1026 papers were verified (+1)" in added["message"]
