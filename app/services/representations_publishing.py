"""What becomes public of a representation: passed by a named officer without what is personal, and answered."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError
from app.models import Forum, NeighbourhoodArea, Plan, Representation
from app.queries.forum_cases import line_of_area
from app.scope import refuse_other_organisation
from app.services.publicity import refuse_in_publicity_period
from app.services.representations import name_of

LONGEST_ANSWER = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """What an officer makes public of a representation: its words without what is personal, or nothing and why."""

    text: str = ""
    published_as: str = ""
    withheld_because: str = ""


def pass_representation(session: WriteSession, deed: Deed, row: Representation, passing: Passing) -> Representation:
    """Publish a representation without what is personal, or withhold it; the sealed original stays as it came.

    Raises:
        InvalidRequestError: neither words to publish nor a reason to withhold them, or both.
        NotAllowedError: another organisation's consultation.
        ConflictError: a referendum is being held on its subject, or there; receiving goes on meanwhile.

    Source: REF-21, Neighbourhood Planning (Referendums) Regulations 2012 reg 5.
    """
    text, because = passing.text.strip(), passing.withheld_because.strip()
    if bool(text) == bool(because):
        raise InvalidRequestError("Give either the words to publish or the reason to withhold them, not both.")
    _refuse(session, deed, row, f"What is public of comment {row.number} on {row.consultation.subject}")
    before = passed_facts(row)
    row.published_text = text or None
    row.published_as = (passing.published_as.strip() or "A respondent") if text else None
    row.withheld_because = because or None
    row.passed_by, row.passed_at = deed.by.name, deed.at
    session.flush()
    after = name_of(row) | passed_facts(row)
    record(session, deed, EventKind.REPRESENTATION_PASSED, row.consultation.subject, before=before, after=after)
    return row


def answer_representation(session: WriteSession, deed: Deed, row: Representation, answer: str) -> Representation:
    """Say what was done about a representation, for everyone to read and for the consultation statement.

    Raises:
        InvalidRequestError: no words, too many, or the representation is not passed yet.
        NotAllowedError: another organisation's consultation.
        ConflictError: a referendum is being held on its subject, or there.

    Source: STEP-2 (the consultation statement says how the issues raised were dealt with), REF-21.
    """
    words = answer.strip()
    if not words or len(words) > LONGEST_ANSWER:
        raise InvalidRequestError(f"Say what was done about it, in up to {LONGEST_ANSWER:,} characters.")
    if row.passed_at is None:
        raise InvalidRequestError(f"Read comment {row.number} first, and publish or withhold it: then answer it.")
    _refuse(session, deed, row, f"The answer to comment {row.number} on {row.consultation.subject}")
    before = answered_facts(row)
    row.answer, row.answered_by = words, deed.by.name
    session.flush()
    after = name_of(row) | answered_facts(row)
    record(session, deed, EventKind.REPRESENTATION_ANSWERED, row.consultation.subject, before=before, after=after)
    return row


def _refuse(session: WriteSession, deed: Deed, row: Representation, what: str) -> None:
    held = row.consultation
    refuse_other_organisation(deed, set(held.held_by), f"The consultation on {held.subject}")
    today = deed.at.astimezone(LONDON).date()
    plan = session.scalars(select(Plan).where(Plan.reference == held.subject)).one_or_none()
    area = _area_of(session, held.subject)
    # A metre in from its line, so that an area that only touches the place of a vote is not held up by it.
    place = line_of_area(area).buffer(-1.0) if area is not None else None
    refuse_in_publicity_period(session, today, what, plan=plan, place=place)


def _area_of(session: ReadSession | WriteSession, subject: str) -> NeighbourhoodArea | None:
    """Return the area that an application is about: its own, or the forum's."""
    by_forum = select(Forum.area_id).where(Forum.reference == subject)
    chosen = select(NeighbourhoodArea).where(
        (NeighbourhoodArea.reference == subject) | NeighbourhoodArea.id.in_(by_forum)
    )
    return session.scalars(chosen).one_or_none()


def passed_facts(row: Representation) -> dict[str, object]:
    """Return how a representation was passed, as the record tells it: the hash of what is public, or why nothing is."""
    text = row.published_text
    return {
        "published_sha256": None if text is None else hashlib.sha256(text.encode()).hexdigest(),
        "published_as": row.published_as,
        "withheld_because": row.withheld_because,
        "passed_by": row.passed_by,
    }


def answered_facts(row: Representation) -> dict[str, object]:
    """Return what was done about a representation, as the record tells it."""
    return {"answer": row.answer, "answered_by": row.answered_by}
