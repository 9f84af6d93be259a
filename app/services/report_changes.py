"""The changes that a report recommends or the authority makes, each with its decision and reason."""

from dataclasses import dataclass
from datetime import date

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import InvalidRequestError, NotFoundError
from app.models import Plan, Recommendation
from app.services.examinations import (
    not_after_today,
)
from app.services.reports import examination_to_decide
from referendum.examination import Answer, Ground


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
    plan, found = examination_to_decide(session, deed, reference)
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
    plan, found = examination_to_decide(session, deed, reference)
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
