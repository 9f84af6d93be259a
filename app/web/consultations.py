"""Consultations as everyone sees them, and the form with which anyone may say something."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel
from shapely import Point
from sqlalchemy import select

from app.audit import Actor, Deed
from app.auth import ANYONE, FROM_OUR_FORM
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, ServiceError
from app.models import ConsultationHeld, Plan
from app.queries.consultations import (
    consultations,
    consultations_closed_by,
    consultations_open_on,
    count_consultations,
)
from app.routing import Route
from app.schemas.consultations import ConsultationOut, ConsultationWithSaid, consultation_out, with_said
from app.secrets import service_secret
from app.services.comment_summaries import holders
from app.services.consultations import address_of, consultation_of
from app.services.policies import policies_of
from app.services.representations import LONGEST_TEXT, Channel, Received, Said, receive
from app.state import CurrentState, Reading, State, Writing
from app.typed_places import read_place
from app.web.fields import FieldError, errors_of, no_longer_than
from app.web.form_page import Errors, form_page, see
from app.web.geojson import collection, feature
from app.web.page import HOME, Crumb, page
from app.web.paging import numbered
from app.web.words import subject_path
from referendum.consultations import KINDS, Consultation, Kind, is_open

router = APIRouter(route_class=Route, include_in_schema=False)

CONSULTATIONS = ("Have your say", "/consultations")
_ONE = "/consultations/{subject}/{kind}"


class ResponseForm(BaseModel):
    """What someone types."""

    text: str = ""
    policy: str = ""
    place: str = ""
    name: str = ""
    contact: str = ""
    wants_notice: str = ""
    form_token: str = ""


def consultation_path(held: ConsultationHeld) -> str:
    """Return the address of a consultation's page."""
    return f"/consultations/{held.subject}/{address_of(held)}"


@router.get("/consultations.json", dependencies=[ANYONE])
def consultations_as_data(session: Reading) -> list[ConsultationOut]:
    """Return every consultation."""
    return [consultation_out(held) for held in consultations(session)]


@router.get("/consultations", dependencies=[ANYONE])
def consultation_list(request: Request, state: CurrentState, session: Reading) -> HTMLResponse:
    """Show what people can have their say on, and what closed."""
    today = state.clock.today()
    open_now, closed = count_consultations(session, today)
    shown_open, shown_closed = numbered(request, open_now, "open-page"), numbered(request, closed)
    facts = {
        "open": [_line(held) for held in consultations_open_on(session, today, shown_open.part)],
        "shown_open": shown_open,
        "closed": [_line(held) for held in consultations_closed_by(session, today, shown_closed.part)],
        "shown_closed": shown_closed,
    }
    data = [("JSON", "/consultations.json")]
    return page(request, "consultations/list.html", facts, section="/consultations", crumbs=[HOME], data=data)


def _line(held: ConsultationHeld) -> tuple[ConsultationHeld, Kind, str]:
    return held, KINDS[Consultation(held.kind)], consultation_path(held)


@router.get(f"{_ONE}.json", dependencies=[ANYONE])
def consultation_as_data(session: Reading, subject: str, kind: str) -> ConsultationWithSaid:
    """Return one consultation with what was published of it."""
    return with_said(consultation_of(session, subject, kind))


@router.get(f"{_ONE}.geojson", dependencies=[ANYONE])
def places_as_map(session: Reading, subject: str, kind: str) -> JSONResponse:
    """Return the places that published comments speak of."""
    return collection(_places(consultation_of(session, subject, kind)))


def _places(held: ConsultationHeld) -> list[dict[str, Any]]:
    return [
        feature(
            f"{held.subject}-{row.number}",
            Point(row.easting, row.northing),
            {"number": row.number, "text": row.published_text, "published_as": row.published_as},
        )
        for row in held.representations
        if row.published_text is not None and row.easting is not None and row.northing is not None
    ]


_MAPS = {"NA": "/areas/{}.geojson", "NP": "/plans/{}/map.geojson", "NO": "/plans/{}/map.geojson"}
_MAPS |= {"CO": _MAPS["NO"]}


def _facts(state: State, session: ReadSession | WriteSession, held: ConsultationHeld) -> dict[str, object]:
    today = state.clock.today()
    plan = session.scalars(select(Plan).where(Plan.reference == held.subject)).one_or_none()
    is_shown = plan is not None or held.subject.startswith("NA")
    return {
        "held": held,
        "holders": holders(session, held),
        "policies": policies_of(session, plan) if plan is not None else [],
        "map_address": _MAPS[held.subject[:2]].format(held.subject) if is_shown else "",
        "address": consultation_path(held),
        "kind": KINDS[Consultation(held.kind)],
        "about": subject_path(held.subject),
        "is_open": is_open(held.opens_on, held.closes_on, today),
        "is_over": today > held.closes_on,
        "withheld": sum(row.withheld_because is not None for row in held.representations),
    }


@router.get(_ONE, dependencies=[ANYONE])
def consultation(request: Request, state: CurrentState, session: Reading, subject: str, kind: str) -> HTMLResponse:
    """Show one consultation: what it asks, until when, and what people said."""
    held = consultation_of(session, subject, kind)
    path, facts = consultation_path(held), _facts(state, session, held)
    published = [row for row in held.representations if row.published_text is not None]
    shown = numbered(request, len(published))
    facts |= {"shown": shown, "published": shown.cut(published)}
    data = [("JSON", f"{path}.json"), ("Places as GeoJSON", f"{path}.geojson")]
    crumbs = [HOME, CONSULTATIONS]
    return page(
        request,
        "consultations/one.html",
        facts,
        section="/consultations",
        crumbs=crumbs,
        data=data,
    )


@router.get(f"{_ONE}/respond", dependencies=[ANYONE])
def response_form(
    request: Request, state: CurrentState, session: Reading, *, subject: str, kind: str, point: str = ""
) -> Response:
    """Show the form to say something, on a place where one was chosen on the map."""
    typed = ResponseForm(place=point[:80])
    return _form(request, state, session, consultation_of(session, subject, kind), typed)


def _form(
    request: Request,
    state: State,
    session: ReadSession | WriteSession,
    held: ConsultationHeld,
    typed: ResponseForm,
    *,
    errors: Errors = (),
) -> Response:
    crumbs: list[Crumb] = [HOME, CONSULTATIONS, (held.title, consultation_path(held))]
    facts = {**_facts(state, session, held), "typed": typed}
    return form_page(
        request, "consultations/respond.html", facts, errors=errors, section="/consultations", crumbs=crumbs
    )


@router.post(f"{_ONE}/respond", dependencies=[FROM_OUR_FORM])
def respond(
    request: Request,
    state: CurrentState,
    session: Writing,
    *,
    subject: str,
    kind: str,
    typed: Annotated[ResponseForm, Form()],
) -> Response:
    """Take in what someone says."""
    held = consultation_of(session, subject, kind)
    deed = Deed(by=Actor(name="A member of the public", role="public"), at=state.clock.now())
    try:
        received = received_from(typed, Channel.WEB, state.clock.today())
        with session.begin_nested():
            row = receive(session, deed, held, received, secret=service_secret(state.settings))
    except ServiceError as refusal:
        return _form(request, state, session, held, typed, errors=errors_of(refusal, "text"))
    return see(f"{consultation_path(held)}/thanks?number={row.number}")


def received_from(typed: ResponseForm, channel: Channel, received_on: date) -> Received:
    """Return what was typed as a representation.

    Raises:
        FieldError: a place that cannot be read, a line too long, or nowhere to tell someone who asks.
    """
    contact, wants_notice = no_longer_than("contact", typed.contact, 300), typed.wants_notice == "yes"
    if wants_notice and not contact:
        raise FieldError("contact", "To be told of the decision, give an email address or a postal address.")
    said = Said(
        name=no_longer_than("name", typed.name, 200),
        contact=contact,
        text=no_longer_than("text", typed.text, LONGEST_TEXT),
    )
    return Received(
        said=said,
        channel=channel,
        received_on=received_on,
        wants_notice=wants_notice,
        policy=no_longer_than("policy", typed.policy, 100),
        place_bng=typed_place(typed.place),
    )


def typed_place(text: str) -> tuple[float, float] | None:
    """Return the place that was typed, EPSG:27700 metres; None where none was.

    Raises:
        FieldError: it cannot be read as a place in England.
    """
    if not text.strip():
        return None
    try:
        point = read_place(text).point_bng
    except InvalidRequestError as refusal:
        raise FieldError("place", str(refusal)) from refusal
    return point.x, point.y


@router.get(f"{_ONE}/thanks", dependencies=[ANYONE])
def thanks(
    request: Request, state: CurrentState, session: Reading, *, subject: str, kind: str, number: int
) -> HTMLResponse:
    """Show that it has arrived, and what happens next."""
    held = consultation_of(session, subject, kind)
    facts = {**_facts(state, session, held), "number": number}
    return page(request, "consultations/thanks.html", facts, section="/consultations", crumbs=[HOME, CONSULTATIONS])
