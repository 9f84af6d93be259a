"""Counts for tests: the worked example as a document, balanced portions drawn at random, and a full result bundle."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from referendum.bundle import Evidence, SignOff, result_bundle
from referendum.count import Count, Poll, Portion, Rejected, StationAccount
from referendum.count_file import read_count
from referendum.declaration import Capacity, declare
from referendum.question import Instrument
from referendum.rounds import Rounds, confirm_round, hold_round
from referendum.tally import tally
from referendum.timetable import timetable, timetable_document
from referendum.verify import canonical_hash, seal_of

COUNTS = Path(__file__).parents[2] / "fixtures" / "counts"


@pytest.fixture(scope="session")
def count_document() -> Callable[[str], dict]:
    """A fresh copy of a document of fixtures/counts, by the end of its name ("first-count")."""
    return lambda name="first-count": json.loads((COUNTS / f"alderbrook-{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def change_at() -> Callable[[object, str, object], object]:
    """Return a copy of a document with the member at a JSON Pointer replaced (or added)."""

    def change(document: object, pointer: str, value: object) -> object:
        changed = copy.deepcopy(document)
        *steps, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
        place = changed
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[int(last) if isinstance(place, list) else last] = value
        return changed

    return change


@pytest.fixture(scope="session")
def make_portion() -> Callable[..., Portion]:
    """One portion with one station whose account and papers add up, unless `found` or `electorate` says otherwise."""

    def make(yes=0, no=0, rejected=(0, 0, 0, 0), *, council="Alder", electorate=None, postal=0, found=None) -> Portion:
        papers = yes + no + sum(rejected)
        in_box = papers - postal if found is None else found
        return Portion(
            council=council,
            electorate=papers if electorate is None else electorate,
            stations=(
                StationAccount(
                    name="A", supplied=in_box + 10, issued=in_box, spoilt=0, unused=10, tendered=0, found=in_box
                ),
            ),
            postal_found=postal,
            yes=yes,
            no=no,
            rejected=Rejected(
                official_mark=rejected[0],
                more_than_one_answer=rejected[1],
                identifies_voter=rejected[2],
                unmarked_or_uncertain=rejected[3],
            ),
        )

    return make


@pytest.fixture(scope="session")
def make_count(make_portion) -> Callable[..., Count]:
    """A count of given portions; residential (yes, no) pairs or portions, and business likewise when held."""

    def make(residential, business=None, *, instrument=Instrument.NDP, poll_date=date(2026, 9, 10)) -> Count:
        polls = {Poll.RESIDENTIAL: residential} | ({} if business is None else {Poll.BUSINESS: business})
        return Count(
            instrument=instrument,
            area="Alderbrook",
            authority="Alderbrook District Council",
            poll_date=poll_date,
            portions={
                poll: tuple(
                    given if isinstance(given, Portion) else make_portion(*given, council=f"Council {index}")
                    for index, given in enumerate(portions)
                )
                for poll, portions in polls.items()
            },
        )

    return make


@pytest.fixture(scope="session")
def balanced_portions(make_portion) -> SearchStrategy[tuple[Portion, ...]]:
    """One to four portions whose papers add up, as a hypothesis strategy."""
    papers = st.integers(0, 5_000)
    portion = st.builds(
        lambda yes, no, heads, abroad, postal: make_portion(
            yes, no, heads, electorate=yes + no + sum(heads) + abroad, postal=min(postal, yes + no)
        ),
        papers,
        papers,
        st.tuples(*[st.integers(0, 50)] * 4),
        papers,
        papers,
    )
    return st.lists(portion, min_size=1, max_size=4).map(tuple)


@pytest.fixture(scope="session")
def chained():
    """Chain events: given dicts without hashes, return them with previous_hash and hash."""

    def chain(events):
        before, linked = "0" * 64, []
        for event in events:
            facts = event | {"previous_hash": before}
            before = canonical_hash(facts)
            linked.append(facts | {"hash": before})
        return linked

    return chain


@pytest.fixture(scope="session")
def full_bundle(count_document, chained):
    """A bundle with every section, as plain JSON; a fresh copy each time."""
    count = read_count(count_document())
    (portion,) = count.portions[Poll.RESIDENTIAL]
    first = hold_round(Rounds(), yes=509, no=505, rejected=portion.rejected, reason="First count")
    rounds = hold_round(
        confirm_round(first, 1), yes=508, no=506, rejected=portion.rejected, reason="Recount: asked for by an observer"
    )
    at = datetime(2026, 9, 10, 23, 5, tzinfo=UTC)
    dates = timetable_document(timetable(decision=date(2026, 7, 2), poll=date(2026, 9, 10)))
    electorate = {
        "schema": "folkmoot.electorate/1",
        "entries": {"read": 3000, "in_area": 2447, "outside": 550, "undecided": 2, "unplaced": 1},
        "entitled": 2431,
        "not_entitled": {"under_18": 16},
        "by_polling_district": [{"code": "AA", "entitled": 1400}, {"code": "AB", "entitled": 1031}],
    }
    boundary = {"type": "Polygon", "coordinates": [[[0, 0], [900.5, 0], [900.5, 800], [0, 0]]]}
    deeds = [
        ("referendum:arranged", {"referendum_area_sha256": "boundary"}),
        ("other", None),
        ("result:declared", None),
    ]
    events = [
        {"seq": seq, "at": at.isoformat(), "actor": "A. Officer", "role": "counting officer", "kind": kind,
         "subject": "NR-000001", "before": None, "after": after}
        for seq, (kind, after) in enumerate(deeds, start=1)
    ]  # fmt: skip
    evidence = Evidence(
        reference="NR-000001",
        rounds={(Poll.RESIDENTIAL, portion.council): confirm_round(rounds, 2)},
        declaration=declare(tally(count), officer="A. Officer", capacity=Capacity.COUNTING_OFFICER, declared_at=at),
        sign_offs=[
            SignOff(role="Counting Officer", name="A. Officer", at=at, of="count"),
            SignOff(role="Deputy Counting Officer", name="B. Deputy", at=at, of="result"),
        ],
        boundary=boundary,
        electorate=electorate,
        ledger_sha256="0" * 64,
        timetable=dates,
    )
    bundle = json.loads(json.dumps(result_bundle(count, evidence)))
    events[0]["after"] = {"referendum_area_sha256": canonical_hash(bundle["referendum_area"])}
    events[2]["after"] = {"count_sha256": canonical_hash(bundle["count"])}
    linked = chained(events)
    linked[1] = {what: linked[1][what] for what in ("seq", "previous_hash", "hash")}
    bundle["audit"] = linked
    bundle["seal"] = seal_of(bundle)
    return lambda: json.loads(json.dumps(bundle))
