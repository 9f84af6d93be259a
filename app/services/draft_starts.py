"""What a boundary can start from: official parts joined exactly, or a stored area; and whether it is still that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.errors import InvalidRequestError, NotFoundError
from app.models import Boundary, BoundaryKind, DraftOrigin, DraftStart
from app.models.base import Document
from app.queries.nearby import in_force
from app.queries.places import land_of
from geo.boundary import boundary
from geo.reshape import joined

AnySession = ReadSession | WriteSession
MOST_PARTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One official boundary, named: its kind, its code, and the council within which the code is unique."""

    kind: BoundaryKind
    code: str
    authority_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a boundary began, and from what (`BoundaryDraft.start_facts`)."""

    kind: DraftStart
    facts: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A boundary to start from: what to call it, its land in EPSG:27700 metres, and how it began."""

    name: str
    boundary_bng: MultiPolygon
    start: Start


def start_from_parts(session: AnySession, parts: Sequence[Part], on: date) -> Started:
    """Return official parts joined along their shared edges; one alone is exactly as stored.

    Raises:
        InvalidRequestError: no parts, or too many.
        NotFoundError: a part is not stored, or not in force on that day.

    Source: AREA-8 (the whole of a parish), AREA-10.
    """
    if not 0 < len(parts) <= MOST_PARTS:
        raise InvalidRequestError(f"Choose between one and {MOST_PARTS} parts.")
    rows = [_part(session, part, on) for part in dict.fromkeys(parts)]
    facts: Document = {
        "parts": [{"kind": row.kind, "code": row.code, "authority_code": row.authority_code} for row in rows],
        "on": on.isoformat(),
    }
    return Started(
        name=" and ".join(dict.fromkeys(row.name for row in rows[:3])) + (" and others" if rows[3:] else ""),
        boundary_bng=joined([row.geometry for row in rows]),
        start=Start(kind=DraftStart.PARTS, facts=facts),
    )


def _part(session: AnySession, part: Part, on: date) -> Boundary:
    named = select(Boundary).where(Boundary.kind == part.kind.value, Boundary.code == part.code)
    if part.authority_code:
        named = named.where(Boundary.authority_code == part.authority_code)
    found: Boundary | None = session.scalars(in_force(named, Boundary, on).order_by(Boundary.id)).first()
    if found is None:
        raise NotFoundError(f"There is no {part.kind.value} {part.code[:40]} in force on {on}: choose another.")
    return found


def start_from_area(session: AnySession, reference: str, on: date) -> Started:
    """Return a copy of a designated neighbourhood area's newest line.

    Raises:
        NotFoundError: there is none.
    """
    facts: Document = {"area": reference.upper(), "on": on.isoformat()}
    land = boundary(land_of(session, reference, on))
    return Started(name=reference.upper(), boundary_bng=land, start=Start(kind=DraftStart.AREA, facts=facts))


def origin_of(session: AnySession, start: Start, boundary_bng: BaseGeometry) -> DraftOrigin:
    """Return what a line is now: what it started from exactly (accepted), that changed (amended), own, or uploaded.

    The official line is looked up again as of the day it was taken, so that nobody's word is needed for it.
    """
    if start.kind is DraftStart.DRAWN:
        return DraftOrigin.OWN
    if start.kind is DraftStart.FILE:
        return DraftOrigin.UPLOADED
    official = _official(session, start)
    same = shapely.equals_exact(shapely.normalize(official), shapely.normalize(boundary(boundary_bng)))
    return DraftOrigin.ACCEPTED if same else DraftOrigin.AMENDED


def _official(session: AnySession, start: Start) -> MultiPolygon:
    try:
        on = date.fromisoformat(start.facts["on"])
        if start.kind is DraftStart.AREA:
            return start_from_area(session, str(start.facts["area"]), on).boundary_bng
        parts = [
            Part(kind=BoundaryKind(each["kind"]), code=each["code"], authority_code=each.get("authority_code", ""))
            for each in start.facts["parts"]
        ]
    except (KeyError, TypeError, ValueError) as problem:
        raise InvalidRequestError("It is not said which official boundary this started from: start again.") from problem
    return start_from_parts(session, parts, on).boundary_bng
