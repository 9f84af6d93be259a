"""Bring a database to the newest schema, and say whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from geo.crs import BNG_EPSG, WGS84_EPSG


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _prepare_spatial_metadata(connection: Connection) -> None:
    """Make the database spatial, with only the two reference systems we use (all of them take seven seconds)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
        return
    if connection.execute(text("SELECT CheckSpatialMetaData()")).scalar_one() == 0:
        connection.execute(text("SELECT InitSpatialMetaData('NONE')"))
        for epsg in (WGS84_EPSG, BNG_EPSG):
            connection.execute(text("SELECT InsertEpsgSrid(:epsg)"), {"epsg": epsg})


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema, in one transaction; harmless where it is there already."""
    with engine.begin() as connection:
        _prepare_spatial_metadata(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    """Say whether the database has exactly the newest schema."""
    heads = set(ScriptDirectory.from_config(_config()).get_heads())
    return set(MigrationContext.configure(connection).get_current_heads()) == heads
