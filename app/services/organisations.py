"""Organisations, and the members of forums."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, NotAllowedError, NotFoundError
from app.models import ForumMember, MemberCapacity, Organisation, OrganisationKind
from app.scope import refuse_other_organisation

SERVICE_CODE = "service"
"""Code of the organisation that runs the service."""
LEAST_MEMBERS = 21
"""How many individuals a forum needs (FORUM-3, Town and Country Planning Act 1990 s 61F(5)(c))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """What is known of an organisation.

    Attributes:
        code: its official code, by which areas, parishes and registers name it.
        name: its name, by which referendums name it.
        kind: what it is.
        runs_polls: whether it is a relevant council as well (REF-2).
    """

    code: str
    name: str
    kind: OrganisationKind
    runs_polls: bool = False


def organisation_by_code(session: ReadSession | WriteSession, code: str) -> Organisation:
    """Return the organisation of a code.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalars(select(Organisation).where(Organisation.code == code)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no organisation {code}: check its code, or add it first.")
    return found


def add_organisation(session: WriteSession, deed: Deed, facts: OrganisationFacts) -> Organisation:
    """Add an organisation; only whoever runs the service adds one.

    Raises:
        NotAllowedError: done in another organisation.
        ConflictError: its code or name is taken.
    """
    if deed.by.organisation:
        raise NotAllowedError("Only an administrator of the service itself adds organisations: ask one of them.")
    taken = session.scalars(
        select(Organisation).where((Organisation.code == facts.code) | (Organisation.name == facts.name))
    ).first()
    if taken is not None:
        raise ConflictError(f"There already is an organisation {taken.name} ({taken.code}): use that one.")
    organisation = Organisation(code=facts.code, name=facts.name, kind=facts.kind.value, runs_polls=facts.runs_polls)
    session.add(organisation)
    session.flush()
    after = {"name": facts.name, "kind": facts.kind.value, "runs_polls": facts.runs_polls}
    record(session, deed, EventKind.ORGANISATION_ADDED, facts.code, after=after)
    return organisation


def service_organisation(session: WriteSession, deed: Deed) -> Organisation:
    """Return the organisation that runs the service, added at the first call."""
    kind = OrganisationKind.SERVICE
    found = session.scalars(select(Organisation).where(Organisation.kind == kind.value)).one_or_none()
    facts = OrganisationFacts(code=SERVICE_CODE, name="Whoever runs this service", kind=kind)
    return found or add_organisation(session, deed, facts)


def add_member(
    session: WriteSession, deed: Deed, code: str, *, name: str, capacity: MemberCapacity, joined_on: date
) -> ForumMember:
    """Add a member to a forum, with the capacity they qualify in; the record keeps no name.

    Raises:
        NotAllowedError: it is another organisation's forum.
        ConflictError: the organisation is no forum.

    Source: FORUM-2, FORUM-3, FORUM-11.
    """
    organisation = organisation_by_code(session, code)
    refuse_other_organisation(deed, {code}, f"The membership of {organisation.name}")
    if organisation.kind != OrganisationKind.FORUM.value:
        raise ConflictError(f"{organisation.name} is no neighbourhood forum, so it has no members to qualify.")
    member = ForumMember(name=name, capacity=capacity.value, joined_on=joined_on)
    organisation.members.append(member)
    session.flush()
    after = {"member": member.id, "capacity": capacity.value, "joined_on": joined_on.isoformat()}
    record(session, deed, EventKind.MEMBER_CHANGED, code, after=after)
    return member


def end_membership(session: WriteSession, deed: Deed, code: str, member_id: int, *, left_on: date) -> ForumMember:
    """Record that a member left their forum.

    Raises:
        NotFoundError: the forum has no such member.
    """
    organisation = organisation_by_code(session, code)
    refuse_other_organisation(deed, {code}, f"The membership of {organisation.name}")
    member = next((each for each in organisation.members if each.id == member_id and each.left_on is None), None)
    if member is None:
        raise NotFoundError(f"{organisation.name} has no present member of that number.")
    member.left_on = left_on
    session.flush()
    after = {"member": member.id, "left_on": left_on.isoformat()}
    record(session, deed, EventKind.MEMBER_CHANGED, code, before={"left_on": None}, after=after)
    return member
