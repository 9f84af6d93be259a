"""A place as people type it: a grid reference, an easting and northing, or a latitude and longitude."""

import re
from dataclasses import dataclass

import numpy as np
from shapely import Point

from app.errors import InvalidRequestError
from geo.crs import bng_from_wgs84_coordinates, wgs84_from_bng_coordinates
from geo.england import is_in_england
from geo.grid_reference import GridReferenceError, read_grid_reference

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_LATITUDES, _LONGITUDES = (49.0, 61.0), (-9.0, 3.0)
_EASTINGS, _NORTHINGS = (0.0, 700_000.0), (0.0, 1_300_000.0)
_HOW = (
    "Type a grid reference such as SO 625 755, an easting and northing such as 362500, 275500, "
    "or a latitude and longitude such as 52.375, -2.551."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point that was typed.

    Attributes:
        point_bng: EPSG:27700 metres.
        square_m: side of the square that a grid reference names, the point being its centre; None for a point.
    """

    point_bng: Point
    square_m: float | None = None

    @property
    def lonlat(self) -> tuple[float, float]:
        """Longitude and latitude, WGS84 degrees, to seven decimals."""
        ((longitude, latitude),) = wgs84_from_bng_coordinates(np.array([self.point_bng.coords[0]]))
        return round(float(longitude), 7), round(float(latitude), 7)


def read_place(text: str) -> Place:
    """Return the place that was typed.

    Raises:
        InvalidRequestError: it cannot be read as a place, or lies outside England.
    """
    typed = text.strip()
    if not typed:
        raise InvalidRequestError(f"Enter a place. {_HOW}")
    place = _from_grid_reference(typed) or _from_numbers(typed)
    if place is None:
        raise InvalidRequestError(f"“{typed[:60]}” is not a place we can read. {_HOW}")
    if not is_in_england(np.array([place.point_bng.coords[0]]))[0]:
        raise InvalidRequestError(
            f"“{typed[:60]}” lies outside England, and neighbourhood planning is for England only: check the numbers."
        )
    return place


def _from_grid_reference(typed: str) -> Place | None:
    try:
        square = read_grid_reference(typed)
    except GridReferenceError:
        return None
    return Place(point_bng=Point(square.centre), square_m=square.side_m)


def _from_numbers(typed: str) -> Place | None:
    parts = re.sub(r"[,;\s]+", " ", typed).strip().split(" ")
    if len(parts) != 2 or not all(_NUMBER.fullmatch(part) for part in parts):  # noqa: PLR2004 - a pair
        return None
    one, two = (float(part) for part in parts)
    for latitude, longitude in ((one, two), (two, one)):
        if _between(latitude, _LATITUDES) and _between(longitude, _LONGITUDES):
            ((easting, northing),) = bng_from_wgs84_coordinates(np.array([[longitude, latitude]]))
            return Place(point_bng=Point(easting, northing))
    if _between(one, _EASTINGS) and _between(two, _NORTHINGS):
        return Place(point_bng=Point(one, two))
    return None


def _between(value: float, ends: tuple[float, float]) -> bool:
    return ends[0] <= value <= ends[1]
