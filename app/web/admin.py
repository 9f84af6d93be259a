"""Administrators keep accounts, roles and organisations; each sees their own organisation only."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import AccountsDeed
from app.auth.passwords import first_password
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotAllowedError, ServiceError
from app.models import OrganisationKind, User
from app.queries.accounts import accounts_in, organisations
from app.roles import ROLE_WORDS, Role
from app.routing import Route
from app.services.accounts import (
    AccountFacts,
    account_by_name,
    close_account,
    live_roles,
    open_account,
    refuse_not_theirs,
    remove_second_factor,
    renew_first_password,
)
from app.services.organisations import OrganisationFacts, add_organisation
from app.services.roles import end_role, grant_role, roles_of_kind
from app.state import Reading, Writing
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME

router = APIRouter(route_class=Route, include_in_schema=False)

ACCOUNTS = ("Accounts", "/admin")
KIND_WORDS = {
    OrganisationKind.AUTHORITY.value: "Planning authority",
    OrganisationKind.RELEVANT_COUNCIL.value: "Council that runs polls",
    OrganisationKind.PARISH_COUNCIL.value: "Parish council",
    OrganisationKind.FORUM.value: "Neighbourhood forum",
    OrganisationKind.COMMUNITY.value: "Community organisation",
}
Text = Annotated[str, Form(max_length=200)]


@router.get("/admin")
def accounts(request: Request, session: Reading, deed: AccountsDeed) -> Response:
    """List the accounts of one's organisation, or of all for whoever runs the service."""
    facts = {
        "accounts": [(user, _roles_of(deed, user)) for user in accounts_in(session, deed.by.organisation)],
        "organisations": organisations(session) if not deed.by.organisation else (),
        "kind_words": KIND_WORDS,
        "organisation": deed.by.organisation_name or "All organisations",
    }
    return form_page(request, "admin/accounts.html", facts)


def _roles_of(deed: Deed, user: User) -> list[tuple[int, str, str]]:
    own = deed.by.organisation
    return [
        (held.id, ROLE_WORDS[Role(held.role)], held.organisation.name)
        for held in live_roles(user)
        if not own or held.organisation.code == own
    ]


def _choices(session: ReadSession | WriteSession, deed: Deed) -> list[tuple[str, str]]:
    """Return every role that may be granted here, as (organisation and role, words)."""
    return [
        (f"{organisation.code}|{role.value}", f"{ROLE_WORDS[role]}, {organisation.name}")
        for organisation in organisations(session, deed.by.organisation)
        for role in Role
        if role in roles_of_kind(OrganisationKind(organisation.kind), runs_polls=organisation.runs_polls)
    ]


def _chosen(text: str) -> tuple[str, Role]:
    code, _, role = text.rpartition("|")
    if role not in set(Role):
        raise InvalidRequestError("Choose a role from the list.")
    return code, Role(role)


@router.get("/admin/accounts/new")
def new_account_page(request: Request, session: Reading, deed: AccountsDeed) -> Response:
    """Show the form to open an account."""
    return _new_account(request, session, deed, "", "")


def _new_account(
    request: Request, session: ReadSession | WriteSession, deed: Deed, name: str, role: str, *, errors: Errors = ()
) -> Response:
    facts = {"name": name, "role": role, "choices": _choices(session, deed)}
    return form_page(request, "admin/new-account.html", facts, errors=errors, crumbs=[HOME, ACCOUNTS])


@router.post("/admin/accounts/new")
def new_account(request: Request, session: Writing, deed: AccountsDeed, name: Text = "", role: Text = "") -> Response:
    """Open an account, and show its first password this once."""
    name, password = name.strip().lower(), first_password()
    try:
        code, granted = _chosen(role)
    except InvalidRequestError as refusal:
        return _new_account(request, session, deed, name, role, errors=[("role", str(refusal))])
    try:
        with session.begin_nested():
            user = open_account(session, deed, AccountFacts(name=name, password=password))
            grant_role(session, deed, user, code, granted)
    except NotAllowedError:
        raise
    except ServiceError as refusal:
        return _new_account(request, session, deed, name, role, errors=[("name", str(refusal))])
    return _tell_password(request, name, password)


def _tell_password(request: Request, name: str, password: str) -> Response:
    facts = {"name": name, "password": password}
    return form_page(request, "admin/first-password.html", facts, crumbs=[HOME, ACCOUNTS])


@router.get("/admin/accounts/{name}")
def account(request: Request, session: Reading, deed: AccountsDeed, name: str) -> Response:
    """Show one account and what can be done with it."""
    return _account(request, session, deed, account_by_name(session, name))


def _account(
    request: Request, session: ReadSession | WriteSession, deed: Deed, user: User, *, errors: Errors = ()
) -> Response:
    _refuse_unseen(session, deed, user)
    facts = {
        "user": user,
        "roles": _roles_of(deed, user),
        "choices": _choices(session, deed),
        "is_own": user.name == deed.by.name,
    }
    return form_page(request, "admin/account.html", facts, errors=errors, crumbs=[HOME, ACCOUNTS])


def _refuse_unseen(session: ReadSession | WriteSession, deed: Deed, user: User) -> None:
    if user.name not in {each.name for each in accounts_in(session, deed.by.organisation)}:
        raise NotAllowedError("That account holds no role in your organisation.")


@router.post("/admin/accounts/{name}/roles")
def grant(request: Request, session: Writing, deed: AccountsDeed, name: str, role: Text = "") -> Response:
    """Give an account a role."""
    user = account_by_name(session, name)
    try:
        code, granted = _chosen(role)
        with session.begin_nested():
            grant_role(session, deed, user, code, granted)
    except NotAllowedError:
        raise
    except ServiceError as refusal:
        return _account(request, session, deed, user, errors=[("role", str(refusal))])
    return see(f"/admin/accounts/{name}")


@router.post("/admin/accounts/{name}/roles/{role_id}/end")
def end(session: Writing, deed: AccountsDeed, name: str, role_id: int) -> Response:
    """End a role."""
    end_role(session, deed, account_by_name(session, name), role_id)
    return see("/admin")


@router.post("/admin/accounts/{name}/close")
def close(session: Writing, deed: AccountsDeed, name: str) -> Response:
    """Close an account for good."""
    close_account(session, deed, account_by_name(session, name))
    return see("/admin")


@router.post("/admin/accounts/{name}/second-factor")
def lost_second_factor(session: Writing, deed: AccountsDeed, name: str) -> Response:
    """Remove a lost second factor."""
    remove_second_factor(session, deed, account_by_name(session, name))
    return see(f"/admin/accounts/{name}")


@router.post("/admin/accounts/{name}/password")
def lost_password(request: Request, session: Writing, deed: AccountsDeed, name: str) -> Response:
    """Give an account a new first password, and sign it out everywhere."""
    user, password = account_by_name(session, name), first_password()
    refuse_not_theirs(deed, user)
    renew_first_password(session, deed, user, password)
    return _tell_password(request, name, password)


@router.post("/admin/organisations")
def new_organisation(
    session: Writing,
    deed: AccountsDeed,
    *,
    code: Text = "",
    name: Text = "",
    kind: Text = "",
    runs_polls: Text = "",
) -> Response:
    """Add an organisation; whoever runs the service alone may."""
    if kind not in KIND_WORDS or not code.strip() or not name.strip():
        raise InvalidRequestError("Give the organisation its code, its name and its kind.")
    facts = OrganisationFacts(
        code=code.strip(), name=name.strip(), kind=OrganisationKind(kind), runs_polls=runs_polls == "yes"
    )
    add_organisation(session, deed, facts)
    return see("/admin")
