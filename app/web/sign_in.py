"""Signing in with a password and a second factor, and signing out."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response
from sqlalchemy import select

from app.audit import Actor, Deed
from app.auth import ANYONE, FROM_OUR_FORM, CurrentVisitor, SignedIn
from app.auth.forms import visit_cookie_name
from app.auth.passwords import is_password
from app.auth.seals import personal_key, seal, unseal
from app.auth.tokens import token_hash
from app.auth.visitor import cookie_name
from app.db import reading, writing
from app.errors import TooManyAttemptsError
from app.models import User
from app.routing import Route
from app.secrets import service_secret
from app.services.accounts import account_by_id, use_second_factor
from app.services.sign_in import (
    attempt_succeeded,
    begin_attempt,
    end_every_session,
    end_session,
    start_session,
)
from app.state import CurrentState, State, Writing
from app.web.form_page import Errors, form_page, own_address, see, set_cookie

router = APIRouter(route_class=Route, include_in_schema=False)

_CODE_WITHIN = timedelta(minutes=5)
_HALFWAY = "half a sign-in"
_NOT_RIGHT = "The account name or the password is not right: check both and try again."

Text = Annotated[str, Form(max_length=300)]
Sealed = Annotated[str, Form(max_length=2000)]
Next = Annotated[str, Query(alias="next", max_length=500)]
NextField = Annotated[str, Form(alias="next", max_length=500)]


def _nobody(state: State) -> Deed:
    return Deed(by=Actor(name="", role=""), at=state.clock.now())


@router.get("/sign-in", dependencies=[ANYONE])
def sign_in_page(request: Request, visitor: CurrentVisitor, next_: Next = "", *, again: bool = False) -> Response:
    """Show the form to sign in."""
    name = visitor.actor.name if visitor else ""
    return form_page(request, "sign-in/sign-in.html", {"next": own_address(next_), "name": name, "again": again})


def _refused(request: Request, next_: str, name: str, errors: Errors, *, status: int = 422) -> Response:
    facts = {"next": own_address(next_), "name": name, "again": False}
    return form_page(request, "sign-in/sign-in.html", facts, errors=errors, status=status)


def _count_attempt(request: Request, state: State, name: str) -> int:
    key = service_secret(state.settings)
    address = request.client.host if request.client else "unknown"
    with writing(state.engine) as session:
        return begin_attempt(
            session,
            _nobody(state),
            account_key=personal_key(key, f"account {name.lower()}"),
            address_key=personal_key(key, f"address {address}"),
        )


@router.post("/sign-in", dependencies=[FROM_OUR_FORM])
def sign_in(
    request: Request, state: CurrentState, name: Text = "", password: Text = "", next_: NextField = ""
) -> Response:
    """Check the password; go on to the second factor where the account has one."""
    name = name.strip().lower()
    try:
        attempt = _count_attempt(request, state, name)
    except TooManyAttemptsError as refusal:
        return _refused(request, next_, name, [("name", str(refusal))], status=429)
    with reading(state.engine) as session:
        user = session.scalars(select(User).where(User.name == name, User.closed_at.is_(None))).one_or_none()
    if not is_password(password, user.password_hash if user else None) or user is None:
        return _refused(request, next_, name, [("name", _NOT_RIGHT)])
    if state.settings.mode == "production" and user.is_example:
        return _refused(request, next_, name, [("name", "Example accounts cannot be used in production mode.")])
    with writing(state.engine) as session:
        attempt_succeeded(session, attempt)
    return go_on(request, state, user, next_)


def go_on(request: Request, state: State, user: User, next_: str) -> Response:
    """Ask for the second factor of someone whose first one was right, or sign them in where they have none."""
    if user.second_factor is not None:
        return _ask_for_code(request, state, user, next_)
    return _started(request, state, user.id, next_, with_second_factor=False)


def _browser(request: Request, state: State) -> str:
    cookies = (request.cookies.get(name(state)) for name in (cookie_name, visit_cookie_name))
    return token_hash(next((value for value in cookies if value), ""))


def _ask_for_code(request: Request, state: State, user: User, next_: str, *, errors: Errors = ()) -> Response:
    facts = {"user": user.id, "browser": _browser(request, state)}
    sealed = seal(service_secret(state.settings), _HALFWAY, facts, at=state.clock.now())
    shown = {"next": own_address(next_), "sealed": sealed}
    return form_page(request, "sign-in/code.html", shown, errors=errors)


@router.post("/sign-in/code", dependencies=[FROM_OUR_FORM])
def sign_in_code(
    request: Request, state: CurrentState, sealed: Sealed = "", code: Text = "", next_: NextField = ""
) -> Response:
    """Check the second factor and start the session."""
    key, at = service_secret(state.settings), state.clock.now()
    facts = unseal(key, _HALFWAY, sealed, at=at, within=_CODE_WITHIN)
    if facts is None or facts["browser"] != _browser(request, state):
        return _refused(request, next_, "", [("name", "That took longer than five minutes: start again.")])
    with reading(state.engine) as session:
        user = account_by_id(session, facts["user"])
    try:
        attempt = _count_attempt(request, state, user.name)
    except TooManyAttemptsError as refusal:
        return _refused(request, next_, user.name, [("name", str(refusal))], status=429)
    with writing(state.engine) as session:
        is_right = use_second_factor(session, _nobody(state), user, code=code, key=key)
        if is_right:
            attempt_succeeded(session, attempt)
    if not is_right:
        wrong = "That code is not right, or was used already: type the six digits your app shows now."
        return _ask_for_code(request, state, user, next_, errors=[("code", wrong)])
    return _started(request, state, user.id, next_, with_second_factor=True)


def _started(request: Request, state: State, user_id: int, next_: str, *, with_second_factor: bool) -> Response:
    before = request.cookies.get(cookie_name(state))
    with writing(state.engine) as session:
        user = account_by_id(session, user_id)
        started = start_session(session, _nobody(state), user, with_second_factor=with_second_factor, before=before)
    answer = see(own_address(next_))
    set_cookie(answer, state, cookie_name(state), started.token)
    answer.delete_cookie(visit_cookie_name(state), path="/")
    return answer


def _signed_out(state: State) -> Response:
    answer = see("/sign-in")
    answer.delete_cookie(cookie_name(state), path="/")
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@router.post("/sign-out")
def sign_out(state: CurrentState, visitor: SignedIn, session: Writing) -> Response:
    """Sign this browser out."""
    deed = Deed(by=visitor.actor, at=state.clock.now())
    if visitor.session_id is not None:
        end_session(session, deed, account_by_id(session, visitor.user_id), visitor.session_id)
    return _signed_out(state)


@router.post("/account/sign-out-everywhere")
def sign_out_everywhere(state: CurrentState, visitor: SignedIn, session: Writing) -> Response:
    """Sign this account out wherever it is signed in, here too."""
    end_every_session(session, Deed(by=visitor.actor, at=state.clock.now()), account_by_id(session, visitor.user_id))
    return _signed_out(state)
