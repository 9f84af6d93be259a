"""What people say in a consultation: received and sealed, and read by those who hold it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from sqlalchemy import func, select

from app.audit import Deed, EventKind, record
from app.auth.seals import decrypt, encrypt
from app.db import ReadSession, WriteSession
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import ConsultationHeld, Representation
from app.scope import refuse_other_organisation
from geo.england import is_in_england
from referendum.consultations import KINDS, Consultation, is_open

_PURPOSE = "representation"
LONGEST_TEXT = 20_000


class Channel(StrEnum):
    """How it came."""

    WEB = "web"
    PAPER = "paper"


class About(StrEnum):
    """What it speaks of."""

    WHOLE = "whole"
    POLICY = "policy"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is sealed: who said it, how to reach them, and the words."""

    name: str
    contact: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One representation as it comes in.

    Attributes:
        said: what is sealed.
        channel: web or paper.
        received_on: the day it reached the council.
        wants_notice: whether they ask to be told of the decision.
        policy: the policy it speaks of; empty for the whole or a place.
        place_bng: the place it speaks of, EPSG:27700 metres.
    """

    said: Said
    channel: Channel
    received_on: date
    wants_notice: bool = False
    policy: str = ""
    place_bng: tuple[float, float] | None = None

    @property
    def about(self) -> About:
        """What it speaks of."""
        if self.place_bng is not None:
            return About.PLACE
        return About.POLICY if self.policy.strip() else About.WHOLE


def receive(
    session: WriteSession, deed: Deed, consultation: ConsultationHeld, received: Received, *, secret: bytes
) -> Representation:
    """Take in a representation; whatever identifies its author is stored sealed only.

    Paper may be keyed in after the close where it came in time. From the web it is taken only while the consultation
    is open. A representation received late is refused with the closing date, since no later one has to be considered.

    Raises:
        InvalidRequestError: no words or too many; nowhere to tell someone who asks; a place outside England.
        ConflictError: it was received outside the consultation's days.

    Source: AREA-12, FORUM-12, STEP-1, STEP-5 (respondents may ask to be told of the decision).
    """
    _refuse_unusable(received, Consultation(consultation.kind))
    if not is_open(consultation.opens_on, consultation.closes_on, received.received_on):
        raise ConflictError(
            f"This consultation runs from {consultation.opens_on} to {consultation.closes_on}: what is received on "
            f"{received.received_on} is not in it."
        )
    numbers = select(func.count()).where(Representation.consultation_id == consultation.id)
    easting, northing = received.place_bng or (None, None)
    row = Representation(
        number=(session.scalar(numbers) or 0) + 1,
        received_on=received.received_on,
        channel=received.channel.value,
        about=received.about.value,
        policy=received.policy.strip(),
        easting=easting,
        northing=northing,
        sealed=encrypt(secret, _PURPOSE, json.dumps(asdict(received.said), ensure_ascii=False)),
        wants_notice=received.wants_notice,
    )
    consultation.representations.append(row)
    session.flush()
    record(
        session,
        deed,
        EventKind.REPRESENTATION_RECEIVED,
        consultation.subject,
        after=name_of(row) | received_facts(row),
    )
    return row


def _refuse_unusable(received: Received, kind: Consultation) -> None:
    text = received.said.text.strip()
    if not text:
        raise InvalidRequestError("Write what you want to say: the comment is empty.")
    if len(text) > LONGEST_TEXT:
        raise InvalidRequestError(f"The comment has {len(text):,} characters: shorten it to {LONGEST_TEXT:,}.")
    if received.wants_notice and not KINDS[kind].may_ask_to_be_told:
        raise InvalidRequestError("Nobody is told one by one in this consultation: leave that box empty.")
    if received.wants_notice and not received.said.contact.strip():
        raise InvalidRequestError("To be told of the decision, give an email address or a postal address.")
    if received.place_bng is not None and not is_in_england(np.array([received.place_bng]))[0]:
        raise InvalidRequestError("That place lies outside England: check the numbers.")


def name_of(row: Representation) -> dict[str, object]:
    """Return what tells a representation apart within its subject."""
    held = row.consultation
    return {"consultation": held.kind, "round": held.number, "number": row.number}


def received_facts(row: Representation) -> dict[str, object]:
    """Return a representation as the record tells its receipt: the hash of what is sealed, never the words."""
    return {
        "received_on": row.received_on.isoformat(),
        "channel": row.channel,
        "about": row.about,
        "sealed_sha256": hashlib.sha256(row.sealed).hexdigest(),
        "wants_notice": row.wants_notice,
    }


def unsealed(row: Representation, *, secret: bytes) -> Said:
    """Return what was said, to be read by those who hold the consultation.

    Raises:
        ConflictError: the service's key is not the one it was sealed under.
    """
    text = decrypt(secret, _PURPOSE, row.sealed)
    if text is None:
        raise ConflictError(
            "This representation was sealed under another key: set FOLKMOOT_SERVICE_KEY to the key of that time."
        )
    return Said(**json.loads(text))


def representation_of(
    session: ReadSession | WriteSession, deed: Deed, consultation: ConsultationHeld, number: int
) -> Representation:
    """Return one representation to whoever holds the consultation.

    Raises:
        NotFoundError: there is none of that number.
        NotAllowedError: another organisation holds it.
    """
    refuse_other_organisation(deed, set(consultation.held_by), f"The consultation on {consultation.subject}")
    chosen = select(Representation).where(
        Representation.consultation_id == consultation.id, Representation.number == number
    )
    found = session.scalars(chosen).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no representation {number} on {consultation.subject}: check the number.")
    return found
