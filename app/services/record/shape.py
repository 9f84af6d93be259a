"""The shape in which what the events come to is compared with what the tables hold."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry

from app.audit import EventKind
from app.db import ReadSession, WriteSession
from app.services.boundaries import geometry_hash
from geo.boundary import boundary

AnySession = ReadSession | WriteSession
Key = tuple[str, ...]
"""What is kept: its kind, the reference it belongs to, and what tells it apart there."""
Facts = dict[str, Any]
State = dict[Key, Facts]
Event = Mapping[str, Any]
Step = Callable[[State, Event], None]
Steps = Mapping[EventKind, Step]
"""What each kind of event does to the state."""
Stored = Callable[[AnySession], Iterator[tuple[Key, Facts]]]
"""What the tables of one noun hold, in the shape in which its events tell it."""

OWN_SUM = "its own sum"
"""Set, on what the tables hold, where a stored figure does not follow from the figures stored beside it."""


def day_text(value: date | None) -> str | None:
    """Return a day as events write it."""
    return None if value is None else value.isoformat()


def line_of(geometry_bng: BaseGeometry) -> str:
    """Return the hash by which events name a line."""
    return geometry_hash(boundary(geometry_bng))
