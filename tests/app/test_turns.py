"""Writers take turns: first come, first served, and no turn is ever lost."""

import gc
import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.db import create_database_engine, reading, writing
from app.turns import Turns

LONG_S = 30.0


def test_the_first_may_write_at_once_and_the_next_when_it_is_done():
    turns = Turns()
    first = turns.take(0)
    assert first is not None
    assert turns.take(0.01) is None
    turns.give_back(first)
    assert turns.take(0) is not None


def test_turns_come_in_the_order_in_which_writers_came():
    turns, order = Turns(), []
    first = turns.take(0)

    def write(name):
        turn = turns.take(LONG_S)
        order.append(name)
        turns.give_back(turn)

    threads = []
    for name in range(8):
        threads.append(threading.Thread(target=write, args=(name,)))
        threads[-1].start()
        while len(turns._queue) < name + 2:
            time.sleep(0.001)
    turns.give_back(first)
    for thread in threads:
        thread.join(LONG_S)
    assert order == list(range(8))


def test_who_gives_up_waiting_holds_nobody_up():
    turns = Turns()
    first = turns.take(0)
    assert turns.take(0.01) is None
    turns.give_back(first)
    last = turns.take(0)
    assert last is not None
    turns.give_back(last)


class TestOnTheEmbeddedDatabase:
    @pytest.fixture
    def embedded(self, spatialite_template, tmp_path):
        path = tmp_path / "folkmoot.sqlite"
        path.write_bytes(spatialite_template.read_bytes())
        engine = create_database_engine(f"sqlite:///{path}")
        with writing(engine) as session:
            session.execute(text("CREATE TABLE tally (papers INTEGER)"))
            session.execute(text("INSERT INTO tally VALUES (0)"))
        yield engine
        engine.dispose()

    def add(self, engine):
        with writing(engine) as session:
            papers = session.execute(text("SELECT papers FROM tally")).scalar_one()
            session.execute(text("UPDATE tally SET papers = :papers"), {"papers": papers + 1})

    def test_many_writers_lose_nothing(self, embedded):
        threads = [threading.Thread(target=lambda: [self.add(embedded) for _ in range(10)]) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LONG_S)
        with reading(embedded) as session:
            assert session.execute(text("SELECT papers FROM tally")).scalar_one() == 200

    def test_a_turn_ends_with_a_transaction_that_fails(self, embedded):
        with pytest.raises(OperationalError), writing(embedded) as session:
            session.execute(text("UPDATE nowhere SET papers = 1"))
        self.add(embedded)

    def test_a_turn_ends_where_another_process_keeps_the_database(self, embedded, monkeypatch):
        monkeypatch.setattr("app.db._BUSY_TIMEOUT_MS", 20)
        other = create_database_engine(str(embedded.url))
        mine = create_database_engine(str(embedded.url))
        with writing(other) as session:
            session.execute(text("UPDATE tally SET papers = 7"))
            with pytest.raises(OperationalError, match="locked"):
                self.add(mine)
        self.add(mine)
        with reading(mine) as session:
            assert session.execute(text("SELECT papers FROM tally")).scalar_one() == 8
        mine.dispose()
        other.dispose()

    def test_a_connection_forgotten_gives_its_turn_back(self, embedded):
        connection = embedded.connect()
        connection.execute(text("UPDATE tally SET papers = 3"))
        del connection
        gc.collect()
        self.add(embedded)
        with reading(embedded) as session:
            assert session.execute(text("SELECT papers FROM tally")).scalar_one() == 1

    def test_a_connection_may_begin_again_in_its_turn(self, embedded):
        with embedded.connect() as connection:
            for _ in range(2):
                connection.execute(text("UPDATE tally SET papers = papers + 1"))
                connection.commit()
        self.add(embedded)
