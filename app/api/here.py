"""What applies at a point on a day."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from shapely import Point

from app.auth import ANYONE
from app.queries.here import what_applies
from app.routing import Route
from app.schemas.here import HereOut, here_of
from app.state import CurrentState, Reading

router = APIRouter(route_class=Route, tags=["development plan"], dependencies=[ANYONE])

Easting = Annotated[float, Query(ge=0, le=700_000, description="metres, EPSG:27700")]
Northing = Annotated[float, Query(ge=0, le=1_300_000, description="metres, EPSG:27700")]


@router.get("/here", summary="What applies at this point on this day?")
def here(
    session: Reading, state: CurrentState, easting: Easting, northing: Northing, on: date | None = None
) -> HereOut:
    """Return the areas, the instruments in the development plan and the referendums to come at a point."""
    return here_of(what_applies(session, Point(easting, northing), on or state.clock.today()))
