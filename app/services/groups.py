"""The register of neighbourhood groups: entered by the group, public only when nothing it needs is missing."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import NeighbourhoodGroup
from app.scope import refuse_other_organisation
from app.services.boundaries import geometry_hash
from app.services.organisations import organisation_by_code
from app.services.publicity import refuse_in_publicity_period
from app.services.references import Prefix, next_reference
from geo.boundary import boundary


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """What a group says of itself.

    Attributes:
        name: the group's name.
        purpose: what it does, in a few sentences.
        contact_name: whom to ask.
        contact_way: how to reach them: an email address, a telephone number, a place and time.
        contact_agreed_on: the day they agreed to be named in public; None while they have not.
        ways_to_join: how anyone may join.
        code_of_conduct_on: the day the group agreed to the code of conduct; None while it has not.
        area_bng: the place it looks after, EPSG:27700.
    """

    name: str
    purpose: str
    contact_name: str
    contact_way: str
    contact_agreed_on: date | None
    ways_to_join: str
    code_of_conduct_on: date | None
    area_bng: BaseGeometry


def group_by_reference(session: ReadSession | WriteSession, reference: str) -> NeighbourhoodGroup:
    """Return the group of a reference, public or not.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalars(select(NeighbourhoodGroup).where(NeighbourhoodGroup.reference == reference)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no neighbourhood group {reference}: check the reference.")
    return found


def what_is_missing(group: NeighbourhoodGroup) -> list[str]:
    """Return what must be there before a group is published, and is not."""
    needed = {
        "the name of a contact": group.contact_name.strip(),
        "how to reach the contact": group.contact_way.strip(),
        "the day on which the contact agreed to be named in public": group.contact_agreed_on,
        "ways to join": group.ways_to_join.strip(),
        "the day on which the group agreed to the code of conduct": group.code_of_conduct_on,
    }
    return [words for words, value in needed.items() if not value]


def add_group(session: WriteSession, deed: Deed, code: str, facts: GroupFacts) -> NeighbourhoodGroup:
    """Enter a group in the register, for its organisation alone to see until it is published.

    Raises:
        NotAllowedError: another organisation's group.
        InvalidRequestError: no name, or an agreement dated in the future.
    """
    organisation = organisation_by_code(session, code)
    refuse_other_organisation(deed, {code}, f"The entry of {organisation.name}")
    group = NeighbourhoodGroup(reference=next_reference(session, Prefix.GROUP), organisation=organisation)
    _set(deed, group, facts)
    session.add(group)
    session.flush()
    record(session, deed, EventKind.GROUP_CHANGED, group.reference, after=_facts_of(group))
    return group


def _set(deed: Deed, group: NeighbourhoodGroup, facts: GroupFacts) -> None:
    if not facts.name.strip():
        raise InvalidRequestError("Give the group a name: it is what people look for.")
    today = deed.at.astimezone(LONDON).date()
    if any(day is not None and day > today for day in (facts.contact_agreed_on, facts.code_of_conduct_on)):
        raise InvalidRequestError(f"An agreement cannot be dated after today, {today}: enter the day it was given.")
    group.name, group.purpose = facts.name.strip(), facts.purpose.strip()
    group.contact_name, group.contact_way = facts.contact_name.strip(), facts.contact_way.strip()
    group.contact_agreed_on, group.code_of_conduct_on = facts.contact_agreed_on, facts.code_of_conduct_on
    group.ways_to_join = facts.ways_to_join.strip()
    group.geometry = boundary(facts.area_bng)


def _facts_of(group: NeighbourhoodGroup) -> dict[str, object]:
    """Return what the record keeps of a group: never its contact."""
    return {
        "name": group.name,
        "organisation": group.organisation.code,
        "contact_agreed_on": group.contact_agreed_on.isoformat() if group.contact_agreed_on else None,
        "code_of_conduct_on": group.code_of_conduct_on.isoformat() if group.code_of_conduct_on else None,
        "geometry_sha256": geometry_hash(boundary(group.geometry)),
    }


def change_group(session: WriteSession, deed: Deed, reference: str, facts: GroupFacts) -> NeighbourhoodGroup:
    """Change what a group says of itself; a published one may not lose what it must have.

    Raises:
        NotAllowedError: another organisation's group.
        ConflictError: it is withdrawn, would be public without an agreement, or a referendum is being held there.

    Source: REF-21.
    """
    group = _own_group(session, deed, reference)
    today = deed.at.astimezone(LONDON).date()
    refuse_in_publicity_period(session, today, f"The entry of {group.name}", place=group.geometry)
    before = _facts_of(group)
    _set(deed, group, facts)
    if group.published_on is not None:
        _refuse_incomplete(group)
    session.flush()
    record(session, deed, EventKind.GROUP_CHANGED, reference, before=before, after=_facts_of(group))
    return group


def _own_group(session: WriteSession, deed: Deed, reference: str) -> NeighbourhoodGroup:
    group = group_by_reference(session, reference)
    refuse_other_organisation(deed, {group.organisation.code}, f"The entry {reference}")
    if group.withdrawn_on is not None:
        raise ConflictError(f"{reference} was withdrawn on {group.withdrawn_on}: enter the group anew.")
    return group


def _refuse_incomplete(group: NeighbourhoodGroup) -> None:
    missing = what_is_missing(group)
    if missing:
        raise ConflictError(f"{group.name} cannot be public without {' or '.join(missing)}: add it first.")


def publish_group(session: WriteSession, deed: Deed, reference: str) -> NeighbourhoodGroup:
    """Make a group public.

    Raises:
        NotAllowedError: another organisation's group.
        ConflictError: something that must be there is missing, or it is public already.
    """
    group = _own_group(session, deed, reference)
    today = deed.at.astimezone(LONDON).date()
    refuse_in_publicity_period(session, today, f"The entry of {group.name}", place=group.geometry)
    if group.published_on is not None:
        raise ConflictError(f"{reference} has been public since {group.published_on}.")
    _refuse_incomplete(group)
    group.published_on = deed.at.astimezone(LONDON).date()
    session.flush()
    after = {"published_on": group.published_on.isoformat()}
    record(session, deed, EventKind.GROUP_PUBLISHED, reference, before={"published_on": None}, after=after)
    return group


def withdraw_group(session: WriteSession, deed: Deed, reference: str, *, reason: str) -> NeighbourhoodGroup:
    """Take a group out of the register for good, and its contact out of the database.

    Raises:
        NotAllowedError: another organisation's group.
        InvalidRequestError: no reason.
    """
    group = _own_group(session, deed, reference)
    if not reason.strip():
        raise InvalidRequestError("Say why the group is withdrawn: whoever follows an old link is told.")
    group.withdrawn_on, group.withdrawn_because = deed.at.astimezone(LONDON).date(), reason.strip()
    group.contact_name = group.contact_way = ""
    session.flush()
    after = {"withdrawn_on": group.withdrawn_on.isoformat(), "reason": group.withdrawn_because}
    record(session, deed, EventKind.GROUP_WITHDRAWN, reference, after=after)
    return group
