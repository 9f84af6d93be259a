"""Neighbourhood areas, to look at."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError, WithdrawnError
from app.models import AreaApplication, AreaStatus, AreaVersion, NeighbourhoodArea, Plan

_NOT_SHOWN = {AreaStatus.REFUSED.value, AreaStatus.WITHDRAWN.value}


def areas_on(session: ReadSession, on: date) -> list[tuple[NeighbourhoodArea, AreaVersion | AreaApplication]]:
    """Return every area with its line on a day, in order of reference.

    A designated area comes with the version that stood that day; one applied for by that day, and not designated,
    refused or taken back by then, with the line applied for.

    Source: AREA-17, AREA-22 (a map of the areas now designated, and of those on any day).
    """
    statement = (
        select(NeighbourhoodArea)
        .options(
            selectinload(NeighbourhoodArea.versions),
            selectinload(NeighbourhoodArea.applications).selectinload(AreaApplication.decisions),
        )
        .order_by(NeighbourhoodArea.reference)
    )
    found: list[tuple[NeighbourhoodArea, AreaVersion | AreaApplication]] = []
    for area in session.scalars(statement):
        line = _line_on(area, on)
        if line is not None:
            found.append((area, line))
    return found


def _line_on(area: NeighbourhoodArea, on: date) -> AreaVersion | AreaApplication | None:
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
