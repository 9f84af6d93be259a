"""The examiner's report on a plan or order, and the decision statement that follows from it."""

from dataclasses import dataclass
from datetime import date

from app.audit import Deed
from app.db import WriteSession, hold_lock
from app.errors import InvalidRequestError
from app.models import Examination, Plan
from app.services.decision_messages import tell_of_statement
from app.services.examinations import (
    authority_only,
    current_examination,
    facts_of_examination,
    keep_examination,
    not_after_today,
)
from app.services.plan_facts import plan_case, report_of
from referendum.clocks import Clock, deadline
from referendum.errors import StageError
from referendum.examination import Recommends, recommendations_open_to, report_faults
from referendum.stages import Course, Stage
from referendum.stages import words as stage_words

_DECIDING = frozenset({Stage.REPORT_RECEIVED, Stage.DIFFERING_VIEW, Stage.INTERVENTION})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What a report says as a whole."""

    received_on: date
    recommends: Recommends
    extends_area: bool | None = None
    area_advice: str = ""


def enter_report(session: WriteSession, deed: Deed, reference: str, facts: ReportFacts) -> Examination:
    """Keep what the examiner's report says as a whole; its recommendations are entered one by one.

    Raises:
        StageError: no examiner is at work.
        InvalidRequestError: it does not say all that a report must say.

    Source: EXAM-1, EXAM-3, MOD-5.
    """
    plan = authority_only(session, deed, reference, "To enter an examiner's report")
    if Stage(plan.stage) not in {Stage.EXAMINATION, Stage.REPORT_RECEIVED}:
        raise StageError(f"{reference} is not being examined: it is {stage_words(Stage(plan.stage))}.")
    not_after_today(deed, facts.received_on, "The report")
    found = current_examination(session, plan)
    if facts.recommends not in recommendations_open_to(Course(plan.course)):
        raise InvalidRequestError("A report cannot recommend that on this course: choose another recommendation.")
    before = facts_of_examination(found)
    found.report_on, found.recommendation = facts.received_on, facts.recommends.value
    found.extends_area, found.area_advice = facts.extends_area, facts.area_advice.strip()
    report = report_of(plan_case(session, plan))
    faults = report_faults(report) if report is not None else ()
    if faults:
        raise InvalidRequestError(faults[0])
    keep_examination(session, deed, found, before=before)
    return found


def why_not_to_decide(plan: Plan, found: Examination | None) -> str | None:
    """Return in one sentence why the decision on a report cannot be taken now; None where it can. Source: STEP-11."""
    if Stage(plan.stage) not in _DECIDING | {Stage.EXAMINATION}:
        standing = stage_words(Stage(plan.stage))
        return f"The report on {plan.reference} is not waiting for a decision: {plan.reference} is {standing}."
    if found is not None and not found.recommendation:
        return f"Enter first what the report on {plan.reference} recommends as a whole."
    return None


def examination_to_decide(session: WriteSession, deed: Deed, reference: str) -> tuple[Plan, Examination]:
    """Return the plan, and its examination whose report waits for the authority's decision.

    Raises:
        StageError: the report is not in, or is decided on.
    """
    hold_lock(session, "audit")
    plan = authority_only(session, deed, reference, "The decision on the report")
    reason = why_not_to_decide(plan, None)
    if reason is None:
        found = current_examination(session, plan)
        reason = why_not_to_decide(plan, found)
    if reason is not None:
        raise StageError(reason)
    return plan, found


def agree_later_day(
    session: WriteSession, deed: Deed, reference: str, *, decide_by: date, evidence: str
) -> Examination:
    """Keep a later day for the decision on the report, on which authority and body agreed in writing.

    Raises:
        InvalidRequestError: no evidence, or a day that is not later than the law's own.

    Source: STEP-10.
    """
    plan, found = examination_to_decide(session, deed, reference)
    limit = deadline(Clock.REPORT_DECISION, found.report_on or plan.steps[-1].on_date)
    if limit is not None and decide_by <= limit.day:
        raise InvalidRequestError(f"The law already allows until {limit.day}: agree on a later day.")
    if not evidence.strip():
        raise InvalidRequestError("Say where the agreement in writing can be seen, such as a letter and its date.")
    before = facts_of_examination(found)
    found.decide_by, found.decide_by_evidence = decide_by, evidence.strip()
    keep_examination(session, deed, found, before=before)
    return found


def publish_statement(session: WriteSession, deed: Deed, reference: str, *, published_on: date) -> Examination:
    """Keep the day on which the decision statement was published: challenge runs from the day after, askers are told.

    Raises:
        StageError: the decision on the report is not taken.
        InvalidRequestError: dated before the decision or after today.

    Source: STEP-12, RESULT-11.
    """
    plan = authority_only(session, deed, reference, "To publish the decision statement")
    found = current_examination(session, plan)
    decided = [
        step.on_date
        for step in plan.steps
        if step.to_stage in {Stage.REFERENDUM_DUE.value, Stage.REFUSED.value, Stage.APPROVED.value}
    ]
    if not decided:
        raise StageError(f"There is no decision on {reference} to publish yet.")
    not_after_today(deed, published_on, "The publication")
    if published_on < decided[-1]:
        raise InvalidRequestError(f"The decision was taken on {decided[-1]}: it is published on that day or later.")
    before = facts_of_examination(found)
    found.statement_on = published_on
    keep_examination(session, deed, found, before=before)
    tell_of_statement(session, deed, reference)
    return found
