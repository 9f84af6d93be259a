"""The register of neighbourhood groups as pages, and the forms with which a group keeps its entry."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel

from app.audit import Deed
from app.auth import ANYONE, GroupDeed
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError, NotFoundError, ServiceError
from app.models import NeighbourhoodGroup
from app.queries.groups import count_public_groups, groups_of, public_group, public_groups
from app.queries.places import land_of
from app.routing import Route
from app.schemas.groups import GroupOut, group_of
from app.scope import refuse_other_organisation
from app.services.groups import (
    GroupFacts,
    add_group,
    change_group,
    group_by_reference,
    publish_group,
    what_is_missing,
    withdraw_group,
)
from app.state import CurrentState, Reading, Writing
from app.web.form_page import Errors, form_page, see
from app.web.geojson import collection, feature
from app.web.page import HOME, page
from app.web.paging import numbered

router = APIRouter(route_class=Route, include_in_schema=False)

GROUPS = ("Groups", "/groups")
MINE = ("Your groups", "/groups/mine")


class GroupForm(BaseModel):
    """A group's entry as it is typed."""

    name: str = ""
    purpose: str = ""
    contact_name: str = ""
    contact_way: str = ""
    contact_agreed_on: str = ""
    ways_to_join: str = ""
    code_of_conduct_on: str = ""
    place: str = ""
    form_token: str = ""


_LONGEST = {"name": 200, "contact_name": 200, "contact_way": 200, "purpose": 4000, "ways_to_join": 4000, "place": 80}


@router.get("/groups.json", dependencies=[ANYONE])
def groups_as_data(session: Reading) -> list[GroupOut]:
    """Return the public groups."""
    return [group_of(each) for each in public_groups(session)]


@router.get("/groups.geojson", dependencies=[ANYONE])
def groups_as_map(session: Reading) -> JSONResponse:
    """Return where the public groups are."""
    return collection(_feature(each) for each in public_groups(session))


def _feature(group: NeighbourhoodGroup) -> dict[str, Any]:
    facts = {
        "reference": group.reference,
        "name": group.name,
        "standing": "designated",
        "status": group.organisation.name,
        "page": f"/groups/{group.reference}",
    }
    return feature(group.reference, group.geometry, facts)


@router.get("/groups", dependencies=[ANYONE])
def groups(request: Request, session: Reading) -> HTMLResponse:
    """Show the public register of neighbourhood groups."""
    shown = numbered(request, count_public_groups(session))
    facts = {"groups": public_groups(session, shown.part), "shown": shown}
    data = [("JSON", "/groups.json"), ("GeoJSON", "/groups.geojson")]
    return page(request, "groups/list.html", facts, section="/groups", crumbs=[HOME], data=data)


@router.get("/groups/mine")
def own_groups(request: Request, session: Reading, deed: GroupDeed) -> Response:
    """Show the entries of one's organisation, public or not."""
    return _own_page(request, session, deed)


def _own_page(
    request: Request, session: ReadSession | WriteSession, deed: Deed, *, errors: Errors = ()
) -> HTMLResponse:
    own = groups_of(session, deed.by.organisation)
    shown = numbered(request, len(own))
    facts = {"groups": [(each, what_is_missing(each)) for each in shown.cut(own)], "shown": shown}
    return form_page(request, "groups/mine.html", facts, errors=errors, section="/groups", crumbs=[HOME, GROUPS])


@router.get("/groups/new")
def new_group(request: Request, deed: GroupDeed) -> Response:
    """Show the form to enter a group."""
    return _form(request, deed, GroupForm(), None)


@router.post("/groups/new")
def enter_group(
    request: Request, state: CurrentState, session: Writing, deed: GroupDeed, typed: Annotated[GroupForm, Form()]
) -> Response:
    """Enter a group."""
    try:
        facts = _facts(session, typed, state.clock.today(), None)
        with session.begin_nested():
            entered = add_group(session, deed, deed.by.organisation, facts)
    except ServiceError as refusal:
        return _form(request, deed, typed, None, errors=_errors(refusal))
    return see(f"/groups/mine#{entered.reference}")


@router.get("/groups/{reference}.json", dependencies=[ANYONE])
def group_as_data(session: Reading, reference: str) -> GroupOut:
    """Return one public group."""
    return group_of(public_group(session, reference))


@router.get("/groups/{reference}.geojson", dependencies=[ANYONE])
def group_as_map(session: Reading, reference: str) -> JSONResponse:
    """Return where one public group is."""
    return collection([_feature(public_group(session, reference))])


@router.get("/groups/{reference}", dependencies=[ANYONE])
def group(request: Request, session: Reading, reference: str) -> HTMLResponse:
    """Show one public group."""
    facts = {"group": public_group(session, reference)}
    data = [("JSON", f"/groups/{reference}.json"), ("GeoJSON", f"/groups/{reference}.geojson")]
    return page(request, "groups/group.html", facts, section="/groups", crumbs=[HOME, GROUPS], data=data)


def _own(session: ReadSession | WriteSession, deed: Deed, reference: str) -> NeighbourhoodGroup:
    found = group_by_reference(session, reference)
    refuse_other_organisation(deed, {found.organisation.code}, f"The entry {reference}")
    return found


@router.get("/groups/{reference}/edit")
def edit_group(request: Request, session: Reading, deed: GroupDeed, reference: str) -> Response:
    """Show the form to change a group's entry."""
    found = _own(session, deed, reference)
    typed = {name: getattr(found, name) or "" for name in GroupForm.model_fields if name not in {"place", "form_token"}}
    return _form(request, deed, GroupForm(**{name: str(value) for name, value in typed.items()}), found)


@router.post("/groups/{reference}/edit")
def changed_group(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: GroupDeed,
    *,
    reference: str,
    typed: Annotated[GroupForm, Form()],
) -> Response:
    """Change a group's entry."""
    found = _own(session, deed, reference)
    try:
        facts = _facts(session, typed, state.clock.today(), found)
        with session.begin_nested():
            change_group(session, deed, reference, facts)
    except ServiceError as refusal:
        return _form(request, deed, typed, found, errors=_errors(refusal))
    return see("/groups/mine")


@router.post("/groups/{reference}/publish")
def published_group(request: Request, session: Writing, deed: GroupDeed, reference: str) -> Response:
    """Publish a group."""
    try:
        with session.begin_nested():
            publish_group(session, deed, reference)
    except ConflictError as refusal:
        return _own_page(request, session, deed, errors=[(reference, str(refusal))])
    return see(f"/groups/{reference}")


@router.post("/groups/{reference}/withdraw")
def withdrawn_group(
    request: Request,
    session: Writing,
    deed: GroupDeed,
    reference: str,
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Withdraw a group."""
    try:
        with session.begin_nested():
            withdraw_group(session, deed, reference, reason=reason)
    except InvalidRequestError as refusal:
        found = _own(session, deed, reference)
        typed = GroupForm(name=found.name)
        return _form(request, deed, typed, found, errors=[("reason", str(refusal))])
    return see("/groups/mine")


def _form(
    request: Request, deed: Deed, typed: GroupForm, found: NeighbourhoodGroup | None, *, errors: Errors = ()
) -> Response:
    facts = {"typed": typed, "group": found, "organisation": deed.by.organisation_name}
    return form_page(request, "groups/form.html", facts, errors=errors, section="/groups", crumbs=[HOME, GROUPS, MINE])


class _FieldError(InvalidRequestError):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def _errors(refusal: ServiceError) -> Errors:
    return [(getattr(refusal, "field", "name"), str(refusal))]


def _facts(session: WriteSession, typed: GroupForm, today: date, found: NeighbourhoodGroup | None) -> GroupFacts:
    for field, longest in _LONGEST.items():
        if len(getattr(typed, field)) > longest:
            raise _FieldError(field, f"That is longer than {longest} characters: shorten it.")
    if not typed.place.strip() and found is not None:
        area = found.geometry
    else:
        try:
            area = land_of(session, typed.place.strip(), today)
        except NotFoundError as refusal:
            raise _FieldError("place", str(refusal)) from refusal
    return GroupFacts(
        name=typed.name,
        purpose=typed.purpose,
        contact_name=typed.contact_name,
        contact_way=typed.contact_way,
        contact_agreed_on=_day(typed, "contact_agreed_on"),
        ways_to_join=typed.ways_to_join,
        code_of_conduct_on=_day(typed, "code_of_conduct_on"),
        area_bng=area,
    )


def _day(typed: GroupForm, field: str) -> date | None:
    text = getattr(typed, field).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise _FieldError(field, f"{text[:20]!r} is no date: write year, month and day, as in 2026-05-31.") from problem
