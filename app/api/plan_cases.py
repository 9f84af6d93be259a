"""A plan's case: what each step needs, its documents, points, policies, and its examination."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import Response

from app.api.description import file_of
from app.api.drawn import drawn
from app.auth import ANYONE, ExamineDeed, MoveDeed, PrepareDeed
from app.document_store import document_store
from app.downloads import download
from app.policy_land import land_of_geojson
from app.queries.plans import plan_with_everything
from app.routing import Route
from app.schemas import plan_cases as shapes
from app.services import examinations, examiner_questions, examiners, referendum_areas, report_changes, reports
from app.services.decision_statements import decision_statement
from app.services.documents import documents_of, public_document
from app.services.plan_checks import Said, check_content, check_organisation, confirm_point
from app.services.plan_details import set_details
from app.services.plan_documents import PlanFile, file_plan_document
from app.services.plan_facts import examination_of, plan_case
from app.services.plans import acting_as, plan_by_reference
from app.services.policies import PolicyFacts, policies_of, remove_policy, write_policy
from app.state import CurrentState, Reading, Writing
from referendum.community_organisation import CommunityOrganisation
from referendum.examination import Answer, Ground, Nature, Recommends
from referendum.plan_content import Excluded

router = APIRouter(route_class=Route, tags=["plan cases"])


@router.get("/plans/{reference}/case", summary="What each step of a plan needs, and what is missing")
def get_case(state: CurrentState, session: Reading, deed: PrepareDeed, reference: str) -> shapes.CaseOut:
    """Return a plan's case for those whose business it is."""
    plan = plan_by_reference(session, reference)
    acting_as(session, deed, plan)
    return shapes.case_out(plan_case(session, plan), state.clock.today())


@router.put("/plans/{reference}/details", summary="Set a plan's title and years")
def put_details(session: Writing, deed: PrepareDeed, reference: str, asked: shapes.DetailsIn) -> shapes.DetailsIn:
    """Set a plan's title and the years for which it has effect."""
    plan = set_details(session, deed, reference, **asked.model_dump())
    return shapes.DetailsIn(title=plan.title, period_start=plan.period_start, period_end=plan.period_end)


@router.get("/plans/{reference}/documents", summary="The public documents of a plan", dependencies=[ANYONE])
def list_documents(session: Reading, reference: str) -> list[shapes.DocumentOut]:
    """Return every version of every public document of a plan."""
    plan_by_reference(session, reference)
    return [shapes.document_of(each) for each in documents_of(session, reference) if each.is_public]


@router.post("/plans/{reference}/documents", status_code=HTTPStatus.CREATED, summary="File a document of a plan")
def post_document(
    state: CurrentState,
    session: Writing,
    deed: PrepareDeed,
    reference: str,
    file: UploadFile,
    *,
    kind: Annotated[str, Form(max_length=60)],
    title: Annotated[str, Form(max_length=200)] = "",
    note: Annotated[str, Form(max_length=4000)] = "",
) -> shapes.DocumentOut:
    """File a document with a plan's case, as the next version of its kind."""
    sent = PlanFile(kind=kind, file_name=file.filename or "", content=file.file.read(), title=title, note=note)
    store, largest = document_store(state.settings), state.settings.largest_document_mb
    return shapes.document_of(file_plan_document(session, deed, store, reference, sent, largest_mb=largest))


@router.get(
    "/documents/{sha256}",
    summary="A public document, by the hash of its content",
    response_class=Response,
    responses=file_of("*/*"),
    dependencies=[ANYONE],
)
def get_document(state: CurrentState, session: Reading, sha256: str) -> Response:
    """Return a public document as a file to keep, never to be shown as a page of this service."""
    return download(document_store(state.settings), public_document(session, sha256))


@router.put("/plans/{reference}/points/{code}", summary="Confirm or deny one point of a case")
def put_point(session: Writing, deed: PrepareDeed, reference: str, code: str, asked: shapes.PointIn) -> shapes.PointOut:
    """Keep what somebody says on one point of a plan's case."""
    return shapes.point_of(confirm_point(session, deed, reference, Said(code=code, **asked.model_dump())))


@router.post("/plans/{reference}/content-check", summary="Check a plan or order for what it may not contain")
def post_content(session: Writing, deed: PrepareDeed, reference: str, asked: shapes.ContentIn) -> list[str]:
    """Keep what a plan provides for of what it may not, and return what must come out of it."""
    reasons = check_content(
        session,
        deed,
        reference,
        contains=frozenset(Excluded(each) for each in asked.contains),
        repeats_permission=asked.repeats_permission,
        on_date=asked.on_date,
    )
    return [reason.message for reason in reasons]


@router.post("/plans/{reference}/organisation-check", summary="Check who may propose a right to build order")
def post_organisation(session: Writing, deed: PrepareDeed, reference: str, asked: shapes.OrganisationIn) -> list[str]:
    """Keep what a community organisation says of itself, and return why it may not propose an order."""
    body = CommunityOrganisation(**asked.model_dump())
    return [reason.message for reason in check_organisation(session, deed, reference, body)]


@router.get("/plans/{reference}/policies", summary="The policies of a plan", dependencies=[ANYONE])
def list_policies(session: Reading, reference: str) -> list[shapes.PolicyOut]:
    """Return the policies of a plan or order."""
    return [shapes.policy_of(each) for each in policies_of(session, plan_by_reference(session, reference))]


@router.put("/plans/{reference}/policies/{code}", summary="Write a policy")
def put_policy(
    session: Writing, deed: PrepareDeed, reference: str, code: str, asked: shapes.PolicyIn
) -> shapes.PolicyOut:
    """Write a policy, or write it anew."""
    land = land_of_geojson(asked.land) if asked.land is not None else None
    facts = PolicyFacts(code=code, title=asked.title, text=asked.text, land_bng=land)
    return shapes.policy_of(write_policy(session, deed, reference, facts))


@router.delete("/plans/{reference}/policies/{code}", status_code=HTTPStatus.NO_CONTENT, summary="Take a policy out")
def delete_policy(session: Writing, deed: PrepareDeed, reference: str, code: str) -> None:
    """Take a policy out; the record keeps what it said."""
    remove_policy(session, deed, reference, code)


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
