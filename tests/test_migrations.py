"""One head; an empty database reaches it; what the models say is what the database has, on both kinds."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import DDL, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from app.db import create_database_engine, reading, writing
from app.migrate import is_current, migrate
from app.models import Base


def test_there_is_one_head():
    config = Config()
    config.set_main_option("script_location", "app/migrations")
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_an_empty_database_is_not_current_and_migrating_twice_is_harmless(tmp_path):
    engine = create_database_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with reading(engine) as session:
        assert not is_current(session.connection())
    migrate(engine)
    migrate(engine)
    with reading(engine) as session:
        assert is_current(session.connection())
    engine.dispose()


@pytest.mark.database
def test_the_schema_is_what_the_models_say(engine: Engine):
    own = set(Base.metadata.tables)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda item, name, kind, reflected, other: (
                    not (kind == "table" and name not in own) and not (kind == "index" and "geometry" in (name or ""))
                ),
            },
        )
        assert compare_metadata(context, Base.metadata) == []
        assert own <= set(inspect(connection).get_table_names())


@pytest.mark.database
def test_every_geometry_has_a_spatial_index(engine: Engine):
    spatial = {name for name, table in Base.metadata.tables.items() if "geometry" in table.columns}
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT f_table_name FROM geometry_columns WHERE spatial_index_enabled = 1"))
        else:
            rows = connection.execute(text("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%USING gist%'"))
        assert {name for (name,) in rows} == spatial


@pytest.mark.database
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET actor = 'nobody'", "DELETE FROM audit_event"])
def test_the_audit_record_refuses_change(engine: Engine, statement: str):
    event = (
        "INSERT INTO audit_event (seq, at, actor, role, kind, subject, previous_hash, hash) "
        "VALUES (1, '2026-01-01 00:00:00', 'a', 'b', 'c', 'd', 'e', 'f')"
    )
    with writing(engine) as session:
        session.execute(text(event))
    with pytest.raises(DatabaseError, match="append-only"), writing(engine) as session:
        session.execute(DDL(statement))
    with reading(engine) as session:
        assert session.execute(text("SELECT actor FROM audit_event")).scalars().all() == ["a"]
