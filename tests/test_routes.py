"""Every route carries a rule of access, and every role of every organisation meets it as the table of roles says.

Nothing here is listed by hand: routes come from the service, roles from the table. A new route without a rule fails.
"""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.audit import Actor, Deed
from app.auth.forms import form_sent_from_here
from app.auth.require import DeedFor, Require, changes_nothing, open_to_anyone
from app.auth.tokens import new_token, token_hash
from app.clock import FixedClock
from app.db import reading, writing
from app.main import create_app
from app.models import AccessToken, AuditEvent, OrganisationKind, RoleHeld, User
from app.roles import HOLDERS, SIGNED, May, Role
from app.services.organisations import OrganisationFacts, add_organisation
from app.settings import Settings

AT = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
SAFE = {"GET", "HEAD"}
OWN, OTHER = "E07999101", "E07999102"


def dependencies(dependant):
    """Every dependency of a route, however deep."""
    for each in dependant.dependencies:
        yield each.call
        yield from dependencies(each)


def rule_of(route):
    """What a route asks of its caller: a `May`, or the name of an open rule; None where it says nothing."""
    calls = list(dependencies(route.dependant))
    required = {each.require.what if isinstance(each, DeedFor) else each.what for each in calls if is_requirement(each)}
    if required:
        return required
    return next(
        (each.__name__ for each in calls if each in {open_to_anyone, changes_nothing, form_sent_from_here}), None
    )


def is_requirement(call):
    return isinstance(call, Require | DeedFor)


def routes(app):
    """Every route with a handler of ours, with what its router adds; the rest are the static files and the schema."""
    return [each for each in walk(app.routes) if getattr(each, "dependant", None) is not None]


def walk(found):
    for each in found:
        if hasattr(each, "effective_route_contexts"):
            yield from each.effective_route_contexts()
        else:
            yield each


@pytest.fixture(scope="module")
def service(tmp_path_factory, spatialite_template):
    folder = tmp_path_factory.mktemp("routes")
    database = folder / "folkmoot.sqlite"
    database.write_bytes(spatialite_template.read_bytes())
    app = create_app(Settings(database_url=f"sqlite:///{database}", data_folder=folder), clock=FixedClock(AT))
    yield app
    app.state.folkmoot.engine.dispose()


@pytest.fixture(scope="module")
def tokens(service):
    """A token for every role, in each of two organisations."""
    engine, deed = service.state.folkmoot.engine, Deed(by=Actor(name="command line", role="operator"), at=AT)
    made = {}
    with writing(engine) as session:
        for code in (OWN, OTHER):
            facts = OrganisationFacts(
                code=code, name=f"Council {code}", kind=OrganisationKind.AUTHORITY, runs_polls=True
            )
            organisation = add_organisation(session, deed, facts)
            for role in Role:
                user = User(name=f"{role.value}-{code.lower()}", second_factor=b"set up", created_at=AT)
                held = RoleHeld(user=user, organisation=organisation, role=role.value, granted_at=AT)
                made[role, code] = new_token()
                row = AccessToken(
                    token_hash=token_hash(made[role, code]),
                    role=held,
                    label="test",
                    created_at=AT,
                    expires_at=AT + timedelta(days=1),
                )
                session.add_all([user, row])
    return made


def address(route, code=OWN):
    """An address of the route, in the caller's own council where the route names one."""
    path = route.path.replace("{authority}", code)
    for parameter in route.param_convertors:
        path = path.replace(f"{{{parameter}}}", "1").replace(f"{{{parameter}:path}}", "1")
    return path


def events(service):
    with reading(service.state.folkmoot.engine) as session:
        return session.scalar(select(func.count()).select_from(AuditEvent))


def test_every_route_has_a_rule_of_access(service):
    found = routes(service)
    assert found
    silent = [f"{sorted(each.methods)} {each.path}" for each in found if rule_of(each) is None]
    assert silent == []


def test_every_change_needs_a_role_or_says_that_it_changes_nothing(service):
    wrong = [
        f"{sorted(each.methods)} {each.path}"
        for each in routes(service)
        if each.methods - SAFE and rule_of(each) == open_to_anyone.__name__
    ]
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("code", [OWN, OTHER])
def test_each_role_is_let_through_as_the_table_says_and_nowhere_else(service, tokens, role, code):
    client = TestClient(service, raise_server_exceptions=False)
    before, wrong = events(service), []
    for route in routes(service):
        needed = rule_of(route)
        if not isinstance(needed, set):
            continue
        expected = all(role in HOLDERS[what] for what in needed) and not needed & SIGNED
        for method in route.methods - {"HEAD"}:
            headers = {"Authorization": f"Bearer {tokens[role, code]}"}
            status = client.request(method, address(route, code), headers=headers, follow_redirects=False).status_code
            if needed == {May.SIGN_IN}:
                expected, is_right = False, status == 401  # one's own account is for a person in a browser
            else:
                is_right = (status != 403) == expected and status not in {401, 500}
            if not is_right:
                wrong.append(f"{method} {route.path}: {status}, expected to be {'let in' if expected else 'refused'}")
    assert wrong == []
    assert events(service) == before


def test_nobody_in_particular_is_let_through_nowhere(service):
    client = TestClient(service, raise_server_exceptions=False)
    before, wrong = events(service), []
    for route in routes(service):
        if not isinstance(rule_of(route), set):
            continue
        for method in route.methods - {"HEAD"}:
            plain = client.request(method, address(route), follow_redirects=False)
            page = client.request(method, address(route), headers={"accept": "text/html"}, follow_redirects=False)
            sent_on = page.status_code == 303 and page.headers["location"].startswith("/sign-in?")
            if plain.status_code != 401 or not (sent_on or route.path.startswith("/api/") or page.status_code == 401):
                wrong.append(f"{method} {route.path}: {plain.status_code}, {page.status_code}")
    assert wrong == []
    assert events(service) == before


def test_what_needs_a_role_is_never_kept_by_a_cache(service, tokens):
    client = TestClient(service, raise_server_exceptions=False)
    for route in routes(service):
        if isinstance(rule_of(route), set) and "GET" in route.methods:
            answer = client.get(address(route), headers={"Authorization": f"Bearer {tokens[Role.AUDITOR, OWN]}"})
            assert answer.headers["cache-control"] in {"no-store", "no-cache"}, route.path
