"""Registers, to look at."""

from sqlalchemy import select

from app.db import ReadSession
from app.models import Register
from app.queries.parts import Key, Part, day_of, number_of, part_of

_NEWEST_FIRST = (
    Key(column=Register.as_at, falls=True, read=day_of),
    Key(column=Register.id, falls=True, read=number_of),
)


def all_registers(session: ReadSession, authority_code: str = "", part: Part | None = None) -> list[Register]:
    """Return the registers of one council, or of all where none is named, or a part of them, the newest first."""
    chosen = select(Register)
    if authority_code:
        chosen = chosen.where(Register.authority_code == authority_code)
    return list(session.scalars(part_of(chosen, part, _NEWEST_FIRST)))
