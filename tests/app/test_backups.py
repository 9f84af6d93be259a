"""A backup restored is the same service: every row, every document, and a record that still verifies."""

import shutil
import uuid
import zipfile

import pytest
from sqlalchemy import Text, cast, select, text

from app.audit import EventKind, record, verify
from app.backups import restore_backup, write_backup
from app.db import create_database_engine, reading, writing
from app.document_store import DocumentStore
from app.errors import ConflictError, InvalidRequestError
from app.models import Base, Boundary


@pytest.fixture
def filled(district, arrange_poll, deed):
    """A district with a poll, and a record of two events, one of which says nothing of before."""
    arrange_poll(district)
    with writing(district) as session:
        record(session, deed, EventKind.AREA_APPLIED_FOR, "NA-000900", after={"name": "Aldér", "share": 0.1})
        record(session, deed, EventKind.AREA_DESIGNATED, "NA-000900", before={"a": None}, after={"b": [1, 2.5]})
    return district


@pytest.fixture
def empty(spatialite_template, tmp_path):
    """Another, empty, embedded database."""
    shutil.copyfile(spatialite_template, tmp_path / "second.sqlite")
    engine = create_database_engine(f"sqlite:///{tmp_path / 'second.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def same_kind(filled, request):
    """An empty database of the kind under test."""
    if filled.dialect.name == "sqlite":
        yield request.getfixturevalue("empty")
        return
    _, template = request.getfixturevalue("postgis_template")
    name = f"restored_{uuid.uuid4().hex[:12]}"
    with filled.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine = create_database_engine(filled.url.set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with filled.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def stores(tmp_path):
    return DocumentStore(str(tmp_path / "first-store")), DocumentStore(str(tmp_path / "second-store"))


def everything(engine):
    """Every value of every row of every table, and which values are absent in the database itself."""
    with reading(engine) as session:
        return {
            table.name: [
                (tuple(row), tuple(text_row))
                for row, text_row in zip(
                    session.execute(select(table).order_by(*table.primary_key)),
                    session.execute(select(*(cast(c, Text).is_(None) for c in table.c)).order_by(*table.primary_key)),
                    strict=True,
                )
            ]
            for table in Base.metadata.sorted_tables
        }


def test_a_restored_service_equals_the_one_backed_up(filled, empty, stores, tmp_path):
    first, second = stores
    sha256 = first.put(b"%PDF-1.7 a statement")
    with reading(filled) as session:
        write_backup(session, first, tmp_path / "all.zip")
    with writing(empty) as session:
        rows = restore_backup(session, second, tmp_path / "all.zip")
    assert everything(empty) == everything(filled)
    assert rows["audit_event"] == 2
    assert rows["boundary"] == 5
    assert second.contents() == [sha256]
    assert second.get(sha256) == b"%PDF-1.7 a statement"
    with reading(empty) as session:
        assert not verify(session).faults


def test_work_goes_on_in_a_restored_database_of_the_same_kind(filled, same_kind, stores, tmp_path, deed):
    with reading(filled) as session:
        write_backup(session, stores[0], tmp_path / "all.zip")
    with writing(same_kind) as session:
        restore_backup(session, stores[1], tmp_path / "all.zip")
    assert everything(same_kind) == everything(filled)
    with writing(same_kind) as session:
        newest = session.scalars(select(Boundary).order_by(Boundary.id.desc())).first()
        facts = {c.name: getattr(newest, c.name) for c in Boundary.__table__.c if c.name not in {"id", "code"}}
        added = Boundary(code="E04999199", **facts)
        session.add(added)
        session.flush()
        assert added.id == newest.id + 1
        assert record(session, deed, EventKind.AREA_WITHDRAWN, "NA-000900").seq == 3
        assert not verify(session).faults


def test_a_database_with_anything_in_it_is_left_alone(filled, stores, tmp_path):
    before = everything(filled)
    with reading(filled) as session:
        write_backup(session, stores[0], tmp_path / "all.zip")
    with pytest.raises(ConflictError, match="not empty"), writing(filled) as session:
        restore_backup(session, stores[1], tmp_path / "all.zip")
    assert everything(filled) == before


def test_a_backup_is_never_written_over(filled, stores, tmp_path):
    (tmp_path / "all.zip").write_text("last week's")
    with reading(filled) as session, pytest.raises(ConflictError, match="exists already"):
        write_backup(session, stores[0], tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_text() == "last week's"


def test_a_backup_that_was_changed_restores_nothing(filled, empty, stores, tmp_path):
    with reading(filled) as session:
        write_backup(session, stores[0], tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as whole, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in whole.namelist():
            content = whole.read(name)
            bad.writestr(name, content.replace(b"Westshire", b"Eastshire") if "boundary" in name else content)
    blank = everything(empty)
    with pytest.raises(InvalidRequestError, match="damaged"), writing(empty) as session:
        restore_backup(session, stores[1], tmp_path / "bad.zip")
    assert everything(empty) == blank


def test_a_file_that_is_no_backup_is_refused_in_one_sentence(empty, stores, tmp_path):
    (tmp_path / "notes.zip").write_bytes(b"not a zip")
    with pytest.raises(InvalidRequestError, match="not a whole backup"), writing(empty) as session:
        restore_backup(session, stores[1], tmp_path / "notes.zip")
