"""What maps draw underneath: outlines of official boundaries, and the British National Grid."""

from typing import TYPE_CHECKING

import numpy as np
import shapely
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from shapely import Polygon

from app.errors import InvalidRequestError, NotFoundError
from app.models import BoundaryKind
from app.queries.nearby import boundaries_near
from app.routing import Route
from app.state import Reading
from app.web.days import OnDay
from app.web.geojson import collection, feature
from app.web.gridlines import grid_lines
from geo.crs import bng_from_wgs84_coordinates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

router = APIRouter(route_class=Route, include_in_schema=False)

_MOST_OUTLINES = 2_000
# A window is about a thousand pixels wide; half a pixel cannot be seen.
_PIXELS = 1_000
_SIDES = 4


def _window(bbox: str) -> Polygon:
    """Return the window asked for (west,south,east,north in WGS84 degrees) on the British grid."""
    try:
        west, south, east, north = (float(side) for side in bbox.split(","))
        corners = np.array([[west, south], [east, south], [east, north], [west, north]])
        bng = bng_from_wgs84_coordinates(corners)
        window: Polygon = shapely.box(*np.nanmin(bng, axis=0), *np.nanmax(bng, axis=0))
    except (ValueError, RuntimeWarning) as problem:
        raise InvalidRequestError(
            "Give the window as bbox=west,south,east,north in degrees, for example bbox=-2.7,52.3,-2.4,52.5."
        ) from problem
    if not (west < east and south < north) or window.is_empty or np.isnan(bng).any():
        raise InvalidRequestError("This window is empty or reaches beyond Great Britain: give a smaller bbox.")
    return window


@router.get("/boundaries/{kind}.geojson")
def outlines(session: Reading, kind: str, on: OnDay, bbox: str = "") -> JSONResponse:
    """Return the outlines of one kind of official boundary in a window, simplified for drawing."""
    if kind not in set(BoundaryKind):
        raise NotFoundError(f"There are no boundaries of the kind “{kind}”: try {', '.join(BoundaryKind)}.")
    window = _window(bbox)
    found = boundaries_near(session, BoundaryKind(kind), window, on)
    if len(found) > _MOST_OUTLINES:
        raise InvalidRequestError(f"This window holds {len(found):,} boundaries: give a smaller bbox.")
    west, _, east, _ = window.bounds
    tolerance_m = round((east - west) / _PIXELS / 2, 2)
    lines: Iterable[BaseGeometry] = (
        shapely.coverage_simplify([row.geometry for row in found], tolerance_m) if found else []
    )
    return collection(
        (
            feature(row.code, line, {"code": row.code, "name": row.name, "kind": kind})
            for row, line in zip(found, lines, strict=True)
        ),
        simplified=True,
        tolerance_m=tolerance_m,
        note="Outlines for drawing only: the boundaries themselves are finer.",
    )


@router.get("/grid.geojson")
def grid(bbox: str = "") -> JSONResponse:
    """Return the lines of the British National Grid in a window."""
    step_m, lines = grid_lines(_window(bbox))
    return collection(
        (feature(line.label, line.line_bng, {"label": line.label, "axis": line.axis}) for line in lines),
        step_m=step_m,
    )
