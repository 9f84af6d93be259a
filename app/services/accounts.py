"""Accounts: opened, given a password and a second factor, closed."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.auth.passwords import hash_password, is_password, weakness
from app.auth.seals import decrypt, encrypt
from app.auth.second_factor import used_step
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError, NotAllowedError, NotFoundError
from app.models import RoleHeld, User, UserSession

NAME_PATTERN = re.compile(r"[a-z0-9][a-z0-9.@_-]{2,71}")
FACTOR_PURPOSE = "second factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """A new account.

    Attributes:
        name: what the record shows and what is typed to sign in.
        password: its first password; none where it signs in with its council's provider.
        issuer: that provider's address.
        issuer_subject: who the provider says it is.
        is_own_password: whether the password was chosen by its owner, so that it need not be changed first.
        is_example: made with the example, its password printed.
    """

    name: str
    password: str | None = None
    issuer: str | None = None
    issuer_subject: str | None = None
    is_own_password: bool = False
    is_example: bool = False


def account_by_name(session: ReadSession | WriteSession, name: str) -> User:
    """Return the account of a name.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalars(select(User).where(User.name == name)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no account {name}: check its name.")
    return found


def account_by_id(session: ReadSession | WriteSession, user_id: int | None) -> User:
    """Return the account of a number.

    Raises:
        NotFoundError: there is none.
    """
    found = None if user_id is None else session.get(User, user_id)
    if found is None:
        raise NotFoundError("This needs an account of a person, not a program's token.")
    return found


def open_account(session: WriteSession, deed: Deed, facts: AccountFacts) -> User:
    """Open an account; it may do nothing until it is given a role.

    Raises:
        InvalidRequestError: a name of the wrong form, or a password that is too short or guessable.
        ConflictError: the name is taken.
    """
    if not NAME_PATTERN.fullmatch(facts.name):
        raise InvalidRequestError(
            f"The account name {facts.name!r} cannot be used: 3 to 72 small letters, digits, dots, hyphens or @."
        )
    if session.scalars(select(User).where(User.name == facts.name)).first() is not None:
        raise ConflictError(f"There already is an account {facts.name}: choose another name.")
    refuse_weak(facts.password, facts.name)
    user = User(
        name=facts.name,
        password_hash=hash_password(facts.password) if facts.password is not None else None,
        password_changed_at=deed.at if facts.is_own_password else None,
        issuer=facts.issuer,
        issuer_subject=facts.issuer_subject,
        is_example=facts.is_example,
        created_at=deed.at,
    )
    session.add(user)
    session.flush()
    after = {"signs_in_with": "provider" if facts.issuer else "password", "is_example": facts.is_example}
    record(session, deed, EventKind.ACCOUNT_OPENED, subject_of(user), after=after)
    return user


def subject_of(user: User) -> str:
    """Return what the record calls an account."""
    return f"account:{user.name}"


def refuse_weak(password: str | None, *words: str) -> None:
    """Refuse a password that is too short or guessable.

    Raises:
        InvalidRequestError: why, and what makes a good one.
    """
    why = None if password is None else weakness(password, words=words)
    if why is not None:
        raise InvalidRequestError(why)


def change_password(session: WriteSession, deed: Deed, user: User, *, present: str, new: str) -> None:
    """Change an account's password, by its owner.

    Raises:
        NotAllowedError: the present password is not right.
        InvalidRequestError: the new one is too short, guessable, or the same.
    """
    if not is_password(present, user.password_hash):
        raise NotAllowedError("Your present password is not right: type it again.")
    if new == present:
        raise InvalidRequestError("The new password is the present one: choose another.")
    refuse_weak(new, user.name)
    user.password_hash, user.password_changed_at = hash_password(new), deed.at
    session.flush()
    record(session, deed, EventKind.PASSWORD_CHANGED, subject_of(user))


def set_second_factor(session: WriteSession, deed: Deed, user: User, *, secret: str, code: str, key: bytes) -> None:
    """Set up an account's second factor, proved by a code from it.

    Raises:
        InvalidRequestError: the code is not right.
    """
    step = used_step(secret, code, at=deed.at, after=None)
    if step is None:
        raise InvalidRequestError("That code is not right: type the six digits your app shows now.")
    user.second_factor, user.last_second_factor_step = encrypt(key, FACTOR_PURPOSE, secret), step
    session.flush()
    record(session, deed, EventKind.SECOND_FACTOR_CHANGED, subject_of(user), after={"set_up": True})


def use_second_factor(session: WriteSession, deed: Deed, user: User, *, code: str, key: bytes) -> bool:
    """Say whether a code is the account's now, and use it up; no code is good twice."""
    locked = session.scalars(select(User).where(User.id == user.id).with_for_update()).one()
    secret = None if locked.second_factor is None else decrypt(key, FACTOR_PURPOSE, locked.second_factor)
    step = None if secret is None else used_step(secret, code, at=deed.at, after=locked.last_second_factor_step)
    if step is None:
        return False
    locked.last_second_factor_step = step
    session.flush()
    return True


def remove_second_factor(session: WriteSession, deed: Deed, user: User) -> None:
    """Remove a second factor that is lost; its owner has to set up a new one."""
    refuse_not_theirs(deed, user)
    user.second_factor, user.last_second_factor_step = None, None
    session.flush()
    record(session, deed, EventKind.SECOND_FACTOR_CHANGED, subject_of(user), after={"set_up": False})


def refuse_not_theirs(deed: Deed, user: User) -> None:
    """Refuse an administrator of one organisation who acts on an account that another one also relies on.

    Raises:
        NotAllowedError: the account holds a role elsewhere.
    """
    if not deed.by.organisation:
        return
    homes = {held.organisation.code for held in live_roles(user)}
    if homes != {deed.by.organisation}:
        raise NotAllowedError(f"{user.name} does not hold roles in your organisation alone: ask whoever runs this.")


def live_roles(user: User) -> list[RoleHeld]:
    """Return the roles an account holds now."""
    return [held for held in user.roles if held.ended_at is None]


def close_account(session: WriteSession, deed: Deed, user: User) -> None:
    """Close an account for good, and end its sessions; what it did stays in the record.

    Raises:
        NotAllowedError: it holds a role in another organisation, or is the closer's own.
    """
    refuse_not_theirs(deed, user)
    if user.name == deed.by.name:
        raise NotAllowedError("You cannot close your own account: ask another administrator.")
    user.closed_at = deed.at
    for open_session in session.scalars(select(UserSession).where(UserSession.user_id == user.id)):
        open_session.ended_at = open_session.ended_at or deed.at
    session.flush()
    record(session, deed, EventKind.ACCOUNT_CLOSED, subject_of(user))


def renew_first_password(session: WriteSession, deed: Deed, user: User, password: str) -> None:
    """Give an account a first password anew, to be changed at the next sign-in, and end its sessions."""
    refuse_not_theirs(deed, user)
    if user.password_hash is None:
        raise ConflictError(f"{user.name} signs in with their council's own service, so there is no password here.")
    user.password_hash, user.password_changed_at = hash_password(password), None
    for open_session in session.scalars(select(UserSession).where(UserSession.user_id == user.id)):
        open_session.ended_at = open_session.ended_at or deed.at
    session.flush()
    record(session, deed, EventKind.PASSWORD_CHANGED, subject_of(user), after={"first": True})


def confirmed_account(session: WriteSession, deed: Deed, *, issuer: str, subject: str, name: str) -> User:
    """Return the account of someone whom their council's provider confirms; the first time, tie the two together.

    Raises:
        NotAllowedError: no open account signs in with that provider under that name.
    """
    open_here = select(User).where(User.issuer == issuer, User.closed_at.is_(None))
    known = session.scalars(open_here.where(User.issuer_subject == subject)).one_or_none()
    if known is not None:
        return known
    waiting = session.scalars(open_here.where(User.name == name, User.issuer_subject.is_(None))).one_or_none()
    if waiting is None:
        raise NotAllowedError("You have no account here: ask an administrator of your council to open one.")
    waiting.issuer_subject = subject
    session.flush()
    record(session, deed, EventKind.ACCOUNT_LINKED, subject_of(waiting), after={"issuer": issuer})
    return waiting
