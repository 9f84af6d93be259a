"""The stages of a plan or order as a line of dates: done, where it stands, and still to come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models import Plan, PlanStep, Referendum
from app.templating import short_date
from app.web.words import STAGE_WORDS, word_for
from referendum.question import Instrument
from referendum.stages import Stage, standing


class State(StrEnum):
    """Whether a point on the line is behind, here, or ahead."""

    DONE = "done"
    CURRENT = "current"
    TO_COME = "to-come"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePoint:
    """One point on the line.

    Attributes:
        text: what happened, or will happen.
        state: behind, here, or ahead.
        on: the day it happened.
        when: what is known of when it will happen, in words; empty where nothing is.
        closes_on: the last day for comments, where there is one.
        meaning: what the present stage means; empty for the others.
        note: what was recorded with the step.
        rule: the rule under which it happened.
    """

    text: str
    state: State
    on: date | None = None
    when: str = ""
    closes_on: date | None = None
    meaning: str = ""
    note: str = ""
    rule: str | None = None


_LADDER = (
    Stage.PREPARATION,
    Stage.PRE_SUBMISSION,
    Stage.SUBMITTED,
    Stage.PUBLICISED,
    Stage.EXAMINATION,
    Stage.REPORT_RECEIVED,
    Stage.REFERENDUM_DUE,
    Stage.REFERENDUM_HELD,
    Stage.APPROVED,
    Stage.MADE,
)
_SAME_RUNG = {
    Stage.IN_DEVELOPMENT_PLAN: Stage.APPROVED,
    Stage.DIVIDED: Stage.APPROVED,
    Stage.BODY_CHOICE: Stage.EXAMINATION,
    Stage.DIFFERING_VIEW: Stage.REPORT_RECEIVED,
    Stage.INTERVENTION: Stage.REPORT_RECEIVED,
    Stage.SUSPENDED: Stage.REFERENDUM_DUE,
}
_AHEAD = {
    Stage.PRE_SUBMISSION: "Draft published for comment, at least six weeks",
    Stage.SUBMITTED: "Submitted to the council",
    Stage.PUBLICISED: "Published by the council for comment, at least six weeks",
    Stage.EXAMINATION: "Independent examination",
    Stage.REPORT_RECEIVED: "Examiner\u2019s report",
    Stage.REFERENDUM_DUE: "Decision whether to hold a referendum",
    Stage.REFERENDUM_HELD: "Referendum",
    Stage.APPROVED: "Result",
    Stage.MADE: "Made by the council, if the vote is in favour",
}


def timeline(plan: Plan, referendums: Sequence[Referendum]) -> list[TimelinePoint]:
    """Return the line of a plan or order, oldest first."""
    stage = Stage(plan.stage)
    points = [*_behind(plan.steps, stage)]
    if not points:
        words = STAGE_WORDS[stage]
        points = [TimelinePoint(text=words.done, state=State.CURRENT, meaning=words.meaning)]
    if standing(Instrument(plan.instrument), stage).closed or stage is Stage.MADE:
        return points
    return [*points, *_ahead(stage, referendums)]


def _behind(steps: Sequence[PlanStep], stage: Stage) -> Iterator[TimelinePoint]:
    for place, step in enumerate(steps):
        words = STAGE_WORDS[Stage(step.to_stage)]
        here = place == len(steps) - 1
        yield TimelinePoint(
            text=words.done,
            state=State.CURRENT if here and stage is not Stage.MADE else State.DONE,
            on=step.on_date,
            closes_on=step.closes_on,
            meaning=words.meaning if here else "",
            note=step.note,
            rule=step.rule,
        )


def _ahead(stage: Stage, referendums: Sequence[Referendum]) -> Iterator[TimelinePoint]:
    rung = _LADDER.index(_SAME_RUNG.get(stage, stage))
    for coming in _LADDER[rung + 1 :]:
        yield TimelinePoint(text=_AHEAD[coming], state=State.TO_COME, when=_when(coming, referendums))


def _when(coming: Stage, referendums: Sequence[Referendum]) -> str:
    if not referendums:
        return ""
    if coming is Stage.REFERENDUM_HELD:
        return f"On {short_date(referendums[-1].poll_date)}"
    declaration = referendums[-1].declaration
    make_by = declaration.result.get("make_by") if declaration else None
    return f"By {short_date(make_by)}" if coming is Stage.MADE and make_by else ""


def place_in_development_plan(plan: Plan, names: dict[str, str]) -> list[str]:
    """Return, one sentence for each authority, since when and why the plan or order is in force there."""
    word = word_for(plan.instrument)
    sentences = []
    for entry in plan.entries:
        where = names.get(entry.authority_code, entry.authority_code)
        since = short_date(entry.part_from)
        if entry.basis == "RESULT-6" and Instrument(plan.instrument) is not Instrument.NDP:
            text = f"In force in {where} since {since}, when it was made."
        elif entry.basis == "RESULT-6":
            text = f"Part of the development plan of {where} since {since}, when it was made."
        elif entry.made_on is None:
            text = (
                f"Part of the development plan of {where} since {since}, from the referendum result; "
                "not formally made yet."
            )
        else:
            text = (
                f"Part of the development plan of {where} since {since}, from the referendum result; "
                f"made on {short_date(entry.made_on)}."
            )
        if entry.part_until is not None:
            text += f" It ended on {short_date(entry.part_until)}: {entry.ended_reason or f'the {word} was replaced'}."
        sentences.append(text)
    return sentences
