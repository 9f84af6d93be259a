"""The consultations that a plan's own steps open: the draft by its body, the proposal by the planning authorities."""

from collections.abc import Mapping

from sqlalchemy import select

from app.audit import Deed
from app.db import ReadSession, WriteSession
from app.models import ConsultationHeld, Organisation, Plan, PlanCheck, PlanStep
from app.services.consultations import Opening, begin_consultation
from app.services.plan_parties import acting_as, planning_authorities
from referendum.consultations import Consultation
from referendum.stages import Actor, Stage

OPENED_BY: Mapping[Stage, Consultation] = {
    Stage.PRE_SUBMISSION: Consultation.PRE_SUBMISSION,
    Stage.PUBLICISED: Consultation.SUBMISSION,
}
"""Which consultation is open from which step on."""


def open_step_consultation(session: WriteSession, deed: Deed, plan: Plan, step: PlanStep) -> ConsultationHeld | None:
    """Open the consultation that a step of a plan publicises; None where the step publicises nothing.

    The draft is the body's to consult on, and comments go to the body. Where the body has no account here yet, or the
    authority records the body's step for it, the authority keeps them too.

    Raises:
        StageError: it would close too soon.

    Source: STEP-1, STEP-5, Neighbourhood Planning (General) Regulations 2012 regs 14, 16, 21, 23.
    """
    kind = OPENED_BY.get(Stage(step.to_stage))
    if kind is None or step.closes_on is None:
        return None
    is_draft = kind is Consultation.PRE_SUBMISSION
    opening = Opening(
        subject=plan.reference,
        kind=kind,
        title=plan.title,
        opens_on=step.on_date,
        closes_on=step.closes_on,
        held_by=_keepers_of_draft(session, deed, plan)
        if is_draft
        else sorted(planning_authorities(session, plan.area)),
        where_to_inspect=_where(session, plan) if is_draft else step.note,
    )
    return begin_consultation(session, deed, opening)


def _keepers_of_draft(session: WriteSession, deed: Deed, plan: Plan) -> list[str]:
    body, parishes = body_code(session, plan), _parishes(plan)
    by_body = body is not None and acting_as(session, deed, plan) is Actor.QUALIFYING_BODY
    theirs = {body} if body is not None else parishes
    return sorted(theirs if by_body else theirs | planning_authorities(session, plan.area))


def _parishes(plan: Plan) -> set[str]:
    codes = {application.applicant_parish_code for application in plan.area.applications[-1:]}
    return {code for code in codes if code}


def body_code(session: ReadSession | WriteSession, plan: Plan) -> str | None:
    """Return the code of the organisation that prepares a plan, by its parish or by its name; None without one here."""
    names = {plan.qualifying_body, *(each.applicant_name for each in plan.area.applications[-1:])}
    chosen = select(Organisation.code).where(Organisation.code.in_(_parishes(plan)) | Organisation.name.in_(names))
    found: str | None = session.scalars(chosen.order_by(Organisation.id).limit(1)).first()
    return found


def _where(session: WriteSession, plan: Plan) -> str:
    """Return how, where and when people can see the draft, as it was confirmed before the step."""
    chosen = select(PlanCheck.note).where(PlanCheck.plan_id == plan.id, PlanCheck.code == "publicity")
    return session.scalars(chosen).one_or_none() or ""
