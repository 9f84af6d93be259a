"""The votes of one part: its figures to confirm, recounts, and its statements to the chief."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.auth import CountDeed
from app.errors import InvalidRequestError, ServiceError
from app.queries.counts import papers_verified, portion_with
from app.roles import Role
from app.routing import Route
from app.services.counts import Part
from app.services.counts_rounds import (
    answer_recount,
    authorise_portion,
    confirm_portion_round,
    give_final_statement,
)
from app.state import Reading, Writing
from app.web.count_page import CountRequest, count_request, own_portion
from app.web.count_words import FIGURE_WORDS, STATE_TAGS, round_words
from app.web.form_page import Errors, see
from referendum.errors import ReferendumError
from referendum.portions import StatementState

router = APIRouter(route_class=Route, include_in_schema=False)
_ROUND = "/count/{reference}/parts/{number}/round"
Text = Annotated[str, Form(max_length=5000)]
SeenRound = Annotated[int | None, Form(alias="round", ge=1)]


@router.get(_ROUND)
def figures(request: Request, session: Reading, deed: CountDeed, *, reference: str, number: int) -> Response:
    """Show the figures of the count under way, every count before it, and what may be done with them."""
    return _round_page(count_request(request, session, deed, reference), number)


def _round_page(
    asked: CountRequest, number: int, *, errors: Errors = (), asked_by: str = "", reason: str = ""
) -> Response:
    stands = own_portion(asked, number)
    values, row = stands.round_sheet.values, stands.row
    portion = portion_with(stands, values) if values is not None else None
    facts = {
        "portion": stands,
        "title": round_words(row.round),
        "values": None if values is None else [(FIGURE_WORDS[name], values[name]) for name in values],
        "counted": portion.papers_answered if portion else None,
        "verified": papers_verified(stands),
        "state": StatementState(row.state),
        "tag": STATE_TAGS[StatementState(row.state)],
        "before": [(round_words(held.number), held) for held in row.rounds],
        "asked_by": asked_by,
        "reason": reason,
        "is_chief": not asked.deed.by.organisation or asked.deed.by.role == Role.CHIEF_COUNTING_OFFICER,
        "address": f"{asked.base}/parts/{number}",
    }
    return asked.page("round.html", facts, errors=errors)


@router.post(_ROUND)
def confirmed(
    request: Request, session: Writing, deed: CountDeed, *, reference: str, number: int, seen_round: SeenRound = None
) -> Response:
    """Confirm the count under way."""
    try:
        with session.begin_nested():
            confirm_portion_round(session, deed, Part(reference=reference, number=number), round_number=seen_round)
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _round_page(asked, number, errors=[("confirm", str(refusal))])
    return see(f"/count/{reference}")


@router.post("/count/{reference}/parts/{number}/recount")
def recounted(
    request: Request,
    session: Writing,
    deed: CountDeed,
    *,
    reference: str,
    number: int,
    asked_by: Text = "",
    answer: Annotated[str, Form(max_length=10)] = "",
    reason: Text = "",
    seen_round: SeenRound = None,
) -> Response:
    """Record that a recount was asked for, and the answer."""
    try:
        if answer not in {"yes", "no"}:
            raise InvalidRequestError("Choose whether the papers are counted again.")
        with session.begin_nested():
            answer_recount(
                session,
                deed,
                Part(reference=reference, number=number),
                asked_by=asked_by,
                granted=answer == "yes",
                reason=reason,
                round_number=seen_round,
            )
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _round_page(asked, number, errors=[("asked_by", str(refusal))], asked_by=asked_by, reason=reason)
    return see(f"/count/{reference}")


@router.post("/count/{reference}/parts/{number}/authorisation")
def authorised(request: Request, session: Writing, deed: CountDeed, *, reference: str, number: int) -> Response:
    """Authorise, as the chief, a provisional statement."""
    try:
        with session.begin_nested():
            authorise_portion(session, deed, Part(reference=reference, number=number))
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _round_page(asked, number, errors=[("statement", str(refusal))])
    return see(f"/count/{reference}")


@router.post("/count/{reference}/parts/{number}/final-statement")
def finished(request: Request, session: Writing, deed: CountDeed, *, reference: str, number: int) -> Response:
    """Give the final statement."""
    try:
        with session.begin_nested():
            give_final_statement(session, deed, Part(reference=reference, number=number))
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _round_page(asked, number, errors=[("statement", str(refusal))])
    return see(f"/count/{reference}")
