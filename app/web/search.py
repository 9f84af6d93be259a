"""Finding a place on a map by what people call it."""

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query

from app.errors import InvalidRequestError
from app.queries.place_search import FoundPlace, find_places
from app.routing import Route
from app.schemas.search import PlaceOut
from app.state import CurrentState, Reading
from app.typed_places import read_place
from geo.crs import wgs84_from_bng_coordinates

router = APIRouter(route_class=Route, include_in_schema=False)
_CLOSEST_M = 150.0
"""A point is shown with this much land around it."""


@router.get("/search.json")
def search(state: CurrentState, session: Reading, q: Annotated[str, Query(max_length=80)] = "") -> list[PlaceOut]:
    """Return the places that answer to a name, postcode, property reference, grid reference or pair of numbers."""
    found = find_places(session, q, state.clock.today())
    return [_out(each) for each in found] or _typed_place(q)


def _typed_place(text: str) -> list[PlaceOut]:
    """Return the place that was typed as a reference or as numbers; nothing where it is neither."""
    try:
        place = read_place(text)
    except InvalidRequestError:
        return []
    half = max((place.square_m or 0.0) / 2, _CLOSEST_M)
    east, north = place.point_bng.x, place.point_bng.y
    return [
        _placed(
            "point", text.strip(), text.strip(), (east, north), (east - half, north - half, east + half, north + half)
        )
    ]


def _out(found: FoundPlace) -> PlaceOut:
    west, south, east, north = found.bounds_bng
    pad = _CLOSEST_M if (west, south) == (east, north) else 0.0
    bounds = (west - pad, south - pad, east + pad, north + pad)
    return _placed(found.kind.value, found.reference, found.name, found.point_bng, bounds)


def _placed(
    kind: str, reference: str, name: str, point: tuple[float, float], bounds: tuple[float, float, float, float]
) -> PlaceOut:
    west, south, east, north = bounds
    corners = np.array([point, (west, south), (east, north)])
    (longitude, latitude), low, high = np.round(wgs84_from_bng_coordinates(corners), 7).tolist()
    return PlaceOut(
        kind=kind,
        reference=reference,
        name=name,
        easting=round(point[0], 2),
        northing=round(point[1], 2),
        longitude=longitude,
        latitude=latitude,
        bbox=[*low, *high],
        bounds_bng=[round(side, 2) for side in bounds],
    )
