"""Ballot papers: the account of each polling station, and the number ranges of the papers; never paper to person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from referendum.count import StationAccount
from referendum.errors import ReferendumError
from referendum.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCheck:
    """What a ballot paper account says.

    Attributes:
        accounted_for: papers issued, spoilt and unused.
        discrepancy: accounted for, less supplied; 0 when the account balances.
        variance: found in the box, less issued; 0 when the box agrees with the account.
        over_issue: papers issued and spoilt beyond those supplied, which cannot be; 0 otherwise.
    """

    accounted_for: int
    discrepancy: int
    variance: int
    over_issue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRange:
    """Ballot paper numbers supplied to one place, both ends included. Source: POLL-2."""

    place: str
    first: int
    last: int

    @property
    def papers(self) -> int:
        """How many papers the range holds."""
        return self.last - self.first + 1


def check_account(station: StationAccount) -> AccountCheck:
    """Check one ballot paper account: supplied = issued + spoilt + unused, and the box holds what was issued.

    Tendered papers stand apart and enter neither sum.

    Source: COUNT-3 (unverified; ordinary election practice).
    """
    accounted_for = station.issued + station.spoilt + station.unused
    return AccountCheck(
        accounted_for=accounted_for,
        discrepancy=accounted_for - station.supplied,
        variance=station.found - station.issued,
        over_issue=max(0, station.issued + station.spoilt - station.supplied),
    )


def is_account_in_order(station: StationAccount) -> bool:
    """Say whether the account balances and the box holds what was issued. Source: COUNT-3 (unverified)."""
    return station.found == station.issued and station.issued + station.spoilt + station.unused == station.supplied


def account_findings(station: StationAccount, path: str) -> list[Finding]:
    """List what the account of one station shows; a variance is a warning, since it never stops the declaration.

    Args: path: JSON Pointer of the station in the count document.

    Source: COUNT-3 (unverified; ordinary election practice).
    """
    check = check_account(station)
    if check.over_issue:
        return [_over_issue(station, check, path)]
    found = []
    if check.discrepancy:
        found.append(_does_not_balance(station, check, path))
    if check.variance:
        found.append(_box_variance(station, check, path))
    return found


def number_ranges(first: int, quantities: Iterable[tuple[str, int]]) -> tuple[NumberRange, ...]:
    """Number the papers of every place one after another, with no gap and no number used twice.

    Args:
        first: the first number to use, 1 or more.
        quantities: place (polling station or postal batch) and how many papers it gets; a place with 0 gets no range.

    Raises: ReferendumError on a first number below 1 or a negative quantity.

    Source: POLL-2, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 3 rule 8.
    """
    if first < 1:
        raise ReferendumError(f"Ballot papers cannot be numbered from {first}: start at 1 or above.")
    ranges = []
    for place, papers in quantities:
        if papers < 0:
            raise ReferendumError(f"{place} cannot be supplied with {papers} ballot papers: give 0 or more.")
        if papers:
            ranges.append(NumberRange(place=place, first=first, last=first + papers - 1))
        first += papers
    return tuple(ranges)


def range_findings(ranges: Sequence[NumberRange]) -> list[Finding]:
    """List ranges that run backwards or share numbers; none means every number is supplied at most once.

    Source: POLL-2.
    """
    found = [
        Finding(
            code="number-range-backwards",
            severity=Severity.ERROR,
            message=f"The numbers of {given.place} run from {given.first} down to {given.last}: swap or correct them.",
            rule="POLL-2",
        )
        for given in ranges
        if given.first < 1 or given.last < given.first
    ]
    ordered = sorted(ranges, key=lambda given: (given.first, given.last))
    reached = None
    for given in ordered:
        if reached is not None and given.first <= reached.last:
            found.append(_shared_numbers(reached, given))
        if reached is None or given.last > reached.last:
            reached = given
    return found


def _over_issue(station: StationAccount, check: AccountCheck, path: str) -> Finding:
    return Finding(
        code="over-issue",
        severity=Severity.ERROR,
        message=(
            f"{station.name} cannot have issued {station.issued} and replaced {station.spoilt} spoilt papers when only "
            f"{station.supplied} were supplied ({check.over_issue} too many): check its ballot paper account."
        ),
        rule="COUNT-3",
        path=f"{path}/issued",
    )


def _does_not_balance(station: StationAccount, check: AccountCheck, path: str) -> Finding:
    return Finding(
        code="account-does-not-balance",
        severity=Severity.WARNING,
        message=(
            f"The account of {station.name} does not balance: {station.issued} issued + {station.spoilt} spoilt + "
            f"{station.unused} unused = {check.accounted_for}, but {station.supplied} were supplied "
            f"({check.discrepancy:+d}); record why."
        ),
        rule="COUNT-3",
        path=path,
    )


def _box_variance(station: StationAccount, check: AccountCheck, path: str) -> Finding:
    return Finding(
        code="box-variance",
        severity=Severity.WARNING,
        message=(
            f"The box of {station.name} held {station.found} papers and {station.issued} were issued "
            f"({check.variance:+d}); record why."
        ),
        rule="COUNT-3",
        path=f"{path}/found",
    )


def _shared_numbers(one: NumberRange, other: NumberRange) -> Finding:
    return Finding(
        code="number-ranges-overlap",
        severity=Severity.ERROR,
        message=(
            f"{one.place} and {other.place} would both hold the papers numbered {other.first} to "
            f"{min(one.last, other.last)}: give each number to one place."
        ),
        rule="POLL-2",
    )
