import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from referendum.bundle import Evidence, result_bundle
from referendum.count_file import read_count
from referendum.verify import SECTIONS, canonical_hash, check_bundle

SCHEMA = Path(__file__).parents[2] / "app" / "schemas" / "folkmoot.result-bundle-1.schema.json"
COUNTS = sorted((Path(__file__).parents[2] / "fixtures" / "counts").glob("alderbrook-*.json"))


@pytest.fixture(scope="module")
def published_schema():
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_a_full_bundle_has_every_section_follows_its_schema_and_holds(full_bundle, published_schema):
    bundle = full_bundle()
    published_schema.validate(bundle)
    checks = check_bundle(bundle, published_hash=bundle["seal"]["sha256"])
    assert [(check.name, check.holds, check.said) for check in checks if check.holds is not True] == []
    assert all(bundle[section] not in (None, []) for section in SECTIONS)


@pytest.mark.parametrize("path", COUNTS, ids=lambda path: path.stem)
def test_a_bare_count_holds_wherever_its_papers_add_up(path, published_schema):
    bundle = json.loads(json.dumps(result_bundle(read_count(json.loads(path.read_text(encoding="utf-8"))))))
    published_schema.validate(bundle)
    failed = [check.name for check in check_bundle(bundle) if check.holds is False]
    assert failed == (["papers"] if "does-not-add-up" in path.stem else [])


def test_the_rule_set_and_question_are_those_of_the_poll(count_document):
    bundle = result_bundle(read_count(count_document()), Evidence(reference="NR-000001"))
    assert bundle["rule_set"] == "england-2026-03-25"
    assert bundle["question"].startswith("Do you want Alderbrook District Council to use the neighbourhood plan")
    assert bundle["reference"] == "NR-000001"


def test_a_signature_is_of_the_section_as_it_stands(full_bundle):
    bundle = full_bundle()
    assert [(signed["of"], signed["sha256"]) for signed in bundle["sign_offs"]] == [
        ("count", canonical_hash(bundle["count"])),
        ("result", canonical_hash(bundle["result"])),
    ]
