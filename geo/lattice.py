"""Where degrees lie in a window of the British grid, closely enough to lay a base map under it."""

import numpy as np
import shapely

from geo.crs import wgs84_from_bng_coordinates

LATTICE_SIZE = 25
"""Corners on each side of a window."""


def lattice_of(window_bng: shapely.Polygon) -> list[list[float] | None]:
    """Return longitude and latitude at evenly spaced corners of a window, row by row from its south-west.

    Args:
        window_bng: a box, EPSG:27700 metres.

    Returns:
        LATTICE_SIZE rows of LATTICE_SIZE corners, WGS84 degrees; None outside the transformation's extent.
    """
    west, south, east, north = window_bng.bounds
    eastings, northings = np.meshgrid(np.linspace(west, east, LATTICE_SIZE), np.linspace(south, north, LATTICE_SIZE))
    degrees = wgs84_from_bng_coordinates(np.column_stack([eastings.ravel(), northings.ravel()]))
    return [None if np.isnan(corner).any() else corner.tolist() for corner in np.round(degrees, 8)]
