"""Training: an administrator puts the invented district back by one click, and nothing real is ever emptied."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select, update
from sqlalchemy.exc import DatabaseError

from app.db import reading, writing
from app.main import create_app
from app.models import AuditEvent, Boundary, NeighbourhoodArea, User
from app.secrets import service_secret
from app.services.example import load_example
from app.services.example_people import example_accounts, load_people
from app.services.record import state_faults
from app.settings import Settings

TABLES = (AuditEvent, NeighbourhoodArea, User, Boundary)
BUTTON = "Put the training district back"


@pytest.fixture
def training(engine, database_url, tmp_path, moving_clock):
    """The settings of a training service, its district loaded."""
    moving_clock.at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    settings = Settings(database_url=database_url, data_folder=tmp_path, training=True)
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for these tests")
        load_people(session, service_secret=service_secret(settings))
    return settings


@pytest.fixture
def counted(engine):
    def count():
        with reading(engine) as session:
            return [session.scalar(select(func.count()).select_from(table)) for table in TABLES]

    return count


def source_of_first_boundary(engine, source):
    with writing(engine) as session:
        boundary = session.scalars(select(Boundary).order_by(Boundary.id)).first()
        before, boundary.source = boundary.source, source
    return before


@pytest.mark.database
def test_the_district_comes_back_by_one_click(engine, training, counted, browser_of, moving_clock):
    first = counted()
    people = {each.name: each for each in example_accounts(service_secret(training))}

    def enter(name, **change):
        browser = browser_of(create_app(training.model_copy(update=change), clock=moving_clock))
        browser.sign_in(browser.person(name, people[name].password, None))
        return browser

    administrator, planner = enter("administrator"), enter("planning-officer")
    assert "Training: invented district" in administrator.get("/areas").text
    assert BUTTON in administrator.get("/account").text
    assert BUTTON not in planner.get("/account").text
    with writing(engine) as session:
        session.execute(update(NeighbourhoodArea).values(name="Scribbled over"))

    assert planner.post("/training/start-again", on="/account").status_code == 403
    elsewhere = enter("administrator", training=False)
    assert BUTTON not in elsewhere.get("/account").text
    assert elsewhere.post("/training/start-again", on="/account").status_code == 404
    kept = source_of_first_boundary(engine, "real-parishes.gpkg")
    answer = administrator.post("/training/start-again", on="/account")
    assert (answer.status_code, "more than the invented district" in answer.text) == (409, True)
    source_of_first_boundary(engine, kept)
    with reading(engine) as session:
        assert set(session.scalars(select(NeighbourhoodArea.name))) == {"Scribbled over"}

    assert administrator.post("/training/start-again", on="/account").status_code == 303
    assert counted() == first
    with reading(engine) as session:
        assert "Scribbled over" not in session.scalars(select(NeighbourhoodArea.name)).all()
        assert state_faults(session) == []
    assert administrator.get("/account").headers["location"].startswith("/sign-in")
    with pytest.raises(DatabaseError, match="append-only"), writing(engine) as session:
        session.execute(update(AuditEvent).values(kind="nothing happened"))


def test_a_real_service_cannot_be_told_to_be_for_training(tmp_path):
    with pytest.raises(ValidationError, match="FOLKMOOT_TRAINING"):
        Settings(data_folder=tmp_path, mode="production", training=True)
