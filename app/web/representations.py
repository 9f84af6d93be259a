"""What people said, to those who hold the consultation: read, key in from paper, publish or withhold, tell."""

import csv
import io
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.audit import Deed
from app.auth import RepresentationsDeed
from app.db import ReadSession, WriteSession
from app.errors import NotFoundError, ServiceError
from app.models import ConsultationHeld, Representation
from app.queries.consultations import consultations_on
from app.routing import Route
from app.scope import refuse_other_organisation
from app.secrets import service_secret
from app.services.comment_filing import FILED_AS
from app.services.consultations import address_of, consultation_of
from app.services.messages import messages_to_send, tell_respondents
from app.services.representations import Channel, Said, receive, representation_of, unsealed
from app.services.representations_publishing import Passing, answer_representation, pass_representation
from app.state import CurrentState, Reading, Writing
from app.web.consultations import ResponseForm, consultation_path, received_from
from app.web.fields import errors_of, typed_day
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME, Crumb
from referendum.consultations import KINDS, Consultation

router = APIRouter(route_class=Route, include_in_schema=False)

_ALL = "/cases/{subject}/representations"
_KIND = _ALL + "/{kind}"


class PaperForm(ResponseForm):
    """What is keyed in from paper."""

    received_on: str = ""


class PassingForm(BaseModel):
    """What an officer makes public of a representation, and what was done about it; each is sent by its own form."""

    text: str = ""
    published_as: str = ""
    withheld_because: str = ""
    answer: str = ""
    form_token: str = ""


def _address(subject: str) -> str:
    return f"/cases/{subject}/representations"


def _work(held: ConsultationHeld) -> str:
    return f"{_address(held.subject)}/{address_of(held)}"


def _crumbs(subject: str) -> list[Crumb]:
    return [HOME, ("Cases", "/cases"), (subject, f"/cases/{subject}"), ("What people said", _address(subject))]


def _held(session: ReadSession | WriteSession, deed: Deed, subject: str, kind: str) -> ConsultationHeld:
    held = consultation_of(session, subject, kind)
    refuse_other_organisation(deed, set(held.held_by), f"The consultation on {subject}")
    return held


@router.get(_ALL)
def representations(request: Request, session: Reading, deed: RepresentationsDeed, subject: str) -> Response:
    """Show every consultation on a subject with all that was said."""
    return representations_page(request, session, deed, subject)


def representations_page(
    request: Request, session: ReadSession | WriteSession, deed: Deed, subject: str, *, errors: Errors = ()
) -> Response:
    """Show those of the consultations on a subject that one holds, with all that was said in them.

    Raises:
        NotFoundError: there has been none.
        NotAllowedError: other organisations hold them all.
    """
    every = consultations_on(session, subject)
    if not every:
        raise NotFoundError(f"There has been no consultation on {subject}: check the reference.")
    found = [held for held in every if not deed.by.organisation or deed.by.organisation in held.held_by]
    if not found:
        refuse_other_organisation(
            deed, {code for held in every for code in held.held_by}, f"What was said on {subject}"
        )
    facts = {
        "subject": subject,
        "consultations": [
            (held, KINDS[Consultation(held.kind)], consultation_path(held), _work(held)) for held in found
        ],
        "to_send": {held.id: messages_to_send(session, held) for held in found},
        "filed_as": {held.id: FILED_AS.get(Consultation(held.kind), {}) for held in found},
        "waiting": sum(row.passed_at is None for held in found for row in held.representations),
    }
    crumbs = _crumbs(subject)[:-1]
    return form_page(request, "representations/list.html", facts, errors=errors, section="/cases", crumbs=crumbs)


@router.get(f"{_KIND}/paper")
def paper_form(request: Request, session: Reading, deed: RepresentationsDeed, subject: str, kind: str) -> Response:
    """Show the form to key in what came on paper."""
    return _paper(request, _held(session, deed, subject, kind), PaperForm())


def _paper(request: Request, held: ConsultationHeld, typed: PaperForm, *, errors: Errors = ()) -> Response:
    facts = {"held": held, "kind": KINDS[Consultation(held.kind)], "typed": typed, "work": _work(held)}
    crumbs = _crumbs(held.subject)
    return form_page(request, "representations/paper.html", facts, errors=errors, section="/cases", crumbs=crumbs)


@router.post(f"{_KIND}/paper")
def key_in(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: RepresentationsDeed,
    *,
    subject: str,
    kind: str,
    typed: Annotated[PaperForm, Form()],
) -> Response:
    """Key in what came on paper."""
    held = _held(session, deed, subject, kind)
    try:
        day = typed_day("received_on", typed.received_on)
        received = received_from(typed, Channel.PAPER, day)
        with session.begin_nested():
            row = receive(session, deed, held, received, secret=service_secret(state.settings))
    except ServiceError as refusal:
        return _paper(request, held, typed, errors=errors_of(refusal, "text"))
    return see(f"{_address(subject)}/{kind}/{row.number}")


@router.get(f"{_KIND}/told.csv")
def to_be_told(
    state: CurrentState, session: Reading, deed: RepresentationsDeed, *, subject: str, kind: str
) -> Response:
    """Return the messages still to be sent to those who asked to be told, each with how to reach them."""
    held, secret = _held(session, deed, subject, kind), service_secret(state.settings)
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(["number", "name", "contact", "heading", "message"])
    for message in messages_to_send(session, held):
        said = unsealed(message.representation, secret=secret)
        table.writerow([message.representation.number, said.name, said.contact, message.heading, message.text])
    headers = {"Content-Disposition": f'attachment; filename="{subject}-to-be-told.csv"', "Cache-Control": "no-store"}
    return Response(file.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.post(f"{_KIND}/told")
def told(session: Writing, deed: RepresentationsDeed, *, subject: str, kind: str) -> Response:
    """Note that every message has been sent."""
    tell_respondents(session, deed, _held(session, deed, subject, kind))
    return see(_address(subject))


@router.get(f"{_KIND}/{{number}}")
def representation(
    request: Request,
    state: CurrentState,
    session: Reading,
    deed: RepresentationsDeed,
    *,
    subject: str,
    kind: str,
    number: int,
) -> Response:
    """Show one representation as it came, beside what is to be public."""
    row = representation_of(session, deed, _held(session, deed, subject, kind), number)
    said = unsealed(row, secret=service_secret(state.settings))
    is_new = row.passed_at is None
    typed = PassingForm(
        text=said.text if is_new else row.published_text or "",
        published_as=row.published_as or "",
        withheld_because=row.withheld_because or "",
        answer=row.answer,
    )
    return _one(request, row, said, typed)


def _one(request: Request, row: Representation, said: Said, typed: PassingForm, *, errors: Errors = ()) -> Response:
    held = row.consultation
    kind, work = KINDS[Consultation(held.kind)], _work(held)
    facts = {"row": row, "said": said, "typed": typed, "held": held, "kind": kind, "work": work}
    crumbs = _crumbs(held.subject)
    return form_page(request, "representations/one.html", facts, errors=errors, section="/cases", crumbs=crumbs)


@router.post(f"{_KIND}/{{number}}")
def pass_it(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: RepresentationsDeed,
    *,
    subject: str,
    kind: str,
    number: int,
    typed: Annotated[PassingForm, Form()],
) -> Response:
    """Publish a representation, or withhold it."""
    row = representation_of(session, deed, _held(session, deed, subject, kind), number)
    passing = Passing(**typed.model_dump(exclude={"form_token", "answer"}))
    try:
        with session.begin_nested():
            pass_representation(session, deed, row, passing)
    except ServiceError as refusal:
        said = unsealed(row, secret=service_secret(state.settings))
        return _one(request, row, said, typed, errors=errors_of(refusal, "text"))
    return see(_address(subject))


@router.post(f"{_KIND}/{{number}}/answer")
def answer_it(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: RepresentationsDeed,
    *,
    subject: str,
    kind: str,
    number: int,
    typed: Annotated[PassingForm, Form()],
) -> Response:
    """Say what was done about a representation."""
    row = representation_of(session, deed, _held(session, deed, subject, kind), number)
    try:
        with session.begin_nested():
            answer_representation(session, deed, row, typed.answer)
    except ServiceError as refusal:
        said = unsealed(row, secret=service_secret(state.settings))
        kept = PassingForm(
            text=row.published_text or said.text,
            published_as=row.published_as or "",
            withheld_because=row.withheld_because or "",
            answer=typed.answer,
        )
        return _one(request, row, said, kept, errors=errors_of(refusal, "answer"))
    return see(_address(subject))
