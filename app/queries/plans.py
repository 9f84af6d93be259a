"""Plans and orders, to look at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import ReadSession
from app.errors import NotFoundError
from app.models import Plan, PlanStep, Referendum
from app.queries.parts import Key, Part, how_many, part_of, text_of
from app.queries.standings import last_steps, parts_since
from referendum.stages import Stage


def all_plans(session: ReadSession, areas: Collection[int] | None = None) -> list[Plan]:
    """Return every plan and order (or those of the areas named) with its area, in order of reference."""
    statement = select(Plan).options(joinedload(Plan.area)).order_by(Plan.reference)
    return list(session.scalars(statement if areas is None else statement.where(Plan.area_id.in_(areas))))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanThen:
    """A plan or order as it stood on a day.

    Attributes:
        plan: its row, with its area.
        stage: the stage it had reached.
        since: the day on which it reached it; None where it has taken no step.
        part_from: since when it has been in force; None where it was not.
    """

    plan: Plan
    stage: Stage
    since: date | None
    part_from: date | None


def plans_on(session: ReadSession, on: date, part: Part | None = None) -> list[PlanThen]:
    """Return the plans and orders begun by a day, all or a part of them, as they stood then, in order of reference.

    When writing begins is not recorded, so one that has taken no step at all is taken to have begun.

    Source: RESULT-5, RESULT-6, AFTER-3.
    """
    chosen = part_of(_begun_by(on), part, (Key(column=Plan.reference, read=text_of),))
    plans = session.scalars(chosen.options(joinedload(Plan.area))).all()
    only = None if part is None else [plan.id for plan in plans]
    steps, parts = last_steps(session, on, only), parts_since(session, on, only)
    return [
        PlanThen(
            plan=plan,
            stage=Stage(steps[plan.id].to_stage if plan.id in steps else plan.stage),
            since=steps[plan.id].on_date if plan.id in steps else None,
            part_from=parts.get(plan.id),
        )
        for plan in plans
    ]


def count_plans_on(session: ReadSession, on: date) -> int:
    """Return how many plans and orders had been begun by a day, counted as `plans_on` lists them."""
    return how_many(session, _begun_by(on).with_only_columns(Plan.id))


def _begun_by(on: date) -> Select[Any]:
    taken = Plan.steps.any(PlanStep.on_date <= on)
    return select(Plan).where(or_(taken, Plan.stage == Stage.PREPARATION.value))


def plan_with_everything(session: ReadSession, reference: str) -> Plan:
    """Return one plan with its area, steps and entries.

    Raises:
        NotFoundError: there is none of that reference.
    """
    statement = (
        select(Plan)
        .where(Plan.reference == reference)
        .options(joinedload(Plan.area), selectinload(Plan.steps), selectinload(Plan.entries))
    )
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no plan or order {reference}: check the reference.")
    return found


def referendums_of_plan(session: ReadSession, plan: Plan) -> list[Referendum]:
    """Return the referendums held or to be held on a plan, oldest first."""
    statement = select(Referendum).where(Referendum.plan_id == plan.id).options(joinedload(Referendum.declaration))
    return list(session.scalars(statement.order_by(Referendum.id)))
