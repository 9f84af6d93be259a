"""Answers to everything that goes wrong: problem details for programs, a page for people."""

import logging
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.datastructures import URL
from starlette.exceptions import HTTPException

from app.auth.once import AnsweredBeforeError, first_answer
from app.errors import (
    PROBLEMS,
    FreshSignInError,
    NotSignedInError,
    Problem,
    ServiceError,
    ServiceUnavailableError,
    problem_document,
    problem_of,
)
from app.logs import log
from app.moved import MovedError, moved_answer
from app.templating import render
from geo.errors import GeoError
from referendum.errors import ReferendumError

PROBLEM_JSON = "application/problem+json"
_OURS = Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "fault", "Something went wrong on our side")


def _wants_page(request: Request) -> bool:
    path = request.url.path
    asks_for_html = "text/html" in request.headers.get("accept", "")
    return asks_for_html and not path.startswith("/api/") and not path.endswith((".json", ".geojson"))


def _answer(request: Request, error: Exception, problem: Problem, *, detail: str | None = None) -> Response:
    document = problem_document(error, problem, request.url.path)
    if detail is not None:
        document["detail"] = detail
    if _wants_page(request):
        return render(request, "errors/problem.html", {"problem": document}, status=int(problem.status))
    return JSONResponse(document, status_code=int(problem.status), media_type=PROBLEM_JSON)


def problem_answer(path: str, error: HTTPException) -> Response:
    """Return the problem document of an HTTP error, for use where there is no request yet."""
    problem = Problem(HTTPStatus(error.status_code), "http", HTTPStatus(error.status_code).phrase)
    document = problem_document(error, problem, path) | {"detail": str(error.detail)}
    return JSONResponse(document, status_code=error.status_code, media_type=PROBLEM_JSON)


def _refused(request: Request, error: Exception) -> Response:
    problem = problem_of(error) or _OURS
    if isinstance(error, NotSignedInError | FreshSignInError) and _wants_page(request):
        return _sign_in_first(request, again=isinstance(error, FreshSignInError))
    answer = _answer(request, error, problem)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _sign_in_first(request: Request, *, again: bool) -> Response:
    """Send a person to sign in, and back to the page they came from."""
    address = request.url
    if request.method not in {"GET", "HEAD"}:
        address = URL(request.headers.get("referer", "/account"))
    back = address.path + (f"?{address.query}" if address.query else "")
    where = f"/sign-in?{'again=true&' if again else ''}next={quote(back, safe='')}"
    return RedirectResponse(where, HTTPStatus.SEE_OTHER, headers={"Cache-Control": "no-store"})


def _malformed(request: Request, error: Exception) -> Response:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    places = "; ".join(f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in faults)
    problem = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", "This request is not of the form it must have")
    return _answer(request, error, problem, detail=f"Correct these parts of the request and send it again: {places}.")


def _by_protocol(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return fault_answer(request, error)
    status = HTTPStatus(error.status_code)
    titles = {HTTPStatus.NOT_FOUND: "There is nothing here"}
    problem = Problem(status, "http", titles.get(status, status.phrase))
    plain = {HTTPStatus.NOT_FOUND: "Check the address, or start from the home page."}
    default = str(error.detail) if error.detail != status.phrase else None
    return _answer(request, error, problem, detail=plain.get(status, default or status.description))


def fault_answer(request: Request, error: Exception) -> Response:
    """Return the answer to a fault of ours, and log its kind and place, never its text: it may hold what was sent."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_globals.get('__name__')}:{where.tb_lineno}" if where else "unknown"
    request_id = getattr(request.state, "request_id", "unknown")
    facts = {"request_id": request_id, "error": type(error).__name__, "where": place}
    log("fault", facts, level=logging.ERROR)
    detail = f"Nothing was changed. Tell whoever runs this service that it was request {request_id}."
    return _answer(request, error, _OURS, detail=detail)


def _database_away(request: Request, error: Exception) -> Response:
    """Answer where the database is gone, busy for too long, or its disk full: the transaction was rolled back whole."""
    request_id = getattr(request.state, "request_id", "unknown")
    log("database-away", {"request_id": request_id, "error": type(error).__name__}, level=logging.ERROR)
    problem = PROBLEMS[ServiceUnavailableError]
    detail = (
        "The database cannot be used just now: it may be gone, busy, or its disk full. Nothing of this was stored. "
        f"Go back, where what you typed still stands, and send it again in a minute (request {request_id})."
    )
    answer = _answer(request, error, problem, detail=detail)
    answer.headers["Retry-After"] = "60"
    return answer


def _again(_request: Request, error: Exception) -> Response:
    """Give the first answer once more to a request that was sent twice."""
    if not isinstance(error, AnsweredBeforeError):
        raise error
    return first_answer(error.answer)


def add_error_handlers(app: FastAPI) -> None:
    """Answer every refusal by the table in `app.errors`, and everything else as our own fault."""
    families: tuple[type[Exception], ...] = (ServiceError, GeoError, ReferendumError, *PROBLEMS)
    for family in families:
        app.add_exception_handler(family, _refused)
    app.add_exception_handler(AnsweredBeforeError, _again)
    app.add_exception_handler(MovedError, moved_answer)
    app.add_exception_handler(OperationalError, _database_away)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _by_protocol)
