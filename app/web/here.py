"""What applies here: one place, one day."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse

from app.addresses import public_address
from app.db import ReadSession
from app.errors import InvalidRequestError
from app.queries.asked_places import KIND_WORDS, AskedPlace, asked_place, one_place
from app.queries.here import Here, what_applies
from app.queries.place_search import FoundPlace
from app.routing import Route
from app.schemas.development_plan import draft_of, part_of
from app.schemas.here import HereOut, here_of
from app.state import CurrentState, Reading
from app.templating import short_date
from app.web.cards import cards_of
from app.web.days import read_day
from app.web.development_plan import proposal_path, tag_of
from app.web.form_page import Errors
from app.web.page import HOME, on_query, page
from app.web.words import STAGE_WORDS

router = APIRouter(route_class=Route, include_in_schema=False)


_LONGEST = 200


def _asked_about(point: str | None = None, place: str | None = None) -> str | None:
    """The place that is asked about, by either of its names in an address; None where neither is there."""
    asked = place if point is None or (place is not None and not point.strip()) else point
    return None if asked is None else asked[:_LONGEST]


Asked = Annotated[str | None, Depends(_asked_about)]


@router.get("/here.json")
def here_as_data(session: Reading, state: CurrentState, point: Asked, on: str = "") -> HereOut:
    """Return what applies at a place on a day."""
    day = read_day(on) or state.clock.today()
    return here_of(what_applies(session, one_place(session, point or "", day).point_bng, day))


@router.get("/here.geojson")
def here_as_map(session: Reading, state: CurrentState, point: Asked, on: str = "") -> JSONResponse:
    """Return the place as a point."""
    place = one_place(session, point or "", read_day(on) or state.clock.today())
    facts = {"name": "The place you asked about", "standing": "place"}
    where = {"type": "Point", "coordinates": list(place.lonlat)}
    return JSONResponse(
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": facts, "geometry": where}]},
        media_type="application/geo+json",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed, as far as it could be read, and what is wrong with it."""

    asked: AskedPlace | None
    on: date
    errors: Errors


def _read(session: ReadSession, point: str, on: str, today: date) -> _Typed:
    errors, day, asked = [], today, None
    try:
        day = read_day(on) or today
    except InvalidRequestError as problem:
        errors.append(("on", str(problem)))
    try:
        asked = asked_place(session, point, day)
    except InvalidRequestError as problem:
        errors.insert(0, ("point", str(problem)))
    return _Typed(asked=asked, on=day, errors=errors)


@router.get("/here")
def here(request: Request, session: Reading, state: CurrentState, point: Asked, on: str = "") -> HTMLResponse:
    """Ask about a place, and show what applies there; what cannot be read comes back with what was typed."""
    today = state.clock.today()
    facts: dict[str, object] = {"point": point or "", "on_text": on, "errors": [], "answer": None, "choices": []}
    if point is None and not on:
        return _page(request, facts)
    typed = _read(session, point or "", on, today)
    if typed.errors or typed.asked is None:
        return _page(request, facts | {"errors": typed.errors}, status=422)
    if typed.asked.place is None:
        return _page(request, facts | {"choices": [_choice(each, typed.on) for each in typed.asked.choices]})
    found = what_applies(session, typed.asked.place.point_bng, typed.on)
    answer = _answer(session, found, typed.asked, today) | {"place": typed.asked.place}
    whole = public_address(request, state.settings, str(answer["address"]))
    answer |= {"whole_address": whole, "mail": _mail(found, whole)}
    return _page(request, facts | {"answer": answer}, query=request.url.query)


def _choice(each: FoundPlace, on: date) -> tuple[str, str, str]:
    return each.name, KIND_WORDS.get(each.kind, ""), lasting_address(each.point_bng, on)


def lasting_address(point_bng: tuple[float, float], on: date) -> str:
    """Return the address at which the answer for a point on a day is found, whenever it is opened."""
    east, north = point_bng
    place = f"{east:.2f}".rstrip("0").rstrip(".") + "," + f"{north:.2f}".rstrip("0").rstrip(".")
    return f"/here?{urlencode({'point': place, 'on': on.isoformat()}, safe=',')}"


def _answer(session: ReadSession, found: Here, asked: AskedPlace, today: date) -> dict[str, object]:
    on = found.on
    cards = {card.reference: card for card in cards_of(session, found.lines, on)}
    return {
        "easting": round(found.point_bng.x),
        "northing": round(found.point_bng.y),
        "name": asked.found.name if asked.found is not None else "",
        "inside": KIND_WORDS[asked.found.kind] if asked.found is not None and asked.is_inside else "",
        "on": on,
        "is_today": on == today,
        "day_query": on_query(on, today),
        "address": lasting_address((found.point_bng.x, found.point_bng.y), on),
        "authorities": found.authorities,
        "parishes": found.parishes,
        "areas": [(area, cards.get(area.reference)) for area in found.areas],
        "plans": [(part_of(part, on), tag_of(part, on)) for part in found.plans],
        "orders": [(part_of(part, on), tag_of(part, on)) for part in found.orders],
        "drafts": [(draft_of(each), proposal_path(each), STAGE_WORDS[each.stage].tag) for each in found.drafts],
        "referendums": found.referendums,
    }


def _mail(found: Here, address: str) -> str:
    """Return the link that begins a message with the answer's lasting address in it."""
    what = f"What applies at {found.point_bng.x:.0f}, {found.point_bng.y:.0f} on {short_date(found.on)}"
    return f"mailto:?{urlencode({'subject': what, 'body': f'{what}: {address}'}, quote_via=quote)}"


def _page(request: Request, facts: dict[str, object], *, query: str = "", status: int = 200) -> HTMLResponse:
    data = [("JSON", f"/here.json?{query}"), ("GeoJSON", f"/here.geojson?{query}")] if query else []
    return page(request, "here/here.html", facts, section="/here", crumbs=[HOME], data=data, status=status)
