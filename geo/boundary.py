"""One shape for every boundary: a multipolygon, with no vertex altered."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.england import is_measurable
from geo.errors import BoundaryError

_PLAIN_TYPES = {
    "Point": "a point",
    "MultiPoint": "points",
    "LineString": "a line",
    "LinearRing": "a line",
    "MultiLineString": "lines",
    "GeometryCollection": "a collection of different shapes",
}


@np.errstate(all="ignore")
def boundary(geometry: BaseGeometry) -> shapely.MultiPolygon:
    """Return a polygon or multipolygon as a multipolygon.

    Every vertex stays where it is and as it is, also where the geometry is invalid. Empty parts and heights are left
    out; outer rings run anticlockwise and holes clockwise where every point is a number.

    Raises:
        BoundaryError: it is empty, or not polygonal.
    """
    if not isinstance(geometry, shapely.Polygon | shapely.MultiPolygon):
        what = _PLAIN_TYPES.get(geometry.geom_type, f"a {geometry.geom_type}")
        raise BoundaryError(f"The boundary is {what}, not an area: send a polygon that closes round the area.")
    parts = [part for part in shapely.get_parts(geometry) if not part.is_empty]
    if not parts:
        raise BoundaryError("The boundary is empty: send a polygon that closes round the area.")
    return shapely.MultiPolygon([_oriented(shapely.force_2d(part)) for part in parts])


def _oriented(part: shapely.Polygon) -> shapely.Polygon:
    """Return a part with its rings running the usual way; one with a point that cannot be measured stays as it is."""
    if not is_measurable(shapely.get_coordinates(part)).all():
        return part
    return shapely.orient_polygons(part)
