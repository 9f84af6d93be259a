"""Who examines a plan or order: proposed, consented to, appointed, and given up (STEP-6)."""

from dataclasses import dataclass
from datetime import date

from app.audit import Deed
from app.db import WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError
from app.models import Examination
from app.services.examinations import (
    authority_only,
    current_examination,
    facts_of_examination,
    keep_examination,
    not_after_today,
)
from app.services.plan_facts import examination_of
from app.services.plans import acting_as, plan_by_reference
from referendum.errors import StageError
from referendum.examination import Appointment, appointment_faults
from referendum.stages import Stage
from referendum.stages import words as stage_words

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
        raise StageError(
            f"{reference} is not at a stage at which an examiner is appointed: it is {stage_words(Stage(plan.stage))}."
        )
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
