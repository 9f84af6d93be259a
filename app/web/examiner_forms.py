"""The forms about the examiner: proposed, consented to, appointed, asking, and giving up."""

from collections.abc import Mapping
from datetime import date

from app.audit import Deed
from app.db import WriteSession
from app.models import ExaminerQuestion
from app.services import examiner_questions, examiners
from app.services.plan_facts import PlanCase
from app.web.case_forms import CaseForm, Field, Typed
from app.web.examination_parts import Part, day_field, day_in, examination_in, form_of
from referendum.stages import Actor

_ASKED = ((Actor.QUALIFYING_BODY.value, "The parish council or forum"), (Actor.AUTHORITY.value, "The authority"))
_APPOINTED_BY = (
    (examiners.BY_AUTHORITY, "The authority, with the consent of the parish council or forum"),
    (examiners.BY_SECRETARY_OF_STATE, "The Secretary of State, because there was no agreement"),
)


def _proposal_form(case: PlanCase, today: date) -> CaseForm:
    return form_of(
        case,
        "examiner/propose",
        "Propose an examiner",
        [
            Field(kind="text", name="examiner", label="Name of the examiner"),
            Field(kind="long", name="qualifications", label="What qualifies the examiner?"),
            Field(
                kind="checkboxes",
                name="facts",
                label="What is true of the examiner?",
                options=(
                    ("is_independent", "Independent of the authority and of the parish council or forum"),
                    ("has_no_interest", "Without any interest in land that the draft may affect"),
                ),
            ),
            day_field("When was the examiner proposed?", today),
        ],
        intro=["The parish council or forum must consent before the appointment (STEP-6)."],
    )


def _propose(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    ticked = set(typed.lists.get("facts", ()))
    facts = examiners.Proposed(
        examiner=typed.text("examiner", 200),
        qualifications=typed.text("qualifications"),
        is_independent="is_independent" in ticked,
        has_no_interest="has_no_interest" in ticked,
        proposed_on=day_in(typed),
    )
    return examiners.propose_examiner(session, deed, reference, facts)


def consent_form(case: PlanCase, today: date) -> CaseForm:
    """Return the form with which the body consents to the examiner."""
    name = examination_in(case).examiner
    return form_of(
        case,
        "examiner/consent",
        f"Consent to {name} as examiner",
        [
            Field(kind="text", name="consent_by", label="Who consents?", hint="A minute and its number, or a letter"),
            day_field("On which day?", today),
        ],
        button="Consent",
    )


def give_consent(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    """Keep the body's consent."""
    return examiners.consent_to_examiner(
        session, deed, reference, consent_on=day_in(typed), consent_by=typed.text("consent_by", 200)
    )


def _appointment_form(case: PlanCase, today: date) -> CaseForm:
    return form_of(
        case,
        "examiner/appoint",
        f"Appoint {examination_in(case).examiner}",
        [
            Field(kind="radios", name="appointed_by", label="Who appoints?", options=_APPOINTED_BY, value="authority"),
            day_field("On which day?", today),
        ],
        button="Appoint",
    )


def _appoint(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    by = typed.chosen("appointed_by", _APPOINTED_BY)
    return examiners.appoint_examiner(session, deed, reference, appointed_on=day_in(typed), appointed_by=by)


def _end_form(case: PlanCase, today: date) -> CaseForm:
    return form_of(
        case,
        "examiner/end",
        f"{examination_in(case).examiner} does not go on",
        [Field(kind="long", name="why", label="Why?"), day_field("Since which day?", today)],
        is_warning=True,
    )


def _end(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    return examiners.give_up_examination(session, deed, reference, on_date=day_in(typed), why=typed.text("why"))


def _question_form(case: PlanCase, today: date) -> CaseForm:
    return form_of(
        case,
        "examiner/question",
        "Enter a question of the examiner",
        [
            Field(kind="radios", name="asked_of", label="Whom did the examiner ask?", options=_ASKED),
            Field(kind="long", name="question", label="The question"),
            day_field("On which day?", today),
        ],
    )


def _ask(session: WriteSession, deed: Deed, reference: str, typed: Typed) -> object:
    asked_of = typed.chosen("asked_of", _ASKED)
    return examiner_questions.ask_question(
        session, deed, reference, asked_on=day_in(typed), asked_of=asked_of, question=typed.text("question")
    )


def answer_form(case: PlanCase, row: ExaminerQuestion, today: date) -> CaseForm:
    """Return the form that answers a question of the examiner."""
    return form_of(
        case,
        f"examiner/questions/{row.number}",
        f"Question {row.number}",
        [Field(kind="long", name="answer", label="The answer", value=row.answer), day_field("On which day?", today)],
        intro=[row.question],
    )


EXAMINER_PARTS: Mapping[str, Part] = {
    "examiner/propose": (_proposal_form, _propose, "examiner"),
    "examiner/appoint": (_appointment_form, _appoint, "examiner"),
    "examiner/end": (_end_form, _end, "examiner"),
    "examiner/question": (_question_form, _ask, "examiner"),
}
"""The forms for the authority, by their address under the case."""
