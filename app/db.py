"""Engines and sessions for both databases.

One model, two databases: SpatiaLite in a file (the default) and PostGIS. A write session holds the right to
write from its first statement (BEGIN IMMEDIATE on SpatiaLite), so that what it checked is still true when it
commits; a read session cannot write on either database.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NewType

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import ServiceUnavailableError
from app.turns import Turns

ReadSession = NewType("ReadSession", Session)
WriteSession = NewType("WriteSession", Session)

_READ_ONLY = "folkmoot_read_only"
_BUSY_TIMEOUT_MS = 20_000
# At least as many as the service's worker threads: a writer that waits for its turn keeps no reader waiting.
_CONNECTIONS = 48
_TURN = "folkmoot_turn"
_LOCKS = {"designation": 7_300_001, "audit": 7_300_002, "sign-in": 7_300_003}


def create_database_engine(url: str) -> Engine:
    """Return an engine for the database at `url` (SQLAlchemy form), PostGIS or SpatiaLite.

    Raises:
        ServiceUnavailableError: the database is of another kind.
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=_CONNECTIONS - 10)
    if address.get_backend_name() == "sqlite":
        return _spatialite_engine(url)
    raise ServiceUnavailableError(
        f"The database {address.get_backend_name()!r} is not supported: set FOLKMOOT_DATABASE_URL to a "
        "postgresql:// address, or leave it unset for the embedded database."
    )


def _spatialite_engine(url: str) -> Engine:
    import pysqlite3.dbapi2  # noqa: PLC0415 - only on Linux, and only where the embedded database is used

    os.environ.setdefault("SPATIALITE_LIBRARY_PATH", "mod_spatialite")
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, module=pysqlite3.dbapi2, pool_size=_CONNECTIONS)
    event.listen(engine, "connect", _prepare_spatialite)
    _let_writers_take_turns(engine, Turns())
    return engine


def _prepare_spatialite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
    connection.isolation_level = None
    connection.enable_load_extension(True)
    try:
        connection.load_extension(os.environ["SPATIALITE_LIBRARY_PATH"])
    except Exception as problem:
        raise ServiceUnavailableError(
            "The SpatiaLite library is missing: install the package libsqlite3-mod-spatialite, or set "
            "SPATIALITE_LIBRARY_PATH to where mod_spatialite is."
        ) from problem
    finally:
        connection.enable_load_extension(False)
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _let_writers_take_turns(engine: Engine, turns: Turns) -> None:
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(_READ_ONLY, False)
        if not read_only and _TURN not in connection.info:
            turn = turns.take(_BUSY_TIMEOUT_MS / 1000)
            if turn is None:
                raise ServiceUnavailableError("Too many people are saving at this moment: wait a minute and try again.")
            connection.info[_TURN] = turn
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    def end(_connection: object, record: ConnectionPoolEntry, *_why: object) -> None:
        turn = record.info.pop(_TURN, None)
        if turn is not None:
            turns.give_back(turn)

    event.listen(engine, "begin", begin)
    # However a transaction ended, its connection comes back to the pool, or is thrown away.
    event.listen(engine, "checkin", end)
    event.listen(engine, "invalidate", end)


@contextmanager
def reading(engine: Engine) -> Iterator[ReadSession]:
    """Open a session that can read one consistent state and cannot write."""
    options: dict[str, Any] = {_READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options |= {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
    with Session(engine.execution_options(**options), expire_on_commit=False) as session:
        yield ReadSession(session)


@contextmanager
def writing(engine: Engine) -> Iterator[WriteSession]:
    """Open a session that commits when the block ends well and rolls back whole when it does not."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield WriteSession(session)


def hold_lock(session: WriteSession, name: str) -> None:
    """Wait until no other transaction holds the named lock, and hold it to the end of this one.

    On SpatiaLite a write session already excludes every other writer.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCKS[name]})
