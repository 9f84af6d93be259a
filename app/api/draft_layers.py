"""What is drawn under and beside a boundary, and snapped to: official boundaries and areas, on the British grid."""

from typing import Any

import numpy as np
import shapely
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.auth import ANYONE
from app.errors import InvalidRequestError, NotFoundError
from app.models import BoundaryKind
from app.queries.nearby import areas_near, boundaries_near
from app.routing import Route
from app.schemas.drafts import BNG_CRS
from app.state import CurrentState, Reading
from geo.lattice import LATTICE_SIZE, lattice_of

router = APIRouter(route_class=Route, tags=["drafts"])

AREAS = "area"
MOST_VERTICES = 25_000
MOST_FEATURES = 4_000
_HOW = (
    "Give the window as bbox=west,south,east,north in British grid metres, for example "
    "bbox=358000,277000,360000,279000."
)
# A window with its margin is some 1,700 pixels wide; much less than a pixel cannot be seen.
_FINEST = 1_500


@router.get("/drafts/layers/{layer}", summary="Lines of one layer in a window", dependencies=[ANYONE])
def layer(session: Reading, state: CurrentState, layer: str, bbox: str) -> JSONResponse:
    """Return the places of a layer in a window as GeoJSON on the British grid.

    `exact` says that every vertex is as stored; a window with too many of them is simplified for drawing only, to less
    than a pixel and whole metres. `left_out` says how many places were too many: the smallest are left out.
    """
    window = window_bng(bbox)
    found = _places(session, layer, window, state)
    left_out = max(0, len(found) - MOST_FEATURES)
    if left_out:
        found = sorted(found, key=lambda place: place[2].area, reverse=True)[:MOST_FEATURES]
    lines = [land for _, _, land in found]
    exact = int(shapely.get_num_coordinates(lines).sum()) <= MOST_VERTICES if lines else True
    if not exact:
        west, _, east, _ = window.bounds
        coarse = shapely.coverage_simplify(lines, (east - west) / _FINEST)
        lines = list(shapely.transform(coarse, np.round))
    features = [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "name": name, "kind": layer},
            "geometry": shapely.geometry.mapping(line),
        }
        for (code, name, _), line in zip(found, lines, strict=True)
    ]
    return JSONResponse(
        {"type": "FeatureCollection", "crs": BNG_CRS, "exact": exact, "left_out": left_out, "features": features}
    )


@router.get("/lattice", summary="Where degrees lie on the grid", dependencies=[ANYONE])
def lattice(bbox: str) -> dict[str, Any]:
    """Return {bounds, size, degrees}: a lattice of corners by which a base map is laid straight on the grid."""
    window = window_bng(bbox)
    return {"bounds": window.bounds, "size": LATTICE_SIZE, "degrees": lattice_of(window)}


def window_bng(bbox: str) -> shapely.Polygon:
    """Return the window asked for: west, south, east, north in British grid metres.

    Raises:
        InvalidRequestError: it is not four numbers, or is empty.
    """
    try:
        west, south, east, north = (float(side) for side in bbox.split(","))
        window: shapely.Polygon = shapely.box(west, south, east, north)
    except ValueError as problem:
        raise InvalidRequestError(_HOW) from problem
    if not (west < east and south < north):
        raise InvalidRequestError(_HOW)
    return window


def _places(session: Reading, layer: str, window: shapely.Polygon, state: CurrentState) -> list[tuple[str, str, Any]]:
    today = state.clock.today()
    if layer == AREAS:
        return [(each.reference, each.name, each.geometry_bng) for each in areas_near(session, window, today)]
    if layer not in set(BoundaryKind):
        raise NotFoundError(f"There is no layer “{layer[:40]}”: try {', '.join((AREAS, *BoundaryKind))}.")
    rows = boundaries_near(session, BoundaryKind(layer), window, today)
    return [(row.code, row.name, row.geometry) for row in rows]
