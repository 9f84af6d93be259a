"""A database that is gone or full: a clear answer, and nothing half done."""

from datetime import date

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, func, select

from app.clock import FixedClock
from app.db import create_database_engine, reading
from app.main import create_app
from app.models import AuditEvent, ConsultationHeld
from app.settings import Officer, Settings

TOKEN = "an-officer's-token-of-some-length"
ASKED = {
    "subject": "NP-000001",
    "kind": "submission",
    "title": "Alder plan",
    "opens_on": "2026-06-01",
    "closes_on": "2026-07-20",
    "held_by": ["E07999101"],
    "where_to_inspect": "x" * 4000,
}


def test_a_database_that_is_gone_is_told_to_programs_and_people(tmp_path, deed):
    settings = Settings(database_url="postgresql://nobody@127.0.0.1:9/nothing", data_folder=tmp_path)
    client = TestClient(create_app(settings, clock=FixedClock(deed.at)), raise_server_exceptions=False)
    answer = client.get("/api/v1/areas")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "60"
    assert "Nothing of this was stored" in answer.json()["detail"]
    page = client.get("/areas", headers={"accept": "text/html"})
    assert page.status_code == 503
    assert "send it again in a minute" in page.text
    assert "127.0.0.1" not in page.text + answer.text


def test_a_full_disk_loses_nothing_that_was_stored_and_stores_no_half(tmp_path, spatialite_template, deed):
    database = tmp_path / "folkmoot.sqlite"
    database.write_bytes(spatialite_template.read_bytes())
    officer = Officer(name="Planning officer", role="planning-officer", token=TOKEN)
    settings = Settings(database_url=f"sqlite:///{database}", data_folder=tmp_path, officers=(officer,))
    app = create_app(settings, clock=FixedClock(deed.at))
    client = TestClient(app, raise_server_exceptions=False, headers={"Authorization": f"Bearer {TOKEN}"})
    assert client.post("/api/v1/consultations", json=ASKED).status_code == 201

    def no_more_room(connection, _record):
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    app.state.folkmoot.engine.dispose()
    event.listen(app.state.folkmoot.engine, "connect", no_more_room)
    answers = {client.post("/api/v1/consultations", json=ASKED).status_code for _ in range(8)}
    assert answers >= {503}
    assert answers <= {201, 503}
    app.state.folkmoot.engine.dispose()
    engine = create_database_engine(f"sqlite:///{database}")
    with reading(engine) as session:
        stored = session.scalar(select(func.count()).select_from(ConsultationHeld))
        told = session.scalar(select(func.count()).where(AuditEvent.kind == "consultation:opened"))
        assert stored == told >= 1
        assert session.scalars(select(ConsultationHeld.opens_on)).first() == date(2026, 6, 1)
    engine.dispose()


@pytest.mark.parametrize("path", ["/", "/referendums", "/healthz"])
def test_every_page_says_so(tmp_path, deed, path):
    settings = Settings(database_url="postgresql://nobody@127.0.0.1:9/nothing", data_folder=tmp_path)
    client = TestClient(create_app(settings, clock=FixedClock(deed.at)), raise_server_exceptions=False)
    assert client.get(path).status_code == 503
