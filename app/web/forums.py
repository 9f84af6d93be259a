"""Neighbourhood forums as everyone sees them, and the form with which a body applies to be one."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel

from app.audit import Deed
from app.auth import ANYONE, ApplyForumDeed
from app.db import ReadSession, WriteSession
from app.errors import NotFoundError, ServiceError
from app.models import Forum, ForumStatus, OrganisationKind
from app.queries.forum_cases import (
    count_forums,
    forum_authorities,
    forum_in_force,
    forum_with_everything,
    forums,
    line_of_area,
)
from app.routing import Route
from app.schemas.forums import ForumOut, forum_out
from app.services.forums import EXCLUSIVITY, ForumFacts, apply_for_forum
from app.services.organisations import LEAST_MEMBERS, organisation_by_code
from app.state import CurrentState, Reading, Writing
from app.web.fields import FieldError, errors_of, no_longer_than, optional_day, typed_day
from app.web.form_page import Errors, form_page, see
from app.web.geojson import collection, feature
from app.web.page import HOME, page
from app.web.paging import numbered
from app.web.words import Tag
from referendum.errors import ReferendumError
from referendum.forum_clocks import last_day

router = APIRouter(route_class=Route, include_in_schema=False)

FORUMS = ("Forums", "/forums")
STATUS_TAGS = {
    "applied": Tag(text="Applied", colour="yellow"),
    "designated": Tag(text="Designated", colour="green"),
    "expired": Tag(text="Expired", colour="grey"),
    "refused": Tag(text="Refused", colour="grey"),
    "declined": Tag(text="Not considered", colour="grey"),
    "ended": Tag(text="Ended", colour="grey"),
}


class ForumForm(BaseModel):
    """An application to be a forum, as it is typed."""

    area_reference: str = ""
    name: str = ""
    purpose: str = ""
    constitution: str = ""
    statement: str = ""
    contact_name: str = ""
    contact_way: str = ""
    contact_agreed_on: str = ""
    is_open_to_all: str = ""
    received_on: str = ""
    members: str = ""
    living: str = ""
    working: str = ""
    elected: str = ""
    form_token: str = ""


def status_tag(forum: ForumOut, on: date) -> Tag:
    """Return how a forum stands on a day; only its date says that it has expired."""
    is_over = forum.status == "designated" and forum.last_day is not None and on > forum.last_day
    return STATUS_TAGS["expired" if is_over else forum.status]


@router.get("/forums.json", dependencies=[ANYONE])
def forums_as_data(session: Reading) -> list[ForumOut]:
    """Return every forum."""
    return [forum_out(forum) for forum in forums(session)]


@router.get("/forums.geojson", dependencies=[ANYONE])
def forums_as_map(session: Reading, state: CurrentState) -> JSONResponse:
    """Return the area of every forum, and of every application to be one."""
    today = state.clock.today()
    return collection(_feature(forum, today) for forum in forums(session))


def _feature(forum: Forum, on: date) -> dict[str, Any]:
    facts = {
        "reference": forum.reference,
        "name": forum.name,
        "area": forum.area.reference,
        "standing": "applied" if forum.status == ForumStatus.APPLIED.value else "designated",
        "status": status_tag(forum_out(forum), on).text,
        "page": f"/forums/{forum.reference}",
    }
    return feature(forum.reference, line_of_area(forum.area), facts)


@router.get("/forums", dependencies=[ANYONE])
def forum_list(request: Request, state: CurrentState, session: Reading) -> HTMLResponse:
    """List the forums, and the applications to be one."""
    today = state.clock.today()
    shown = numbered(request, count_forums(session))
    found = [forum_out(forum) for forum in forums(session, shown.part)]
    facts = {"forums": [(each, status_tag(each, today)) for each in found], "shown": shown}
    data = [("JSON", "/forums.json"), ("GeoJSON", "/forums.geojson")]
    return page(request, "forums/list.html", facts, section="/areas", crumbs=[HOME], data=data)


@router.get("/forums/{reference}.json", dependencies=[ANYONE])
def forum_as_data(session: Reading, reference: str) -> ForumOut:
    """Return one forum."""
    return forum_out(forum_with_everything(session, reference))


@router.get("/forums/{reference}.geojson", dependencies=[ANYONE])
def forum_as_map(session: Reading, state: CurrentState, reference: str) -> JSONResponse:
    """Return the area of one forum."""
    return collection([_feature(forum_with_everything(session, reference), state.clock.today())])


@router.get("/forums/{reference}", dependencies=[ANYONE])
def forum(request: Request, state: CurrentState, session: Reading, reference: str) -> HTMLResponse:
    """Show one forum: its area, its five years, whom to ask, and the decisions on it."""
    found, today = forum_with_everything(session, reference), state.clock.today()
    shown = forum_out(found)
    facts = {
        "forum": shown,
        "area": found.area,
        "tag": status_tag(shown, today),
        "is_in_force": forum_in_force(found, today),
        "last_day": last_day(found.designated_on) if found.designated_on else None,
        "authority_names": forum_authorities(session, found),
        "exclusivity": EXCLUSIVITY,
        "today": today,
    }
    data = [("JSON", f"/forums/{reference}.json"), ("GeoJSON", f"/forums/{reference}.geojson")]
    return page(request, "forums/forum.html", facts, section="/areas", crumbs=[HOME, FORUMS], data=data)


@router.get("/apply/forum")
def new_forum(
    request: Request, state: CurrentState, session: Reading, deed: ApplyForumDeed, area: str = ""
) -> Response:
    """Show the form to apply to be a forum."""
    typed = ForumForm(area_reference=area[:9], received_on=state.clock.today().isoformat())
    return _form(request, session, deed, typed)


@router.post("/apply/forum")
def applied_forum(
    request: Request, session: Writing, deed: ApplyForumDeed, typed: Annotated[ForumForm, Form()]
) -> Response:
    """Apply to be a forum."""
    try:
        with session.begin_nested():
            made = apply_for_forum(session, deed, _facts(typed, _body(session, deed)))
    except NotFoundError as refusal:
        return _form(request, session, deed, typed, errors=[("area_reference", str(refusal))])
    except ServiceError as refusal:
        return _form(request, session, deed, typed, errors=errors_of(refusal, "name"))
    except ReferendumError as refusal:
        return _form(request, session, deed, typed, errors=[("area_reference", str(refusal))])
    return see(f"/forums/{made.reference}")


def _body(session: ReadSession | WriteSession, deed: Deed) -> str:
    """Return the code of the body that applies: one's own organisation where it is a forum."""
    if not deed.by.organisation:
        return ""
    own = organisation_by_code(session, deed.by.organisation)
    is_council = own.kind in {OrganisationKind.AUTHORITY.value, OrganisationKind.RELEVANT_COUNCIL.value}
    return "" if is_council else own.code


def _form(
    request: Request,
    session: ReadSession | WriteSession,
    deed: Deed,
    typed: ForumForm,
    *,
    errors: Errors = (),
) -> Response:
    code = _body(session, deed)
    body = organisation_by_code(session, code) if code else None
    present = [each for each in body.members if each.left_on is None] if body is not None else []
    facts = {"typed": typed, "body": body, "counted": len(present), "least": LEAST_MEMBERS}
    return form_page(request, "forums/apply.html", facts, errors=errors, section="/areas", crumbs=[HOME, FORUMS])


def _facts(typed: ForumForm, body: str) -> ForumFacts:
    stated: dict[str, Any] = {
        name: no_longer_than(name, getattr(typed, name), longest)
        for name, longest in (
            ("name", 200),
            ("purpose", 20_000),
            ("constitution", 20_000),
            ("statement", 20_000),
            ("contact_name", 200),
            ("contact_way", 200),
        )
    }
    stated |= {name: _number(name, getattr(typed, name)) for name in ("members", "living", "working", "elected")}
    return ForumFacts(
        area_reference=typed.area_reference.strip().upper(),
        organisation_code=body,
        contact_agreed_on=optional_day("contact_agreed_on", typed.contact_agreed_on),
        is_open_to_all=typed.is_open_to_all == "yes",
        received_on=typed_day("received_on", typed.received_on),
        **stated,
    )


def _number(field: str, text: str) -> int:
    if not text.strip():
        return 0
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 7):  # noqa: PLR2004 - people
        raise FieldError(field, "Write a number, such as 24.")
    return int(text)
