import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from shapely import box, to_wkt

from geo.layer_check import check_layer, layer_document
from geo.reading import read_layer

ROOT = Path(__file__).parents[2]
EAST, NORTH = 480_000, 215_000


def land(west, south, east, north):
    return to_wkt(box(EAST + west, NORTH + south, EAST + east, NORTH + north))


@pytest.fixture
def layer(tmp_path):
    """Read rows of reference and WKT as a CSV file does them."""

    def read(*rows):
        path = tmp_path / "layer.csv"
        path.write_text("reference,wkt\n" + "".join(f'{name},"{wkt}"\n' for name, wkt in rows), encoding="utf-8")
        return read_layer(path)

    return read


BOW_TIE = (
    f"POLYGON(({EAST} {NORTH},{EAST + 100} {NORTH + 100},{EAST + 100} {NORTH},{EAST} {NORTH + 100},{EAST} {NORTH}))"
)


@pytest.mark.rule("AREA-15")
def test_a_layer_with_one_of_everything(layer):
    report = check_layer(
        layer(
            ("A", land(0, 0, 1000, 1000)),
            ("B", land(998, 0, 2000, 1000)),
            ("C", land(2001, 0, 3000, 1000)),
            ("D", land(2900, 500, 4000, 1000)),
            ("E", land(0, 0, 1000, 1001)),
            ("F", "POLYGON((1 2, 3"),
            ("", land(5000, 0, 6000, 1000)),
        )
    )
    document = layer_document(report)
    schema = json.loads((ROOT / "app" / "schemas" / "folkmoot.check-layer-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    assert document["summary"] == {"rows": 7, "valid": 6, "invalid": 1, "overlaps": 4, "slivers": 2, "gaps": 1}
    assert [(one["a"], one["b"], one["sliver"]) for one in document["overlaps"]] == [
        ("A", "B", True),
        ("A", "E", False),
        ("B", "E", True),
        ("C", "D", False),
    ]
    assert document["gaps"][0]["max_width_m"] == pytest.approx(1.0, abs=0.01)
    assert document["gaps"][0]["area_m2"] == pytest.approx(1000.0, rel=0.01)
    found = {row["reference"]: [finding["code"] for finding in row["findings"]] for row in document["rows"]}
    assert found["A"] == ["sliver", "near-duplicate"]
    assert found["D"] == ["overlap"]
    assert [row["valid"] for row in document["rows"]] == [True] * 5 + [False, True]


def test_an_invalid_row_is_reported_and_compared_by_the_land_it_encloses(layer):
    document = layer_document(check_layer(layer(("A", BOW_TIE), ("B", land(50, 0, 150, 100)))))
    assert [row["valid"] for row in document["rows"]] == [False, True]
    assert document["rows"][0]["findings"]
    assert [one["area_m2"] for one in document["overlaps"]] == [2500.0]


@pytest.mark.real_data
def test_the_real_areas_are_a_layer_of_slivers_and_gaps(real_data):
    document = layer_document(check_layer(read_layer(real_data / "buckinghamshire" / "neighbourhood_areas.geojson")))
    summary = document["summary"]
    assert (summary["rows"], summary["valid"], summary["overlaps"], summary["slivers"]) == (39, 39, 34, 34)
    assert summary["gaps"] > 0
    assert all(0 < gap["max_width_m"] <= 3.0 for gap in document["gaps"])


@pytest.mark.real_data
def test_the_real_parishes_overlap_in_slivers_only(real_data):
    report = check_layer(read_layer(real_data / "buckinghamshire" / "parishes.gpkg"))
    assert len(report.overlaps) >= 311
    assert all(pair.sliver for pair in report.overlaps)
