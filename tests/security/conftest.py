"""An example service with its people, and browsers on it."""

import re
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from app.audit import Actor, Deed
from app.clock import FixedClock
from app.db import writing
from app.main import create_app
from app.models import OrganisationKind
from app.roles import Role
from app.services.accounts import AccountFacts, open_account
from app.services.organisations import OrganisationFacts, add_organisation
from app.services.roles import grant_role
from app.settings import Settings

AT = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
PASSWORD = "teapot meadow lantern 42"
PEOPLE = {
    "planner": (Role.PLANNING_OFFICER, "E07999001"),
    "administrator": (Role.ADMINISTRATOR, "E07999001"),
    "auditor": (Role.AUDITOR, "E07999001"),
    "volunteer": (Role.VOLUNTEER_EDITOR, "E04999001"),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory, spatialite_template):
    folder = tmp_path_factory.mktemp("security")
    (folder / "folkmoot.sqlite").write_bytes(spatialite_template.read_bytes())
    settings = Settings(database_url=f"sqlite:///{folder / 'folkmoot.sqlite'}", data_folder=folder, largest_upload_mb=1)
    app = create_app(settings, clock=FixedClock(AT))
    deed = Deed(by=Actor(name="command line", role="operator"), at=AT)
    with writing(app.state.folkmoot.engine) as session:
        for code, name, kind in (
            ("E07999001", "Westshire", OrganisationKind.AUTHORITY),
            ("E04999001", "Alder Parish Council", OrganisationKind.PARISH_COUNCIL),
        ):
            add_organisation(session, deed, OrganisationFacts(code=code, name=name, kind=kind))
        for name, (role, code) in PEOPLE.items():
            user = open_account(session, deed, AccountFacts(name=name, password=PASSWORD, is_own_password=True))
            grant_role(session, deed, user, code, role)
    yield app
    app.state.folkmoot.engine.dispose()


class Browser:
    """A browser that fills in forms, and can leave things out."""

    def __init__(self, app):
        self.client = TestClient(app, raise_server_exceptions=False, headers={"accept": "text/html"})

    def get(self, path, **options):
        return self.client.get(path, follow_redirects=False, **options)

    def token(self, path):
        return re.search(r'name="form_token" value="([^"]*)"', self.get(path).text).group(1)

    def post(self, path, fields, *, on=None, **options):
        fields = {"form_token": self.token(on or path)} | fields
        return self.client.post(path, data=fields, follow_redirects=False, **options)

    def sign_in(self, name, **fields):
        return self.post("/sign-in", {"name": name, "password": PASSWORD} | fields)


@pytest.fixture
def anyone(service):
    return Browser(service)


@pytest.fixture
def signed_in(service):
    def sign_in(name):
        browser = Browser(service)
        assert browser.sign_in(name).status_code == 303
        return browser

    return sign_in
