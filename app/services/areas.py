"""Neighbourhood areas: apply, publicise, decide."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import AreaApplication, AreaDecision, AreaStatus, AreaVersion, NeighbourhoodArea
from app.queries.nearby import areas_near, authorities_near, parishes_near
from app.scope import refuse_other_organisation
from app.services.boundaries import geometry_hash, refuse_overlap
from app.services.references import Prefix, next_reference
from app.verdict import AreaVerdict, OpenApplication, check_area, verdict_document
from geo.boundary import boundary
from geo.findings import Finding
from geo.reading.model import Source
from geo.validity import is_valid_ogc
from referendum.clocks import Clock, deadline, is_kept
from referendum.designation import Applicant, ApplicantKind, Route
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
        open_applications=_open_applications(session, applicant, reference),
        reference=reference,
    )


def _open_applications(
    session: ReadSession | WriteSession, applicant: Applicant | None, leaving_out: str | None
) -> tuple[OpenApplication, ...]:
    rows = session.execute(
        select(AreaApplication, NeighbourhoodArea.reference)
        .join(NeighbourhoodArea)
        .where(NeighbourhoodArea.status == AreaStatus.APPLIED.value)
        .order_by(AreaApplication.id)
    )
    return tuple(
        OpenApplication(
            reference=reference,
            boundary_bng=row.geometry,
            is_same_body=applicant is not None
            and applicant.kind is ApplicantKind.PARISH
            and row.applicant_parish_code == applicant.parish_code,
        )
        for row, reference in rows
        if reference != leaving_out
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
    """What an application says (AREA-6)."""

    name: str
    applicant: Applicant
    applicant_name: str
    statement: str
    received_on: date


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
    }
    record(session, deed, EventKind.AREA_APPLIED_FOR, area.reference, after=after)
    return area


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


def publicise_application(
    session: WriteSession, deed: Deed, reference: str, *, publicised_on: date, closes_on: date
) -> NeighbourhoodArea:
    """Record when the application was first publicised and when representations close.

    Raises:
        InvalidRequestError: publicised before it was received, or closing earlier than the law allows.
        StageError: the application is not open, or is already publicised.

    Source: AREA-11, AREA-12.
    """
    area = area_by_reference(session, reference)
    application = _open_application(area)
    if application.publicised_on is not None:
        raise StageError(f"{reference} was already first publicised on {application.publicised_on}.")
    if publicised_on < application.received_on:
        raise InvalidRequestError(
            f"{reference} cannot have been publicised on {publicised_on}: it was received on {application.received_on}."
        )
    least = deadline(Clock.AREA_COMMENTS, publicised_on)
    if least is not None and not is_kept(least, closes_on):
        raise InvalidRequestError(
            f"Representations on {reference} may not close on {closes_on}: at least six weeks from {publicised_on} "
            f"means {least.day} or later (AREA-12)."
        )
    refuse_other_organisation(deed, authorities_of(application), f"Publicising {reference}")
    application.publicised_on, application.closes_on = publicised_on, closes_on
    after = {"publicised_on": publicised_on.isoformat(), "closes_on": closes_on.isoformat()}
    record(session, deed, EventKind.AREA_PUBLICISED, reference, after=after)
    return area


def authorities_of(application: AreaApplication) -> set[str]:
    """Return the codes of the planning authorities that decide on an application."""
    return {str(each["code"]) for each in application.verdict["authorities"]}


def _open_application(area: NeighbourhoodArea) -> AreaApplication:
    if area.status != AreaStatus.APPLIED.value or not area.applications:
        raise StageError(f"{area.reference} has no application waiting for a decision: it is {area.status}.")
    return area.applications[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """One authority's decision (AREA-18, AREA-19)."""

    authority_code: str
    designate: bool
    decided_on: date
    published_on: date | None
    reasons: str
    is_business_area: bool
    business_area_reasons: str


def decide_application(session: WriteSession, deed: Deed, reference: str, facts: DecisionFacts) -> NeighbourhoodArea:
    """Record one authority's decision; the area becomes current when every authority it falls in has designated it.

    The designation lock is held from before the area is compared with its neighbours to the end of the
    transaction, so no two current areas can overlap, whatever two officers do at once.

    Raises:
        ConflictError: the area overlaps a current one by more than a sliver; representations are still open; the
            authority is not one the area falls in; or it has already decided.
        StageError: there is no open application.

    Source: AREA-10, AREA-12, AREA-15, AREA-18, AREA-19, AREA-20.
    """
    hold_lock(session, "designation")
    area = area_by_reference(session, reference)
    application = _open_application(area)
    refuse_other_organisation(deed, {facts.authority_code}, f"The decision of {facts.authority_code} on {reference}")
    _refuse_early(area, application, facts)
    deciding = _deciding_authorities(area, application, facts)
    if facts.designate:
        refuse_overlap(session, boundary(application.geometry), facts.decided_on, area.name, leaving_out=reference)
    application.decisions.append(
        AreaDecision(
            authority_code=facts.authority_code,
            outcome="designate" if facts.designate else "refuse",
            decided_on=facts.decided_on,
            published_on=facts.published_on,
            reasons=facts.reasons,
            is_business_area=facts.is_business_area,
            business_area_reasons=facts.business_area_reasons,
            recorded_at=deed.at,
        )
    )
    session.flush()
    after = {
        "authority_code": facts.authority_code,
        "outcome": "designate" if facts.designate else "refuse",
        "decided_on": facts.decided_on.isoformat(),
        "is_business_area": facts.is_business_area,
        "reasons": facts.reasons,
        "business_area_reasons": facts.business_area_reasons,
    }
    record(session, deed, EventKind.AREA_DECIDED, reference, after=after)
    _conclude(session, deed, area, application, deciding)
    return area


def _refuse_early(area: NeighbourhoodArea, application: AreaApplication, facts: DecisionFacts) -> None:
    if facts.decided_on < application.received_on:
        raise InvalidRequestError(
            f"{area.reference} cannot have been decided on {facts.decided_on}: "
            f"it was received on {application.received_on}."
        )
    if application.route == Route.MUST.value:
        return
    if application.closes_on is None:
        raise StageError(f"{area.reference} has not been publicised: record its publicity first (AREA-11).")
    if facts.decided_on <= application.closes_on:
        raise ConflictError(
            f"{area.reference} cannot be decided on {facts.decided_on}: representations close on "
            f"{application.closes_on} (AREA-12)."
        )


def _deciding_authorities(area: NeighbourhoodArea, application: AreaApplication, facts: DecisionFacts) -> set[str]:
    deciding = authorities_of(application)
    if not deciding:
        raise ConflictError(
            f"{area.reference} lies in no planning authority that is stored: import the authorities' boundaries first."
        )
    if facts.authority_code not in deciding:
        raise ConflictError(
            f"{facts.authority_code} does not decide on {area.reference}: it falls in {', '.join(sorted(deciding))}."
        )
    if any(decision.authority_code == facts.authority_code for decision in application.decisions):
        raise ConflictError(f"{facts.authority_code} has already decided on {area.reference}.")
    return deciding


def _conclude(
    session: WriteSession, deed: Deed, area: NeighbourhoodArea, application: AreaApplication, deciding: set[str]
) -> None:
    outcomes = {decision.authority_code: decision for decision in application.decisions}
    before = {"status": area.status}
    if any(decision.outcome == "refuse" for decision in outcomes.values()):
        area.status = AreaStatus.REFUSED.value
        record(session, deed, EventKind.AREA_REFUSED, area.reference, before=before, after={"status": area.status})
        return
    if outcomes.keys() < deciding:
        return
    last = max(decision.decided_on for decision in outcomes.values())
    area.status, area.designated_on = AreaStatus.DESIGNATED.value, last
    area.is_business_area = any(decision.is_business_area for decision in outcomes.values())
    area.versions.append(AreaVersion(valid_from=last, reason="designated", geometry=application.geometry))
    session.flush()
    after = {
        "status": area.status,
        "designated_on": last.isoformat(),
        "is_business_area": area.is_business_area,
        "geometry_sha256": geometry_hash(boundary(application.geometry)),
    }
    record(session, deed, EventKind.AREA_DESIGNATED, area.reference, before=before, after=after)
