"""The business voting register as pages: the list of ratepayers, premises to place, registrations, counts kept."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel

from app.auth import BusinessDeed
from app.clock import LONDON
from app.electors_uploads import HeldFiles
from app.errors import NotFoundError, ServiceError
from app.models import Referendum
from app.queries.electorates import frozen_electorates
from app.routing import Route
from app.secrets import address_secret
from app.services.business_counts import freeze_business, frozen_business, whole_expenses_limit
from app.services.business_lists import business_calendar, import_ratepayers, list_state_date, place_hereditament
from app.services.business_registrations import (
    LONGEST_REFERENCE,
    RegistrationFacts,
    register_business,
    strike_registration,
)
from app.services.business_standing import BusinessStanding, business_standing
from app.state import CurrentState, Reading, Writing
from app.web.electorate_page import AnySession, officer_page, own_poll
from app.web.fields import FieldError, errors_of, no_longer_than, optional_day, typed_day
from app.web.form_page import Errors, see
from geo.errors import GeoError
from referendum.business_voters import BusinessBar, registration_deadline

router = APIRouter(route_class=Route, include_in_schema=False)

BAR_WORDS = {
    BusinessBar.NOT_A_HOLDER: "No business with premises in the area has this account",
    BusinessBar.TOO_LATE: "The forms came too late",
    BusinessBar.NOT_A_RATEPAYER: "No longer liable on polling day",
    BusinessBar.UNDER_18: "The named voter is under 18 on polling day",
    BusinessBar.NATIONALITY: "The named voter has no right to vote by nationality",
    BusinessBar.SECOND_FOR_HOLDER: "The business is registered already: it has one vote",
}
_SHOWN = 100
Text = Annotated[str, Form(max_length=2000)]


class RegistrationForm(BaseModel):
    """Both forms of one holder, as typed."""

    holder: str = ""
    voter: str = ""
    born_on: str = ""
    citizen: str = ""
    received_on: str = ""
    received_time: str = ""
    polling_place: str = ""
    left_on: str = ""
    form_token: str = ""


@router.get("/electorate/{reference}/business")
def business(request: Request, session: Reading, state: CurrentState, deed: BusinessDeed, reference: str) -> Response:
    """Show the business voting register as it stands, and what is left to do for it."""
    return _page(request, session, own_poll(session, deed, reference), state.clock.now())


def _page(
    request: Request,
    session: AnySession,
    poll: Referendum,
    at: datetime,
    *,
    typed: RegistrationForm | None = None,
    errors: Errors = (),
) -> Response:
    if not poll.has_business_poll:
        raise NotFoundError(f"{poll.reference} has no business poll: its area is not a business area.")
    standing = business_standing(session, poll, at)
    calendar = business_calendar(at)
    facts = {
        "standing": standing,
        "to_place": _to_place(standing),
        "state_on": list_state_date(poll.poll_date, calendar),
        "deadline": registration_deadline(calendar, poll.poll_date),
        "bar_words": {bar: BAR_WORDS[bar] for bar in BusinessBar},
        "counts": {name: frozen_business(session, poll, name) for name in ("E0", "E2")},
        "residents": frozen_electorates(session, poll).get("E0"),
        "limit": whole_expenses_limit(session, poll),
        "typed": typed or RegistrationForm(received_time="17:00"),
        "shown": _SHOWN,
    }
    crumb = ("Business voters", f"/electorate/{poll.reference}/business")
    return officer_page(request, "business", facts, poll=poll, errors=errors, crumbs=[crumb])


def _to_place(standing: BusinessStanding | None) -> list[object]:
    """Return the premises whose place nobody knows yet."""
    if standing is None:
        return []
    open_places = {"undecided", "unplaced"}
    return [line for line in standing.listed.liabilities if (line.decided or line.placed) in open_places]


@router.post("/electorate/{reference}/business/list")
def list_sent(
    request: Request,
    session: Writing,
    state: CurrentState,
    deed: BusinessDeed,
    *,
    reference: str,
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Take the billing authority's list."""
    poll = own_poll(session, deed, reference)
    try:
        if file is None or not file.filename:
            raise FieldError("file", "Choose the list of ratepayers.")
        held = HeldFiles([file])
        try:
            with session.begin_nested():
                _import(session, state, deed, reference, held.paths[0])
        finally:
            held.close()
    except (ServiceError, GeoError) as refusal:
        return _page(request, session, poll, state.clock.now(), errors=[("file", str(refusal))])
    return see(f"/electorate/{reference}/business")


def _import(session: Writing, state: CurrentState, deed: BusinessDeed, reference: str, path: Path) -> None:
    import_ratepayers(session, deed, reference, path, secret=address_secret(state.settings))


@router.post("/electorate/{reference}/business/premises")
def premises_placed(
    request: Request,
    session: Writing,
    state: CurrentState,
    deed: BusinessDeed,
    *,
    reference: str,
    position: Annotated[int, Form()] = -1,
    decision: Text = "",
    reason: Text = "",
) -> Response:
    """Keep where one line's premises lie."""
    poll = own_poll(session, deed, reference)
    field = f"reason-{position}"
    try:
        if decision not in {"in", "out"}:
            raise FieldError(field, "Say whether the premises are in the area or outside it.")
        with session.begin_nested():
            inside = decision == "in"
            place_hereditament(session, deed, reference, position=position, is_in_area=inside, reason=reason)
    except ServiceError as refusal:
        return _page(request, session, poll, state.clock.now(), errors=errors_of(refusal, field))
    return see(f"/electorate/{reference}/business#premises")


@router.post("/electorate/{reference}/business/registrations")
def registered(
    request: Request,
    session: Writing,
    state: CurrentState,
    deed: BusinessDeed,
    *,
    reference: str,
    typed: Annotated[RegistrationForm, Form()],
) -> Response:
    """Enter both forms of one holder."""
    poll = own_poll(session, deed, reference)
    try:
        facts = _facts(typed)
        with session.begin_nested():
            register_business(session, deed, reference, facts)
    except ServiceError as refusal:
        errors = errors_of(refusal, "holder")
        return _page(request, session, poll, state.clock.now(), typed=typed, errors=errors)
    return see(f"/electorate/{reference}/business#registrations")


def _facts(typed: RegistrationForm) -> RegistrationFacts:
    if typed.citizen not in {"yes", "no"}:
        raise FieldError("citizen", "Say whether the named voter has the right to vote by nationality.")
    return RegistrationFacts(
        holder=no_longer_than("holder", typed.holder, LONGEST_REFERENCE),
        voter=no_longer_than("voter", typed.voter, LONGEST_REFERENCE),
        born_on=typed_day("born_on", typed.born_on),
        is_qualifying_citizen=typed.citizen == "yes",
        received_at=_moment(typed),
        polling_place=no_longer_than("polling_place", typed.polling_place, 200),
        left_on=optional_day("left_on", typed.left_on),
    )


def _moment(typed: RegistrationForm) -> datetime:
    day = typed_day("received_on", typed.received_on)
    try:
        hour = datetime.strptime(typed.received_time.strip(), "%H:%M").time()  # noqa: DTZ007 - a time of day alone
    except ValueError as problem:
        raise FieldError("received_time", "Write the time as hours and minutes, for example 16:30.") from problem
    return datetime.combine(day, hour, tzinfo=LONDON)


@router.post("/electorate/{reference}/business/struck")
def struck(
    request: Request,
    session: Writing,
    state: CurrentState,
    deed: BusinessDeed,
    *,
    reference: str,
    number: Annotated[int, Form()] = 0,
    reason: Text = "",
) -> Response:
    """Strike a registration out."""
    poll = own_poll(session, deed, reference)
    try:
        with session.begin_nested():
            strike_registration(session, deed, reference, number=number, reason=reason)
    except ServiceError as refusal:
        return _page(request, session, poll, state.clock.now(), errors=errors_of(refusal, f"struck-{number}"))
    return see(f"/electorate/{reference}/business#registrations")


@router.post("/electorate/{reference}/business/freeze")
def business_frozen(
    request: Request, session: Writing, state: CurrentState, deed: BusinessDeed, *, reference: str, snapshot: Text = ""
) -> Response:
    """Keep a count of the business register for ever."""
    poll = own_poll(session, deed, reference)
    try:
        with session.begin_nested():
            freeze_business(session, deed, reference, snapshot=snapshot)
    except ServiceError as refusal:
        return _page(request, session, poll, state.clock.now(), errors=errors_of(refusal, "kept"))
    return see(f"/electorate/{reference}/business#kept")
