"""Finding a place by what people call it: a name, a postcode, a property reference, a grid reference."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.db import ReadSession
from app.models import AreaVersion, Boundary, BoundaryKind, LocationFile, LocationPoint, NeighbourhoodArea
from app.queries.nearby import in_force

Row = TypeVar("Row")
MOST_FOUND = 10
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_UPRN = re.compile(r"\d{5,12}")
_SHORTEST_NAME = 2
_NAMED_KINDS = (BoundaryKind.PARISH, BoundaryKind.WARD, BoundaryKind.AUTHORITY)


class PlaceKind(StrEnum):
    """What was found."""

    AREA = "area"
    PARISH = "parish"
    WARD = "ward"
    AUTHORITY = "authority"
    POSTCODE = "postcode"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """One place that answers to what was typed.

    Attributes:
        kind: what it is.
        reference: area reference, boundary code, postcode or property reference.
        name: as people write it.
        point_bng: a point of it, EPSG:27700 metres.
        bounds_bng: what a map should show of it (west, south, east, north); a point's own place for points.
    """

    kind: PlaceKind
    reference: str
    name: str
    point_bng: tuple[float, float]
    bounds_bng: tuple[float, float, float, float]


def find_places(session: ReadSession, text: str, on: date) -> list[FoundPlace]:
    """Return up to ten places that answer to a text on a day, the likeliest first; none where nothing does.

    A postcode or property reference is looked up among the points imported for the councils here; a name among
    neighbourhood areas, parishes, wards and authorities, those that begin with the text before those that hold it.
    """
    typed = " ".join(text.split())
    packed = typed.replace(" ", "").upper()
    if _POSTCODE.fullmatch(packed):
        return list(_points(session, "postcode", packed, PlaceKind.POSTCODE))
    if _UPRN.fullmatch(packed):
        return list(_points(session, "uprn", packed.lstrip("0") or "0", PlaceKind.PROPERTY))
    if len(typed) < _SHORTEST_NAME:
        return []
    return [*_areas(session, typed, on), *_boundaries(session, typed, on)][:MOST_FOUND]


def point_of(session: ReadSession, text: str) -> FoundPlace | None:
    """Return the point of a postcode or property reference; None where it is neither, or not known here."""
    packed = "".join(text.split()).upper()
    if not (_POSTCODE.fullmatch(packed) or _UPRN.fullmatch(packed)):
        return None
    return next(iter(find_places(session, text, date.max)), None)


def _points(session: ReadSession, file_kind: str, key: str, kind: PlaceKind) -> Iterator[FoundPlace]:
    row = session.scalars(
        select(LocationPoint)
        .join(LocationFile, LocationPoint.file_id == LocationFile.id)
        .where(LocationFile.kind == file_kind, LocationPoint.key == key)
        .order_by(LocationFile.id.desc())
        .limit(1)
    ).first()
    if row is not None:
        name = f"{key[:-3]} {key[-3:]}" if kind is PlaceKind.POSTCODE else f"Property {key}"
        point = (row.easting, row.northing)
        yield FoundPlace(kind=kind, reference=key, name=name, point_bng=point, bounds_bng=(*point, *point))


def _like(text: str) -> str:
    return text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _named(chosen: Select[Row], column: InstrumentedAttribute[str], text: str) -> Select[Row]:
    name = func.lower(column)
    return (
        chosen.where(name.like(f"%{_like(text)}%", escape="\\"))
        .order_by(name.like(f"{_like(text)}%", escape="\\").desc(), name)
        .limit(MOST_FOUND)
    )


def _areas(session: ReadSession, text: str, on: date) -> Iterator[FoundPlace]:
    chosen = in_force(select(AreaVersion).join(NeighbourhoodArea), AreaVersion, on)
    is_reference = text.upper().startswith("NA-")
    for line in session.scalars(
        chosen.where(NeighbourhoodArea.reference == text.upper())
        if is_reference
        else _named(chosen, NeighbourhoodArea.name, text)
    ):
        yield _shaped(PlaceKind.AREA, line.area.reference, line.area.name, line.geometry)


def _boundaries(session: ReadSession, text: str, on: date) -> Iterator[FoundPlace]:
    chosen = select(Boundary).where(Boundary.kind.in_([kind.value for kind in _NAMED_KINDS]))
    for row in session.scalars(_named(in_force(chosen, Boundary, on), Boundary.name, text)):
        yield _shaped(PlaceKind(row.kind), row.code, row.name, row.geometry)


def _shaped(kind: PlaceKind, reference: str, name: str, shape: BaseGeometry) -> FoundPlace:
    ((x, y),) = shapely.get_coordinates(shapely.point_on_surface(shape)).tolist()
    west, south, east, north = shape.bounds
    return FoundPlace(
        kind=kind, reference=reference, name=name, point_bng=(x, y), bounds_bng=(west, south, east, north)
    )
