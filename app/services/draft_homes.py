"""Where somebody begins to draw: their parish, their council's land, or all that is stored."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import shapely
from sqlalchemy import Select, select

from app.db import ReadSession
from app.models import Boundary, BoundaryKind
from app.queries.nearby import in_force

_MOST_FOUND = 20


def parish_of(session: ReadSession, code: str, on: date) -> Boundary | None:
    """Return the parish of a code in force on a day; None where there is none."""
    chosen = select(Boundary).where(Boundary.kind == BoundaryKind.PARISH.value, Boundary.code == code)
    return session.scalars(in_force(chosen, Boundary, on)).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A parish that may be meant: its code and name."""

    code: str
    name: str


def parishes_named(session: ReadSession, text: str, on: date) -> list[Found]:
    """Return the parishes whose names hold a text, in order of name, at most twenty."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    kind = Boundary.kind == BoundaryKind.PARISH.value
    chosen = cast("Select[Any]", select(Boundary.code, Boundary.name).where(kind))
    rows = session.execute(in_force(chosen, Boundary, on).order_by(Boundary.name, Boundary.code)).all()
    found = [Found(code=row.code, name=row.name) for row in rows if wanted in row.name.casefold()]
    return found[:_MOST_FOUND]


def home_of(session: ReadSession, organisation: str, on: date) -> tuple[float, float, float, float] | None:
    """Return the extent (west, south, east, north, EPSG:27700 metres) in which an organisation draws.

    That is its own parish or authority; otherwise every authority stored, otherwise nothing.
    """
    own = select(Boundary.geometry).where(Boundary.code == organisation)
    lands = list(session.scalars(in_force(own, Boundary, on))) if organisation else []
    if not lands:
        whole = select(Boundary.geometry).where(Boundary.kind == BoundaryKind.AUTHORITY.value)
        lands = list(session.scalars(in_force(whole, Boundary, on)))
    if not lands:
        return None
    west, south, east, north = shapely.total_bounds(lands)
    return float(west), float(south), float(east), float(north)
