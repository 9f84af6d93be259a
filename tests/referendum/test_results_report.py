import re
from datetime import UTC, datetime

import pytest

from referendum.count_file import read_count
from referendum.declaration import Capacity, declare
from referendum.results_report import results_report
from referendum.results_report_fields import FIELDS
from referendum.tally import tally

AT = datetime(2026, 9, 10, 23, 5, tzinfo=UTC)

# What the format requires of each kind of object we write, what else it allows, and the words for what is chosen from.
REQUIRED = {
    "ElectionReport": {"Format", "GeneratedDate", "Issuer", "IssuerAbbreviation", "SequenceEnd", "SequenceStart",
                       "Status", "VendorApplicationId"},
    "Election": {"ElectionScopeId", "EndDate", "Name", "StartDate", "Type"},
    "ReportingUnit": {"Type", "@id"},
    "BallotMeasureContest": {"ElectionDistrictId", "Name", "@id"},
    "BallotMeasureSelection": {"Selection", "@id"},
    "BallotCounts": {"GpUnitId", "Type"},
    "VoteCounts": {"Count", "GpUnitId", "Type"},
    "CountStatus": {"Status", "Type"},
    "InternationalizedText": {"Text"},
    "LanguageString": {"Content", "Language"},
}  # fmt: skip
OPTIONAL = {
    "ElectionReport": {"GpUnit", "Election"},
    "Election": {"OtherType", "Contest", "BallotCounts"},
    "ReportingUnit": {"Name", "VotersRegistered", "VotersParticipated"},
    "BallotMeasureContest": {"Type", "FullText", "PassageThreshold", "VoteVariation", "CountStatus",
                             "ContestSelection"},
    "BallotMeasureSelection": {"SequenceOrder", "VoteCounts"},
    "BallotCounts": {"BallotsCast", "BallotsRejected", "OtherType"},
}  # fmt: skip
TEXTS = {
    ("Election", "Name"), ("ReportingUnit", "Name"), ("BallotMeasureContest", "FullText"),
    ("BallotMeasureContest", "PassageThreshold"), ("BallotMeasureSelection", "Selection"),
}  # fmt: skip
WORDS = {
    ("ElectionReport", "Format"): {"precinct-level", "summary-contest"},
    ("ElectionReport", "Status"): {"certified", "correction", "pre-election", "recount"},
    ("Election", "Type"): {"general", "other", "primary", "runoff", "special"},
    ("ReportingUnit", "Type"): {"other", "precinct", "special", "town", "village", "ward"},
    ("BallotMeasureContest", "Type"): {"ballot-measure", "initiative", "other", "recall", "referendum"},
    ("BallotMeasureContest", "VoteVariation"): {"majority", "other", "plurality", "super-majority"},
    ("BallotCounts", "Type"): {"absentee", "election-day", "other", "total"},
    ("VoteCounts", "Type"): {"absentee", "election-day", "other", "total"},
    ("CountStatus", "Status"): {"completed", "in-process", "not-processed", "unknown"},
    ("CountStatus", "Type"): {"absentee", "election-day", "other", "total"},
}
MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"


@pytest.fixture
def report(count_document):
    def make(name="first-count"):
        result = tally(read_count(count_document(name)))
        declared = declare(result, officer="A. Officer", capacity=Capacity.COUNTING_OFFICER, declared_at=AT)
        return results_report(declared, generated_at=AT)

    return make


def objects(value):
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(inner)


@pytest.mark.parametrize("name", ["first-count", "recount-tie", "business-split", "cross-boundary"])
def test_every_object_has_the_members_the_format_requires_and_no_other(report, name):
    for part in objects(report(name)):
        kind = part["@type"].removeprefix("ElectionResults.")
        members = part.keys() - {"@type"}
        assert REQUIRED[kind] <= members <= REQUIRED[kind] | OPTIONAL.get(kind, set())
        assert all(part[member] in words for (of, member), words in WORDS.items() if of == kind and member in part)
        for member in members:
            is_text = isinstance(part[member], dict)
            assert is_text == ((kind, member) in TEXTS)
            assert (kind, member) in FIELDS


def test_every_member_that_is_explained_is_written(report):
    written = {
        (part["@type"].removeprefix("ElectionResults."), member)
        for part in objects(report("business-split"))
        for member in part
        if member != "@type"
    }
    assert written == set(FIELDS)


def test_the_time_is_told_to_the_second(count_document):
    result = tally(read_count(count_document()))
    declared = declare(result, officer="A. Officer", capacity=Capacity.COUNTING_OFFICER, declared_at=AT)
    late = AT.replace(microsecond=123456)
    assert re.fullmatch(MOMENT, results_report(declared, generated_at=late)["GeneratedDate"])


@pytest.mark.parametrize("name", ["first-count", "business-split"])
def test_every_reference_leads_somewhere_and_every_name_is_given_once(report, name):
    parts = list(objects(report(name)))
    names = [part["@id"] for part in parts if "@id" in part]
    assert len(names) == len(set(names))
    references = {
        part[key] for part in parts for key in ("GpUnitId", "ElectionDistrictId", "ElectionScopeId") if key in part
    }
    assert references <= set(names)


@pytest.mark.rule("COUNT-15")
def test_the_figures_are_those_declared(report):
    (election,) = report()["Election"]
    (contest,) = election["Contest"]
    total, *heads = election["BallotCounts"]
    assert (total["BallotsCast"], total["BallotsRejected"]) == (1026, 12)
    assert [head["BallotsRejected"] for head in heads] == [0, 4, 1, 7]
    assert [selection["VoteCounts"][0]["Count"] for selection in contest["ContestSelection"]] == [508, 506]
    assert [selection["Selection"]["Text"][0]["Content"] for selection in contest["ContestSelection"]] == ["Yes", "No"]


def test_no_council_or_station_is_told_apart(report):
    text = str(report("cross-boundary"))
    assert "Station" not in text
    assert "Beta" not in text


def test_each_poll_is_an_election_with_its_own_papers_and_electorate(report):
    made = report("business-split")
    contests = [contest["Name"] for election in made["Election"] for contest in election["Contest"]]
    assert contests == ["Residential referendum", "Business referendum"]
    for election, unit in zip(made["Election"], made["GpUnit"], strict=True):
        assert election["ElectionScopeId"] == unit["@id"]
        assert election["BallotCounts"][0]["BallotsCast"] == unit["VotersParticipated"]
