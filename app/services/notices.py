"""The papers of a referendum, from the record alone: what is published as a page and as a file is the same value."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum

from app.db import ReadSession
from app.errors import ConflictError, NotFoundError
from app.models import InformationPack, Referendum
from app.queries.referendums import referendum_with_everything
from app.reports.notice_pdf import FigureTable, PaperMap, paper_map
from app.services.boundaries import geometry_hash
from app.services.bundles import referendum_declaration
from app.services.calendars import arranged_at
from app.services.information_packs import frozen_pack, pack_of
from app.services.papers import Paper, paper_file
from app.services.plans import current_line
from app.services.polling_stations import stations_of
from geo.boundary import boundary
from referendum.declaration import Declaration, declaration_lines
from referendum.notices import (
    Notice,
    Paragraph,
    Particulars,
    PollingPlace,
    information_statement,
    notice_of_poll,
    notice_of_referendum,
)
from referendum.question import INSTRUMENT_NAMES, Instrument

_CLOSING_RULES = {"ELEC-11", "ELEC-13", "ELEC-14", "ELEC-15"}
_OFFICER = "Counting Officer"


class NoticeKind(StrEnum):
    """Which paper of a referendum."""

    STATEMENT = "information-statement"
    REFERENDUM = "notice-of-referendum"
    POLL = "notice-of-poll"
    DECLARATION = "declaration"


def referendum_notice(session: ReadSession, reference: str, kind: NoticeKind) -> bytes:
    """Return a paper of a referendum as a PDF/UA-1 file.

    Raises:
        NotFoundError: no such referendum, or what the paper tells is not on record yet.
        ConflictError: it was never arranged in full: its timetable, or the day of arranging, is missing.

    Source: REF-11, REF-13, REF-14, COUNT-15.
    """
    return paper_file(paper_of(session, reference, kind))


def papers_on_record(session: ReadSession, referendum: Referendum) -> list[NoticeKind]:
    """Return the papers that can be made from what is on record, in the order in which they are published."""
    is_told = {
        NoticeKind.STATEMENT: pack_of(session, referendum) is not None,
        NoticeKind.REFERENDUM: True,
        NoticeKind.POLL: bool(_places(session, referendum)),
        NoticeKind.DECLARATION: referendum.declaration is not None,
    }
    return [kind for kind in NoticeKind if is_told[kind]]


def paper_of(session: ReadSession, reference: str, kind: NoticeKind) -> Paper:
    """Return a paper of a referendum, made from the record alone.

    Raises:
        NotFoundError: no such referendum, or what the paper tells is not on record yet.
        ConflictError: it was never arranged in full: its timetable, or the day of arranging, is missing.

    Source: REF-11, REF-13, REF-14, COUNT-15, COUNT-16, COUNT-17, COUNT-18.
    """
    if kind is NoticeKind.DECLARATION:
        referendum, declaration = referendum_declaration(session, reference)
        notice, figures = _declared(declaration)
        return _paper(referendum, notice, declaration.declared_at, figures=figures)
    referendum = referendum_with_everything(session, reference)
    at = arranged_at(session, reference)
    if kind is NoticeKind.STATEMENT:
        notice = _statement(frozen_pack(session, reference), referendum)
        return _paper(referendum, notice, at, maps=referendum_maps(referendum))
    if kind is NoticeKind.POLL:
        return _paper(referendum, _of_poll(session, referendum), at)
    return _paper(referendum, _of_referendum(referendum), at)


def _paper(
    referendum: Referendum,
    notice: Notice,
    at: datetime,
    *,
    figures: Sequence[FigureTable] = (),
    maps: Sequence[PaperMap] = (),
) -> Paper:
    name = INSTRUMENT_NAMES[Instrument(referendum.plan.instrument)]
    return Paper(
        notice=notice,
        about=f"Referendum on the {name} for {referendum.plan.area.name}",
        by=referendum.council,
        reference=referendum.reference,
        at=at,
        figures=figures,
        maps=maps,
    )


def referendum_maps(referendum: Referendum) -> list[PaperMap]:
    """Return the map of the referendum area, and of the neighbourhood area where it is another.

    Source: REF-11, Neighbourhood Planning (Referendums) Regulations 2012 reg 4(3)(a).
    """
    voting = boundary(referendum.geometry)
    area = boundary(current_line(referendum.plan.area, referendum.decision_on))
    name = referendum.plan.area.name
    maps = [paper_map(voting, title="Map of the referendum area", what=f"the referendum area for {name}")]
    if geometry_hash(voting) != geometry_hash(area):
        maps.append(paper_map(area, title="Map of the neighbourhood area", what=f"the neighbourhood area {name}"))
    return maps


def _particulars(referendum: Referendum) -> Particulars:
    return Particulars(
        instrument=Instrument(referendum.plan.instrument),
        area=referendum.plan.area.name,
        council=referendum.council,
        authority=referendum.authority,
        poll_date=referendum.poll_date,
    )


def _signed(notice: Notice, referendum: Referendum, office: str) -> Notice:
    """Sign with the office alone: nobody's name, since the officer signs the paper."""
    return replace(notice, given_by=f"{office}, {referendum.council}")


def _of_referendum(referendum: Referendum) -> Notice:
    rows = referendum.timetable.get("rows", ())
    closing = {
        row["event"]: (date.fromisoformat(row["date"]), time.fromisoformat(row["time"]))
        for row in rows
        if row["rule"] in _CLOSING_RULES and row["time"]
    }
    if not closing:
        raise ConflictError(
            f"No timetable is stored for {referendum.reference}: its notice names the last days to apply, so there is "
            "none until the poll has been arranged."
        )
    notice = notice_of_referendum(_particulars(referendum), closing=closing, officer=_OFFICER)
    return _signed(notice, referendum, _OFFICER)


def _places(session: ReadSession, referendum: Referendum) -> list[PollingPlace]:
    return [
        PollingPlace(station=row.name, address=row.address, electors=row.electors)
        for row in stations_of(session, referendum)
        if not row.is_postal
    ]


def _of_poll(session: ReadSession, referendum: Referendum) -> Notice:
    places = _places(session, referendum)
    if not places:
        raise NotFoundError(
            f"The polling stations of {referendum.reference} are not set yet: there is no notice of poll."
        )
    return _signed(notice_of_poll(_particulars(referendum), places=places, officer=_OFFICER), referendum, _OFFICER)


def _statement(pack: InformationPack, referendum: Referendum) -> Notice:
    said = pack.manifest["statement"]
    notice = information_statement(
        _particulars(referendum),
        entries=int(said["expenses"]["entries"]),
        inspection=said["inspection"],
        officer="Proper Officer",
    )
    documents = [
        Paragraph(
            heading="Published with this statement" if at == 0 else "", text=_sentence(each["document"]), rule="REF-12"
        )
        for at, each in enumerate(pack.manifest["documents"])
    ]
    whole = replace(notice, paragraphs=(*notice.paragraphs, *documents))
    return _signed(whole, referendum, "Proper Officer")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


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
