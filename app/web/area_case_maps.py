"""The maps of an area's case: its line among the areas beside it, a mark at each finding, the land of each offer."""

from datetime import date
from typing import Any

import shapely
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from shapely.geometry.base import BaseGeometry

from app.audit import Deed
from app.auth import DecideDeed
from app.db import ReadSession, WriteSession
from app.models import NeighbourhoodArea
from app.queries.area_offers import OfferKind, offers_for
from app.queries.areas import area_in_office
from app.queries.consents import authorities_of_area
from app.queries.nearby import areas_near
from app.routing import Route
from app.scope import refuse_other_organisation
from app.state import CurrentState, Reading
from app.web.area_case_words import marks_of
from app.web.geojson import collection, feature
from geo.crs import wgs84_from_bng

router = APIRouter(route_class=Route, include_in_schema=False)

_ONE = "/cases/NA-{number}"
_OFFERS = {OfferKind.CLEAN_EDGE: "referendum", OfferKind.CARVE_OUT: "not-approved", OfferKind.PART: "in-force"}
_MARKS = {"error": "not-approved", "warning": "referendum", "notice": "refused"}


def own_case(session: ReadSession | WriteSession, deed: Deed, number: str) -> NeighbourhoodArea:
    """Return the area of a case for somebody whose business it is.

    Raises:
        NotFoundError: there is no such case.
        NotAllowedError: it is not their business.
    """
    area = area_in_office(session, f"NA-{number}")
    refuse_other_organisation(deed, {code for code, _ in authorities_of_area(session, area)}, f"The case NA-{number}")
    return area


@router.get(f"{_ONE}.geojson")
def case_as_map(state: CurrentState, session: Reading, deed: DecideDeed, number: str) -> JSONResponse:
    """Return the line of a case, the current areas beside it, and a mark where each finding is."""
    area, today = own_case(session, deed, number), state.clock.today()
    shapes = _line_and_neighbours(session, area, today)
    if area.status == "applied":
        shapes += [
            _shape(
                f"finding-{each['number']}",
                str(each["number"]),
                _MARKS[each["severity"]],
                each["message"],
                disc,
                page=f"#finding-{each['number']}",
                title=f"Place {each['number']}",
            )
            for each, disc in marks_of(area.applications[-1])
        ]
    return collection(shapes, seen_first=_seen_first(area))


@router.get(f"{_ONE}/offers.geojson")
def offers_as_map(state: CurrentState, session: Reading, deed: DecideDeed, number: str) -> JSONResponse:
    """Return the line of an open case, the current areas beside it, and the land each offer is about."""
    area, today = own_case(session, deed, number), state.clock.today()
    shapes = _line_and_neighbours(session, area, today)
    if area.status == "applied":
        shapes += [
            _shape(f"offer-{each.kind.value}-{place}", "", _OFFERS[each.kind], each.words, each.land_bng)
            for place, each in enumerate(offers_for(session, area, today).pieces, start=1)
        ]
    return collection(shapes, seen_first=_seen_first(area))


def _line_and_neighbours(session: ReadSession, area: NeighbourhoodArea, today: date) -> list[dict[str, Any]]:
    """Return the areas beside a case and its own line; what is drawn later lies on top."""
    line = area.versions[-1].geometry if area.versions else area.applications[-1].geometry
    standing, status = ("designated", "Designated") if area.versions else ("applied", "Applied for")
    beside = [
        _shape(each.reference, each.name, "designated", "A current area", each.geometry_bng)
        for each in areas_near(session, line, today)
        if each.reference != area.reference
    ]
    return [*beside, _shape(area.reference, area.name, standing, status, line)]


def _seen_first(area: NeighbourhoodArea) -> list[float]:
    """Return the part of the map to begin with, in degrees: the case with a margin, not all that lies beside it."""
    line = area.versions[-1].geometry if area.versions else area.applications[-1].geometry
    west, south, east, north = line.bounds
    margin_m = 0.2 * max(east - west, north - south)
    return list(wgs84_from_bng(shapely.box(west, south, east, north).buffer(margin_m)).bounds)


def _shape(
    reference: str,
    name: str,
    standing: str,
    status: str,
    geometry_bng: BaseGeometry,
    **more: str,
) -> dict[str, Any]:
    facts = {"reference": reference, "name": name, "standing": standing, "status": status, **more}
    return feature(reference, geometry_bng, facts)
