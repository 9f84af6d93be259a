"""What was found out about the line of an application, with the land it was compared with, to be shown again."""

from dataclasses import replace

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import AreaApplication, NeighbourhoodArea
from app.services.areas import Drawn, examine
from app.verdict import AreaVerdict
from app.verdict_words import Verdict
from geo.findings import Finding, Severity
from geo.reading.model import Source
from referendum.designation import Applicant, ApplicantKind, Route


def validation_of(session: ReadSession | WriteSession, area: NeighbourhoodArea) -> AreaVerdict:
    """Return the verdict on an application as it was given on the day it came, with the shapes behind it.

    Verdict, route and findings are those on record; the land is compared again with what stood on that day, and only
    the neighbours that the record speaks of are kept.

    Raises:
        NotFoundError: there is no application on record.

    Source: AREA-7 to AREA-10, AREA-15.
    """
    if not area.applications:
        raise NotFoundError(f"{area.reference} has no application on record, so there is no check of its line.")
    application = area.applications[-1]
    told = application.verdict
    compared = _compared(session, area, application)
    overlapping = {str(each["reference"]) for each in told["overlaps"]}
    findings = stored_findings(application)
    beside = {each.with_reference for each in findings if each.code == "gap"}
    return replace(
        compared,
        verdict=Verdict(told["verdict"]),
        route=Route(told["route"]),
        clock_weeks=told["clock_weeks"],
        findings=findings,
        overlaps=tuple(each for each in compared.overlaps if each.reference in overlapping),
        gaps=tuple(each for each in compared.gaps if each.beside.reference in beside),
    )


def stored_findings(application: AreaApplication) -> tuple[Finding, ...]:
    """Return the findings on record for an application, in their order."""
    return tuple(
        Finding(
            code=each["code"],
            severity=Severity(each["severity"]),
            message=each["message"],
            rule=each["rule"],
            at_bng=(each["at"][0], each["at"][1]) if each["at"] else None,
            with_reference=each["with"],
            area_m2=each["area_m2"],
            max_width_m=each["max_width_m"],
        )
        for each in application.verdict["findings"]
    )


def _compared(
    session: ReadSession | WriteSession, area: NeighbourhoodArea, application: AreaApplication
) -> AreaVerdict:
    facts = application.verdict["source"]
    source = Source(
        format=facts["format"],
        layer=facts["layer"],
        crs=facts["crs"],
        crs_evidence=facts["crs_evidence"],
        flipped=facts["flipped"],
    )
    applicant = Applicant(kind=ApplicantKind(application.applicant_kind), parish_code=application.applicant_parish_code)
    drawn = Drawn(geometry_bng=application.geometry, source=source)
    return examine(session, drawn, applicant=applicant, on=application.received_on, reference=area.reference)
