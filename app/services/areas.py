"""Neighbourhood areas: examine a boundary, and apply for it."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotFoundError
from app.models import AreaApplication, AreaStatus, NeighbourhoodArea
from app.queries.nearby import areas_near, authorities_near, open_applications_near, parishes_near
from app.scope import refuse_other_organisation
from app.services.area_consents import ConsentFacts, record_consent
from app.services.boundaries import geometry_hash
from app.services.references import Prefix, next_reference
from app.verdict import AreaVerdict, check_area, verdict_document
from geo.boundary import boundary
from geo.findings import Finding
from geo.reading.model import Source
from geo.validity import is_valid_ogc
from referendum.designation import Applicant
from referendum.errors import StageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A boundary as it came in: the geometry exactly as given, where it came from, and what reading noticed."""

    geometry_bng: BaseGeometry
    source: Source
    findings: tuple[Finding, ...] = ()


def examine(
    session: ReadSession | WriteSession,
    drawn: Drawn,
    *,
    applicant: Applicant | None,
    on: date,
    reference: str | None = None,
) -> AreaVerdict:
    """Return the verdict on a boundary against everything stored that is in force on a day.

    The database only proposes candidates; `app.verdict.check_area` decides, as it does for files.
    """
    return check_area(
        drawn.geometry_bng,
        source=drawn.source,
        on=on,
        applicant=applicant,
        areas=areas_near(session, drawn.geometry_bng, on),
        parishes=parishes_near(session, drawn.geometry_bng, on),
        authorities=authorities_near(session, drawn.geometry_bng, on),
        findings_from_reading=drawn.findings,
        open_applications=open_applications_near(session, drawn.geometry_bng, applicant, leaving_out=reference),
        reference=reference,
    )


def area_by_reference(session: ReadSession | WriteSession, reference: str) -> NeighbourhoodArea:
    """Return the area of a reference.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalars(select(NeighbourhoodArea).where(NeighbourhoodArea.reference == reference)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no neighbourhood area {reference}: check the reference.")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFacts:
    """What an application says: the parts of AREA-6, its map and consents where they came with it.

    Attributes:
        name: of the area.
        applicant: what kind of body applies, and for which parish.
        applicant_name: the body.
        statement: why the area is appropriate (AREA-6 b).
        received_on: the day it was received.
        body_statement: why the applicant is a relevant body (AREA-6 c); empty where it did not come with it.
        map_scale: the map is at 1 to this (AREA-6 a); None where no map came with it.
        map_sha256: hash of the map document, where it is kept here.
        consents: of other councils (AREA-5, AREA-16).
    """

    name: str
    applicant: Applicant
    applicant_name: str
    statement: str
    received_on: date
    body_statement: str = ""
    map_scale: int | None = None
    map_sha256: str | None = None
    consents: tuple[ConsentFacts, ...] = ()


def apply_for_area(session: WriteSession, deed: Deed, facts: ApplicationFacts, drawn: Drawn) -> NeighbourhoodArea:
    """Receive an application to designate an area, with the verdict on its boundary as of that day.

    Raises:
        InvalidRequestError: the boundary is not valid; its problems are the error's findings.

    Source: AREA-1, AREA-2, AREA-6.
    """
    verdict = examine(session, drawn, applicant=facts.applicant, on=facts.received_on)
    if not is_valid_ogc(drawn.geometry_bng):
        raise InvalidRequestError(
            "This boundary cannot be applied for, because its line is not valid: put right the places listed.",
            findings=verdict.findings,
        )
    application = AreaApplication(
        applicant_kind=facts.applicant.kind.value,
        applicant_name=facts.applicant_name,
        applicant_parish_code=facts.applicant.parish_code,
        statement=facts.statement,
        body_statement=facts.body_statement,
        map_scale=facts.map_scale,
        map_sha256=facts.map_sha256,
        withdrawn_because="",
        received_on=facts.received_on,
        route=verdict.route.value,
        clock_weeks=verdict.clock_weeks,
        verdict=verdict_document(verdict),
        geometry=boundary(drawn.geometry_bng),
    )
    area = NeighbourhoodArea(
        reference=next_reference(session, Prefix.AREA),
        name=facts.name,
        status=AreaStatus.APPLIED.value,
        applications=[application],
    )
    refuse_other_applicant(deed, application)
    session.add(area)
    session.flush()
    after = {
        "name": facts.name,
        "applicant_kind": facts.applicant.kind.value,
        "applicant_parish_code": facts.applicant.parish_code,
        "received_on": facts.received_on.isoformat(),
        "verdict": verdict.verdict.value,
        "route": verdict.route.value,
        "geometry_sha256": geometry_hash(boundary(application.geometry)),
        "statement": facts.statement,
        **parts_of(application),
    }
    record(session, deed, EventKind.AREA_APPLIED_FOR, area.reference, after=after)
    for consent in facts.consents:
        record_consent(session, deed, area, consent)
    return area


def parts_of(application: AreaApplication) -> dict[str, object]:
    """Return the parts of an application that may come after it, as the record keeps them (AREA-6)."""
    return {
        "body_statement": application.body_statement,
        "map_scale": application.map_scale,
        "map_sha256": application.map_sha256,
    }


def refuse_other_applicant(deed: Deed, application: AreaApplication) -> None:
    """Refuse what is done for an applicant by anyone but the applicant, or an authority the area falls in.

    Raises:
        NotAllowedError: it is another body's application.
    """
    applicant = application.applicant_parish_code
    if applicant is None and deed.by.organisation_name == application.applicant_name:
        applicant = deed.by.organisation
    theirs = authorities_of(application) | ({applicant} if applicant else set())
    refuse_other_organisation(deed, theirs, f"The area of {application.applicant_name}")


def authorities_of(application: AreaApplication) -> set[str]:
    """Return the codes of the planning authorities that decide on an application."""
    return {str(each["code"]) for each in application.verdict["authorities"]}


def open_application(area: NeighbourhoodArea) -> AreaApplication:
    """Return the application of an area that waits for a decision.

    Raises:
        StageError: there is none.
    """
    if area.status != AreaStatus.APPLIED.value or not area.applications:
        raise StageError(f"{area.reference} has no application waiting for a decision: it is {area.status}.")
    return area.applications[-1]
