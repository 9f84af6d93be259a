"""Which neighbourhood plans and orders are an authority's business."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import ReadSession
from app.models import (
    AreaApplication,
    AreaDecision,
    AreaVersion,
    DevelopmentPlanEntry,
    NeighbourhoodArea,
    Plan,
)
from app.queries.nearby import authorities_near
from app.queries.successions import taken_over_by
from geo.boundary import boundary
from geo.topology import TOLERANCE_M, presences


def plans_of_authority(session: ReadSession, code: str) -> list[Plan]:
    """Return the plans and orders whose area lies wholly or partly in an authority, with their steps and areas.

    An area that was applied for here is the business of the authorities that decided on it; one imported from another
    register is that of the authorities in which its first line lies. What was the business of an authority is that of
    the one that took its place (O-10).
    """
    codes = {code} | taken_over_by(session, code)
    decided = (
        select(AreaApplication.area_id)
        .join(AreaDecision, AreaDecision.application_id == AreaApplication.id)
        .where(AreaDecision.authority_code.in_(codes))
    )
    in_force = select(DevelopmentPlanEntry.plan_id).where(DevelopmentPlanEntry.authority_code.in_(codes))
    statement = (
        select(Plan)
        .where(or_(Plan.area_id.in_(decided), Plan.id.in_(in_force), Plan.area_id.in_(_imported(session, codes))))
        .options(joinedload(Plan.area), selectinload(Plan.steps), selectinload(Plan.entries))
    )
    return list(session.scalars(statement.order_by(Plan.reference)))


def _imported(session: ReadSession, codes: Collection[str]) -> Sequence[int]:
    """Return the areas without an application, of those with a plan, that lie in one of the authorities."""
    lines = (
        select(AreaVersion)
        .join(NeighbourhoodArea)
        .where(NeighbourhoodArea.id.in_(select(Plan.area_id)))
        .where(NeighbourhoodArea.id.not_in(select(AreaApplication.area_id)))
        .order_by(AreaVersion.area_id, AreaVersion.valid_from)
    )
    first: dict[int, AreaVersion] = {}
    for line in session.scalars(lines):
        first.setdefault(line.area_id, line)
    return [area for area, line in first.items() if _lies_in(session, line, codes)]


def _lies_in(session: ReadSession, line: AreaVersion, codes: Collection[str]) -> bool:
    met = presences(boundary(line.geometry), authorities_near(session, line.geometry, line.valid_from))
    return any(each.place.reference in codes and not each.is_sliver(TOLERANCE_M) for each in met)
