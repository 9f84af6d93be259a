"""The verdict on a neighbourhood area: one function for the command line, the pages and the API.

The database, or a file, only proposes places that might meet the area; what is decided here depends on nothing but
the boundaries and facts given, never on their order, so every door answers with the same bytes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.verdict_authorities import authority_findings
from app.verdict_facts import (
    NeighbourGap,
    OpenApplication,
    authority_facts,
    neighbour_gaps,
    open_application_facts,
    overlap_facts,
    parish_facts,
)
from app.verdict_findings import boundary_findings, gap_findings, not_given_findings, reason_findings
from app.verdict_overlaps import overlap_findings, remainder_findings, remainder_of
from app.verdict_words import Verdict
from geo.boundary import boundary
from geo.findings import Finding, Severity
from geo.measure import area_ha, bbox_bng, perimeter_m
from geo.reading.model import Source
from geo.topology import (
    TOLERANCE_M,
    Authority,
    Neighbour,
    Overlap,
    Parish,
    Presence,
    canonical,
    indexed,
    overlaps,
    presences,
)
from referendum.designation import Applicant, DesignationFacts, Route, lawful_route

__all__ = ["AreaVerdict", "OpenApplication", "Verdict", "check_area", "verdict_document"]

SCHEMA = "folkmoot.check-area/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaVerdict:
    """Everything found out about one area.

    Attributes:
        verdict, route, clock_weeks, rule_set: the answer; no weeks where no limit applies or none can be told.
        source: where the boundary came from.
        boundary_bng: the boundary exactly as given, EPSG:27700 metres.
        measured_bng: the same land in canonical form, which every figure is about; for a boundary that crosses
            itself, the land that it encloses.
        findings: what reading, validity, comparison and law found, in a fixed order.
        overlaps: with current areas, in order of reference.
        gaps: between the area and current areas, too narrow to be meant.
        remainder_bng: what a refusal would leave to designate; None where current areas take nothing of the area, or
            where the authority could not refuse or decide it at all.
        parishes, authorities: those that hold more than a sliver of the area, in order of code.
    """

    verdict: Verdict
    route: Route
    clock_weeks: int | None
    rule_set: str
    source: Source
    boundary_bng: BaseGeometry
    measured_bng: MultiPolygon
    findings: tuple[Finding, ...]
    overlaps: tuple[Overlap, ...]
    gaps: tuple[NeighbourGap, ...]
    remainder_bng: MultiPolygon | None
    parishes: tuple[Presence[Parish], ...]
    authorities: tuple[Presence[Authority], ...]


def check_area(
    boundary_bng: BaseGeometry,
    *,
    source: Source,
    on: date,
    applicant: Applicant | None = None,
    areas: Iterable[Neighbour] | None = None,
    parishes: Iterable[Parish] | None = None,
    authorities: Iterable[Authority] | None = None,
    findings_from_reading: Sequence[Finding] = (),
    open_applications: Sequence[OpenApplication] = (),
    reference: str | None = None,
) -> AreaVerdict:
    """Return the verdict on an area drawn or sent in.

    Args:
        boundary_bng: Polygon or MultiPolygon exactly as given, possibly invalid, EPSG:27700 metres.
        source: where it came from, as reading told it.
        on: the day whose law, areas and parishes apply; the callers give places in force on that day.
        applicant: the relevant body; None where it is not known.
        areas: neighbourhood areas that stand on that day, and those designated already that begin later (with
            `starts_on`), which may not be overlapped either; None where none were given, which is not the same as
            none existing.
        parishes: parishes in force on that day that may meet the area; None where none were given.
        authorities: planning authorities that may meet it; None where none were given.
        findings_from_reading: what reading already noticed.
        open_applications: undecided applications.
        reference: the area's own reference; a current area of that reference is the area itself, and not compared.

    Raises:
        BoundaryError: there is no land in it, or it is not a polygon.

    Source: AREA-2 to AREA-5, AREA-7 to AREA-10, AREA-13, AREA-15, AREA-16, AREA-20, FORUM-5, T-1 to T-4.
    """
    measured = canonical(boundary(boundary_bng))
    if measured.is_empty:
        areas = parishes = authorities = None
    current = None if areas is None else indexed(areas)
    shared = () if current is None else tuple(o for o in overlaps(measured, current) if o.reference != reference)
    open_land = () if current is None else neighbour_gaps(measured, current, reference)
    in_parishes = () if parishes is None else _wide(presences(measured, parishes))
    met = () if authorities is None else presences(measured, authorities)
    in_authorities = authority_facts(met)
    answer = lawful_route(
        DesignationFacts(
            on=on,
            applicant=applicant,
            parishes=None if parishes is None else parish_facts(measured, in_parishes, applicant),
            overlaps=None if areas is None else overlap_facts(shared, in_parishes, applicant),
            authorities=None if authorities is None else tuple(fact for _, fact in in_authorities),
            open_applications=open_application_facts(measured, open_applications),
        )
    )
    left = remainder_of(measured, shared, answer.route)
    found = (
        *findings_from_reading,
        *boundary_findings(boundary_bng),
        *overlap_findings(shared, answer.route),
        *gap_findings(open_land),
        *remainder_findings(measured, left),
        *(() if authorities is None else authority_findings(measured, met, in_authorities)),
        *reason_findings(answer.reasons, shared),
        *not_given_findings(applicant=applicant, areas=areas, parishes=parishes, authorities=authorities),
    )
    findings = tuple(dict.fromkeys(found))
    return AreaVerdict(
        verdict=verdict_of(findings),
        route=answer.route,
        clock_weeks=answer.clock_weeks,
        rule_set=answer.rule_set,
        source=source,
        boundary_bng=boundary_bng,
        measured_bng=measured,
        findings=findings,
        overlaps=shared,
        gaps=open_land,
        remainder_bng=left,
        parishes=in_parishes,
        authorities=tuple(presence for presence, _ in in_authorities),
    )


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict that findings amount to: the worst of them decides."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return Verdict.NOT_ACCEPTABLE
    return Verdict.NEEDS_OFFICER if Severity.WARNING in severities else Verdict.ACCEPTABLE


def _wide(found: tuple[Presence[Parish], ...]) -> tuple[Presence[Parish], ...]:
    return tuple(presence for presence in found if not presence.is_sliver(TOLERANCE_M))


def verdict_document(verdict: AreaVerdict) -> dict[str, object]:
    """Return the verdict as the published document folkmoot.check-area/1.

    Areas in hectares to four places, metres to 0.001 (perimeter 0.01), square metres to 0.01; shares are decimal
    strings from "0.0000" to "1.0000".
    """
    return {
        "schema": SCHEMA,
        "verdict": verdict.verdict.value,
        "route": verdict.route.value,
        "clock_weeks": verdict.clock_weeks,
        "rule_set": verdict.rule_set,
        "area_ha": area_ha(verdict.measured_bng),
        "perimeter_m": perimeter_m(verdict.measured_bng),
        "bbox_bng": None if verdict.measured_bng.is_empty else list(bbox_bng(verdict.measured_bng)),
        "source": verdict.source.document(),
        "findings": [finding.document() for finding in verdict.findings],
        "overlaps": [_overlap_document(overlap) for overlap in verdict.overlaps],
        "parishes": [
            {
                "code": presence.place.reference,
                "name": presence.place.name,
                "share_of_parish": str(presence.share_of_place),
                "share_of_area": str(presence.share_of_area),
                "has_council": presence.place.has_council,
            }
            for presence in verdict.parishes
        ],
        "authorities": [
            {
                "code": presence.place.reference,
                "name": presence.place.name,
                "share_of_area": str(presence.share_of_area),
            }
            for presence in verdict.authorities
        ],
    }


def _overlap_document(overlap: Overlap) -> dict[str, object]:
    return {
        "reference": overlap.reference,
        "name": overlap.name,
        "area_m2": round(overlap.area_m2, 2),
        "share_of_area": str(overlap.share_of_area),
        "max_width_m": overlap.max_width_m,
        "sliver": overlap.sliver,
    }
