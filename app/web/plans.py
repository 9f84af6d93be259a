"""Plans and orders as pages and as data."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.document_store import document_store
from app.downloads import download
from app.models import AreaApplication, AreaVersion
from app.queries.areas import lines_on
from app.queries.consultations import consultations_on
from app.queries.plans import PlanThen, count_plans_on, plan_with_everything, plans_on, referendums_of_plan
from app.queries.standings import authority_names
from app.routing import Route
from app.schemas.plans import PlanOut, PlanSummary, plan_of, summary_of_plan
from app.services.documents import documents_of, public_document
from app.services.plan_facts import examination_of
from app.services.plan_papers import has_decision, is_making_decided
from app.services.policies import policies_of
from app.state import CurrentState, Reading
from app.web.days import OnDay
from app.web.geojson import collection, feature
from app.web.open_consultations import held_on, invitations
from app.web.page import HOME, on_query, page
from app.web.paging import numbered
from app.web.papers import decisions_of
from app.web.plan_map import plan_shapes
from app.web.timeline import place_in_development_plan, timeline
from app.web.words import INSTRUMENT_WORDS, STAGE_WORDS, plan_path, word_for
from referendum.examination import ANSWER_WORDS, RECOMMENDS_WORDS
from referendum.question import Instrument
from referendum.stages import Stage

router = APIRouter(route_class=Route, include_in_schema=False)

PLANS = ("Plans and orders", "/plans")


@router.get("/plans.json")
def plans_as_data(session: Reading, on: OnDay) -> list[PlanSummary]:
    """Return every plan and order with the stage that it had reached on a day."""
    return [summary_of_plan(then.plan).model_copy(update={"stage": then.stage.value}) for then in plans_on(session, on)]


@router.get("/plans.geojson")
def plans_as_map(session: Reading, on: OnDay) -> JSONResponse:
    """Return the area of every plan and order, as its line stood on a day, with what a map shows of it."""
    found = plans_on(session, on)
    lines = lines_on(session, {then.plan.area_id for then in found}, on)
    return collection(_feature(then, lines.get(then.plan.area_id)) for then in found)


def _feature(then: PlanThen, line: AreaVersion | AreaApplication | None) -> dict[str, Any]:
    stage, plan = STAGE_WORDS[then.stage], then.plan
    facts = {
        "reference": plan.reference,
        "name": plan.title,
        "instrument": plan.instrument,
        "stage": then.stage.value,
        "area": plan.area.reference,
        "standing": stage.standing.value,
        "status": stage.tag.text,
        "page": plan_path(plan.reference, plan.instrument),
    }
    return feature(plan.reference, line.geometry if line else None, facts)


@router.get("/plans")
def plans(request: Request, session: Reading, state: CurrentState, on: OnDay) -> HTMLResponse:
    """List every plan and order as it stood on a day."""
    shown = numbered(request, count_plans_on(session, on))
    found = [
        (
            then,
            plan_path(then.plan.reference, then.plan.instrument),
            INSTRUMENT_WORDS[Instrument(then.plan.instrument)],
            STAGE_WORDS[then.stage],
        )
        for then in plans_on(session, on, shown.part)
    ]
    today = state.clock.today()
    query = on_query(on, today)
    data = [("JSON", f"/plans.json{query}"), ("GeoJSON", f"/plans.geojson{query}")]
    facts = {"plans": found, "shown": shown, "on": on, "today": today}
    return page(request, "plans/list.html", facts, section="/plans", crumbs=[HOME], data=data)


@router.get("/plans/{reference}.json")
@router.get("/orders/{reference}.json")
def plan_as_data(session: Reading, reference: str) -> PlanOut:
    """Return one plan or order with everything public about it."""
    plan = plan_with_everything(session, reference)
    return plan_of(plan, referendums_of_plan(session, plan))


@router.get("/plans/{reference}/policies.geojson")
def policies_as_map(session: Reading, reference: str) -> JSONResponse:
    """Return the policies that are about some land only, with their words."""
    found = plan_with_everything(session, reference)
    return collection(
        feature(policy.code, policy.geometry, {"code": policy.code, "title": policy.title, "text": policy.text})
        for policy in policies_of(session, found)
        if policy.geometry is not None
    )


@router.get("/plans/{reference}/map.geojson")
def plan_as_map(session: Reading, reference: str) -> JSONResponse:
    """Return the plan's area and the land of its policies as shapes that a map can show, points as discs."""
    found = plan_with_everything(session, reference)
    return collection(plan_shapes(found, policies_of(session, found)))


@router.get("/documents/{sha256}")
def document(state: CurrentState, session: Reading, sha256: str) -> Response:
    """Return a public document as a file to keep."""
    return download(document_store(state.settings), public_document(session, sha256))


@router.get("/plans/{reference}")
@router.get("/orders/{reference}")
def plan(request: Request, session: Reading, state: CurrentState, reference: str) -> Response:
    """Show one plan or order: its stages, its area, its vote and its place in the development plan."""
    found = plan_with_everything(session, reference)
    address = plan_path(found.reference, found.instrument)
    if request.url.path != address:
        return RedirectResponse(address, status_code=308)
    referendums = referendums_of_plan(session, found)
    held, policies = consultations_on(session, reference), policies_of(session, found)
    facts = {
        "plan": found,
        "word": word_for(found.instrument),
        "instrument": INSTRUMENT_WORDS[Instrument(found.instrument)],
        "stage": STAGE_WORDS[Stage(found.stage)],
        "points": timeline(found, referendums),
        "places": place_in_development_plan(found, dict(authority_names(session))),
        "is_in_force": any(entry.part_until is None for entry in found.entries),
        "referendums": referendums,
        "documents": [each for each in documents_of(session, reference) if each.is_public],
        "policies": policies,
        "invitations": invitations(held, state.clock.today()),
        "consultations": held_on(held),
        "papers": decisions_of(reference, found.instrument, stated=has_decision(found), made=is_making_decided(found)),
        "has_land": any(policy.geometry is not None for policy in policies),
        "examination": examination_of(session, found),
        "answers": ANSWER_WORDS,
        "recommends": RECOMMENDS_WORDS,
    }
    data = [("JSON", f"{address}.json"), ("Policies on a map (GeoJSON)", f"/plans/{reference}/policies.geojson")]
    return page(request, "plans/plan.html", facts, section="/plans", crumbs=[HOME, PLANS], data=data)
