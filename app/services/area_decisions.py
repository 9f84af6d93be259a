"""Deciding on an area: each authority's decision, on a lawful ground, and what it designates in the end."""

from datetime import date

from shapely import MultiPolygon
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError
from app.models import AreaApplication, AreaDecision, AreaStatus, AreaVersion, DecidedLine, NeighbourhoodArea
from app.scope import refuse_other_organisation
from app.services.area_decision_checks import (
    DecisionFacts,
    decided_line,
    deciding_authorities,
    refuse_after_deemed,
    refuse_current_overlap,
    refuse_early,
    refuse_unlawful_refusal,
)
from app.services.areas import area_by_reference, open_application
from app.services.boundaries import geometry_hash
from app.services.decision_messages import tell_of_area_decision
from app.services.modifications import ChangeFacts, ChangeKind, cut_back
from geo.boundary import boundary

__all__ = ["DESIGNATE", "DESIGNATE_PART", "REFUSE", "DecisionFacts", "decide_application", "publish_decision"]

DESIGNATE, DESIGNATE_PART, REFUSE = "designate", "designate-part", "refuse"


def decide_application(session: WriteSession, deed: Deed, reference: str, facts: DecisionFacts) -> NeighbourhoodArea:
    """Record one authority's decision; the area becomes current when every authority it falls in has designated it.

    The designation lock is held from before the area is compared with its neighbours to the end of the
    transaction, so no two current areas can overlap, whatever two officers do at once.

    Raises:
        ConflictError: the area overlaps a current one by more than a sliver; representations are still open; the
            refusal is of a kind the law does not allow; a consent is missing; the authority is not one the area
            falls in; or it has already decided.
        InvalidRequestError: a day before the application, or a line that cannot be designated.
        StageError: there is no open application, or it was not publicised.

    Source: AREA-9, AREA-10, AREA-12, AREA-14, AREA-15, AREA-16, AREA-18, AREA-19, AREA-20.
    """
    hold_lock(session, "designation")
    area = area_by_reference(session, reference)
    application = open_application(area)
    refuse_other_organisation(deed, {facts.authority_code}, f"The decision of {facts.authority_code} on {reference}")
    refuse_early(area, application, facts)
    deciding = deciding_authorities(area, application, facts)
    line = decided_line(application, facts)
    if facts.designate or line is not None:
        refuse_current_overlap(session, area, line or boundary(application.geometry), facts)
    if not facts.designate:
        refuse_unlawful_refusal(session, area, application, facts)
    refuse_after_deemed(session, area, facts)
    decision = _keep(session, deed, application, facts, line)
    _conclude(session, deed, area, decision, facts=facts, deciding=deciding)
    if facts.published_on is not None:
        tell_of_area_decision(session, deed, reference, facts.authority_code)
    return area


def _keep(
    session: WriteSession,
    deed: Deed,
    application: AreaApplication,
    facts: DecisionFacts,
    line: MultiPolygon | None,
) -> AreaDecision:
    part = DESIGNATE_PART if line is not None else REFUSE
    decision = AreaDecision(
        authority_code=facts.authority_code,
        outcome=DESIGNATE if facts.designate else part,
        decided_on=facts.decided_on,
        published_on=facts.published_on,
        reasons=facts.reasons,
        is_business_area=facts.is_business_area,
        business_area_reasons=facts.business_area_reasons,
        ground=facts.ground.value if facts.ground is not None and not facts.designate else None,
        recorded_at=deed.at,
    )
    application.decisions.append(decision)
    if line is not None:
        session.add(DecidedLine(decision=decision, geometry=line))
    session.flush()
    after = {
        "authority_code": decision.authority_code,
        "outcome": decision.outcome,
        "decided_on": facts.decided_on.isoformat(),
        "published_on": facts.published_on.isoformat() if facts.published_on else None,
        "is_business_area": decision.is_business_area,
        "reasons": decision.reasons,
        "business_area_reasons": decision.business_area_reasons,
        "ground": decision.ground,
        "line": geometry_hash(line) if line is not None else None,
    }
    record(session, deed, EventKind.AREA_DECIDED, application.area.reference, after=after)
    return decision


def _conclude(
    session: WriteSession,
    deed: Deed,
    area: NeighbourhoodArea,
    decision: AreaDecision,
    *,
    facts: DecisionFacts,
    deciding: set[str],
) -> None:
    application = decision.application
    before = {"status": area.status}
    if decision.outcome == REFUSE:
        area.status = AreaStatus.REFUSED.value
        session.flush()
        record(session, deed, EventKind.AREA_REFUSED, area.reference, before=before, after={"status": area.status})
        return
    line = _agreed_line(session, application)
    if {each.authority_code for each in application.decisions} < deciding:
        return
    last = max(each.decided_on for each in application.decisions)
    _take_out(session, deed, area, line, facts, on=last, deciding=frozenset(deciding))
    area.status, area.designated_on = AreaStatus.DESIGNATED.value, last
    area.is_business_area = any(each.is_business_area for each in application.decisions)
    is_part = any(each.outcome == DESIGNATE_PART for each in application.decisions)
    words = "part of the area applied for, the rest refused" if is_part else "designated"
    area.versions.append(AreaVersion(valid_from=last, reason=words, geometry=line))
    session.flush()
    after = {
        "status": area.status,
        "designated_on": last.isoformat(),
        "is_business_area": area.is_business_area,
        "geometry_sha256": geometry_hash(line),
    }
    record(session, deed, EventKind.AREA_DESIGNATED, area.reference, before=before, after=after)


def _agreed_line(session: WriteSession, application: AreaApplication) -> MultiPolygon:
    """Return the one line that every authority so far has designated."""
    by_decision = {
        row.decision_id: boundary(row.geometry)
        for row in session.scalars(
            select(DecidedLine).where(DecidedLine.decision_id.in_([each.id for each in application.decisions]))
        )
    }
    applied = boundary(application.geometry)
    lines = {
        geometry_hash(line): line for line in (by_decision.get(each.id, applied) for each in application.decisions)
    }
    if len(lines) > 1:
        raise ConflictError(
            "Another authority has designated another line: agree on one, since both must designate the same area "
            "(AREA-20)."
        )
    return next(iter(lines.values()))


def _take_out(
    session: WriteSession,
    deed: Deed,
    area: NeighbourhoodArea,
    line: MultiPolygon,
    facts: DecisionFacts,
    *,
    on: date,
    deciding: frozenset[str],
) -> None:
    application = area.applications[-1]
    for reference in facts.modifies:
        change = ChangeFacts(
            kind=ChangeKind.SUBTRACT,
            reference=reference,
            on=on,
            applied_by=application.applicant_name,
            applied_parish_code=application.applicant_parish_code,
            applied_on=application.received_on,
            reasons=facts.reasons,
        )
        cut_back(session, deed, reference, line, change, case=area, deciding=deciding)


def publish_decision(
    session: WriteSession, deed: Deed, reference: str, *, authority_code: str, published_on: date
) -> NeighbourhoodArea:
    """Record the day on which an authority published its decision; a challenge counts from it, and askers are told.

    Raises:
        ConflictError: there is no decision of that authority, or it is published already.
        InvalidRequestError: a day before the decision.

    Source: AREA-21, RESULT-11.
    """
    area = area_by_reference(session, reference)
    refuse_other_organisation(deed, {authority_code}, f"The decision of {authority_code} on {reference}")
    decisions = area.applications[-1].decisions if area.applications else []
    decision = next((each for each in decisions if each.authority_code == authority_code), None)
    if decision is None or decision.published_on is not None:
        state = "has not decided" if decision is None else f"published its decision on {decision.published_on}"
        raise ConflictError(f"{authority_code} {state} on {reference}, so there is nothing to publish.")
    if published_on < decision.decided_on:
        raise InvalidRequestError(
            f"The decision of {decision.decided_on} cannot have been published on {published_on}, before it."
        )
    decision.published_on = published_on
    session.flush()
    after = {"authority_code": authority_code, "published_on": published_on.isoformat()}
    record(session, deed, EventKind.AREA_DECISION_PUBLISHED, reference, before={"published_on": None}, after=after)
    tell_of_area_decision(session, deed, reference, authority_code)
    return area
