"""The first page, and the map of all areas."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.queries.areas import count_areas_on
from app.queries.consultations import consultations_open_on
from app.queries.parts import Part
from app.queries.referendums import votes_coming
from app.routing import Route
from app.state import CurrentState, Reading
from app.web.cards import area_cards, legend_of
from app.web.days import OnDay
from app.web.open_consultations import invitations
from app.web.page import on_query, page
from app.web.paging import ROWS
from app.web.words import plan_path

router = APIRouter(route_class=Route, include_in_schema=False)

_FIRST, _A_FEW = Part(limit=ROWS), Part(limit=5)


@router.get("/")
def home(request: Request, session: Reading, state: CurrentState, on: OnDay) -> HTMLResponse:
    """Show what Folkmoot is, every area on a map and in a list, the next votes, and a way to ask about a place."""
    total, cards = count_areas_on(session, on), area_cards(session, on, _FIRST)
    today = state.clock.today()
    coming = votes_coming(session, on, _A_FEW)
    open_now = consultations_open_on(session, on, _A_FEW)
    query = on_query(on, today)
    facts = {
        "cards": cards,
        "total": total,
        "legend": legend_of(cards, total),
        "coming": [(each, plan_path(each.plan.reference, each.plan.instrument)) for each in coming],
        "invitations": invitations(open_now, on),
        "on": on,
        "today": today,
        "query": query,
    }
    data = [("Areas as JSON", f"/areas.json{query}"), ("Areas as GeoJSON", f"/areas.geojson{query}")]
    return page(request, "home.html", facts, section="/", data=data)
