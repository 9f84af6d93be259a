"""Neighbourhood areas, to look at."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError, WithdrawnError
from app.models import AreaApplication, AreaDecision, AreaStatus, AreaVersion, NeighbourhoodArea, Plan
from app.queries.parts import ByLetters, Key, Part, how_many, part_of, text_of

_NOT_SHOWN = {AreaStatus.REFUSED.value, AreaStatus.WITHDRAWN.value}


BY_REFERENCE = (Key(column=NeighbourhoodArea.reference, read=text_of),)
BY_NAME = (Key(column=ByLetters(NeighbourhoodArea.name), read=text_of), *BY_REFERENCE)


def areas_on(
    session: ReadSession, on: date, part: Part | None = None, order: Sequence[Key] = BY_REFERENCE
) -> list[tuple[NeighbourhoodArea, AreaVersion | AreaApplication]]:
    """Return the areas of a day, all or a part of them, each with its line on that day.

    A designated area comes with the version that stood that day; one applied for by that day, and not designated,
    refused or taken back by then, with the line applied for.

    Source: AREA-17, AREA-22 (a map of the areas now designated, and of those on any day).
    """
    statement = _with_lines(part_of(_with_line_on(on), part, order))
    lines = ((area, line_on(area, on)) for area in session.scalars(statement))
    return [(area, line) for area, line in lines if line is not None]


def count_areas_on(session: ReadSession, on: date) -> int:
    """Return how many areas there were on a day, counted as `areas_on` lists them."""
    return how_many(session, _with_line_on(on).with_only_columns(NeighbourhoodArea.id))


def lines_on(session: ReadSession, areas: Collection[int], on: date) -> Mapping[int, AreaVersion | AreaApplication]:
    """Return, by area id, the line on a day of each of these areas that had one."""
    chosen = _with_lines(select(NeighbourhoodArea).where(NeighbourhoodArea.id.in_(areas)))
    lines = ((area.id, line_on(area, on)) for area in session.scalars(chosen))
    return {number: line for number, line in lines if line is not None}


def _with_lines(statement: Select[Any]) -> Select[Any]:
    return statement.options(
        selectinload(NeighbourhoodArea.versions),
        selectinload(NeighbourhoodArea.applications).selectinload(AreaApplication.decisions),
    )


def _with_line_on(on: date) -> Select[Any]:
    """Choose in SQL the areas for which `line_on` finds a line."""
    area, begun = NeighbourhoodArea, AreaVersion.valid_from <= on
    stood = area.versions.any(and_(begun, or_(AreaVersion.valid_until.is_(None), AreaVersion.valid_until > on)))
    applied = area.applications.any(AreaApplication.received_on <= on)
    is_open = or_(area.status.not_in(_NOT_SHOWN), _closed_after(on))
    return select(area).where(or_(stood, and_(~area.versions.any(begun), applied, is_open)))


def _closed_after(on: date) -> ColumnElement[bool]:
    """Say in SQL that `closed_on` is known and later than a day."""
    area, other = NeighbourhoodArea, aliased(AreaApplication)
    last = select(func.max(other.id)).where(other.area_id == area.id).correlate(area).scalar_subquery()
    withdrawn = and_(AreaApplication.id == last, AreaApplication.withdrawn_on > on)
    refused = and_(AreaApplication.id == last, AreaApplication.decisions.any(AreaDecision.decided_on > on))
    return or_(
        and_(area.status == AreaStatus.WITHDRAWN.value, area.applications.any(withdrawn)),
        and_(area.status == AreaStatus.REFUSED.value, area.applications.any(refused)),
    )


def line_on(area: NeighbourhoodArea, on: date) -> AreaVersion | AreaApplication | None:
    """Return an area's line on a day, designated or applied for; None where it had none or no longer."""
    for version in area.versions:
        if version.valid_from <= on and (version.valid_until is None or version.valid_until > on):
            return version
    if any(version.valid_from <= on for version in area.versions):
        return None
    applied = [application for application in area.applications if application.received_on <= on]
    over = closed_on(area)
    if area.status in _NOT_SHOWN and (over is None or over <= on):
        return None
    return applied[-1] if applied else None


def closed_on(area: NeighbourhoodArea) -> date | None:
    """Return the day on which an area's application was refused or taken back; None where neither, or no day is kept.

    Several authorities refuse together once the last of them has decided (AREA-20).
    """
    if not area.applications or area.status not in _NOT_SHOWN:
        return None
    last = area.applications[-1]
    if area.status == AreaStatus.WITHDRAWN.value:
        return last.withdrawn_on
    return max((decision.decided_on for decision in last.decisions), default=None)


def status_by(line: AreaVersion | AreaApplication) -> AreaStatus:
    """Return what an area was on the day on which this was its line: designated, or applied for."""
    return AreaStatus.DESIGNATED if isinstance(line, AreaVersion) else AreaStatus.APPLIED


def refused_areas(session: ReadSession, on: date) -> list[NeighbourhoodArea]:
    """Return the areas whose application had been refused by a day, in order of reference."""
    statement = (
        select(NeighbourhoodArea)
        .where(NeighbourhoodArea.status == AreaStatus.REFUSED.value)
        .options(selectinload(NeighbourhoodArea.applications).selectinload(AreaApplication.decisions))
        .order_by(NeighbourhoodArea.reference)
    )
    days = ((area, closed_on(area)) for area in session.scalars(statement))
    return [area for area, day in days if day is None or day <= on]


def area_with_everything(session: ReadSession | WriteSession, reference: str) -> NeighbourhoodArea:
    """Return one area with its applications, decisions and versions.

    Raises:
        NotFoundError: there is none of that reference.
        WithdrawnError: its application was taken back; the sentence says why.
    """
    found = area_in_office(session, reference)
    if found.status == AreaStatus.WITHDRAWN.value:
        application = found.applications[-1]
        raise WithdrawnError(
            f"The application for {found.name} ({reference}) was taken back on {application.withdrawn_on}: "
            f"{application.withdrawn_because}"
        )
    return found


def area_in_office(session: ReadSession | WriteSession, reference: str) -> NeighbourhoodArea:
    """Return one area with everything, also where its application was taken back, for those whose case it is.

    Raises:
        NotFoundError: there is none of that reference.
    """
    statement = (
        select(NeighbourhoodArea)
        .where(NeighbourhoodArea.reference == reference)
        .options(
            selectinload(NeighbourhoodArea.applications).selectinload(AreaApplication.decisions),
            selectinload(NeighbourhoodArea.versions),
        )
    )
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no neighbourhood area {reference}: check the reference.")
    return found


def designated_for(session: ReadSession | WriteSession, code: str, name: str) -> list[NeighbourhoodArea]:
    """Return the designated areas that a body applied for last, known by its code or its name, in order of reference.

    Source: PLAN-1.
    """
    statement = (
        select(NeighbourhoodArea)
        .where(NeighbourhoodArea.status == AreaStatus.DESIGNATED.value)
        .options(selectinload(NeighbourhoodArea.applications))
        .order_by(NeighbourhoodArea.reference)
    )
    return [
        area
        for area in session.scalars(statement)
        for last in area.applications[-1:]
        if (code and last.applicant_parish_code == code) or (name and last.applicant_name == name)
    ]


def plans_of_area(session: ReadSession, area: NeighbourhoodArea) -> list[Plan]:
    """Return the plans and orders attached to an area, oldest first."""
    return list(session.scalars(select(Plan).where(Plan.area_id == area.id).order_by(Plan.id)))
