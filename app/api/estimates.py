"""How many people live in a drawn area, for planning only."""

from fastapi import APIRouter

from app.api.drawn import drawn
from app.auth import CHANGES_NOTHING
from app.errors import InvalidRequestError, NotFoundError
from app.queries.area_estimates import estimate_of
from app.routing import Route
from app.schemas.estimates import EstimateIn, EstimateOut, estimate_out
from app.state import CurrentState, Reading
from geo.validity import is_valid_ogc

router = APIRouter(route_class=Route, tags=["electorates"])


@router.post("/estimates", summary="How many people live in a drawn area", dependencies=[CHANGES_NOTHING])
def estimate(state: CurrentState, session: Reading, asked: EstimateIn) -> EstimateOut:
    """Return an estimate from the counts stored, with its 90 % interval; it is not an electorate."""
    area = drawn(asked.area).geometry_bng
    if not is_valid_ogc(area):
        raise InvalidRequestError("The line crosses itself, so nobody can be counted in it: put it right first.")
    found = estimate_of(session, area, asked.on or state.clock.today())
    if found is None:
        raise NotFoundError("No counts of people are stored for this land: import a table of adults by output area.")
    return estimate_out(found)
