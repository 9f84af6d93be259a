"""The examination of a plan as pages: the examiner, questions, the report, each decision on it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.auth import ExamineDeed, MoveDeed, PrepareDeed
from app.errors import NotFoundError
from app.models import ExaminerQuestion, Recommendation
from app.routing import Route
from app.services import examiner_questions, report_changes
from app.services.plan_facts import PlanCase
from app.services.plans import acting_as
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import TypedIn, show
from app.web.case_page import BASE, attempt, case_for, crumbs_to
from app.web.case_tasks import base_of
from app.web.examination_parts import day_in, examination_in
from app.web.examiner_forms import EXAMINER_PARTS, answer_form, consent_form, give_consent
from app.web.form_page import form_page
from app.web.report_decision_forms import DECISION_PARTS
from app.web.report_forms import ANSWERS, GROUNDS, REPORT_PARTS, decision_form
from referendum.examination import (
    RECOMMENDS_WORDS,
    Answer,
    Recommends,
)
from referendum.stages import Actor

router = APIRouter(route_class=Route, include_in_schema=False)

_PARTS = {**EXAMINER_PARTS, **REPORT_PARTS, **DECISION_PARTS}


@router.get(f"{BASE}/examiner")
def examiner_page(request: Request, session: Reading, deed: PrepareDeed, reference: str) -> Response:
    """Show the examiner, the questions and what was decided on the report."""
    case = case_for(session, deed, reference)
    facts = {
        "plan": case.plan,
        "base": base_of(case),
        "found": case.examination,
        "is_authority": acting_as(session, deed, case.plan) is Actor.AUTHORITY,
        "recommends_words": RECOMMENDS_WORDS,
        "recommends": Recommends(case.examination.recommendation)
        if case.examination is not None and case.examination.recommendation
        else None,
    }
    return form_page(request, "cases/examiner.html", facts, section="/cases", crumbs=crumbs_to(case))


def _address(case: PlanCase, part: str) -> str:
    return f"{base_of(case)}/{part}" if part else base_of(case)


def _add_part(part: str) -> None:
    make, fill, then = _PARTS[part]

    def form(request: Request, state: CurrentState, session: Reading, deed: ExamineDeed, reference: str) -> Response:
        return show(request, make(case_for(session, deed, reference), state.clock.today()))

    def sent(
        request: Request, state: CurrentState, session: Writing, deed: ExamineDeed, *, reference: str, typed: TypedIn
    ) -> Response:
        case = case_for(session, deed, reference)
        page = make(case, state.clock.today())
        return attempt(
            request,
            session,
            page,
            typed,
            act=lambda: fill(session, deed, reference, typed),
            then=_address(case, then),
        )

    router.add_api_route(f"{BASE}/{part}", form, methods=["GET"])
    router.add_api_route(f"{BASE}/{part}", sent, methods=["POST"])


for _part in _PARTS:
    _add_part(_part)


@router.get(f"{BASE}/examiner/consent")
def show_consent(request: Request, state: CurrentState, session: Reading, deed: MoveDeed, reference: str) -> Response:
    """Show the form with which the qualifying body consents to the examiner."""
    return show(request, consent_form(case_for(session, deed, reference), state.clock.today()))


@router.post(f"{BASE}/examiner/consent")
def consented(
    request: Request, state: CurrentState, session: Writing, deed: MoveDeed, *, reference: str, typed: TypedIn
) -> Response:
    """Keep the qualifying body's consent to the examiner."""
    case = case_for(session, deed, reference)
    form = consent_form(case, state.clock.today())
    then = _address(case, "examiner")
    return attempt(request, session, form, typed, act=lambda: give_consent(session, deed, reference, typed), then=then)


def _question(case: PlanCase, number: int) -> ExaminerQuestion:
    for row in examination_in(case).questions:
        if row.number == number:
            return row
    raise NotFoundError(f"The examiner asked no question {number}.")


@router.get(f"{BASE}/examiner/questions/{{number}}")
def show_question(
    request: Request, state: CurrentState, session: Reading, deed: MoveDeed, reference: str, *, number: int
) -> Response:
    """Show a question of the examiner, to be answered."""
    case = case_for(session, deed, reference)
    return show(request, answer_form(case, _question(case, number), state.clock.today()))


@router.post(f"{BASE}/examiner/questions/{{number}}")
def answered(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: MoveDeed,
    reference: str,
    *,
    number: int,
    typed: TypedIn,
) -> Response:
    """Keep the answer to a question of the examiner."""
    case = case_for(session, deed, reference)
    form = answer_form(case, _question(case, number), state.clock.today())

    def act() -> None:
        examiner_questions.answer_question(
            session, deed, reference, number, answer=typed.text("answer"), answered_on=day_in(typed)
        )

    return attempt(request, session, form, typed, act=act, then=_address(case, "examiner"))


@router.get(f"{BASE}/recommendations")
def recommendations_page(request: Request, session: Reading, deed: ExamineDeed, reference: str) -> Response:
    """Show every recommended change, and what was decided on it."""
    case = case_for(session, deed, reference)
    rows = examination_in(case).recommendations
    facts = {
        "plan": case.plan,
        "base": base_of(case),
        "rows": rows,
        "undecided": sum(not row.decision for row in rows),
        "grounds": dict(GROUNDS),
        "answers": dict(ANSWERS),
    }
    return form_page(request, "cases/recommendations.html", facts, section="/cases", crumbs=crumbs_to(case))


def _recommendation(case: PlanCase, number: int) -> Recommendation:
    for row in examination_in(case).recommendations:
        if row.number == number:
            return row
    raise NotFoundError(f"The report has no recommendation {number}.")


@router.get(f"{BASE}/recommendations/{{number}}")
def show_recommendation(
    request: Request, state: CurrentState, session: Reading, deed: ExamineDeed, reference: str, *, number: int
) -> Response:
    """Show the form to decide on a recommendation."""
    case = case_for(session, deed, reference)
    return show(request, decision_form(case, _recommendation(case, number), state.clock.today()))


@router.post(f"{BASE}/recommendations/{{number}}")
def decided(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: ExamineDeed,
    reference: str,
    *,
    number: int,
    typed: TypedIn,
) -> Response:
    """Decide on a recommendation."""
    case = case_for(session, deed, reference)
    form = decision_form(case, _recommendation(case, number), state.clock.today())

    def act() -> None:
        answer = Answer(typed.chosen("answer", ANSWERS))
        reason, day = typed.text("reason"), day_in(typed)
        report_changes.decide_change(session, deed, reference, number, answer=answer, reason=reason, decided_on=day)

    return attempt(request, session, form, typed, act=act, then=_address(case, "recommendations"))
