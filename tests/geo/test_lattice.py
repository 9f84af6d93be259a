"""The lattice of degrees under a base map."""

import numpy as np
import pytest
import shapely

from geo.crs import CONTROL_POINT_BNG, CONTROL_POINT_WGS84, bng_from_wgs84_coordinates
from geo.lattice import LATTICE_SIZE, lattice_of


def between(lattice, window, point):
    """Degrees at a point, told straight between the four corners round it."""
    west, south, east, north = window.bounds
    last = LATTICE_SIZE - 1
    x, y = (point[0] - west) / (east - west) * last, (point[1] - south) / (north - south) * last
    column, row = int(x), int(y)
    grid = np.array(lattice).reshape(LATTICE_SIZE, LATTICE_SIZE, 2)[row : row + 2, column : column + 2]
    u, v = x - column, y - row
    return (grid[0, 0] * (1 - u) + grid[0, 1] * u) * (1 - v) + (grid[1, 0] * (1 - u) + grid[1, 1] * u) * v


@pytest.mark.parametrize(("side_m", "within_m"), [(2_400, 0.01), (24_000, 0.3), (240_000, 30)])
def test_between_corners_degrees_are_right_to_a_small_part_of_a_pixel(side_m, within_m):
    east, north = CONTROL_POINT_BNG
    window = shapely.box(east - side_m * 0.77, north - side_m * 0.4, east + side_m * 0.23, north + side_m * 0.6)
    found = between([each or [0, 0] for each in lattice_of(window)], window, CONTROL_POINT_BNG)
    (back,) = bng_from_wgs84_coordinates(np.array([found]))
    assert np.hypot(*(back - CONTROL_POINT_BNG)) < within_m
    assert found == pytest.approx(CONTROL_POINT_WGS84, abs=0.001)


def test_corners_beyond_the_transformation_are_told_to_be_unknown():
    lattice = lattice_of(shapely.box(-900_000, 300_000, 500_000, 400_000))
    assert lattice[0] is None
    assert lattice[-1] is not None
