"""Plans and orders: attach one to an area, and take it through its lawful stages."""

from dataclasses import dataclass
from datetime import date

from shapely import MultiPolygon
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError, NotAllowedError, NotFoundError
from app.models import AreaStatus, NeighbourhoodArea, Plan, PlanStep
from app.queries.nearby import authorities_near
from app.scope import refuse_other_organisation
from app.services.areas import area_by_reference, authorities_of, refuse_other_applicant
from app.services.plan_facts import checklist_of, plan_case
from app.services.references import Prefix, next_reference
from geo.boundary import boundary
from geo.topology import TOLERANCE_M, presences
from referendum.clocks import deadline, is_kept
from referendum.errors import StageError
from referendum.plan_clocks import comment_clock
from referendum.question import Instrument
from referendum.stages import Actor, Course, Stage, check_move, lawful_moves, words

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
    return stage is not Stage.MADE and bool(lawful_moves(Instrument(plan.instrument), stage, Course(plan.course)))


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
    """Take a plan or order one lawful step further, once everything the step needs is there.

    The qualifying body takes its own steps; the authority takes its own, and records those of everybody else.

    Raises:
        StageError: the step is not lawful from here, something it needs is missing, or it is reached only by recording
            a result or a making.
        NotAllowedError: the step is not theirs to take.
        InvalidRequestError: it is dated after today or before the step before it, or comments close too early.

    Source: STEP-1, STEP-2, STEP-5, STEP-7, STEP-8, STEP-11, STEP-12, EXAM-1, EXAM-5, MOD-4, MOD-5, MOD-6.
    """
    plan = plan_by_reference(session, reference)
    actor = acting_as(session, deed, plan)
    if facts.to_stage in _BY_RECORD and not _is_agreed_change(plan, facts.to_stage):
        raise StageError(
            f"{reference} becomes {words(facts.to_stage)} by recording the result or the making, not by hand."
        )
    move = check_move(Instrument(plan.instrument), Stage(plan.stage), facts.to_stage, Course(plan.course))
    if actor is Actor.QUALIFYING_BODY and move.by is not actor:
        raise NotAllowedError(f"To {move.action} is for the {move.by.value}, not for the {actor.value} ({move.rule}).")
    today = deed.at.astimezone(LONDON).date()
    if facts.on_date > today:
        raise InvalidRequestError(f"A step is recorded once it is taken: {facts.on_date} is after today, {today}.")
    _refuse_short_publicity(reference, facts)
    found = checklist_of(plan_case(session, plan), move, on=facts.on_date, note=facts.note)
    if not found.is_complete:
        raise StageError(f"{reference} is not ready for this step (to {move.action}): {found.words} ({move.rule}).")
    move_plan(session, deed, plan, facts.to_stage, facts.on_date, closes_on=facts.closes_on, note=facts.note)
    if move.from_stage is Stage.BODY_CHOICE and move.to_stage is Stage.EXAMINATION:
        set_course(session, deed, plan, Course.CHANGE_WITH_REFERENDUM, why="chosen by the qualifying body (MOD-4)")
    return plan


def _is_agreed_change(plan: Plan, to_stage: Stage) -> bool:
    """A change that needs no referendum is approved by the authority's decision, not by a result (MOD-5, MOD-6)."""
    without_vote = {Course.MINOR_CHANGE.value, Course.CHANGE_WITHOUT_REFERENDUM.value}
    return to_stage is Stage.APPROVED and plan.course in without_vote


def set_course(session: WriteSession, deed: Deed, plan: Plan, course: Course, *, why: str) -> None:
    """Put a change of a made plan on another course; nothing happens where it is on it.

    Source: MOD-3, MOD-4.
    """
    if plan.course == course.value:
        return
    before = {"course": plan.course}
    plan.course = course.value
    session.flush()
    after = {"course": plan.course, "why": why}
    record(session, deed, EventKind.PLAN_COURSE_CHANGED, plan.reference, before=before, after=after)


def _refuse_short_publicity(reference: str, facts: StepFacts) -> None:
    clock = comment_clock(facts.to_stage)
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
    move = check_move(Instrument(plan.instrument), Stage(plan.stage), to_stage, Course(plan.course))
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
