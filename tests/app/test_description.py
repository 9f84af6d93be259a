"""The description of the API: every operation is named, explained, and shown by an example that fits its schema."""

import jsonschema
import pytest

from app.api.description import operations
from app.main import create_app
from app.settings import Settings


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    return create_app(Settings(data_folder=tmp_path_factory.mktemp("described"))).openapi()


def bodies(operation):
    for body in (operation.get("requestBody", {}), *operation["responses"].values()):
        yield from body.get("content", {}).items()


def test_every_operation_is_named_and_explained(described):
    found = list(operations(described))
    ids = [operation["operationId"] for _, _, operation in found]
    assert len(set(ids)) == len(ids) > 100
    silent = [
        f"{method} {path}"
        for path, method, operation in found
        if not (operation.get("summary") and operation.get("description") and operation.get("tags"))
    ]
    assert silent == []


def test_every_body_has_an_example_that_fits_its_schema(described):
    wrong = []
    for path, method, operation in operations(described):
        for media_type, content in bodies(operation):
            if "json" not in media_type:
                continue
            schema = content.get("schema", {}) | {"components": described["components"]}
            faults = list(jsonschema.Draft202012Validator(schema).iter_errors(content["example"]))
            wrong += [f"{method} {path}: {fault.json_path} {fault.message[:80]}" for fault in faults]
    assert wrong == []


def test_every_refusal_is_a_problem(described):
    for path, method, operation in operations(described):
        for status, answer in operation["responses"].items():
            if status >= "400" and path != "/healthz":
                assert set(answer["content"]) == {"application/problem+json"}, (path, method, status)
        if "security" in operation:
            assert {"401", "403"} <= set(operation["responses"]), path
