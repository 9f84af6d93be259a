"""What the API takes and says of an examination: its examiner, its report, and every decision on it."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from app.models import Examination, ExaminerQuestion, Recommendation
from app.schemas.common import Shape
from app.schemas.plan_cases import Line, Text


class ExaminerIn(Shape):
    """An examiner whom the authority proposes (STEP-6)."""

    examiner: str = Field(min_length=1, max_length=200)
    qualifications: Text
    is_independent: bool
    has_no_interest: bool
    proposed_on: date


class ConsentIn(Shape):
    """The qualifying body's consent to the examiner (STEP-6)."""

    consent_on: date
    consent_by: Line


class AppointmentIn(Shape):
    """The appointment of the examiner proposed (STEP-6)."""

    appointed_on: date
    appointed_by: Literal["authority", "secretary-of-state"] = "authority"


class EndIn(Shape):
    """An examiner does not go on."""

    on_date: date
    why: Text


class QuestionIn(Shape):
    """A question of the examiner."""

    asked_on: date
    asked_of: Literal["local planning authority", "qualifying body"]
    question: Text


class AnswerIn(Shape):
    """The answer to a question of the examiner."""

    answer: Text
    answered_on: date


class NatureIn(Shape):
    """The examiner's finding whether a change alters the nature of the plan (MOD-4)."""

    nature: Literal["changes", "stays"]
    reasons: Text


class ReportIn(Shape):
    """What a report says as a whole (EXAM-1, EXAM-3)."""

    received_on: date
    recommends: Literal[
        "submit-to-referendum", "submit-with-modifications", "refuse", "make", "make-with-modifications", "do-not-make"
    ]
    extends_area: bool | None = None
    area_advice: Text = ""


class ChangeIn(Shape):
    """One recommended change, or one of the authority's own (EXAM-2, EXAM-6)."""

    about: Line
    text: Text
    ground: Literal["basic-conditions", "convention-rights", "legal-tests", "end-date", "errors"]
    is_own: bool = False


class ChangeDecisionIn(Shape):
    """The decision on one recommendation (STEP-12)."""

    answer: Literal["accepted", "accepted-in-part", "not-accepted", "departed-on-facts"]
    reason: Text
    decided_on: date


class AreaDecisionIn(Shape):
    """The decision on the referendum area: `extended` is a GeoJSON geometry in WGS84, or left out (EXAM-4)."""

    extended: dict[str, Any] | None = None
    reasons: Text


class LaterDayIn(Shape):
    """A later day for the decision, agreed in writing (STEP-10)."""

    decide_by: date
    evidence: Text


class StatementIn(Shape):
    """The day on which the decision statement was published (STEP-12)."""

    published_on: date


class QuestionOut(Shape):
    """A question of the examiner, and its answer."""

    number: int
    asked_on: date
    asked_of: str
    question: str
    answer: str
    answered_on: date | None


class ChangeOut(Shape):
    """One recommended or own change, and what was decided on it."""

    number: int
    about: str
    text: str
    ground: str
    is_own: bool
    decision: str
    reason: str
    decided_on: date | None


class ExaminationOut(Shape):
    """An examination: the examiner, the report, and every decision on it."""

    examiner: str
    qualifications: str
    proposed_on: date
    consent_on: date | None
    consent_by: str
    appointed_on: date | None
    appointed_by: str
    nature: str
    nature_reasons: str
    report_on: date | None
    recommendation: str
    extends_area: bool | None
    area_advice: str
    decide_by: date | None
    area_choice: str
    area_reasons: str
    statement_on: date | None
    questions: list[QuestionOut]
    recommendations: list[ChangeOut]


def question_of(question: ExaminerQuestion) -> QuestionOut:
    """Return a question."""
    return QuestionOut.model_validate(question, from_attributes=True)


def change_of(row: Recommendation) -> ChangeOut:
    """Return a recommended or own change."""
    return ChangeOut.model_validate(row, from_attributes=True)


def examination_out(found: Examination) -> ExaminationOut:
    """Return an examination with everything decided on it."""
    return ExaminationOut.model_validate(found, from_attributes=True)
