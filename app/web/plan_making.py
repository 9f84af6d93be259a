"""Making a plan or order, or deciding on a lawful ground not to, as the planning authority's pages."""

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import MakeDeed
from app.errors import NotFoundError
from app.queries.standings import authority_names
from app.routing import Route
from app.services.development_plan import decline_to_make, make_plan
from app.services.plan_facts import PlanCase
from app.services.plans import planning_authorities
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import CaseForm, Field, TypedIn, show
from app.web.case_page import BASE, TODAY_HINT, attempt, case_for, crumbs_to
from app.web.case_tasks import base_of
from app.web.fields import typed_day
from referendum.outcome import GroundForNotMaking, grounds_open
from referendum.stages import Stage

router = APIRouter(route_class=Route, include_in_schema=False)

MAKEABLE = frozenset({Stage.IN_DEVELOPMENT_PLAN, Stage.APPROVED, Stage.DIVIDED})
_GROUND_WORDS = {
    GroundForNotMaking.BREACH_OF_OBLIGATIONS: "It would breach assimilated obligations",
    GroundForNotMaking.BREACH_OF_CONVENTION_RIGHTS: "It would breach Convention rights",
    GroundForNotMaking.PROCEEDINGS_PENDING: "A court is looking at it",
    GroundForNotMaking.POLLS_DIVIDED: "Residents and businesses voted differently, and the council chooses not to",
}
_MUST = "What people voted for must be made. These are the only grounds on which it is not (RESULT-4)."
_MAY = "Residents and businesses voted differently, so the council may choose, and must give its reasons (RESULT-7)."
_REASONS_HINT = "They are published. They must be given where residents and businesses voted differently."


def _refuse_too_early(case: PlanCase) -> None:
    if case.stage not in MAKEABLE:
        raise NotFoundError(f"{case.plan.reference} is not waiting to be made: go back to its case.")


def _making_form(case: PlanCase, codes: list[str], names: Mapping[str, str], today: date) -> CaseForm:
    _refuse_too_early(case)
    options = [(code, names.get(code, code)) for code in codes]
    chosen = codes[0] if len(codes) == 1 else ""
    return CaseForm(
        title=f"Make {case.plan.title}",
        caption=case.plan.reference,
        action=f"{base_of(case)}/make",
        fields=[
            Field(
                kind="radios", name="authority_code", label="Which authority makes it?", options=options, value=chosen
            ),
            Field(kind="day", name="made_on", label="On which day?", hint=TODAY_HINT, value=today.isoformat()),
            Field(kind="long", name="reasons", label="Reasons", hint=_REASONS_HINT),
        ],
        button="Make it",
        intro=["Where it lies in two authorities, each makes it for its own part."],
        crumbs=crumbs_to(case),
    )


def _codes(session: Reading | Writing, deed: Deed, case: PlanCase) -> list[str]:
    codes = sorted(planning_authorities(session, case.plan.area))
    return [deed.by.organisation] if deed.by.organisation in codes else codes


@router.get(f"{BASE}/make")
def making_form(request: Request, state: CurrentState, session: Reading, deed: MakeDeed, reference: str) -> Response:
    """Show the form to make a plan or order."""
    case = case_for(session, deed, reference)
    return show(request, _making_form(case, _codes(session, deed, case), authority_names(session), state.clock.today()))


@router.post(f"{BASE}/make")
def made(
    request: Request, state: CurrentState, session: Writing, deed: MakeDeed, *, reference: str, typed: TypedIn
) -> Response:
    """Make a plan or order."""
    case = case_for(session, deed, reference)
    codes = _codes(session, deed, case)
    form = _making_form(case, codes, authority_names(session), state.clock.today())

    def act() -> None:
        code = typed.chosen("authority_code", [(each, each) for each in codes])
        day = typed_day("made_on", typed.text("made_on", 40))
        make_plan(session, deed, reference, authority_code=code, made_on=day, reasons=typed.text("reasons"))

    return attempt(request, session, form, typed, act=act, then=base_of(case))


def _grounds(case: PlanCase) -> list[tuple[str, str]]:
    return [(each.value, _GROUND_WORDS[each]) for each in grounds_open(is_divided=case.stage is Stage.DIVIDED)]


def _declining_form(case: PlanCase, today: date) -> CaseForm:
    _refuse_too_early(case)
    return CaseForm(
        title=f"Decide not to make {case.plan.title}",
        caption=case.plan.reference,
        action=f"{base_of(case)}/do-not-make",
        fields=[
            Field(kind="radios", name="ground", label="On which ground?", options=_grounds(case)),
            Field(kind="long", name="reasons", label="Reasons", hint="They are published."),
            Field(kind="day", name="decided_on", label="On which day?", hint=TODAY_HINT, value=today.isoformat()),
        ],
        button="Decide not to make it",
        is_warning=True,
        intro=[_MAY if case.stage is Stage.DIVIDED else _MUST],
        crumbs=crumbs_to(case),
    )


@router.get(f"{BASE}/do-not-make")
def declining_form(request: Request, state: CurrentState, session: Reading, deed: MakeDeed, reference: str) -> Response:
    """Show the form to decide not to make a plan or order."""
    return show(request, _declining_form(case_for(session, deed, reference), state.clock.today()))


@router.post(f"{BASE}/do-not-make")
def declined(
    request: Request, state: CurrentState, session: Writing, deed: MakeDeed, *, reference: str, typed: TypedIn
) -> Response:
    """Decide not to make a plan or order."""
    case = case_for(session, deed, reference)
    form = _declining_form(case, state.clock.today())

    def act() -> None:
        decline_to_make(
            session,
            deed,
            reference,
            ground=GroundForNotMaking(typed.chosen("ground", _grounds(case))),
            decided_on=typed_day("decided_on", typed.text("decided_on", 40)),
            reasons=typed.text("reasons"),
        )

    return attempt(request, session, form, typed, act=act, then=base_of(case))
