"""`folkmoot user`: the first administrator, and everything an administrator needs when no page can be reached."""

import json

import pytest
from typer.testing import CliRunner

from app.cli.main import build
from app.db import create_database_engine
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.migrate import migrate


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("FOLKMOOT_DATA_FOLDER", str(tmp_path))
    engine = create_database_engine(f"sqlite:///{tmp_path / 'folkmoot.sqlite'}")
    migrate(engine)
    engine.dispose()

    def run(*arguments):
        return CliRunner().invoke(build(), list(arguments), catch_exceptions=True)

    return run


def test_the_first_account_is_an_administrator_of_the_service_with_a_password_of_its_own(run):
    made = json.loads(run("user", "add", "first.admin", "--json").stdout)
    assert {key: made[key] for key in ("schema", "name", "role", "organisation")} == {
        "schema": "folkmoot.account/1",
        "name": "first.admin",
        "role": "administrator",
        "organisation": "service",
    }
    assert len(made["first_password"]) >= 12
    assert made["first_password"] not in run("user", "list").stdout
    assert json.loads(run("user", "list", "--json").stdout)["accounts"] == [
        {"name": "first.admin", "roles": [{"role": "administrator", "organisation": "service"}]}
    ]


def test_organisations_roles_and_closing(run):
    added = run("user", "add-organisation", "E07000001", "Newshire", "--kind", "planning-authority", "--runs-polls")
    assert "Newshire is added" in added.stdout
    run("user", "add", "counter", "--role", "counting-officer", "--organisation", "E07000001")
    assert (
        "counter is auditor in E07000001"
        in run("user", "grant", "counter", "--role", "auditor", "--organisation", "E07000001").stdout
    )
    listed = run("user", "list", "--organisation", "E07000001").stdout
    assert listed == "counter: counting-officer in E07000001; auditor in E07000001\n"
    assert "is closed" in run("user", "close", "counter").stdout
    assert run("user", "list").stdout == ""
    assert "0 faults" in run("verify-audit").stdout


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("add", "x"), InvalidRequestError, "cannot be used"),
        (("add", "fine", "--organisation", "E07000404"), NotFoundError, "no organisation E07000404"),
        (("add", "fine", "--role", "planning-officer"), InvalidRequestError, "Nobody can be planning officer"),
        (("grant", "nobody", "--role", "auditor"), NotFoundError, "no account nobody"),
        (("add", "first.admin"), ConflictError, "already is an account"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_kept(run, arguments, error, words):
    run("user", "add", "first.admin")
    result = run("user", *arguments)
    assert isinstance(result.exception, error)
    assert words in str(result.exception)
    assert run("user", "list").stdout == "first.admin: administrator in service\n"


def test_a_provider_that_is_not_set_up_and_a_code_for_nobody_are_refused(run):
    for arguments in (("add", "fine", "--provider", "west"), ("code", "nobody")):
        assert run("user", *arguments).exit_code == 2
