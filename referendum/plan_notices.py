"""What an authority publishes about its decisions on a plan or order: on the report, and on making it."""

from dataclasses import dataclass
from datetime import date

from referendum.examination import ANSWER_WORDS, GROUND_WORDS, RECOMMENDS_WORDS, Answer, Ground, Recommends
from referendum.notices import Notice, Paragraph
from referendum.outcome import challenge_window
from referendum.question import INSTRUMENT_NAMES, Instrument

_DECIDED = {
    "referendum": "that a referendum must be held on",
    "refused": "to refuse",
    "declined": "not to consider, as a repeat of an earlier proposal,",
    "make-without-referendum": "to make, without a referendum, the change of",
}
_MET = {"yes": "Met.", "no": "Not met.", "not-needed": "Not asked of this proposal."}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedChange:
    """One recommended change, or the authority's own: what it is about, what is changed, why, and what was decided."""

    number: int
    about: str
    text: str
    ground: Ground | None
    is_own: bool
    answer: Answer | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDecision:
    """What a decision statement tells.

    Attributes:
        title, instrument, area, body: of the proposal.
        authority: names of the authorities whose decision it is.
        decision: "referendum", "refused", "declined" or "make-without-referendum".
        decided_on, published_on: the days of the decision and of its publication; the latter None until it is.
        reasons: for the decision as a whole.
        examiner, received_on, recommends: of the report; empty or None where the decision was taken without one.
        changes: every recommended or own change.
        conditions: letter, text, answer ("yes", "no", "not-needed", None) and reason of each basic condition.
        area_choice, area_reasons: "extended" or "neighbourhood-area", and why; empty where it was not decided.
    """

    title: str
    instrument: Instrument
    area: str
    body: str
    authority: str
    decision: str
    decided_on: date
    reasons: str = ""
    published_on: date | None = None
    examiner: str = ""
    received_on: date | None = None
    recommends: Recommends | None = None
    changes: tuple[DecidedChange, ...] = ()
    conditions: tuple[tuple[str, str, str | None, str], ...] = ()
    area_choice: str = ""
    area_reasons: str = ""


def decision_statement_notice(facts: PlanDecision) -> Notice:
    """Return the decision statement on a plan or order.

    Source: STEP-12, EXAM-4, EXAM-5, RESULT-11, Neighbourhood Planning (General) Regulations 2012 regs 18, 25.
    """
    name = INSTRUMENT_NAMES[facts.instrument]
    opening = (
        f"On {facts.decided_on:%-d %B %Y} {facts.authority} decided {_DECIDED[facts.decision]} {facts.title}. It is "
        f"the {name} for {facts.area}, which {facts.body} prepares."
    )
    parts = [
        Paragraph(heading="The decision", text=opening, rule="STEP-12"),
        *([Paragraph(heading="Reasons", text=facts.reasons, rule="STEP-12")] if facts.reasons.strip() else []),
        *_report(facts),
        *_conditions(facts),
        *_referendum_area(facts),
        *_published(facts.published_on),
    ]
    return Notice(title="Decision statement", paragraphs=tuple(parts), given_by=facts.authority)


def _report(facts: PlanDecision) -> list[Paragraph]:
    if facts.recommends is None:
        return []
    came = f" It came on {facts.received_on:%-d %B %Y}." if facts.received_on else ""
    text = f"The report of {facts.examiner} recommends to {RECOMMENDS_WORDS[facts.recommends]}.{came}"
    whole = Paragraph(heading="The examiner's report", text=text, rule="EXAM-1")
    return [whole, *(_change(each) for each in facts.changes)]


def _change(change: DecidedChange) -> Paragraph:
    whose = "The authority's own change" if change.is_own else "The examiner recommends"
    ground = f" It may be changed {GROUND_WORDS[change.ground]}." if change.ground is not None else ""
    answer = ANSWER_WORDS[change.answer] if change.answer is not None else "Not decided"
    return Paragraph(
        heading=f"Change {change.number}: {change.about}",
        text=f"{whose}: {change.text}{ground} Decision: {answer}. {change.reason}".strip(),
        rule="STEP-12",
    )


def _conditions(facts: PlanDecision) -> list[Paragraph]:
    if facts.decision == "declined":
        return []
    return [
        Paragraph(
            heading="The basic conditions" if at == 0 else "",
            text=f"{_lettered(letter)}{text.rstrip('.')}: {_MET.get(answer or '', 'Not decided.')} {reason}".strip(),
            rule="EXAM-5",
        )
        for at, (letter, text, answer, reason) in enumerate(facts.conditions)
    ]


def _lettered(letter: str) -> str:
    """Return the letter the law gives a condition, as it stands before it; nothing where it has none yet."""
    return f"({letter}) " if len(letter) == 1 else ""


def _referendum_area(facts: PlanDecision) -> list[Paragraph]:
    if facts.decision != "referendum" or not facts.area_choice:
        return []
    chosen = "larger than" if facts.area_choice == "extended" else "the same as"
    text = f"The referendum area is {chosen} the neighbourhood area {facts.area}. {facts.area_reasons}"
    return [Paragraph(heading="Who is to vote", text=text.strip(), rule="EXAM-4")]


def _published(published_on: date | None) -> list[Paragraph]:
    where = "You can read this decision on this page and at the authority's offices."
    parts = [Paragraph(heading="Where to see it", text=where, rule="STEP-12")]
    if published_on is not None:
        closes = challenge_window(published_on).closes
        text = (
            f"It was published on {published_on:%-d %B %Y}. You can ask a court to look at it by a claim for judicial "
            f"review. The claim must be filed by the end of {closes:%-d %B %Y}."
        )
        parts.append(Paragraph(heading="If you think it is unlawful", text=text, rule="RESULT-11"))
    return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class MakingDecision:
    """What is told of the decision whether to make a plan or order.

    Attributes:
        is_made: made, or decided not to.
        decided_on: the last day of a decision.
        by: each authority that made it, with its day; where it is not made, those whose decision it is, without.
        votes: each poll held, as "residential poll, 600 yes and 400 no"; none where no referendum was needed.
        reasons: why, in the authority's words; may be empty where the vote alone binds it to make it.
        published_on: the day the decision was published; None until it is.
    """

    title: str
    instrument: Instrument
    area: str
    authority: str
    is_made: bool
    decided_on: date
    by: tuple[tuple[str, date | None], ...]
    votes: tuple[str, ...] = ()
    reasons: str = ""
    published_on: date | None = None


def making_notice(facts: MakingDecision) -> Notice:
    """Return the decision whether to make a plan or order, and why.

    Source: STEP-13, STEP-14, RESULT-4, RESULT-7, RESULT-10, RESULT-11, RESULT-12, Neighbourhood Planning (General)
    Regulations 2012 regs 19, 20, 26, 27. Unverified in wording.
    """
    name = INSTRUMENT_NAMES[facts.instrument]
    parts: list[Paragraph] = []
    if facts.is_made:
        for authority, day in facts.by:
            on = f"On {day:%-d %B %Y} " if day is not None else ""
            text = f"{on}{authority} made {facts.title}, the {name} for {facts.area}."
            parts.append(Paragraph(heading="" if parts else "The decision", text=text, rule="RESULT-10"))
    else:
        text = (
            f"On {facts.decided_on:%-d %B %Y} {facts.authority} decided not to make {facts.title}, the {name} for "
            f"{facts.area}."
        )
        parts.append(Paragraph(heading="The decision", text=text, rule="RESULT-4"))
    parts += [
        Paragraph(heading="" if at else "The vote", text=text, rule="RESULT-1") for at, text in enumerate(facts.votes)
    ]
    if facts.reasons.strip():
        parts.append(Paragraph(heading="Reasons", text=facts.reasons.strip(), rule="STEP-13"))
    title = f"Decision to make a {name}" if facts.is_made else f"Decision not to make a {name}"
    return Notice(title=title, paragraphs=(*parts, *_published(facts.published_on)), given_by=facts.authority)
