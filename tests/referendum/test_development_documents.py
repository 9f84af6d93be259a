"""Which part of a development plan prevails, and when a draft must be weighed."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.development_documents import ENDING_WORDS, KIND_WORDS, DocumentKind, Ending, last_first, weighed_since
from referendum.question import Instrument
from referendum.stages import Stage


@dataclass(frozen=True)
class Part:
    reference: str
    part_from: date


@pytest.mark.rule("AFTER-2")
@given(st.lists(st.builds(Part, st.text(max_size=3), st.dates(date(2000, 1, 1), date(2000, 1, 9)))))
def test_the_last_to_become_part_comes_first_and_nothing_is_lost(parts):
    found = last_first(parts)
    assert sorted(map(repr, found)) == sorted(map(repr, parts))
    for one, other in pairwise(found):
        assert (one.part_from > other.part_from) or (
            one.part_from == other.part_from and one.reference <= other.reference
        )


DUE, HELD = (date(2026, 7, 1), Stage.REFERENDUM_DUE), (date(2026, 9, 10), Stage.REFERENDUM_HELD)
LATER = date(2026, 10, 1)


@pytest.mark.rule("AFTER-3", "RESULT-8", "RESULT-9")
@pytest.mark.parametrize(
    ("steps", "on", "since"),
    [
        pytest.param([DUE], date(2026, 6, 30), None, id="the day before the decision"),
        pytest.param([DUE], date(2026, 7, 1), date(2026, 7, 1), id="the day of the decision"),
        pytest.param([DUE, HELD], LATER, date(2026, 7, 1), id="voted on, not declared"),
        pytest.param([DUE, HELD, (HELD[0], Stage.DIVIDED)], LATER, date(2026, 7, 1), id="a divided result"),
        pytest.param([DUE, HELD, (HELD[0], Stage.NOT_APPROVED)], LATER, None, id="voted down"),
        pytest.param([DUE, HELD, (HELD[0], Stage.NOT_APPROVED)], date(2026, 9, 9), date(2026, 7, 1), id="before that"),
        pytest.param([DUE, HELD, (HELD[0], Stage.IN_DEVELOPMENT_PLAN)], LATER, None, id="part of the plan already"),
        pytest.param([(date(2026, 6, 1), Stage.REPORT_RECEIVED)], LATER, None, id="only reported on"),
        pytest.param([], LATER, None, id="no step at all"),
    ],
)
def test_since_when_a_draft_plan_is_weighed(steps, on, since):
    assert weighed_since(Instrument.NDP, steps, on) == since
    assert weighed_since(Instrument.NDO, steps, on) is None


def test_every_kind_and_ending_has_its_words():
    assert set(KIND_WORDS) == set(DocumentKind)
    assert set(ENDING_WORDS) == set(Ending)
