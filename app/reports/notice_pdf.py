"""Notices and declarations as A4 pages for everyone: PDF/UA-1, with a title, a language and tagged structure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typst

from referendum.notices import Notice

TEMPLATE = Path(__file__).parent.parent / "templates" / "typst" / "notice.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTable:
    """The figures of one poll: heading, rows of what is counted and the figure as written, and what they mean."""

    heading: str
    rows: Sequence[tuple[str, str]]
    meaning: str


def notice_pdf(
    notice: Notice, *, about: str, by: str, reference: str, at: datetime, figures: Sequence[FigureTable] = ()
) -> bytes:
    """Return a notice as a PDF/UA-1 file of A4 pages; the same notice gives the same bytes.

    Args:
        notice: what it says.
        about: what it is about, under the title ("Referendum on the ... for Alderbrook").
        by: whose notice it is: the council.
        reference: public reference of the referendum, on every page.
        at: aware time of the notice, kept in the file.
        figures: tables under the paragraphs, one for each poll of a declaration.

    Source: REF-13, COUNT-15; ISO 14289-1 (PDF/UA-1).
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
        "given_by": notice.given_by,
    }
    return accessible_pdf(TEMPLATE.read_bytes(), {"notice": json.dumps(facts)}, at=at)


def accessible_pdf(source: bytes, inputs: Mapping[str, str], *, at: datetime) -> bytes:
    """Return typst source as a PDF/UA-1 file, set in the fonts that come with the program and no others.

    Raises: typst.TypstError where the document is not accessible, such as one without a title.
    """
    pdf: bytes = typst.compile(
        source, ignore_system_fonts=True, sys_inputs=dict(inputs), pdf_standards=["ua-1"], timestamp=at
    )
    return pdf
