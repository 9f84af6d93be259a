"""Signing in with a council's own provider."""

import hmac
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from app.audit import Actor, Deed
from app.auth import ANYONE
from app.auth.provider import begin, confirm
from app.auth.seals import seal, unseal
from app.auth.visitor import cookie_name
from app.db import writing
from app.errors import NotAllowedError, NotFoundError, ServiceUnavailableError
from app.routing import Route
from app.secrets import service_secret
from app.services.accounts import confirmed_account
from app.settings import IdentityProvider
from app.state import CurrentState, State
from app.web.form_page import own_address, set_cookie
from app.web.sign_in import go_on

router = APIRouter(route_class=Route, include_in_schema=False)

_PURPOSE = "a sign-in elsewhere"
_WITHIN = timedelta(minutes=10)
Text = Annotated[str, Query(max_length=4000)]


def _provider(state: State, name: str) -> IdentityProvider:
    found = next((each for each in state.settings.identity_providers if each.name == name), None)
    if found is None:
        raise NotFoundError(f"There is no provider {name[:40]!r} to sign in with: go back and choose one.")
    return found


def _redirect_uri(state: State, name: str) -> str:
    if not state.settings.public_url:
        raise ServiceUnavailableError("The setting FOLKMOOT_PUBLIC_URL is missing: it says where providers answer to.")
    return f"{state.settings.public_url.rstrip('/')}/sign-in/from/{name}"


def _cookie(state: State) -> str:
    return f"{cookie_name(state)}-elsewhere"


@router.get("/sign-in/with/{name}", dependencies=[ANYONE])
def go_to_provider(state: CurrentState, name: str, next_: Annotated[Text, Query(alias="next")] = "") -> Response:
    """Send the browser to the provider, and remember what it must bring back."""
    begun = begin(_provider(state, name), _redirect_uri(state, name))
    facts = begun.remembered | {"provider": name, "next": own_address(next_)}
    answer = RedirectResponse(begun.address, status_code=303, headers={"Cache-Control": "no-store"})
    sealed = seal(service_secret(state.settings), _PURPOSE, facts, at=state.clock.now())
    set_cookie(answer, state, _cookie(state), sealed)
    return answer


@router.get("/sign-in/from/{name}", dependencies=[ANYONE])
def come_from_provider(
    request: Request,
    state: CurrentState,
    name: str,
    *,
    code: Text = "",
    given: Annotated[Text, Query(alias="state")] = "",
) -> Response:
    """Sign in whom the provider confirms; go on to the second factor where the account has one."""
    key, at = service_secret(state.settings), state.clock.now()
    facts = unseal(key, _PURPOSE, request.cookies.get(_cookie(state), ""), at=at, within=_WITHIN)
    is_ours = facts is not None and facts["provider"] == name and hmac.compare_digest(facts["state"], given)
    if facts is None or not is_ours or not code:
        raise NotAllowedError("This sign-in was not begun in this browser, or took too long: start again.")
    confirmed = confirm(_provider(state, name), _redirect_uri(state, name), facts, code=code, at=at)
    with writing(state.engine) as session:
        user = confirmed_account(
            session,
            Deed(by=Actor(name=confirmed.account[:80], role="account"), at=at),
            issuer=confirmed.issuer,
            subject=confirmed.subject,
            name=confirmed.account,
        )
    answer = go_on(request, state, user, str(facts["next"]))
    answer.delete_cookie(_cookie(state), path="/", secure=state.settings.mode == "production", httponly=True)
    return answer
