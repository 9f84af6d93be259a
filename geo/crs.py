"""The British grid, WGS84, and the one transformation allowed between them (OSTN15)."""

from typing import TypeVar

import numpy as np
import shapely
from convertbng.cutil import convert_osgb36_to_ll, convert_to_osgb36
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

BNG_EPSG = 27700
WGS84_EPSG = 4326

Geometry = TypeVar("Geometry", bound=BaseGeometry)
Coordinates = NDArray[np.float64]


def bng_from_wgs84_coordinates(lonlat: Coordinates) -> Coordinates:
    """Transform longitudes and latitudes to the British grid by OSTN15.

    Args:
        lonlat: array of shape (n, 2), degrees, longitude first.

    Returns:
        Array of shape (n, 2), EPSG:27700 metres rounded to the millimetre as Ordnance Survey defines it;
        NaN where a point lies outside the transformation's extent.
    """
    if len(lonlat) == 0:
        return np.empty((0, 2))
    eastings, northings = convert_to_osgb36(np.ascontiguousarray(lonlat[:, 0]), np.ascontiguousarray(lonlat[:, 1]))
    return np.column_stack([eastings, northings])


def wgs84_from_bng_coordinates(bng: Coordinates) -> Coordinates:
    """Transform British grid metres to longitudes and latitudes by OSTN15.

    Args:
        bng: array of shape (n, 2), EPSG:27700 metres, easting first.

    Returns:
        Array of shape (n, 2), degrees, longitude first; NaN outside the transformation's extent.
    """
    if len(bng) == 0:
        return np.empty((0, 2))
    longitudes, latitudes = convert_osgb36_to_ll(np.ascontiguousarray(bng[:, 0]), np.ascontiguousarray(bng[:, 1]))
    return np.column_stack([longitudes, latitudes])


def bng_from_wgs84(geometry: Geometry) -> Geometry:
    """Return the geometry (WGS84 degrees, longitude first) on the British grid, in metres to the millimetre."""
    return shapely.transform(geometry, bng_from_wgs84_coordinates)


def wgs84_from_bng(geometry: Geometry) -> Geometry:
    """Return the geometry (EPSG:27700 metres) in WGS84 degrees, longitude first."""
    return shapely.transform(geometry, wgs84_from_bng_coordinates)


# Caister water tower, published by Ordnance Survey with the OSTN15 transformation.
CONTROL_POINT_WGS84 = (1 + 42 / 60 + 57.8663 / 3600, 52 + 39 / 60 + 28.8282 / 3600)
CONTROL_POINT_BNG = (651409.804, 313177.450)


def control_point_error_m() -> float:
    """Return how far our transformation falls from Ordnance Survey's published point, in metres."""
    ((easting, northing),) = bng_from_wgs84_coordinates(np.array([CONTROL_POINT_WGS84]))
    return float(np.hypot(easting - CONTROL_POINT_BNG[0], northing - CONTROL_POINT_BNG[1]))
