"""Points of a plan's case that people confirm or deny, each with a day and a reason, and who may say so."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import WriteSession
from app.errors import InvalidRequestError, NotAllowedError, NotFoundError
from app.models import Plan, PlanCheck
from app.services.decision_messages import tell_of_making
from app.services.plan_facts import CONDITION_CODE, NO, NOT_NEEDED, STATEMENTS, YES
from app.services.plans import acting_as, plan_by_reference, set_course
from referendum.community_organisation import CommunityOrganisation, organisation_reasons
from referendum.designation_facts import Reason
from referendum.errors import StageError
from referendum.examination import Nature, course_of_change
from referendum.needs import Actor, Evidence, need_by_code
from referendum.plan_content import Excluded, content_reasons
from referendum.question import Instrument
from referendum.stages import Course, Stage

ANSWERS = (YES, NO, NOT_NEEDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says on one point.

    Attributes:
        code: which point; a basic condition is `basic-condition-<version>-<letter>`.
        answer: "yes", "no" or "not-needed".
        note: the reason, or where it can be seen.
        on_date: the day it was found.
        details: the facts behind it, where a form asks for them.
    """

    code: str
    answer: str
    note: str = ""
    on_date: date
    details: Mapping[str, Any] = field(default_factory=dict)


def confirm_point(session: WriteSession, deed: Deed, reference: str, said: Said) -> PlanCheck:
    """Keep what somebody says on one point of a plan's case; a later answer takes the place of an earlier one.

    That the decision whether to make it was published writes the messages to everyone who asked to be told.

    Raises:
        NotFoundError: there is no such point.
        NotAllowedError: the point is not theirs.
        InvalidRequestError: no such answer, no reason where one is needed, or a day after today.

    Source: STEP-1, STEP-3, STEP-7, STEP-13, CRTBO-5, EXAM-5, MOD-2, MOD-3, MOD-6.
    """
    plan = plan_by_reference(session, reference)
    _refuse_other_party(session, deed, plan, said.code)
    if said.answer not in ANSWERS:
        raise InvalidRequestError(f"Choose an answer for this point: {', '.join(ANSWERS)}.")
    if said.on_date > deed.at.astimezone(LONDON).date():
        raise InvalidRequestError(f"A point cannot be confirmed for {said.on_date}, which is still to come.")
    if _needs_reason(said) and not said.note.strip():
        raise InvalidRequestError("Give the reason in a sentence or two: whoever reads the case later needs it.")
    check = _kept(session, deed, plan, said)
    _settle_course(session, deed, plan, check)
    if check.code == "making-published" and check.answer == YES:
        tell_of_making(session, deed, reference)
    return check


def _needs_reason(said: Said) -> bool:
    return said.code in STATEMENTS or said.answer != YES or said.code in {"publicity", "consultation-bodies"}


def _refuse_other_party(session: WriteSession, deed: Deed, plan: Plan, code: str) -> None:
    actor = acting_as(session, deed, plan)
    need = need_by_code(code, Instrument(plan.instrument), Course(plan.course))
    if need is None and not code.startswith(f"{CONDITION_CODE}-"):
        raise NotFoundError(f"There is no point {code!r} in a plan's case: take it from the case's own list.")
    if need is not None and not need.concerns(Instrument(plan.instrument), Course(plan.course)):
        raise InvalidRequestError(f"This point is not asked of {plan.reference}: {need.text}.")
    if need is not None and need.evidence is not Evidence.CONFIRMATION:
        raise InvalidRequestError(f"This is not a point to confirm, but {need.evidence.value}: {need.text}.")
    by = need.by if need is not None else Actor.AUTHORITY
    if actor is Actor.QUALIFYING_BODY and by is not actor:
        raise NotAllowedError(f"This point is for the {by.value} to confirm, not for the {actor.value}.")


def _kept(session: WriteSession, deed: Deed, plan: Plan, said: Said) -> PlanCheck:
    chosen = select(PlanCheck).where(PlanCheck.plan_id == plan.id, PlanCheck.code == said.code)
    check = session.scalars(chosen).one_or_none()
    before = facts_of_check(check) if check is not None else None
    if check is None:
        check = PlanCheck(plan=plan, code=said.code)
        session.add(check)
    check.answer, check.note, check.on_date = said.answer, said.note.strip(), said.on_date
    check.details, check.recorded_at, check.recorded_by = dict(said.details), deed.at, deed.by.name
    session.flush()
    record(session, deed, EventKind.PLAN_CHECKED, plan.reference, before=before, after=facts_of_check(check))
    return check


def facts_of_check(check: PlanCheck) -> dict[str, Any]:
    """Return what the record keeps of a point."""
    return {
        "code": check.code,
        "answer": check.answer,
        "note": check.note,
        "on_date": check.on_date.isoformat(),
        "details": check.details,
    }


_BEFORE_PUBLICITY = frozenset({Stage.PREPARATION, Stage.PRE_SUBMISSION, Stage.SUBMITTED})


def _settle_course(session: WriteSession, deed: Deed, plan: Plan, check: PlanCheck) -> None:
    """Put a change of a made plan on its course: by the body's view, and after submission by the authority's."""
    if check.code not in {"view-on-nature", "authority-view-on-nature"}:
        return
    if Stage(plan.stage) not in _BEFORE_PUBLICITY:
        raise StageError(f"The views on the nature of {plan.reference} were settled before it was publicised.")
    view = Nature.CHANGES if check.answer == YES else Nature.STAYS
    course = course_of_change(view, view if check.code == "authority-view-on-nature" else None)
    rule = "MOD-3" if check.code == "authority-view-on-nature" else "MOD-2"
    set_course(session, deed, plan, course, why=f"{check.code}: {view.value} ({rule})")


def check_content(
    session: WriteSession,
    deed: Deed,
    reference: str,
    *,
    contains: frozenset[Excluded],
    repeats_permission: bool,
    on_date: date,
) -> tuple[Reason, ...]:
    """Keep what a plan or order provides for of what it may not, and return what must come out of it.

    Source: PLAN-3, ORDER-2, ORDER-4.
    """
    instrument = Instrument(plan_by_reference(session, reference).instrument)
    reasons = content_reasons(instrument, contains=contains, repeats_permission=repeats_permission)
    details = {"contains": sorted(each.value for each in contains), "repeats_permission": repeats_permission}
    confirm_point(session, deed, reference, _said("content", reasons, on_date, details))
    return reasons


def check_organisation(
    session: WriteSession, deed: Deed, reference: str, body: CommunityOrganisation
) -> tuple[Reason, ...]:
    """Keep what a community organisation says of itself, and return why it may not propose a right to build order.

    Source: CRTBO-2, CRTBO-3, CRTBO-4.
    """
    reasons = organisation_reasons(body)
    details = asdict(body) | {"on": body.on.isoformat()}
    confirm_point(session, deed, reference, _said("community-organisation", reasons, body.on, details))
    return reasons


def _said(code: str, reasons: tuple[Reason, ...], on_date: date, details: Mapping[str, Any]) -> Said:
    note = " ".join(reason.message for reason in reasons)
    return Said(code=code, answer=NO if reasons else YES, note=note, on_date=on_date, details=details)
