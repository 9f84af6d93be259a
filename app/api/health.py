"""`/healthz`: is this service fit to be relied on tonight?"""

import shutil
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.auth import ANYONE
from app.db import reading
from app.errors import ServiceUnavailableError
from app.migrate import is_current
from app.state import CurrentState, State
from geo.crs import control_point_error_m

router = APIRouter(dependencies=[ANYONE])

ENOUGH_DISK_BYTES = 500_000_000
# Ordnance Survey publishes its test point to the millimetre.
ENOUGH_ACCURACY_M = 0.001


def _database_checks(state: State) -> dict[str, dict[str, object]]:
    try:
        with reading(state.engine) as session:
            session.execute(text("SELECT 1"))
            current = is_current(session.connection())
    except (SQLAlchemyError, ServiceUnavailableError) as problem:
        return {"database": {"ok": False, "kind": state.engine.dialect.name, "problem": type(problem).__name__}}
    return {
        "database": {"ok": True, "kind": state.engine.dialect.name},
        "migrations": {"ok": current, "advice": None if current else "run `folkmoot migrate`"},
    }


def _disk_check(state: State) -> dict[str, object]:
    folder = state.settings.data_folder
    free = shutil.disk_usage(folder if folder.exists() else folder.absolute().parent).free
    return {"ok": free >= ENOUGH_DISK_BYTES, "free_bytes": free, "enough_bytes": ENOUGH_DISK_BYTES}


@router.get("/healthz", tags=["service"], summary="Is the service fit to be relied on?")
def health(state: CurrentState) -> JSONResponse:
    """Check the database, its schema, the disk, and the grid transformation against a published control point."""
    error_m = control_point_error_m()
    checks: dict[str, dict[str, object]] = {
        **_database_checks(state),
        "disk": _disk_check(state),
        "transformation": {"ok": error_m <= ENOUGH_ACCURACY_M, "error_m": error_m, "allowed_m": ENOUGH_ACCURACY_M},
    }
    well = all(check["ok"] for check in checks.values())
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"ok": well, "checks": checks}, status_code=status)
