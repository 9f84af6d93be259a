"""Proof that a form was sent from our own page: a token bound to the browser's cookie (against CSRF)."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from app.auth.seals import form_token, is_form_token
from app.auth.tokens import new_token
from app.auth.visitor import cookie_name
from app.errors import NotAllowedError
from app.secrets import service_secret
from app.state import State, state_of

FIELD = "form_token"
HEADER = "x-form-token"
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def visit_cookie_name(state: State) -> str:
    """Return the name of the cookie that binds forms before anyone has signed in."""
    return f"{cookie_name(state)}-visit"


def token_for(request: Request) -> tuple[str, str | None]:
    """Return the token for the forms of one page, and the visit cookie to set where the browser has no cookie yet.

    Its second part is new with each page: by it a form that is sent twice is known.
    """
    state = state_of(request)
    cookie = request.cookies.get(cookie_name(state)) or request.cookies.get(visit_cookie_name(state))
    made = None if cookie else new_token()
    return f"{form_token(service_secret(state.settings), cookie or made or '')}.{new_token()}", made


async def offered_token(request: Request) -> str | None:
    """Return the token that a form or a script's request carries."""
    if request.method in _SAFE:
        return None
    in_header = request.headers.get(HEADER)
    if in_header is not None:
        return in_header
    if request.headers.get("content-type", "").startswith(FORM_TYPES):
        value = (await request.form()).get(FIELD)
        return value if isinstance(value, str) else None
    return None


OfferedToken = Annotated[str | None, Depends(offered_token)]


def check_form(request: Request, offered: str | None) -> None:
    """Refuse a change that was not sent from one of our own pages.

    Raises:
        NotAllowedError: from another site, or without this browser's token.
    """
    if request.method in _SAFE:
        return
    state = state_of(request)
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotAllowedError("This form was sent from another site: open the page here and send it again.")
    cookies = [request.cookies.get(name(state)) for name in (cookie_name, visit_cookie_name)]
    cookie = next((value for value in cookies if value), None)
    if cookie is None or offered is None or not is_form_token(service_secret(state.settings), cookie, offered):
        raise NotAllowedError(
            "This form is too old or was not opened here: go back, reload the page and send it again."
        )


def form_sent_from_here(request: Request, offered: OfferedToken) -> None:
    """Check the form of someone who is not signed in; an access rule for signing in."""
    check_form(request, offered)
