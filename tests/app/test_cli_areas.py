import csv
import json
from pathlib import Path

import geopandas
import pyogrio
import pytest
from jsonschema import Draft202012Validator
from shapely import Polygon, box, to_wkt

from app.cli import main as command_line

ROOT = Path(__file__).parents[2]
EAST, NORTH = 480_000, 215_000


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


def land(west, south, east, north):
    return box(EAST + west, NORTH + south, EAST + east, NORTH + north)


@pytest.fixture
def write(tmp_path):
    """Write shapes on the British grid as a CSV file, one row each; further columns by keyword."""

    def file(name, rows):
        columns = list(dict.fromkeys(column for row in rows for column in row if column != "wkt"))
        lines = ["|".join([*columns, "wkt"])]
        for row in rows:
            shape = row["wkt"]
            text = shape if isinstance(shape, str) else to_wkt(shape)
            lines.append("|".join([*(str(row.get(column, "")) for column in columns), f'"{text}"']))
        path = tmp_path / name
        path.write_text("\n".join(lines).replace("|", ",") + "\n", encoding="utf-8")
        return path

    return file


@pytest.fixture
def places(write):
    whole = {"reference": "E04000001", "name": "Alderbrook", "has_council": "yes", "wkt": land(0, 0, 1000, 2000)}
    beside = {"reference": "E04000002", "name": "Beecham", "has_council": "no", "wkt": land(1000, 0, 2000, 2000)}
    return {
        "parishes": write("parishes.csv", [whole, beside]),
        "authorities": write(
            "authorities.csv", [{"reference": "E60000001", "name": "Elmshire", "wkt": land(-9000, -9000, 9000, 9000)}]
        ),
        "areas": write(
            "areas.csv",
            [
                {"reference": "NA-000001", "name": "Old Mill", "end-date": "", "wkt": land(998, 0, 2000, 2000)},
                {"reference": "NA-000002", "name": "Gone", "end-date": "2020-01-01", "wkt": land(0, 0, 900, 900)},
            ],
        ),
    }


def schema(name):
    return Draft202012Validator(
        json.loads((ROOT / "app" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    )


def everything(places):
    return ["--areas", places["areas"], "--parishes", places["parishes"], "--authorities", places["authorities"]]


def test_the_document_of_a_whole_parish(folkmoot, write, places):
    area = write("area.csv", [{"reference": "A1", "name": "Alderbrook", "wkt": land(0, 0, 1000, 2000)}])
    given = [*everything(places), "--applicant", "parish:E04000001", "--on", "2026-11-21"]
    status, out, err = folkmoot("check-area", area, *given, "--json")

    document = json.loads(out)
    schema("folkmoot.check-area-1").validate(document)
    assert (status, err) == (0, "")
    assert (document["verdict"], document["route"], document["clock_weeks"]) == (
        "needs-officer",
        "must-designate",
        None,
    )
    assert [found["code"] for found in document["findings"]] == ["sliver", "whole-parish"]
    assert [parish["has_council"] for parish in document["parishes"]] == [True]
    assert [one["reference"] for one in document["overlaps"]] == ["NA-000001"]


@pytest.mark.rule("T-2")
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param("2019-12-31", (1, {"NA-000001", "NA-000002"}), id="an area that was current then"),
        pytest.param("2020-01-01", (0, {"NA-000001"}), id="the day it ended"),
    ],
)
def test_places_are_those_in_force_on_the_day(folkmoot, write, places, on, expected):
    area = write("area.csv", [{"reference": "A1", "wkt": land(0, 0, 999, 1000)}])
    ended, out, _ = folkmoot("check-area", area, *everything(places), "--on", on, "--json")
    assert (ended, {one["reference"] for one in json.loads(out)["overlaps"]}) == expected


@pytest.mark.rule("AREA-15")
@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2026-11-21", "", ["overlap"], id="it begins on the day"),
        pytest.param("2026-11-22", "", ["overlap", "area-still-to-come"], id="it begins the day after"),
        pytest.param("2027-01-01", "2028-01-01", ["overlap", "area-still-to-come"], id="it begins later and will end"),
        pytest.param("2020-01-01", "2026-11-21", [], id="it ended on the day"),
        pytest.param("2020-01-01", "2026-11-22", ["overlap"], id="it ends the day after"),
    ],
)
def test_areas_still_to_come_count_and_areas_that_ended_do_not(folkmoot, write, start, end, expected):
    area = write("area.csv", [{"reference": "A1", "wkt": land(0, 0, 1000, 1000)}])
    row = {"reference": "NA-000007", "name": "Mill", "start-date": start, "end-date": end}
    areas = write("areas.csv", [{**row, "wkt": land(500, 0, 2000, 1000)}])
    _, out, _ = folkmoot("check-area", area, "--areas", areas, "--on", "2026-11-21", "--json")
    about = [found["code"] for found in json.loads(out)["findings"] if found["with"] == "NA-000007"]
    assert [code for code in about if code != "remainder"] == expected


@pytest.mark.rule("AREA-7", "AREA-14")
def test_open_applications_are_told_of_by_a_file(folkmoot, write, places):
    area = write("area.csv", [{"reference": "A1", "wkt": land(0, 0, 900, 1000)}])
    waiting = write(
        "waiting.csv",
        [
            {"reference": "NA-000020", "applicant": "parish:E04000001", "wkt": land(5000, 0, 6000, 1000)},
            {"reference": "NA-000021", "applicant": "forum", "wkt": land(800, 0, 1500, 1000)},
            {"reference": "NA-000022", "applicant": "parish:E04000002", "wkt": land(1500, 0, 1900, 1000)},
            {"reference": "A1", "applicant": "parish:E04000001", "wkt": land(0, 0, 900, 1000)},
        ],
    )
    given = [*everything(places), "--applicant", "parish:E04000001", "--on", "2026-11-21"]
    _, out, _ = folkmoot("check-area", area, *given, "--open-applications", waiting, "--json")
    about = [(found["code"], found["with"]) for found in json.loads(out)["findings"]]
    assert ("duplicate-application", "NA-000020") in about
    assert ("competing-application", "NA-000021") in about
    assert not {"NA-000022", "A1"} & {reference for _, reference in about}


def test_an_area_in_the_file_of_areas_is_not_compared_with_itself(folkmoot, places):
    status, out, _ = folkmoot(
        "check-area",
        places["areas"],
        "--feature",
        "NA-000001",
        "--areas",
        places["areas"],
        "--on",
        "2026-01-01",
        "--json",
    )
    assert (status, json.loads(out)["overlaps"]) == (0, [])


def test_plain_words_put_the_answer_first_and_errors_before_notes(folkmoot, write, places):
    area = write("area.csv", [{"reference": "A1", "name": "Mill End", "wkt": land(500, 0, 1500, 1000)}])
    status, out, _ = folkmoot("check-area", area, *everything(places), "--applicant", "forum", "--on", "2026-11-21")
    lines = out.splitlines()
    assert status == 1
    assert lines[0] == "Mill End"
    assert "Not acceptable" in lines[1]
    assert "bars" in lines[2]
    findings = lines[lines.index("Findings") + 1 :]
    assert findings[0].startswith("  error: ")
    assert "Alderbrook (E04000001): 25.00% of the parish, 50.00% of the area" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--applicant", "council"], "write parish:", id="an applicant nobody understands"),
        pytest.param(["--areas", "no-such-file.gpkg"], "no-such-file.gpkg", id="a file that is not there"),
        pytest.param(["--feature", "A9"], "A9", id="a feature that is not there"),
        pytest.param(["--applicant", "parish:E04999999"], "E04999999", id="a parish that is not in the file"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_status_two(folkmoot, write, places, words, said):
    area = write("area.csv", [{"reference": "A1", "wkt": land(0, 0, 1000, 2000)}])
    status, out, err = folkmoot("check-area", area, "--parishes", places["parishes"], *words, "--json")
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_row_that_cannot_be_used_is_said_and_stops_nothing(folkmoot, write):
    area = write("area.csv", [{"reference": "A1", "wkt": land(0, 0, 1000, 2000)}])
    areas = write(
        "broken.csv", [{"reference": "X", "wkt": "POLYGON((1 2"}, {"reference": "Y", "wkt": land(900, 0, 1100, 99)}]
    )
    status, out, _ = folkmoot("check-area", area, "--areas", areas, "--json")
    document = json.loads(out)
    assert status == 1
    assert [one["reference"] for one in document["overlaps"]] == ["Y"]
    assert ("row-not-used", "X") in [(found["code"], found["with"]) for found in document["findings"]]


def test_a_boundary_that_crosses_itself_is_refused_in_the_verdict(folkmoot, write):
    bow_tie = Polygon([(EAST, NORTH), (EAST + 100, NORTH + 100), (EAST + 100, NORTH), (EAST, NORTH + 100)])
    area = write("area.csv", [{"reference": "A1", "wkt": bow_tie}])
    status, out, _ = folkmoot("check-area", area, "--json")
    assert (status, json.loads(out)["verdict"]) == (1, "not-acceptable")


def test_a_repair_is_offered_beside_the_original_and_says_what_it_changes(folkmoot, write, tmp_path):
    bow_tie = Polygon([(EAST, NORTH), (EAST + 100, NORTH + 100), (EAST + 100, NORTH), (EAST, NORTH + 100)])
    area = write("area.csv", [{"reference": "A1", "wkt": bow_tie}])
    before = area.read_bytes()
    offered = tmp_path / "offered.geojson"
    status, _, err = folkmoot("check-area", area, "--repair", offered, "--json")
    assert (status, area.read_bytes()) == (1, before)
    assert "The candidate changes" in err
    status, out, _ = folkmoot("check-area", offered, "--json")
    assert (status, json.loads(out)["area_ha"]) == (0, pytest.approx(0.5, abs=0.001))
    status, _, err = folkmoot("check-area", area, "--repair", area)
    assert (status, area.read_bytes()) == (2, before)
    assert "never changed" in err


@pytest.mark.rule("AREA-15", "T-1")
@pytest.mark.parametrize(
    ("west", "before"),
    [
        pytest.param(998, {"overlaps": 1, "gaps": 0}, id="a sliver"),
        pytest.param(1002, {"overlaps": 0, "gaps": 1}, id="a gap"),
    ],
)
def test_a_clean_edge_is_offered_and_once_taken_the_two_share_it(folkmoot, write, tmp_path, west, before):
    area = write("area.csv", [{"reference": "A1", "name": "Alder", "wkt": land(0, 0, 1000, 1000)}])
    beside = {"reference": "NA-000001", "name": "Birch"}
    areas = write("areas.csv", [{**beside, "wkt": land(west, 0, 2000, 1000)}])
    offered, given = tmp_path / "clean.geojson", area.read_bytes()

    def found(path, *more):
        status, out, err = folkmoot("check-area", path, "--areas", areas, *more, "--json")
        document = json.loads(out)
        gaps = sum(one["code"] == "gap" for one in document["findings"])
        return status, {"overlaps": len(document["overlaps"]), "gaps": gaps}, err

    status, known, err = found(area, "--clean-edge", offered)
    assert (status, known, area.read_bytes()) == (0, before, given)
    assert f"{offered}: The clean edge takes" in err
    assert "along NA-000001" in err
    (feature,) = json.loads(offered.read_text(encoding="utf-8"))["features"]
    assert (feature["properties"]["reference"], feature["properties"]["name"]) == ("A1", "Alder")
    assert feature["properties"]["changes"] in err
    assert found(offered)[1] == {"overlaps": 0, "gaps": 0}
    again = tmp_path / "again.geojson"
    assert "is not written: There is no sliver and no gap to clean." in found(offered, "--clean-edge", again)[2]
    assert not again.exists()


@pytest.mark.parametrize("option", ["--repair", "--clean-edge", "--remainder"])
def test_no_file_that_was_given_is_ever_written_over(folkmoot, write, places, option):
    area = write("area.csv", [{"reference": "A1", "wkt": land(0, 0, 999, 1000)}])
    for given in (area, places["areas"], places["parishes"]):
        before = given.read_bytes()
        status, out, err = folkmoot("check-area", area, *everything(places), option, given, "--json")
        assert (status, out, given.read_bytes()) == (2, "", before)
        assert "never changed" in err


def test_a_clean_edge_needs_areas_to_follow(folkmoot, write, tmp_path):
    area = write("area.csv", [{"reference": "A1", "wkt": land(0, 0, 999, 1000)}])
    status, _, err = folkmoot("check-area", area, "--clean-edge", tmp_path / "clean.geojson")
    assert status == 2
    assert "--areas" in err


@pytest.mark.rule("AREA-9")
@pytest.mark.parametrize(
    ("shape", "words", "share"),
    [
        pytest.param(land(500, 0, 1498, 1000), "A refusal would leave 49.80 ha to designate.", 0.5, id="half is taken"),
        pytest.param(land(0, 0, 900, 1000), "all of it is left", 1.0, id="none is taken"),
        pytest.param(land(1100, 0, 1900, 1000), "All of this land is already in", None, id="all is taken"),
    ],
)
def test_what_a_refusal_leaves_is_written_as_a_boundary(folkmoot, write, places, tmp_path, *, shape, words, share):
    area = write("area.csv", [{"reference": "A1", "wkt": shape}])
    left = tmp_path / "left.geojson"
    _, _, err = folkmoot("check-area", area, "--areas", places["areas"], "--on", "2026-11-21", "--remainder", left)
    assert words in err
    assert left.exists() == (share is not None)
    if share is not None:
        _, out, _ = folkmoot("check-area", left, "--areas", places["areas"], "--on", "2026-11-21", "--json")
        document = json.loads(out)
        assert document["area_ha"] == pytest.approx(share * shape.area / 10_000, rel=0.003)
        assert [one for one in document["overlaps"] if not one["sliver"]] == []


def test_one_feature_of_several_is_chosen_by_reference_name_or_row_or_all_are_joined(folkmoot, write):
    areas = write(
        "areas.csv",
        [
            {"reference": "A1", "name": "Alder", "wkt": land(0, 0, 1000, 1000)},
            {"reference": "B2", "name": "Birch", "wkt": land(1000, 0, 1500, 1000)},
        ],
    )

    def hectares(*chosen):
        status, out, err = folkmoot("check-area", areas, *chosen, "--json")
        return json.loads(out)["area_ha"] if status == 0 else err

    assert [hectares("--feature", chosen) for chosen in ("a1", "Birch", "2")] == [100.0, 50.0, 50.0]
    assert hectares("--dissolve") == 150.0
    refused = hectares()
    assert refused.count("\n") == 1
    assert "2 features (A1 Alder, B2 Birch)" in refused
    assert "--feature REF, or --dissolve" in refused


def test_one_layer_of_several_is_chosen(folkmoot, tmp_path):
    path = tmp_path / "two.gpkg"
    for layer, wide in (("draft", 500), ("final", 1000)):
        frame = geopandas.GeoDataFrame({"reference": ["A1"]}, geometry=[land(0, 0, wide, 1000)], crs=27700)
        frame.to_file(path, layer=layer, driver="GPKG", engine="pyogrio")
    status, out, _ = folkmoot("check-area", path, "--layer", "final", "--json")
    assert (status, json.loads(out)["area_ha"], json.loads(out)["source"]["layer"]) == (0, 100.0, "final")
    status, _, err = folkmoot("check-area", path, "--json")
    assert status == 2
    assert err == "folkmoot: two.gpkg has 2 layers (draft, final): say which is meant. (--layer NAME)\n"


def test_a_place_is_said_once(folkmoot, write):
    bow_tie = Polygon([(EAST, NORTH), (EAST + 100, NORTH + 100), (EAST + 100, NORTH), (EAST, NORTH + 100)])
    area = write("area.csv", [{"reference": "A1", "wkt": bow_tie}])
    _, out, _ = folkmoot("check-area", area)
    assert out.count("480050.00, 215050.00") == 1


def test_a_layer_is_checked_row_by_row_and_reported_as_table_and_geopackage(folkmoot, write, tmp_path):
    layer = write(
        "layer.csv",
        [
            {"reference": "A", "wkt": land(0, 0, 1000, 1000)},
            {"reference": "=B", "wkt": land(990, 0, 2000, 1000)},
            {"reference": "C", "wkt": "POLYGON((1 2"},
            {"reference": "D", "wkt": land(2001, 0, 3000, 1000)},
        ],
    )
    table, geopackage = tmp_path / "out.csv", tmp_path / "out.gpkg"
    status, out, err = folkmoot("check-layer", layer, "--json", "--csv", table, "--gpkg", geopackage)
    document = json.loads(out)
    schema("folkmoot.check-layer-1").validate(document)
    assert (status, err) == (1, "")
    assert document["summary"] == {"rows": 4, "valid": 3, "invalid": 1, "overlaps": 1, "slivers": 0, "gaps": 1}
    lines = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert [(line["reference"], line["code"]) for line in lines if line["code"] in {"overlap", "gap"}] == [
        ("A", "overlap"),
        ("'=B", "overlap"),
        ("", "gap"),
    ]
    assert pyogrio.read_info(geopackage, layer="overlaps")["features"] == 1
    assert pyogrio.read_info(geopackage, layer="gaps")["crs"] == "EPSG:27700"

    status, out, _ = folkmoot("check-layer", layer)
    assert status == 1
    assert "4 rows, 3 valid and 1 not." in out


@pytest.mark.real_data
@pytest.mark.rule("AREA-10", "AREA-15", "T-1", "T-3")
def test_a_real_area_is_its_whole_parish_and_meets_its_neighbours_in_slivers(folkmoot, real_data):
    folder = real_data / "buckinghamshire"
    areas = folder / "neighbourhood_areas.geojson"
    given = ["--areas", areas, "--parishes", folder / "parishes.gpkg", "--applicant", "parish:E04001547"]
    given += ["--authorities", folder / "local_planning_authorities.gpkg", "--on", "2021-06-01", "--json"]
    status, out, _ = folkmoot("check-area", areas, "--feature", "neighbourhood-plan-area:wendover", *given)
    document = json.loads(out)
    schema("folkmoot.check-area-1").validate(document)
    assert (status, document["route"], document["clock_weeks"]) == (0, "must-designate", None)
    assert all(one["sliver"] for one in document["overlaps"])
    assert [one["code"] for one in document["parishes"]] == ["E04001547"]
    assert [(one["code"], one["share_of_area"]) for one in document["authorities"]] == [("E60000331", "1.0000")]
