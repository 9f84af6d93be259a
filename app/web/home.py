"""The first page, and the map of all areas."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.queries.consultations import consultations_open_on
from app.queries.referendums import all_referendums
from app.routing import Route
from app.state import CurrentState, Reading
from app.web.cards import area_cards
from app.web.days import OnDay
from app.web.open_consultations import invitations
from app.web.page import on_query, page
from app.web.words import STANDING_TAGS, plan_path

router = APIRouter(route_class=Route, include_in_schema=False)


@router.get("/")
def home(request: Request, session: Reading, state: CurrentState, on: OnDay) -> HTMLResponse:
    """Show what Folkmoot is, every area on a map and in a list, the next votes, and a way to ask about a place."""
    cards = area_cards(session, on)
    today = state.clock.today()
    coming = [each for each in reversed(all_referendums(session)) if each.poll_date >= on and each.declaration is None]
    query = on_query(on, today)
    facts = {
        "cards": cards,
        "legend": [(key, tag) for key, tag in STANDING_TAGS.items() if any(card.standing is key for card in cards)],
        "coming": [(each, plan_path(each.plan.reference, each.plan.instrument)) for each in coming],
        "invitations": invitations(consultations_open_on(session, on), on),
        "on": on,
        "today": today,
        "query": query,
    }
    data = [("Areas as JSON", f"/areas.json{query}"), ("Areas as GeoJSON", f"/areas.geojson{query}")]
    return page(request, "home.html", facts, section="/", data=data)
