"""Accounts, their sessions and tokens, and organisations, to look at."""

from datetime import datetime

from sqlalchemy import select

from app.auth.visitor import is_open
from app.db import ReadSession, WriteSession
from app.models import AccessToken, Organisation, RoleHeld, User, UserSession

AnySession = ReadSession | WriteSession


def open_sessions(session: AnySession, user: User, at: datetime) -> list[UserSession]:
    """Return where an account is signed in, the latest first."""
    rows = session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
        .order_by(UserSession.seen_at.desc())
    )
    return [row for row in rows if is_open(row, at)]


def tokens_of(session: AnySession, user: User, at: datetime) -> list[AccessToken]:
    """Return an account's tokens that still work, the newest first."""
    rows = session.scalars(
        select(AccessToken)
        .join(RoleHeld, AccessToken.role_id == RoleHeld.id)
        .where(RoleHeld.user_id == user.id, RoleHeld.ended_at.is_(None), AccessToken.ended_at.is_(None))
        .order_by(AccessToken.id.desc())
    )
    return [row for row in rows if row.expires_at >= at]


def accounts_in(session: AnySession, code: str) -> list[User]:
    """Return the open accounts that hold a role in an organisation, or all where none is named, by name."""
    chosen = select(User).where(User.closed_at.is_(None)).order_by(User.name)
    if code:
        holders = (
            select(RoleHeld.user_id)
            .join(Organisation, RoleHeld.organisation_id == Organisation.id)
            .where(Organisation.code == code, RoleHeld.ended_at.is_(None))
        )
        chosen = chosen.where(User.id.in_(holders))
    return list(session.scalars(chosen))


def organisations(session: AnySession, code: str = "") -> list[Organisation]:
    """Return every organisation by name, or only the one of a code."""
    chosen = select(Organisation).order_by(Organisation.name)
    return list(session.scalars(chosen.where(Organisation.code == code) if code else chosen))
