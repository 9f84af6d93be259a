"""The example district: loads whole through the use cases, answers alike on both databases and from files."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from app.audit import documents, verify
from app.db import create_database_engine, reading, writing
from app.documents import document_text
from app.electors import electorate_document
from app.electors_files import ElectorateFiles, count_files
from app.errors import InvalidRequestError
from app.migrate import migrate
from app.models import (
    AreaApplication,
    Boundary,
    DevelopmentPlanEntry,
    ElectorateCount,
    NeighbourhoodArea,
    Plan,
    Referendum,
    RegisterEntry,
)
from app.services.electorates_counting import count_electorate
from app.services.example import FIXTURES, is_empty, load_example
from app.services.registers import register_by_id

pytestmark = pytest.mark.database

SECRET = b"a secret for the addresses of tests"


@pytest.fixture
def example(engine):
    with writing(engine) as session:
        assert is_empty(session)
        load_example(session, address_secret=SECRET)
    return engine


def everything(engine):
    """What the two databases must agree on, byte for byte."""
    with reading(engine) as session:
        return {
            "verdicts": [
                document_text(row.verdict)
                for row in session.scalars(select(AreaApplication).order_by(AreaApplication.id))
            ],
            "electorates": [document_text(row.document) for row in session.scalars(select(ElectorateCount))],
            "record": [json.dumps(event) for event in documents(session)],
        }


def test_it_holds_what_the_story_tells(example):
    with reading(example) as session:
        stages = dict(session.execute(select(Plan.title, Plan.stage)).all())
        kinds = dict(session.execute(select(Boundary.kind, func.count()).group_by(Boundary.kind)).all())
        areas = session.execute(select(NeighbourhoodArea.status, func.count()).group_by(NeighbourhoodArea.status)).all()
        assert not is_empty(session)
        assert verify(session).faults == ()
    assert sorted(stages.values()) == [
        "divided-result",
        "examination",
        "in-development-plan-not-yet-made",
        "made",
        "not-approved",
        "not-approved",
        "pre-submission",
        "publicised",
        "referendum-to-be-held",
    ]
    assert (kinds["parish"], kinds["polling-district"], kinds["authority"]) == (14, 40, 4)
    assert dict(areas) == {"applied": 1, "designated": 8}


def test_the_ways_to_be_in_force_are_told_apart(example):
    with reading(example) as session:
        rows = session.execute(select(DevelopmentPlanEntry, Plan.title).join(Plan)).all()
    found = {title: (entry.basis, entry.part_from, entry.made_on) for entry, title in rows}
    assert found == {
        "Brindlecombe Neighbourhood Plan 2021 to 2038": ("RESULT-5", date(2022, 3, 3), date(2022, 3, 29)),
        "Hollinstow Neighbourhood Plan 2025 to 2041": ("RESULT-5", date(2026, 10, 1), None),
    }


def test_the_service_counts_the_same_electorate_as_the_command_line(example):
    with reading(example) as session:
        poll = session.scalars(select(Referendum).where(Referendum.poll_date == date(2027, 2, 4))).one()
        register = register_by_id(session, 1)
        stored = electorate_document(count_electorate(session, poll.geometry, register, poll_date=poll.poll_date))
    files = ElectorateFiles(
        area=FIXTURES / "geojson" / "referendum_areas.geojson",
        registers=(FIXTURES / "csv" / "register_with_ids.csv",),
        locations=tuple(FIXTURES / "csv" / name for name in ("uprn.csv", "properties.csv", "postcodes.csv")),
        polling_districts=FIXTURES / "geojson" / "polling_districts.geojson",
    )
    counted = count_files(files, poll_date=date(2027, 2, 4), as_at=register.as_at)
    assert document_text(stored) == document_text(electorate_document(counted.electorate))
    entries = stored["entries"]
    assert entries["read"] == 15_000
    assert entries["read"] == sum(entries[part] for part in ("in_area", "outside", "undecided", "unplaced"))
    assert entries["in_area"] == stored["entitled"] + sum(stored["not_entitled"].values())
    assert len(stored["suspected_duplicates"]) == 4


@pytest.mark.rule("T-43")
def test_no_name_no_address_and_no_anonymous_place_is_stored(example):
    with (FIXTURES / "csv" / "register_with_ids.csv").open(encoding="utf-8-sig") as file:
        header = file.readline().rstrip("\n").split(",")
        rows = [dict(zip(header, line.rstrip("\n").split(","), strict=False)) for line in file]
    surnames = {row["Elector Surname"] for row in rows if len(row["Elector Surname"]) > 7}
    streets = {row["Address1"] for row in rows if len(row["Address1"]) > 12}
    with reading(example) as session:
        anonymous = session.execute(
            select(RegisterEntry.easting, RegisterEntry.address_key).where(RegisterEntry.markers.contains("N"))
        ).all()
        stored = " ".join(str(value) for row in session.execute(text("SELECT * FROM register_entry")) for value in row)
    assert len(surnames) > 100
    assert len(streets) > 100
    assert not [word for word in surnames | streets if word in stored]
    assert anonymous
    assert set(anonymous) == {(None, None)}


def test_both_databases_answer_with_the_same_bytes(tmp_path, example):
    if example.dialect.name != "postgresql":
        pytest.skip("compared once, when PostGIS is there")
    embedded = create_database_engine(f"sqlite:///{tmp_path / 'embedded.sqlite'}")
    migrate(embedded)
    with writing(embedded) as session:
        load_example(session, address_secret=SECRET)
    assert everything(embedded) == everything(example)
    embedded.dispose()


def test_nothing_is_loaded_when_the_story_breaks_a_rule(engine, tmp_path):
    folder = tmp_path / "fixtures"
    for source in FIXTURES.rglob("*"):
        target = folder / source.relative_to(FIXTURES)
        if source.suffix in {".json", ".geojson", ".csv"}:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    story = json.loads((folder / "story.json").read_text())
    poll = next(plan["referendum"] for area in story["areas"] for plan in area["plans"] if plan["referendum"])
    poll["poll_date"] = "2022-12-26"
    (folder / "story.json").write_text(json.dumps(story))
    with pytest.raises(InvalidRequestError, match="cannot be held on that day"), writing(engine) as session:
        load_example(session, address_secret=SECRET, folder=Path(folder))
    with reading(engine) as session:
        assert list(documents(session)) == []
        assert session.scalar(select(func.count()).select_from(Boundary)) == 0
