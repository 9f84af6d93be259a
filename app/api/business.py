"""The business voting register for programs of the electoral office: the list, premises, registrations, counts."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, UploadFile

from app.auth import BusinessDeed
from app.electors_uploads import HeldFiles
from app.models import Referendum
from app.routing import Route
from app.schemas import business as shapes
from app.secrets import address_secret
from app.services.business_counts import freeze_business
from app.services.business_lists import AnySession, business_poll, import_ratepayers, place_hereditament
from app.services.business_registrations import RegistrationFacts, register_business, strike_registration
from app.services.business_standing import business_standing
from app.state import CurrentState, Reading, Writing

router = APIRouter(route_class=Route, tags=["business voters"])
_BASE = "/referendums/{reference}/business-register"
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def _register(session: AnySession, poll: Referendum, at: datetime) -> shapes.RegisterOut:
    return shapes.register_of(poll, business_standing(session, poll, at))


@router.get(_BASE, summary="The business voting register as it stands")
def get_register(session: Reading, deed: BusinessDeed, reference: str) -> shapes.RegisterOut:
    """Return the counts of the register, the premises still to be placed, and every registration; no name."""
    return _register(session, business_poll(session, deed, reference), deed.at)


@router.post(f"{_BASE}/lists", status_code=HTTPStatus.CREATED, summary="Send the list of ratepayers")
def post_list(
    session: Writing, state: CurrentState, deed: BusinessDeed, reference: str, file: UploadFile
) -> shapes.ListOut:
    """Store the billing authority's list; it takes the place of the list before."""
    held = HeldFiles([file])
    try:
        secret = address_secret(state.settings)
        return shapes.list_of(import_ratepayers(session, deed, reference, held.paths[0], secret=secret))
    finally:
        held.close()


@router.post(f"{_BASE}/premises", summary="Decide where premises lie")
def post_premises(session: Writing, deed: BusinessDeed, reference: str, asked: shapes.PremisesIn) -> shapes.RegisterOut:
    """Decide, for a reason, whether the premises of one line lie in the area; the register as it then stands."""
    place_hereditament(session, deed, reference, **asked.model_dump())
    return _register(session, business_poll(session, deed, reference), deed.at)


@router.post(f"{_BASE}/registrations", status_code=HTTPStatus.CREATED, summary="Register a business voter")
def post_registration(
    session: Writing, deed: BusinessDeed, reference: str, asked: shapes.RegistrationIn
) -> shapes.RegistrationOut:
    """Enter both forms of one holder; whether they carry a vote is worked out, and the register's counts tell it."""
    return shapes.registration_of(register_business(session, deed, reference, RegistrationFacts(**asked.model_dump())))


@router.post(f"{_BASE}/registrations/{{number}}/striking", summary="Strike a registration out")
def post_striking(
    session: Writing, deed: BusinessDeed, *, reference: str, number: Number, asked: shapes.StrikingIn
) -> shapes.RegistrationOut:
    """Strike a registration out for a reason; it stays, and carries no vote."""
    return shapes.registration_of(strike_registration(session, deed, reference, number=number, reason=asked.reason))


@router.post(f"{_BASE}/counts", status_code=HTTPStatus.CREATED, summary="Keep a count of the business register")
def post_count(session: Writing, deed: BusinessDeed, reference: str, asked: shapes.CountIn) -> shapes.CountOut:
    """Keep the counts of the business register for ever."""
    return shapes.CountOut.model_validate(freeze_business(session, deed, reference, snapshot=asked.snapshot))
