"""Two authorities that run polls, a parish council, whoever runs the service; and an account in any role."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from fastapi.testclient import TestClient

from app.audit import Actor, Deed
from app.clock import Clock
from app.db import writing
from app.main import create_app
from app.models import AreaApplication, AreaStatus, AreaVersion, NeighbourhoodArea, OrganisationKind
from app.roles import Role
from app.secrets import service_secret
from app.services.accounts import AccountFacts, account_by_name, open_account, set_second_factor
from app.services.organisations import OrganisationFacts, add_organisation, service_organisation
from app.services.roles import grant_role
from app.settings import Settings

AT = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
PASSWORD = "teapot meadow lantern 42"
OPERATOR = Actor(name="command line (test)", role="operator")

ORGANISATIONS = (
    OrganisationFacts(code="E07999101", name="Westshire", kind=OrganisationKind.AUTHORITY, runs_polls=True),
    OrganisationFacts(code="E07999102", name="Eastshire", kind=OrganisationKind.AUTHORITY, runs_polls=True),
    OrganisationFacts(code="E04999101", name="Alder Parish Council", kind=OrganisationKind.PARISH_COUNCIL),
    OrganisationFacts(code="forum-birch", name="Birch Forum", kind=OrganisationKind.FORUM),
)


class MovingClock(Clock):
    """A clock that tests push forward."""

    def __init__(self):
        self.at = AT

    def now(self):
        return self.at

    def pass_(self, **much):
        self.at += timedelta(**much)


@pytest.fixture
def moving_clock():
    return MovingClock()


@pytest.fixture
def operator(moving_clock):
    """What whoever runs the service does, now."""
    return Deed(by=OPERATOR, at=moving_clock.at)


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings(database_url=database_url, data_folder=tmp_path / "data")


@pytest.fixture
def peopled(district, operator):
    """The squares, with their organisations."""
    with writing(district) as session:
        service_organisation(session, operator)
        for facts in ORGANISATIONS:
            add_organisation(session, operator, facts)
    return district


@dataclass(frozen=True)
class Person:
    name: str
    password: str
    secret: str | None


@pytest.fixture
def make_person(peopled, operator, settings):
    """Opens an account with a role; the second factor is set up where asked."""

    def make(name, role=None, organisation="E07999101", *, second_factor=False, own_password=True):
        secret = pyotp.random_base32() if second_factor else None
        with writing(peopled) as session:
            facts = AccountFacts(name=name, password=PASSWORD, is_own_password=own_password)
            user = open_account(session, operator, facts)
            if role is not None:
                grant_role(session, operator, user, organisation, Role(role))
            if secret:
                # Set up an hour ago, so that today's codes are all fresh.
                then = Deed(by=OPERATOR, at=operator.at - timedelta(hours=1))
                code, key = pyotp.TOTP(secret).at(then.at), service_secret(settings)
                set_second_factor(session, then, account_by_name(session, name), secret=secret, code=code, key=key)
        return Person(name=name, password=PASSWORD, secret=secret)

    return make


class Browser:
    """A browser with cookies that fills in our forms."""

    def __init__(self, client, clock):
        self.client, self.clock = client, clock

    def get(self, path, **options):
        return self.client.get(path, headers={"accept": "text/html"}, follow_redirects=False, **options)

    def form_token(self, path):
        return self.get(path).text.split('name="form_token" value="')[1].split('"')[0]

    def post(self, path, fields=None, *, on=None, **options):
        """Sends a form as the page that shows it would."""
        fields = {"form_token": self.form_token(on or path), **(fields or {})}
        headers = {"accept": "text/html", **options.pop("headers", {})}
        return self.client.post(path, data=fields, headers=headers, follow_redirects=False, **options)

    def sign_in(self, person, *, next_="", password=None):
        fields = {"name": person.name, "password": password or person.password, "next": next_}
        answer = self.post("/sign-in", fields)
        if answer.status_code == 200 and person.secret:
            sealed = answer.text.split('name="sealed" value="')[1].split('"')[0]
            code = pyotp.TOTP(person.secret).at(self.clock.at)
            answer = self.post("/sign-in/code", {"sealed": sealed, "code": code, "next": next_}, on="/sign-in")
        return answer

    @staticmethod
    def person(name, password, secret):
        return Person(name=name, password=password, secret=secret)

    @property
    def session_cookie(self):
        return self.client.cookies.get("folkmoot")


@pytest.fixture
def make_browser(peopled, settings, moving_clock):
    """Opens browsers on one running service; each has its own cookies."""
    app = create_app(settings, clock=moving_clock)

    def make():
        return Browser(TestClient(app, raise_server_exceptions=False), moving_clock)

    yield make
    app.state.folkmoot.engine.dispose()


@pytest.fixture
def browser_of(moving_clock):
    """Opens a browser on another service than the usual one."""
    apps = []

    def make(app, **options):
        apps.append(app)
        return Browser(TestClient(app, raise_server_exceptions=False, **options), moving_clock)

    yield make
    for app in apps:
        app.state.folkmoot.engine.dispose()


@pytest.fixture
def browser(make_browser):
    return make_browser()


@pytest.fixture
def designated(peopled, shapes):
    """Alder, applied for by its parish council and designated in 2024."""
    with writing(peopled) as session:
        application = AreaApplication(
            applicant_kind="parish",
            applicant_name="Alder Parish Council",
            applicant_parish_code="E04999101",
            statement="One place.",
            received_on=date(2024, 3, 1),
            route="must-designate",
            verdict={"authorities": [{"code": "E07999101", "name": "Westshire"}], "parishes": []},
            geometry=shapes.square(0, 0),
        )
        session.add(
            NeighbourhoodArea(
                reference="NA-000900",
                name="Alder",
                status=AreaStatus.DESIGNATED.value,
                designated_on=date(2024, 4, 1),
                applications=[application],
                versions=[AreaVersion(valid_from=date(2024, 4, 1), reason="designated", geometry=shapes.square(0, 0))],
            )
        )
    return peopled


@pytest.fixture
def people(designated, make_person, make_browser):
    """A volunteer who signs, one who prepares, a planning officer, and a planning officer next door, each signed in."""
    roles = {
        "signatory": ("volunteer-signatory", "E04999101"),
        "editor": ("volunteer-editor", "E04999101"),
        "officer": ("planning-officer", "E07999101"),
        "next-door": ("planning-officer", "E07999102"),
    }
    found = {}
    for name, (role, organisation) in roles.items():
        found[name] = make_browser()
        found[name].sign_in(make_person(name, role, organisation))
    return found
