"""Counts for tests: the worked example as a document, and balanced portions drawn at random."""

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from referendum.count import Count, Poll, Portion, Rejected, StationAccount
from referendum.question import Instrument

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
