"""Pages with a form: the token that proves where it was sent from, errors beside their fields, nothing cached."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.status import HTTP_303_SEE_OTHER

from app.auth.forms import token_for, visit_cookie_name
from app.state import State, state_of
from app.templating import with_days
from app.web.page import HOME, Crumb, page

Errors = Sequence[tuple[str, str]]


def form_page(
    request: Request,
    template: str,
    facts: Mapping[str, object],
    *,
    errors: Errors = (),
    section: str = "/account",
    crumbs: Sequence[Crumb] = (HOME,),
    status: int | None = None,
) -> HTMLResponse:
    """Return a page with forms.

    Args:
        request: what was asked.
        template: its template; every form in it carries `form_token`.
        facts: what it shows.
        errors: what is wrong, as (id of the field, sentence), shown in a summary and beside the field.
        section: the part of the service it belongs to.
        crumbs: the way to it.
        status: 422 where there are errors, otherwise 200, unless given.
    """
    token, made = token_for(request)
    told = tuple((field, with_days(sentence)) for field, sentence in errors)
    frame = {"form_token": token, "errors": told, "error_of": dict(told)}
    answer = page(
        request,
        template,
        {**frame, **facts},
        section=section,
        crumbs=crumbs,
        status=status or (422 if errors else 200),
    )
    answer.headers["Cache-Control"] = "no-store"
    if made is not None:
        state = state_of(request)
        set_cookie(answer, state, visit_cookie_name(state), made)
    return answer


def set_cookie(answer: Response, state: State, name: str, value: str) -> None:
    """Set a cookie that scripts cannot read, other sites cannot send, and that goes when the browser closes."""
    answer.set_cookie(name, value, path="/", httponly=True, samesite="lax", secure=state.settings.mode == "production")


def see(address: str) -> RedirectResponse:
    """Send the browser on to one of our own pages after a change."""
    return RedirectResponse(own_address(address), status_code=HTTP_303_SEE_OTHER, headers={"Cache-Control": "no-store"})


def own_address(address: str | None, default: str = "/account") -> str:
    r"""Return an address of this service; anything that could lead elsewhere becomes the default.

    A browser reads `//host`, `/\\host` and control characters as other places, so only a plain path is kept.
    """
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return default
    if not address.isprintable() or not address.isascii():
        return default
    return quote(address, safe="/?&=#%:,.+-_~")
