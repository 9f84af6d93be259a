"""Neighbourhood forums before they are designated: apply for an area, and publicise the application."""

from dataclasses import dataclass
from datetime import date

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import AreaStatus, Forum, ForumStatus, MemberCapacity, Organisation, OrganisationKind
from app.queries.areas import area_with_everything
from app.queries.forum_cases import forum_authorities, forum_case_facts, forum_with_everything, open_forums
from app.scope import refuse_other_organisation
from app.services.consultations import Opening, open_consultation
from app.services.organisations import organisation_by_code
from app.services.references import Prefix, next_reference
from referendum.clocks import Clock, deadline, is_kept
from referendum.consultations import Consultation
from referendum.errors import StageError
from referendum.forum_stages import forum_possible

EXCLUSIVITY = (
    "While this forum is designated, no other body may be designated for the area, until the designation expires or is "
    "withdrawn."
)
"""What must be said with the application when it is publicised (FORUM-12)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumFacts:
    """What an application to be a forum says (FORUM-11); members are counted, never named.

    Attributes:
        area_reference: the area it is to be the forum of; it may still be applied for (FORUM-16).
        organisation_code: the body, where it holds an account here: its own list of members is then counted.
        name: of the proposed forum.
        purpose: the clause of the constitution on the well-being of the area (FORUM-1).
        constitution: the written constitution, or where it can be read (FORUM-4).
        statement: how the conditions are met.
        contact_name, contact_way, contact_agreed_on: a member who agrees to be public, how to reach them, and the day.
        is_open_to_all: membership is open to all who live or work there and to its councillors (FORUM-2).
        received_on: the day it was received.
        members, living, working, elected: individuals who qualify, and how many in each capacity; one person may
            qualify in several.
    """

    area_reference: str
    organisation_code: str
    name: str
    purpose: str
    constitution: str
    statement: str
    contact_name: str
    contact_way: str
    contact_agreed_on: date | None
    is_open_to_all: bool
    received_on: date
    members: int = 0
    living: int = 0
    working: int = 0
    elected: int = 0


def apply_for_forum(session: WriteSession, deed: Deed, facts: ForumFacts) -> Forum:
    """Receive a body's application to be the forum of an area.

    Raises:
        NotAllowedError: another organisation's application.
        NotFoundError: there is no such area.
        StageError: the area was refused, taken back or joined to another.
        ConflictError: a parish council, or a body that has an open application for the area already.
        InvalidRequestError: no name, a count of members that cannot be, or a day to come.

    Source: FORUM-3, FORUM-5, FORUM-11, FORUM-16.
    """
    area = area_with_everything(session, facts.area_reference)
    if area.status not in {AreaStatus.APPLIED.value, AreaStatus.DESIGNATED.value}:
        raise StageError(f"{area.reference} is {area.status}, so no forum can be designated for it.")
    body = organisation_by_code(session, facts.organisation_code) if facts.organisation_code else None
    forum = _forum(facts, body)
    forum.area = area
    theirs = set(forum_authorities(session, forum)) | ({body.code} if body else set())
    refuse_other_organisation(deed, theirs, f"The application of {facts.name}")
    _refuse_doubtful(deed, facts, body)
    _refuse_second(session, forum, body)
    forum.reference = next_reference(session, Prefix.FORUM)
    session.add(forum)
    session.flush()
    record(session, deed, EventKind.FORUM_APPLIED_FOR, forum.reference, after=forum_facts_of(forum))
    return forum


def _forum(facts: ForumFacts, body: Organisation | None) -> Forum:
    present = [each for each in body.members if each.left_on is None] if body is not None else []
    capacities = [each.capacity for each in present]
    counted = {
        "members": len(present),
        "living": capacities.count(MemberCapacity.LIVES.value),
        "working": capacities.count(MemberCapacity.WORKS.value),
        "elected": capacities.count(MemberCapacity.COUNCILLOR.value),
    }
    stated = {name: getattr(facts, name) for name in counted}
    return Forum(
        organisation=body,
        name=facts.name.strip(),
        purpose=facts.purpose.strip(),
        constitution=facts.constitution.strip(),
        statement=facts.statement.strip(),
        contact_name=facts.contact_name.strip(),
        contact_way=facts.contact_way.strip(),
        contact_agreed_on=facts.contact_agreed_on,
        is_open_to_all=facts.is_open_to_all,
        received_on=facts.received_on,
        status=ForumStatus.APPLIED.value,
        ended_because="",
        **(counted if present else stated),
    )


def _refuse_doubtful(deed: Deed, facts: ForumFacts, body: Organisation | None) -> None:
    if body is not None and body.kind == OrganisationKind.PARISH_COUNCIL.value:
        raise ConflictError(f"{body.name} is a parish council, so it needs no forum: it makes the plan itself.")
    if not facts.name.strip():
        raise InvalidRequestError("Give the forum a name.")
    today = deed.at.astimezone(LONDON).date()
    if facts.received_on > today or (facts.contact_agreed_on is not None and facts.contact_agreed_on > today):
        raise InvalidRequestError(f"A day after today, {today}, cannot have come yet: correct the date.")
    kinds = (facts.living, facts.working, facts.elected)
    if min(kinds) < 0 or not max(kinds) <= facts.members <= sum(kinds):
        raise InvalidRequestError(
            f"{facts.members} members cannot be {facts.living} who live there, {facts.working} who work there and "
            f"{facts.elected} councillors: count each individual once, who may qualify in several ways."
        )


def _refuse_second(session: WriteSession, forum: Forum, body: Organisation | None) -> None:
    for other in open_forums(session, forum.area.id):
        if other.name == forum.name or (body is not None and other.organisation_id == body.id):
            raise ConflictError(f"{forum.name} already has an open application for this area: {other.reference}.")


def publicise_forum(
    session: WriteSession, deed: Deed, reference: str, *, publicised_on: date, closes_on: date
) -> Forum:
    """Record when an application was first publicised, saying that it shuts out others, and open it to comments.

    Raises:
        StageError: it is not open, publicised already, or lacks a part of FORUM-11; what is missing is told.
        InvalidRequestError: before it was received, or comments close too early.

    Source: FORUM-11, FORUM-12.
    """
    forum = own_forum(session, deed, reference, "Publicising")
    if forum.status != ForumStatus.APPLIED.value or forum.publicised_on is not None:
        raise StageError(f"{reference} cannot be publicised: it is {forum.status}, publicised {forum.publicised_on}.")
    if publicised_on < forum.received_on:
        raise InvalidRequestError(f"{reference} was received on {forum.received_on}: it was publicised then or later.")
    step = next(
        each
        for each in forum_possible(forum_case_facts(session, forum, publicised_on), today=publicised_on)
        if each.move.rule == "FORUM-12"
    )
    if not step.is_open:
        raise StageError(step.words())
    least = deadline(Clock.FORUM_COMMENTS, publicised_on)
    if least is not None and not is_kept(least, closes_on):
        raise InvalidRequestError(
            f"Representations on {reference} may not close on {closes_on}: at least six weeks from {publicised_on} "
            f"means {least.day} or later (FORUM-12)."
        )
    forum.publicised_on, forum.closes_on = publicised_on, closes_on
    session.flush()
    after = {"publicised_on": publicised_on.isoformat(), "closes_on": closes_on.isoformat(), "said": EXCLUSIVITY}
    record(session, deed, EventKind.FORUM_PUBLICISED, reference, after=after)
    opening = Opening(
        subject=reference,
        kind=Consultation.FORUM,
        title=forum.name,
        opens_on=publicised_on,
        closes_on=closes_on,
        held_by=sorted(forum_authorities(session, forum)),
    )
    open_consultation(session, deed, opening)
    return forum


def own_forum(session: WriteSession, deed: Deed, reference: str, what: str) -> Forum:
    """Return a forum whose area falls in the authority that acts.

    Raises:
        NotFoundError: there is none.
        NotAllowedError: its area falls in other authorities.
    """
    forum = forum_with_everything(session, reference)
    refuse_other_organisation(deed, set(forum_authorities(session, forum)), f"{what} {reference}")
    return forum


def forum_facts_of(forum: Forum) -> dict[str, object]:
    """Return what the record keeps of an application: never its contact, and no member's name."""
    return {
        "area": forum.area.reference,
        "name": forum.name,
        "status": forum.status,
        "organisation": forum.organisation.code if forum.organisation is not None else None,
        "is_open_to_all": forum.is_open_to_all,
        "members": forum.members,
        "living": forum.living,
        "working": forum.working,
        "elected": forum.elected,
        "received_on": forum.received_on.isoformat(),
    }
