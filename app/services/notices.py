"""Notices of a referendum as files to print and to publish, from what is stored."""

from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum

from app.db import ReadSession
from app.models import Referendum
from app.queries.referendums import referendum_with_everything
from app.reports.notice_pdf import FigureTable, notice_pdf
from app.services.bundles import referendum_declaration
from app.services.calendars import arranged_at
from referendum.declaration import Declaration, declaration_lines
from referendum.notices import Notice, Paragraph, Particulars, notice_of_referendum
from referendum.question import INSTRUMENT_NAMES, Instrument

_CLOSING_RULES = {"ELEC-11", "ELEC-13", "ELEC-14", "ELEC-15"}


class NoticeKind(StrEnum):
    """Which notice."""

    REFERENDUM = "notice-of-referendum"
    DECLARATION = "declaration"


def referendum_notice(session: ReadSession, reference: str, kind: NoticeKind) -> bytes:
    """Return a notice of a referendum as a PDF/UA-1 file.

    Raises:
        NotFoundError: no such referendum, or its result is not declared.

    Source: REF-13, COUNT-15, COUNT-16, COUNT-17, COUNT-18.
    """
    if kind is NoticeKind.DECLARATION:
        referendum, declaration = referendum_declaration(session, reference)
        notice, figures = _declared(declaration)
        return _pdf(referendum, notice, declaration.declared_at, figures)
    referendum = referendum_with_everything(session, reference)
    return _pdf(referendum, _of_referendum(referendum), arranged_at(session, reference), [])


def _of_referendum(referendum: Referendum) -> Notice:
    """The notice with every closing time of the timetable; nobody's name, since the officer signs it."""
    particulars = Particulars(
        instrument=Instrument(referendum.plan.instrument),
        area=referendum.plan.area.name,
        council=referendum.council,
        authority=referendum.authority,
        poll_date=referendum.poll_date,
    )
    closing = {
        row["event"]: (date.fromisoformat(row["date"]), time.fromisoformat(row["time"]))
        for row in referendum.timetable["rows"]
        if row["rule"] in _CLOSING_RULES and row["time"]
    }
    officer = "Counting Officer"
    notice = notice_of_referendum(particulars, closing=closing, officer=officer)
    return replace(notice, given_by=f"{officer}, {referendum.council}")


def _declared(declaration: Declaration) -> tuple[Notice, list[FigureTable]]:
    """Lay the declaration's own lines out: sentences as paragraphs, figures as one table for each poll."""
    title, _, poll_day, opening, question, *rest = declaration_lines(declaration)
    tables: list[FigureTable] = []
    heading, rows = "Figures", list[tuple[str, str]]()
    for line in rest:
        label, colon, figure = line.rpartition(": ")
        if colon:
            rows.append((label, figure))
        elif line.endswith("."):
            tables.append(FigureTable(heading=heading, rows=tuple(rows), meaning=line))
            rows = []
        else:
            heading = line
    paragraphs = tuple(Paragraph(heading="", text=text, rule="COUNT-15") for text in (poll_day, question, opening))
    given_by = f"{declaration.officer}, {declaration.capacity}"
    return Notice(title=title, paragraphs=paragraphs, given_by=given_by), tables


def _pdf(referendum: Referendum, notice: Notice, at: datetime, figures: list[FigureTable]) -> bytes:
    name = INSTRUMENT_NAMES[Instrument(referendum.plan.instrument)]
    about = f"Referendum on the {name} for {referendum.plan.area.name}"
    return notice_pdf(
        notice, about=about, by=referendum.council, reference=referendum.reference, at=at, figures=figures
    )
