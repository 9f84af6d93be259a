"""What every command on the database shares: the settings, the database at its newest schema, and who acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser

from pydantic import ValidationError
from sqlalchemy import Engine

from app.audit import Actor, Deed
from app.clock import Clock
from app.db import WriteSession, create_database_engine, reading, writing
from app.errors import ServiceUnavailableError
from app.migrate import is_current
from app.settings import Settings


def read_settings() -> Settings:
    """Return the settings of the environment.

    Raises:
        ServiceUnavailableError: a setting that cannot be used, by its name.
    """
    try:
        return Settings()
    except ValidationError as problem:
        fault = problem.errors()[0]
        name = "FOLKMOOT_" + "_".join(str(part) for part in fault["loc"]).upper()
        raise ServiceUnavailableError(f"The setting {name} cannot be used: {fault['msg']}. Correct it.") from problem


def open_database(settings: Settings, *, migrated: bool = True) -> Engine:
    """Return the database of the settings.

    Raises:
        ServiceUnavailableError: it is not at the newest schema.
    """
    engine = create_database_engine(settings.resolved_database_url)
    if migrated:
        with reading(engine) as session:
            if not is_current(session.connection()):
                raise ServiceUnavailableError("The database is not at the newest schema: run folkmoot migrate first.")
    return engine


@contextmanager
def changing(settings: Settings) -> Iterator[tuple[WriteSession, Deed]]:
    """Open a transaction on the record, done by whoever runs the command."""
    engine = open_database(settings)
    deed = Deed(by=Actor(name=f"command line ({getuser()})", role="operator"), at=Clock().now())
    try:
        with writing(engine) as session:
            yield session, deed
    finally:
        engine.dispose()
