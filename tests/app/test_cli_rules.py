"""The rule book at the command line."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import jsonschema
import pytest

from app.cli import rules
from app.cli.main import main
from app.clock import FixedClock
from referendum.rulebook import rules as rule_book


@pytest.fixture
def folkmoot(monkeypatch, capsys):
    """Run the command line on 21 November 2026: (exit status, standard output, standard error)."""
    monkeypatch.setattr("app.cli.main.COMMAND_MODULES", ("law", "rules"))
    monkeypatch.setattr(rules, "Clock", lambda: FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC)))

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["folkmoot", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


def validated(text, name):
    document = json.loads(text)
    schema = json.loads(files("app.schemas").joinpath(f"{name}.schema.json").read_text("utf-8"))
    jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())
    return document


@pytest.mark.rule("REF-7")
def test_a_rule_explained(folkmoot):
    status, out, err = folkmoot("explain", "ref-7")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "REF-7, computation"
    assert lines[2] == "Source: Referendums Regulations 2012 reg 2A"
    assert "U (unverified)" in lines[3]
    assert "In force from 1 October 2016: in force on 21 November 2026." in lines
    assert "  ordinary: 56 working days (V2; RR reg 2A, since 1 October 2016)" in lines
    assert "  referendum/timetable.py timetable" in lines
    assert "  tests/referendum/test_timetable.py test_the_worked_example" in lines


@pytest.mark.rule("AREA-13", "EXAM-7", "AREA-23")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["AREA-13", "--on", "2016-09-30"],
            "  whole parish: 8 calendar weeks (U; GR reg 6A(1)-(2), since 9 February 2015)",
        ),
        (["EXAM-7"], "In force until the day before 25 March 2026: not in force on 21 November 2026."),
        (["EXAM-7", "--on", "2026-03-24"], "In force until the day before 25 March 2026: in force on 24 March 2026."),
        (["AREA-12"], "Mark: V (checked against the law as amended)"),
    ],
)
def test_the_law_of_the_day(folkmoot, arguments, said):
    assert said in folkmoot("explain", *arguments)[1].splitlines()


def test_the_law_of_another_day_leaves_repealed_figures_out(folkmoot):
    assert "whole parish" not in folkmoot("explain", "AREA-13")[1]


@pytest.mark.parametrize("rule_id", ["REF-7", "REF-18", "AREA-23", "EXAM-7", "POLL-8"])
def test_a_rule_as_a_document(folkmoot, rule_id):
    status, out, _ = folkmoot("explain", rule_id, "--json", "--on", "2026-01-01")
    document = validated(out, "folkmoot.rule-1")
    assert (status, document["id"], document["on"]) == (0, rule_id, "2026-01-01")


@pytest.mark.rule("REF-18")
def test_figures_are_exact_in_the_document(folkmoot):
    document = validated(folkmoot("explain", "REF-18", "--json")[1], "folkmoot.rule-1")
    assert {each["name"]: each["value"] for each in document["figures"]} == {
        "fixed-amount": "2362",
        "amount-per-entry": "0.059",
    }


def test_every_rule_can_be_explained(folkmoot, monkeypatch):
    found = rules.collect()
    monkeypatch.setattr(rules, "collect", lambda: found)
    for known in rule_book():
        status, out, _ = folkmoot("explain", known.id)
        assert status == 0
        assert known.summary in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["REF-99"], "There is no rule 'REF-99'"),
        (["nonsense"], "There is no rule 'nonsense'"),
        (["REF-7", "--on", "yesterday"], "--on was given 'yesterday', which is not a date"),
    ],
)
def test_what_cannot_be_explained_is_one_sentence(folkmoot, arguments, said):
    status, out, err = folkmoot("explain", *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_the_whole_book(folkmoot):
    status, out, _ = folkmoot("rules")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == [known.id for known in rule_book()]
    document = validated(folkmoot("rules", "--json")[1], "folkmoot.rules-1")
    assert (document["rule_set"], len(document["rules"])) == ("england-2026-03-25", len(rule_book()))


def test_coverage_lists_what_is_not_implemented(folkmoot):
    status, out, _ = folkmoot("rules", "--coverage")
    document = validated(folkmoot("rules", "--coverage", "--json")[1], "folkmoot.rules-1")
    absent = [each["id"] for each in document["rules"] if each["state"] == "not implemented"]
    lines = out.splitlines()
    start = lines.index(f"Not implemented: {len(absent)}")
    assert status == 0
    assert [line.split()[0] for line in lines[start + 1 : start + 1 + len(absent)]] == absent
    assert sum(document["totals"].values()) == len(document["rules"])
    assert "AFTER-5" in absent
    assert "REF-7" not in absent
    both = document["totals"]["code and tests"]
    assert f"{both} of {len(document['rules'])} duties and computations are carried by code and tests." in lines


def test_an_installation_without_tests_says_so(folkmoot, monkeypatch, tmp_path):
    found = rules.collect(tmp_path)
    monkeypatch.setattr(rules, "collect", lambda: found)
    assert folkmoot("explain", "REF-7")[1].splitlines()[-2:] == ["Code: none.", "Tests: not part of this installation."]
    assert folkmoot("rules", "--coverage")[1].splitlines()[-1] == "Tests: not part of this installation."
