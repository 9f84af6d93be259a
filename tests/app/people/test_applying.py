"""From a draft to an application by forms alone; links that end; comments that are read before they are shown."""

import html
import re

import pytest

from app.db import reading
from app.models import NeighbourhoodArea
from app.services.record import state_faults

DRAFT = "/apply/ND-000001"
PARTS = {
    "map": {"choice": "a4-10000"},
    "name": {"name": "Alder"},
    "statement": {"statement": "One place\nround its <green>."},
    "body": {"declared": "yes"},
}


@pytest.fixture
def clerk(make_person, make_browser):
    """The signing volunteer of Alder's council, with the whole parish taken as a draft."""
    browser = make_browser()
    browser.sign_in(make_person("clerk", "volunteer-signatory", "E04999101"))
    taken = browser.post("/apply/parish", {"code": "E04999101"}, on="/apply?parish=Alder")
    assert taken.headers["location"] == f"{DRAFT}/draw"
    return browser


def answer_all(browser, **changes):
    for part, fields in (PARTS | changes).items():
        answer = browser.post(f"{DRAFT}/parts/{part}", fields)
        assert (answer.status_code, answer.headers.get("location")) == (303, DRAFT), (part, answer.text)


def submit(browser, version=1):
    return browser.post(f"{DRAFT}/submit", {"version": version}, on=f"{DRAFT}/check")


@pytest.mark.rule("AREA-6")
def test_an_application_from_the_list_of_parts_to_its_receipt(clerk, peopled):
    assert "0 of 4 parts done" in clerk.get(DRAFT).text
    answer_all(clerk)
    shown = clerk.get(DRAFT).text
    assert "4 of 4 parts done" in shown
    assert "The authority must designate the area as applied for, at once." in shown
    check = clerk.get(f"{DRAFT}/check").text
    assert "round its &lt;green&gt;." in check
    assert "A4 at 1:10,000" in check
    assert "Alder Parish Council is a relevant body" in check
    assert submit(clerk).headers["location"] == f"{DRAFT}/receipt"
    assert submit_again(clerk) == f"{DRAFT}/receipt"
    receipt = clerk.get(f"{DRAFT}/receipt").text
    assert "NA-000001" in receipt
    assert "At once: no comments are asked" in receipt
    with reading(peopled) as session:
        assert session.query(NeighbourhoodArea).count() == 1
        assert state_faults(session) == []
    assert "It is closed" in clerk.get(DRAFT).text
    pdf = clerk.get(re.search(r"/documents/[0-9a-f]{64}", receipt)[0])
    assert pdf.content.startswith(b"%PDF")


def submit_again(browser):
    """Sends the form once more, as somebody does who goes back; the check page is gone by now."""
    answer = browser.post(f"{DRAFT}/submit", {"version": 1}, on=f"{DRAFT}/share")
    return answer.headers["location"]


def test_a_part_that_is_missing_is_named_and_what_is_typed_is_kept(clerk):
    refused = clerk.post(f"{DRAFT}/parts/body", {"declared": ""})
    assert (refused.status_code, "Tick the statement" in refused.text) == (422, True)
    long = clerk.post(f"{DRAFT}/parts/name", {"name": "n" * 201})
    assert (long.status_code, "n" * 201 in long.text) == (422, True)
    assert "longer than 200 characters" in long.text
    answer_all(clerk, body={"declared": "yes"})
    clerk.post(f"{DRAFT}/parts/statement", {"statement": " "})
    refused = submit(clerk)
    assert refused.status_code == 422
    summary = refused.text.split("error-summary__list")[1].split("</ul>")[0]
    assert re.findall(r'href="#(\w+)"', summary) == ["statement"]
    assert "Say why this area is right" in summary


def test_whoever_prepares_does_not_submit_and_others_see_nothing(clerk, make_person, make_browser):
    answer_all(clerk)
    editor, neighbour = make_browser(), make_browser()
    editor.sign_in(make_person("editor", "volunteer-editor", "E04999101"))
    neighbour.sign_in(make_person("neighbour", "volunteer-signatory", "forum-birch"))
    assert "Your role prepares" in editor.get(f"{DRAFT}/check").text
    refused = editor.post(f"{DRAFT}/submit", {"version": 1}, on="/apply?parish=Alder")
    assert refused.status_code == 403
    pages = ["", "/check", "/receipt", "/share", "/map.svg", "/map.pdf", "/parts/name"]
    assert [neighbour.get(DRAFT + page).status_code for page in pages] == [403] * len(pages)
    assert {make_browser().get(DRAFT + page).status_code for page in pages} == {303}


def test_an_older_version_is_brought_back_and_the_picture_and_the_map_are_its_own(clerk):
    picture = clerk.get(f"{DRAFT}/map.svg?version=1")
    assert (picture.status_code, picture.text[:4]) == (200, "<svg")
    assert clerk.get(f"{DRAFT}/map.svg?version=9").status_code == 404
    assert clerk.get(f"{DRAFT}/map.pdf?paper=a3&scale=5000").content.startswith(b"%PDF")
    back = clerk.post(f"{DRAFT}/versions/1/restore", {"based_on": 1}, on="/apply?parish=Alder")
    assert back.status_code == 303
    shown = clerk.get(DRAFT).text
    assert "Brought back version 1" in shown
    stale = clerk.post(f"{DRAFT}/versions/1/restore", {"based_on": 1}, on=DRAFT)
    assert (stale.status_code, "has saved version 2" in stale.text) == (422, True)


def test_an_officer_applies_for_a_forum_that_says_how_it_can_be_one(make_person, make_browser, peopled):
    officer = make_browser()
    officer.sign_in(make_person("planner", "planning-officer"))
    officer.post("/apply/parish", {"code": "E04999101"}, on="/apply?parish=Alder")
    body = {"kind": "forum", "applicant_name": "Alder Forum", "declared": "yes"}
    officer.post(f"{DRAFT}/parts/body", body)
    shown = officer.get(DRAFT).text
    assert "Why you can be a forum" in shown
    assert "The law bars this application" in shown
    refused = submit(officer)
    assert re.findall(r'href="#(\w+)"', refused.text)[:4] == ["map", "name", "statement", "capability"]
    with reading(peopled) as session:
        assert session.query(NeighbourhoodArea).count() == 0


def test_a_link_shows_the_draft_until_it_is_ended_and_what_comes_by_it_is_read_first(clerk, make_browser, peopled):
    made = clerk.post(f"{DRAFT}/share", {"label": "Birch"}).text
    link = html.unescape(re.search(r'href="https?://[^/"]+(/shared/[^"]+)"', made)[1])
    assert link not in clerk.get(f"{DRAFT}/share").text
    stranger = make_browser()
    shown = stranger.get(link)
    assert (shown.status_code, shown.headers["x-robots-tag"]) == (200, "noindex")
    assert stranger.get(f"{link}/map.svg").text.startswith("<svg")
    lost = stranger.post(f"{link}/comments", {"text": "Our <field>", "place": "nowhere", "version": 1}, on=link)
    assert (lost.status_code, "Our &lt;field&gt;" in lost.text) == (422, True)
    sent = stranger.post(f"{link}/comments", {"text": "Our <field>", "place": "400500, 300500", "version": 1}, on=link)
    assert "Our &lt;field&gt;" not in stranger.get(link).text
    assert "Your comment has arrived" in stranger.get(sent.headers["location"]).text
    clerk.post(f"{DRAFT}/comments/1", {"standing": "open"}, on=f"{DRAFT}/share")
    assert "Our &lt;field&gt;" in stranger.get(link).text
    assert "<circle" in stranger.get(f"{link}/map.svg").text
    clerk.post(f"{DRAFT}/share/1/end", on=f"{DRAFT}/share")
    gone = stranger.get(link)
    assert (gone.status_code, "This link was ended" in gone.text) == (410, True)
    assert stranger.get("/shared/never-was").status_code == 404
    with reading(peopled) as session:
        assert state_faults(session) == []
