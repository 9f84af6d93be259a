"""Changes to a boundary that need exact geometry: join, take away, split; other vertices stay as they are."""

from collections.abc import Sequence

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.boundary import boundary
from geo.errors import BoundaryError
from geo.measure import polygons
from geo.validity import is_valid_ogc


def joined(parts_bng: Sequence[BaseGeometry]) -> MultiPolygon:
    """Return the land of several parts as one boundary; edges that two parts share vertex by vertex go.

    A single part is returned as it is.

    Raises:
        BoundaryError: there are none, or one crosses itself.
    """
    if not parts_bng:
        raise BoundaryError("Choose at least one part to start from.")
    if len(parts_bng) == 1:
        return boundary(parts_bng[0])
    _refuse_invalid(parts_bng)
    return _land(shapely.union_all(list(parts_bng)))


def merged(boundary_bng: BaseGeometry) -> MultiPolygon:
    """Return a boundary whose own parts are joined where they touch or overlap.

    Raises:
        BoundaryError: a part crosses itself.
    """
    parts = list(shapely.get_parts(boundary(boundary_bng)))
    return joined(parts)


def with_added(boundary_bng: BaseGeometry, shape_bng: BaseGeometry) -> MultiPolygon:
    """Return the boundary together with a shape.

    Raises:
        BoundaryError: either crosses itself.
    """
    return joined([boundary_bng, shape_bng])


def with_taken_away(boundary_bng: BaseGeometry, shape_bng: BaseGeometry) -> MultiPolygon:
    """Return the boundary without a shape: a bite, a hole, or parts cut apart.

    Raises:
        BoundaryError: either crosses itself, or nothing would be left.
    """
    _refuse_invalid([boundary_bng, shape_bng])
    return _land(shapely.difference(boundary_bng, shape_bng))


def split(boundary_bng: BaseGeometry, line_bng: shapely.LineString) -> list[Polygon]:
    """Return the pieces that a line cuts a boundary into, largest first.

    Raises:
        BoundaryError: the boundary crosses itself, or the line does not cut right across it.
    """
    _refuse_invalid([boundary_bng])
    whole = polygons(boundary_bng)
    edges = shapely.union_all([*(part.boundary for part in whole), line_bng])
    shapely.prepare(boundary_bng)
    faces = shapely.get_parts(shapely.polygonize(list(shapely.get_parts(edges))))
    pieces = [face for face in faces if shapely.contains(boundary_bng, face.representative_point())]
    if len(pieces) <= len(whole):
        raise BoundaryError("The line does not cut right across the area: start and end it outside the boundary.")
    return sorted(pieces, key=lambda piece: -piece.area)


def _refuse_invalid(shapes: Sequence[BaseGeometry]) -> None:
    if not all(is_valid_ogc(shape) for shape in shapes):
        raise BoundaryError("A line crosses itself, so this cannot be done yet: undo, or move the point that crosses.")


def _land(geometry: BaseGeometry) -> MultiPolygon:
    parts = polygons(geometry)
    if len(parts) == 0:
        raise BoundaryError("Nothing of the area would be left: draw a smaller shape.")
    return boundary(MultiPolygon(list(parts)))
