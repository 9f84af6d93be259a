"""One's own account: the role acted in, the password, the second factor, tokens for programs."""

from datetime import datetime, timedelta
from typing import Annotated

import segno
from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import SignedIn, Visitor
from app.auth.seals import seal, unseal
from app.auth.second_factor import new_secret, provisioning_uri
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotAllowedError
from app.models import OrganisationKind, UserSession
from app.queries.accounts import open_sessions, tokens_of
from app.roles import NEEDS_SECOND_FACTOR, ROLE_WORDS, May, Role, may
from app.routing import Route
from app.secrets import service_secret
from app.services.accounts import account_by_id, change_password, live_roles, set_second_factor
from app.services.roles import act_as, end_token, make_token
from app.services.sign_in import end_every_session
from app.state import CurrentState, Reading, State, Writing, state_of
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME

router = APIRouter(route_class=Route, include_in_schema=False)

ACCOUNT = ("Your account", "/account")
DOORS = (
    (May.PREPARE_PLAN, "Cases and plans", "/cases"),
    (May.DRAW_AREA, "Apply for a neighbourhood area: draw its line", "/apply"),
    (May.KEEP_GROUPS, "Your groups in the register", "/groups/mine"),
    (May.KEEP_GROUPS, "Members of your forum", "/members"),
    (May.APPLY_FOR_FORUM, "Apply to be a neighbourhood forum", "/apply/forum"),
    (May.KEEP_REPRESENTATIONS, "Consultations, and what was said in them", "/consultations"),
    (May.KEY_COUNT, "Counts", "/count"),
    (May.SEE_REGISTERS, "Registers and electorates", "/electorate"),
    (May.MANAGE_ACCOUNTS, "Accounts and roles", "/admin"),
    (May.READ_RECORD, "The record of every change", "/record"),
)
"""Where each power is used: what it is called, and its page."""


_OF_FORUMS = frozenset({"/members", "/apply/forum"})


def _has(visitor: Visitor, address: str) -> bool:
    """Say whether an organisation of the visitor's kind has that page: only a forum has members, and applies."""
    return address not in _OF_FORUMS or visitor.organisation_kind == OrganisationKind.FORUM.value


_SET_UP = "a new second factor"
_SET_UP_WITHIN = timedelta(minutes=20)
Text = Annotated[str, Form(max_length=300)]
Sealed = Annotated[str, Form(max_length=2000)]


def _deed(state: State, visitor: Visitor) -> Deed:
    return Deed(by=visitor.actor, at=state.clock.now())


@router.get("/account")
def account(request: Request, state: CurrentState, visitor: SignedIn, session: Reading) -> Response:
    """Show one's account."""
    return _account_page(request, session, visitor, state.clock.now())


def _account_page(
    request: Request,
    session: ReadSession | WriteSession,
    visitor: Visitor,
    at: datetime,
    *,
    errors: Errors = (),
    made_token: str = "",
) -> Response:
    user = account_by_id(session, visitor.user_id)
    facts = {
        "visitor": visitor,
        "roles": [(held, ROLE_WORDS[Role(held.role)]) for held in live_roles(user)],
        "role_words": {role.value: words for role, words in ROLE_WORDS.items()},
        "needs_second_factor": any(held.role in NEEDS_SECOND_FACTOR for held in live_roles(user)),
        "has_password": user.password_hash is not None,
        "sessions": open_sessions(session, user, at),
        "tokens": tokens_of(session, user, at),
        "made_token": made_token,
        "may_start_again": state_of(request).settings.training and may(visitor.actor.role, May.RESET_TRAINING),
        "doors": [
            (words, address)
            for what, words, address in DOORS
            if may(visitor.actor.role, what) and _has(visitor, address)
        ],
    }
    return form_page(request, "account/account.html", facts, errors=errors)


@router.post("/account/role")
def choose_role(visitor: SignedIn, session: Writing, role: Annotated[int, Form()]) -> Response:
    """Act in another of one's roles from now on."""
    row = session.get(UserSession, visitor.session_id)
    if row is not None:
        act_as(session, account_by_id(session, visitor.user_id), row, role)
    return see("/account")


@router.get("/account/password")
def password_page(request: Request, visitor: SignedIn) -> Response:
    """Show the form to change one's password."""
    return form_page(request, "account/password.html", {"visitor": visitor}, crumbs=[HOME, ACCOUNT])


@router.post("/account/password")
def new_password(
    request: Request, state: CurrentState, visitor: SignedIn, session: Writing, *, present: Text = "", new: Text = ""
) -> Response:
    """Change one's password, and sign out everywhere else."""
    user, deed = account_by_id(session, visitor.user_id), _deed(state, visitor)
    try:
        change_password(session, deed, user, present=present, new=new)
    except (NotAllowedError, InvalidRequestError) as refusal:
        field = "present" if isinstance(refusal, NotAllowedError) else "new"
        facts, errors = {"visitor": visitor}, [(field, str(refusal))]
        return form_page(request, "account/password.html", facts, errors=errors, crumbs=[HOME, ACCOUNT])
    end_every_session(session, deed, user, keep=visitor.session_id)
    return see("/account")


@router.get("/account/second-factor")
def second_factor_page(request: Request, state: CurrentState, visitor: SignedIn) -> Response:
    """Show a new secret for the phone to take over."""
    return _second_factor_form(request, state, visitor, new_secret())


def _second_factor_form(
    request: Request, state: State, visitor: Visitor, secret: str, *, errors: Errors = ()
) -> Response:
    facts = {"secret": secret, "user": visitor.user_id}
    sealed = seal(service_secret(state.settings), _SET_UP, facts, at=state.clock.now())
    square = segno.make(provisioning_uri(secret, visitor.actor.name), error="m")
    shown = {
        "sealed": sealed,
        "square": square.svg_data_uri(scale=5, border=4),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "replaces": visitor.has_second_factor,
    }
    return form_page(request, "account/second-factor.html", shown, errors=errors, crumbs=[HOME, ACCOUNT])


@router.post("/account/second-factor")
def second_factor(
    request: Request,
    state: CurrentState,
    visitor: SignedIn,
    session: Writing,
    *,
    sealed: Sealed = "",
    code: Text = "",
) -> Response:
    """Set up the second factor with the first code the phone shows."""
    key, at = service_secret(state.settings), state.clock.now()
    if visitor.has_second_factor and not visitor.is_fresh(at):
        return see("/sign-in?again=true&next=/account/second-factor")
    facts = unseal(key, _SET_UP, sealed, at=at, within=_SET_UP_WITHIN)
    if facts is None or facts["user"] != visitor.user_id:
        errors = [("code", "That took longer than 20 minutes: here is a new barcode to scan.")]
        return _second_factor_form(request, state, visitor, new_secret(), errors=errors)
    user = account_by_id(session, visitor.user_id)
    try:
        set_second_factor(session, _deed(state, visitor), user, secret=facts["secret"], code=code, key=key)
    except InvalidRequestError as refusal:
        return _second_factor_form(request, state, visitor, facts["secret"], errors=[("code", str(refusal))])
    row = session.get(UserSession, visitor.session_id)
    if row is not None:
        row.second_factor_at = at
    return see("/account")


@router.post("/account/tokens")
def new_access_token(
    request: Request, state: CurrentState, visitor: SignedIn, session: Writing, label: Text = ""
) -> Response:
    """Make a token for a program, and show it this once."""
    at, user = state.clock.now(), account_by_id(session, visitor.user_id)
    held = next((each for each in live_roles(user) if each.id == visitor.role_id), None)
    if held is None:
        errors = [("label", "You hold no role for a program to act in: ask an administrator for one.")]
        return _account_page(request, session, visitor, at, errors=errors)
    try:
        token = make_token(session, _deed(state, visitor), held, label)
    except InvalidRequestError as refusal:
        return _account_page(request, session, visitor, at, errors=[("label", str(refusal))])
    return _account_page(request, session, visitor, at, made_token=token)


@router.post("/account/tokens/{token_id}/end")
def end_access_token(state: CurrentState, visitor: SignedIn, session: Writing, token_id: int) -> Response:
    """End one of one's tokens."""
    end_token(session, _deed(state, visitor), account_by_id(session, visitor.user_id), token_id)
    return see("/account")
