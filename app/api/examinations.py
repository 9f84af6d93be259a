"""The examination of a plan or order: its examiner, the report, each decision on it, and what is stated."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter

from app.api.drawn import drawn
from app.auth import ANYONE, ExamineDeed, MoveDeed
from app.queries.plans import plan_with_everything
from app.routing import Route
from app.schemas import examinations as shapes
from app.services import examinations, examiner_questions, examiners, referendum_areas, report_changes, reports
from app.services.decision_statements import decision_statement
from app.services.plan_facts import examination_of
from app.state import Reading, Writing
from referendum.examination import Answer, Ground, Nature, Recommends

router = APIRouter(route_class=Route, tags=["plan cases"])


@router.get("/plans/{reference}/examination", summary="The examination of a plan", dependencies=[ANYONE])
def get_examination(session: Reading, reference: str) -> shapes.ExaminationOut | None:
    """Return the examination of a plan with every decision on its report; null while there is none."""
    found = examination_of(session, plan_with_everything(session, reference))
    return None if found is None else shapes.examination_out(found)


@router.post("/plans/{reference}/examiner", status_code=HTTPStatus.CREATED, summary="Propose an examiner")
def post_examiner(
    session: Writing, deed: ExamineDeed, reference: str, asked: shapes.ExaminerIn
) -> shapes.ExaminationOut:
    """Propose an examiner, so that the qualifying body can consent."""
    facts = examiners.Proposed(**asked.model_dump())
    return shapes.examination_out(examiners.propose_examiner(session, deed, reference, facts))


@router.post("/plans/{reference}/examiner/consent", summary="Consent to the examiner")
def post_consent(session: Writing, deed: MoveDeed, reference: str, asked: shapes.ConsentIn) -> shapes.ExaminationOut:
    """Record the qualifying body's consent."""
    found = examiners.consent_to_examiner(session, deed, reference, **asked.model_dump())
    return shapes.examination_out(found)


@router.post("/plans/{reference}/examiner/appointment", summary="Appoint the examiner")
def post_appointment(
    session: Writing, deed: ExamineDeed, reference: str, asked: shapes.AppointmentIn
) -> shapes.ExaminationOut:
    """Appoint the examiner proposed."""
    found = examiners.appoint_examiner(session, deed, reference, **asked.model_dump())
    return shapes.examination_out(found)


@router.post("/plans/{reference}/examiner/end", summary="The examiner does not go on")
def post_end(session: Writing, deed: ExamineDeed, reference: str, asked: shapes.EndIn) -> shapes.ExaminationOut:
    """Record that the examiner gave up or was not agreed on."""
    return shapes.examination_out(examiners.give_up_examination(session, deed, reference, **asked.model_dump()))


@router.post("/plans/{reference}/questions", status_code=HTTPStatus.CREATED, summary="Enter an examiner's question")
def post_question(session: Writing, deed: ExamineDeed, reference: str, asked: shapes.QuestionIn) -> shapes.QuestionOut:
    """Enter a question of the examiner."""
    return shapes.question_of(examiner_questions.ask_question(session, deed, reference, **asked.model_dump()))


@router.post("/plans/{reference}/questions/{number}/answer", summary="Answer an examiner's question")
def post_answer(
    session: Writing, deed: MoveDeed, reference: str, number: int, asked: shapes.AnswerIn
) -> shapes.QuestionOut:
    """Answer a question of the examiner."""
    row = examiner_questions.answer_question(session, deed, reference, number, **asked.model_dump())
    return shapes.question_of(row)


@router.post("/plans/{reference}/nature", summary="Enter what the examiner found on the nature of a change")
def post_nature(session: Writing, deed: ExamineDeed, reference: str, asked: shapes.NatureIn) -> shapes.ExaminationOut:
    """Enter the examiner's finding whether a change alters the nature of the plan."""
    found = examinations.find_nature(session, deed, reference, nature=Nature(asked.nature), reasons=asked.reasons)
    return shapes.examination_out(found)


@router.post("/plans/{reference}/report", summary="Enter what the examiner's report says as a whole")
def post_report(session: Writing, deed: ExamineDeed, reference: str, asked: shapes.ReportIn) -> shapes.ExaminationOut:
    """Enter what the report recommends, and what it says on the referendum area."""
    facts = reports.ReportFacts(recommends=Recommends(asked.recommends), **asked.model_dump(exclude={"recommends"}))
    return shapes.examination_out(reports.enter_report(session, deed, reference, facts))


@router.post("/plans/{reference}/recommendations", status_code=HTTPStatus.CREATED, summary="Enter a recommendation")
def post_recommendation(
    session: Writing, deed: ExamineDeed, reference: str, asked: shapes.ChangeIn
) -> shapes.ChangeOut:
    """Enter a recommended change, or one of the authority's own."""
    change = report_changes.Change(ground=Ground(asked.ground), **asked.model_dump(exclude={"ground"}))
    return shapes.change_of(report_changes.add_change(session, deed, reference, change))


@router.post("/plans/{reference}/recommendations/{number}/decision", summary="Decide on a recommendation")
def post_decision(
    session: Writing, deed: ExamineDeed, reference: str, number: int, asked: shapes.ChangeDecisionIn
) -> shapes.ChangeOut:
    """Decide on one recommendation, with the reason."""
    facts = asked.model_dump(exclude={"answer"})
    return shapes.change_of(
        report_changes.decide_change(session, deed, reference, number, answer=Answer(asked.answer), **facts)
    )


@router.post("/plans/{reference}/referendum-area", summary="Decide on the referendum area")
def post_area(
    session: Writing, deed: ExamineDeed, reference: str, asked: shapes.AreaDecisionIn
) -> shapes.ExaminationOut:
    """Decide that the referendum area is the neighbourhood area, or a larger one."""
    extended = drawn(asked.extended).geometry_bng if asked.extended is not None else None
    found = referendum_areas.decide_referendum_area(
        session, deed, reference, extended_bng=extended, reasons=asked.reasons
    )
    return shapes.examination_out(found)


@router.post("/plans/{reference}/later-day", summary="Agree on a later day for the decision")
def post_later_day(
    session: Writing, deed: ExamineDeed, reference: str, asked: shapes.LaterDayIn
) -> shapes.ExaminationOut:
    """Keep a later day for the decision on the report, agreed in writing."""
    return shapes.examination_out(reports.agree_later_day(session, deed, reference, **asked.model_dump()))


@router.get("/plans/{reference}/decision-statement", summary="What was decided on a plan", dependencies=[ANYONE])
def get_statement(session: Reading, reference: str) -> dict[str, Any]:
    """Return everything a decision statement says (`folkmoot.decision-statement/1`)."""
    return decision_statement(session, reference)


@router.post("/plans/{reference}/decision-statement", summary="The decision statement was published")
def post_statement(
    session: Writing, deed: ExamineDeed, reference: str, asked: shapes.StatementIn
) -> shapes.ExaminationOut:
    """Keep the day on which the decision statement was published."""
    return shapes.examination_out(reports.publish_statement(session, deed, reference, **asked.model_dump()))
