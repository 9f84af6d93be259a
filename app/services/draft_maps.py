"""The map of a draft: the one that goes with the application, the one to print before, and the picture on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from app.db import ReadSession, WriteSession
from app.models import BoundaryKind
from app.queries.nearby import areas_near, boundaries_near
from app.reports.area_map_pdf import MapFacts, area_map_pdf
from app.reports.map_drawing import Mark, Shown, map_svg
from app.reports.map_scale import Paper, Sheet, frame_for
from geo.boundary import boundary
from geo.description import NamedLine, describe, words

AnySession = ReadSession | WriteSession
_AROUND_M = 20_000.0
_PICTURE_MM = (120.0, 90.0)
_KINDS = (
    (BoundaryKind.PARISH, "the boundary of {} parish"),
    (BoundaryKind.WARD, "the boundary of {} ward"),
    (BoundaryKind.AUTHORITY, "the boundary of the area of {}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a map shows besides the area: the parishes and the current areas beside it."""

    parishes: Sequence[Shown]
    neighbours: Sequence[Shown]


def around(session: AnySession, line_bng: BaseGeometry, on: date) -> Around:
    """Return what lies round a line on a day."""
    parishes = boundaries_near(session, BoundaryKind.PARISH, line_bng, on, margin_m=_AROUND_M)
    areas = areas_near(session, line_bng, on, margin_m=_AROUND_M)
    return Around(
        parishes=[Shown(name=row.name, shape_bng=row.geometry) for row in parishes],
        neighbours=[Shown(name=each.name, shape_bng=each.geometry_bng) for each in areas],
    )


def map_pdf(
    session: AnySession, line_bng: BaseGeometry, facts: MapFacts, *, on: date, paper: Paper, scale: int | None
) -> bytes:
    """Return the map of a line at true scale.

    Raises:
        InvalidRequestError: it does not fit.

    Source: AREA-6(a).
    """
    near = around(session, line_bng, on)
    return area_map_pdf(
        boundary(line_bng), facts, paper=paper, scale=scale, parishes=near.parishes, neighbours=near.neighbours
    )


def picture_frame(line_bng: BaseGeometry) -> Sheet:
    """Return what the picture of a line on a page shows."""
    west, south, east, north = line_bng.bounds
    return frame_for((west, south, east, north), *_PICTURE_MM)


def picture(session: AnySession, line_bng: BaseGeometry, *, on: date, marks: Sequence[Mark] = ()) -> str:
    """Return the picture of a line for a page, as SVG, with numbered places."""
    near = around(session, line_bng, on)
    sheet = picture_frame(line_bng)
    return map_svg(boundary(line_bng), sheet, parishes=near.parishes, neighbours=near.neighbours, marks=marks)


def in_words(session: AnySession, line_bng: BaseGeometry, on: date) -> str:
    """Return a line in words that name the lines it follows."""
    line = boundary(line_bng)
    lines = [
        NamedLine(name=name.format(row.name), shape_bng=boundary(row.geometry))
        for kind, name in _KINDS
        for row in boundaries_near(session, kind, line, on)
    ]
    return words(describe(line, lines))
