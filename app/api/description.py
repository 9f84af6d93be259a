"""The description of the API (OpenAPI): what every operation may answer, with examples of what goes in and out."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.api.examples import example_of
from app.auth.once import HEADER, LONGEST_KEY
from app.errors import PROBLEMS
from app.handlers import PROBLEM_JSON

Json = dict[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")

PROBLEM: Json = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "description": "the kind of problem", "examples": ["/problems/stage"]},
        "title": {"type": "string", "examples": ["Lawful, but not at this stage"]},
        "status": {"type": "integer", "examples": [409]},
        "detail": {"type": "string", "description": "one sentence: what, where and what to do"},
        "instance": {"type": "string", "examples": ["/api/v1/areas/NA-000001/decisions"]},
        "rules": {
            "type": "array",
            "items": {"type": "string"},
            "description": "ids of the rules behind the refusal",
            "examples": [["AREA-10"]],
        },
        "findings": {"type": "array", "items": {"type": "object"}, "description": "what is wrong, and where"},
        "changes": {"type": "array", "items": {"type": "object"}, "description": "what happened since it was read"},
        "path": {"type": "string", "description": "where in the document that was sent"},
        "latest": {"type": "object", "description": "the newer version of what was to be saved"},
    },
}
_IF_MATCH = "The `ETag` that was read: the change is refused (412) where the case has changed since, and told how."
_KEY = "A UUID for this change: the same request sent again gets the first answer, and changes nothing."


def operation_id(route: APIRoute) -> str:
    """Return the id of an operation: the module and the function, as `areas.list_areas`."""
    return f"{route.endpoint.__module__.rpartition('.')[2]}.{route.name}"


class Described(FastAPI):
    """A service that describes what every operation may answer, with examples."""

    def openapi(self) -> Json:
        """Return the description, made once from the routes."""
        if self.openapi_schema is None:
            _complete(super().openapi())
        return super().openapi()


def file_of(media_type: str) -> dict[int | str, Json]:
    """Return what a route says that answers with a file rather than with JSON."""
    schema = {"type": "object" if "json" in media_type else "string"}
    return {200: {"description": "The file", "content": {media_type: {"schema": schema}}}}


def _complete(described: Json) -> None:
    named = described["components"]["schemas"]
    named["Problem"] = PROBLEM
    for path, method, operation in operations(described):
        _add_headers(path, method, operation)
        _add_refusals(path, method, operation)
        _add_examples(operation, named)
    for unused in ("HTTPValidationError", "ValidationError"):
        named.pop(unused, None)


def operations(described: Json) -> Iterator[tuple[str, str, Json]]:
    """Yield (path, method, operation) for each operation of a description."""
    for path, item in described["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _add_headers(path: str, method: str, operation: Json) -> None:
    is_change = "security" in operation and method != "get"
    about_case = "{reference}" in path or "{subject}" in path
    if is_change and method == "post":
        _add_header(operation, HEADER, _KEY, {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY})
    if is_change and about_case:
        _add_header(operation, "if-match", _IF_MATCH, {"type": "string"})
    if method == "get" and about_case:
        _add_header(operation, "if-none-match", "Tags that are known already.", {"type": "string"})


def _add_header(operation: Json, name: str, about: str, schema: Json) -> None:
    header = {"in": "header", "name": name.title(), "required": False, "description": about, "schema": schema}
    operation.setdefault("parameters", []).append(header)


def _refusals(path: str, method: str, operation: Json) -> Iterator[HTTPStatus]:
    takes = bool(operation.get("parameters") or operation.get("requestBody"))
    if "security" in operation:
        yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    if "{" in path or takes:
        yield from (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
    if "{reference}" in path:
        yield from (HTTPStatus.GONE, HTTPStatus.CONFLICT)
    if method != "get":
        yield from (HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if "{reference}" in path or "{subject}" in path:
            yield HTTPStatus.PRECONDITION_FAILED
    yield HTTPStatus.SERVICE_UNAVAILABLE


def _add_refusals(path: str, method: str, operation: Json) -> None:
    responses = operation["responses"]
    for status in sorted(set(_refusals(path, method, operation))):
        if path == "/healthz" and str(int(status)) in responses:
            continue
        content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": _refusal(path, status)}
        responses[str(int(status))] = {"description": status.phrase, "content": {PROBLEM_JSON: content}}
    if method == "get" and ("{reference}" in path or "{subject}" in path):
        responses["304"] = {"description": "Nothing has changed"}


def _refusal(path: str, status: HTTPStatus) -> Json:
    problem = next((each for each in PROBLEMS.values() if each.status is status), None)
    example: Json = {
        "type": f"/problems/{problem.type if problem else 'http'}",
        "title": problem.title if problem else status.phrase,
        "status": int(status),
        "detail": "What was wrong, where, and what to do.",
        "instance": path.replace("{reference}", "NA-000001"),
    }
    return example | ({"rules": ["AREA-10"]} if status is HTTPStatus.CONFLICT else {})


def _add_examples(operation: Json, named: dict[str, Json]) -> None:
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for media_type, content in (pair for body in bodies for pair in body.get("content", {}).items()):
        if "example" not in content and "json" in media_type:
            content["example"] = example_of(content.get("schema", {}), named)
        elif "example" not in content and media_type == "multipart/form-data":
            content["example"] = example_of(content["schema"], named)
