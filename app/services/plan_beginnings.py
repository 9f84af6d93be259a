"""The beginning of a plan or order: attached to exactly one designated area."""

from dataclasses import dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import AreaStatus, NeighbourhoodArea, Plan
from app.scope import refuse_other_organisation
from app.services.areas import area_by_reference, refuse_other_applicant
from app.services.plan_parties import plan_by_reference, planning_authorities
from app.services.references import Prefix, next_reference
from referendum.errors import StageError
from referendum.question import Instrument
from referendum.stages import Course, Stage, lawful_moves, words

_PREFIXES = {
    Instrument.NDP: Prefix.PLAN,
    Instrument.NDO: Prefix.ORDER,
    Instrument.CRTBO: Prefix.RIGHT_TO_BUILD_ORDER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What is known of a plan or order when it is begun."""

    area_reference: str
    instrument: Instrument
    title: str
    qualifying_body: str
    period_start: int | None = None
    period_end: int | None = None
    modifies: str = ""
    course: Course = Course.NEW


def _is_in_preparation(plan: Plan) -> bool:
    """A made plan may be followed by another, which replaces it when it is made in turn (PLAN-4)."""
    stage = Stage(plan.stage)
    return stage is not Stage.MADE and bool(lawful_moves(Instrument(plan.instrument), stage, Course(plan.course)))


def _refuse_other_body(session: WriteSession, deed: Deed, area: NeighbourhoodArea) -> None:
    if area.applications:
        refuse_other_applicant(deed, area.applications[-1])
    else:
        refuse_other_organisation(deed, planning_authorities(session, area), area.reference)


def attach_plan(session: WriteSession, deed: Deed, facts: PlanFacts) -> Plan:
    """Begin a plan or order for exactly one designated area.

    Raises:
        StageError: the area is not designated.
        ConflictError: another plan for the same area is already in preparation.
        InvalidRequestError: the plan period ends before it starts.

    Source: PLAN-1, PLAN-2, PLAN-4, ORDER-1, ORDER-3.
    """
    area = area_by_reference(session, facts.area_reference)
    _refuse_other_body(session, deed, area)
    if area.status != AreaStatus.DESIGNATED.value:
        raise StageError(f"{area.reference} is not designated yet, so no plan can be attached to it.")
    if facts.period_start is not None and facts.period_end is not None and facts.period_end <= facts.period_start:
        raise InvalidRequestError(f"The plan period {facts.period_start} to {facts.period_end} ends before it starts.")
    open_plans = session.scalars(
        select(Plan).where(Plan.area_id == area.id, Plan.instrument == facts.instrument.value)
    ).all()
    unfinished = [plan for plan in open_plans if _is_in_preparation(plan)]
    if facts.instrument is Instrument.NDP and unfinished:
        raise ConflictError(f"{area.name} already has a plan in preparation: {unfinished[0].reference} (PLAN-4).")
    plan = Plan(
        reference=next_reference(session, _PREFIXES[facts.instrument]),
        instrument=facts.instrument.value,
        title=facts.title,
        area=area,
        qualifying_body=facts.qualifying_body,
        period_start=facts.period_start,
        period_end=facts.period_end,
        stage=Stage.PREPARATION.value,
        course=facts.course.value,
        modifies=_plan_to_change(session, area, facts),
    )
    session.add(plan)
    session.flush()
    after = {
        "area": area.reference,
        "instrument": facts.instrument.value,
        "title": facts.title,
        "stage": plan.stage,
        "course": plan.course,
        "modifies": facts.modifies or None,
    }
    record(session, deed, EventKind.PLAN_ATTACHED, plan.reference, after=after)
    return plan


def _plan_to_change(session: WriteSession, area: NeighbourhoodArea, facts: PlanFacts) -> Plan | None:
    """Return the made plan that is to be changed; None for a new one (MOD-1)."""
    if facts.course is Course.NEW:
        return None
    if not facts.modifies:
        raise InvalidRequestError("Say which made plan is to be changed: give its reference (NP-000123).")
    changed = plan_by_reference(session, facts.modifies)
    if changed.area_id != area.id or changed.instrument != facts.instrument.value:
        raise InvalidRequestError(f"{facts.modifies} is no such plan of {area.name}: change a plan of the same area.")
    if changed.stage != Stage.MADE.value or facts.instrument is not Instrument.NDP:
        raise StageError(f"Only a made plan can be changed, and {facts.modifies} is {words(Stage(changed.stage))}.")
    return changed
