"""What a decision on an area must keep to before it is recorded; each check refuses in one sentence."""

from dataclasses import dataclass
from datetime import date

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import AreaApplication, AreaStatus, NeighbourhoodArea
from app.queries.area_cases import area_case_facts, area_case_raised
from app.queries.consents import wide_overlaps
from app.services.areas import authorities_of
from geo.boundary import boundary
from geo.measure import area_ha, is_wider_than
from geo.topology import TOLERANCE_M, Overlap, is_same_land, reaches_no_further, remainder
from geo.validity import is_valid_ogc
from referendum.area_refusals import Ground, why_not_refuse
from referendum.designation import Route
from referendum.errors import StageError


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """One authority's decision.

    Attributes:
        authority_code: whose decision it is.
        designate: the area as applied for, or with a clean edge; otherwise it is refused.
        decided_on, published_on: when; publication may follow (`publish_decision`).
        reasons: for designating, or for refusing (AREA-18).
        is_business_area, business_area_reasons: considered each time (AREA-19).
        ground: of a refusal.
        line_bng: the line to designate where it is not the line applied for: the clean edge, or on a refusal as not
            appropriate the land that is designated after all (AREA-9).
        modifies: references of current areas out of which the designated land is taken (AREA-16).
    """

    authority_code: str
    designate: bool
    decided_on: date
    published_on: date | None
    reasons: str
    is_business_area: bool
    business_area_reasons: str
    ground: Ground | None = None
    line_bng: BaseGeometry | None = None
    modifies: tuple[str, ...] = ()


def refuse_early(area: NeighbourhoodArea, application: AreaApplication, facts: DecisionFacts) -> None:
    """Refuse a decision before the application, or before its comments have closed. Source: AREA-11, AREA-12."""
    if facts.decided_on < application.received_on:
        raise InvalidRequestError(
            f"{area.reference} cannot have been decided on {facts.decided_on}: "
            f"it was received on {application.received_on}."
        )
    without_publicity = facts.ground in {Ground.NOT_RELEVANT_BODY, Ground.SECOND_APPLICATION}
    if application.route == Route.MUST.value or without_publicity:
        return
    if application.closes_on is None:
        raise StageError(f"{area.reference} has not been publicised: record its publicity first (AREA-11).")
    if facts.decided_on <= application.closes_on:
        raise ConflictError(
            f"{area.reference} cannot be decided on {facts.decided_on}: representations close on "
            f"{application.closes_on} (AREA-12)."
        )


def deciding_authorities(area: NeighbourhoodArea, application: AreaApplication, facts: DecisionFacts) -> set[str]:
    """Return the authorities that decide, of which this must be one that has not yet. Source: AREA-20."""
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


def decided_line(application: AreaApplication, facts: DecisionFacts) -> MultiPolygon | None:
    """Return the line to designate where it is not the line applied for, once it may be designated at all.

    Raises:
        InvalidRequestError: it is not valid, takes in other land, or is no clean edge.

    Source: AREA-9, T-1.
    """
    if facts.line_bng is None:
        return None
    if not is_valid_ogc(facts.line_bng) or not is_wider_than(facts.line_bng, TOLERANCE_M):
        raise InvalidRequestError("The line to designate is not valid, or only a sliver: draw it again.")
    line, applied = boundary(facts.line_bng), boundary(application.geometry)
    if not reaches_no_further(line, applied, TOLERANCE_M):
        raise InvalidRequestError(
            "The line to designate takes in land that was not applied for: keep within the line of the application."
        )
    if facts.designate and not is_same_land(line, applied, TOLERANCE_M):
        raise InvalidRequestError(
            "That line is more than a clean edge: it leaves out land applied for. Refuse the area as not appropriate, "
            "and designate this part of it (AREA-9)."
        )
    if not facts.designate and facts.ground is not Ground.NOT_APPROPRIATE:
        raise InvalidRequestError("Only a refusal because the area is not appropriate designates some of it (AREA-9).")
    return line


def refuse_current_overlap(
    session: WriteSession, area: NeighbourhoodArea, line: MultiPolygon, facts: DecisionFacts
) -> None:
    """Refuse to designate over a current area out of which the land is not taken in this decision. Source: AREA-15."""
    met = wide_overlaps(session, line, facts.decided_on, leaving_out={area.reference})
    left = [each for each in met if each.reference not in facts.modifies]
    if left:
        places = ", ".join(f"{each.name} ({each.reference}, up to {each.max_width_m:.1f} m wide)" for each in left)
        raise ConflictError(
            f"{area.name} overlaps a current neighbourhood area: {places}. Change the line so that it does not, or "
            "take the land out of that area in this decision (AREA-15, AREA-16)."
        )
    idle = sorted(set(facts.modifies) - {each.reference for each in met})
    if idle:
        raise ConflictError(f"{', '.join(idle)} shares no land with {area.name}, so nothing can be taken out of it.")


def refuse_unlawful_refusal(
    session: WriteSession, area: NeighbourhoodArea, application: AreaApplication, facts: DecisionFacts
) -> None:
    """Refuse a refusal of a kind the law does not allow. Source: AREA-2, AREA-7, AREA-9, AREA-10."""
    met = wide_overlaps(session, application.geometry, facts.decided_on, leaving_out={area.reference})
    why_not = why_not_refuse(
        facts.ground,
        Route(application.route),
        land_left_ha=land_left_ha(application, met),
        designates_some=facts.line_bng is not None,
        has_other_open_application=_has_other_open(session, area, application),
    )
    if why_not is not None:
        raise ConflictError(why_not)


def land_left_ha(application: AreaApplication, met: tuple[Overlap, ...]) -> float:
    """Return how much of the land applied for is in no current area, in hectares; slivers count as none.

    Source: AREA-9, T-1.
    """
    left = remainder(application.geometry, met)
    return area_ha(left) if is_wider_than(left, TOLERANCE_M) else 0.0


def _has_other_open(session: WriteSession, area: NeighbourhoodArea, application: AreaApplication) -> bool:
    same_body = (
        AreaApplication.applicant_parish_code == application.applicant_parish_code
        if application.applicant_parish_code
        else AreaApplication.applicant_name == application.applicant_name
    )
    others = (
        select(AreaApplication.id)
        .join(NeighbourhoodArea)
        .where(NeighbourhoodArea.status == AreaStatus.APPLIED.value, NeighbourhoodArea.id != area.id, same_body)
    )
    return session.scalars(others.limit(1)).first() is not None


def refuse_after_deemed(session: WriteSession, area: NeighbourhoodArea, facts: DecisionFacts) -> None:
    """Refuse anything but designating as applied for once time has run out and the law leaves nothing else.

    Source: AREA-14.
    """
    if facts.designate:
        return
    raised = area_case_raised(session, area, area_case_facts(session, area, facts.decided_on), facts.decided_on)
    if any(each.code == "must-designate-as-applied-for" for each in raised):
        raise ConflictError(
            f"The time to decide on {area.reference} ran out on {raised[0].since}, so the whole area must be "
            "designated as it was applied for (AREA-14)."
        )
