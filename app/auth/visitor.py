"""Who is asking: a browser that is signed in, a program with a token, or nobody in particular."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import select

from app.audit import Actor
from app.auth.tokens import token_hash
from app.db import ReadSession, reading, writing
from app.errors import NotSignedInError
from app.models import AccessToken, OrganisationKind, RoleHeld, UserSession
from app.queries.successions import taken_over_by
from app.settings import Officer
from app.state import CurrentState, State

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
FRESH = timedelta(minutes=15)
_NOTICED_AFTER = timedelta(minutes=1)

_bearer = HTTPBearer(auto_error=False, description="A personal access token, or the token of a program's setting")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Someone the service knows, in one of their roles.

    Attributes:
        actor: how the record names them, with role and organisation; the role is empty where they hold none.
        organisation_kind: what their organisation is; empty for whoever serves all of them.
        user_id: their account; None for a program known by the settings.
        role_id: the role they act in.
        session_id: the browser session; None for a program.
        signed_in_at: when they last said who they are.
        second_factor_at: when they last proved it with their second factor.
        has_second_factor: whether the account has one at all.
        has_first_password: whether they still have the password they were given.
    """

    actor: Actor
    organisation_kind: str = ""
    user_id: int | None = None
    role_id: int | None = None
    session_id: int | None = None
    signed_in_at: datetime | None = None
    second_factor_at: datetime | None = None
    has_second_factor: bool = False
    has_first_password: bool = False

    def is_fresh(self, at: datetime) -> bool:
        """Say whether they said who they are, with a second factor, within the last quarter of an hour."""
        moments = (self.signed_in_at, self.second_factor_at)
        return all(moment is not None and at - moment <= FRESH for moment in moments)


def cookie_name(state: State) -> str:
    """Return the name of the session's cookie; in production a browser accepts it only over HTTPS, for this host."""
    return "__Host-folkmoot" if state.settings.mode == "production" else "folkmoot"


def actor_in(session: ReadSession, name: str, held: RoleHeld | None) -> Actor:
    """Return how the record names an account in a role; who runs the service serves every organisation."""
    if held is None:
        return Actor(name=name, role="")
    serves_all = held.organisation.kind == OrganisationKind.SERVICE.value
    return Actor(
        name=name,
        role=held.role,
        organisation="" if serves_all else held.organisation.code,
        organisation_name="" if serves_all else held.organisation.name,
        took_over=taken_over_by(session, held.organisation.code),
    )


def is_open(session: UserSession, at: datetime) -> bool:
    """Say whether a session still stands: not ended, not idle for an hour, not older than twelve, its account open."""
    return (
        session.ended_at is None
        and session.user.closed_at is None
        and at - session.seen_at <= IDLE
        and at - session.signed_in_at <= LONGEST
    )


def _by_cookie(session: ReadSession, token: str, at: datetime) -> tuple[Visitor, UserSession] | None:
    found = session.scalars(select(UserSession).where(UserSession.token_hash == token_hash(token))).one_or_none()
    if found is None or not is_open(found, at):
        return None
    held = found.role if found.role is not None and found.role.ended_at is None else None
    visitor = Visitor(
        actor=actor_in(session, found.user.name, held),
        organisation_kind=held.organisation.kind if held else "",
        user_id=found.user_id,
        role_id=held.id if held else None,
        session_id=found.id,
        signed_in_at=found.signed_in_at,
        second_factor_at=found.second_factor_at,
        has_second_factor=found.user.second_factor is not None,
        has_first_password=found.user.password_hash is not None and found.user.password_changed_at is None,
    )
    return visitor, found


def _by_access_token(session: ReadSession, token: str, at: datetime) -> Visitor | None:
    found = session.scalars(select(AccessToken).where(AccessToken.token_hash == token_hash(token))).one_or_none()
    if found is None or found.ended_at is not None or at > found.expires_at:
        return None
    held = found.role
    if held.ended_at is not None or held.user.closed_at is not None:
        return None
    return Visitor(
        actor=actor_in(session, held.user.name, held),
        organisation_kind=held.organisation.kind,
        user_id=held.user_id,
        role_id=held.id,
        has_second_factor=held.user.second_factor is not None,
    )


def _by_setting(officers: tuple[Officer, ...], token: str) -> Visitor | None:
    for officer in officers:
        if hmac.compare_digest(officer.token.get_secret_value().encode(), token.encode()):
            actor = Actor(
                name=officer.name,
                role=officer.role.value,
                organisation=officer.organisation,
                organisation_name=officer.organisation_name,
            )
            return Visitor(actor=actor, has_second_factor=True)
    return None


def visitor_of(request: Request, state: CurrentState, credentials: Credentials) -> Visitor | None:
    """Return who is asking; None where nobody is signed in.

    Raises:
        NotSignedInError: a token that is nobody's.
    """
    at = state.clock.now()
    if credentials is not None:
        known = _by_setting(state.settings.officers, credentials.credentials)
        if known is None:
            with reading(state.engine) as session:
                known = _by_access_token(session, credentials.credentials, at)
        if known is None:
            raise NotSignedInError("That token is nobody's: it may have ended, so make a new one on your account page.")
        return known
    token = request.cookies.get(cookie_name(state))
    if not token:
        return None
    with reading(state.engine) as session:
        found = _by_cookie(session, token, at)
    if found is None:
        return None
    visitor, row = found
    if at - row.seen_at > _NOTICED_AFTER:
        with writing(state.engine) as session:
            session.merge(row, load=True).seen_at = at
    return visitor


CurrentVisitor = Annotated[Visitor | None, Depends(visitor_of)]
