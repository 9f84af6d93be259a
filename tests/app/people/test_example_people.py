"""The example's accounts: one for each role, each able to sign in, none of them in production."""

import pytest

from app.cli.example_district import account_of, load_if_empty, refuse_example_accounts
from app.db import reading, writing
from app.errors import NotAllowedError
from app.main import create_app
from app.models import User
from app.roles import NEEDS_SECOND_FACTOR, Role
from app.secrets import service_secret
from app.services.example_people import example_accounts, load_people, stored_example_accounts
from app.services.record import state_faults


@pytest.fixture
def people(engine, settings):
    with writing(engine) as session:
        load_people(session, service_secret=service_secret(settings))
    with reading(engine) as session:
        return stored_example_accounts(session, service_secret(settings))


@pytest.mark.database
def test_there_is_one_account_for_each_role_and_the_record_agrees(engine, people):
    assert {person.role for person in people} == set(Role)
    assert {person.role for person in people if person.second_factor} == set(NEEDS_SECOND_FACTOR)
    assert len({person.password for person in people}) == len(people)
    with reading(engine) as session:
        assert state_faults(session) == []


def test_every_installation_has_passwords_of_its_own():
    one, other = (example_accounts(secret) for secret in (b"one", b"other"))
    assert not {person.password for person in one} & {person.password for person in other}


def test_each_of_them_signs_in_and_is_told_what_they_are(engine, people, settings, moving_clock, browser_of):
    for person in people:
        browser = browser_of(create_app(settings, clock=moving_clock))
        answer = browser.sign_in(browser.person(person.name, person.password, person.second_factor))
        assert answer.status_code == 303, person.name
        assert f'<dd class="govuk-summary-list__value">{person.name}</dd>' in browser.get("/account").text


def test_how_to_get_a_code_is_told_as_this_program_is_called(engine, people, settings, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", [str(tmp_path / "bin" / "folkmoot"), "serve"])
    assert " bin/folkmoot user code NAME prints it." in account_of(settings, engine)


def test_they_are_told_at_the_start_until_the_password_is_changed(engine, people, settings):
    assert people[0].password in account_of(settings, engine)
    with writing(engine) as session:
        user = session.get(User, 1)
        user.password_changed_at = user.created_at.replace(year=2030)
    assert people[0].password not in account_of(settings, engine)


def test_production_refuses_to_start_with_them_and_to_sign_them_in(engine, people, settings, moving_clock, browser_of):
    production = settings.model_copy(update={"mode": "production"})
    with pytest.raises(NotAllowedError, match="use a fresh database"):
        refuse_example_accounts(production, engine)
    browser = browser_of(create_app(production, clock=moving_clock), base_url="https://testserver")
    person = people[2]
    answer = browser.sign_in(browser.person(person.name, person.password, None))
    assert "Example accounts cannot be used in production mode" in answer.text


def test_production_never_loads_them(engine, settings):
    with pytest.raises(NotAllowedError):
        load_if_empty(settings.model_copy(update={"mode": "production"}), engine)
