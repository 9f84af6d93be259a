"""Consultations: look at them, open one, enter what came on paper, publish what was said."""

from http import HTTPStatus

from fastapi import APIRouter

from app.api.pages import AskedPage
from app.auth import ANYONE, RepresentationsDeed
from app.errors import InvalidRequestError
from app.queries.consultations import consultations
from app.routing import Route
from app.schemas.consultations import (
    AnsweredIn,
    ConsultationIn,
    ConsultationOut,
    ConsultationWithSaid,
    PassingIn,
    ReceiptOut,
    RepresentationIn,
    consultation_out,
    receipt_of,
    with_said,
)
from app.scope import refuse_other_organisation
from app.secrets import service_secret
from app.services.consultations import Opening, consultation_of, open_consultation
from app.services.messages import tell_respondents
from app.services.representations import Channel, Received, Said, receive, representation_of
from app.services.representations_publishing import Passing, answer_representation, pass_representation
from app.state import CurrentState, Reading, Writing

router = APIRouter(route_class=Route, tags=["consultations"])
_ONE = "/consultations/{subject}/{kind}"


@router.get("/consultations", summary="Every consultation", dependencies=[ANYONE])
def list_consultations(session: Reading, page: AskedPage) -> list[ConsultationOut]:
    """Return every consultation, the last to close first."""
    shown = page.cut(lambda part: consultations(session, part), lambda held: (held.closes_on.isoformat(), held.id))
    return [consultation_out(held) for held in shown]


@router.get(_ONE, summary="One consultation, with what was published of it", dependencies=[ANYONE])
def get_consultation(session: Reading, subject: str, kind: str) -> ConsultationWithSaid:
    """Return the latest consultation of a kind on a subject."""
    return with_said(consultation_of(session, subject, kind))


@router.post("/consultations", status_code=HTTPStatus.CREATED, summary="Open a consultation")
def open_one(session: Writing, deed: RepresentationsDeed, asked: ConsultationIn) -> ConsultationOut:
    """Open a consultation, at least six weeks long."""
    return consultation_out(open_consultation(session, deed, Opening(**asked.model_dump())))


@router.post(f"{_ONE}/representations", status_code=HTTPStatus.CREATED, summary="Enter what came on paper")
def enter(
    state: CurrentState,
    session: Writing,
    deed: RepresentationsDeed,
    *,
    subject: str,
    kind: str,
    asked: RepresentationIn,
) -> ReceiptOut:
    """Enter a representation that came on paper; it is sealed and waits to be passed."""
    held = consultation_of(session, subject, kind)
    refuse_other_organisation(deed, set(held.held_by), f"The consultation on {subject}")
    if (asked.easting is None) != (asked.northing is None):
        raise InvalidRequestError("A place needs both easting and northing: give both or neither.")
    place = (asked.easting, asked.northing) if asked.easting is not None and asked.northing is not None else None
    received = Received(
        said=Said(name=asked.name, contact=asked.contact, text=asked.text),
        channel=Channel.PAPER,
        received_on=asked.received_on,
        wants_notice=asked.wants_notice,
        policy=asked.policy,
        place_bng=place,
    )
    return receipt_of(receive(session, deed, held, received, secret=service_secret(state.settings)))


@router.post(f"{_ONE}/representations/{{number}}/publication", summary="Publish or withhold a representation")
def publish(
    session: Writing, deed: RepresentationsDeed, *, subject: str, kind: str, number: int, asked: PassingIn
) -> ReceiptOut:
    """Publish a representation without what is personal, or say why it is withheld."""
    row = representation_of(session, deed, consultation_of(session, subject, kind), number)
    return receipt_of(pass_representation(session, deed, row, Passing(**asked.model_dump())))


@router.post(f"{_ONE}/representations/{{number}}/answer", summary="Say what was done about a representation")
def answer(
    session: Writing, deed: RepresentationsDeed, *, subject: str, kind: str, number: int, asked: AnsweredIn
) -> ReceiptOut:
    """Say what was done about a representation; everyone can read it."""
    row = representation_of(session, deed, consultation_of(session, subject, kind), number)
    return receipt_of(answer_representation(session, deed, row, asked.answer))


@router.post(f"{_ONE}/told", summary="Note that everyone who asked has been told of the decision")
def told(session: Writing, deed: RepresentationsDeed, *, subject: str, kind: str) -> dict[str, int]:
    """Note that everyone who asked has been told of the decision; returns how many that was."""
    return {"told": tell_respondents(session, deed, consultation_of(session, subject, kind))}
