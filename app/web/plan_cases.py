"""A plan's case as its people see it: the task list, the form of each step, the basic conditions, title and years."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import MoveDeed, PrepareDeed
from app.errors import NotFoundError
from app.models import ConsultationHeld
from app.queries.consultations import consultations_on
from app.roles import May, may
from app.routing import Route
from app.services.documents import documents_of
from app.services.plan_details import set_details
from app.services.plan_documents import SPECIFIED, document_words
from app.services.plan_facts import (
    PlanCase,
    clocks_of_case,
    condition_code,
    conditions_of,
)
from app.services.plan_papers import has_decision, is_making_decided
from app.services.plans import StepFacts, acting_as, take_step
from app.services.policies import policies_of
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import CaseForm, Field, TypedIn, show
from app.web.case_page import BASE, CASES, TODAY_HINT, attempt, case_for, crumbs_to
from app.web.case_tasks import WHO, base_of, other_moves, task_groups
from app.web.fields import optional_day, typed_day
from app.web.form_page import form_page
from app.web.open_consultations import held_on
from app.web.page import HOME
from app.web.papers import decisions_of
from app.web.words import INSTRUMENT_WORDS, STAGE_WORDS, plan_path
from referendum.plan_clocks import comment_clock
from referendum.stages import Actor, Course, Stage, check_move

router = APIRouter(route_class=Route, include_in_schema=False)

COURSE_WORDS = {
    Course.NEW: "",
    Course.MINOR_CHANGE: "A minor change of a made plan",
    Course.CHANGE_WITHOUT_REFERENDUM: "A change of a made plan, without a referendum",
    Course.CHANGE_WITH_REFERENDUM: "A change of a made plan that needs a referendum",
}


@router.get(BASE)
def case_page(request: Request, state: CurrentState, session: Reading, deed: PrepareDeed, reference: str) -> Response:
    """Show a plan's case: what is done, what is left, and when it is due."""
    case = case_for(session, deed, reference)
    plan, today = case.plan, state.clock.today()
    actor = acting_as(session, deed, plan)
    signs = may(deed.by.role, May.MOVE_PLAN)
    held = consultations_on(session, reference)
    facts: dict[str, Any] = {
        "plan": plan,
        "instrument": INSTRUMENT_WORDS[case.instrument],
        "course": COURSE_WORDS[case.course],
        "stage": STAGE_WORDS[case.stage],
        "public": plan_path(plan.reference, plan.instrument),
        "base": base_of(case),
        "today": today,
        "groups": task_groups(case, actor, today),
        "moves": other_moves(case, actor) if signs else [],
        "clocks": clocks_of_case(case, today),
        "documents": documents_of(session, reference),
        "specified": [(kind, document_words(kind), kind in case.documents) for kind in SPECIFIED],
        "examination": case.examination,
        "policies": len(policies_of(session, plan)),
        "consultations": held_on(held),
        "keeps_comments": may(deed.by.role, May.KEEP_REPRESENTATIONS) and any(_is_keeper(deed, each) for each in held),
        "papers": decisions_of(reference, plan.instrument, stated=has_decision(plan), made=is_making_decided(plan)),
        "can_file_statement": may(deed.by.role, May.EXAMINE_PLAN) and has_decision(plan),
        "is_authority": actor.value == "local planning authority",
        "words_of": _kind_words,
    }
    return form_page(request, "cases/plan.html", facts, section="/cases", crumbs=[HOME, CASES])


def _is_keeper(deed: Deed, held: ConsultationHeld) -> bool:
    return not deed.by.organisation or deed.by.organisation in held.held_by


def _kind_words(kind: str) -> str:
    try:
        words = document_words(kind)
    except NotFoundError:
        return kind
    return words[:1].upper() + words[1:]


def _step_form(case: PlanCase, to_stage: Stage, today: date, actor: Actor) -> CaseForm:
    move = check_move(case.instrument, case.stage, to_stage, case.course)
    by_another = actor is Actor.AUTHORITY and move.by is Actor.QUALIFYING_BODY
    fields = [Field(kind="day", name="on_date", label="On which day?", hint=TODAY_HINT, value=today.isoformat())]
    if comment_clock(to_stage) is not None:
        hint = f"At least six weeks after the first publicity. {TODAY_HINT}"
        fields.append(Field(kind="day", name="closes_on", label="When do comments close?", hint=hint))
    hint = "Everybody can read this on the plan\u2019s page. "
    if by_another:
        hint += f"{WHO[move.by]} takes this step: say what shows that they did, such as their letter and its day."
    elif to_stage is Stage.PUBLICISED:
        hint += "Say where and when people can read the proposal, and how to answer."
    else:
        hint += "Leave it empty where there is nothing to say."
    fields.append(Field(kind="long", name="note", label="Reasons or a note", hint=hint))
    return CaseForm(
        title=move.action[:1].upper() + move.action[1:],
        caption=f"{case.plan.reference} {case.plan.title}",
        action=f"{base_of(case)}/steps/{to_stage.value}",
        fields=fields,
        button="Take this step",
        intro=[f"{WHO[move.by]} takes this step, under rule {move.rule}. It is kept for good and is public at once."],
        is_warning=to_stage in {Stage.REFUSED, Stage.WITHDRAWN, Stage.DECLINED, Stage.REVOKED, Stage.QUASHED},
        crumbs=crumbs_to(case),
    )


def _stage(text: str) -> Stage:
    if text not in {stage.value for stage in Stage}:
        raise NotFoundError(f"There is no stage {text[:40]!r}: choose a step from the case\u2019s page.")
    return Stage(text)


@router.get(f"{BASE}/steps/{{to_stage}}")
def step_form(
    request: Request, state: CurrentState, session: Reading, deed: MoveDeed, reference: str, *, to_stage: str
) -> Response:
    """Show the form of a step."""
    case = case_for(session, deed, reference)
    actor = acting_as(session, deed, case.plan)
    return show(request, _step_form(case, _stage(to_stage), state.clock.today(), actor))


@router.post(f"{BASE}/steps/{{to_stage}}")
def step_taken(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: MoveDeed,
    reference: str,
    *,
    to_stage: str,
    typed: TypedIn,
) -> Response:
    """Take a step."""
    case, stage = case_for(session, deed, reference), _stage(to_stage)
    form = _step_form(case, stage, state.clock.today(), acting_as(session, deed, case.plan))

    def act() -> None:
        facts = StepFacts(
            to_stage=stage,
            on_date=typed_day("on_date", typed.text("on_date", 40)),
            closes_on=optional_day("closes_on", typed.text("closes_on", 40)),
            note=typed.text("note"),
        )
        take_step(session, deed, reference, facts)

    return attempt(request, session, form, typed, act=act, then=base_of(case))


@router.get(f"{BASE}/conditions")
def conditions_page(
    request: Request, state: CurrentState, session: Reading, deed: PrepareDeed, reference: str
) -> Response:
    """Show the basic conditions by the rules of the day, and which are found to be met."""
    case = case_for(session, deed, reference)
    listed = conditions_of(case, state.clock.today())
    rows = [
        (each, code, case.checks.get(code))
        for each in listed.conditions
        for code in [condition_code(listed.version, each.letter)]
    ]
    facts = {"plan": case.plan, "listed": listed, "rows": rows, "base": base_of(case)}
    return form_page(request, "cases/conditions.html", facts, section="/cases", crumbs=crumbs_to(case))


def _details_form(case: PlanCase) -> CaseForm:
    plan = case.plan
    return CaseForm(
        title="Title and years",
        caption=plan.reference,
        action=f"{base_of(case)}/details",
        fields=[
            Field(kind="text", name="title", label="Title", value=plan.title),
            Field(kind="day", name="period_start", label="First year", value=str(plan.period_start or "")),
            Field(kind="day", name="period_end", label="Last year", value=str(plan.period_end or "")),
        ],
        intro=["A plan must say for which years it is to have effect before it is submitted (PLAN-2)."],
        crumbs=crumbs_to(case),
    )


@router.get(f"{BASE}/details")
def details_form(request: Request, session: Reading, deed: PrepareDeed, reference: str) -> Response:
    """Show the form for title and years."""
    return show(request, _details_form(case_for(session, deed, reference)))


@router.post(f"{BASE}/details")
def details_set(request: Request, session: Writing, deed: PrepareDeed, reference: str, typed: TypedIn) -> Response:
    """Set title and years."""
    case = case_for(session, deed, reference)

    def act() -> None:
        set_details(
            session,
            deed,
            reference,
            title=typed.text("title", 200),
            period_start=typed.number("period_start"),
            period_end=typed.number("period_end"),
        )

    return attempt(request, session, _details_form(case), typed, act=act, then=base_of(case))
