"""Notices and declarations as A4 pages for everyone: PDF/UA-1, with a title, a language and tagged structure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typst
from shapely import MultiPolygon, Polygon

from app.reports.map_drawing import map_svg
from app.reports.map_scale import frame_for
from referendum.notices import Notice

MAP_MM = (160.0, 120.0)
"""Width and height of a map within a page of text."""

TEMPLATE = Path(__file__).parent.parent / "templates" / "typst" / "notice.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """The figures of one poll: heading, rows of what is counted and the figure as written, and what they mean."""

    heading: str
    rows: Sequence[tuple[str, str]]
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMap:
    """A map within a paper: heading, drawing (SVG of a frame in millimetres), scale, and what it shows in words."""

    title: str
    svg: str
    scale: int
    alt: str


def paper_map(area_bng: Polygon | MultiPolygon, *, title: str, what: str) -> PaperMap:
    """Return a map of an area for a page of text.

    Args:
        area_bng: EPSG:27700 metres.
        title: its heading.
        what: what it shows, in words: "the referendum area for Alderbrook".
    """
    frame = frame_for(area_bng.bounds, *MAP_MM)
    hectares = f"{area_bng.area / 10_000:,.1f} hectares"
    alt = f"Map of {what} at 1:{frame.scale:,}: {hectares}, its line drawn on the British National Grid."
    return PaperMap(title=title, svg=map_svg(area_bng, frame, parishes=()), scale=frame.scale, alt=alt)


def notice_pdf(
    notice: Notice,
    *,
    about: str,
    by: str,
    reference: str,
    at: datetime,
    figures: Sequence[FigureTable] = (),
    maps: Sequence[PaperMap] = (),
) -> bytes:
    """Return a notice as a PDF/UA-1 file of A4 pages; the same notice gives the same bytes.

    Args:
        notice: what it says.
        about: what it is about, under the title ("Referendum on the ... for Alderbrook").
        by: whose notice it is: the council.
        reference: public reference of the referendum, on every page.
        at: aware time of the notice, kept in the file.
        figures: tables under the paragraphs, one for each poll of a declaration.
        maps: after them, each with its heading.

    Source: REF-11, REF-13, REF-14, COUNT-15; ISO 14289-1 (PDF/UA-1).
    """
    facts: Mapping[str, object] = {
        "title": notice.title,
        "about": about,
        "by": by,
        "reference": reference,
        "paragraphs": [{"heading": part.heading, "text": part.text} for part in notice.paragraphs],
        "figures": [
            {"heading": table.heading, "rows": list(table.rows), "meaning": table.meaning} for table in figures
        ],
        "maps": [{"title": each.title, "svg": each.svg, "scale": f"{each.scale:,}", "alt": each.alt} for each in maps],
        "map_mm": list(MAP_MM),
        "given_by": notice.given_by,
    }
    return accessible_pdf(TEMPLATE.read_bytes(), {"notice": json.dumps(facts)}, at=at)


def accessible_pdf(source: bytes, inputs: Mapping[str, str], *, at: datetime) -> bytes:
    """Return typst source as a PDF/UA-1 file, made at a moment (to the second), in the program's own fonts alone.

    Raises: typst.TypstError where the document is not accessible, such as one without a title.
    """
    made_at = at.replace(microsecond=0)
    pdf: bytes = typst.compile(
        source, ignore_system_fonts=True, sys_inputs=dict(inputs), pdf_standards=["ua-1"], timestamp=made_at
    )
    return pdf
