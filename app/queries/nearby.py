"""Which rows could touch a piece of land: the database's spatial index proposes, `geo` decides."""

from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Select, func, or_, select, text

from app.area_places import is_national_park
from app.db import ReadSession, WriteSession
from app.models import (
    AreaApplication,
    AreaStatus,
    AreaVersion,
    Boundary,
    BoundaryKind,
    DevelopmentPlanEntry,
    NeighbourhoodArea,
)
from app.verdict_facts import OpenApplication
from geo.crs import BNG_EPSG
from geo.topology import Authority, Neighbour, Parish
from referendum.designation import Applicant

AnySession = ReadSession | WriteSession
Box = tuple[float, float, float, float]


def meets_box(session: AnySession, model: type[Any], box_bng: Box) -> ColumnElement[bool]:
    """Return the condition that a row's geometry may meet the box (easting and northing, least then greatest)."""
    if session.get_bind().dialect.name == "postgresql":
        return model.geometry.op("&&")(func.ST_MakeEnvelope(*box_bng, BNG_EPSG))  # type: ignore[no-any-return]
    index = (
        text(
            f"SELECT pkid FROM idx_{model.__tablename__}_geometry "
            "WHERE xmin <= :east AND xmax >= :west AND ymin <= :north AND ymax >= :south"
        )
        .bindparams(west=box_bng[0], south=box_bng[1], east=box_bng[2], north=box_bng[3])
        .columns(model.id)
    )
    return model.id.in_(index)  # type: ignore[no-any-return]


def _box(geometry_bng: BaseGeometry, margin_m: float) -> Box:
    west, south, east, north = geometry_bng.bounds
    return west - margin_m, south - margin_m, east + margin_m, north + margin_m


def in_force(statement: Select[Any], model: type[Any], on: date) -> Select[Any]:
    """Keep the rows that stood on a day: from `valid_from`, and before `valid_until`."""
    return statement.where(model.valid_from <= on, or_(model.valid_until.is_(None), model.valid_until > on))


def boundaries_near(
    session: AnySession, kind: BoundaryKind, geometry_bng: BaseGeometry, on: date, *, margin_m: float = 10.0
) -> list[Boundary]:
    """Return the official boundaries of a kind in force on a day that may touch the land, in order of code."""
    statement = in_force(select(Boundary).where(Boundary.kind == kind.value), Boundary, on)
    near = statement.where(meets_box(session, Boundary, _box(geometry_bng, margin_m)))
    return list(session.scalars(near.order_by(Boundary.code)))


def neighbours(rows: list[Boundary]) -> tuple[Neighbour, ...]:
    """Return stored boundaries as places to compare with, by their codes."""
    return tuple(Neighbour(reference=row.code, name=row.name, geometry_bng=row.geometry) for row in rows)


def parishes_near(session: AnySession, geometry_bng: BaseGeometry, on: date) -> tuple[Parish, ...]:
    """Return the parishes in force on a day that may touch the land."""
    return tuple(
        Parish(reference=row.code, name=row.name, geometry_bng=row.geometry, has_council=row.has_council)
        for row in boundaries_near(session, BoundaryKind.PARISH, geometry_bng, on)
    )


def authorities_near(session: AnySession, geometry_bng: BaseGeometry, on: date) -> tuple[Authority, ...]:
    """Return the planning authorities in force on a day that may touch the land."""
    return tuple(
        Authority(
            reference=row.code,
            name=row.name,
            geometry_bng=row.geometry,
            is_national_park=is_national_park(row.name),
        )
        for row in boundaries_near(session, BoundaryKind.AUTHORITY, geometry_bng, on)
    )


def areas_near(
    session: AnySession, geometry_bng: BaseGeometry, on: date, *, margin_m: float = 10.0, leaving_out: str | None = None
) -> tuple[Neighbour, ...]:
    """Return the neighbourhood areas that stand on a day, and those that begin later, that may touch the land.

    An area designated already may not be overlapped although it begins later, so it is kept, with the day that it
    begins; one that ended on that day or before is left out. `app.area_places.areas_in` keeps the same of a file.

    Args:
        session: where to look.
        geometry_bng: the land, EPSG:27700 metres.
        on: areas that ended before or on this day are left out.
        margin_m: how far beyond the land's extent to look.
        leaving_out: reference of an area not to return.

    Source: AREA-15.
    """
    statement = (
        select(AreaVersion, NeighbourhoodArea.reference, NeighbourhoodArea.name)
        .join(NeighbourhoodArea)
        .where(or_(AreaVersion.valid_until.is_(None), AreaVersion.valid_until > on))
        .where(meets_box(session, AreaVersion, _box(geometry_bng, margin_m)))
        .order_by(NeighbourhoodArea.reference, AreaVersion.valid_from)
    )
    return tuple(
        Neighbour(
            reference=reference,
            name=name,
            geometry_bng=version.geometry,
            starts_on=version.valid_from if version.valid_from > on else None,
        )
        for version, reference, name in session.execute(statement)
        if reference != leaving_out
    )


def open_applications_near(
    session: AnySession, geometry_bng: BaseGeometry, applicant: Applicant | None, *, leaving_out: str | None = None
) -> tuple[OpenApplication, ...]:
    """Return the undecided applications that may touch the land, and those of the same parish council anywhere.

    Args:
        session: where to look.
        geometry_bng: the land, EPSG:27700 metres.
        applicant: who applies for it; only parish councils can be told to be one body.
        leaving_out: reference of an area not to return.

    Source: AREA-7, AREA-14.
    """
    code = None if applicant is None else applicant.parish_code
    touching = meets_box(session, AreaApplication, _box(geometry_bng, 0.0))
    statement = (
        select(AreaApplication, NeighbourhoodArea.reference)
        .join(NeighbourhoodArea)
        .where(NeighbourhoodArea.status == AreaStatus.APPLIED.value)
        .where(touching if code is None else or_(touching, AreaApplication.applicant_parish_code == code))
        .order_by(NeighbourhoodArea.reference, AreaApplication.id)
    )
    return tuple(
        OpenApplication(
            reference=reference,
            boundary_bng=row.geometry,
            is_same_body=code is not None and row.applicant_parish_code == code,
        )
        for row, reference in session.execute(statement)
        if reference != leaving_out
    )


def entries_near(session: AnySession, geometry_bng: BaseGeometry, on: date) -> list[DevelopmentPlanEntry]:
    """Return the instruments in the development plan on a day whose land may touch this land."""
    entry = DevelopmentPlanEntry
    statement = (
        select(entry)
        .where(entry.part_from <= on, or_(entry.part_until.is_(None), entry.part_until > on))
        .where(meets_box(session, entry, _box(geometry_bng, 0.0)))
        .order_by(entry.part_from, entry.id)
    )
    return list(session.scalars(statement))
