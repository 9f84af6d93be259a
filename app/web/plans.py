"""Plans and orders as pages and as data."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.queries.plans import all_plans, plan_with_everything, referendums_of_plan
from app.queries.standings import authority_names
from app.schemas.plans import PlanOut, PlanSummary, plan_of, summary_of_plan
from app.state import Reading
from app.web.page import HOME, page
from app.web.timeline import place_in_development_plan, timeline
from app.web.words import INSTRUMENT_WORDS, STAGE_WORDS, plan_path, word_for
from referendum.question import Instrument
from referendum.stages import Stage

router = APIRouter(include_in_schema=False)

PLANS = ("Plans and orders", "/plans")


@router.get("/plans.json")
def plans_as_data(session: Reading) -> list[PlanSummary]:
    """Return every plan and order."""
    return [summary_of_plan(plan) for plan in all_plans(session)]


@router.get("/plans")
def plans(request: Request, session: Reading) -> HTMLResponse:
    """List every plan and order."""
    found = [
        (
            plan,
            plan_path(plan.reference, plan.instrument),
            INSTRUMENT_WORDS[Instrument(plan.instrument)],
            STAGE_WORDS[Stage(plan.stage)],
        )
        for plan in all_plans(session)
    ]
    data = [("JSON", "/plans.json")]
    return page(request, "plans/list.html", {"plans": found}, section="/plans", crumbs=[HOME], data=data)


@router.get("/plans/{reference}.json")
@router.get("/orders/{reference}.json")
def plan_as_data(session: Reading, reference: str) -> PlanOut:
    """Return one plan or order with everything public about it."""
    plan = plan_with_everything(session, reference)
    return plan_of(plan, referendums_of_plan(session, plan))


@router.get("/plans/{reference}")
@router.get("/orders/{reference}")
def plan(request: Request, session: Reading, reference: str) -> Response:
    """Show one plan or order: its stages, its area, its vote and its place in the development plan."""
    found = plan_with_everything(session, reference)
    address = plan_path(found.reference, found.instrument)
    if request.url.path != address:
        return RedirectResponse(address, status_code=308)
    referendums = referendums_of_plan(session, found)
    facts = {
        "plan": found,
        "word": word_for(found.instrument),
        "instrument": INSTRUMENT_WORDS[Instrument(found.instrument)],
        "stage": STAGE_WORDS[Stage(found.stage)],
        "points": timeline(found, referendums),
        "places": place_in_development_plan(found, dict(authority_names(session))),
        "is_in_force": any(entry.part_until is None for entry in found.entries),
        "referendums": referendums,
    }
    data = [("JSON", f"{address}.json")]
    return page(request, "plans/plan.html", facts, section="/plans", crumbs=[HOME, PLANS], data=data)
