"""Every route answers what its description allows, and what it forbids, only as the description says.

Whoever calls holds a role that the route lets through, on a case that exists, so that most calls reach the work itself.
"""

import os
import warnings
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.auth.require import DeedFor, Require
from app.clock import FixedClock
from app.main import create_app
from app.roles import HOLDERS, SIGNED, Role
from app.settings import Officer, Settings

TIMES = int(os.environ.get("FOLKMOOT_FUZZ_EXAMPLES", "1"))  # how much longer the benchmark tries
AT = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
CASES = {"areas": "NA-000900", "plans": "NP-000900", "referendums": "NR-000901"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def token_of(role):
    return f"a token of some length for {role.value}"


def calls_of(dependant):
    for each in dependant.dependencies:
        yield each.call
        yield from calls_of(each)


def roles_by_operation(app):
    """The role by which each operation is called: one that holds what it asks for."""
    found = {}
    for route in (context for each in app.routes for context in getattr(each, "effective_route_contexts", list)()):
        if getattr(route, "dependant", None) is None:
            continue
        calls = [each for each in calls_of(route.dependant) if isinstance(each, DeedFor | Require)]
        needed = {each.require.what if isinstance(each, DeedFor) else each.what for each in calls} - SIGNED
        holders = set(Role).intersection(*(HOLDERS[what] for what in needed)) or {Role.ADMINISTRATOR}
        found |= {(method, route.path): min(holders) for method in route.methods}
    return found


def faults_of(operation, headers, *, mode, examples):
    """Whatever an operation does that its description does not say."""
    case = CASES.get(operation.path.split("/")[3] if operation.path.startswith("/api/") else "")
    # The poll that is stored here has no timetable to print.
    is_known = case and "{reference}" in operation.path and not operation.path.endswith((".pdf", ".ics"))
    given_path = {"reference": case} if is_known and mode.is_positive else None
    found = set()

    @bounds(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode, path_parameters=given_path))
    def call(case):
        try:
            response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS)
        except FailureGroup as failures:
            found.update(
                f"{operation.method.upper()} {operation.path}: {each.title}: {str(each)[:300]}"
                for each in failures.exceptions
            )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call()
    return found


@pytest.fixture
def app(database_url, district, arrange_poll, tmp_path):
    arrange_poll(district)
    officers = tuple(Officer(name=f"The {each.value}", role=each, token=token_of(each)) for each in Role)
    settings = Settings(database_url=database_url, data_folder=tmp_path, officers=officers)
    app = create_app(settings, clock=FixedClock(AT))
    yield app
    app.state.folkmoot.engine.dispose()


@pytest.mark.database
def test_every_route_answers_only_as_its_description_says(app):
    roles, found = roles_by_operation(app), set()
    for result in openapi.from_asgi("/api/v1/openapi.json", app).get_all_operations():
        operation = result.ok()
        role = roles[operation.method.upper(), operation.path]
        headers = {"Authorization": f"Bearer {token_of(role)}"}
        for mode, examples in ((GenerationMode.POSITIVE, 2 * TIMES), (GenerationMode.NEGATIVE, TIMES)):
            try:
                found |= faults_of(operation, headers, mode=mode, examples=examples)
            except Unsatisfiable:
                continue  # this operation's description forbids nothing
    assert not found, "\n".join(sorted(found))
