"""Polling stations: set by their own council, in the record, numbered without a gap, and on the notice of poll."""

from datetime import UTC, date, datetime

import pypdfium2
import pytest
from sqlalchemy import select

from app.audit import Actor, Deed
from app.db import reading, writing
from app.errors import ConflictError, InvalidRequestError, NotAllowedError
from app.models import PollingStation, Referendum, RegisterEntry
from app.services.example import load_example
from app.services.notices import NoticeKind, paper_of, papers_on_record
from app.services.polling_stations import StationFacts, paper_numbers, set_stations, stations_of
from app.services.record import state_faults
from referendum.count import Poll

pytestmark = pytest.mark.database

AT = datetime(2026, 9, 1, tzinfo=UTC)
HALL = StationFacts(name="Village hall", address="Green Lane", electors="AA-1 to AA-612", papers=700)
SCHOOL = StationFacts(name="School", address="Mill Road", electors="AB-1 to AB-800", papers=900)
POST = StationFacts(name="Postal votes", is_postal=True, papers=400)


@pytest.fixture
def coming(engine):
    """A referendum of the example still to be held, and a deed of its council before the poll."""
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the addresses of tests")
        found = [each for each in session.scalars(select(Referendum)) if each.declaration is None]
        referendum = max(found, key=lambda each: each.poll_date)
        at = datetime.combine(referendum.decision_on, datetime.min.time(), UTC)
        actor = Actor(
            name="elections", role="electoral-officer", organisation="x", organisation_name=referendum.council
        )
        return referendum.reference, referendum.council, Deed(by=actor, at=at)


def test_the_list_is_kept_numbered_and_told(engine, coming):
    reference, council, deed = coming
    with writing(engine) as session:
        set_stations(session, deed, reference, council=council, stations=[HALL])
        rows = set_stations(session, deed, reference, council=council, stations=[HALL, SCHOOL, POST])
        spans = paper_numbers(rows)[Poll.RESIDENTIAL]
    assert [(span.place, span.first, span.last) for span in spans] == [
        ("Village hall", 1, 700),
        ("School", 701, 1600),
        ("Postal votes", 1601, 2000),
    ]
    with reading(engine) as session:
        assert state_faults(session) == []
        notice = paper_of(session, reference, NoticeKind.POLL).notice
    text = " ".join(part.heading + " " + part.text for part in notice.paragraphs)
    assert "Village hall Green Lane. Electors AA-1 to AA-612." in text
    assert "Postal" not in text
    with writing(engine) as session:
        session.delete(
            stations_of(session, session.scalars(select(Referendum).filter_by(reference=reference)).one())[0]
        )
    with reading(engine) as session:
        assert ["stations" in fault.what for fault in state_faults(session)] == [True]


@pytest.mark.parametrize(
    ("stations", "refusal", "words"),
    [
        pytest.param([StationFacts(name=" ")], InvalidRequestError, "has no name", id="no name"),
        pytest.param([StationFacts(name="Hall")], InvalidRequestError, "needs its address", id="no address"),
        pytest.param([HALL, HALL], InvalidRequestError, "the same name", id="twice"),
        pytest.param(
            [StationFacts(name="Post", is_postal=True, papers=-1)],
            InvalidRequestError,
            "cannot be supplied",
            id="minus",
        ),
        pytest.param(
            [StationFacts(name="Post", is_postal=True, business_papers=5)],
            ConflictError,
            "no business poll",
            id="no poll",
        ),
    ],
)
def test_a_list_that_cannot_be(engine, coming, stations, refusal, words):
    reference, council, deed = coming
    with pytest.raises(refusal, match=words), writing(engine) as session:
        set_stations(session, deed, reference, council=council, stations=stations)


def test_only_the_own_council_and_only_before_the_poll(engine, coming):
    reference, council, deed = coming
    other = Deed(by=Actor(name="n", role="electoral-officer", organisation="y", organisation_name="Elsewhere"), at=AT)
    with pytest.raises(NotAllowedError), writing(engine) as session:
        set_stations(session, other, reference, council=council, stations=[HALL])
    with pytest.raises(InvalidRequestError, match="holds no part"), writing(engine) as session:
        set_stations(session, other, reference, council="Elsewhere", stations=[HALL])
    with reading(engine) as session:
        poll = session.scalars(select(Referendum).filter_by(reference=reference)).one().poll_date
    late = Deed(by=deed.by, at=datetime(poll.year, poll.month, poll.day, 8, tzinfo=UTC))
    with pytest.raises(ConflictError, match="until the day before"), writing(engine) as session:
        set_stations(session, late, reference, council=council, stations=[HALL])
    assert isinstance(poll, date)


def words_of(text):
    return "".join(character for character in text if character.isalnum())


@pytest.mark.rule("REF-11", "REF-13", "REF-14", "COUNT-15")
def test_every_paper_on_record_says_the_same_on_its_page_and_in_its_file(engine, coming, client):
    reference, council, deed = coming
    with writing(engine) as session:
        set_stations(session, deed, reference, council=council, stations=[HALL, SCHOOL])
    with reading(engine) as session:
        kinds = {
            (each.reference, kind)
            for each in session.scalars(select(Referendum))
            for kind in papers_on_record(session, each)
        }
    assert {kind for _, kind in kinds} >= {NoticeKind.REFERENDUM, NoticeKind.POLL, NoticeKind.DECLARATION}
    for subject, kind in sorted(kinds):
        address = f"/referendums/{subject}/documents/{kind.value}"
        page, file = client.get(address).text, client.get(f"{address}.pdf").content
        assert b"<pdfuaid:part>1</pdfuaid:part>" in file
        with pypdfium2.PdfDocument(file) as document:
            printed = words_of("".join(each.get_textpage().get_text_range() for each in document))
        with reading(engine) as session:
            paper = paper_of(session, subject, kind)
        said = [paper.notice.title, paper.about, paper.by, paper.notice.given_by]
        said += [text for part in paper.notice.paragraphs for text in (part.heading, part.text)]
        said += [text for table in paper.figures for row in table.rows for text in row]
        for text in said:
            assert words_of(text) in printed, (kind, text)
            assert text.replace("'", "&#39;").replace("&", "&").strip() in page or words_of(text) in words_of(page), (
                text
            )


def test_a_paper_whose_facts_are_not_on_record_is_not_there(engine, coming, client):
    reference, _, _ = coming
    assert client.get(f"/referendums/{reference}/documents/declaration").status_code == 404
    assert client.get(f"/referendums/{reference}/documents/shopping-list").status_code == 422


@pytest.mark.rule("POLL-10", "T-44")
def test_nothing_stored_of_a_register_or_a_poll_could_serve_a_mailing_or_tell_a_vote():
    """T-44: the register is for the poll alone: neither names nor house addresses are kept, nor who has which paper."""
    assert {column.name for column in RegisterEntry.__table__.columns} == {
        "id",
        "register_id",
        "position",
        "polling_district",
        "number",
        "suffix",
        "markers",
        "attains_on",
        "person_key",
        "address_key",
        "street",  # for the work list of a street, without any house
        "easting",
        "northing",
        "location_source",
        "accuracy_m",
    }
    assert {column.name for column in PollingStation.__table__.columns} == {
        "id",
        "referendum_id",
        "council",
        "position",
        "name",
        "address",
        "electors",
        "is_postal",
        "papers",
        "business_papers",
    }
