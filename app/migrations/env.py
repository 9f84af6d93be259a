"""Runs the migrations on either database, on a connection handed over by `app.migrate` or on the settings'."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from geoalchemy2 import alembic_helpers
from sqlalchemy import Connection

from app.db import create_database_engine
from app.models import Base
from app.models.base import BngGeometry, UtcDateTime
from app.settings import Settings


def render_our_types(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - Alembic's hook
    """Write our column types by name into a new migration; leave the rest to Alembic (False)."""
    if kind == "type" and isinstance(item, BngGeometry | UtcDateTime):
        autogen.imports.add(f"from app.models.base import {type(item).__name__}")
        return f"{type(item).__name__}()"
    return False


def is_ours(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:  # noqa: ANN401, FBT001
    """Leave out what a spatial database keeps for itself: its own tables, and the spatial indexes."""
    if kind == "table" and reflected and compare_to is None and context.get_bind().dialect.name == "sqlite":
        return False
    return bool(alembic_helpers.include_object(item, name, kind, reflected, compare_to))  # type: ignore[no-untyped-call]


def run(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=is_ours,
        render_item=render_our_types,
        process_revision_directives=alembic_helpers.writer,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over: Connection | None = context.config.attributes.get("connection")
if handed_over is not None:
    run(handed_over)
else:
    with create_database_engine(Settings().resolved_database_url).begin() as own:
        run(own)
