"""What applies at a point on a day."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from shapely import Point

from app.auth import ANYONE
from app.errors import InvalidRequestError
from app.queries.asked_places import one_place
from app.queries.here import what_applies
from app.routing import Route
from app.schemas.here import HereOut, here_of
from app.state import CurrentState, Reading

router = APIRouter(route_class=Route, tags=["development plan"], dependencies=[ANYONE])

Easting = Annotated[float | None, Query(ge=0, le=700_000, description="metres, EPSG:27700")]
Northing = Annotated[float | None, Query(ge=0, le=1_300_000, description="metres, EPSG:27700")]
PlaceText = Annotated[
    str,
    Query(max_length=200, description="instead of the two: a postcode, property (UPRN), place name or grid reference"),
]

PointText = Annotated[str, Query(max_length=200, description="the same as place, as the page calls it")]


@router.get("/here", summary="What applies at this point on this day?")
def here(
    session: Reading,
    state: CurrentState,
    *,
    easting: Easting = None,
    northing: Northing = None,
    place: PlaceText = "",
    point: PointText = "",
    on: date | None = None,
) -> HereOut:
    """Return the areas, the development plan with its reasons, and the referendums to come, at a point."""
    day = on or state.clock.today()
    place = place or point
    if easting is not None and northing is not None and not place:
        return here_of(what_applies(session, Point(easting, northing), day))
    if easting is not None or northing is not None or not place.strip():
        raise InvalidRequestError("Give the place: easting and northing together, or place by itself.")
    return here_of(what_applies(session, one_place(session, place, day).point_bng, day))
