"""Headers, request ids and the largest body, on every answer."""

import secrets
import time
from http import HTTPStatus

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.handlers import fault_answer, problem_answer
from app.logs import log
from app.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{base_map}; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and who may frame it: nobody, but for a document that brings a policy of its own."""
_GONE = 499
"""What the log says where no answer was begun, since whoever asked had gone."""


def _origin(base_map_url: str) -> str:
    parts = base_map_url.split("/")
    host = parts[2].replace("{s}", "*") if len(parts) > 2 else ""  # noqa: PLR2004 - scheme, empty, host
    return f" {parts[0]}//{host}" if host else ""


class BodyTooLargeError(HTTPException):
    """More was sent than the service takes."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"More was sent than the {limit_bytes // 1_000_000} MB this service takes: send a smaller file.",
        )


class SecurityMiddleware:
    """Adds the security headers and a request id, refuses bodies that are too large, and logs each request."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._limit = settings.largest_upload_mb * 1_000_000
        self._only_https = settings.mode == "production"
        origin = _origin(settings.base_map_url)
        self._policy = POLICY.format(base_map=origin)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, started, status, begun = secrets.token_hex(8), time.perf_counter(), _GONE, False
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_headers(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                self._add_headers(MutableHeaders(scope=message), scope["path"], request_id)
            await send(message)

        try:
            if self._declares_too_much(scope):
                answer = problem_answer(scope["path"], BodyTooLargeError(self._limit))
                await answer(scope, receive, send_with_headers)
            else:
                await self._app(scope, self._limited(receive), send_with_headers)
        except Exception as error:  # noqa: BLE001 - ours to answer; further out, its text would reach a log
            answer = fault_answer(Request(scope, receive), error)
            if not begun:
                await answer(scope, receive, send_with_headers)
        finally:
            route = scope.get("route")
            facts = {
                "request_id": request_id,
                "method": scope["method"],
                "route": getattr(route, "path", "unknown"),
                "status": status,
                "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            }
            log("request", facts)

    def _add_headers(self, headers: MutableHeaders, path: str, request_id: str) -> None:
        headers["X-Request-Id"] = request_id
        headers["X-Content-Type-Options"] = "nosniff"
        if self._only_https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        headers["Referrer-Policy"] = "same-origin"
        # A browser refuses to open a document alone that is both in a sandbox and cut off from who opened it.
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers["Permissions-Policy"] = "camera=(), microphone=(), payment=()"
        headers.setdefault("Content-Security-Policy", self._policy)
        headers.setdefault("Cache-Control", "public, max-age=3600" if path.startswith("/static/") else "no-cache")

    def _declares_too_much(self, scope: Scope) -> bool:
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        return bool(declared.isdigit() and int(declared) > self._limit)

    def _limited(self, receive: Receive) -> Receive:
        seen = 0

        async def receive_limited() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise BodyTooLargeError(self._limit)
            return message

        return receive_limited


def add_security(app: FastAPI, settings: Settings) -> None:
    """Put the middleware around the service."""
    app.add_middleware(SecurityMiddleware, settings=settings)
