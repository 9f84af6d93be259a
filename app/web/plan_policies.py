"""Policies of a plan: written and mapped by those who prepare it, and the form to begin a plan."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from shapely.geometry.base import BaseGeometry

from app.audit import Deed
from app.auth import AttachDeed, PrepareDeed
from app.errors import InvalidRequestError, ServiceError
from app.models import PlanPolicy
from app.policy_land import land_of_text
from app.queries.areas import designated_for
from app.roles import May, may
from app.routing import Route
from app.services.plan_facts import PlanCase
from app.services.plans import PlanFacts, attach_plan
from app.services.policies import PolicyFacts, policies_of, remove_policy, write_policy
from app.state import Reading, Writing
from app.typed_places import read_place
from app.web.case_forms import CaseForm, Field, TypedIn, refused, show
from app.web.case_page import BASE, CASES, attempt, case_for, crumbs_to
from app.web.case_tasks import base_of
from app.web.fields import FieldError
from app.web.form_page import form_page, see
from app.web.page import HOME
from referendum.errors import StageError
from referendum.question import Instrument
from referendum.stages import Course

router = APIRouter(route_class=Route, include_in_schema=False)

_INSTRUMENTS = (
    (Instrument.NDP.value, "A plan: policies for the area"),
    (Instrument.NDO.value, "An order: planning permission for some kind of development"),
    (Instrument.CRTBO.value, "A community right to build order: permission for one project on one site"),
)
_COURSES = (
    (Course.NEW.value, "It is new"),
    (Course.CHANGE_WITHOUT_REFERENDUM.value, "It changes a made plan, and its nature stays"),
    (Course.CHANGE_WITH_REFERENDUM.value, "It changes a made plan, and its nature changes"),
    (Course.MINOR_CHANGE.value, "It is a minor change or a correction"),
)


@router.get(f"{BASE}/policies")
def policies_page(request: Request, session: Reading, deed: PrepareDeed, reference: str) -> Response:
    """Show the policies of a plan."""
    case = case_for(session, deed, reference)
    facts = {"plan": case.plan, "base": base_of(case), "policies": policies_of(session, case.plan)}
    return form_page(request, "cases/policies.html", facts, section="/cases", crumbs=crumbs_to(case))


def _form(case: PlanCase, policy: PlanPolicy | None) -> CaseForm:
    keeps = " Leave it empty to keep the land as it is." if policy is not None and policy.geometry is not None else ""
    return CaseForm(
        title=f"Policy {policy.code}" if policy is not None else "Write a policy",
        caption=f"{case.plan.reference} {case.plan.title}",
        action=f"{base_of(case)}/policies/{policy.code if policy is not None else 'new'}",
        fields=[
            Field(kind="day", name="code", label="Code", hint="Such as H1", value=policy.code if policy else ""),
            Field(kind="text", name="title", label="Title", value=policy.title if policy else ""),
            Field(kind="long", name="text", label="The policy", value=policy.text if policy else ""),
            Field(
                kind="long",
                name="land",
                label="The land it is about",
                hint=f"A grid reference (SO 625 755), or GeoJSON. Leave it empty for the whole area.{keeps}",
            ),
        ],
        crumbs=[*crumbs_to(case), ("Policies", f"{base_of(case)}/policies")],
    )


def _land(text: str, policy: PlanPolicy | None) -> BaseGeometry | None:
    if not text:
        return policy.geometry if policy is not None else None
    try:
        return land_of_text(text) if text.lstrip().startswith("{") else read_place(text).point_bng
    except InvalidRequestError as refusal:
        raise FieldError("land", str(refusal)) from refusal


def _policy(session: Reading | Writing, case: PlanCase, code: str) -> PlanPolicy | None:
    return next((each for each in policies_of(session, case.plan) if each.code == code), None)


@router.get(f"{BASE}/policies/{{code}}")
def policy_form(request: Request, session: Reading, deed: PrepareDeed, reference: str, code: str) -> Response:
    """Show the form of a policy: one that is there, or a new one."""
    case = case_for(session, deed, reference)
    return show(request, _form(case, _policy(session, case, code)))


@router.post(f"{BASE}/policies/{{code}}")
def policy_written(
    request: Request, session: Writing, deed: PrepareDeed, reference: str, *, code: str, typed: TypedIn
) -> Response:
    """Write a policy."""
    case = case_for(session, deed, reference)
    policy = _policy(session, case, code)

    def act() -> None:
        if policy is None and _policy(session, case, typed.text("code", 20).upper()) is not None:
            raise FieldError("code", "There is a policy of this code already: change that one, or choose another code.")
        facts = PolicyFacts(
            code=policy.code if policy is not None else typed.text("code", 20),
            title=typed.text("title", 200),
            text=typed.text("text"),
            land_bng=_land(typed.text("land", 500_000), policy),
        )
        write_policy(session, deed, reference, facts)

    form, then = _form(case, policy), f"{base_of(case)}/policies"
    return attempt(request, session, form, typed, act=act, then=then)


@router.post(f"{BASE}/policies/{{code}}/remove")
def policy_removed(request: Request, session: Writing, deed: PrepareDeed, reference: str, *, code: str) -> Response:
    """Take a policy out."""
    case = case_for(session, deed, reference)
    try:
        with session.begin_nested():
            remove_policy(session, deed, reference, code)
    except StageError as refusal:
        facts = {"plan": case.plan, "base": base_of(case), "policies": policies_of(session, case.plan)}
        errors = [("policies", str(refusal))]
        crumbs = crumbs_to(case)
        return form_page(request, "cases/policies.html", facts, errors=errors, section="/cases", crumbs=crumbs)
    return see(f"{base_of(case)}/policies")


def _begin_form(session: Reading | Writing, deed: Deed, asked: str = "") -> CaseForm:
    """Return the form to begin a plan, with the body's own area and name in it as far as they are known."""
    is_council = may(deed.by.role, May.DECIDE_AREA)
    body = "" if is_council else deed.by.organisation_name
    own = [] if is_council else designated_for(session, deed.by.organisation, body)
    named = ", ".join(f"{area.reference} ({area.name})" for area in own)
    return CaseForm(
        title="Begin a plan or order",
        caption="Your plans",
        action="/apply/plans/new",
        fields=[
            Field(
                kind="day",
                name="area",
                label="Neighbourhood area",
                hint=f"Its reference. Yours: {named}" if own else "Its reference, such as NA-000123",
                value=asked or (own[0].reference if len(own) == 1 else ""),
            ),
            Field(kind="radios", name="instrument", label="What is it?", options=_INSTRUMENTS),
            Field(kind="radios", name="course", label="Is it new?", options=_COURSES, value=Course.NEW.value),
            Field(kind="day", name="modifies", label="The plan it changes", hint="NP-000123; empty where it is new"),
            Field(kind="text", name="title", label="Title"),
            Field(kind="text", name="qualifying_body", label="Who prepares it?", hint="By its name", value=body),
            Field(kind="day", name="period_start", label="First year", hint="You can leave the years for later."),
            Field(kind="day", name="period_end", label="Last year"),
        ],
        button="Begin",
        crumbs=[HOME, CASES],
    )


@router.get("/apply/plans/new")
def begin_form(request: Request, session: Reading, deed: AttachDeed, area: str = "") -> Response:
    """Show the form to begin a plan or order, for the area of a link where one is given."""
    return show(request, _begin_form(session, deed, area[:9].upper()))


@router.post("/apply/plans/new")
def begun(request: Request, session: Writing, deed: AttachDeed, typed: TypedIn) -> Response:
    """Begin a plan or order."""
    try:
        facts = PlanFacts(
            area_reference=typed.text("area", 9).upper(),
            instrument=Instrument(typed.chosen("instrument", _INSTRUMENTS)),
            title=typed.text("title", 200),
            qualifying_body=typed.text("qualifying_body", 200),
            period_start=typed.number("period_start"),
            period_end=typed.number("period_end"),
            course=Course(typed.chosen("course", _COURSES)),
            modifies=typed.text("modifies", 9).upper(),
        )
        if not facts.title or not facts.qualifying_body:
            raise FieldError("title", "Give a title, and say who prepares it.")
        with session.begin_nested():
            plan = attach_plan(session, deed, facts)
    except (StageError, ServiceError) as refusal:
        return refused(request, _begin_form(session, deed), typed, refusal)
    return see(f"/cases/plans/{plan.reference}")
