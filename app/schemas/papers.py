"""A paper as it is published: its words, figures and what its maps show, as data."""

from datetime import datetime

from app.schemas.common import Shape
from app.services.papers import Paper


class PaperPart(Shape):
    """One paragraph, and the rule that asks for it."""

    heading: str
    text: str
    rule: str


class PaperFigures(Shape):
    """One table of a paper: what is counted, and the figure as it is written."""

    heading: str
    rows: list[tuple[str, str]]
    meaning: str


class PaperMapOut(Shape):
    """What a map of a paper shows, in words; the line itself is among the data of the case."""

    title: str
    scale: int
    words: str


class PaperOut(Shape):
    """A notice, statement or summary, word for word as its page and its file have it."""

    reference: str
    title: str
    about: str
    by: str
    at: datetime
    given_by: str
    paragraphs: list[PaperPart]
    figures: list[PaperFigures]
    maps: list[PaperMapOut]


def paper_out(paper: Paper) -> PaperOut:
    """Return a paper as data."""
    return PaperOut(
        reference=paper.reference,
        title=paper.notice.title,
        about=paper.about,
        by=paper.by,
        at=paper.at,
        given_by=paper.notice.given_by,
        paragraphs=[PaperPart.model_validate(each, from_attributes=True) for each in paper.notice.paragraphs],
        figures=[PaperFigures.model_validate(each, from_attributes=True) for each in paper.figures],
        maps=[PaperMapOut(title=each.title, scale=each.scale, words=each.alt) for each in paper.maps],
    )
