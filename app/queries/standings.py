"""What lists and maps say of many areas at once: columns only, never a query per row."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import or_, select

from app.db import ReadSession, WriteSession
from app.models import Boundary, BoundaryKind, DevelopmentPlanEntry, PlanStep


def last_steps(session: ReadSession, on: date, plans: Collection[int] | None = None) -> Mapping[int, PlanStep]:
    """Return, by plan id, the last step that each plan or order (or each of those named) had taken by a day."""
    statement = select(PlanStep).where(PlanStep.on_date <= on).order_by(PlanStep.id)
    if plans is not None:
        statement = statement.where(PlanStep.plan_id.in_(plans))
    return {step.plan_id: step for step in session.scalars(statement)}


def parts_since(session: ReadSession, on: date, plans: Collection[int] | None = None) -> Mapping[int, date]:
    """Return, by plan id, since when each plan or order (or each of those named) in force on a day has been so."""
    entry = DevelopmentPlanEntry
    statement = (
        select(entry.plan_id, entry.part_from)
        .where(entry.part_from <= on, or_(entry.part_until.is_(None), entry.part_until > on))
        .order_by(entry.part_from.desc())
    )
    if plans is not None:
        statement = statement.where(entry.plan_id.in_(plans))
    return {row.plan_id: row.part_from for row in session.execute(statement)}


def authority_names(session: ReadSession | WriteSession) -> Mapping[str, str]:
    """Return the newest name of every planning authority by its code."""
    statement = select(Boundary.code, Boundary.name).where(Boundary.kind == BoundaryKind.AUTHORITY.value)
    return {row.code: row.name for row in session.execute(statement.order_by(Boundary.valid_from))}
