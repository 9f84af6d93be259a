"""What every route does beside its own work: keeps its answer for a repeat, and minds which version was read."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from app.auth.once import AnsweredBeforeError, keep_answer
from app.db import reading
from app.errors import NotAllowedError, NotFoundError, NotSignedInError, WithdrawnError
from app.state import State, state_of
from app.versions import is_tag, refuse_stale, tag_of

_AS_THEY_ARE = (AnsweredBeforeError, NotSignedInError, NotAllowedError, NotFoundError, WithdrawnError)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Route(APIRoute):
    """A route whose changes may be sent twice, and whose cases carry a version.

    Source: RFC 9110, 13.1.1 (If-Match), 13.1.2 (If-None-Match), 8.8.3 (ETag).
    """

    def get_route_handler(self) -> Handler:
        """Return the handler, with that around it; the transaction of a change is still open when it has answered."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            if request.method in {"GET", "HEAD"}:
                answer = await handle(request)
                case, is_whole = case_of(request), answer.status_code == HTTPStatus.OK and hasattr(answer, "body")
                return await run_in_threadpool(_tagged, request, answer, case) if case and is_whole else answer
            try:
                answer = await handle(request)
            except _AS_THEY_ARE:
                raise
            except Exception:
                # A refusal is told as what it comes from, where the case is no longer the one that was read.
                await run_in_threadpool(_refuse_stale_after, request)
                raise
            return await run_in_threadpool(_concluded, request, answer)

        return handler


def case_of(request: Request) -> str | None:
    """Return the public reference of the case that an address of the API is about."""
    is_api = request.url.path.startswith("/api/")
    return (request.path_params.get("reference") or request.path_params.get("subject")) if is_api else None


def _tagged(request: Request, answer: Response, case: str) -> Response:
    with reading(state_of(request).engine) as session:
        tag = tag_of(session, case, bytes(answer.body))
    answer.headers["ETag"] = tag
    asked = request.headers.get("if-none-match")
    if asked is not None and is_tag(asked, tag):
        kept = {name: answer.headers[name] for name in ("etag", "cache-control", "link") if name in answer.headers}
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)
    return answer


def _concluded(request: Request, answer: Response) -> Response:
    state: State = state_of(request)
    session = getattr(request.state, "write_session", None)
    case, if_match = case_of(request), request.headers.get("if-match")
    if case is not None and if_match is not None:
        if answer.status_code >= HTTPStatus.BAD_REQUEST or session is None:
            _refuse_stale_after(request)
        else:
            refuse_stale(session, case, if_match)
    if session is not None:
        keep_answer(session, request, state, answer)
    return answer


def _refuse_stale_after(request: Request) -> None:
    case, if_match = case_of(request), request.headers.get("if-match")
    if case is not None and if_match is not None:
        with reading(state_of(request).engine) as session:
            refuse_stale(session, case, if_match)
