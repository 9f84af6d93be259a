"""Declared results round a referendum, one an area, and the councils that counted it, to be drawn on a map."""

from collections.abc import Mapping

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import ReadSession
from app.models import BoundaryKind, Plan, Referendum
from app.queries.nearby import boundaries_near, meets_box

NEAR_M = 5_000.0
MOST = 12
"""How far round a referendum area other results are shown, in metres, and how many of them at most."""


def results_near(session: ReadSession, referendum: Referendum) -> list[Referendum]:
    """Return the declared referendums of other areas nearby: the latest of each area, the nearest first."""
    west, south, east, north = referendum.geometry.bounds
    box = (west - NEAR_M, south - NEAR_M, east + NEAR_M, north + NEAR_M)
    statement = (
        select(Referendum)
        .where(Referendum.declaration.has(), meets_box(session, Referendum, box))
        .options(joinedload(Referendum.plan).joinedload(Plan.area), joinedload(Referendum.declaration))
        .order_by(Referendum.poll_date, Referendum.reference)
    )
    latest = {each.plan.area_id: each for each in session.scalars(statement)}
    latest.pop(referendum.plan.area_id, None)
    distances = {each.reference: each.geometry.distance(referendum.geometry) for each in latest.values()}
    near = [each for each in latest.values() if distances[each.reference] <= NEAR_M]
    return sorted(near, key=lambda each: (distances[each.reference], each.reference))[:MOST]


def polling_councils(session: ReadSession, referendum: Referendum) -> Mapping[str, BaseGeometry]:
    """Return the land of the councils that may hold the poll, by name, as on the day of the decision.

    Source: REF-1, REF-2, T-24.
    """
    land, on = referendum.geometry, referendum.decision_on
    rows = boundaries_near(session, BoundaryKind.RELEVANT_COUNCIL, land, on) or [
        row for row in boundaries_near(session, BoundaryKind.AUTHORITY, land, on) if row.is_relevant_council
    ]
    return {row.name: row.geometry for row in rows}
