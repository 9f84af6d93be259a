"""The examination of a plan or order: the examiner's appointment and questions, the report, and each decision on it."""

from dataclasses import dataclass
from datetime import date

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError, NotAllowedError, NotFoundError
from app.models import Examination, ExaminerQuestion, Plan
from app.services.boundaries import geometry_hash
from app.services.plan_facts import examination_of
from app.services.plans import acting_as, plan_by_reference
from geo.boundary import boundary
from referendum.errors import StageError
from referendum.examination import Appointment, Nature, appointment_faults
from referendum.stages import Actor, Course, Stage

BY_AUTHORITY, BY_SECRETARY_OF_STATE = "authority", "secretary-of-state"
_OPEN_TO_APPOINTMENT = frozenset({Stage.SUBMITTED, Stage.PUBLICISED, Stage.EXAMINATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """An examiner whom the authority proposes."""

    examiner: str
    qualifications: str
    is_independent: bool
    has_no_interest: bool
    proposed_on: date


def authority_only(session: WriteSession, deed: Deed, reference: str, what: str) -> Plan:
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


def propose_examiner(session: WriteSession, deed: Deed, reference: str, facts: Proposed) -> Examination:
    """Propose an examiner, so that the qualifying body can consent.

    Raises:
        StageError: the proposal is not submitted, or is past its examination.
        ConflictError: an examiner is proposed or appointed already.
        InvalidRequestError: no name, not independent, with an interest in the land, or not qualified.

    Source: STEP-6.
    """
    hold_lock(session, "audit")
    plan = authority_only(session, deed, reference, "To propose an examiner")
    if Stage(plan.stage) not in _OPEN_TO_APPOINTMENT:
        raise StageError(f"{reference} is not at a stage at which an examiner is appointed: it is {plan.stage}.")
    if examination_of(session, plan) is not None:
        raise ConflictError(f"{reference} has an examiner already: record first that they have given up.")
    not_after_today(deed, facts.proposed_on, "The proposal of an examiner")
    if not facts.examiner.strip():
        raise InvalidRequestError("Give the examiner's name, as it will stand on the report.")
    _refuse_faults(facts, body_consents=True, appointed_by=BY_AUTHORITY)
    found = Examination(
        plan=plan,
        examiner=facts.examiner.strip(),
        qualifications=facts.qualifications.strip(),
        is_independent=facts.is_independent,
        has_no_interest=facts.has_no_interest,
        proposed_on=facts.proposed_on,
    )
    session.add(found)
    session.flush()
    keep_examination(session, deed, found, before=None)
    return found


def _refuse_faults(facts: Proposed | Examination, *, body_consents: bool, appointed_by: str) -> None:
    faults = appointment_faults(
        Appointment(
            is_independent=facts.is_independent,
            has_no_interest=facts.has_no_interest,
            qualifications=facts.qualifications,
            body_consents=body_consents,
            by_secretary_of_state=appointed_by == BY_SECRETARY_OF_STATE,
        )
    )
    if faults:
        raise InvalidRequestError(faults[0])


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


def consent_to_examiner(
    session: WriteSession, deed: Deed, reference: str, *, consent_on: date, consent_by: str
) -> Examination:
    """Record the qualifying body's consent to the examiner proposed, with who gave it (a minute, a letter).

    Raises:
        InvalidRequestError: nobody is named, or it is dated before the proposal or after today.
        ConflictError: consent was given already.

    Source: STEP-6.
    """
    plan = plan_by_reference(session, reference)
    acting_as(session, deed, plan)
    found = current_examination(session, plan)
    if found.consent_on is not None:
        raise ConflictError(f"The body consented to this examiner on {found.consent_on} already.")
    not_after_today(deed, consent_on, "The consent")
    if consent_on < found.proposed_on:
        raise InvalidRequestError(f"The examiner was proposed on {found.proposed_on}: consent comes after that.")
    if not consent_by.strip():
        raise InvalidRequestError("Say who consented and where that can be seen, such as a minute and its number.")
    before = facts_of_examination(found)
    found.consent_on, found.consent_by = consent_on, consent_by.strip()
    keep_examination(session, deed, found, before=before)
    return found


def appoint_examiner(
    session: WriteSession, deed: Deed, reference: str, *, appointed_on: date, appointed_by: str = BY_AUTHORITY
) -> Examination:
    """Appoint the examiner proposed: with the body's consent, or by the Secretary of State without it.

    Raises:
        ConflictError: appointed already.
        InvalidRequestError: the body has not consented, or the day is before the consent or after today.

    Source: STEP-6.
    """
    plan = authority_only(session, deed, reference, "To appoint an examiner")
    found = current_examination(session, plan)
    if found.appointed_on is not None:
        raise ConflictError(f"{found.examiner} was appointed on {found.appointed_on} already.")
    _refuse_faults(found, body_consents=found.consent_on is not None, appointed_by=appointed_by)
    not_after_today(deed, appointed_on, "The appointment")
    earliest = found.consent_on or found.proposed_on
    if appointed_on < earliest:
        raise InvalidRequestError(f"The appointment cannot be dated before {earliest}.")
    before = facts_of_examination(found)
    found.appointed_on, found.appointed_by = appointed_on, appointed_by
    keep_examination(session, deed, found, before=before)
    return found


def give_up_examination(session: WriteSession, deed: Deed, reference: str, *, on_date: date, why: str) -> Examination:
    """Record that an examiner gave up or was not agreed on, so that another can be proposed.

    Raises:
        StageError: the report is in.
        InvalidRequestError: no reason.
    """
    plan = authority_only(session, deed, reference, "To end an examination")
    found = current_examination(session, plan)
    if Stage(plan.stage) not in _OPEN_TO_APPOINTMENT:
        raise StageError("The report has been received: the examination cannot begin anew.")
    not_after_today(deed, on_date, "The end of an examination")
    if not why.strip():
        raise InvalidRequestError("Say why the examiner does not go on.")
    before = facts_of_examination(found)
    found.ended_on, found.ended_because = on_date, why.strip()
    keep_examination(session, deed, found, before=before)
    return found


def ask_question(
    session: WriteSession, deed: Deed, reference: str, *, asked_on: date, asked_of: str, question: str
) -> ExaminerQuestion:
    """Keep a question of the examiner to the authority or to the body.

    Raises:
        InvalidRequestError: no question, nobody asked, or no examiner appointed.
    """
    hold_lock(session, "audit")
    plan = authority_only(session, deed, reference, "To enter an examiner's question")
    found = current_examination(session, plan)
    if found.appointed_on is None:
        raise InvalidRequestError("The examiner is not appointed yet.")
    not_after_today(deed, asked_on, "The question")
    if not question.strip() or asked_of not in {Actor.AUTHORITY.value, Actor.QUALIFYING_BODY.value}:
        raise InvalidRequestError("Enter the question, and choose whom the examiner asked.")
    row = ExaminerQuestion(
        number=len(found.questions) + 1, asked_on=asked_on, asked_of=asked_of, question=question.strip()
    )
    found.questions.append(row)
    session.flush()
    record(session, deed, EventKind.EXAMINER_ASKED, reference, after=facts_of_question(found, row))
    return row


def facts_of_question(found: Examination, row: ExaminerQuestion) -> dict[str, object]:
    """Return what the record keeps of a question."""
    return {
        "examination": found.id,
        "number": row.number,
        "asked_on": row.asked_on.isoformat(),
        "asked_of": row.asked_of,
        "question": row.question,
        "answer": row.answer,
        "answered_on": row.answered_on.isoformat() if row.answered_on else None,
    }


def answer_question(
    session: WriteSession, deed: Deed, reference: str, number: int, *, answer: str, answered_on: date
) -> ExaminerQuestion:
    """Keep the answer to a question of the examiner, given by whom it was put to; the authority may enter either.

    Raises:
        NotFoundError: no such question.
        NotAllowedError: it was put to the authority.
        InvalidRequestError: no answer, or dated before the question or after today.
    """
    plan = plan_by_reference(session, reference)
    actor = acting_as(session, deed, plan)
    found = current_examination(session, plan)
    row = next((each for each in found.questions if each.number == number), None)
    if row is None:
        raise NotFoundError(f"The examiner of {reference} asked no question {number}.")
    if actor is Actor.QUALIFYING_BODY and row.asked_of != actor.value:
        raise NotAllowedError(f"Question {number} was put to the authority.")
    not_after_today(deed, answered_on, "The answer")
    if not answer.strip() or answered_on < row.asked_on:
        raise InvalidRequestError(f"Enter the answer, dated {row.asked_on} or later.")
    before = facts_of_question(found, row)
    row.answer, row.answered_on = answer.strip(), answered_on
    session.flush()
    record(session, deed, EventKind.EXAMINER_ASKED, reference, before=before, after=facts_of_question(found, row))
    return row


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
