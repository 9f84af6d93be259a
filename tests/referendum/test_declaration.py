from datetime import UTC, datetime

import pytest

from referendum.count import Poll
from referendum.count_file import read_count
from referendum.declaration import Capacity, SupervisorReason, declaration_lines, declare, declared_numbers
from referendum.errors import StageError
from referendum.tally import tally

AT = datetime(2026, 9, 10, 23, 5, tzinfo=UTC)


def declared(result, **changes):
    return declare(
        result, **{"officer": "A. Officer", "capacity": Capacity.COUNTING_OFFICER, "declared_at": AT} | changes
    )


@pytest.mark.rule("COUNT-15", "COUNT-16", "COUNT-21")
def test_all_eight_numbers_are_declared_under_their_heads(count_document):
    totals = tally(read_count(count_document())).polls[Poll.RESIDENTIAL]
    assert [line.number for line in declared_numbers(totals)] == [1026, 508, 506, 0, 4, 1, 7, 2431]


@pytest.mark.rule("COUNT-17", "COUNT-18")
def test_t28_t29_turnout_and_shares_say_what_they_are_of(count_document):
    lines = declaration_lines(declared(tally(read_count(count_document()))))
    assert "Turnout, all papers including rejected ones, of the electorate: 42.20%" in lines
    assert "Turnout, valid votes only, of the electorate: 41.71%" in lines
    assert "Yes, of valid votes: 50.10%" in lines
    assert "More than half of those voting have voted in favour." in lines
    assert any(line.startswith("Question: Do you want Alderbrook District Council to use") for line in lines)


@pytest.mark.rule("COUNT-5")
def test_t31_no_polling_station_is_named(count_document):
    text = "\n".join(declaration_lines(declared(tally(read_count(count_document())))))
    assert "Station" not in text
    assert "412" not in text


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        pytest.param("recount-tie", "The votes are equal, so there is no majority in favour.", id="equal"),
        pytest.param("no", "Not more than half of those voting have voted in favour.", id="no"),
    ],
)
def test_what_the_numbers_mean_is_said(count_document, variant, said):
    assert said in declaration_lines(declared(tally(read_count(count_document(variant)))))


def test_both_polls_are_declared_by_name(count_document):
    lines = declaration_lines(declared(tally(read_count(count_document("business-split")))))
    assert lines.index("Residential referendum") < lines.index("Business referendum")
    assert "Number of votes cast in favour of a No: 57" in lines


def test_an_empty_poll_has_no_percentages(make_count):
    assert "Yes, of valid votes: not applicable" in declaration_lines(declared(tally(make_count([(0, 0)]))))


@pytest.mark.rule("COUNT-16")
def test_figures_that_do_not_add_up_need_a_supervisors_reason(count_document):
    result = tally(read_count(count_document("does-not-add-up")))
    with pytest.raises(StageError, match="509 yes"):
        declared(result)
    with pytest.raises(StageError, match="stays on record"):
        declared(result, reason=SupervisorReason(by="CO", reason=""))
    reason = SupervisorReason(by="CO", reason="one paper seen twice by observers, all agree")
    assert declared(result, reason=reason).reason == reason


def test_no_reason_excuses_other_errors(make_count, make_portion):
    result = tally(make_count([make_portion(6, 4, electorate=9)]))
    with pytest.raises(StageError, match="electors"):
        declared(result, reason=SupervisorReason(by="CO", reason="because"))


def test_a_reason_nobody_needed_is_not_kept(count_document):
    result = tally(read_count(count_document()))
    assert declared(result, reason=SupervisorReason(by="CO", reason="just in case")).reason is None


@pytest.mark.parametrize(
    ("at", "said"),
    [
        pytest.param(datetime(2026, 9, 10, 23, 5), "time zone", id="no time zone"),  # noqa: DTZ001  # the case itself
        pytest.param(datetime(2026, 9, 9, 23, 5, tzinfo=UTC), "before the poll", id="the day before"),
    ],
)
def test_a_time_that_cannot_be_is_refused(count_document, at, said):
    with pytest.raises(StageError, match=said):
        declared(tally(read_count(count_document())), declared_at=at)
