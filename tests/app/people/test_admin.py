"""Administrators keep the accounts of their own organisation; auditors read what was done in it."""

import csv
import io
import json

import pytest

pytestmark = pytest.mark.database


@pytest.fixture
def admin(make_person, browser):
    browser.sign_in(make_person("west-admin", "administrator"))
    return browser


def test_an_administrator_opens_an_account_and_its_first_password_signs_in(admin, make_browser, make_person):
    page = admin.post("/admin/accounts/new", {"name": "New.Planner", "role": "E07999101|planning-officer"}).text
    password = page.split('id="first-password">')[1].split("<")[0]
    other = make_browser()
    person = other.person("new.planner", password, None)
    assert other.sign_in(person).status_code == 303
    assert "Planning officer, Westshire" in other.get("/account").text
    assert password not in admin.get("/admin/accounts/new.planner").text


@pytest.mark.parametrize(
    ("name", "role", "words"),
    [
        ("x", "E07999101|planning-officer", "cannot be used"),
        ("west-admin", "E07999101|planning-officer", "There already is an account"),
        ("fine", "", "Choose a role"),
        ("fine", "E07999101|volunteer-editor", "Nobody can be volunteer"),
    ],
)
def test_a_form_that_is_wrong_comes_back_and_opens_nothing(admin, name, role, words):
    answer = admin.post("/admin/accounts/new", {"name": name, "role": role})
    assert answer.status_code == 422
    assert words in answer.text
    assert ">fine<" not in admin.get("/admin").text


@pytest.mark.parametrize("organisation", ["E07999102", "service", "E04999101"])
def test_no_administrator_grants_a_role_in_another_organisation(admin, make_person, organisation):
    make_person("planner", "planning-officer")
    for path in ("/admin/accounts/new", "/admin/accounts/planner/roles"):
        answer = admin.post(path, {"name": "friend", "role": f"{organisation}|administrator"}, on="/admin/accounts/new")
        assert answer.status_code == 403, path


def test_no_administrator_touches_an_account_of_another_organisation(admin, make_person):
    make_person("east-planner", "planning-officer", "E07999102", second_factor=True)
    assert admin.get("/admin/accounts/east-planner").status_code == 403
    assert "east-planner" not in admin.get("/admin").text
    for deed in ("close", "second-factor", "password", "roles/2/end"):
        answer = admin.post(f"/admin/accounts/east-planner/{deed}", on="/admin/accounts/new")
        assert answer.status_code == 403, deed


def test_only_whoever_runs_the_service_adds_organisations(admin, make_person, make_browser):
    typed = {"code": "E07999999", "name": "Newshire", "kind": "planning-authority", "runs_polls": "yes"}
    assert admin.post("/admin/organisations", typed, on="/admin/accounts/new").status_code == 403
    service = make_browser()
    service.sign_in(make_person("service-admin", "administrator", "service"))
    assert service.post("/admin/organisations", typed, on="/admin").status_code == 303
    assert "Newshire" in service.get("/admin").text


def test_ending_a_role_and_closing_an_account_take_effect_at_once(admin, make_person, make_browser):
    other = make_browser()
    other.sign_in(make_person("west-auditor", "auditor"))
    assert other.get("/record").status_code == 200
    role = admin.get("/admin/accounts/west-auditor").text.split("/roles/")[1].split("/")[0]
    assert admin.post(f"/admin/accounts/west-auditor/roles/{role}/end", on="/admin/accounts/new").status_code == 303
    assert other.get("/record").status_code == 403
    make_person("leaver", "planning-officer")
    leaver = make_browser()
    leaver.sign_in(leaver.person("leaver", "teapot meadow lantern 42", None))
    assert admin.post("/admin/accounts/leaver/close", on="/admin/accounts/leaver").status_code == 303
    assert leaver.get("/account").status_code == 303
    assert leaver.sign_in(leaver.person("leaver", "teapot meadow lantern 42", None)).status_code == 422


def test_an_auditor_finds_what_was_done_in_their_organisation_and_nothing_else(admin, make_person, make_browser):
    admin.post("/admin/accounts/new", {"name": "one", "role": "E07999101|observer"})
    east = make_browser()
    east.sign_in(make_person("east-admin", "administrator", "E07999102"))
    east.post("/admin/accounts/new", {"name": "two", "role": "E07999102|observer"})
    auditor = make_browser()
    auditor.sign_in(make_person("west-auditor", "auditor"))
    page = auditor.get("/record").text
    assert "account:one" in page
    assert "account:two" not in page
    assert "Nothing in the record matches" in auditor.get("/record?subject=account:two").text
    found = auditor.client.get("/record.csv?person=west-admin&kind=account:opened&since=2026-07-02").text
    rows = list(csv.DictReader(io.StringIO(found)))
    assert [(row["actor"], row["subject"], row["organisation"]) for row in rows] == [
        ("west-admin", "account:one", "E07999101")
    ]
    lines = auditor.client.get("/record.ndjson").text.splitlines()
    assert {json.loads(line)["organisation"] for line in lines} == {"E07999101"}
    assert auditor.client.get("/record.csv?until=2026-07-01").text.count("\n") == 1
    assert "is no date" in auditor.get("/record?since=yesterday").text
