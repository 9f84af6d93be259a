"""One lawful step of a plan or order, recorded; and what a made plan ends."""

from datetime import date

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import InvalidRequestError
from app.models import Plan, PlanStep
from referendum.question import Instrument
from referendum.stages import Course, Stage, check_move


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
    if to_stage is Stage.MADE and plan.instrument == Instrument.NDP.value:
        _replace_earlier(session, deed, plan, on_date)
    return step


def _replace_earlier(session: WriteSession, deed: Deed, plan: Plan, on_date: date) -> None:
    """End the made plan of the same area that a newly made one replaces or changes: one plan for an area at a time.

    Source: PLAN-4, MOD-1, Planning and Compulsory Purchase Act 2004 s 38B(2). Unverified.
    """
    chosen = select(Plan).where(
        Plan.area_id == plan.area_id,
        Plan.instrument == plan.instrument,
        Plan.stage == Stage.MADE.value,
        Plan.id != plan.id,
    )
    for earlier in session.scalars(chosen).all():
        why = f"replaced by {plan.reference}"
        for entry in earlier.entries:
            if entry.part_until is None:
                entry.part_until, entry.ended_reason = on_date, why
        after = {"part_until": on_date.isoformat(), "ended_reason": why}
        record(session, deed, EventKind.DEVELOPMENT_PLAN_CHANGED, earlier.reference, after=after)
        move_plan(session, deed, earlier, Stage.SUPERSEDED, on_date, note=why)
