"""What applies at a point on a day: areas, instruments in force, referendums to come."""

from dataclasses import dataclass
from datetime import date

import shapely
from shapely import Point
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import ReadSession
from app.models import (
    AreaVersion,
    Boundary,
    BoundaryKind,
    DevelopmentPlanEntry,
    NeighbourhoodArea,
    Plan,
    Referendum,
)
from app.queries.nearby import boundaries_near, entries_near, in_force, meets_box


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Everything that holds at one place on one day.

    Attributes:
        point_bng: the place, EPSG:27700 metres.
        on: the day.
        authorities, parishes: the official areas the point lies in.
        areas: the neighbourhood areas current there.
        entries: the instruments that are part of the development plan there, the last to become part first, since
            in a conflict the last prevails (AFTER-2).
        referendums: those whose referendum area takes in the point and whose poll is on or after the day.
    """

    point_bng: Point
    on: date
    authorities: list[Boundary]
    parishes: list[Boundary]
    areas: list[NeighbourhoodArea]
    entries: list[DevelopmentPlanEntry]
    referendums: list[Referendum]


def what_applies(session: ReadSession, point_bng: Point, on: date) -> Here:
    """Return what applies at a point on a day; a point on a line belongs to the areas on both sides of it.

    Source: AFTER-1, AFTER-2, RESULT-5, RESULT-6.
    """
    entries = [each for each in entries_near(session, point_bng, on) if shapely.covers(each.geometry, point_bng)]
    return Here(
        point_bng=point_bng,
        on=on,
        authorities=_official(session, BoundaryKind.AUTHORITY, point_bng, on),
        parishes=_official(session, BoundaryKind.PARISH, point_bng, on),
        areas=_areas(session, point_bng, on),
        entries=entries[::-1],
        referendums=_referendums(session, point_bng, on),
    )


def _box(point: Point) -> tuple[float, float, float, float]:
    return point.x, point.y, point.x, point.y


def _official(session: ReadSession, kind: BoundaryKind, point: Point, on: date) -> list[Boundary]:
    return [each for each in boundaries_near(session, kind, point, on) if shapely.covers(each.geometry, point)]


def _areas(session: ReadSession, point: Point, on: date) -> list[NeighbourhoodArea]:
    statement = in_force(select(AreaVersion).options(joinedload(AreaVersion.area)), AreaVersion, on)
    near = session.scalars(statement.where(meets_box(session, AreaVersion, _box(point))))
    found = [version.area for version in near if shapely.covers(version.geometry, point)]
    return sorted(found, key=lambda area: area.reference)


def _referendums(session: ReadSession, point: Point, on: date) -> list[Referendum]:
    statement = (
        select(Referendum)
        .options(joinedload(Referendum.plan).joinedload(Plan.area))
        .where(Referendum.poll_date >= on, meets_box(session, Referendum, _box(point)))
        .order_by(Referendum.poll_date, Referendum.reference)
    )
    return [each for each in session.scalars(statement) if shapely.covers(each.geometry, point)]
