"""A declaration is a signature: by a counting officer who has just said who they are, with a second factor."""

import pytest

from app.db import writing
from app.services.accounts import account_by_name, live_roles
from app.services.roles import make_token

pytestmark = pytest.mark.database

DECLARE = "/api/v1/referendums/NR-000404/declaration"


def declare(browser, **headers):
    """Sends the declaration as a script of our own page would; a signature that is let through finds no referendum."""
    token = browser.form_token("/account")
    return browser.client.post(DECLARE, headers={"x-form-token": token} | headers)


@pytest.fixture
def counting(make_person, browser):
    browser.sign_in(make_person("counter", "counting-officer", second_factor=True))
    return browser


def test_a_fresh_sign_in_with_the_second_factor_may_sign(counting):
    answer = declare(counting)
    assert (answer.status_code, "There is no referendum" in answer.json()["detail"]) == (404, True)


def test_a_quarter_of_an_hour_later_it_must_be_fresh_again(counting, moving_clock):
    moving_clock.pass_(minutes=16)
    answer = declare(counting)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/sign-in-again")


def test_signing_in_again_makes_it_fresh(make_person, browser, moving_clock):
    person = make_person("counter", "counting-officer", second_factor=True)
    browser.sign_in(person)
    moving_clock.pass_(minutes=30)
    assert declare(browser).status_code == 403
    assert browser.sign_in(person).status_code == 303
    assert declare(browser).status_code == 404


def test_nothing_is_signed_without_a_second_factor(make_person, browser):
    browser.sign_in(make_person("counter", "counting-officer"))
    answer = declare(browser)
    assert (answer.status_code, "Set up a second factor first" in answer.json()["detail"]) == (403, True)


def test_nothing_is_signed_without_the_form_token_or_with_a_programs_token(counting, peopled, operator):
    assert counting.client.post(DECLARE).status_code == 403
    assert declare(counting, **{"x-form-token": "0" * 64}).status_code == 403
    with writing(peopled) as session:
        token = make_token(session, operator, live_roles(account_by_name(session, "counter"))[0], "a program")
    answer = counting.client.post(DECLARE, headers={"authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/sign-in-again")


def test_a_planning_officer_of_one_authority_decides_nothing_for_another(make_person, browser, district):
    browser.sign_in(make_person("east-planner", "planning-officer", "E07999102"))
    decision = {
        "authority_code": "E07999101",
        "outcome": "designate",
        "decided_on": "2026-07-01",
        "reasons": "It is one place.",
        "is_business_area": False,
        "business_area_reasons": "Homes.",
    }
    headers = {"x-form-token": browser.form_token("/account")}
    application = {
        "name": "Alder",
        "applicant_kind": "parish",
        "applicant_parish_code": "E04999101",
        "applicant_name": "Alder Parish Council",
        "statement": "It is one place around its green, and people there think of it as one.",
        "received_on": "2026-06-01",
        "boundary": {
            "type": "Polygon",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
            "coordinates": [[[400000, 300000], [401000, 300000], [401000, 301000], [400000, 301000], [400000, 300000]]],
        },
    }
    refused = browser.client.post("/api/v1/areas", json=application, headers=headers)
    assert (refused.status_code, "not your organisation's business" in refused.text) == (403, True), refused.text
    assert browser.client.post("/api/v1/areas/NA-000001/decisions", json=decision, headers=headers).status_code == 404
