import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from app.cli import main as command_line

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
