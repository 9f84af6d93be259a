"""A small invented district of squares, and a service standing on it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import shapely
from fastapi.testclient import TestClient

from app.audit import Actor, Deed
from app.clock import FixedClock
from app.db import writing
from app.main import create_app
from app.models import AreaVersion, Boundary, BoundaryKind, NeighbourhoodArea, Plan, Referendum
from app.settings import Officer, Settings
from geo.crs import wgs84_from_bng

EAST, NORTH = 400_000, 300_000
TOKEN = "an-officer's-token-of-some-length"
AT = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)


def square(column, row, width=1, height=1):
    """A rectangle of kilometre squares, counted from a corner in the Midlands.

    row 1  +---+---+---+
           | 0 | 1 | 2 |
    row 0  +---+---+---+
    """
    west, south = EAST + column * 1000, NORTH + row * 1000
    return shapely.MultiPolygon([shapely.box(west, south, west + width * 1000, south + height * 1000)])


def boundary_row(kind, code, name, geometry, **facts):
    return Boundary(
        kind=kind.value,
        code=code,
        name=name,
        valid_from=date(2015, 4, 1),
        source="drawn for a test",
        imported_at=AT,
        geometry=geometry,
        **facts,
    )


def squares():
    """Two authorities side by side; parishes A and B (with councils) in the first, C (with none) in the second."""
    return [
        boundary_row(BoundaryKind.AUTHORITY, "E07999101", "Westshire", square(0, 0, 2, 2), is_relevant_council=True),
        boundary_row(BoundaryKind.AUTHORITY, "E07999102", "Eastshire", square(2, 0, 2, 2), is_relevant_council=True),
        boundary_row(BoundaryKind.PARISH, "E04999101", "Alder", square(0, 0), has_council=True),
        boundary_row(BoundaryKind.PARISH, "E04999102", "Birch", square(1, 0), has_council=True),
        boundary_row(BoundaryKind.PARISH, "E04999103", "Cedar", square(2, 0), has_council=False),
    ]


def as_geojson(geometry_bng):
    return shapely.geometry.mapping(wgs84_from_bng(geometry_bng))


@pytest.fixture
def deed() -> Deed:
    """What the planning officer does at half past nine on 2 July 2026."""
    return Deed(by=Actor(name="Planning officer", role="planning-officer"), at=AT)


@pytest.fixture
def district(engine):
    """The squares, stored."""
    with writing(engine) as session:
        session.add_all(squares())
    return engine


@pytest.fixture
def settings(database_url, tmp_path) -> Settings:
    """Settings of a service on the test's database, with one officer."""
    officer = Officer(name="Planning officer", role="planning-officer", token=TOKEN)
    return Settings(database_url=database_url, data_folder=tmp_path, officers=(officer,))


@pytest.fixture
def client(settings) -> Iterator[TestClient]:
    """A browser or program that is nobody in particular."""
    app = create_app(settings, clock=FixedClock(AT))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    app.state.folkmoot.engine.dispose()


@pytest.fixture
def officer(client) -> TestClient:
    """The same, with the planning officer's token."""
    client.headers["Authorization"] = f"Bearer {TOKEN}"
    return client


@pytest.fixture
def shapes():
    """The functions that draw: `square` and `as_geojson`, since test files import nothing from each other."""
    return type("Shapes", (), {"square": staticmethod(square), "as_geojson": staticmethod(as_geojson)})


@pytest.fixture
def arrange_poll():
    """Store an area, a plan due for its referendum, and the referendum NR-000901 on 10 September 2026, in Westshire."""

    def arrange(engine, *, cross=False):
        line = AreaVersion(valid_from=date(2024, 4, 1), reason="designated", geometry=square(0, 0))
        area = NeighbourhoodArea(
            reference="NA-000900",
            name="Alder",
            status="designated",
            designated_on=date(2024, 4, 1),
            versions=[line],
        )
        plan = Plan(
            reference="NP-000900",
            area=area,
            instrument="ndp",
            title="Alder Plan",
            stage="referendum-to-be-held",
            qualifying_body="Alder Parish Council",
            period_start=2026,
            period_end=2041,
        )
        poll = Referendum(
            reference="NR-000901",
            plan=plan,
            decision_on=date(2026, 7, 2),
            poll_date=date(2026, 9, 10),
            has_business_poll=False,
            is_cross_boundary=cross,
            authority="Westshire",
            council="Westshire",
            question="Do you want it?",
            election_group_id="ref.westshire.2026-09-10",
            timetable={},
            geometry=square(0, 0, width=3 if cross else 1),
        )
        with writing(engine) as session:
            session.add(poll)

    return arrange
