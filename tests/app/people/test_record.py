"""The record: checkpoints hold it in place, and an edit made straight in a table is found and named."""

import base64
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.audit import Actor, Deed, EventKind, record
from app.checkpoints import checkpoint, checkpoint_faults, keep_checkpoint, read_checkpoint, stored_checkpoints
from app.db import reading, writing
from app.errors import InvalidRequestError
from app.services.example import load_example
from app.services.record import state_faults
from app.settings import Settings

SECRET = bytes(range(32))
AT = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)
DEED = Deed(by=Actor(name="planner", role="planning-officer"), at=AT)


def write(engine, count):
    for number in range(count):
        with writing(engine) as session:
            record(session, DEED, EventKind.PLAN_MOVED, "NP-000001", after={"n": number})


def faults(engine, document, **options):
    with reading(engine) as session:
        return checkpoint_faults(document, session, **options)


@pytest.fixture
def signed(engine):
    write(engine, 3)
    with reading(engine) as session:
        return checkpoint(session, SECRET, at=AT)


@pytest.mark.database
def test_a_record_that_goes_on_passes_through_its_checkpoint(engine, signed):
    assert faults(engine, signed) == []
    write(engine, 2)
    assert faults(engine, signed, public_key=signed["public_key"]) == []


@pytest.mark.database
def test_a_record_rewritten_with_fresh_hashes_does_not(engine, signed):
    """Dropping the triggers and chaining everything anew makes a sound chain that is not the one published."""
    with writing(engine) as session:
        if engine.dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER audit_event_no_delete"))
        else:
            session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        session.execute(text("DELETE FROM audit_event"))
    assert faults(engine, signed) == [
        f"the record ends before event 3, which the checkpoint of {signed['at']} had seen"
    ]
    write(engine, 4)
    assert faults(engine, signed) == []  # the same events give the same hashes
    with writing(engine) as session:
        session.execute(text("DELETE FROM audit_event WHERE seq >= 2"))
    write(engine, 4)
    assert faults(engine, signed) == [f"event 3 is not the one that the checkpoint of {signed['at']} had seen"]


@pytest.mark.database
@pytest.mark.parametrize("field", ["at", "events", "last_hash"])
def test_a_checkpoint_that_was_changed_says_so(engine, signed, field):
    changed = signed | {field: {"at": "2020-01-01T00:00:00+00:00", "events": 2, "last_hash": "f" * 64}[field]}
    assert any("changed after it was signed" in fault for fault in faults(engine, changed))


@pytest.mark.database
def test_a_checkpoint_of_another_key_says_so(engine, signed):
    other = base64.b64encode(bytes(32)).decode()
    assert faults(engine, signed, public_key=other) == [f"the checkpoint of {signed['at']} is signed with another key"]


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"null"])
def test_a_file_that_is_no_checkpoint_is_told(tmp_path, content):
    path = tmp_path / "one.json"
    path.write_bytes(content)
    with pytest.raises(InvalidRequestError, match=r"one\.json"):
        read_checkpoint(path)


def test_one_file_a_day_in_england(engine, tmp_path):
    settings = Settings(data_folder=tmp_path)
    late = datetime(2026, 7, 2, 22, 59, tzinfo=UTC)
    paths = {keep_checkpoint(settings, engine, at).name for at in (AT, late, late.replace(hour=23, minute=1))}
    assert paths == {"2026-07-02.json", "2026-07-03.json"}
    for path in stored_checkpoints(tmp_path / "checkpoints"):
        assert faults(engine, json.loads(path.read_text())) == []


EDITS = {
    "UPDATE neighbourhood_area SET name = 'Elsewhere' WHERE reference = 'NA-000002'": "the name of the area of NA-",
    "UPDATE neighbourhood_area SET designated_on = '2020-01-01' WHERE reference = 'NA-000001'": "the designated_on of",
    "UPDATE area_application SET received_on = '2020-01-01' WHERE id = 1": "the received_on of the application of NA-0",
    "UPDATE area_decision SET outcome = 'refuse' WHERE id = 1": "the outcome of the decision of NA-",
    "DELETE FROM area_decision WHERE id = 1": "is gone, and no event took it away",
    "UPDATE ballot_paper_account SET found = found + 1 WHERE id = 1": "the found of the account of NR-",
    "UPDATE declaration SET declared_by = 'somebody' WHERE id = 1": "the declared_by of the declaration of NR-",
    "UPDATE count_round SET reason = 'a mistake' WHERE id = 1": "the reason of the round of NR-",
    "UPDATE count_round SET result = count WHERE id = 1": "does not follow from its own figures",
    "UPDATE electorate_count SET entitled = entitled + 1": "the entitled of the electorate of NR-",
    "UPDATE neighbourhood_area SET status = 'designated' WHERE status = 'applied'": "the status of the area of NA-",
}


@pytest.fixture
def example(engine):
    with writing(engine) as session:
        load_example(session, address_secret=SECRET)
    return engine


@pytest.mark.database
def test_every_edit_straight_in_a_table_is_found_and_named(example):
    """Each edit is made, found, and rolled back; the example, made by the use cases alone, has none."""
    with reading(example) as session:
        assert state_faults(session) == []
    for statement, words in EDITS.items():
        with example.connect() as connection, connection.begin() as transaction:
            session = Session(connection)
            touched = session.execute(text(statement)).rowcount
            found = [fault.what for fault in state_faults(session)]
            transaction.rollback()
        assert touched, statement
        assert any(words in what for what in found), (statement, found)
