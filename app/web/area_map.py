"""The map of an area at true scale, to print; and its boundary in words."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, Response
from shapely.geometry.base import BaseGeometry

from app.auth import ANYONE
from app.errors import InvalidRequestError
from app.models import BoundaryKind, NeighbourhoodArea
from app.queries.areas import area_with_everything
from app.queries.nearby import boundaries_near
from app.reports.area_map_pdf import MapFacts, area_map_pdf
from app.reports.map_drawing import Shown
from app.reports.map_scale import Bounds, Paper, sheet_for
from app.routing import Route
from app.state import CurrentState, Reading
from geo.boundary import boundary
from geo.description import NamedLine, describe, words

router = APIRouter(route_class=Route, include_in_schema=False, dependencies=[ANYONE])
_AROUND_M = 20_000.0
_KINDS = ((BoundaryKind.PARISH, "parish"), (BoundaryKind.WARD, "ward"), (BoundaryKind.AUTHORITY, "the area of"))


@router.get("/areas/{reference}/map.pdf")
def map_file(
    state: CurrentState,
    session: Reading,
    reference: str,
    paper: Paper | None = None,
    scale: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> Response:
    """Return the area's map on one sheet, at the scale asked for or the largest that fits; on A3 where A4 is small."""
    area = area_with_everything(session, reference)
    line = boundary(_line(area))
    near = boundaries_near(session, BoundaryKind.PARISH, line, state.clock.today(), margin_m=_AROUND_M)
    facts = MapFacts(
        title=f"{area.name} neighbourhood area",
        by=area.applications[-1].applicant_name if area.applications else area.name,
        at=state.clock.now(),
    )
    parishes = [Shown(name=row.name, shape_bng=row.geometry) for row in near]
    headers = {"Content-Disposition": f'inline; filename="{reference}-map.pdf"'}
    pdf = area_map_pdf(line, facts, paper=paper or _smallest_paper(line.bounds), scale=scale, parishes=parishes)
    return Response(pdf, media_type="application/pdf", headers=headers)


def _smallest_paper(bounds: Bounds) -> Paper:
    try:
        sheet_for(bounds, Paper.A4)
    except InvalidRequestError:
        return Paper.A3
    return Paper.A4


@router.get("/areas/{reference}/boundary.txt")
def in_words(state: CurrentState, session: Reading, reference: str) -> PlainTextResponse:
    """Return the boundary in words that name the lines it follows; it can be drawn again from them."""
    area = area_with_everything(session, reference)
    line = boundary(_line(area))
    lines = [
        NamedLine(name=_name(what, row.name), shape_bng=boundary(row.geometry))
        for kind, what in _KINDS
        for row in boundaries_near(session, kind, line, state.clock.today())
    ]
    return PlainTextResponse(words(describe(line, lines)) + "\n")


def _name(what: str, name: str) -> str:
    return f"the boundary of {what} {name}" if what.startswith("the") else f"the boundary of {name} {what}"


def _line(area: NeighbourhoodArea) -> BaseGeometry:
    return (area.versions[-1] if area.versions else area.applications[-1]).geometry
