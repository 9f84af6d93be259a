"""What applies here: one place, one day."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from app.errors import InvalidRequestError
from app.queries.here import what_applies
from app.queries.standings import authority_names
from app.schemas.here import HereOut, here_of
from app.state import CurrentState, Reading
from app.web.cards import area_cards
from app.web.days import read_day
from app.web.page import HOME, page
from app.web.places import read_place
from app.web.words import INSTRUMENT_WORDS, plan_path
from referendum.question import Instrument

router = APIRouter(include_in_schema=False)


@router.get("/here.json")
def here_as_data(session: Reading, state: CurrentState, point: str = "", on: str = "") -> HereOut:
    """Return what applies at a place on a day."""
    day = read_day(on) or state.clock.today()
    return here_of(what_applies(session, read_place(point).point_bng, day))


@router.get("/here.geojson")
def here_as_map(point: str = "") -> JSONResponse:
    """Return the place as a point."""
    place = read_place(point)
    return JSONResponse(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": "The place you asked about", "standing": "place"},
                    "geometry": {"type": "Point", "coordinates": list(place.lonlat)},
                }
            ],
        },
        media_type="application/geo+json",
    )


@router.get("/here")
def here(
    request: Request, session: Reading, state: CurrentState, point: str | None = None, on: str = ""
) -> HTMLResponse:
    """Ask about a place, and show what applies there; what cannot be read comes back with what was typed."""
    facts: dict[str, object] = {"point": point or "", "on_text": on, "errors": [], "answer": None}
    if point is None and not on:
        return _page(request, facts)
    errors, place, day = [], None, state.clock.today()
    try:
        place = read_place(point or "")
    except InvalidRequestError as problem:
        errors.append(("point", str(problem)))
    try:
        day = read_day(on) or day
    except InvalidRequestError as problem:
        errors.append(("on", str(problem)))
    if errors or place is None:
        return _page(request, facts | {"errors": errors}, status=422)
    found = what_applies(session, place.point_bng, day)
    names = authority_names(session)
    standings = {card.reference: card for card in area_cards(session, day)} if found.areas else {}
    answer = {
        "easting": round(place.point_bng.x),
        "northing": round(place.point_bng.y),
        "place": place,
        "on": day,
        "is_today": day == state.clock.today(),
        "authorities": found.authorities,
        "parishes": found.parishes,
        "areas": [(area, standings.get(area.reference)) for area in found.areas],
        "in_force": [
            (
                each,
                plan_path(each.plan.reference, each.plan.instrument),
                INSTRUMENT_WORDS[Instrument(each.plan.instrument)],
                names.get(each.authority_code, each.authority_code),
            )
            for each in here_of(found).in_force
        ],
        "referendums": found.referendums,
    }
    return _page(request, facts | {"answer": answer}, query=request.url.query)


def _page(request: Request, facts: dict[str, object], *, query: str = "", status: int = 200) -> HTMLResponse:
    data = [("JSON", f"/here.json?{query}"), ("GeoJSON", f"/here.geojson?{query}")] if query else []
    return page(request, "here/here.html", facts, section="/here", crumbs=[HOME], data=data, status=status)
