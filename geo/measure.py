"""Sizes of a boundary on the British grid: hectares, metres, shares, and the greatest width of a shape.

Everything here takes EPSG:27700 metres. Widths are what tell a real overlap from the sliver that two
separately digitised copies of one line leave between them (T-1).
"""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.widths import WIDTH_ACCURACY_M, widest_m

SMALLEST_PART_M2 = 1e-6
SQUARE_METRES_PER_HECTARE = 10_000.0
SHARE_STEP = Decimal("0.0001")
ROUNDING = 1e-9


def area_ha(boundary_bng: BaseGeometry) -> float:
    """Return the area in hectares, to the square metre (four places)."""
    return round(boundary_bng.area / SQUARE_METRES_PER_HECTARE, 4)


def perimeter_m(boundary_bng: BaseGeometry) -> float:
    """Return the length of the whole boundary in metres, holes included, to the centimetre."""
    return round(boundary_bng.length, 2)


def bbox_bng(boundary_bng: BaseGeometry) -> tuple[float, float, float, float]:
    """Return (least easting, least northing, greatest easting, greatest northing), metres to the millimetre."""
    west, south, east, north = (round(float(side), 3) for side in boundary_bng.bounds)
    return west, south, east, north


def share(part: float, whole: float) -> Decimal:
    """Return part / whole as a decimal to four places, half up; nothing of nothing is 0."""
    if whole <= 0:
        return Decimal(0).quantize(SHARE_STEP)
    return Decimal(part / whole).quantize(SHARE_STEP, rounding=ROUND_HALF_UP)


def polygons(geometry_bng: BaseGeometry | NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the polygons that a geometry, or an array of them, is made of, without its lines, points and specks.

    A speck is smaller than a square millimetre: the rounding of one crossing point, not land.
    """
    parts = shapely.get_parts(shapely.get_parts(geometry_bng))
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    kept: NDArray[np.object_] = parts[shapely.area(parts) > SMALLEST_PART_M2]
    return kept


def land(geometry_bng: BaseGeometry) -> MultiPolygon:
    """Return only the land of a geometry, as a MultiPolygon (empty where there is none)."""
    return MultiPolygon(list(polygons(geometry_bng)))


def greatest_width_m(geometry_bng: BaseGeometry, accuracy_m: float = WIDTH_ACCURACY_M) -> float:
    """Return the diameter of the largest circle that fits inside, over all parts, in metres; 0 for no land.

    At most accuracy_m too small, by default a millimetre, and never too large.
    """
    return float(greatest_widths_m([geometry_bng], accuracy_m)[0])


def greatest_widths_m(
    geometries_bng: Sequence[BaseGeometry], accuracy_m: float = WIDTH_ACCURACY_M
) -> NDArray[np.float64]:
    """Return the greatest width of each geometry, as `greatest_width_m` does of one; much faster for many."""
    each = [polygons(geometry) for geometry in geometries_bng]
    parts = np.concatenate([np.empty(0, dtype=object), *each])
    own = np.repeat(np.arange(len(each)), [len(of_one) for of_one in each])
    floors, ceilings = _bounds(parts)
    widest_floor = np.zeros(len(each))
    np.maximum.at(widest_floor, own, floors)
    promising = np.flatnonzero(ceilings > widest_floor[own] * (1 - ROUNDING))
    return widest_m(parts[promising], own[promising], at_least_m=widest_floor, accuracy_m=accuracy_m)


def is_wider_than(geometry_bng: BaseGeometry, width_m: float) -> bool:
    """Say whether a circle of more than this diameter fits inside some part, to the millimetre."""
    parts = polygons(geometry_bng)
    floors, ceilings = _bounds(parts)
    if (floors > width_m + WIDTH_ACCURACY_M).any():
        return True
    doubtful = parts[ceilings > width_m]
    alone = np.zeros(len(doubtful), dtype=np.intp)
    widest = widest_m(doubtful, alone, at_least_m=np.array([float(width_m)]))
    return round(float(widest[0]), 3) > round(width_m, 3)


def _bounds(parts: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each part a width it has at least, and one it cannot exceed: that of a circle of its area.

    In a part without holes, twice its area / perimeter is never more than its greatest width.
    """
    areas = shapely.area(parts)
    is_whole = shapely.get_num_interior_rings(parts) == 0
    floors = np.where(is_whole, 2 * areas / np.maximum(shapely.length(parts), SMALLEST_PART_M2), 0.0)
    return floors, 2 * np.sqrt(areas / math.pi)
