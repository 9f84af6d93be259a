"""Consultations, to look at: which are open, and everything said on one subject."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import ReadSession, WriteSession
from app.models import ConsultationHeld


def consultations(session: ReadSession) -> list[ConsultationHeld]:
    """Return every consultation, the last to close first."""
    return list(
        session.scalars(
            select(ConsultationHeld).order_by(ConsultationHeld.closes_on.desc(), ConsultationHeld.id.desc())
        )
    )


def consultations_open_on(session: ReadSession, on: date) -> list[ConsultationHeld]:
    """Return the consultations in which people may say something on a day, the first to close first."""
    return list(
        session.scalars(
            select(ConsultationHeld)
            .where(ConsultationHeld.opens_on <= on, ConsultationHeld.closes_on >= on)
            .order_by(ConsultationHeld.closes_on, ConsultationHeld.id)
        )
    )


def consultations_on(session: ReadSession | WriteSession, subject: str) -> list[ConsultationHeld]:
    """Return the consultations on one area, forum, plan or order with what was said in them, oldest first."""
    return list(
        session.scalars(
            select(ConsultationHeld)
            .where(ConsultationHeld.subject == subject)
            .options(selectinload(ConsultationHeld.representations))
            .order_by(ConsultationHeld.id)
        )
    )
