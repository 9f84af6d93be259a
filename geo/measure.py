"""Sizes of a boundary on the British grid: hectares, metres, shares, and the greatest width of a shape.

Everything here takes EPSG:27700 metres. Widths are what tell a real overlap from the sliver that two
separately digitised copies of one line leave between them (T-1).
"""

import math
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

WIDTH_ACCURACY_M = 0.001
SMALLEST_PART_M2 = 1e-6
SQUARE_METRES_PER_HECTARE = 10_000.0
SHARE_STEP = Decimal("0.0001")
CIRCLE = math.pi


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


def polygons(geometry_bng: BaseGeometry) -> NDArray[np.object_]:
    """Return the polygons that a geometry is made of, leaving out its lines, points and specks.

    A speck is smaller than a square millimetre: the rounding of one crossing point, not land.
    """
    parts = shapely.get_parts(shapely.get_parts(geometry_bng))
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    kept: NDArray[np.object_] = parts[shapely.area(parts) > SMALLEST_PART_M2]
    return kept


def land(geometry_bng: BaseGeometry) -> MultiPolygon:
    """Return only the land of a geometry, as a MultiPolygon (empty where there is none)."""
    return MultiPolygon(list(polygons(geometry_bng)))


def greatest_width_m(geometry_bng: BaseGeometry) -> float:
    """Return the diameter of the largest circle that fits inside, over all parts, in metres; 0 for no land.

    The search for each circle stops within half of WIDTH_ACCURACY_M of the true radius, so the figure is at
    most a millimetre too small and never too large.
    """
    widest = 0.0
    for ceiling, part in _by_ceiling(geometry_bng):
        if ceiling <= widest:
            break
        widest = max(widest, _width_m(part))
    return widest


def is_wider_than(geometry_bng: BaseGeometry, width_m: float) -> bool:
    """Say whether a circle of more than this diameter fits inside some part, to the millimetre.

    Cheap bounds decide most cases: area / perimeter is never more than the radius of the largest circle.
    """
    for ceiling, part in _by_ceiling(geometry_bng):
        if ceiling <= width_m:
            return False
        if not part.interiors and 2 * part.area / part.length > width_m + WIDTH_ACCURACY_M:
            return True
        if round(_width_m(part), 3) > width_m:
            return True
    return False


def _by_ceiling(geometry_bng: BaseGeometry) -> Iterator[tuple[float, Polygon]]:
    """Yield each part with a width it cannot exceed (that of a circle of its area), greatest first."""
    parts = polygons(geometry_bng)
    ceilings = 2 * np.sqrt(shapely.area(parts) / CIRCLE)
    for place in np.argsort(-ceilings, kind="stable"):
        yield float(ceilings[place]), parts[place]


def _width_m(part: Polygon) -> float:
    radius = shapely.maximum_inscribed_circle(part, tolerance=WIDTH_ACCURACY_M / 2)
    return 2 * float(shapely.length(radius))
