"""From a count to a result: two engines must agree, then the rules say what it means and what is doubtful."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from referendum.count import Count, Poll, PollTotals, Portion
from referendum.errors import ReferendumError
from referendum.findings import Finding
from referendum.outcome import decide, outcome_of
from referendum.result import Result
from referendum.scrutiny import portion_findings, result_findings
from referendum.tally_fold import fold_poll
from referendum.tally_sql import totals_by_sql

BATCH = 2_000


class EnginesDisagreeError(ReferendumError):
    """The two tally engines gave different totals, so there is no result."""


def tally(count: Count) -> Result:
    """Tally one count; figures that do not add up are findings of the result, never corrected.

    Returns: the result; `result.may_be_declared` is False while a finding is an error.

    Raises: EnginesDisagreeError where the two engines differ, which only a defect of this program can bring about.

    Source: COUNT-3, COUNT-13, COUNT-14, COUNT-16, COUNT-17, COUNT-18, RESULT-1 to RESULT-9.
    """
    return next(tally_many([count]))


def tally_many(counts: Iterable[Count]) -> Iterator[Result]:
    """Tally many counts, one after the other, in bounded memory.

    Returns: the results in the order of the counts.

    Raises: EnginesDisagreeError as `tally`.
    """
    waiting = iter(counts)
    while batch := list(islice(waiting, BATCH)):
        yield from _tally_batch(batch)


def _tally_batch(counts: Sequence[Count]) -> Iterator[Result]:
    second_engine = iter(totals_by_sql([portions for count in counts for portions in count.portions.values()]))
    for count in counts:
        polls = {
            poll: _agreed(count, poll, fold_poll(portions), next(second_engine))
            for poll, portions in count.portions.items()
        }
        yield _result(count, polls)


def _agreed(count: Count, poll: Poll, folded: PollTotals, queried: PollTotals) -> PollTotals:
    if folded != queried:
        raise EnginesDisagreeError(
            f"The two tallies of the {poll} poll of {count.area} differ ({folded} and {queried}): do not declare, and "
            "report this fault."
        )
    return folded


def _result(count: Count, polls: dict[Poll, PollTotals]) -> Result:
    business = polls.get(Poll.BUSINESS)
    decision = decide(
        residential_in_favour=polls[Poll.RESIDENTIAL].majority_in_favour,
        business_in_favour=None if business is None else business.majority_in_favour,
    )
    outcome = outcome_of(count.instrument, count.poll_date, decision)
    findings = [*_all_portion_findings(count.portions), *result_findings(count.instrument, polls, outcome)]
    return Result(
        instrument=count.instrument,
        area=count.area,
        authority=count.authority,
        poll_date=count.poll_date,
        polls=polls,
        outcome=outcome,
        findings=tuple(findings),
    )


def _all_portion_findings(portions_of: dict[Poll, tuple[Portion, ...]]) -> Iterator[Finding]:
    for poll, portions in portions_of.items():
        for index, portion in enumerate(portions):
            yield from portion_findings(portion, f"/polls/{poll}/portions/{index}")
