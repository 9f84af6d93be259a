from datetime import date, time
from decimal import Decimal

import pytest

from referendum.errors import ReferendumError
from referendum.findings import Severity
from referendum.notices import (
    Particulars,
    PollingPlace,
    SpecifiedDocument,
    StatementItem,
    information_statement,
    notice_of_poll,
    notice_of_referendum,
    polling_hours,
    statement_findings,
)
from referendum.question import Instrument, prescribed_question

PARTICULARS = Particulars(
    instrument=Instrument.NDP,
    area="Alderbrook",
    council="Alderbrook District Council",
    authority="Alderbrook District Council",
    poll_date=date(2026, 9, 10),
)
QUESTION = prescribed_question(Instrument.NDP, area="Alderbrook", authority="Alderbrook District Council")


HELD = (
    "A referendum on the neighbourhood development plan for Alderbrook will be held by Alderbrook District Council on "
    "Thursday 10 September 2026."
)


def words(notice):
    return [(paragraph.heading, paragraph.text) for paragraph in notice.paragraphs]


@pytest.mark.rule("REF-13")
def test_the_notice_of_referendum_gives_the_day_and_every_closing_time():
    notice = notice_of_referendum(
        PARTICULARS,
        closing={
            "Registration to vote": (date(2026, 8, 24), time(23, 59)),
            "Applications to vote by post": (date(2026, 8, 25), time(17)),
        },
        officer="A. Officer",
    )
    assert (notice.title, notice.given_by) == ("Notice of referendum", "A. Officer, Counting Officer")
    assert words(notice) == [
        (
            "",
            HELD,
        ),
        ("Registration to vote", "By midnight at the end of the day on Monday 24 August 2026."),
        ("Applications to vote by post", "By 5 p.m. on Tuesday 25 August 2026."),
    ]


@pytest.mark.parametrize("closing", [{}, {"Applications to vote by post": (date(2026, 9, 11), time(17))}])
def test_a_notice_without_lawful_closing_dates_is_refused(closing):
    with pytest.raises(ReferendumError, match="closing date"):
        notice_of_referendum(PARTICULARS, closing=closing, officer="A. Officer")


@pytest.mark.rule("REF-14", "REF-16")
def test_the_notice_of_poll_gives_hours_question_and_who_votes_where():
    place = PollingPlace(station="Station A", address="Village Hall", electors="AA-1 to AA-612")
    notice = notice_of_poll(PARTICULARS, places=[place], officer="A. Officer")
    assert words(notice)[1:] == [
        ("Hours", "Between 7 a.m. and 10 p.m."),
        ("The question", QUESTION),
        ("Station A", "Village Hall. Electors AA-1 to AA-612."),
    ]
    with pytest.raises(ReferendumError, match="polling stations"):
        notice_of_poll(PARTICULARS, places=[], officer="A. Officer")


@pytest.mark.rule("REF-10", "REF-11", "REF-18")
def test_the_information_statement_of_the_worked_example():
    notice = information_statement(
        PARTICULARS, entries=2418, inspection=["www.example.org", "Village Hall, 9 to 5"], officer="P. Officer"
    )
    said = dict(words(notice)[:-1])
    assert said["Referendum expenses"] == "The limit is £2,504.66, worked out from 2,418 persons entitled to vote."
    assert said["The question"] == QUESTION
    assert "qualifying address" in said["Who may vote"]
    assert "local elections" in said["Conduct"]
    assert [text for heading, text in words(notice) if heading == "Where and when to inspect"] == [
        "www.example.org",
        "Village Hall, 9 to 5",
    ]
    with pytest.raises(ReferendumError, match="inspected"):
        information_statement(PARTICULARS, entries=2418, inspection=[], officer="P. Officer")


@pytest.mark.rule("REF-11", "REF-12")
def test_each_missing_item_and_document_is_named():
    assert statement_findings(set(StatementItem), set(SpecifiedDocument), extended=True) == []
    for item in StatementItem:
        (finding,) = statement_findings(set(StatementItem) - {item}, set(SpecifiedDocument), extended=True)
        assert (finding.rule, finding.severity) == ("REF-11", Severity.ERROR)
        assert item.value in finding.message
    for document in SpecifiedDocument:
        (finding,) = statement_findings(set(StatementItem), set(SpecifiedDocument) - {document}, extended=True)
        assert finding.rule == "REF-12"
        assert document.value in finding.message


@pytest.mark.rule("REF-11", "EXAM-9")
def test_t15_an_extended_area_needs_both_maps():
    items = set(StatementItem) - {StatementItem.NEIGHBOURHOOD_MAP}
    assert statement_findings(items, set(SpecifiedDocument), extended=False) == []
    assert len(statement_findings(items, set(SpecifiedDocument), extended=True)) == 1


@pytest.mark.rule("REF-18", "REF-19")
@pytest.mark.parametrize(
    ("published", "wrong"),
    [
        pytest.param((4265, Decimal("2613.64")), False, id="published in 2013"),
        pytest.param((9514, Decimal("2923.39")), True, id="t22 number and limit from different runs, 2023"),
        pytest.param((9515, Decimal("2923.39")), False, id="the number that limit needs"),
        pytest.param((2418, Decimal("2504.66")), False, id="worked example"),
    ],
)
def test_the_limit_must_follow_from_its_number(published, wrong):
    found = statement_findings(set(StatementItem), set(SpecifiedDocument), extended=True, published=published)
    assert [finding.code for finding in found] == (["expenses-limit-wrong"] if wrong else [])


def test_hours_are_said_in_words():
    assert polling_hours(date(2026, 9, 10)) == "7 a.m. and 10 p.m."
