"""What is signed at a count: the figures by two people, and the declaration of the result."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.auth import CountDeed, DeclareDeed, SignDeed
from app.errors import ServiceError
from app.queries.counts import latest_round
from app.routing import Route
from app.services.counts_signing import SIGNATURES_NEEDED, declare_result, sign_count, signatures_of, what_stops
from app.state import Reading, Writing
from app.web.count_page import CountRequest, count_request
from app.web.form_page import Errors, see
from app.web.results import result_words
from referendum.errors import ReferendumError

router = APIRouter(route_class=Route, include_in_schema=False)
SeenRound = Annotated[int | None, Form(alias="round", ge=1)]


@router.get("/count/{reference}/signatures")
def signatures(request: Request, session: Reading, deed: CountDeed, *, reference: str) -> Response:
    """Show the figures of the whole count, and who signed them."""
    return _page(count_request(request, session, deed, reference), "signatures.html")


@router.get("/count/{reference}/declaration")
def declaration(request: Request, session: Reading, deed: CountDeed, *, reference: str) -> Response:
    """Show what will be declared, or what was, with everything to take away."""
    return _page(count_request(request, session, deed, reference), "declaration.html")


def _page(asked: CountRequest, template: str, *, errors: Errors = (), reason: str = "") -> Response:
    referendum, latest = asked.referendum, latest_round(asked.referendum)
    signed = signatures_of(referendum, latest) if latest else []
    stops, may_be_reasoned = what_stops(latest) if latest else ([], False)
    facts = {
        "latest": latest,
        "result": result_words(latest.result, referendum.plan.instrument) if latest else None,
        "signed": signed,
        "is_signed_by_me": any(one.name == asked.deed.by.name for one in signed),
        "is_enough": len(signed) >= SIGNATURES_NEEDED,
        "stops": stops,
        "may_be_reasoned": may_be_reasoned,
        "reason": reason,
    }
    return asked.page(template, facts, errors=errors)


@router.post("/count/{reference}/signatures")
def sign(
    request: Request, session: Writing, deed: SignDeed, *, reference: str, seen_round: SeenRound = None
) -> Response:
    """Sign the figures."""
    try:
        with session.begin_nested():
            sign_count(session, deed, reference, round_number=seen_round)
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _page(asked, "signatures.html", errors=[("sign", str(refusal))])
    return see(f"/count/{reference}/signatures")


@router.post("/count/{reference}/declaration")
def declare(
    request: Request,
    session: Writing,
    deed: DeclareDeed,
    *,
    reference: str,
    seen_round: SeenRound = None,
    reason: Annotated[str, Form(max_length=5000)] = "",
) -> Response:
    """Declare the result."""
    try:
        with session.begin_nested():
            declare_result(session, deed, reference, round_number=seen_round, reason=reason)
    except (ServiceError, ReferendumError) as refusal:
        asked = count_request(request, session, deed, reference)
        return _page(asked, "declaration.html", errors=[("declare", str(refusal))], reason=reason)
    return see(f"/count/{reference}/declaration")
