"""A service on an empty database, its officers' tokens, and the district of the journeys."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import shapely
from fastapi.testclient import TestClient

from app.clock import FixedClock
from app.db import create_database_engine, writing
from app.main import create_app
from app.models import Boundary
from app.settings import Officer, Settings
from geo.crs import wgs84_from_bng

AT = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
ROLES = ("volunteer-signatory", "planning-officer", "electoral-officer", "counting-officer", "count-assistant")


@pytest.fixture
def settings(database_url, tmp_path) -> Settings:
    """Settings with one officer for each step of the chain."""
    officers = tuple(Officer(name=f"The {role}", role=role, token=f"token-of-the-{role}-long") for role in ROLES)
    return Settings(database_url=database_url, data_folder=tmp_path, officers=officers)


@pytest.fixture
def client(settings) -> Iterator[TestClient]:
    """Whoever calls; `headers=` says who."""
    app = create_app(settings, clock=FixedClock(AT))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    app.state.folkmoot.engine.dispose()


@pytest.fixture
def post(client):
    """Send JSON as the officer of a role."""

    def send(role, path, body=None):
        headers = {"Authorization": f"Bearer token-of-the-{role}-long"}
        return client.post(f"/api/v1{path}", json=body, headers=headers)

    return send


@pytest.fixture
def village(settings):
    """One authority and one parish in it: a square kilometre in the Midlands; returns the parish as GeoJSON."""
    parish = shapely.box(400_000, 300_000, 401_000, 301_000)
    places = {
        ("authority", "E07999101", "Westshire"): parish.buffer(2000),
        ("parish", "E04999101", "Alder"): parish,
    }
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        for (kind, code, name), shape in places.items():
            session.add(
                Boundary(
                    kind=kind,
                    code=code,
                    name=name,
                    valid_from=date(2015, 4, 1),
                    has_council=True if kind == "parish" else None,
                    is_relevant_council=True if kind == "authority" else None,
                    source="drawn for a test",
                    imported_at=AT,
                    geometry=shapely.MultiPolygon([shape]),
                )
            )
    engine.dispose()
    return shapely.geometry.mapping(wgs84_from_bng(parish))


@pytest.fixture
def send(client):
    """Send a form with files as the officer of a role."""

    def send(role, path, form, files):
        headers = {"Authorization": f"Bearer token-of-the-{role}-long"}
        return client.post(f"/api/v1{path}", data=form, files=files, headers=headers)

    return send
