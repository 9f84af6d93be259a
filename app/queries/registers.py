"""Registers, to look at."""

from sqlalchemy import select

from app.db import ReadSession
from app.models import Register


def all_registers(session: ReadSession, authority_code: str = "") -> list[Register]:
    """Return the stored registers of one council, or of all where none is named, the newest first."""
    chosen = select(Register).order_by(Register.as_at.desc(), Register.id.desc())
    return list(session.scalars(chosen.where(Register.authority_code == authority_code) if authority_code else chosen))
