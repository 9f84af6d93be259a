import json

import pytest
from jsonschema import Draft202012Validator

from app.cli import main as command_line
from fixtures.spec import folder

MAP, TABLES = folder() / "geojson", folder() / "csv"
WORDS = [MAP / "referendum_areas.geojson", "--zones", MAP / "output_areas.geojson", "--count-column", "population"]


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


def test_an_estimate_of_the_example_is_labelled_and_near_the_register(folkmoot):
    """1,321 entries are in the area and people of every age are counted here, so the ratio is the example's own."""
    words = [*WORDS, "--locations", TABLES / "uprn.csv", "--electors-per-adult", "0.75", "--as-at", "2026-11-02"]
    status, out, err = folkmoot("estimate", *words, "--json")
    document = json.loads(out)
    schema = folder().parent / "app" / "schemas" / "folkmoot.estimate-1.schema.json"
    Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(document)
    assert (status, err) == (0, "")
    assert "not an electorate" in document["label"]
    assert document["electors_low"] < 1_321 < document["electors_high"]
    assert document["zones"]["by_points"] > 0
    assert [one["name"] for one in document["inputs"]] == ["output_areas.geojson", "uprn.csv"]
    status, out, _ = folkmoot("estimate", *words)
    assert (status, f"about {document['electors']:,}, between" in out) == (0, True)


def test_counts_in_a_table_of_their_own(folkmoot, tmp_path):
    features = json.loads((MAP / "output_areas.geojson").read_text(encoding="utf-8"))["features"]
    table = tmp_path / "adults.csv"
    lines = [f"2026,{one['properties']['code']},100" for one in features]
    table.write_text("\n".join(["year,area_code,adults", *lines]), encoding="utf-8")
    words = [*WORDS[:3], "--counts", table, "--count-column", "adults", "--json"]
    document = json.loads(folkmoot("estimate", *words)[1])
    assert document["adults"] > 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param([*WORDS, "--electors-per-adult", "lots"], "is not understood", id="ratio"),
        pytest.param([*WORDS[:4], "people"], "name another column", id="column"),
        pytest.param([*WORDS, "--counts", TABLES / "uprn.csv"], "has no column population", id="table"),
    ],
)
def test_bad_input_is_one_line_and_status_2(folkmoot, words, said):
    status, out, err = folkmoot("estimate", *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
