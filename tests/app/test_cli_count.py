import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from app.cli import main as command_line
from referendum.count_file import read_count
from referendum.errors import CountFileError

ROOT = Path(__file__).parents[2]
COUNTS = ROOT / "fixtures" / "counts"


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


def schema(name):
    return Draft202012Validator(
        json.loads((ROOT / "app" / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize("count_file", sorted(COUNTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_example_count_follows_its_published_schema_and_so_does_its_result(folkmoot, count_file):
    schema("folkmoot.count-1").validate(json.loads(count_file.read_text(encoding="utf-8")))
    status, out, err = folkmoot("tally", count_file, "--json")

    document = json.loads(out)
    schema("folkmoot.result-1").validate(document)
    assert err == ""
    assert status == (1 if any(finding["severity"] == "error" for finding in document["findings"]) else 0)


def test_the_result_document_has_exactly_the_published_members(folkmoot):
    _, out, _ = folkmoot("tally", COUNTS / "alderbrook-first-count.json", "--json")
    document = json.loads(out)
    findings = document.pop("findings")

    assert document == {
        "schema": "folkmoot.result/1",
        "polls": {
            "residential": {
                "electorate": 2431,
                "papers_counted": 1026,
                "yes": 508,
                "no": 506,
                "rejected": {
                    "official_mark": 0,
                    "more_than_one_answer": 4,
                    "identifies_voter": 1,
                    "unmarked_or_uncertain": 7,
                },
                "turnout_papers": "42.20",
                "turnout_valid": "41.71",
                "yes_share": "50.10",
                "majority_in_favour": True,
                "tie": False,
            }
        },
        "decision": "must-make",
        "in_development_plan_from": "2026-09-10",
        "make_by": "2026-11-05",
        "repeat_window_until": None,
    }
    assert [(finding["code"], finding["rule"]) for finding in findings] == [
        ("box-variance", "COUNT-3"),
        ("yes-not-half-of-papers", "RESULT-2"),
    ]


def test_words_say_the_figures_and_what_follows(folkmoot):
    status, out, _ = folkmoot("tally", COUNTS / "alderbrook-recount-tie.json")
    assert status == 0
    assert "must not be made" in out
    assert "42.20%" in out
    assert "no majority in favour" in out


def test_words_give_no_outcome_while_the_figures_do_not_add_up(folkmoot):
    status, out, _ = folkmoot("tally", COUNTS / "alderbrook-does-not-add-up.json")
    assert status == 1
    assert "There is no result yet" in out
    assert "509 yes + 506 no + 12 rejected = 1027" in out
    assert "must be made" not in out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("not json", "not JSON", id="not JSON"),
        pytest.param("{}", "/instrument", id="nothing in it"),
        pytest.param('{"instrument": "ndp", "votes": 3}', "/votes", id="an unknown member"),
    ],
)
def test_a_broken_file_is_one_line_and_status_2(folkmoot, tmp_path, content, said):
    broken = tmp_path / "count.json"
    broken.write_text(content, encoding="utf-8")
    status, out, err = folkmoot("tally", broken, "--json")
    assert (status, out) == (2, "")
    assert err.startswith("folkmoot: ")
    assert err.count("\n") == 1
    assert said in err


def test_a_file_that_is_not_there_is_one_line_and_status_2(folkmoot, tmp_path):
    status, out, err = folkmoot("tally", tmp_path / "no.json")
    assert (status, out, err.count("\n")) == (2, "", 1)
    status, out, err = folkmoot("tally", tmp_path)
    assert (status, out, err.count("\n")) == (2, "", 1)


@pytest.fixture
def sealed(folkmoot, tmp_path):
    """A bundle of the worked example with its timetable and referendum area, written by the command."""
    boundary = tmp_path / "area.geojson"
    ring = [[400000, 200000], [401000, 200000], [401000, 201000], [400000, 200000]]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    boundary.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    _, dates, _ = folkmoot("timetable", "--decision", "2026-07-02", "--poll", "2026-09-10", "--json")
    timetable = tmp_path / "timetable.json"
    timetable.write_text(dates, encoding="utf-8")
    ledger = tmp_path / "ledger.csv"
    ledger.write_text("number,decision\n", encoding="utf-8")
    out = tmp_path / "bundle.json"
    count = COUNTS / "alderbrook-first-count.json"
    status, said, err = folkmoot(
        "result-bundle", count, "--out", out, "--reference", "NR-000001", "--boundary", boundary,
        "--timetable", timetable, "--ledger", ledger,
    )  # fmt: skip
    assert (status, said, err) == (0, "", "")
    return out


def test_a_bundle_made_by_the_command_verifies_by_the_command(folkmoot, sealed):
    bundle = json.loads(sealed.read_text(encoding="utf-8"))
    status, out, _ = folkmoot("verify", sealed, "--expect", bundle["seal"]["sha256"], "--json")
    document = json.loads(out)
    assert (status, document["schema"], document["verified"]) == (0, "folkmoot.verify/1", True)
    schema("folkmoot.verify-1").validate(document)
    held = {check["name"]: check["holds"] for check in document["checks"]}
    assert held["timetable"]
    assert held["referendum_area"]
    assert held["audit"] is None
    assert held["published hash"]


def test_one_figure_changed_fails_and_says_which_checks(folkmoot, sealed):
    text = sealed.read_text(encoding="utf-8")
    sealed.write_text(text.replace('"no": 506', '"no": 505', 1), encoding="utf-8")
    status, out, _ = folkmoot("verify", sealed)
    assert status == 1
    assert "FAILED papers: papers verified against yes + no + rejected" in out
    assert "FAILED seal" in out


def test_a_bundle_is_printed_when_no_file_is_named(folkmoot):
    status, out, _ = folkmoot("result-bundle", COUNTS / "alderbrook-no.json")
    schema("folkmoot.result-bundle-1").validate(json.loads(out))
    assert status == 0


@pytest.mark.parametrize(
    ("option", "content", "said"),
    [
        pytest.param("--timetable", "{}", "folkmoot.timetable/1", id="not a timetable"),
        pytest.param("--electorate", "[", "not JSON", id="electorate is not JSON"),
        pytest.param("--boundary", '{"type": "Point", "coordinates": [1, 2]}', "one polygon", id="a point"),
        pytest.param("--boundary", '{"type": "FeatureCollection", "features": []}', "one polygon", id="no feature"),
        pytest.param("--audit", "{}", "list of events", id="record is no list"),
    ],
)
def test_evidence_that_cannot_be_used_is_one_line_and_status_2(folkmoot, tmp_path, option, content, said):
    given = tmp_path / "given.json"
    given.write_text(content, encoding="utf-8")
    status, out, err = folkmoot("result-bundle", COUNTS / "alderbrook-no.json", option, given)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize("content", ["not json", '{"a": 1, "a": 2}'])
def test_a_bundle_that_cannot_be_read_is_one_line_and_status_2(folkmoot, tmp_path, content):
    given = tmp_path / "bundle.json"
    given.write_text(content, encoding="utf-8")
    status, out, err = folkmoot("verify", given)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_bundle_that_cannot_be_written_is_one_line_and_status_2(folkmoot, tmp_path):
    status, out, err = folkmoot("result-bundle", COUNTS / "alderbrook-no.json", "--out", tmp_path)
    assert (status, out, err.count("\n")) == (2, "", 1)


def paths(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from paths(inner, (*path, step))


def is_read(document):
    try:
        read_count(document)
    except CountFileError:
        return False
    return True


@pytest.mark.parametrize("wrong", [-1, 1.5, True, None, [], {}, " ", "2026\n-13"], ids=repr)
def test_the_published_schema_and_the_reader_refuse_the_same_members(wrong):
    text = (COUNTS / "alderbrook-business-split.json").read_text(encoding="utf-8")
    published = schema("folkmoot.count-1")
    for path in paths(json.loads(text)):
        document = {"": json.loads(text)}
        place = document
        *steps, last = ("", *path)
        for step in steps:
            place = place[step]
        if place[last] == wrong:
            continue
        place[last] = wrong
        assert published.is_valid(document[""]) == is_read(document[""]), path
