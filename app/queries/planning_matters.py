"""The register of neighbourhood planning matters: proposals for plans and orders, and those made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import ReadSession
from app.models import Plan, PlanStep
from app.queries.authority_plans import plans_of_authority
from app.queries.parts import Key, Part, part_of, text_of
from referendum.stages import Stage

DATED: Mapping[Stage, str] = {
    Stage.PRE_SUBMISSION: "draft_published_on",
    Stage.SUBMITTED: "submitted_on",
    Stage.PUBLICISED: "publicised_on",
    Stage.EXAMINATION: "sent_to_examiner_on",
    Stage.REPORT_RECEIVED: "report_received_on",
    Stage.REFERENDUM_DUE: "decided_on",
    Stage.REFERENDUM_HELD: "voted_on",
    Stage.MADE: "made_on",
}
"""The days that the register tells of each proposal: the stage, and the name of the column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A proposal for a plan or order, or one made, as it stood on a day.

    Attributes:
        plan: its row, with its area.
        stage: the stage it had reached.
        since: since when; None where it has taken no step.
        days: the first day on which each stage of `DATED` was reached, by the name of its column.
        part_from, part_until: from when until when it has been in force; the second is the first day on which it was
            no longer. For several authorities, the earliest and the latest.
    """

    plan: Plan
    stage: Stage
    since: date | None
    days: Mapping[str, date]
    part_from: date | None
    part_until: date | None


def planning_matters(session: ReadSession, on: date, code: str | None = None, part: Part | None = None) -> list[Matter]:
    """Return the neighbourhood planning matters begun by a day, in order of reference: one authority's, or all.

    A part can be had of all, not of one authority's.

    Source: AFTER-4, Town and Country Planning Act 1990 s 69(1)(ca), (2A).
    """
    plans = _plans_of_all(session, on, part) if code is None else plans_of_authority(session, code)
    return [found for plan in plans if (found := _matter(plan, on)) is not None]


def _plans_of_all(session: ReadSession, on: date, part: Part | None) -> Sequence[Plan]:
    begun = select(Plan).where(or_(~Plan.steps.any(), Plan.steps.any(PlanStep.on_date <= on)))
    chosen = part_of(begun, part, (Key(column=Plan.reference, read=text_of),))
    loaded = chosen.options(joinedload(Plan.area), selectinload(Plan.steps), selectinload(Plan.entries))
    return session.scalars(loaded).all()


def _matter(plan: Plan, on: date) -> Matter | None:
    taken = [step for step in plan.steps if step.on_date <= on]
    if plan.steps and not taken:
        return None
    days: dict[str, date] = {}
    for step in taken:
        if Stage(step.to_stage) in DATED:
            days.setdefault(DATED[Stage(step.to_stage)], step.on_date)
    entries = [entry for entry in plan.entries if entry.part_from <= on]
    ends = [entry.part_until for entry in entries if entry.part_until is not None and entry.part_until <= on]
    return Matter(
        plan=plan,
        stage=Stage(taken[-1].to_stage if taken else plan.stage),
        since=taken[-1].on_date if taken else None,
        days=days,
        part_from=min((entry.part_from for entry in entries), default=None),
        part_until=max(ends) if ends and len(ends) == len(entries) else None,
    )
