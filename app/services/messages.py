"""The messages to everyone who asked to be told of a decision: written when it is published, sent by the council."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession
from app.models import ConsultationHeld, Message, Representation
from app.scope import refuse_other_organisation
from app.services.representations import name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What people are told of one decision.

    Attributes:
        subject: reference of the area, forum, plan or order.
        about: which decision of its: "decision-statement", "making", or "decision" with the authority's code.
        heading: what it is, in a line.
        text: what was decided and why, and where all of it can be read.
    """

    subject: str
    about: str
    heading: str
    text: str


def write_messages(session: WriteSession, deed: Deed, telling: Telling) -> int:
    """Write to everyone who asked, in any consultation on the subject; who was written to of it before is not again.

    Returns: how many messages were written.

    Source: STEP-5, STEP-12, STEP-13, RESULT-12.
    """
    waiting = waiting_for(session, telling.subject, telling.about)
    for row in waiting:
        message = Message(about=telling.about, heading=telling.heading, text=telling.text, written_at=deed.at)
        row.messages.append(message)
        session.flush()
        after = name_of(row) | message_facts(message)
        record(session, deed, EventKind.MESSAGE_WRITTEN, telling.subject, after=after)
    return len(waiting)


def waiting_for(session: ReadSession | WriteSession, subject: str, about: str) -> list[Representation]:
    """Return what was said on a subject by those who asked to be told and were not written to of this decision."""
    chosen = (
        select(Representation)
        .join(ConsultationHeld)
        .where(ConsultationHeld.subject == subject, Representation.wants_notice.is_(True))
        .order_by(Representation.id)
    )
    return [row for row in session.scalars(chosen) if all(each.about != about for each in row.messages)]


def message_facts(message: Message) -> dict[str, object]:
    """Return a message as the record tells it; to whom is told by the representation it answers."""
    sent = message.sent_on.isoformat() if message.sent_on else None
    return {"message": message.about, "heading": message.heading, "text": message.text, "sent_on": sent}


def messages_to_send(session: ReadSession | WriteSession, consultation: ConsultationHeld) -> Sequence[Message]:
    """Return the messages to respondents of a consultation that are still to be sent, oldest first."""
    chosen = (
        select(Message)
        .join(Representation)
        .where(Representation.consultation_id == consultation.id, Message.sent_on.is_(None))
        .order_by(Message.id)
    )
    return session.scalars(chosen).all()


def tell_respondents(session: WriteSession, deed: Deed, consultation: ConsultationHeld) -> int:
    """Note that every message still to be sent has been sent; returns how many that was.

    Raises:
        NotAllowedError: another organisation's consultation.

    Source: STEP-5, STEP-13, RESULT-12.
    """
    refuse_other_organisation(deed, set(consultation.held_by), f"The consultation on {consultation.subject}")
    today = deed.at.astimezone(LONDON).date()
    waiting = messages_to_send(session, consultation)
    for message in waiting:
        row = message.representation
        message.sent_on = row.told_on = today
        after = name_of(row) | {"message": message.about, "told_on": today.isoformat()}
        record(session, deed, EventKind.REPRESENTOR_TOLD, consultation.subject, after=after)
    session.flush()
    return len(waiting)
