"""What an officer must look at before a result is declared: sums, accounts, ties, narrow and split results."""

from collections.abc import Iterator, Mapping

from referendum.ballot import account_findings, is_account_in_order
from referendum.count import Poll, PollTotals, Portion
from referendum.findings import Finding, Severity
from referendum.outcome import Decision, Outcome
from referendum.question import INSTRUMENT_NAMES, Instrument


def portion_findings(portion: Portion, path: str) -> Iterator[Finding]:
    """List what the figures of one portion show, with the arithmetic.

    Args: path: JSON Pointer of the portion in the count document.

    Source: COUNT-3, COUNT-16, COUNT-17; trap T-21.
    """
    for index, station in enumerate(portion.stations):
        if not is_account_in_order(station):
            yield from account_findings(station, f"{path}/stations/{index}")
    papers = portion.papers_counted
    if portion.papers_answered != papers:
        yield _does_not_add_up(portion, path)
    if papers > portion.electorate:
        yield _more_papers_than_electors(portion, path)


def result_findings(instrument: Instrument, polls: Mapping[Poll, PollTotals], outcome: Outcome) -> Iterator[Finding]:
    """List what must be said with the result: equal votes, a yes under half of all papers, a split, an order's status.

    Source: COUNT-13, RESULT-2, RESULT-6, RESULT-7, RESULT-8; traps T-26, T-27, T-33, T-34.
    """
    for poll, totals in polls.items():
        if totals.tie:
            yield _tie(poll, totals)
        elif totals.majority_in_favour and 2 * totals.yes <= totals.yes + totals.no + totals.rejected.total:
            yield _not_half_of_papers(poll, totals)
    if outcome.decision is Decision.MAY_MAKE:
        yield _split(instrument)
    if outcome.decision is Decision.MUST_MAKE and instrument is not Instrument.NDP:
        yield _order_grants_nothing_yet(instrument)


def _does_not_add_up(portion: Portion, path: str) -> Finding:
    total = portion.papers_answered
    return Finding(
        code="papers-do-not-add-up",
        severity=Severity.ERROR,
        message=(
            f"In {portion.council}, {portion.yes} yes + {portion.no} no + {portion.rejected.total} rejected = {total}, "
            f"but {portion.papers_counted} papers were verified ({total - portion.papers_counted:+d}): find the "
            "difference before declaring."
        ),
        rule="COUNT-16",
        path=path,
    )


def _more_papers_than_electors(portion: Portion, path: str) -> Finding:
    return Finding(
        code="more-papers-than-electors",
        severity=Severity.ERROR,
        message=(
            f"In {portion.council}, {portion.papers_counted} papers were verified but only {portion.electorate} "
            "electors had a vote: check that the electorate is that of the final register for the poll."
        ),
        rule="COUNT-17",
        path=f"{path}/electorate",
    )


def _tie(poll: Poll, totals: PollTotals) -> Finding:
    return Finding(
        code="equal-votes",
        severity=Severity.NOTICE,
        message=(
            f"The {poll} poll is equal at {totals.yes} votes each, so there is no majority in favour; nothing is "
            "decided by lot and nobody has a casting vote."
        ),
        rule="COUNT-13",
        path=f"/polls/{poll}",
    )


def _not_half_of_papers(poll: Poll, totals: PollTotals) -> Finding:
    papers = totals.yes + totals.no + totals.rejected.total
    return Finding(
        code="yes-not-half-of-papers",
        severity=Severity.NOTICE,
        message=(
            f"The {poll} poll is in favour by {totals.yes} to {totals.no}, although {totals.yes} is not more than half "
            f"of all {papers} papers: rejected papers are votes for neither answer and do not count."
        ),
        rule="RESULT-2",
        path=f"/polls/{poll}",
    )


def _split(instrument: Instrument) -> Finding:
    return Finding(
        code="split-result",
        severity=Severity.NOTICE,
        message=(
            f"One poll is in favour and one is not, so the authority may make the {INSTRUMENT_NAMES[instrument]} and "
            "must give reasons for its decision; nothing takes effect by itself."
        ),
        rule="RESULT-7",
        path="/polls",
    )


def _order_grants_nothing_yet(instrument: Instrument) -> Finding:
    return Finding(
        code="no-permission-until-made",
        severity=Severity.NOTICE,
        message=f"The {INSTRUMENT_NAMES[instrument]} grants no planning permission until the authority makes it.",
        rule="RESULT-6",
    )
