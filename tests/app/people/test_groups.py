"""The register of neighbourhood groups: nothing public without agreement, nothing of another organisation's."""

import pytest

from app.audit import documents
from app.db import reading

pytestmark = pytest.mark.database

TYPED = {
    "name": "Friends of Alder Green",
    "purpose": "We look after the green.",
    "contact_name": "Pat Example",
    "contact_way": "pat@alder.example",
    "contact_agreed_on": "2026-06-01",
    "ways_to_join": "Come on a first Tuesday.",
    "code_of_conduct_on": "2026-06-02",
    "place": "E04999101",
}


@pytest.fixture
def volunteer(make_person, browser):
    browser.sign_in(make_person("volunteer", "volunteer-editor", "E04999101"))
    return browser


def entered(browser, **changes):
    answer = browser.post("/groups/new", TYPED | changes)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].split("#")[1]


def test_a_group_is_seen_by_nobody_until_it_is_published(volunteer, make_browser, district):
    reference, anyone = entered(volunteer), make_browser()
    assert reference == "NG-000001"
    assert anyone.get(f"/groups/{reference}").status_code == 404
    assert anyone.client.get("/groups.json").json() == []
    assert volunteer.post(f"/groups/{reference}/publish", on="/groups/mine").status_code == 303
    page = anyone.get(f"/groups/{reference}").text
    assert "Pat Example" in page
    assert anyone.client.get(f"/groups/{reference}.json").json() == {
        "reference": reference,
        "name": "Friends of Alder Green",
        "purpose": "We look after the green.",
        "organisation": "Alder Parish Council",
        "contact_name": "Pat Example",
        "contact_way": "pat@alder.example",
        "ways_to_join": "Come on a first Tuesday.",
        "code_of_conduct_on": "2026-06-02",
        "published_on": "2026-07-02",
    }
    assert len(anyone.client.get("/groups.geojson").json()["features"]) == 1
    with reading(district) as session:
        text = str(list(documents(session)))
    assert "Pat Example" not in text
    assert "pat@alder" not in text


@pytest.mark.parametrize(
    "field", ["contact_name", "contact_way", "contact_agreed_on", "ways_to_join", "code_of_conduct_on"]
)
def test_nothing_is_published_while_something_is_missing(volunteer, make_browser, field):
    reference = entered(volunteer, **{field: " "})
    refused = volunteer.post(f"/groups/{reference}/publish", on="/groups/new")
    assert refused.status_code == 422
    assert "cannot be public without" in refused.text
    assert make_browser().get(f"/groups/{reference}").status_code == 404


def test_a_public_group_cannot_lose_its_agreement_and_nothing_of_the_attempt_is_kept(volunteer, make_browser):
    reference = entered(volunteer)
    volunteer.post(f"/groups/{reference}/publish", on="/groups/mine")
    without = TYPED | {"contact_agreed_on": "", "name": "Renamed"}
    refused = volunteer.post(f"/groups/{reference}/edit", without)
    assert refused.status_code == 422
    assert 'value="Renamed"' in refused.text
    assert make_browser().client.get(f"/groups/{reference}.json").json()["name"] == "Friends of Alder Green"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("contact_agreed_on", "1 June", "is no date"),
        ("code_of_conduct_on", "2026-07-03", "cannot be dated after today"),
        ("place", "NA-000404", "no designated area or parish"),
        ("name", " ", "Give the group a name"),
        ("name", "x" * 201, "longer than 200 characters"),
    ],
)
def test_a_form_that_is_wrong_comes_back_with_everything_typed(volunteer, field, value, words):
    answer = volunteer.post("/groups/new", TYPED | {field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Come on a first Tuesday." in answer.text


def test_a_withdrawn_group_says_so_and_its_contact_is_gone(volunteer, make_browser):
    reference = entered(volunteer)
    volunteer.post(f"/groups/{reference}/publish", on="/groups/mine")
    edit = f"/groups/{reference}/edit"
    assert volunteer.post(f"/groups/{reference}/withdraw", {"reason": ""}, on=edit).status_code == 422
    assert volunteer.post(f"/groups/{reference}/withdraw", {"reason": "It merged."}, on=edit).status_code == 303
    answer = make_browser().get(f"/groups/{reference}")
    assert answer.status_code == 410
    assert "It merged." in answer.text
    assert "Pat Example" not in answer.text


def test_another_organisation_neither_sees_nor_changes_an_entry(volunteer, make_person, make_browser):
    reference, other = entered(volunteer), make_browser()
    other.sign_in(make_person("forum-volunteer", "volunteer-signatory", "forum-birch"))
    assert other.get(f"/groups/{reference}/edit").status_code == 403
    assert "Friends of Alder Green" not in other.get("/groups/mine").text
    for path in ("edit", "publish", "withdraw"):
        answer = other.post(f"/groups/{reference}/{path}", TYPED | {"reason": "mine now"}, on="/groups/new")
        assert answer.status_code == 403, path
    assert make_browser().get(f"/groups/{reference}").status_code == 404
