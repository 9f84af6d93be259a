"""The result of a referendum as a value, and as the published document `folkmoot.result/1`."""

from dataclasses import dataclass
from datetime import date

from referendum.count import Poll, PollTotals
from referendum.count_document import rejected_document
from referendum.findings import Finding, Severity
from referendum.outcome import Outcome
from referendum.question import Instrument

RESULT_SCHEMA = "folkmoot.result/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the count of one referendum comes to.

    Attributes:
        polls: totals of each poll held, residential first.
        outcome: what the polls taken together mean.
        findings: everything an officer must look at, in the order of the count document.
    """

    instrument: Instrument
    area: str
    authority: str
    poll_date: date
    polls: dict[Poll, PollTotals]
    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def may_be_declared(self) -> bool:
        """No finding is an error. Source: COUNT-16."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def result_document(result: Result) -> dict[str, object]:
    """Return the result as `folkmoot.result/1`: whole numbers, decimal strings in per cent, ISO dates, no float.

    Source: COUNT-16, COUNT-17, COUNT-18, COUNT-21; traps T-28, T-29.
    """
    outcome = result.outcome
    return {
        "schema": RESULT_SCHEMA,
        "polls": {poll.value: _poll_document(totals) for poll, totals in result.polls.items()},
        "decision": outcome.decision.value,
        "in_development_plan_from": _iso(outcome.in_development_plan_from),
        "make_by": _iso(outcome.make_by),
        "repeat_window_until": _iso(outcome.repeat_window_until),
        "findings": [finding.document() for finding in result.findings],
    }


def _poll_document(totals: PollTotals) -> dict[str, object]:
    return {
        "electorate": totals.electorate,
        "papers_counted": totals.papers_counted,
        "yes": totals.yes,
        "no": totals.no,
        "rejected": rejected_document(totals.rejected),
        "turnout_papers": None if totals.turnout_papers is None else str(totals.turnout_papers),
        "turnout_valid": None if totals.turnout_valid is None else str(totals.turnout_valid),
        "yes_share": None if totals.yes_share is None else str(totals.yes_share),
        "majority_in_favour": totals.majority_in_favour,
        "tie": totals.tie,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
