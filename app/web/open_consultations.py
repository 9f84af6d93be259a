"""Consultations in which people may say something on a day, as links on the pages they are about."""

from collections.abc import Iterable
from datetime import date

from app.models import ConsultationHeld
from app.services.consultations import address_of
from referendum.consultations import KINDS, Consultation

Invitation = tuple[str, str, date]
"""What people are asked about, where they answer, and the last day to do so."""


def invitations(held: Iterable[ConsultationHeld], on: date) -> list[Invitation]:
    """Return those of the consultations that are open on a day. Source: AREA-11, FORUM-12, STEP-1, STEP-5."""
    return [
        (each.title, f"/consultations/{each.subject}/{address_of(each)}", each.closes_on)
        for each in held
        if each.opens_on <= on <= each.closes_on
    ]


def held_on(held: Iterable[ConsultationHeld]) -> list[Invitation]:
    """Return every consultation on a subject: its kind in words, where it can be read, and its last day."""
    return [
        (KINDS[Consultation(each.kind)].title, f"/consultations/{each.subject}/{address_of(each)}", each.closes_on)
        for each in held
    ]
