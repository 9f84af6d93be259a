"""What the vote changes in the development plan: at once for a plan, on making for an order."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import shapely
from shapely import MultiPolygon
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import AreaDecision, DevelopmentPlanEntry, Plan, Referendum
from app.queries.nearby import authorities_near
from app.scope import refuse_other_organisation
from app.services.plans import current_line, move_plan, plan_by_reference, planning_authorities
from geo.measure import land
from geo.topology import TOLERANCE_M, canonical, presences
from referendum.errors import StageError
from referendum.outcome import Decision, GroundForNotMaking, grounds_open
from referendum.question import Instrument
from referendum.stages import Stage

BY_VOTE, BY_MAKING = "RESULT-5", "RESULT-6"
_APPROVED = frozenset({Stage.IN_DEVELOPMENT_PLAN, Stage.APPROVED, Stage.DIVIDED})


def apply_outcome(session: WriteSession, deed: Deed, referendum: Referendum, result: Mapping[str, Any]) -> None:
    """Put a declared result into effect: the plan's stage, and its place in the development plan.

    A plan approved by every poll held is part of the development plan from the result itself; an order, and a plan
    on which the polls were split, only once it is made.

    Source: RESULT-1, RESULT-5, RESULT-6, RESULT-7, RESULT-8, RESULT-9.
    """
    plan, decision = referendum.plan, Decision(result["decision"])
    in_favour = Stage.IN_DEVELOPMENT_PLAN if plan.instrument == Instrument.NDP.value else Stage.APPROVED
    stage = {
        Decision.MUST_MAKE: in_favour,
        Decision.MAY_MAKE: Stage.DIVIDED,
        Decision.MUST_NOT_MAKE: Stage.NOT_APPROVED,
    }[decision]
    move_plan(session, deed, plan, Stage.REFERENDUM_HELD, referendum.poll_date, note=f"Vote {referendum.reference}")
    move_plan(session, deed, plan, stage, referendum.poll_date, note=f"Result of {referendum.reference}")
    part_from = result["in_development_plan_from"]
    if part_from is not None:
        _become_part(session, deed, plan, date.fromisoformat(part_from), BY_VOTE)


def _parts(session: WriteSession, plan: Plan, on: date) -> list[tuple[str, MultiPolygon]]:
    """Return each deciding authority's code and its part of the plan's area, as it stood on a day (RESULT-10)."""
    whole = current_line(plan.area, on)
    met = [each for each in presences(whole, authorities_near(session, whole, on)) if not each.is_sliver(TOLERANCE_M)]
    decided = _deciding(session, plan) & {each.place.reference for each in met}
    met = [each for each in met if not decided or each.place.reference in decided]
    if not met:
        raise ConflictError(f"{plan.area.name} lies in no planning authority that is stored: import their boundaries.")
    if len(met) == 1:
        return [(met[0].place.reference, whole)]
    return [(each.place.reference, canonical(land(shapely.intersection(whole, each.place_bng)))) for each in met]


def _deciding(session: WriteSession, plan: Plan) -> set[str]:
    applications = [application.id for application in plan.area.applications]
    codes = select(AreaDecision.authority_code).where(AreaDecision.application_id.in_(applications))
    return set(session.scalars(codes))


def _become_part(session: WriteSession, deed: Deed, plan: Plan, on: date, basis: str) -> None:
    for code, part in _parts(session, plan, on):
        plan.entries.append(DevelopmentPlanEntry(authority_code=code, basis=basis, part_from=on, geometry=part))
    session.flush()
    after = {"part_from": on.isoformat(), "basis": basis, "authorities": [each.authority_code for each in plan.entries]}
    record(session, deed, EventKind.DEVELOPMENT_PLAN_CHANGED, plan.reference, after=after)


def make_plan(
    session: WriteSession, deed: Deed, reference: str, *, authority_code: str, made_on: date, reasons: str = ""
) -> Plan:
    """Record that one authority has made the plan or order; it is made once every authority has.

    Raises:
        StageError: it has not been approved.
        ConflictError: the authority is not one it concerns, or has already made it.
        InvalidRequestError: made before the poll, or without reasons where the polls were split.

    Source: RESULT-3, RESULT-6, RESULT-7, RESULT-10.
    """
    plan = plan_by_reference(session, reference)
    refuse_other_organisation(deed, {authority_code}, f"The making of {reference} by {authority_code}")
    if Stage(plan.stage) not in _APPROVED:
        raise StageError(f"{reference} cannot be made: it has not been approved in a referendum.")
    if made_on < plan.steps[-1].on_date:
        raise InvalidRequestError(f"{reference} cannot have been made on {made_on}, before its referendum.")
    if Stage(plan.stage) is Stage.DIVIDED and not reasons.strip():
        raise InvalidRequestError(
            f"Residents and businesses voted differently on {reference}: give the reasons for making it (RESULT-7)."
        )
    entry = _entry_to_make(session, plan, authority_code, made_on)
    entry.made_on = made_on
    session.flush()
    after = {"authority_code": authority_code, "made_on": made_on.isoformat(), "basis": entry.basis}
    after |= {"reasons": reasons.strip()} if reasons.strip() else {}
    record(session, deed, EventKind.DEVELOPMENT_PLAN_CHANGED, reference, after=after)
    parts = _parts(session, plan, made_on)
    if {each.authority_code for each in plan.entries if each.made_on is not None} >= {code for code, _ in parts}:
        move_plan(session, deed, plan, Stage.MADE, made_on, note="made by every authority it concerns")
    return plan


def _entry_to_make(session: WriteSession, plan: Plan, code: str, made_on: date) -> DevelopmentPlanEntry:
    for entry in plan.entries:
        if entry.authority_code == code:
            if entry.made_on is not None:
                raise ConflictError(f"{code} already made {plan.reference} on {entry.made_on}.")
            return entry
    parts = dict(_parts(session, plan, made_on))
    if code not in parts:
        raise ConflictError(f"{code} does not make {plan.reference}: it concerns {', '.join(sorted(parts))}.")
    entry = DevelopmentPlanEntry(authority_code=code, basis=BY_MAKING, part_from=made_on, geometry=parts[code])
    plan.entries.append(entry)
    return entry


def decline_to_make(
    session: WriteSession, deed: Deed, reference: str, *, ground: GroundForNotMaking, decided_on: date, reasons: str
) -> Plan:
    """Record the decision not to make an approved plan, on one of the only lawful grounds; it stops being part at once.

    Raises:
        StageError: it has not been approved.
        InvalidRequestError: decided before the poll, without reasons, or on a ground that is not open.

    Source: RESULT-4, RESULT-5, RESULT-7.
    """
    plan = plan_by_reference(session, reference)
    refuse_other_organisation(deed, planning_authorities(session, plan.area), reference)
    if Stage(plan.stage) not in _APPROVED:
        raise StageError(f"{reference} has not been approved in a referendum, so there is nothing to decline.")
    if decided_on < plan.steps[-1].on_date:
        raise InvalidRequestError(
            f"Nobody can have decided on {decided_on} not to make {reference}, before its referendum on "
            f"{plan.steps[-1].on_date}: check the day."
        )
    if not reasons.strip():
        raise InvalidRequestError("Give the reasons for not making it: they are published with the decision.")
    if ground not in grounds_open(is_divided=Stage(plan.stage) is Stage.DIVIDED):
        raise InvalidRequestError(
            f"Residents and businesses did not answer differently on {reference}, so it must be made unless one of the "
            "other grounds applies (RESULT-4)."
        )
    for entry in plan.entries:
        entry.part_until, entry.ended_reason = decided_on, f"not made ({ground.value}): {reasons}"
    move_plan(session, deed, plan, Stage.NOT_MADE, decided_on, note=reasons)
    after = {"ground": ground.value, "part_until": decided_on.isoformat()}
    record(session, deed, EventKind.DEVELOPMENT_PLAN_CHANGED, reference, after=after)
    return plan
