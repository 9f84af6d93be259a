"""`folkmoot example register`: a register others can read, on invented ground and on real postcodes."""

import csv
from collections import Counter

import numpy as np
import pytest
import shapely

from app.cli import main as command_line
from fixtures.spec import folder
from geo.locations import read_locations
from geo.reading import read_layer
from geo.registers import open_register

MAP = folder() / "geojson" / "polling_districts.geojson"
POSTCODES = folder() / "csv" / "postcodes.csv"


@pytest.fixture
def folkmoot(monkeypatch, capsys):
    """Run the command as a person does; returns exit status, standard output and standard error."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["folkmoot", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.fixture
def asked(tmp_path):
    """The words that ask for a register of two districts, and where it is to be written."""
    totals, out = tmp_path / "totals.csv", tmp_path / "out" / "register.csv"
    totals.write_text("PD_ID,Electors\nHO1,250\nKE1,120\n", encoding="utf-8")
    out.parent.mkdir()
    words = ["--postcodes", POSTCODES, "--polling-districts", MAP, "--totals", totals, "--out", out]
    return ["example", "register", *words], out


def test_it_writes_the_register_and_nothing_else(folkmoot, asked):
    words, out = asked
    status, said, err = folkmoot(*words, "--seed", 5)
    assert (status, err) == (0, "")
    assert "370 invented entries in 2 polling districts" in said
    assert [path.name for path in out.parent.iterdir()] == ["register.csv"]
    register = open_register([out])
    assert Counter(entry.polling_district for entry in register) == {"HO1": 250, "KE1": 120}
    assert register.layout == "xpress-full"
    assert register.unreadable == ()


def test_the_same_seed_writes_the_same_bytes(folkmoot, asked):
    words, out = asked
    written = []
    for seed in (5, 5, 6):
        folkmoot(*words, "--seed", seed)
        written.append(out.read_bytes())
    assert written[0] == written[1] != written[2]


def test_bad_input_is_one_line_and_leaves_nothing(folkmoot, asked, tmp_path):
    words, out = asked
    (tmp_path / "totals.csv").write_text("PD_ID,Electors\nQQ9,250\n", encoding="utf-8")
    status, said, err = folkmoot(*words)
    assert (status, said, err.count("\n")) == (2, "", 1)
    assert err.startswith("folkmoot: ")
    assert list(out.parent.iterdir()) == []


def test_a_place_that_cannot_be_written_is_one_line(folkmoot, asked, tmp_path):
    words, _ = asked
    status, _, err = folkmoot(*words, "--out", tmp_path / "absent" / "register.csv")
    assert (status, err.count("\n")) == (2, 1)
    assert "cannot be written" in err


@pytest.mark.real_data
def test_trafford_has_its_real_totals_on_its_real_postcodes(folkmoot, real_data, tmp_path):
    source, out = real_data / "trafford", tmp_path / "register.csv"
    totals = source / "polling_district_electors_forecast_2027.csv"
    status, _, err = folkmoot(
        *("example", "register", "--postcodes", source / "postcodes_onspd_2025_02.csv"),
        *("--polling-districts", source / "polling_districts.gpkg", "--totals", totals, "--out", out, "--seed", 7),
    )
    assert (status, err) == (0, "")
    with totals.open(encoding="utf-8-sig", newline="") as file:
        wanted = {row["PD_ID"]: int(row["Local electors 2027"]) for row in csv.DictReader(file)}
    with out.open(encoding="utf-8", newline="") as file:
        pairs = Counter((row["Elector Number Prefix"], row["PostCode"]) for row in csv.DictReader(file))
    assert sum(wanted.values()) == 183_136
    assert {code: sum(n for (one, _), n in pairs.items() if one == code) for code in wanted} == wanted
    points = read_locations([source / "postcodes_onspd_2025_02.csv"]).postcodes
    at = points.find(np.array([code.replace(" ", "").encode() for _, code in pairs], "S7"))
    shape = {
        feature.attributes["area_name"]: feature.geometry_bng
        for feature in read_layer(source / "polling_districts.gpkg").features
    }
    assert at.min() >= 0
    shapes = np.array([shape[code] for code, _ in pairs])
    assert shapely.intersects_xy(shapes, points.easting[at], points.northing[at]).all()
