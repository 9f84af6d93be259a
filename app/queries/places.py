"""The land of a place that people name by its reference or code."""

from datetime import date

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.errors import NotFoundError
from app.models import AreaVersion, Boundary, BoundaryKind, NeighbourhoodArea
from app.queries.nearby import in_force


def land_of(session: ReadSession | WriteSession, place: str, on: date) -> BaseGeometry:
    """Return the land of a neighbourhood area (NA-000123) or a parish (its code) on a day, EPSG:27700.

    Raises:
        NotFoundError: there is neither, or no place is named.
    """
    if not place.strip():
        raise NotFoundError("Say which place: give the reference of an area, such as NA-000123, or a parish's code.")
    area = session.scalars(
        select(AreaVersion.geometry)
        .join(NeighbourhoodArea)
        .where(NeighbourhoodArea.reference == place.upper())
        .order_by(AreaVersion.valid_from.desc())
        .limit(1)
    ).first()
    if area is not None:
        return area
    parishes = select(Boundary.geometry).where(
        Boundary.kind == BoundaryKind.PARISH.value, Boundary.code == place.upper()
    )
    parish: BaseGeometry | None = session.scalars(in_force(parishes, Boundary, on)).first()
    if parish is None:
        raise NotFoundError(f"There is no designated area or parish {place[:20]!r}: give a reference like NA-000123.")
    return parish
