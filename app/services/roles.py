"""Roles granted and ended, each in one organisation, and the tokens that programs use in them."""

from datetime import timedelta

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.auth.tokens import PERSONAL_PREFIX, new_token, token_hash
from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import AccessToken, OrganisationKind, RoleHeld, User, UserSession
from app.roles import ROLE_WORDS, Role
from app.scope import refuse_other_organisation
from app.services.accounts import live_roles, subject_of
from app.services.organisations import organisation_by_code

_PLANNING = frozenset({Role.PLANNING_OFFICER, Role.PLANNING_MANAGER})
_COUNT = {Role.COUNT_ASSISTANT, Role.COUNTING_OFFICER, Role.CHIEF_COUNTING_OFFICER}
_POLLS = frozenset({Role.ELECTORAL_OFFICER} | _COUNT)
_VOLUNTEERS = frozenset({Role.VOLUNTEER_EDITOR, Role.VOLUNTEER_SIGNATORY})
_EVERYWHERE = frozenset({Role.OBSERVER, Role.ADMINISTRATOR, Role.AUDITOR})
TOKEN_DAYS = 90


def roles_of_kind(kind: OrganisationKind, *, runs_polls: bool) -> frozenset[Role]:
    """Return the roles that can be held in an organisation of a kind."""
    own = {
        OrganisationKind.AUTHORITY: _PLANNING,
        OrganisationKind.RELEVANT_COUNCIL: _POLLS,
        OrganisationKind.SERVICE: frozenset[Role](),
    }.get(kind, _VOLUNTEERS)
    return own | _EVERYWHERE | (_POLLS if runs_polls else frozenset())


def grant_role(session: WriteSession, deed: Deed, user: User, code: str, role: Role) -> RoleHeld:
    """Give an account a role in one organisation.

    Raises:
        NotAllowedError: an administrator of another organisation.
        InvalidRequestError: a role that an organisation of this kind does not have.
        ConflictError: the account holds it already, or is closed.
    """
    organisation = organisation_by_code(session, code)
    refuse_other_organisation(deed, {code}, f"A role in {organisation.name}")
    if role not in roles_of_kind(OrganisationKind(organisation.kind), runs_polls=organisation.runs_polls):
        raise InvalidRequestError(f"Nobody can be {ROLE_WORDS[role].lower()} in {organisation.name}.")
    if user.closed_at is not None:
        raise ConflictError(f"The account {user.name} is closed: open a new one.")
    if any((held.role, held.organisation.code) == (role.value, code) for held in live_roles(user)):
        raise ConflictError(f"{user.name} already is {ROLE_WORDS[role].lower()} in {organisation.name}.")
    held = RoleHeld(organisation=organisation, role=role.value, granted_at=deed.at)
    user.roles.append(held)
    session.flush()
    after = {"role": role.value, "in": code}
    record(session, deed, EventKind.ROLE_GRANTED, subject_of(user), after=after)
    return held


def end_role(session: WriteSession, deed: Deed, user: User, role_id: int) -> None:
    """End a role: its tokens end, and its sessions go on without it.

    Raises:
        NotFoundError: the account does not hold it.
        NotAllowedError: an administrator of another organisation.
    """
    held = next((each for each in live_roles(user) if each.id == role_id), None)
    if held is None:
        raise NotFoundError(f"{user.name} does not hold that role now.")
    refuse_other_organisation(deed, {held.organisation.code}, f"A role in {held.organisation.name}")
    held.ended_at = deed.at
    for token in session.scalars(select(AccessToken).where(AccessToken.role_id == held.id)):
        token.ended_at = token.ended_at or deed.at
    session.flush()
    before = {"role": held.role, "in": held.organisation.code}
    record(session, deed, EventKind.ROLE_ENDED, subject_of(user), before=before)


def make_token(session: WriteSession, deed: Deed, held: RoleHeld, label: str) -> str:
    """Make a token with which a program acts for its owner in one role; it is told once and kept as a hash.

    Raises:
        InvalidRequestError: no label to know it by.
    """
    if not label.strip():
        raise InvalidRequestError("Say what the token is for, so that you know which one to end later.")
    token = new_token(PERSONAL_PREFIX)
    row = AccessToken(
        token_hash=token_hash(token),
        role=held,
        label=label.strip()[:80],
        created_at=deed.at,
        expires_at=deed.at + timedelta(days=TOKEN_DAYS),
    )
    session.add(row)
    session.flush()
    after = {"token": row.id, "role": held.role, "in": held.organisation.code, "days": TOKEN_DAYS}
    record(session, deed, EventKind.TOKEN_MADE, subject_of(held.user), after=after)
    return token


def end_token(session: WriteSession, deed: Deed, user: User, token_id: int) -> None:
    """End one of an account's tokens.

    Raises:
        NotFoundError: it is not one of theirs, or has ended.
    """
    row = session.get(AccessToken, token_id)
    if row is None or row.role.user_id != user.id or row.ended_at is not None:
        raise NotFoundError("That token is not one of yours, or has ended already.")
    row.ended_at = deed.at
    session.flush()
    record(session, deed, EventKind.TOKEN_ENDED, subject_of(user), before={"token": row.id})


def act_as(session: WriteSession, user: User, row: UserSession, role_id: int) -> RoleHeld:
    """Let a session go on in another of its account's roles.

    Raises:
        NotFoundError: the account does not hold it now.
    """
    held = next((each for each in live_roles(user) if each.id == role_id), None)
    if held is None:
        raise NotFoundError("That is not one of your roles.")
    row.role = held
    session.flush()
    return held
