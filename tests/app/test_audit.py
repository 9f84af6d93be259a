"""The record: chained, and every kind of tampering shows."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.audit import Actor, Deed, EventKind, chain_faults, documents, event_hash, record
from app.db import reading, writing

DEED = Deed(by=Actor(name="Planning officer", role="planning-officer"), at=datetime(2026, 7, 2, 9, 30, tzinfo=UTC))


def write_three(engine):
    for number in range(3):
        with writing(engine) as session:
            record(session, DEED, EventKind.AREA_APPLIED_FOR, f"NA-00000{number}", after={"share": number, "ä": "é"})


@pytest.mark.database
def test_events_are_numbered_and_chained(engine):
    write_three(engine)
    with reading(engine) as session:
        found = list(documents(session))
    assert [event["seq"] for event in found] == [1, 2, 3]
    assert [event["previous_hash"] for event in found[1:]] == [event["hash"] for event in found[:-1]]
    assert list(chain_faults(found)) == []


@pytest.mark.database
def test_an_event_is_not_kept_when_the_change_fails(engine):
    def change_that_fails():
        with writing(engine) as session:
            record(session, DEED, EventKind.AREA_DECIDED, "NA-000001")
            raise RuntimeError("the change failed")

    with pytest.raises(RuntimeError):
        change_that_fails()
    with reading(engine) as session:
        assert list(documents(session)) == []


@pytest.mark.database
def test_an_edit_made_straight_in_the_database_shows(engine):
    write_three(engine)
    with writing(engine) as session:
        if engine.dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER audit_event_no_update"))
        else:
            session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER ALL"))
        session.execute(text("UPDATE audit_event SET actor = 'somebody else' WHERE seq = 2"))
    with reading(engine) as session:
        assert [fault.what for fault in chain_faults(documents(session))] == ["event 2 is not as it was written"]


def chain(count):
    events, previous = [], "0" * 64
    for seq in range(1, count + 1):
        event = {"seq": seq, "subject": f"NA-{seq:06}", "after": {"n": seq}, "previous_hash": previous}
        event["hash"] = previous = event_hash(event)
        events.append(event)
    return events


@given(count=st.integers(2, 8), data=st.data())
def test_leaving_out_any_event_but_the_last_shows(count, data):
    events = chain(count)
    del events[data.draw(st.integers(0, count - 2))]
    assert list(chain_faults(events))


@given(count=st.integers(2, 8), data=st.data())
def test_rewriting_an_event_with_a_fresh_hash_shows_at_the_next(count, data):
    events = chain(count)
    at = data.draw(st.integers(0, count - 2))
    events[at] = events[at] | {"subject": "NA-999999"}
    events[at]["hash"] = event_hash(events[at])
    assert [fault.seq for fault in chain_faults(events)] == [at + 2]
