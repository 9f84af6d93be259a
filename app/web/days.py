"""The day a page speaks of: `?on=2026-09-10`, today where none is given."""

from datetime import date
from typing import Annotated

from fastapi import Depends

from app.errors import InvalidRequestError
from app.state import CurrentState


def read_day(text: str) -> date | None:
    """Return the day that was typed, None where nothing was.

    Raises:
        InvalidRequestError: it is not a day.
    """
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise InvalidRequestError(
            f"“{text.strip()[:40]}” is not a date we can read: write year, month and day, for example 2026-09-10."
        ) from problem


def _on(state: CurrentState, on: str = "") -> date:
    return read_day(on) or state.clock.today()


OnDay = Annotated[date, Depends(_on)]
