"""The pages of a count: blind, kind to a form sent twice or filled in wrongly, and closed to the council next door."""

import re
from datetime import UTC, datetime

import pytest

COUNT = "/count/NR-000901"
ACCOUNT = {"supplied": "900", "issued": "700", "spoilt": "3", "unused": "197", "tendered": "0", "found": "700"}
PART = f"{COUNT}/parts/1"


@pytest.fixture
def poll(peopled, arrange_poll):
    arrange_poll(peopled)


@pytest.fixture
def enter(poll, make_person, make_browser, moving_clock):
    """Signs people in on the night of the poll, each in a browser of their own."""
    moving_clock.at = datetime(2026, 9, 10, 22, 50, tzinfo=UTC)

    def sign_in(name, role="count-assistant", organisation="E07999101"):
        browser = make_browser()
        browser.sign_in(make_person(name, role, organisation, second_factor=role != "count-assistant"))
        return browser

    return sign_in


@pytest.fixture
def officer(enter):
    """The counting officer, with the count set up."""
    browser = enter("officer", "counting-officer")
    fields = {"poll": "residential", "council": "Westshire", "stations": "Hall\nSchool", "postal_sessions": "2"}
    assert browser.post(f"{COUNT}/set-up", fields).status_code == 303
    return browser


def shown(page):
    return re.sub(r"<[^>]+>", " ", page.text)


def test_a_sheet_sent_twice_does_no_harm_and_the_next_person_sees_a_blank_one(officer, enter):
    assistant = enter("assistant")
    figures = ACCOUNT | {"supplied": "904", "tendered": "4711", "unused": "201"}
    for _ in range(2):
        answer = assistant.post(f"{PART}/sheets/station-1", figures, on="/account")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{COUNT}?keyed=1-station-1")
    assert "4711" not in officer.get(f"{PART}/sheets/station-1").text
    assert "4711" not in officer.get(f"{PART}/sheets/station-1/correction").text
    assert "4711" not in officer.client.get("/api/v1/referendums/NR-000901/count").text
    assert "Waits for another person" in shown(assistant.get(COUNT))
    assert "Key a second time" in shown(officer.get(COUNT))


@pytest.mark.parametrize(
    ("figures", "field", "said"),
    [
        pytest.param({"issued": ""}, "issued", "0 if there are none", id="left empty"),
        pytest.param({"issued": "-7"}, "issued", "is not a whole number", id="negative"),
        pytest.param({"issued": "7.5"}, "issued", "is not a whole number", id="a fraction"),
        pytest.param({"issued": "٣"}, "issued", "is not a whole number", id="digits of another script"),
        pytest.param({"issued": "9" * 40}, "issued", "too large", id="too large"),
        pytest.param({"found": "701"}, "found", "701 papers were found in the box, but 700 were issued", id="box"),
        pytest.param({"unused": "198"}, "supplied", "come to 901, but 900 papers were supplied", id="sum"),
    ],
)
def test_a_sheet_filled_in_wrongly_comes_back_with_what_was_typed(officer, figures, field, said):
    typed = ACCOUNT | figures
    answer = officer.post(f"{PART}/sheets/station-1", typed)
    assert answer.status_code == 422
    assert said in shown(answer)
    assert f'href="#{field}"' in answer.text
    for name, value in typed.items():
        assert f'name="{name}"' in answer.text
        assert f'value="{value}"' in answer.text or value == ""


def test_figures_that_do_not_add_up_are_kept_once_the_paper_really_says_so(officer, enter):
    figures = ACCOUNT | {"found": "701", "as_written": "yes"}
    assert officer.post(f"{PART}/sheets/station-1", figures).status_code == 303
    assert enter("assistant").post(f"{PART}/sheets/station-1", figures).status_code == 303
    page = officer.get(f"{PART}/boxes/station-1")
    assert "The box differs from its account" in shown(page)
    answer = officer.post(f"{PART}/boxes/station-1/steps", {"step": "recount-box", "found": ""}, on="/account")
    assert answer.status_code == 422
    assert officer.get(f"{PART}/boxes/station-2").status_code == 404


def test_an_assistant_keys_and_does_nothing_else(officer, enter):
    assistant = enter("assistant")
    assert assistant.get(COUNT).status_code == 200
    for path in ("/set-up", "/observers", "/releases", "/signatures", "/declaration", "/parts/1/verification"):
        assert assistant.get(COUNT + path).status_code == 403, path
    listed = assistant.get(COUNT).text
    assert f'href="{PART}/sheets/station-1"' in listed
    assert f'href="{COUNT}/set-up"' not in listed


def test_the_council_next_door_sees_the_board_and_nothing_else(officer, enter):
    stranger = enter("stranger", "counting-officer", "E07999102")
    for path in ("", "/set-up", "/parts/1/sheets/station-1", "/signatures", "/declaration"):
        assert stranger.get(COUNT + path).status_code == 403, path
    assert "NR-000901" not in stranger.get("/count").text
    assert "Nothing has been released yet" in shown(stranger.get(f"{COUNT}/board"))
    assert stranger.get(f"{COUNT}/board.json").json()["document"] is None


def test_nothing_is_signed_on_a_sign_in_that_is_no_longer_fresh(officer, moving_clock):
    moving_clock.pass_(minutes=16)
    for path in ("/signatures", "/declaration"):
        answer = officer.post(COUNT + path, {"round": "1"}, on="/account")
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in?again=true")


@pytest.mark.parametrize(
    "path",
    ["/parts/2/sheets/station-1", "/parts/1/sheets/station-9", "/parts/1/sheets/nothing", "/parts/0/round"],
)
def test_what_is_not_there_is_told_in_a_sentence(officer, path):
    answer = officer.get(COUNT + path)
    assert answer.status_code in {404, 409}
    assert "Something went wrong" not in answer.text


def test_the_public_page_leads_to_the_board_only_after_a_release(officer):
    assert "/board" not in officer.get("/referendums/NR-000901").text
    answer = officer.post(f"{COUNT}/releases", {"kind": "verification"})
    assert answer.status_code == 422
    assert "not verified yet" in shown(answer)
