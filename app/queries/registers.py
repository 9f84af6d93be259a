"""Registers, to look at."""

from sqlalchemy import select

from app.db import ReadSession
from app.models import Register


def all_registers(session: ReadSession) -> list[Register]:
    """Return the stored registers, the newest first."""
    return list(session.scalars(select(Register).order_by(Register.as_at.desc(), Register.id.desc())))
