"""Plans and orders: attach one to an area, and take it through its lawful stages."""

from dataclasses import dataclass
from datetime import date

from shapely import MultiPolygon
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import AreaStatus, NeighbourhoodArea, Plan, PlanStep
from app.queries.nearby import authorities_near
from app.scope import refuse_other_organisation
from app.services.areas import area_by_reference, authorities_of, refuse_other_applicant
from app.services.references import Prefix, next_reference
from geo.boundary import boundary
from geo.topology import TOLERANCE_M, presences
from referendum.clocks import Clock, deadline, is_kept
from referendum.errors import StageError
from referendum.question import Instrument
from referendum.stages import Stage, check_move, lawful_moves, words

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


def _is_in_preparation(plan: Plan) -> bool:
    """A made plan may be followed by another, which replaces it when it is made in turn (PLAN-4)."""
    stage = Stage(plan.stage)
    return stage is not Stage.MADE and bool(lawful_moves(Instrument(plan.instrument), stage))


def _refuse_other_body(session: WriteSession, deed: Deed, area: NeighbourhoodArea) -> None:
    if area.applications:
        refuse_other_applicant(deed, area.applications[-1])
    else:
        refuse_other_organisation(deed, planning_authorities(session, area), area.reference)


def planning_authorities(session: ReadSession | WriteSession, area: NeighbourhoodArea) -> set[str]:
    """Return the codes of the planning authorities in which a neighbourhood area lies."""
    if area.applications:
        return authorities_of(area.applications[-1])
    line = area.versions[-1]
    met = presences(boundary(line.geometry), authorities_near(session, line.geometry, line.valid_from))
    return {each.place.reference for each in met if not each.is_sliver(TOLERANCE_M)}


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
    )
    session.add(plan)
    session.flush()
    after = {"area": area.reference, "instrument": facts.instrument.value, "title": facts.title, "stage": plan.stage}
    record(session, deed, EventKind.PLAN_ATTACHED, plan.reference, after=after)
    return plan


# Reached only by recording what brings them: the declaration of a result, or an authority's making.
_BY_RECORD = frozenset(
    {
        Stage.REFERENDUM_HELD,
        Stage.IN_DEVELOPMENT_PLAN,
        Stage.APPROVED,
        Stage.DIVIDED,
        Stage.NOT_APPROVED,
        Stage.MADE,
        Stage.NOT_MADE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """A step an officer takes with a plan or order."""

    to_stage: Stage
    on_date: date
    closes_on: date | None = None
    note: str = ""


def take_step(session: WriteSession, deed: Deed, reference: str, facts: StepFacts) -> Plan:
    """Take a plan or order one lawful step further.

    Raises:
        StageError: the step is not lawful from here, or is reached only by recording a result or a making.
        InvalidRequestError: it is dated before the step before it, or comments close too early.

    Source: STEP-1, STEP-2, STEP-5, STEP-7, STEP-8, STEP-12, EXAM-1, EXAM-5.
    """
    plan = plan_by_reference(session, reference)
    if facts.to_stage in _BY_RECORD:
        raise StageError(
            f"{reference} becomes {words(facts.to_stage)} by recording the result or the making, not by hand."
        )
    _refuse_short_publicity(reference, facts)
    refuse_other_organisation(deed, planning_authorities(session, plan.area), reference)
    move_plan(session, deed, plan, facts.to_stage, facts.on_date, closes_on=facts.closes_on, note=facts.note)
    return plan


_PUBLICITY = {Stage.PRE_SUBMISSION: Clock.PRE_SUBMISSION_COMMENTS, Stage.PUBLICISED: Clock.SUBMISSION_COMMENTS}


def _refuse_short_publicity(reference: str, facts: StepFacts) -> None:
    clock = _PUBLICITY.get(facts.to_stage)
    least = None if clock is None else deadline(clock, facts.on_date)
    if least is None:
        return
    if facts.closes_on is None:
        raise InvalidRequestError(f"Say when comments on {reference} close: {least.day} or later ({least.rule}).")
    if not is_kept(least, facts.closes_on):
        raise InvalidRequestError(
            f"Comments on {reference} may not close on {facts.closes_on}: at least six weeks from {facts.on_date} "
            f"means {least.day} or later ({least.rule})."
        )


def move_plan(
    session: WriteSession,
    deed: Deed,
    plan: Plan,
    to_stage: Stage,
    on_date: date,
    *,
    closes_on: date | None = None,
    note: str = "",
) -> PlanStep:
    """Take one lawful step.

    Raises:
        StageError: the step is not lawful from where the plan stands.
        InvalidRequestError: it is dated before the step before it.
    """
    move = check_move(Instrument(plan.instrument), Stage(plan.stage), to_stage)
    last = plan.steps[-1].on_date if plan.steps else None
    if last is not None and on_date < last:
        raise InvalidRequestError(
            f"{plan.reference} cannot reach this stage on {on_date}: its last step was on {last}."
        )
    step = PlanStep(
        from_stage=plan.stage, to_stage=to_stage.value, on_date=on_date, closes_on=closes_on, rule=move.rule, note=note
    )
    before = {"stage": plan.stage}
    plan.steps.append(step)
    plan.stage = to_stage.value
    session.flush()
    after = {"stage": plan.stage, "on_date": on_date.isoformat(), "rule": move.rule, "reason": note}
    record(session, deed, EventKind.PLAN_MOVED, plan.reference, before=before, after=after)
    return step
