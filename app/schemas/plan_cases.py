"""A plan's case, in and out: what each step needs, documents, points, policies, the examination, the frozen pack."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import shapely
from pydantic import Field

from app.models import CaseDocument, Examination, ExaminerQuestion, PlanCheck, PlanPolicy, Recommendation
from app.schemas.common import Shape
from app.services.plan_facts import PlanCase, checklist_of, clocks_of_case
from geo.crs import wgs84_from_bng
from referendum.needs import Need
from referendum.plan_clocks import RunningClock

Text = Annotated[str, Field(max_length=20_000)]
Line = Annotated[str, Field(max_length=200)]


class NeedOut(Shape):
    """One thing a step needs."""

    code: str
    text: str
    evidence: str
    by: str
    rule: str
    is_there: bool


class MoveOut(Shape):
    """A lawful step from here, and what it needs."""

    to_stage: str
    action: str
    by: str
    rule: str
    progress: str
    needs: list[NeedOut]


class ClockOut(Shape):
    """A clock: the day the law gives beside the day it was done."""

    text: str
    start: date
    predicted: date
    last_day: date
    actual: date | None
    state: str
    if_missed: str
    rule: str


class CaseOut(Shape):
    """A plan's case as it stands on a day."""

    reference: str
    stage: str
    course: str
    moves: list[MoveOut]
    clocks: list[ClockOut]


class DocumentOut(Shape):
    """One version of one document."""

    id: int
    subject: str
    kind: str
    version: int
    title: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    is_public: bool
    added_at: datetime


class PointIn(Shape):
    """What somebody says on one point of a case."""

    answer: Literal["yes", "no", "not-needed"]
    note: Text = ""
    on_date: date


class ContentIn(Shape):
    """What a plan or order provides for of what it may not (PLAN-3, ORDER-2, ORDER-4)."""

    contains: list[
        Literal["minerals", "waste", "environmental-impact-annex-1", "national-infrastructure", "prescribed"]
    ] = Field(default_factory=list)
    repeats_permission: bool = False
    on_date: date


class OrganisationIn(Shape):
    """What a community organisation says of itself (CRTBO-2 to CRTBO-4)."""

    on: date
    is_parish_council: bool = False
    company_number: Line = ""
    is_for_local_wellbeing: bool = False
    is_open_to_locals: bool = False
    residents_control: bool = False
    gains_stay_local: bool = False
    assets_pass_on: bool = False
    members: int = Field(default=0, ge=0, le=1_000_000)
    members_living_in_area: int = Field(default=0, ge=0, le=1_000_000)
    dwellings_of_members: int = Field(default=0, ge=0, le=1_000_000)


class PointOut(Shape):
    """A point as it was last answered."""

    code: str
    answer: str
    note: str
    on_date: date
    details: dict[str, Any]


class DetailsIn(Shape):
    """A plan's title and the years for which it has effect (PLAN-2)."""

    title: str = Field(min_length=2, max_length=200)
    period_start: int | None = Field(default=None, ge=2000, le=2200)
    period_end: int | None = Field(default=None, ge=2000, le=2200)


class PolicyIn(Shape):
    """A policy; `land` is a GeoJSON geometry in WGS84, left out where it is about the whole area."""

    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=20_000)
    land: dict[str, Any] | None = None


class PolicyOut(Shape):
    """A policy of a plan or order."""

    code: str
    title: str
    text: str
    land: dict[str, Any] | None


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


class PackIn(Shape):
    """How an information pack is published (REF-10 to REF-12)."""

    published_on: date
    inspection: list[Line] = Field(max_length=40)
    entries: int = Field(ge=0, le=10_000_000)


class PackOut(Shape):
    """A frozen information pack: its hash is over the manifest as it is given here."""

    sha256: str
    manifest: dict[str, Any]


def document_of(document: CaseDocument) -> DocumentOut:
    """Return one version of a document."""
    return DocumentOut.model_validate(document, from_attributes=True)


def point_of(check: PlanCheck) -> PointOut:
    """Return a point."""
    return PointOut.model_validate(check, from_attributes=True)


def policy_of(policy: PlanPolicy) -> PolicyOut:
    """Return a policy, its land in WGS84."""
    land = None if policy.geometry is None else shapely.geometry.mapping(wgs84_from_bng(policy.geometry))
    return PolicyOut(code=policy.code, title=policy.title, text=policy.text, land=land)


def question_of(question: ExaminerQuestion) -> QuestionOut:
    """Return a question."""
    return QuestionOut.model_validate(question, from_attributes=True)


def change_of(row: Recommendation) -> ChangeOut:
    """Return a recommended or own change."""
    return ChangeOut.model_validate(row, from_attributes=True)


def examination_out(found: Examination) -> ExaminationOut:
    """Return an examination with everything decided on it."""
    return ExaminationOut.model_validate(found, from_attributes=True)


def case_out(case: PlanCase, today: date) -> CaseOut:
    """Return a plan's case as it stands today: every lawful step with what it needs, and every clock."""
    moves = []
    for move in case.moves():
        found = checklist_of(case, move, on=today)
        needs = [
            *(_need(each, there=True) for each in found.done),
            *(_need(each, there=False) for each in found.missing),
        ]
        moves.append(
            MoveOut(
                to_stage=move.to_stage.value,
                action=move.action,
                by=move.by.value,
                rule=move.rule,
                progress=found.words,
                needs=needs,
            )
        )
    return CaseOut(
        reference=case.plan.reference,
        stage=case.plan.stage,
        course=case.plan.course,
        moves=moves,
        clocks=[_clock(each) for each in clocks_of_case(case, today)],
    )


def _need(need: Need, *, there: bool) -> NeedOut:
    return NeedOut(
        code=need.code,
        text=need.text,
        evidence=need.evidence.value,
        by=need.by.value,
        rule=need.rule,
        is_there=there,
    )


def _clock(clock: RunningClock) -> ClockOut:
    return ClockOut(
        text=clock.limit.text,
        start=clock.limit.start,
        predicted=clock.limit.day,
        last_day=clock.last_day,
        actual=clock.actual,
        state=clock.state.value,
        if_missed=clock.limit.if_missed,
        rule=clock.limit.rule,
    )
