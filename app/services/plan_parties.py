"""Plans and orders by reference, where they lie, and as whom somebody acts on one."""

from datetime import date

from shapely import MultiPolygon
from sqlalchemy import select

from app.audit import Deed
from app.db import ReadSession, WriteSession
from app.errors import NotAllowedError, NotFoundError
from app.models import NeighbourhoodArea, Plan
from app.queries.consents import authorities_met
from app.services.areas import authorities_of
from geo.boundary import boundary
from referendum.errors import StageError
from referendum.stages import Actor


def plan_by_reference(session: ReadSession | WriteSession, reference: str) -> Plan:
    """Return the plan or order of a reference.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalars(select(Plan).where(Plan.reference == reference)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no plan or order {reference}: check the reference.")
    return found


def current_line(area: NeighbourhoodArea, on: date) -> MultiPolygon:
    """Return the line of a designated area on a day.

    Raises:
        StageError: the area was not designated on that day.
    """
    for version in area.versions:
        if version.valid_from <= on and (version.valid_until is None or version.valid_until > on):
            return boundary(version.geometry)
    raise StageError(f"{area.reference} was not a designated neighbourhood area on {on}.")


def planning_authorities(session: ReadSession | WriteSession, area: NeighbourhoodArea) -> set[str]:
    """Return the codes of the planning authorities in which a neighbourhood area lies."""
    if area.applications:
        return authorities_of(area.applications[-1])
    line = area.versions[-1]
    return {code for code, _ in authorities_met(session, boundary(line.geometry), line.valid_from)}


_VOLUNTEER = "volunteer"


def acting_as(session: ReadSession | WriteSession, deed: Deed, plan: Plan) -> Actor:
    """Return as whom somebody acts on a plan: as its authority, or as the qualifying body that prepares it.

    Raises:
        NotAllowedError: they belong to neither.
    """
    if not deed.by.organisation:
        return Actor.QUALIFYING_BODY if deed.by.role.startswith(_VOLUNTEER) else Actor.AUTHORITY
    theirs = planning_authorities(session, plan.area)
    if deed.by.organisation in theirs:
        return Actor.AUTHORITY
    if is_body_of(deed, plan):
        return Actor.QUALIFYING_BODY
    raise NotAllowedError(
        f"{plan.reference} is not your organisation's business: it belongs to {plan.qualifying_body}."
    )


def is_body_of(deed: Deed, plan: Plan) -> bool:
    """Say whether somebody acts for the qualifying body of a plan: by its code, or by its name."""
    names, codes = {plan.qualifying_body}, set()
    for application in plan.area.applications[-1:]:
        names.add(application.applicant_name)
        codes.add(application.applicant_parish_code)
    return deed.by.organisation in codes - {None} or deed.by.organisation_name in names
