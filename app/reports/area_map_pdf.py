"""The map of an area that goes with an application: A4 or A3, at true scale, readable by everyone (PDF/UA-1)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shapely import MultiPolygon, Polygon

from app.clock import LONDON, long_day
from app.reports.map_drawing import LINE, Shown, grid_step_m, map_svg
from app.reports.map_scale import Paper, Sheet, sheet_for
from app.reports.notice_pdf import accessible_pdf

TEMPLATE = Path(__file__).parent.parent / "templates" / "typst" / "area-map.typ"
LICENCE = (
    "Contains OS data © Crown copyright and database right. Contains public sector information licensed under the "
    "Open Government Licence v3.0."
)
_BAR_STEPS_M = (10, 20, 50, 100, 200, 250, 500, 1_000, 2_000)
_BAR_PARTS = 4
_LONGEST_BAR_MM = 60.0
_SQUARE_METRES_PER_HECTARE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFacts:
    """What a map says beside its drawing.

    Attributes:
        title: the area's name.
        by: who applies.
        at: aware time at which the map was made.
        licence: what the owners of the boundaries ask to be said.
        mark: what it is marked as, such as "Draft, version 3"; empty for the map of an application.
    """

    title: str
    by: str
    at: datetime
    licence: str = LICENCE
    mark: str = ""


def area_map_pdf(
    area_bng: Polygon | MultiPolygon,
    facts: MapFacts,
    *,
    paper: Paper = Paper.A4,
    scale: int | None = None,
    parishes: Sequence[Shown] = (),
    neighbours: Sequence[Shown] = (),
) -> bytes:
    """Return the map as one page at a true scale; the same area gives the same bytes.

    Args:
        area_bng: the area, EPSG:27700 metres.
        facts: what it says.
        paper: the size it is printed on.
        scale: 25000 for 1:25,000; the largest that fits where none is given.
        parishes: drawn and named.
        neighbours: current neighbourhood areas around it.

    Raises:
        InvalidRequestError: the area does not fit at that scale.

    Source: AREA-6(a), Neighbourhood Planning (General) Regulations 2012 reg 5(1)(a); ISO 14289-1 (PDF/UA-1).
    """
    sheet = sheet_for(area_bng.bounds, paper, scale)
    drawing = map_svg(area_bng, sheet, parishes=parishes, neighbours=neighbours)
    said = _said(area_bng, facts, sheet, has_parishes=bool(parishes), has_neighbours=bool(neighbours))
    return accessible_pdf(TEMPLATE.read_bytes(), {"map": json.dumps(said), "drawing": drawing}, at=facts.at)


def _said(
    area: Polygon | MultiPolygon, facts: MapFacts, sheet: Sheet, *, has_parishes: bool, has_neighbours: bool
) -> dict[str, object]:
    hectares = f"{area.area / _SQUARE_METRES_PER_HECTARE:,.1f} hectares"
    day = long_day(facts.at.astimezone(LONDON).date())
    marked = f"{facts.mark}. " if facts.mark else ""
    key = [{"colour": LINE, "width": 0.7, "text": "The neighbourhood area"}]
    if has_parishes:
        key.append({"colour": "#505a5f", "width": 0.25, "text": "Parishes"})
    if has_neighbours:
        key.append({"colour": "#1d70b8", "width": 0.5, "text": "Other neighbourhood areas"})
    return {
        "title": facts.title,
        "by": facts.by,
        "subtitle": f"{facts.by}. {hectares}. Made on {day}.",
        "mark": facts.mark,
        "paper": sheet.paper.value,
        "landscape": sheet.is_landscape,
        "width_mm": sheet.width_mm,
        "height_mm": sheet.height_mm,
        "alt": f"{marked}Map of {facts.title} at 1:{sheet.scale:,}: {hectares}, its line drawn on "
        "the British National Grid.",
        "scale_text": f"{sheet.scale:,}",
        "bar": _bar(sheet.scale),
        "grid": _metres(grid_step_m(sheet)),
        "key": key,
        "note": "Printed at 100 % the scale is true: measure the bar.",
        "licence": facts.licence,
    }


def _bar(scale: int) -> dict[str, object]:
    step = max(each for each in _BAR_STEPS_M if each * _BAR_PARTS / scale * 1000 <= _LONGEST_BAR_MM)
    return {
        "parts": _BAR_PARTS,
        "part_mm": step / scale * 1000,
        "text": f"0 to {_metres(step * _BAR_PARTS)} in parts of {_metres(step)}",
    }


def _metres(metres: int) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres} m"  # noqa: PLR2004 - a kilometre
