"""Applying with a draft by a program: parts and what is missing, one application, links that end, comments."""

import pytest
from sqlalchemy import func, select

from app.db import reading, writing
from app.models import NeighbourhoodArea, StoredAnswer
from app.services.accounts import account_by_name, live_roles
from app.services.record import state_faults
from app.services.roles import make_token

DRAFT = "/api/v1/drafts/ND-000001"
APPLICATION, SHARES, COMMENTS = f"{DRAFT}/application", f"{DRAFT}/shares", f"{DRAFT}/comments"
PARTS = {
    "map": {"paper": "a4", "scale": "10000"},
    "name": {"name": "Alder"},
    "statement": {"statement": "One place round its green."},
    "body": {"declared": "yes", "applicant_name": "Somebody else"},
}
KEY = {"Idempotency-Key": "0c8a6d0e-5a1f-4a4e-9c52-5d0f3b1a7e11"}

pytestmark = pytest.mark.database


@pytest.fixture
def make_program(make_person, make_browser, peopled, operator):
    """Opens an account with a role, and a program that holds a token of it."""

    def make(name, role, organisation="E04999101"):
        make_person(name, role, organisation)
        with writing(peopled) as session:
            (held,) = live_roles(account_by_name(session, name))
            token = make_token(session, operator, held, "test")
        program = make_browser().client
        program.headers["Authorization"] = f"Bearer {token}"
        return program

    return make


@pytest.fixture
def clerk(make_program):
    """A program of the volunteer who signs for Alder's council, with the whole parish as a draft."""
    program = make_program("clerk", "volunteer-signatory")
    parts = {"parts": [{"kind": "parish", "code": "E04999101"}]}
    started = program.post("/api/v1/drafts/starts/parts", json=parts)
    assert program.post("/api/v1/drafts", json=started.json()).status_code == 201, started.text
    return program


def missing(application):
    return [each["part"] for each in application["parts"] if each["missing"]]


def answer(program, part, fields):
    return program.put(f"{APPLICATION}/{part}", json={"fields": fields})


@pytest.mark.rule("AREA-6")
def test_parts_are_answered_one_by_one_and_sent_twice_make_one_application(clerk, peopled, make_program):
    assert missing(clerk.get(APPLICATION).json()) == list(PARTS)
    refused = clerk.post(APPLICATION, json={"version": 1})
    assert (refused.status_code, "finish the map" in refused.json()["detail"]) == (422, True)
    for done, (part, fields) in enumerate(PARTS.items(), start=1):
        said = answer(clerk, part, fields).json()
        assert missing(said) == list(PARTS)[done:]
    assert said["is_complete"]
    assert [each["fields"] for each in said["parts"] if each["part"] == "body"] == [
        {"kind": "parish", "applicant_name": "Alder Parish Council", "parish_code": "E04999101", "declared": "yes"}
    ]
    stale = clerk.post(APPLICATION, json={"version": 2})
    assert (stale.status_code, "saved version 1" in stale.json()["detail"]) == (409, True)
    assert make_program("editor", "volunteer-editor").post(APPLICATION, json={"version": 1}).status_code == 403
    made = [clerk.post(APPLICATION, json={"version": 1}) for _ in range(2)]
    assert [each.status_code for each in made] == [200, 200]
    assert made[0].json() == made[1].json() == clerk.get(APPLICATION).json()["submission"]
    assert made[0].json()["area"] == "NA-000001"
    assert answer(clerk, "name", {"name": "Birch"}).status_code == 409
    with reading(peopled) as session:
        assert session.scalar(select(func.count()).select_from(NeighbourhoodArea)) == 1
        assert state_faults(session) == []


def test_a_link_is_told_once_opens_the_draft_until_it_is_ended_and_is_kept_nowhere(clerk, peopled, make_browser):
    made = clerk.post(SHARES, json={"label": "Neighbours"}, headers=KEY)
    assert made.status_code == 201
    address, passer_by = made.json()["address"], make_browser()
    assert passer_by.get(address).status_code == 200
    (listed,) = clerk.get(SHARES).json()
    assert listed == {name: each for name, each in made.json().items() if name != "address"}
    with reading(peopled) as session:
        assert session.scalars(select(StoredAnswer)).all() == []
    ended = clerk.post(f"{SHARES}/1/end").json()
    assert ended["ended_at"]
    assert clerk.post(f"{SHARES}/1/end").json() == ended
    assert passer_by.get(address).status_code == 410
    assert [clerk.post(f"{SHARES}/2/end").status_code, clerk.post(SHARES, json={"label": " "}).status_code] == [
        404,
        422,
    ]
    with reading(peopled) as session:
        assert state_faults(session) == []


def test_a_comment_by_a_link_waits_until_it_is_shown_and_one_s_own_is_open(clerk, peopled, make_browser):
    address = clerk.post(SHARES, json={"label": "Neighbours"}).json()["address"]
    path = address[address.index("/shared/") :]
    said = make_browser().post(f"{path}/comments", {"text": "Mind the ford.", "version": 1}, on=path)
    assert said.status_code == 303, said.text
    place = {"easting": 400_500.0, "northing": 300_500.0}
    own = clerk.post(COMMENTS, json={"text": "The mill.", "version": 1, "place": place})
    assert own.status_code == 201
    listed = clerk.get(COMMENTS).json()
    assert [(each["text"], each["by_link"], each["standing"], each["place"]) for each in listed] == [
        ("Mind the ford.", 1, "waiting", None),
        ("The mill.", None, "open", place),
    ]
    shown = clerk.put(f"{COMMENTS}/1/standing", json={"standing": "open"}).json()
    assert (shown["standing"], shown["settled_by"]) == ("open", "clerk")
    assert clerk.put(f"{COMMENTS}/1/standing", json={"standing": "waiting"}).status_code == 422
    assert clerk.put(f"{COMMENTS}/9/standing", json={"standing": "open"}).status_code == 404
    with reading(peopled) as session:
        assert state_faults(session) == []


def test_another_organisation_and_nobody_in_particular_are_refused_everywhere(clerk, make_program, make_browser):
    calls = [
        ("GET", APPLICATION, None),
        ("PUT", f"{APPLICATION}/name", {"fields": {"name": "Theirs"}}),
        ("POST", APPLICATION, {"version": 1}),
        ("GET", SHARES, None),
        ("POST", SHARES, {"label": "Us"}),
        ("POST", f"{SHARES}/1/end", None),
        ("GET", COMMENTS, None),
        ("POST", COMMENTS, {"text": "Ours.", "version": 1}),
        ("PUT", f"{COMMENTS}/1/standing", {"standing": "hidden"}),
    ]
    neighbour, nobody = make_program("neighbour", "volunteer-signatory", "forum-birch"), make_browser().client
    assert [neighbour.request(how, where, json=sent).status_code for how, where, sent in calls] == [403] * len(calls)
    assert [nobody.request(how, where, json=sent).status_code for how, where, sent in calls] == [401] * len(calls)


@pytest.mark.parametrize(
    ("part", "fields", "status", "words"),
    [
        pytest.param("name", {"title": "Alder"}, 422, "has no field “title”: send only name", id="an unknown field"),
        pytest.param("name", {"name": "n" * 201}, 422, "longer than 200 characters", id="too long"),
        pytest.param("colour", {}, 422, "part", id="no such part"),
    ],
)
def test_answers_that_are_not_kept_say_why(clerk, part, fields, status, words):
    refused = answer(clerk, part, fields)
    assert (refused.status_code, words in refused.text) == (status, True), refused.text
