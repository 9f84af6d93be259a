"""Signing in and out, sessions, second factors, and what they are needed for."""

import pyotp
import pytest
from sqlalchemy import select

from app.audit import documents
from app.db import reading
from app.models import User, UserSession

pytestmark = pytest.mark.database


def test_an_officer_signs_in_sees_the_account_and_signs_out(make_person, browser):
    person = make_person("planner", "planning-officer")
    answer = browser.sign_in(person, next_="/areas")
    assert (answer.status_code, answer.headers["location"]) == (303, "/areas")
    page = browser.get("/account")
    assert "Planning officer, Westshire" in page.text
    assert page.headers["cache-control"] == "no-store"
    answer = browser.post("/sign-out", on="/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert browser.get("/account").headers["location"] == "/sign-in?next=%2Faccount"


@pytest.mark.parametrize(("name", "password"), [("planner", "wrong"), ("nobody", "wrong"), ("", "")])
def test_a_wrong_name_and_a_wrong_password_read_the_same(make_person, browser, name, password):
    make_person("planner", "planning-officer")
    answer = browser.post("/sign-in", {"name": name, "password": password})
    assert answer.status_code == 422
    assert "The account name or the password is not right" in answer.text
    assert browser.session_cookie is None


def test_a_session_gets_a_new_token_at_each_sign_in_and_the_old_one_ends(make_person, browser, make_browser):
    person = make_person("planner", "planning-officer")
    browser.sign_in(person)
    first = browser.session_cookie
    browser.sign_in(person)
    assert browser.session_cookie != first
    other = make_browser()
    other.client.cookies.set("folkmoot", first)
    assert other.get("/account").status_code == 303


def test_a_session_planted_before_signing_in_is_worth_nothing_after(make_person, browser, make_browser, district):
    person = make_person("planner", "planning-officer")
    planted = "planted-by-somebody-else"
    browser.client.cookies.set("folkmoot", planted)
    browser.sign_in(person)
    thief = make_browser()
    thief.client.cookies.set("folkmoot", planted)
    assert thief.get("/account").status_code == 303
    with reading(district) as session:
        assert len(session.scalars(select(UserSession)).all()) == 1


def test_idle_sessions_end_after_an_hour(make_person, browser, moving_clock):
    browser.sign_in(make_person("planner", "planning-officer"))
    moving_clock.pass_(minutes=59)
    assert browser.get("/account").status_code == 200
    moving_clock.pass_(minutes=59)
    assert browser.get("/account").status_code == 200
    moving_clock.pass_(minutes=61)
    assert browser.get("/account").status_code == 303


def test_no_session_outlives_twelve_hours(make_person, browser, moving_clock):
    browser.sign_in(make_person("planner", "planning-officer"))
    for _ in range(14):
        moving_clock.pass_(minutes=50)
        browser.get("/account")
    moving_clock.pass_(minutes=50)
    assert browser.get("/account").status_code == 303


def test_signing_out_everywhere_ends_every_session(make_person, browser, make_browser):
    person, other = make_person("planner", "planning-officer"), make_browser()
    browser.sign_in(person)
    other.sign_in(person)
    browser.post("/account/sign-out-everywhere", on="/account")
    assert [each.get("/account").status_code for each in (browser, other)] == [303, 303]


def test_ten_failures_close_the_account_for_a_quarter_of_an_hour(make_person, browser, moving_clock):
    person = make_person("planner", "planning-officer")
    for _ in range(10):
        assert browser.sign_in(person, password="not the password").status_code == 422
    refused = browser.sign_in(person)
    assert refused.status_code == 429
    assert "wait 15 minutes" in refused.text
    moving_clock.pass_(minutes=16)
    assert browser.sign_in(person).status_code == 303


def test_the_second_factor_is_asked_for_and_no_code_is_good_twice(make_person, browser, make_browser):
    person = make_person("counter", "counting-officer", second_factor=True)
    assert browser.sign_in(person).status_code == 303
    again = make_browser()
    answer = again.sign_in(person)
    assert answer.status_code == 422
    assert "used already" in answer.text
    assert again.session_cookie is None


def test_half_a_sign_in_belongs_to_its_browser_and_ends_after_five_minutes(
    make_person, browser, make_browser, moving_clock
):
    person = make_person("counter", "counting-officer", second_factor=True)
    half = browser.post("/sign-in", {"name": person.name, "password": person.password})
    sealed = half.text.split('name="sealed" value="')[1].split('"')[0]
    fields = {"sealed": sealed, "code": pyotp.TOTP(person.secret).at(moving_clock.at)}
    assert "longer than five minutes" in make_browser().post("/sign-in/code", fields, on="/sign-in").text
    moving_clock.pass_(minutes=6)
    fields["code"] = pyotp.TOTP(person.secret).at(moving_clock.at)
    assert "longer than five minutes" in browser.post("/sign-in/code", fields, on="/sign-in").text


def test_a_second_factor_is_set_up_with_its_first_code(make_person, browser, moving_clock, district):
    browser.sign_in(make_person("counter", "counting-officer"))
    page = browser.get("/account/second-factor").text
    secret = page.split('<code class="fm-code">')[1].split("<")[0].replace(" ", "")
    sealed = page.split('name="sealed" value="')[1].split('"')[0]
    wrong = browser.post("/account/second-factor", {"sealed": sealed, "code": "000000"})
    assert (wrong.status_code, "That code is not right" in wrong.text) == (422, True)
    code = pyotp.TOTP(secret).at(moving_clock.at)
    assert browser.post("/account/second-factor", {"sealed": sealed, "code": code}).status_code == 303
    with reading(district) as session:
        stored = session.scalars(select(User.second_factor).where(User.name == "counter")).one()
    assert secret.encode() not in stored


def test_a_first_password_must_be_changed_and_that_signs_out_elsewhere(make_person, browser, make_browser):
    person, other = make_person("planner", "planning-officer", own_password=False), make_browser()
    other.sign_in(person)
    browser.sign_in(person)
    assert "Choose your own before you do anything else" in browser.get("/account").text
    weak = browser.post("/account/password", {"present": person.password, "new": "password1234"})
    assert "too easy to guess" in weak.text
    wrong = browser.post("/account/password", {"present": "no", "new": "bramble harbour sixpence"})
    assert "present password is not right" in wrong.text
    good = browser.post("/account/password", {"present": person.password, "new": "bramble harbour sixpence"})
    assert good.status_code == 303
    assert "Choose your own before" not in browser.get("/account").text
    assert other.get("/account").status_code == 303
    assert browser.sign_in(person, password="bramble harbour sixpence").status_code == 303


def test_the_record_tells_of_signing_in_without_anything_secret(make_person, browser, district):
    person = make_person("counter", "counting-officer", second_factor=True)
    browser.sign_in(person)
    with reading(district) as session:
        events = list(documents(session))
    assert [event["kind"] for event in events if event["actor"] == "counter"] == ["account:signed-in"]
    text = str(events)
    assert person.password not in text
    assert person.secret not in text
    assert "argon2" not in text


def test_a_token_acts_in_one_role_and_can_be_ended(make_person, browser, make_browser):
    browser.sign_in(make_person("elector-clerk", "electoral-officer"))
    page = browser.post("/account/tokens", {"label": "nightly export"}, on="/account").text
    token = page.split('id="made-token">')[1].split("<")[0]
    assert token not in browser.get("/account").text
    program = make_browser().client
    program.headers["Authorization"] = f"Bearer {token}"
    assert program.get("/api/v1/registers").status_code == 200
    assert program.post("/api/v1/plans", json={}).status_code == 403
    end = browser.get("/account").text.split('action="/account/tokens/')[1].split('"')[0]
    assert browser.post(f"/account/tokens/{end}", on="/account").status_code == 303
    assert program.get("/api/v1/registers").status_code == 401


def test_a_first_password_opens_nothing_but_the_way_to_change_it(make_person, browser):
    browser.sign_in(make_person("west-auditor", "auditor", own_password=False))
    refused = browser.get("/record")
    assert (refused.status_code, "Choose a password of your own first" in refused.text) == (403, True)
    fields = {"present": "teapot meadow lantern 42", "new": "bramble harbour sixpence"}
    browser.post("/account/password", fields)
    assert browser.get("/record").status_code == 200
