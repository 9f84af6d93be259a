"""Signing in and out: attempts counted, sessions started, renewed and ended."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from app.audit import Actor, Deed, EventKind, record
from app.auth.tokens import new_token, token_hash
from app.db import WriteSession, hold_lock
from app.errors import TooManyAttemptsError
from app.models import SignInAttempt, User, UserSession
from app.services.accounts import live_roles, subject_of

WINDOW = timedelta(minutes=15)
_KEPT = timedelta(days=1)
MOST_PER_ACCOUNT = 10
MOST_PER_ADDRESS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A session begun: the token for its cookie, told once."""

    session_id: int
    token: str


def begin_attempt(session: WriteSession, deed: Deed, *, account_key: str, address_key: str) -> int:
    """Count an attempt to sign in as failed until `attempt_succeeded` says otherwise, and return its number.

    Raises:
        TooManyAttemptsError: too many failed within the last quarter of an hour.
    """
    hold_lock(session, "sign-in")
    since = deed.at - WINDOW
    failed = select(func.count()).where(SignInAttempt.at > since, SignInAttempt.succeeded.is_(False))
    by_account = session.scalar(failed.where(SignInAttempt.account_key == account_key)) or 0
    by_address = session.scalar(failed.where(SignInAttempt.address_key == address_key)) or 0
    if by_account >= MOST_PER_ACCOUNT or by_address >= MOST_PER_ADDRESS:
        raise TooManyAttemptsError("There were too many failed attempts to sign in: wait 15 minutes and try again.")
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < deed.at - _KEPT))
    attempt = SignInAttempt(account_key=account_key, address_key=address_key, at=deed.at, succeeded=False)
    session.add(attempt)
    session.flush()
    return attempt.id


def attempt_succeeded(session: WriteSession, attempt_id: int) -> None:
    """Take back that an attempt failed."""
    attempt = session.get(SignInAttempt, attempt_id)
    if attempt is not None:
        attempt.succeeded = True
        session.flush()


def start_session(
    session: WriteSession, deed: Deed, user: User, *, with_second_factor: bool, before: str | None = None
) -> Started:
    """Start a session under a token never used before; the browser's earlier session, if any, ends.

    Args:
        session: the transaction.
        deed: when; who is the account itself.
        user: whose session it is.
        with_second_factor: whether they proved who they are with it just now.
        before: the token the browser came with; its role is kept where the account still holds it.
    """
    earlier = _session_of(session, before)
    held = live_roles(user)
    role = held[0] if held else None
    if earlier is not None and earlier.user_id == user.id and earlier.role in held:
        role = earlier.role
    if earlier is not None:
        earlier.ended_at = earlier.ended_at or deed.at
    token = new_token()
    row = UserSession(
        token_hash=token_hash(token),
        user=user,
        role=role,
        signed_in_at=deed.at,
        second_factor_at=deed.at if with_second_factor else None,
        seen_at=deed.at,
    )
    session.add(row)
    session.flush()
    after = {"session": row.id, "second_factor": with_second_factor}
    record(session, _own(deed, user), EventKind.SIGNED_IN, subject_of(user), after=after)
    return Started(session_id=row.id, token=token)


def _own(deed: Deed, user: User) -> Deed:
    return Deed(by=Actor(name=user.name, role="account"), at=deed.at)


def _session_of(session: WriteSession, token: str | None) -> UserSession | None:
    if not token:
        return None
    return session.scalars(select(UserSession).where(UserSession.token_hash == token_hash(token))).one_or_none()


def end_session(session: WriteSession, deed: Deed, user: User, session_id: int) -> None:
    """Sign a browser out."""
    row = session.get(UserSession, session_id)
    if row is not None and row.user_id == user.id:
        row.ended_at = row.ended_at or deed.at
        record(session, _own(deed, user), EventKind.SIGNED_OUT, subject_of(user), after={"sessions": [session_id]})


def end_every_session(session: WriteSession, deed: Deed, user: User, *, keep: int | None = None) -> int:
    """Sign an account out everywhere, except in the session to keep, and return in how many places that was."""
    rows = session.scalars(
        select(UserSession).where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
    ).all()
    ended = [row for row in rows if row.id != keep]
    for row in ended:
        row.ended_at = deed.at
    session.flush()
    after = {"sessions": [row.id for row in ended]}
    record(session, _own(deed, user), EventKind.SIGNED_OUT, subject_of(user), after=after)
    return len(ended)
