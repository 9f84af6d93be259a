"""The declaration of the result: who declares what, with every number the public notice must carry."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from referendum.count import Poll, PollTotals
from referendum.errors import StageError
from referendum.findings import Severity
from referendum.question import INSTRUMENT_NAMES, prescribed_question
from referendum.result import Result


class Capacity(StrEnum):
    """In what capacity an officer declares."""

    COUNTING_OFFICER = "Counting Officer"
    CHIEF_COUNTING_OFFICER = "Chief Counting Officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisorReason:
    """Why figures that do not add up are declared all the same."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A declared result; it never changes.

    Attributes:
        declared_at: aware time, UTC.
        reason: a supervisor's reason where the papers do not add up (COUNT-16), else None.

    Source: COUNT-15, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 3 rule 42 (number unverified).
    """

    result: Result
    question: str
    officer: str
    capacity: Capacity
    declared_at: datetime
    reason: SupervisorReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredNumber:
    """One line of the declaration: what is counted, and how many."""

    label: str
    number: int


def declare(
    result: Result,
    *,
    officer: str,
    capacity: Capacity,
    declared_at: datetime,
    reason: SupervisorReason | None = None,
) -> Declaration:
    """Declare a result.

    Args:
        result: the tally in use.
        officer: name of the counting officer.
        capacity: counting officer, or chief where several councils hold the poll.
        declared_at: aware time of the declaration.
        reason: needed where the papers do not add up, and only there.

    Raises: StageError where a finding stops the declaration, the time is naive or lies before the poll, or a reason is
    empty.

    Source: COUNT-15, COUNT-16.
    """
    _refuse_unlawful_time(result, declared_at)
    errors = [finding for finding in result.findings if finding.severity is Severity.ERROR]
    if errors and (reason is None or any(finding.rule != "COUNT-16" for finding in errors)):
        raise StageError(f"The result cannot be declared: {errors[0].message}")
    if reason is not None and not reason.reason.strip():
        raise StageError("Say why figures that do not add up are declared: the reason stays on record.")
    return Declaration(
        result=result,
        question=prescribed_question(result.instrument, area=result.area, authority=result.authority),
        officer=officer,
        capacity=capacity,
        declared_at=declared_at,
        reason=reason if errors else None,
    )


def declared_numbers(totals: PollTotals) -> tuple[DeclaredNumber, ...]:
    """Return the eight numbers of one poll, in the order they are read out; none is suppressed, however small.

    Source: COUNT-15, COUNT-16, COUNT-21.
    """
    heads = totals.rejected
    lines = (
        ("Number of ballot papers counted", totals.papers_counted),
        ("Number of votes cast in favour of a Yes", totals.yes),
        ("Number of votes cast in favour of a No", totals.no),
        ("Rejected: want of an official mark", heads.official_mark),
        ("Rejected: voting for more than one answer", heads.more_than_one_answer),
        ("Rejected: writing or mark by which the voter could be identified", heads.identifies_voter),
        ("Rejected: unmarked or void for uncertainty", heads.unmarked_or_uncertain),
        ("Electorate", totals.electorate),
    )
    return tuple(DeclaredNumber(label=label, number=number) for label, number in lines)


def declaration_lines(declaration: Declaration) -> tuple[str, ...]:
    """Return the declaration as lines to be read out and published; turnout and shares with their definitions.

    Source: COUNT-15, COUNT-17, COUNT-18, RESULT-1, RESULT-7; traps T-28, T-29, T-31.
    """
    result = declaration.result
    lines = [
        "Declaration of result of poll",
        f"Referendum on the {INSTRUMENT_NAMES[result.instrument]} for {result.area}",
        f"Date of poll: {result.poll_date:%-d %B %Y}",
        (
            f"I, {declaration.officer}, being the {declaration.capacity} at this referendum, "
            "give notice that the result is as follows:"
        ),
        f"Question: {declaration.question}",
    ]
    for poll, totals in result.polls.items():
        if Poll.BUSINESS in result.polls:
            lines.append(f"{poll.capitalize()} referendum")
        lines += _poll_lines(totals)
    return tuple(lines)


def _poll_lines(totals: PollTotals) -> list[str]:
    return [
        *[f"{line.label}: {line.number}" for line in declared_numbers(totals)],
        f"Total rejected: {totals.rejected.total}",
        f"Turnout, all papers including rejected ones, of the electorate: {_share(totals.turnout_papers)}",
        f"Turnout, valid votes only, of the electorate: {_share(totals.turnout_valid)}",
        f"Yes, of valid votes: {_share(totals.yes_share)}",
        _meaning(totals),
    ]


def _meaning(totals: PollTotals) -> str:
    if totals.majority_in_favour:
        return "More than half of those voting have voted in favour."
    if totals.tie:
        return "The votes are equal, so there is no majority in favour."
    return "Not more than half of those voting have voted in favour."


def _share(value: object) -> str:
    return "not applicable" if value is None else f"{value}%"


def _refuse_unlawful_time(result: Result, declared_at: datetime) -> None:
    if declared_at.tzinfo is None:
        raise StageError("The time of the declaration must say its time zone.")
    if declared_at.date() < result.poll_date:
        raise StageError(f"The result cannot be declared before the poll of {result.poll_date:%-d %B %Y}.")
