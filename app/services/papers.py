"""A paper as it is published: one value, from which its page and its file are both made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.reports.notice_pdf import FigureTable, PaperMap, notice_pdf
from referendum.notices import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper as it is published, on a page and as a file.

    Attributes:
        notice: what it says.
        about: what it is about, under its title.
        by: whose paper it is: the council, or who holds a consultation.
        reference: of the case it belongs to.
        at: aware time it speaks of.
        figures: tables, such as one for each poll of a declaration.
        maps: drawn from the boundaries on record.
    """

    notice: Notice
    about: str
    by: str
    reference: str
    at: datetime
    figures: Sequence[FigureTable] = ()
    maps: Sequence[PaperMap] = ()


def paper_file(paper: Paper) -> bytes:
    """Return a paper as a PDF/UA-1 file; the same paper gives the same bytes."""
    return notice_pdf(
        paper.notice,
        about=paper.about,
        by=paper.by,
        reference=paper.reference,
        at=paper.at,
        figures=paper.figures,
        maps=paper.maps,
    )


def paper_text(paper: Paper) -> str:
    """Return the words of a paper as plain text, for a message."""
    parts = (f"{part.heading}\n{part.text}" if part.heading else part.text for part in paper.notice.paragraphs)
    return "\n\n".join((paper.about, *parts, paper.notice.given_by))
