"""The neighbourhood share of the levy for one development."""

from collections.abc import Mapping
from typing import TypeVar

from fastapi import APIRouter
from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.api.drawn import drawn
from app.auth import CHANGES_NOTHING
from app.errors import InvalidRequestError
from app.queries.levy import LevyQuestion, levy_share
from app.routing import Route
from app.schemas.levy import LevyIn, LevyOut, levy_out
from app.state import Reading

router = APIRouter(route_class=Route, tags=["development plan"])

Figure = TypeVar("Figure")


@router.post("/levy", summary="What share of the levy goes to the neighbourhood?", dependencies=[CHANGES_NOTHING])
def levy(session: Reading, asked: LevyIn) -> LevyOut:
    """Return the neighbourhood share of one development's levy, line by line with the rules it follows."""
    question = LevyQuestion(
        site_bng=_site(asked),
        permitted_on=asked.permitted_on,
        amount_gbp=asked.amount_gbp,
        dwellings=_by_parish(asked.dwellings),
        already_gbp=_by_parish(asked.already_gbp),
        index=asked.index,
        permitted_by_order=asked.permitted_by_order,
        received_on=asked.received_on,
    )
    return levy_out(levy_share(session, question))


def _by_parish(figures: Figure | dict[str, Figure] | None) -> Mapping[str, Figure]:
    if figures is None:
        return {}
    return figures if isinstance(figures, dict) else {"": figures}


def _site(asked: LevyIn) -> BaseGeometry:
    if asked.site is not None and asked.easting is None and asked.northing is None:
        return drawn(asked.site, layer="site").geometry_bng
    if asked.site is None and asked.easting is not None and asked.northing is not None:
        return Point(asked.easting, asked.northing)
    raise InvalidRequestError("Send the site either as GeoJSON in site, or as an easting and a northing.")
