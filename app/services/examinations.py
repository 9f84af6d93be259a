"""The examination that counts of a plan or order: who may enter it, what the record keeps of it, what it finds."""

from datetime import date

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotAllowedError, NotFoundError
from app.models import Examination, Plan
from app.services.boundaries import geometry_hash
from app.services.plan_facts import examination_of
from app.services.plans import acting_as, plan_by_reference
from geo.boundary import boundary
from referendum.errors import StageError
from referendum.examination import Nature
from referendum.stages import Actor, Course, Stage


def authority_only(session: ReadSession | WriteSession, deed: Deed, reference: str, what: str) -> Plan:
    """Return the plan, for its authority alone.

    Raises:
        NotAllowedError: somebody else's deed.
    """
    plan = plan_by_reference(session, reference)
    if acting_as(session, deed, plan) is not Actor.AUTHORITY:
        raise NotAllowedError(f"{what} is for the planning authority.")
    return plan


def current_examination(session: WriteSession, plan: Plan) -> Examination:
    """Return the examination that counts.

    Raises:
        NotFoundError: no examiner was proposed yet.
    """
    found = examination_of(session, plan)
    if found is None:
        raise NotFoundError(f"No examiner has been proposed for {plan.reference} yet: propose one first.")
    return found


def not_after_today(deed: Deed, day: date, what: str) -> None:
    """Refuse a day that is still to come.

    Raises:
        InvalidRequestError: it is.
    """
    if day > deed.at.astimezone(LONDON).date():
        raise InvalidRequestError(f"{what} cannot be dated {day}, which is still to come: enter the day it was done.")


def facts_of_examination(found: Examination) -> dict[str, object]:
    """Return what the record keeps of an examination."""
    days = {
        "proposed_on": found.proposed_on,
        "consent_on": found.consent_on,
        "appointed_on": found.appointed_on,
        "ended_on": found.ended_on,
        "report_on": found.report_on,
        "decide_by": found.decide_by,
        "statement_on": found.statement_on,
    }
    return {
        "examination": found.id,
        "examiner": found.examiner,
        "qualifications": found.qualifications,
        "consent_by": found.consent_by,
        "appointed_by": found.appointed_by,
        "ended_because": found.ended_because,
        "nature": found.nature,
        "nature_reasons": found.nature_reasons,
        "recommendation": found.recommendation,
        "extends_area": found.extends_area,
        "area_advice": found.area_advice,
        "decide_by_evidence": found.decide_by_evidence,
        "area_choice": found.area_choice,
        "area_reasons": found.area_reasons,
        "area_sha256": geometry_hash(boundary(found.geometry)) if found.geometry is not None else None,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def keep_examination(
    session: WriteSession, deed: Deed, found: Examination, *, before: dict[str, object] | None
) -> None:
    """Record that an examination was begun or changed."""
    session.flush()
    after = facts_of_examination(found)
    record(session, deed, EventKind.EXAMINATION_CHANGED, found.plan.reference, before=before, after=after)


def find_nature(session: WriteSession, deed: Deed, reference: str, *, nature: Nature, reasons: str) -> Examination:
    """Keep the examiner's finding whether a change alters the nature of the plan, on which its course depends.

    Raises:
        StageError: it is no change without referendum, or is not being examined.
        InvalidRequestError: no reasons.

    Source: MOD-4.
    """
    plan = authority_only(session, deed, reference, "To enter the examiner's finding")
    if plan.course != Course.CHANGE_WITHOUT_REFERENDUM.value or plan.stage != Stage.EXAMINATION.value:
        raise StageError(f"{reference} is no change of a plan that is being examined without a referendum.")
    if not reasons.strip():
        raise InvalidRequestError("Give the examiner's reasons for this finding.")
    found = current_examination(session, plan)
    before = facts_of_examination(found)
    found.nature, found.nature_reasons = nature.value, reasons.strip()
    keep_examination(session, deed, found, before=before)
    return found
