"""The JSON Schemas of our published documents."""

import json
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Response

from app.api.description import file_of
from app.auth import ANYONE
from app.errors import NotFoundError
from app.routing import Route
from referendum import verify
from referendum.results_report_fields import FIELDS

router = APIRouter(route_class=Route, tags=["documents"], dependencies=[ANYONE])

SCHEMAS = Path(__file__).parent.parent / "schemas"
_SUFFIX = ".schema.json"


@router.get("/schemas", summary="The names of our published documents")
def list_schemas() -> list[str]:
    """Return the names of the documents that have a schema, as `folkmoot.check-area/1` writes them."""
    return sorted(_document_name(path) for path in SCHEMAS.glob(f"*{_SUFFIX}"))


def _document_name(path: Path) -> str:
    stem, _, version = path.name.removesuffix(_SUFFIX).rpartition("-")
    return f"{stem}/{version}"


@router.get("/schemas/{name}/{version}", summary="The JSON Schema of one document")
def get_schema(name: str, version: int) -> dict[str, Any]:
    """Return the JSON Schema of a published document."""
    wanted = f"{name}/{version}"
    for path in SCHEMAS.glob(f"*{_SUFFIX}"):
        if _document_name(path) == wanted:
            document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return document
    raise NotFoundError(f"There is no document {wanted}: see /api/v1/schemas.")


@router.get("/results-report-fields", summary="What each member of a results report holds")
def list_report_fields() -> list[dict[str, str]]:
    """Return every member of a results report (NIST SP 1500-100 version 2) with what we write in it, and why."""
    return [{"object": kind, "member": member, "holds": holds} for (kind, member), holds in FIELDS.items()]


@router.get(
    "/verifier",
    summary="The program that checks a proof-carrying result",
    response_class=Response,
    responses=file_of("text/x-python"),
)
def get_verifier() -> Response:
    """Return the one file that works a result out again: it needs Python 3.11 or newer, and nothing else."""
    named = {"Content-Disposition": 'attachment; filename="verify.py"'}
    return Response(Path(verify.__file__).read_bytes(), media_type="text/x-python; charset=utf-8", headers=named)
