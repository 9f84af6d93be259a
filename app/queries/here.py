"""What applies at a point on a day: areas, instruments in force, drafts to be weighed, referendums to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from shapely import Point
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import ReadSession
from app.models import (
    AreaVersion,
    Boundary,
    BoundaryKind,
    DevelopmentDocument,
    DevelopmentPlanEntry,
    NeighbourhoodArea,
    Plan,
    Referendum,
)
from app.queries.development_plan_register import (
    PlanPart,
    WeighedDraft,
    drafts_to_weigh,
    in_register,
    part_of_document,
    part_of_entry,
)
from app.queries.nearby import in_force, meets_box
from referendum.development_documents import last_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Everything that holds at one place on one day.

    Attributes:
        point_bng: the place, EPSG:27700 metres.
        on: the day.
        authorities, parishes: the official areas the point lies in.
        areas: the neighbourhood areas current there.
        lines: the line of each of those areas on the day, in the same order.
        entries: the neighbourhood plans and orders in force there, the last to come into force first.
        plans: what the development plan is made of there: local plans and neighbourhood plans, the last to become part
            first, since in a conflict the last prevails (AFTER-2).
        orders: the neighbourhood orders in force there, which give planning permission.
        drafts: the draft plans for the place that must be weighed in deciding applications (AFTER-3).
        referendums: those decided on by the day, with the poll to come, whose referendum area takes in the point.
    """

    point_bng: Point
    on: date
    authorities: list[Boundary]
    parishes: list[Boundary]
    areas: list[NeighbourhoodArea]
    lines: list[AreaVersion]
    entries: list[DevelopmentPlanEntry]
    plans: list[PlanPart]
    orders: list[PlanPart]
    drafts: list[WeighedDraft]
    referendums: list[Referendum]


def what_applies(session: ReadSession, point_bng: Point, on: date) -> Here:
    """Return what applies at a point on a day; a point on a line belongs to the areas on both sides of it.

    The spatial index of the database proposes what is near; whether the point lies in it is decided exactly.

    Source: AFTER-1, AFTER-2, AFTER-3, RESULT-5, RESULT-6.
    """
    authorities = _official(session, BoundaryKind.AUTHORITY, point_bng, on)
    lines, entries = _lines(session, point_bng, on), _entries(session, point_bng, on)
    documents = _documents(session, point_bng, on, [each.code for each in authorities])
    parts = [*map(part_of_document, documents), *(part_of_entry(entry, on) for entry in entries)]
    return Here(
        point_bng=point_bng,
        on=on,
        authorities=authorities,
        parishes=_official(session, BoundaryKind.PARISH, point_bng, on),
        areas=[line.area for line in lines],
        lines=lines,
        entries=entries,
        plans=last_first(part for part in parts if not part.is_order),
        orders=last_first(part for part in parts if part.is_order),
        drafts=_drafts(session, lines, on),
        referendums=_referendums(session, point_bng, on),
    )


def _at(session: ReadSession, model: type[Any], point: Point) -> Any:  # noqa: ANN401 - SQLAlchemy's own condition
    return meets_box(session, model, (point.x, point.y, point.x, point.y))


def _official(session: ReadSession, kind: BoundaryKind, point: Point, on: date) -> list[Boundary]:
    statement = in_force(select(Boundary).where(Boundary.kind == kind.value), Boundary, on)
    near = session.scalars(statement.where(_at(session, Boundary, point)).order_by(Boundary.code))
    return [row for row in near if shapely.covers(row.geometry, point)]


def _lines(session: ReadSession, point: Point, on: date) -> list[AreaVersion]:
    statement = in_force(select(AreaVersion).options(joinedload(AreaVersion.area)), AreaVersion, on)
    near = session.scalars(statement.where(_at(session, AreaVersion, point)))
    found = [version for version in near if shapely.covers(version.geometry, point)]
    return sorted(found, key=lambda version: version.area.reference)


def _entries(session: ReadSession, point: Point, on: date) -> list[DevelopmentPlanEntry]:
    entry = DevelopmentPlanEntry
    statement = in_register(select(entry), entry, on).options(joinedload(entry.plan).joinedload(Plan.area))
    near = session.scalars(statement.where(_at(session, entry, point)).order_by(entry.part_from.desc(), entry.id))
    return [row for row in near if shapely.covers(row.geometry, point)]


def _documents(session: ReadSession, point: Point, on: date, authorities: Sequence[str]) -> list[DevelopmentDocument]:
    document = DevelopmentDocument
    standing = in_register(select(document), document, on)
    whole = standing.where(document.authority_code.in_(authorities), document.geometry.is_(None))
    near = session.scalars(standing.where(_at(session, document, point)))
    return [*session.scalars(whole), *(row for row in near if shapely.covers(row.geometry, point))]


def _drafts(session: ReadSession, lines: Sequence[AreaVersion], on: date) -> list[WeighedDraft]:
    if not lines:
        return []
    statement = select(Plan).where(Plan.area_id.in_([line.area_id for line in lines]))
    plans = session.scalars(statement.options(joinedload(Plan.area), selectinload(Plan.steps)))
    return drafts_to_weigh(plans.unique(), on)


def _referendums(session: ReadSession, point: Point, on: date) -> list[Referendum]:
    statement = (
        select(Referendum)
        .options(joinedload(Referendum.plan).joinedload(Plan.area))
        .where(Referendum.decision_on <= on, Referendum.poll_date >= on, _at(session, Referendum, point))
        .order_by(Referendum.poll_date, Referendum.reference)
    )
    return [each for each in session.scalars(statement) if shapely.covers(each.geometry, point)]
