"""Consultations: anyone may comment in time, nothing is public before an officer passed it, originals stay sealed."""

from datetime import date

import pytest
from sqlalchemy import select

from app.audit import Actor, Deed, documents
from app.db import reading, writing
from app.errors import InvalidRequestError, NotAllowedError
from app.models import Representation
from app.services.consultations import Opening, open_consultation
from app.services.messages import Telling, write_messages
from app.services.record import state_faults
from referendum.consultations import Consultation
from referendum.errors import StageError

pytestmark = pytest.mark.database

SUBJECT, OWN = "NP-000001", "E07999101"
PAGE = f"/consultations/{SUBJECT}/submission"
WORK = f"/cases/{SUBJECT}/representations/submission"
SAID = {
    "text": "Keep the oak.\nMy aunt Zebedia lives there.",
    "policy": "Policy G1",
    "name": "Quillfeather",
    "contact": "quill@feather.example",
    "wants_notice": "yes",
}


def opened(engine, at, kind=Consultation.SUBMISSION, opens=date(2026, 6, 1), closes=date(2026, 7, 20)):
    deed = Deed(by=Actor(name="Planning officer", role="planning-officer"), at=at)
    with writing(engine) as session:
        opening = Opening(
            subject=SUBJECT, kind=kind, title="Alder plan", opens_on=opens, closes_on=closes, held_by=[OWN]
        )
        return open_consultation(session, deed, opening).id


@pytest.fixture
def held(district, operator):
    return opened(district, operator.at)


@pytest.fixture
def officer(make_person, make_browser):
    browser = make_browser()
    browser.sign_in(make_person("officer", "planning-officer", OWN))
    return browser


def responded(browser, **changes):
    return browser.post(f"{PAGE}/respond", SAID | changes)


def test_a_comment_is_sealed_read_passed_and_only_then_public(held, make_browser, officer, district):
    anyone = make_browser()
    answer = responded(anyone)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"{PAGE}/thanks?number=1"
    assert "Your comment has arrived" in anyone.get(answer.headers["location"]).text
    assert "oak" not in anyone.get(PAGE).text
    for word in ("Quillfeather", "Zebedia", "quill@feather.example"):
        assert word in officer.get(f"{WORK}/1").text
    passed = {"text": "Keep the oak.", "published_as": "A resident"}
    assert officer.post(f"{WORK}/1", passed).status_code == 303
    page = anyone.get(PAGE).text
    assert "Keep the oak." in page
    assert anyone.client.get(f"{PAGE}.json").json()["representations"] == [
        {
            "number": 1,
            "received_on": "2026-07-02",
            "about": "policy",
            "policy": "Policy G1",
            "easting": None,
            "northing": None,
            "published_as": "A resident",
            "text": "Keep the oak.",
            "answer": "",
        }
    ]
    with reading(district) as session:
        told = str(list(documents(session)))
        row = session.scalars(select(Representation)).one()
        assert state_faults(session) == []
    for word in ("Quillfeather", "Zebedia", "quill@feather"):
        assert word not in page
        assert word not in told
        assert word.encode() not in row.sealed
    assert row.passed_by == "officer"


def test_an_edit_of_what_was_said_or_published_shows_in_the_record(held, make_browser, officer, district):
    responded(make_browser())
    officer.post(f"{WORK}/1", {"text": "Keep the oak."})
    with writing(district) as session:
        row = session.scalars(select(Representation)).one()
        row.published_text, row.sealed = "Fell the oak.", row.sealed[:-1] + b"x"
    with reading(district) as session:
        faults = " ".join(fault.what for fault in state_faults(session))
    assert "published_sha256" in faults
    assert "sealed_sha256" in faults


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        pytest.param({"text": " "}, "the comment is empty", "text", id="no words"),
        pytest.param({"text": "x" * 20_001}, "longer than 20,000 characters", "text", id="too many words"),
        pytest.param({"contact": ""}, "give an email address or a postal address", "contact", id="nowhere to tell"),
        pytest.param({"place": "nowhere"}, "is not a place we can read", "place", id="no place"),
        pytest.param({"place": "57.0, -4.0"}, "outside England", "place", id="Scotland"),
    ],
)
def test_a_refused_comment_keeps_what_was_typed(held, make_browser, district, *, changes, words, field):
    answer = responded(make_browser(), **changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'href="#{field}"' in answer.text
    assert "Quillfeather" in answer.text
    with reading(district) as session:
        assert session.scalars(select(Representation)).all() == []


def test_nothing_is_taken_in_before_the_first_or_after_the_last_day(district, operator, make_browser, moving_clock):
    opened(district, operator.at, opens=date(2026, 7, 3), closes=date(2026, 8, 14))
    anyone = make_browser()
    assert "runs from 3 July 2026 to 14 August 2026" in responded(anyone).text
    moving_clock.pass_(days=43)
    assert responded(anyone).status_code == 303
    moving_clock.pass_(days=1)
    assert responded(anyone).status_code == 422
    assert "Comments closed at the end of" in anyone.get(PAGE).text


def test_paper_that_came_in_time_is_keyed_in_after_the_close(district, operator, officer):
    opened(district, operator.at, opens=date(2026, 5, 1), closes=date(2026, 6, 30))
    paper = SAID | {"place": "400500, 300500", "policy": "", "received_on": "2026-06-30"}
    late = officer.post(f"{WORK}/paper", paper | {"received_on": "2026-07-01"})
    assert late.status_code == 422
    assert "is not in it" in late.text
    assert officer.post(f"{WORK}/paper", paper).status_code == 303
    officer.post(f"{WORK}/1", {"text": "Keep the oak."})
    (place,) = officer.client.get(f"{PAGE}.geojson").json()["features"]
    assert place["properties"]["text"] == "Keep the oak."


@pytest.mark.rule("STEP-2")
def test_a_comment_is_answered_for_all_to_read_and_stands_in_the_summary(held, make_browser, officer, district):
    anyone = make_browser()
    responded(anyone)
    responded(anyone, policy="", text="My neighbour is a thief.")
    early = officer.post(f"{WORK}/1/answer", {"answer": "The oak stays."}, on=f"{WORK}/1")
    assert early.status_code == 422
    assert "Read comment 1 first" in early.text
    assert "Quillfeather" in early.text
    officer.post(f"{WORK}/1", {"text": "Keep the oak.", "published_as": "A resident"})
    officer.post(f"{WORK}/2", {"withheld_because": "It accuses a person."})
    answered = officer.post(f"{WORK}/1/answer", {"answer": "The oak stays."}, on=f"{WORK}/1")
    assert answered.status_code == 303
    assert "What was done about it: The oak stays." in anyone.get(PAGE).text
    summary = " ".join(anyone.get(f"{PAGE}/summary").text.split())
    for words in (
        "2 comments came in: 2 on the web.",
        "On policy G1",
        "Comment 1, A resident: Keep the oak. What was done about it: The oak stays.",
        "Comment 2, not shown: It accuses a person.",
    ):
        assert words in summary
    assert "thief" not in summary
    assert "Quillfeather" not in summary
    assert anyone.client.get(f"{PAGE}/summary.pdf").content.startswith(b"%PDF-")
    with reading(district) as session:
        assert state_faults(session) == []


def test_publishing_needs_words_or_a_reason_and_not_both(held, make_browser, officer):
    responded(make_browser())
    for passing in ({}, {"text": "Keep it.", "withheld_because": "rude"}):
        answer = officer.post(f"{WORK}/1", passing)
        assert answer.status_code == 422
        assert "either the words to publish or the reason" in answer.text
    assert officer.post(f"{WORK}/1", {"withheld_because": "It names a child."}).status_code == 303
    assert "1 withheld" in make_browser().get(PAGE).text


@pytest.mark.rule("STEP-5", "STEP-13")
def test_whoever_asked_is_told_once(held, make_browser, officer, district, operator):
    anyone, head = make_browser(), "number,name,contact,heading,message"
    responded(anyone)
    responded(anyone, wants_notice="", name="Silent")
    assert officer.get(f"{WORK}/told.csv").text.splitlines() == [head]
    telling = Telling(subject=SUBJECT, about="making", heading="It is made", text="By Westshire.")
    with writing(district) as session:
        assert [write_messages(session, operator, telling) for _ in range(2)] == [1, 0]
    table = officer.get(f"{WORK}/told.csv").text.splitlines()
    assert table == [head, "1,Quillfeather,quill@feather.example,It is made,By Westshire."]
    assert officer.post(f"{WORK}/told", on=f"/cases/{SUBJECT}/representations").status_code == 303
    assert officer.get(f"{WORK}/told.csv").text.splitlines() == [head]
    with reading(district) as session:
        assert state_faults(session) == []
        assert "quill@feather" not in str(list(documents(session)))


def test_next_door_reads_and_passes_nothing(held, make_person, make_browser):
    responded(make_browser())
    other = make_browser()
    other.sign_in(make_person("next-door", "planning-officer", "E07999102"))
    for path in (WORK.removesuffix("/submission"), f"{WORK}/1", f"{WORK}/told.csv", f"{WORK}/paper"):
        assert other.get(path).status_code == 403, path
    for path in (f"{WORK}/1", f"{WORK}/told", f"{WORK}/paper"):
        assert other.post(path, SAID, on="/consultations/" + SUBJECT + "/submission/respond").status_code == 403, path


def test_a_second_round_has_its_own_address(district, operator, make_browser):
    opened(district, operator.at, opens=date(2026, 1, 1), closes=date(2026, 3, 1))
    opened(district, operator.at)
    anyone = make_browser()
    assert anyone.client.get(f"{PAGE}-2.json").json()["opens_on"] == "2026-06-01"
    assert anyone.client.get(f"{PAGE}.json").json()["opens_on"] == "2026-01-01"
    assert "until 20 July 2026" in anyone.get("/consultations").text
    for unknown in ("submission-3", "nothing", "area-application"):
        assert anyone.get(f"/consultations/{SUBJECT}/{unknown}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "by", "refusal", "words"),
    [
        pytest.param({"closes_on": date(2026, 7, 12)}, OWN, StageError, "2026-07-13 or later", id="too short"),
        pytest.param({"held_by": []}, OWN, InvalidRequestError, "Nobody holds", id="held by nobody"),
        pytest.param({}, "E07999102", NotAllowedError, "not your organisation's business", id="next door's"),
    ],
)
def test_a_consultation_that_cannot_be_opened(district, operator, *, changes, by, refusal, words):
    facts = {
        "subject": SUBJECT,
        "kind": Consultation.SUBMISSION,
        "title": "Alder plan",
        "opens_on": date(2026, 6, 1),
        "closes_on": date(2026, 7, 13),
        "held_by": [OWN],
    }
    deed = Deed(by=Actor(name="officer", role="planning-officer", organisation=by), at=operator.at)
    with pytest.raises(refusal, match=words), writing(district) as session:
        open_consultation(session, deed, Opening(**facts | changes))
