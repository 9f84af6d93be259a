"""A second engine for the timetable, written apart from the package, and 20,000 cases on which both agree."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from referendum.question import Instrument
from referendum.timetable import Facts
from referendum.timetable_rows import dated
from referendum.working_days import england_calendar


class Naive:
    """A second engine: lists every day between two dates and counts those that are not struck out.

    It shares nothing with the package but the set of struck-out dates, and looks for the limits by trying every day.
    """

    BACK: tuple[tuple[str, int], ...] = (
        ("notice-of-referendum", 25),
        ("poll-cards", 25),
        ("registration", 12),
        ("postal-applications", 11),
        ("proxy-applications", 6),
        ("certificates", 6),
        ("notice-of-poll", 6),
        ("observers", 5),
        ("final-register", 5),
        ("lost-postal-papers", 4),
    )
    BUSINESS: tuple[tuple[str, int], ...] = (
        ("business-information", 56),
        ("ratepayers-as-at", 56),
        ("ratepayer-list", 50),
        ("business-registration", 11),
    )

    def __init__(self, struck_out, first, last):
        span = (last - first).days
        every = [first + timedelta(days=n) for n in range(span + 1)]
        self.counting = [day for day in every if day.isoweekday() < 6 and day not in struck_out]

    def rows(self, decision, poll, *, business, cross_boundary):
        statement = 56 if business else 28
        limit = 84 if business or cross_boundary else 56
        earlier = [day for day in self.counting if day < poll]
        expected = {key: earlier[-number] for key, number in self.BACK + (self.BUSINESS if business else ())}
        for key in ("information-statement", "publicity-limit", "relevant-register"):
            expected[key] = earlier[-statement]
        later = [day for day in self.counting if day > decision]
        from_decision = [day for day in self.counting if day >= decision]
        expected["latest-poll"] = later[limit - 1]
        expected["earliest-poll"] = next(day for day in later if from_decision.index(day) == statement)
        expected["last-chance"] = [day for day in self.counting if day < expected["latest-poll"]][-statement]
        expected["decision"] = decision
        expected["challenge-decision"] = decision + timedelta(days=42)
        expected["challenge-result"] = poll + timedelta(days=42)
        expected["make-by"] = poll + timedelta(days=56)
        for key in ("polls-open", "emergency-proxy", "postal-replacements", "register-corrections", "polls-close"):
            expected[key] = poll
        return expected


@pytest.mark.rule("TIME-1", "TIME-3", "TIME-4", "TIME-9", "REF-7", "REF-9")
def test_a_second_engine_agrees_on_20_000_timetables():
    chance = random.Random(20261121)
    seen = Counter()
    for _ in range(40):
        proclaimed = {date(2023, 6, 1) + timedelta(days=chance.randrange(1500)) for _ in range(chance.randrange(60))}
        calendar = england_calendar(proclaimed=proclaimed)
        start = date(2023, 9, 1) + timedelta(days=chance.randrange(1000))
        naive = Naive(set(calendar.holidays), start - timedelta(days=150), start + timedelta(days=420))
        for _ in range(500):
            decision = start + timedelta(days=chance.randrange(60))
            poll = decision + timedelta(days=chance.randrange(1, 200))
            business, cross_boundary = chance.random() < 0.4, chance.random() < 0.4
            facts = Facts(
                instrument=Instrument.NDP,
                decision=decision,
                poll=poll,
                business=business,
                cross_boundary=cross_boundary,
            )
            found = dated(facts, calendar)
            assert {row.key: row.day for row in found.rows} == naive.rows(
                decision, poll, business=business, cross_boundary=cross_boundary
            )
            assert [row.day for row in found.rows] == sorted(row.day for row in found.rows)
            seen[business, cross_boundary] += 1
    assert seen.total() == 20_000
    assert len(seen) == 4
