"""Notices leave the service as accessible PDF: titled, in English, the same bytes each time, only when they may."""

from datetime import UTC, datetime

import pytest
import typst
from sqlalchemy import select

from app.db import reading, writing
from app.models import Referendum
from app.reports import notice_pdf
from app.services.example import load_example
from app.services.notices import NoticeKind, referendum_notice

AT = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def polls(engine):
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the addresses of tests")
        return {row.reference: row.declaration is not None for row in session.scalars(select(Referendum))}


@pytest.fixture
def said(monkeypatch):
    """What was set, and what typst finds in it: the text of every heading."""
    kept = []
    compiled = notice_pdf.accessible_pdf

    def keep(source, inputs, *, at):
        kept.append((source, inputs))
        return compiled(source, inputs, at=at)

    monkeypatch.setattr(notice_pdf, "accessible_pdf", keep)
    return kept


@pytest.mark.rule("REF-13", "COUNT-15")
def test_notices_are_accessible_and_the_declaration_waits_for_the_declaration(client, polls):
    assert set(polls.values()) == {True, False}
    for reference, is_declared in polls.items():
        address = f"/api/v1/referendums/{reference}/documents"
        notice = client.get(f"{address}/notice-of-referendum.pdf")
        assert notice.content.startswith(b"%PDF-")
        assert b"<pdfuaid:part>1</pdfuaid:part>" in notice.content
        assert b"Notice of referendum: Referendum on the" in notice.content
        assert client.get(f"{address}/notice-of-referendum.pdf").content == notice.content
        assert client.get(f"{address}/declaration.pdf").status_code == (200 if is_declared else 404)
        assert client.get(f"{address}/shopping-list.pdf").status_code in {404, 422}


def test_the_declaration_carries_every_number(engine, polls, said):
    reference = next(reference for reference, is_declared in polls.items() if is_declared)
    with reading(engine) as session:
        referendum_notice(session, reference, NoticeKind.DECLARATION)
    ((source, inputs),) = said
    headings = typst.query(source, "heading", sys_inputs=inputs, ignore_system_fonts=True)
    assert "Declaration of result of poll" in headings
    for label in ("Number of votes cast in favour of a Yes", "Rejected: want of an official mark", "Electorate"):
        assert label in inputs["notice"]


def test_a_document_without_a_title_is_refused():
    with pytest.raises(typst.TypstError, match="missing document title"):
        notice_pdf.accessible_pdf(b"= Hello", {}, at=AT)
