import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.ballot import (
    NumberRange,
    account_findings,
    check_account,
    is_account_in_order,
    number_ranges,
    range_findings,
)
from referendum.count import StationAccount
from referendum.errors import ReferendumError
from referendum.findings import Severity


def station(supplied, issued, spoilt, unused, found, *, tendered=0):
    return StationAccount(
        name="Village hall",
        supplied=supplied,
        issued=issued,
        spoilt=spoilt,
        unused=unused,
        tendered=tendered,
        found=found,
    )


@pytest.mark.rule("COUNT-3")
@pytest.mark.parametrize(
    ("account", "codes"),
    [
        pytest.param(station(900, 412, 3, 485, 412), [], id="worked example, station A"),
        pytest.param(station(700, 297, 1, 402, 296), ["box-variance"], id="worked example, station B: one taken away"),
        pytest.param(station(700, 297, 1, 402, 298), ["box-variance"], id="one paper from elsewhere"),
        pytest.param(station(700, 297, 1, 401, 297), ["account-does-not-balance"], id="one unused paper missing"),
        pytest.param(station(700, 297, 1, 403, 296), ["account-does-not-balance", "box-variance"], id="both"),
        pytest.param(station(10, 10, 1, 0, 10), ["over-issue"], id="more handed out than supplied"),
        pytest.param(station(10, 9, 1, 0, 9, tendered=5), [], id="tendered papers stand apart"),
        pytest.param(station(0, 0, 0, 0, 0), [], id="nothing supplied"),
    ],
)
def test_an_account_is_checked_both_ways(account, codes):
    found = account_findings(account, "/here")
    assert is_account_in_order(account) is (found == [])
    assert [finding.code for finding in found] == codes
    assert {finding.rule for finding in found} <= {"COUNT-3"}
    assert all(finding.path.startswith("/here") for finding in found)
    assert all((finding.severity is Severity.ERROR) == (finding.code == "over-issue") for finding in found)


def test_the_arithmetic_is_shown():
    check = check_account(station(700, 297, 1, 401, 296))
    assert (check.accounted_for, check.discrepancy, check.variance, check.over_issue) == (699, -1, -1, 0)
    assert check_account(station(10, 10, 3, 0, 10)).over_issue == 3
    (balance, box) = account_findings(station(700, 297, 1, 401, 296), "")
    assert "297 issued + 1 spoilt + 401 unused = 699, but 700 were supplied (-1)" in balance.message
    assert "held 296 papers and 297 were issued (-1)" in box.message


@pytest.mark.rule("POLL-2")
def test_numbers_follow_one_another():
    assert number_ranges(1, [("A", 900), ("B", 0), ("C", 700)]) == (
        NumberRange(place="A", first=1, last=900),
        NumberRange(place="C", first=901, last=1600),
    )


@given(first=st.integers(1, 9999), amounts=st.lists(st.integers(0, 50), max_size=8))
def test_every_number_is_supplied_once(first, amounts):
    ranges = number_ranges(first, [(str(place), amount) for place, amount in enumerate(amounts)])
    numbers = [number for given in ranges for number in range(given.first, given.last + 1)]
    assert numbers == list(range(first, first + sum(amounts)))
    assert range_findings(ranges) == []
    assert sum(given.papers for given in ranges) == sum(amounts)


@pytest.mark.parametrize(
    ("first", "amount"), [pytest.param(0, 5, id="from nought"), pytest.param(1, -1, id="fewer than none")]
)
def test_numbers_that_cannot_be_are_refused(first, amount):
    with pytest.raises(ReferendumError):
        number_ranges(first, [("A", amount)])


@pytest.mark.parametrize(
    ("spans", "codes"),
    [
        pytest.param([(1, 10), (11, 20)], [], id="side by side"),
        pytest.param([(1, 10), (10, 20)], ["number-ranges-overlap"], id="one number twice"),
        pytest.param([(1, 100), (5, 9), (50, 60)], ["number-ranges-overlap"] * 2, id="two inside one"),
        pytest.param([(11, 20), (1, 10)], [], id="in any order"),
        pytest.param([(9, 1)], ["number-range-backwards"], id="backwards"),
        pytest.param([(0, 4)], ["number-range-backwards"], id="from nought"),
    ],
)
def test_ranges_given_by_a_printer_are_checked(spans, codes):
    ranges = [NumberRange(place=str(place), first=first, last=last) for place, (first, last) in enumerate(spans)]
    assert [finding.code for finding in range_findings(ranges)] == codes
