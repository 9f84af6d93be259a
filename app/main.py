"""`create_app(settings)`: wiring only."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from app import api, web
from app.api import health
from app.api.description import Described, operation_id
from app.clock import Clock
from app.compressed_maps import CompressedMaps
from app.db import create_database_engine
from app.handlers import add_error_handlers
from app.logs import set_up_logging
from app.security import add_security
from app.settings import Settings
from app.state import State

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """Return the service; the database is opened at the first request that needs it.

    Args:
        settings: what the deployment sets; read from the environment when not given.
        clock: what tells the time; the system's when not given.
    """
    settings = settings or Settings()
    set_up_logging()
    app = Described(
        title="Folkmoot",
        summary="Neighbourhood planning in England: from a line on a map to a plan in force.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        generate_unique_id_function=operation_id,
    )
    app.state.folkmoot = State(
        settings=settings,
        engine=create_database_engine(settings.resolved_database_url),
        clock=clock or Clock(),
    )
    app.add_middleware(CompressedMaps)
    add_security(app, settings)
    add_error_handlers(app)
    app.include_router(health.router)
    api.include(app)
    web.include(app)
    # Only what holds no form's token is compressed, so that none can be guessed from an answer's length.
    app.mount("/static", GZipMiddleware(StaticFiles(directory=STATIC)), name="static")
    return app
