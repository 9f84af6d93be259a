"""The commands on the record: migrate, import, example, verify-audit; every refusal is one line and exit status 2."""

import json
import shutil
from dataclasses import dataclass

import pytest
import shapely
from sqlalchemy import text

from app.cli.main import main
from app.db import create_database_engine, writing
from app.services.example import FIXTURES
from geo.crs import wgs84_from_bng

GEOJSON = FIXTURES / "geojson"


@dataclass(frozen=True)
class Done:
    """What a command printed, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def folkmoot(tmp_path, monkeypatch, capsys):
    """Run the command as a person does, on a record of its own."""

    def run(*arguments, **environment):
        for name, value in {"FOLKMOOT_DATA_FOLDER": str(tmp_path / "var"), **environment}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["folkmoot", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def record(folkmoot, spatialite_template, tmp_path):
    """The same, on a record at the newest schema."""
    (tmp_path / "var").mkdir()
    shutil.copyfile(spatialite_template, tmp_path / "var" / "folkmoot.sqlite")
    return folkmoot


def refused(done):
    """The one line on standard error of a refusal."""
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert done.stdout == ""
    return lines[0]


def area_file(tmp_path, name, box):
    shape = shapely.geometry.mapping(wgs84_from_bng(shapely.box(*box)))
    feature = {"type": "Feature", "properties": {"reference": name, "name": name}, "geometry": shape}
    path = tmp_path / f"{name}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


def test_migrating_twice_changes_nothing(folkmoot, tmp_path):
    first, second = folkmoot("migrate"), folkmoot("migrate")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert first.stdout == second.stdout == f"The database is at the newest schema ({tmp_path}/var/folkmoot.sqlite).\n"


def test_a_database_that_is_not_migrated_is_told(folkmoot):
    assert "run folkmoot migrate first" in refused(folkmoot("verify-audit"))


def test_boundaries_are_imported_once(record):
    first = record("import-boundaries", "parish", GEOJSON / "parishes.geojson", "--json")
    again = record("import-boundaries", "parish", GEOJSON / "parishes.geojson", "--json")
    assert first.returncode == 0, first.stderr
    document = json.loads(first.stdout)
    assert (document["schema"], document["added"], document["unchanged"]) == ("folkmoot.import-boundaries/1", 14, 0)
    assert json.loads(again.stdout)["unchanged"] == 14
    assert json.loads(record("verify-audit", "--json").stdout)["events"] == 1


def test_existing_areas_are_imported_and_an_overlap_is_refused_whole(record, tmp_path):
    west = area_file(tmp_path, "west", (400_000, 300_000, 401_000, 301_000))
    sliver = area_file(tmp_path, "sliver", (400_998, 300_000, 402_000, 301_000))
    over = area_file(tmp_path, "over", (400_000, 300_990, 401_000, 302_000))
    for path in (west, sliver):
        done = record("import-boundaries", "neighbourhood-area", path, "--valid-from", "2020-01-01")
        assert done.returncode == 0, done.stderr
    line = refused(record("import-boundaries", "neighbourhood-area", over, "--valid-from", "2020-01-01"))
    assert "over (row 1) overlaps a current neighbourhood area: west (NA-000001, up to 10.0 m wide)" in line
    assert json.loads(record("verify-audit", "--json").stdout)["events"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["import-boundaries", "moat", GEOJSON / "wards.geojson"], "no kind of boundary", id="a kind"),
        pytest.param(["import-boundaries", "ward", "nowhere.geojson"], "nowhere.geojson", id="no such file"),
        pytest.param(["import-boundaries", "polling-district", GEOJSON / "wards.geojson"], "--authority", id="whose"),
        pytest.param(
            ["import-boundaries", "neighbourhood-area", GEOJSON / "wards.geojson"], "--valid-from", id="since when"
        ),
        pytest.param(
            [
                "import-boundaries",
                "ward",
                GEOJSON / "streets.geojson",
                "--code-column",
                "name",
                "--valid-from",
                "2020-01-01",
            ],
            "not an area",
            id="lines",
        ),
        pytest.param(
            ["import-register", FIXTURES / "csv" / "uprn.csv", "--authority", "E07999001", "--as-at", "2026-11-02"],
            "uprn.csv",
            id="a register that is none",
        ),
    ],
)
def test_what_cannot_be_imported_is_one_sentence_and_nothing_is_stored(record, arguments, words):
    assert words in refused(record(*arguments))
    assert json.loads(record("verify-audit", "--json").stdout)["events"] == 0


def test_a_register_is_imported_without_names(record):
    files = [f"--locations={FIXTURES / 'csv' / name}" for name in ("uprn.csv", "properties.csv", "postcodes.csv")]
    register = FIXTURES / "csv" / "register.csv"
    done = record("import-register", register, "--authority=E07999001", "--as-at=2026-11-02", *files, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["entries"], document["unreadable"]) == (15_000, [])


def test_an_edit_made_in_the_database_is_found_by_verify_audit(record, tmp_path):
    record("import-boundaries", "parish", GEOJSON / "parishes.geojson")
    record("import-boundaries", "ward", GEOJSON / "wards.geojson")
    engine = create_database_engine(f"sqlite:///{tmp_path / 'var' / 'folkmoot.sqlite'}")
    with writing(engine) as session:
        session.execute(text("DROP TRIGGER audit_event_no_update"))
        session.execute(text("UPDATE audit_event SET actor = 'somebody else' WHERE seq = 1"))
    engine.dispose()
    done = record("verify-audit")
    assert done.returncode == 1
    assert "Fault: event 1 is not as it was written." in done.stdout


def test_a_setting_that_cannot_be_used_is_named(folkmoot):
    assert "FOLKMOOT_PORT" in refused(folkmoot("migrate", FOLKMOOT_PORT="many"))


def test_the_example_is_never_loaded_in_production(record):
    assert "production mode" in refused(record("example", "load", FOLKMOOT_MODE="production"))


def test_counts_by_output_area_are_imported_from_a_table(record, tmp_path):
    table = tmp_path / "adults.csv"
    table.write_text('OA21CD,18+\nE00999001,"1,200"\nE00999002,80\n', encoding="utf-8")
    words = ("import-counts", table, "--authority", "E07999101", "--as-at", "2024-06-30", "--column")
    done = record(*words, "18+")
    assert done.stdout.strip() == "Imported 2 output areas with 1,280 adults for E07999101.", done.stderr
    assert "adults.csv has no column adults" in refused(record(*words, "adults"))
