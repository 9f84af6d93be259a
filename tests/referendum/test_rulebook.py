"""The rule book as data."""

import json
from collections import Counter
from importlib.resources import files

import pytest

from referendum.errors import UnknownRuleError
from referendum.rulebook import Kind, Mark, rule, rules

FAMILIES = {
    "AREA": 23,
    "FORUM": 17,
    "PLAN": 6,
    "ORDER": 5,
    "CRTBO": 6,
    "STEP": 15,
    "EXAM": 9,
    "MOD": 9,
    "REF": 23,
    "Q": 5,
    "ELEC": 16,
    "BUS": 11,
    "POLL": 11,
    "COUNT": 21,
    "RESULT": 12,
    "AFTER": 12,
    "TIME": 10,
}


def test_every_family_is_whole():
    expected = [f"{family}-{number}" for family, size in FAMILIES.items() for number in range(1, size + 1)]
    assert Counter(known.id for known in rules()) == Counter(expected)


def test_the_file_has_each_id_once():
    records = json.loads(files("referendum.data").joinpath("rules.json").read_text("utf-8"))
    assert len({record["id"] for record in records}) == len(records) == len(rules())


def test_every_rule_is_told_in_few_plain_sentences():
    for known in rules():
        assert known.summary.endswith("."), known.id
        assert 20 < len(known.summary) < 260, known.id
        assert known.source, known.id
        assert known.mark is known.marks[0]


def test_one_rule_in_full():
    known = rule(" ref-13 ")
    assert (known.id, known.kind, known.marks) == ("REF-13", Kind.DUTY, (Mark.V, Mark.V2))
    assert known.source == "Referendums Regulations 2012 Sch 3 r 5, Sch 5 r 5"
    assert "25th working day" in known.summary


def test_an_unknown_id_is_one_sentence():
    with pytest.raises(UnknownRuleError, match="There is no rule 'REF-99'; ids look like AREA-13"):
        rule("REF-99")
