"""Counting an electorate: it adds up, it is the same from files and from stored rows, and nobody's name is in it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sqlalchemy import inspect, text

from app.db import reading, writing
from app.documents import document_text
from app.electors import RegisterFacts, count_electors, electorate_document
from app.electors_files import read_roll
from app.electors_ledger import ledger_rows
from app.services.registers import import_register, register_by_id, stored_roll
from app.services.registers_reading import RegisterFiles
from fixtures.spec import folder
from geo.assign import AreaIndex
from geo.electorate import Extent
from geo.locations import SOURCES, Located, LocationSource
from geo.registers import FileInfo, UnreadableRow, open_register
from geo.roll import NO_PERSON, ElectorRow, roll_from_rows

POLL = date(2027, 2, 4)
WEST, SOUTH = 451_000.0, 212_000.0
AREA = shapely.box(WEST, SOUTH, WEST + 100, SOUTH + 100)
FACTS = RegisterFacts(
    layout="xpress-full",
    files=(FileInfo(name="register.csv", sha256="0" * 64, rows=4, encoding="utf-8"),),
    as_at=date(2026, 12, 1),
)


def at(x, y, accuracy_m=1.0):
    return Located(easting=WEST + x, northing=SOUTH + y, source=LocationSource.UPRN, accuracy_m=accuracy_m)


def row(number, location=None, district="HA1", markers="", *, attains_on=None, person_key=None, suffix=0):
    return ElectorRow(
        polling_district=district,
        number=number,
        suffix=suffix,
        markers=markers,
        attains_on=attains_on,
        location=location,
        person_key=person_key,
    )


def count(rows, *, facts=FACTS, has_person_ids=False, **more):
    roll = roll_from_rows(rows, has_person_ids=has_person_ids)
    return count_electors(roll, AreaIndex([AREA]), poll_date=POLL, register=facts, **more)


def codes(electorate):
    return [finding.code for finding in electorate.findings]


def test_a_count_in_full():
    rows = [
        row(1, at(50, 50)),
        row(2, at(50, 50), attains_on=POLL),
        row(3, at(50, 50), attains_on=POLL + timedelta(days=1)),
        row(4, at(50, 50), markers="F"),
        row(5, at(50, 50), markers="G"),
        row(6, at(99.5, 50)),
        row(7, at(500, 50)),
        row(8),
        row(1, None, district="HB1", markers="N"),
    ]
    document = electorate_document(count(rows, extents={"HA1": Extent.PART, "HB1": Extent.WHOLE}))
    findings = document.pop("findings")
    assert document == {
        "schema": "folkmoot.electorate/1",
        "poll_date": POLL,
        "register": {
            "layout": "xpress-full",
            "files": [{"name": "register.csv", "sha256": "0" * 64, "rows": 4, "encoding": "utf-8"}],
            "as_at": date(2026, 12, 1),
        },
        "entries": {"read": 9, "in_area": 6, "outside": 1, "undecided": 1, "unplaced": 1},
        "entitled": 3,
        "not_entitled": {"under_18": 1, "overseas": 1, "marker_query": 1},
        "suspected_duplicates": [],
        "by_polling_district": [
            {"code": "HA1", "entries": 8, "in_area": 5, "entitled": 2, "undecided": 1, "unplaced": 1, "extent": "part"},
            {
                "code": "HB1",
                "entries": 1,
                "in_area": 1,
                "entitled": 1,
                "undecided": 0,
                "unplaced": 0,
                "extent": "whole",
            },
        ],
        "expenses_limit_gbp": Decimal("2362.30"),
    }
    assert [finding["code"] for finding in findings] == [
        "undecided-entries",
        "unplaced-entries",
        "marker-queries",
        "duplicates-not-sought",
        "expenses-number",
    ]


@pytest.mark.rule("REF-18", "T-22")
def test_the_expenses_limit_of_the_first_referendum():
    rows = [row(number, at(50, 50)) for number in range(1, 4266)] + [row(9999, at(50, 50), markers="F")]
    electorate = count(rows)
    [basis] = [finding.message for finding in electorate.findings if finding.code == "expenses-number"]
    assert electorate.expenses_limit_gbp == Decimal("2613.64")
    assert "worked out from 4,265 entries" in basis


@pytest.mark.rule("ELEC-10", "T-20")
def test_entries_of_one_person_are_listed_and_none_is_removed():
    rows = [
        row(1, at(50, 50), person_key=b"a"),
        row(7, at(60, 50), person_key=b"a", district="HB1"),
        row(2, at(500, 50), person_key=b"a"),
        row(3, at(50, 50), person_key=b"b"),
        row(4, at(50, 50)),
        row(5, at(50, 50)),
    ]
    electorate = count(rows, has_person_ids=True)
    assert electorate.suspected_duplicates == (("HA1-1", "HB1-7"),)
    assert (electorate.in_area, electorate.entitled) == (5, 5)
    assert "suspected-duplicates" in codes(electorate)


@pytest.mark.parametrize(
    ("facts", "code", "severity"),
    [
        pytest.param(
            {"facts": replace(FACTS, unreadable=(UnreadableRow(file="r.csv", line=7, reason="no number"),))},
            "rows-unreadable",
            "error",
            id="rows that could not be read",
        ),
        pytest.param({"rows": [row(1, at(500, 50))]}, "nobody-entitled", "error", id="nobody"),
        pytest.param({"rows": [row(1, at(50, 50))] * 2}, "number-twice", "warning", id="a number twice"),
        pytest.param({"extents": {"ZZ": Extent.NONE}}, "district-without-boundary", "warning", id="unknown district"),
        pytest.param(
            {"extents": {"HA1": Extent.PART, "HC1": Extent.WHOLE}},
            "district-without-entries",
            "warning",
            id="a district without entries",
        ),
        pytest.param({"extents": None}, "no-district-boundaries", "notice", id="no boundaries"),
        pytest.param(
            {"rows": [row(1, at(500, 50)), row(2)], "extents": {"HA1": Extent.WHOLE}},
            "location-contradicts-district",
            "warning",
            id="a location across the line",
        ),
    ],
)
def test_what_an_officer_is_told(facts, code, severity):
    electorate = count(facts.pop("rows", [row(1, at(50, 50))]), **facts)
    assert [finding.severity.value for finding in electorate.findings if finding.code == code] == [severity]


@pytest.mark.rule("ELEC-4")
def test_a_date_of_birth_where_a_birthday_was_expected_lets_nobody_vote_too_young():
    births = [POLL.replace(year=2009), POLL.replace(year=2009) + timedelta(days=1), None]
    rows = [row(number, at(50, 50), attains_on=born) for number, born in enumerate(births, start=1)]
    electorate = count(rows)
    assert (electorate.entitled, list(electorate.not_entitled.values())) == (2, [1, 0, 0])
    assert [finding.message[:9] for finding in electorate.findings if finding.code == "dates-of-birth"] == ["2 entries"]
    assert [line[4] for line in ledger_rows(electorate)] == ["yes", "no", "yes"]


def test_every_row_that_could_not_be_read_is_listed():
    bad = tuple(UnreadableRow(file="r.csv", line=line, reason="no number") for line in range(1, 9))
    electorate = count([row(1, at(50, 50))], facts=replace(FACTS, unreadable=bad))
    listed = [finding.message for finding in electorate.findings if finding.code == "row-unreadable"]
    assert listed == [f"r.csv line {line}: no number." for line in range(1, 9)]
    assert electorate.findings[0].message.startswith("8 rows of the register could not be read")


@pytest.mark.parametrize(
    ("rows", "extent"),
    [
        pytest.param([row(1, at(50, 50))], "whole", id="all in"),
        pytest.param([row(1, at(500, 50))], "none", id="all out"),
        pytest.param([row(1, at(50, 50)), row(2, at(500, 50))], "part", id="some in"),
        pytest.param([row(1, at(500, 50)), row(2)], "part", id="not known of all"),
    ],
)
def test_without_boundaries_the_extent_is_that_of_the_entries(rows, extent):
    [district] = count(rows).by_polling_district
    assert district.extent.value == extent


ROWS = st.lists(
    st.builds(
        row,
        st.integers(1, 50),
        st.none() | st.builds(at, st.integers(-50, 150), st.integers(-50, 150), st.sampled_from([0.0, 1.0, 30.0])),
        st.sampled_from(["HA1", "HB1", "KD-2/2"]),
        st.sampled_from(["", "F", "G", "N", "B", "XF"]),
        attains_on=st.none() | st.dates(POLL - timedelta(days=2), POLL + timedelta(days=2)),
        person_key=st.none() | st.sampled_from([b"a", b"b"]),
    ),
    max_size=30,
)
EXTENTS = st.none() | st.dictionaries(st.sampled_from(["HA1", "HB1"]), st.sampled_from(list(Extent)))


@settings(deadline=None)
@given(rows=ROWS, extents=EXTENTS)
def test_everything_adds_up(rows, extents):
    electorate = count(rows, extents=extents)
    assert electorate.read == len(rows)
    assert electorate.read == electorate.in_area + electorate.outside + electorate.undecided + electorate.unplaced
    assert electorate.in_area == electorate.entitled + sum(electorate.not_entitled.values())
    districts = electorate.by_polling_district
    for name in ("entries", "in_area", "outside", "undecided", "unplaced", "entitled"):
        total = {"entries": "read"}.get(name, name)
        assert sum(getattr(one, name) for one in districts) == getattr(electorate, total)
    for one in districts:
        assert one.entries == one.in_area + one.outside + one.undecided + one.unplaced
    ledger = list(ledger_rows(electorate))
    assert len(ledger) == len(rows)
    assert sum(line[4] == "yes" for line in ledger) == electorate.entitled


@settings(deadline=None)
@given(rows=ROWS, extents=EXTENTS, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_register_changes_no_byte(rows, extents, seed):
    shuffled = list(rows)
    seed.shuffle(shuffled)
    documents = [
        document_text(electorate_document(count(each, extents=extents, has_person_ids=True)))
        for each in (rows, shuffled)
    ]
    assert documents[0] == documents[1]


CSV = folder() / "csv"
LOCATIONS = (CSV / "uprn.csv", CSV / "properties.csv", CSV / "postcodes.csv")


@pytest.fixture(scope="module")
def example():
    """The example register, located, and its facts."""
    register = open_register([CSV / "register.csv"])
    roll = read_roll(register, LOCATIONS)
    return roll, RegisterFacts(layout=register.layout, files=register.files, as_at=None, unreadable=register.unreadable)


def stored(roll):
    """The rows that a database would hold."""
    for at_place in range(len(roll)):
        located = roll.source[at_place] >= 0
        yield row(
            int(roll.number[at_place]),
            None
            if not located
            else Located(
                easting=float(roll.easting[at_place]),
                northing=float(roll.northing[at_place]),
                source=SOURCES[roll.source[at_place]],
                accuracy_m=float(roll.accuracy_m[at_place]),
            ),
            roll.districts[roll.district[at_place]],
            roll.marks[roll.mark[at_place]],
            attains_on=roll.attains_on[at_place].astype(object),
            person_key=None if roll.person[at_place] == NO_PERSON else bytes([roll.person[at_place] % 256]),
            suffix=int(roll.suffix[at_place]),
        )


def example_area():
    return shapely.box(364_500, 271_000, 367_000, 274_500)


def test_the_example_counted_from_files_and_from_rows_is_the_same_bytes(example):
    roll, facts = example
    again = roll_from_rows(stored(roll))
    texts = [
        document_text(
            electorate_document(count_electors(each, AreaIndex([example_area()]), poll_date=POLL, register=facts))
        )
        for each in (roll, again)
    ]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["entries"]["read"] == 15_000


@pytest.mark.rule("ELEC-4", "T-19")
def test_a_birthday_on_the_day_of_the_poll_counts(example):
    roll, facts = example
    on_the_day = int((roll.attains_on == np.datetime64(POLL)).sum())
    counts = [
        count_electors(
            roll,
            AreaIndex([example_area()]),
            poll_date=poll,
            register=facts,
            extents=dict.fromkeys(roll.districts, Extent.WHOLE),
        )
        for poll in (POLL - timedelta(days=1), POLL)
    ]
    younger, older = (one.not_entitled for one in counts)
    assert on_the_day >= 2
    assert sum(younger.values()) - sum(older.values()) == on_the_day


def test_the_document_follows_its_published_schema(example):
    roll, facts = example
    document = electorate_document(count_electors(roll, AreaIndex([example_area()]), poll_date=POLL, register=facts))
    schema = folder().parent / "app" / "schemas" / "folkmoot.electorate-1.schema.json"
    Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(json.loads(document_text(document)))


@pytest.mark.database
def test_a_stored_register_gives_the_same_bytes_and_holds_no_name(engine, deed, tmp_path):
    path = tmp_path / "register.csv"
    header, *lines = (CSV / "register.csv").read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines[:400]]
    named = [",".join([*line[:5], "Quillfeather", "Zephyrine", *line[7:]]) for line in cells]
    path.write_text("\n".join([header, *named, ""]), encoding="utf-8")
    files = RegisterFiles(
        authority_code="E07999001",
        as_at=date(2026, 12, 1),
        registers=(path,),
        locations=LOCATIONS,
        address_secret=b"a secret of the council",
    )
    with writing(engine) as session:
        number = import_register(session, deed, files).id
    with reading(engine) as session:
        kept = stored_roll(session, register_by_id(session, number))
    assert len(kept) == 400
    with engine.connect() as connection:
        tables = inspect(engine).get_table_names()
        ours = [name for name in tables if name in {"register", "register_entry", "audit_event"}]
        held = repr([connection.execute(text(f"SELECT * FROM {name}")).all() for name in ours])
    assert "register_entry" in ours
    assert not [name for name in ("Quillfeather", "Zephyrine") if name.casefold() in held.casefold()]
    roll = read_roll(open_register([path]), LOCATIONS)
    texts = [
        document_text(
            electorate_document(count_electors(each, AreaIndex([example_area()]), poll_date=POLL, register=FACTS))
        )
        for each in (roll, kept)
    ]
    assert texts[0] == texts[1]
