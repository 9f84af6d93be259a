"""The examiner's report and the decision on it: each recommendation, the authority's own changes, the area, the day."""

from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from app.audit import Deed, EventKind, record
from app.db import WriteSession, hold_lock
from app.errors import InvalidRequestError, NotFoundError
from app.models import Examination, Plan, Recommendation
from app.services.decision_messages import tell_of_statement
from app.services.examinations import (
    authority_only,
    current_examination,
    facts_of_examination,
    keep_examination,
    not_after_today,
)
from app.services.plan_facts import plan_case, report_of
from app.services.plans import current_line
from geo.boundary import boundary
from geo.measure import greatest_width_m, land
from geo.topology import TOLERANCE_M
from referendum.clocks import Clock, deadline
from referendum.errors import StageError
from referendum.examination import Answer, Ground, Recommends, recommendations_open_to, report_faults
from referendum.stages import Course, Stage

NEIGHBOURHOOD_AREA, EXTENDED = "neighbourhood-area", "extended"
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
        raise StageError(f"{reference} is not being examined: it is {plan.stage}.")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that the report recommends, or that the authority makes of its own.

    Attributes:
        about: the policy or page it is about.
        text: what is to be changed.
        ground: for which of the few reasons the law allows.
        is_own: whether it is the authority's own.
    """

    about: str
    text: str
    ground: Ground
    is_own: bool = False


def add_change(session: WriteSession, deed: Deed, reference: str, change: Change) -> Recommendation:
    """Enter one recommended change, or one of the authority's own, to be decided on.

    Raises:
        StageError: the decision on the report is taken, or there is no report yet.
        InvalidRequestError: not said what is to be changed.

    Source: EXAM-2, EXAM-6, STEP-12.
    """
    plan, found = _deciding(session, deed, reference)
    if not change.about.strip() or not change.text.strip():
        raise InvalidRequestError("Say which part is to be changed, and how.")
    row = Recommendation(
        number=len(found.recommendations) + 1,
        about=change.about.strip()[:200],
        text=change.text.strip(),
        ground=change.ground.value,
        is_own=change.is_own,
    )
    found.recommendations.append(row)
    _kept(session, deed, plan, row, before=None)
    return row


def _deciding(session: WriteSession, deed: Deed, reference: str) -> tuple[Plan, Examination]:
    hold_lock(session, "audit")
    plan = authority_only(session, deed, reference, "The decision on the report")
    if Stage(plan.stage) not in _DECIDING | {Stage.EXAMINATION}:
        raise StageError(f"The report on {reference} is not waiting for a decision: {reference} is {plan.stage}.")
    found = current_examination(session, plan)
    if not found.recommendation:
        raise StageError(f"Enter first what the report on {reference} recommends as a whole.")
    return plan, found


def facts_of_change(row: Recommendation) -> dict[str, object]:
    """Return what the record keeps of a recommended or own change."""
    return {
        "examination": row.examination_id,
        "number": row.number,
        "about": row.about,
        "text": row.text,
        "ground": row.ground,
        "is_own": row.is_own,
        "decision": row.decision,
        "reason": row.reason,
        "decided_on": row.decided_on.isoformat() if row.decided_on else None,
    }


def _kept(
    session: WriteSession, deed: Deed, plan: Plan, row: Recommendation, *, before: dict[str, object] | None
) -> None:
    session.flush()
    after = facts_of_change(row)
    record(session, deed, EventKind.RECOMMENDATION_CHANGED, plan.reference, before=before, after=after)


def decide_change(
    session: WriteSession, deed: Deed, reference: str, number: int, *, answer: Answer, reason: str, decided_on: date
) -> Recommendation:
    """Keep the decision on one recommendation, with its reason; a later decision takes its place until all is decided.

    Raises:
        NotFoundError: no such recommendation.
        InvalidRequestError: no reason, or dated before the report or after today.

    Source: STEP-12, EXAM-5, Neighbourhood Planning (General) Regulations 2012 reg 18(1).
    """
    plan, found = _deciding(session, deed, reference)
    row = next((each for each in found.recommendations if each.number == number), None)
    if row is None:
        raise NotFoundError(f"The report on {reference} has no recommendation {number}.")
    not_after_today(deed, decided_on, "The decision")
    if not reason.strip():
        raise InvalidRequestError(f"Give the reason for the decision on recommendation {number}: it is published.")
    if found.report_on is not None and decided_on < found.report_on:
        raise InvalidRequestError(f"The report came on {found.report_on}: the decision comes after that.")
    before = facts_of_change(row)
    row.decision, row.reason, row.decided_on = answer.value, reason.strip(), decided_on
    _kept(session, deed, plan, row, before=before)
    return row


def decide_referendum_area(
    session: WriteSession, deed: Deed, reference: str, *, extended_bng: BaseGeometry | None, reasons: str
) -> Examination:
    """Keep the decision on the referendum area: the neighbourhood area, or one that is larger.

    Args: extended_bng: the extended area, EPSG:27700; None where it is the neighbourhood area.

    Raises:
        InvalidRequestError: it leaves out part of the neighbourhood area, or no reasons are given.

    Source: EXAM-4, EXAM-9, STEP-12, Town and Country Planning Act 1990 Sch 4B para 12(7)-(9).
    """
    plan, found = _deciding(session, deed, reference)
    if not reasons.strip():
        raise InvalidRequestError("Give the reasons for this referendum area: they are published.")
    if extended_bng is not None:
        refuse_smaller_area(plan, boundary(extended_bng), found.report_on or found.proposed_on)
    before = facts_of_examination(found)
    found.area_choice = EXTENDED if extended_bng is not None else NEIGHBOURHOOD_AREA
    found.area_reasons = reasons.strip()
    found.geometry = boundary(extended_bng) if extended_bng is not None else None
    keep_examination(session, deed, found, before=before)
    return found


def refuse_smaller_area(plan: Plan, extended_bng: BaseGeometry, on: date) -> None:
    """Refuse a referendum area that leaves out part of the neighbourhood area by more than a sliver.

    Raises:
        InvalidRequestError: it does.

    Source: EXAM-4.
    """
    left_out = land(shapely.difference(current_line(plan.area, on), extended_bng))
    if not left_out.is_empty and greatest_width_m(left_out) > TOLERANCE_M:
        raise InvalidRequestError(
            f"This referendum area leaves out {left_out.area / 10_000:.2f} hectares of {plan.area.name}: "
            "it may be larger than the neighbourhood area, never smaller (EXAM-4)."
        )


def agree_later_day(
    session: WriteSession, deed: Deed, reference: str, *, decide_by: date, evidence: str
) -> Examination:
    """Keep a later day for the decision on the report, on which authority and body agreed in writing.

    Raises:
        InvalidRequestError: no evidence, or a day that is not later than the law's own.

    Source: STEP-10.
    """
    plan, found = _deciding(session, deed, reference)
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
