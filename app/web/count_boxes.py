"""A box that differs from its account, followed up step by step; and the statement of verification."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.auth import CountDeed
from app.errors import InvalidRequestError, ServiceError
from app.routing import Route
from app.services.counts import Part
from app.services.counts_verification import (
    agree_cause,
    draw_up_statement,
    propose_cause,
    statement_document,
    take_box_step,
)
from app.state import Reading, Writing
from app.web.count_page import CountRequest, count_request, own_portion, read_figures
from app.web.count_words import BOX_WORDS, CAUSE_WORDS, STEP_DONE, STEP_WORDS
from app.web.form_page import Errors, see
from referendum.errors import ReferendumError
from referendum.verification import CauseKind, Step

router = APIRouter(route_class=Route, include_in_schema=False)
_BOX = "/count/{reference}/parts/{number}/boxes/{sheet}"
_STATEMENT = "/count/{reference}/parts/{number}/verification"
Text = Annotated[str, Form(max_length=5000)]


@router.get(_BOX)
def box(request: Request, session: Reading, deed: CountDeed, *, reference: str, number: int, sheet: str) -> Response:
    """Show one box: its account, what was found, what was done about the difference, and what to do next."""
    return _box_page(count_request(request, session, deed, reference), number, sheet)


def _box_page(
    asked: CountRequest, number: int, sheet: str, *, errors: Errors = (), note: str = "", kind: str = ""
) -> Response:
    stands = own_portion(asked, number)
    held = stands.box(sheet)
    facts = {
        "portion": stands,
        "box": held,
        "words": BOX_WORDS[held.verification.state],
        "steps": [(STEP_DONE[taken.step], taken) for taken in held.verification.steps],
        "all_steps": [(step.value, STEP_WORDS[step]) for step in Step],
        "next_step": held.verification.next_step,
        "causes": [(each.value, CAUSE_WORDS[each]) for each in CauseKind],
        "proposed_words": CAUSE_WORDS[CauseKind(held.proposed.kind)] if held.proposed else "",
        "cause_words": CAUSE_WORDS[held.verification.cause.kind] if held.verification.cause else "",
        "note": note,
        "kind": kind,
        "address": f"{asked.base}/parts/{number}/boxes/{sheet}",
    }
    return asked.page("box.html", facts, errors=errors)


@router.post(_BOX + "/steps")
def stepped(
    request: Request,
    session: Writing,
    deed: CountDeed,
    *,
    reference: str,
    number: int,
    sheet: str,
    step: Annotated[Step | None, Form()] = None,
    found: Text = "",
    seen_steps: Annotated[int | None, Form(ge=0)] = None,
) -> Response:
    """Record a step."""
    asked = count_request(request, session, deed, reference)
    papers: int | None = None
    if step is None:
        return _box_page(asked, number, sheet, errors=[("step", "Choose what was done.")])
    if step is Step.RECOUNT_BOX:
        figures, errors = read_figures({"papers": found}, ["papers"], lambda _: "Papers found now")
        if errors:
            return _box_page(asked, number, sheet, errors=[("papers", errors[0][1])])
        papers = figures["papers"]
    try:
        with session.begin_nested():
            part = Part(reference=reference, number=number)
            take_box_step(session, deed, part, sheet, step, found=papers, seen_steps=seen_steps)
    except (ServiceError, ReferendumError) as refusal:
        return _box_page(asked, number, sheet, errors=[("step", str(refusal))])
    return see(f"{asked.base}/parts/{number}/boxes/{sheet}")


@router.post(_BOX + "/cause")
def caused(
    request: Request,
    session: Writing,
    deed: CountDeed,
    *,
    reference: str,
    number: int,
    sheet: str,
    kind: Annotated[CauseKind | None, Form()] = None,
    note: Text = "",
) -> Response:
    """Record the cause of a variance."""
    asked = count_request(request, session, deed, reference)
    try:
        if kind is None:
            raise InvalidRequestError("Choose what caused the difference.")
        with session.begin_nested():
            propose_cause(session, deed, Part(reference=reference, number=number), sheet, kind=kind, note=note)
    except (ServiceError, ReferendumError) as refusal:
        errors = [("kind", str(refusal))]
        return _box_page(asked, number, sheet, errors=errors, note=note, kind=kind.value if kind else "")
    return see(f"{asked.base}/parts/{number}/boxes/{sheet}")


@router.post(_BOX + "/agreement")
def agreed(request: Request, session: Writing, deed: CountDeed, *, reference: str, number: int, sheet: str) -> Response:
    """Agree to the cause that another person recorded."""
    try:
        with session.begin_nested():
            agree_cause(session, deed, Part(reference=reference, number=number), sheet)
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _box_page(asked, number, sheet, errors=[("agree", str(refusal))])
    return see(f"/count/{reference}")


@router.get(_STATEMENT)
def statement(request: Request, session: Reading, deed: CountDeed, *, reference: str, number: int) -> Response:
    """Show the statement of the result of verification, to draw up or, once drawn up, to print."""
    return _statement_page(count_request(request, session, deed, reference), number)


def _statement_page(asked: CountRequest, number: int, errors: Errors = ()) -> Response:
    stands = own_portion(asked, number)
    row = stands.row.statement
    facts = {"portion": stands, "row": row, "document": row.document if row else statement_document(stands)}
    return asked.page("statement.html", facts, errors=errors)


@router.post(_STATEMENT)
def drawn_up(request: Request, session: Writing, deed: CountDeed, *, reference: str, number: int) -> Response:
    """Draw up the statement."""
    try:
        with session.begin_nested():
            draw_up_statement(session, deed, Part(reference=reference, number=number))
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _statement_page(asked, number, errors=[("statement", str(refusal))])
    return see(f"/count/{reference}")
