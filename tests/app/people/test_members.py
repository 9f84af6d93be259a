"""The members of a forum: seen by the forum alone, counted against the 21 it needs, kept out of the record."""

import pytest

from app.audit import documents
from app.db import reading

pytestmark = pytest.mark.database


@pytest.fixture
def forum(make_person, browser):
    browser.sign_in(make_person("forum-volunteer", "volunteer-editor", "forum-birch"))
    return browser


@pytest.mark.rule("FORUM-2", "FORUM-3", "FORUM-6", "FORUM-11")
def test_members_are_counted_and_known_to_their_forum_alone(forum, make_person, make_browser, peopled):
    for number, capacity in enumerate(["lives-there", "lives-there", "works-there"]):
        answer = forum.post("/members", {"name": f"Member {number}", "capacity": capacity})
        assert answer.status_code == 303
    page = forum.get("/members").text
    assert "18 more" in page
    assert "nobody yet who counts as “Councillor for part of it”" in page
    left = page.split('action="/members/')[1].split("/")[0]
    assert forum.post(f"/members/{left}/left", on="/members").status_code == 303
    page = forum.get("/members").text
    assert "Member 0" not in page
    assert "19 more" in page
    with reading(peopled) as session:
        text = str(list(documents(session)))
    assert "Member " not in text
    other = make_browser()
    other.sign_in(make_person("parish-volunteer", "volunteer-editor", "E04999101"))
    assert "Member " not in other.get("/members").text
    assert other.post("/members/2/left", on="/groups/new").status_code == 404
    assert "Member 1" in forum.get("/members").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"name": " ", "capacity": "lives-there"}, "Write the member"), ({"name": "A"}, "Choose in what capacity")],
)
def test_a_form_that_is_wrong_adds_nobody(forum, fields, words):
    answer = forum.post("/members", fields)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert "0 members" in forum.get("/members").text


def test_a_parish_council_has_no_members_to_qualify(make_person, browser):
    browser.sign_in(make_person("parish-volunteer", "volunteer-editor", "E04999101"))
    assert "Only a neighbourhood forum has members" in browser.get("/members").text
    answer = browser.post("/members", {"name": "A", "capacity": "lives-there"}, on="/groups/new")
    assert answer.status_code == 409
