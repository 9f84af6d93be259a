"""The steps people take with a plan or order: theirs to take, lawful from here, with everything they need."""

from dataclasses import dataclass
from datetime import date

from app.audit import Deed
from app.clock import LONDON
from app.db import WriteSession, hold_lock
from app.errors import InvalidRequestError, NotAllowedError
from app.models import Plan
from app.services.plan_consultations import open_step_consultation
from app.services.plan_facts import checklist_of, plan_case
from app.services.plan_moves import move_plan, set_course
from app.services.plan_parties import acting_as, plan_by_reference
from referendum.clocks import deadline, is_kept
from referendum.errors import StageError
from referendum.plan_clocks import comment_clock
from referendum.question import Instrument
from referendum.stages import Actor, Course, Stage, check_move, words

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

    The qualifying body takes its own steps; the authority takes its own, and records those of everybody else, with
    what shows that they took them. A step that publicises opens its consultation.

    Raises:
        StageError: the step is not lawful from here, something it needs is missing, or it is reached only by recording
            a result or a making.
        NotAllowedError: the step is not theirs to take.
        InvalidRequestError: it is dated after today or before the step before it, comments close too early, or the
            body's step is recorded without saying what shows it.

    Source: STEP-1, STEP-2, STEP-5, STEP-7, STEP-8, STEP-11, STEP-12, EXAM-1, EXAM-5, MOD-4, MOD-5, MOD-6.
    """
    # Two people at once take turns here, and the second sees what the first did.
    hold_lock(session, "audit")
    plan = plan_by_reference(session, reference)
    session.expire(plan)
    actor = acting_as(session, deed, plan)
    if facts.to_stage in _BY_RECORD and not _is_agreed_change(plan, facts.to_stage):
        raise StageError(
            f"{reference} becomes {words(facts.to_stage)} by recording the result or the making, not by hand."
        )
    move = check_move(Instrument(plan.instrument), Stage(plan.stage), facts.to_stage, Course(plan.course))
    if actor is Actor.QUALIFYING_BODY and move.by is not actor:
        raise NotAllowedError(f"To {move.action} is for the {move.by.value}, not for the {actor.value} ({move.rule}).")
    if (
        deed.by.organisation
        and actor is Actor.AUTHORITY
        and move.by is Actor.QUALIFYING_BODY
        and not facts.note.strip()
    ):
        raise InvalidRequestError(
            f"To {move.action} is for {plan.qualifying_body}: to record it for them, say in the note what shows it, "
            "such as their letter and its day."
        )
    today = deed.at.astimezone(LONDON).date()
    if facts.on_date > today:
        raise InvalidRequestError(f"A step is recorded once it is taken: {facts.on_date} is after today, {today}.")
    _refuse_short_publicity(reference, facts)
    found = checklist_of(plan_case(session, plan), move, on=facts.on_date, note=facts.note)
    if not found.is_complete:
        raise StageError(f"{reference} is not ready for this step (to {move.action}): {found.words} ({move.rule}).")
    step = move_plan(session, deed, plan, facts.to_stage, facts.on_date, closes_on=facts.closes_on, note=facts.note)
    open_step_consultation(session, deed, plan, step)
    if move.from_stage is Stage.BODY_CHOICE and move.to_stage is Stage.EXAMINATION:
        set_course(session, deed, plan, Course.CHANGE_WITH_REFERENDUM, why="chosen by the qualifying body (MOD-4)")
    return plan


def _is_agreed_change(plan: Plan, to_stage: Stage) -> bool:
    """A change that needs no referendum is approved by the authority's decision, not by a result (MOD-5, MOD-6)."""
    without_vote = {Course.MINOR_CHANGE.value, Course.CHANGE_WITHOUT_REFERENDUM.value}
    return to_stage is Stage.APPROVED and plan.course in without_vote


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
