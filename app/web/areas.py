"""Neighbourhood areas as pages and as data."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from app.models import AreaApplication, NeighbourhoodArea
from app.queries.areas import area_with_everything, areas_on, count_areas_on, plans_of_area, refused_areas, status_by
from app.queries.consultations import consultations_on
from app.queries.forum_cases import forum_in_force, forums_of_area
from app.queries.standings import authority_names
from app.routing import Route
from app.schemas.areas import Area, AreaSummary, area_of, summary_of_area
from app.state import CurrentState, Reading
from app.web.cards import area_cards, card_of, legend_of
from app.web.days import OnDay
from app.web.geojson import collection, feature
from app.web.open_consultations import invitations
from app.web.page import HOME, on_query, page
from app.web.paging import numbered
from app.web.words import (
    APPLICANT_WORDS,
    INSTRUMENT_WORDS,
    ROUTE_WORDS,
    SEVERITY_TAGS,
    STAGE_WORDS,
    STANDING_TAGS,
    VERDICT_TAGS,
    Standing,
    plan_path,
)
from referendum.question import Instrument
from referendum.stages import Stage

router = APIRouter(route_class=Route, include_in_schema=False)

AREAS = ("Areas", "/areas")


@router.get("/areas.json")
def areas_as_data(session: Reading, on: OnDay) -> list[AreaSummary]:
    """Return every area on a day."""
    return [
        summary_of_area(area).model_copy(update={"status": status_by(line).value})
        for area, line in areas_on(session, on)
    ]


@router.get("/areas.geojson")
def areas_as_map(session: Reading, on: OnDay) -> JSONResponse:
    """Return every area's line on a day with what the map shows of it."""
    return collection(
        feature(
            card.reference,
            card.geometry_bng,
            {
                "reference": card.reference,
                "name": card.name,
                "standing": card.standing.value,
                "status": card.tag.text,
                "line": card.line,
                "page": f"/areas/{card.reference}",
            },
        )
        for card in area_cards(session, on)
    )


@router.get("/areas")
def areas(request: Request, session: Reading, state: CurrentState, on: OnDay) -> HTMLResponse:
    """List every area on a day."""
    shown = numbered(request, count_areas_on(session, on))
    cards, query = area_cards(session, on, shown.part), on_query(on, state.clock.today())
    refused = refused_areas(session, on)
    shown_refused = numbered(request, len(refused), "refused-page")
    facts = {
        "cards": cards,
        "shown": shown,
        "legend": legend_of(cards, shown.total),
        "refused": shown_refused.cut(refused),
        "shown_refused": shown_refused,
        "on": on,
        "today": state.clock.today(),
        "query": query,
    }
    data = [("JSON", f"/areas.json{query}"), ("GeoJSON", f"/areas.geojson{query}")]
    return page(request, "areas/list.html", facts, section="/areas", crumbs=[HOME], data=data)


@router.get("/areas/{reference}.json")
def area_as_data(session: Reading, reference: str) -> Area:
    """Return one area with everything public about it."""
    area = area_with_everything(session, reference)
    return area_of(area, plans_of_area(session, area))


@router.get("/areas/{reference}.geojson")
def area_as_map(session: Reading, reference: str) -> JSONResponse:
    """Return the area's line as it stands, or as it was applied for."""
    area = area_with_everything(session, reference)
    line = area.versions[-1] if area.versions else area.applications[-1]
    facts = {
        "reference": area.reference,
        "name": area.name,
        "standing": _standing(area).value,
        "status": STANDING_TAGS[_standing(area)].text,
        "page": f"/areas/{area.reference}",
    }
    return collection([feature(area.reference, line.geometry, facts)])


def _standing(area: NeighbourhoodArea) -> Standing:
    return Standing(area.status)


def _verdict(application: AreaApplication) -> dict[str, object]:
    verdict = application.verdict
    return {
        "tag": VERDICT_TAGS.get(verdict.get("verdict", "")),
        "route": ROUTE_WORDS.get(application.route),
        "findings": [(SEVERITY_TAGS[each["severity"]], each) for each in verdict.get("findings", ())],
        "parishes": verdict.get("parishes", ()),
        "authorities": verdict.get("authorities", ()),
        "overlaps": verdict.get("overlaps", ()),
        "area_ha": verdict.get("area_ha"),
    }


@router.get("/areas/{reference}")
def area(request: Request, session: Reading, state: CurrentState, reference: str) -> HTMLResponse:
    """Show one area: where it stands, its line, its application and verdict, its decisions and its plans."""
    found = area_with_everything(session, reference)
    plans, today = plans_of_area(session, found), state.clock.today()
    card = card_of(session, found, today)
    facts = {
        "area": area_of(found, plans),
        "card": card,
        "tag": card.tag if card else STANDING_TAGS[_standing(found)],
        "verdicts": [_verdict(each) for each in found.applications],
        "authority_names": authority_names(session),
        "applicant_words": APPLICANT_WORDS,
        "plans": [
            (
                plan,
                plan_path(plan.reference, plan.instrument),
                INSTRUMENT_WORDS[Instrument(plan.instrument)],
                STAGE_WORDS[Stage(plan.stage)],
            )
            for plan in plans
        ],
        "forums": [(each, forum_in_force(each, today)) for each in forums_of_area(session, found.id)],
        "invitations": invitations(consultations_on(session, reference), today),
        "today": today,
    }
    data = [("JSON", f"/areas/{reference}.json"), ("GeoJSON", f"/areas/{reference}.geojson")]
    return page(request, "areas/area.html", facts, section="/areas", crumbs=[HOME, AREAS], data=data)
