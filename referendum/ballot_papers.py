"""What every ballot paper of a referendum is like: form, answers, marks, colour, and the same in every council."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from referendum.ballot import NumberRange
from referendum.findings import Finding, Severity
from referendum.question import Instrument, prescribed_question

ANSWERS = ("Yes", "No")
"""The two answers, one cross in one box. Source: Q-2."""

_FORMS: Mapping[Instrument, str] = {Instrument.NDP: "Form 1", Instrument.NDO: "Form 2", Instrument.CRTBO: "Form 3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotPaper:
    """The specification of the ballot paper of one poll, for its printer.

    Attributes:
        form: the prescribed form.
        question: the whole question, word for word.
        answers: in their order.
        on_the_back: what stands on the back of each paper.
        official_mark: what every paper carries before it is handed out; which mark it is, is kept secret.
        colour: of the paper; other than that of any poll held on the same day.
        numbers: which numbers go where; never to whom.
    """

    form: str
    question: str
    answers: tuple[str, ...]
    on_the_back: tuple[str, ...]
    official_mark: str
    colour: str
    numbers: tuple[NumberRange, ...]


def ballot_paper(
    instrument: Instrument, *, area: str, authority: str, colour: str, numbers: Sequence[NumberRange] = ()
) -> BallotPaper:
    """Return the specification of a ballot paper; one paper a voter, foldable, in the prescribed form.

    Source: POLL-1, POLL-3, Q-1, Q-2, Neighbourhood Planning (Referendums) Regulations 2012 Sch 3 rules 6, 7 and 9 (the
    rule numbers of Schedule 3 are unverified).
    """
    return BallotPaper(
        form=_FORMS[instrument],
        question=prescribed_question(instrument, area=area, authority=authority),
        answers=ANSWERS,
        on_the_back=("The number of the ballot paper", "Another unique identifying mark"),
        official_mark="The official mark, kept secret until the poll",
        colour=colour.strip(),
        numbers=tuple(numbers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersOfCouncil:
    """The papers one council of several uses: the council, their specification, and the day they are first issued."""

    council: str
    paper: BallotPaper
    issued_on: date


def shared_paper_findings(papers: Sequence[PapersOfCouncil]) -> list[Finding]:
    """List where councils that share a referendum would use different papers, or issue them on different days.

    Source: REF-6, Neighbourhood Planning (Referendums) Regulations 2012 Sch 5 rule 12 (Schedule 3 is unverified).
    """
    if not papers:
        return []
    first, found = papers[0], []
    for other in papers[1:]:
        if _form_of(other.paper) != _form_of(first.paper):
            found.append(_differs("ballot-papers-differ", f"{other.council} uses another ballot paper", first.council))
        if other.issued_on != first.issued_on:
            what = f"{other.council} issues its papers on {other.issued_on}, not on {first.issued_on}"
            found.append(_differs("issue-dates-differ", what, first.council))
    return found


def _form_of(paper: BallotPaper) -> tuple[object, ...]:
    return paper.form, paper.question, paper.answers, paper.on_the_back, paper.colour.casefold()


def _differs(code: str, what: str, other: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        message=f"{what} as {other} does: use one form and one day as far as possible.",
        rule="REF-6",
    )
