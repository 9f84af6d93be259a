"""Plans and orders, in and out."""

from datetime import date
from typing import Literal

from pydantic import Field

from app.models import DevelopmentPlanEntry, Plan, PlanStep, Referendum
from app.schemas.common import Named, Shape


class PlanSummary(Shape):
    """One plan or order in a list."""

    reference: str
    instrument: str
    title: str
    stage: str


class Step(Shape):
    """One step taken."""

    from_stage: str | None
    to_stage: str
    on_date: date
    closes_on: date | None
    rule: str | None
    note: str


class Entry(Shape):
    """The instrument's place in one authority's development plan."""

    authority_code: str
    basis: str
    part_from: date
    part_until: date | None
    made_on: date | None
    ended_reason: str | None


class PlanOut(PlanSummary):
    """One plan or order with every step and its place in the development plan."""

    area: Named
    course: str
    modifies: str | None
    qualifying_body: str
    period_start: int | None
    period_end: int | None
    steps: list[Step]
    entries: list[Entry]
    referendums: list[str]


class PlanIn(Shape):
    """A plan or order to attach to a designated area (PLAN-1, ORDER-1)."""

    area: str = Field(pattern=r"^NA-\d{6}$")
    instrument: Literal["ndp", "ndo", "crtbo"]
    title: str = Field(min_length=2, max_length=200)
    qualifying_body: str = Field(min_length=2, max_length=200)
    period_start: int | None = Field(default=None, ge=2000, le=2200)
    period_end: int | None = Field(default=None, ge=2000, le=2200)
    course: Literal["new", "minor-change", "change-without-referendum", "change-with-referendum"] = "new"
    modifies: str = Field(default="", max_length=9)


class StepIn(Shape):
    """A step to take."""

    to_stage: str = Field(max_length=40)
    on_date: date
    closes_on: date | None = None
    note: str = Field(default="", max_length=20_000)


class MakingIn(Shape):
    """One authority's decision to make an approved plan or order (RESULT-3, RESULT-10)."""

    authority_code: str = Field(max_length=80)
    made_on: date
    reasons: str = Field(default="", max_length=4000)


class DecliningIn(Shape):
    """The decision not to make an approved plan or order, on one of the only lawful grounds (RESULT-4)."""

    ground: Literal["breach-of-obligations", "breach-of-convention-rights", "proceedings-pending", "polls-divided"]
    decided_on: date
    reasons: str = Field(min_length=1, max_length=4000)


def summary_of_plan(plan: Plan) -> PlanSummary:
    """Return the plan as it stands in a list."""
    return PlanSummary.model_validate(plan, from_attributes=True)


def _step(step: PlanStep) -> Step:
    return Step.model_validate(step, from_attributes=True)


def entry_of(entry: DevelopmentPlanEntry) -> Entry:
    """Return the instrument's place in the development plan."""
    return Entry.model_validate(entry, from_attributes=True)


def plan_of(plan: Plan, referendums: list[Referendum]) -> PlanOut:
    """Return the plan with everything public about it."""
    return PlanOut(
        **summary_of_plan(plan).model_dump(),
        area=Named(reference=plan.area.reference, name=plan.area.name),
        course=plan.course,
        modifies=plan.modifies.reference if plan.modifies is not None else None,
        qualifying_body=plan.qualifying_body,
        period_start=plan.period_start,
        period_end=plan.period_end,
        steps=[_step(step) for step in plan.steps],
        entries=[entry_of(entry) for entry in plan.entries],
        referendums=[referendum.reference for referendum in referendums],
    )
