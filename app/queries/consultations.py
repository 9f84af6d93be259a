"""Consultations, to look at: which are open, and everything said on one subject."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.db import ReadSession, WriteSession
from app.models import ConsultationHeld
from app.queries.parts import Key, Part, day_of, how_many, number_of, part_of

_LAST_TO_CLOSE_FIRST = (
    Key(column=ConsultationHeld.closes_on, falls=True, read=day_of),
    Key(column=ConsultationHeld.id, falls=True, read=number_of),
)
_FIRST_TO_CLOSE_FIRST = (
    Key(column=ConsultationHeld.closes_on, read=day_of),
    Key(column=ConsultationHeld.id, read=number_of),
)


def consultations(session: ReadSession, part: Part | None = None) -> list[ConsultationHeld]:
    """Return the consultations, all or a part of them, the last to close first."""
    return list(session.scalars(part_of(select(ConsultationHeld), part, _LAST_TO_CLOSE_FIRST)))


def consultations_open_on(session: ReadSession, on: date, part: Part | None = None) -> list[ConsultationHeld]:
    """Return the consultations in which people may say something on a day, the first to close first."""
    return list(session.scalars(part_of(_open_on(on), part, _FIRST_TO_CLOSE_FIRST)))


def consultations_closed_by(session: ReadSession, on: date, part: Part) -> list[ConsultationHeld]:
    """Return a part of the consultations that had closed before a day, the last to close first."""
    return list(session.scalars(part_of(_closed_by(on), part, _LAST_TO_CLOSE_FIRST)))


def count_consultations(session: ReadSession, on: date) -> tuple[int, int]:
    """Return how many consultations are open on a day, and how many had closed before it."""
    opened, closed = (each.with_only_columns(ConsultationHeld.id) for each in (_open_on(on), _closed_by(on)))
    return how_many(session, opened), how_many(session, closed)


def _open_on(on: date) -> Select[Any]:
    return select(ConsultationHeld).where(ConsultationHeld.opens_on <= on, ConsultationHeld.closes_on >= on)


def _closed_by(on: date) -> Select[Any]:
    return select(ConsultationHeld).where(ConsultationHeld.closes_on < on)


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
