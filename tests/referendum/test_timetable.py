"""Referendum timetables, against those that councils published."""

from datetime import date, time, timedelta

import pytest

from referendum.errors import TimetableError
from referendum.findings import Severity
from referendum.question import Instrument
from referendum.timetable import LimitException, timetable, timetable_document
from referendum.timetable_findings import moves

VECTOR_KEYS = (
    "information-statement",
    "notice-of-referendum",
    "registration",
    "postal-applications",
    "proxy-applications",
    "notice-of-poll",
    "observers",
    "lost-postal-papers",
)
VECTORS = [
    pytest.param(
        date(2025, 2, 27),
        None,
        (
            "2025-01-20",
            "2025-01-23",
            "2025-02-11",
            "2025-02-12",
            "2025-02-19",
            "2025-02-19",
            "2025-02-20",
            "2025-02-21",
        ),
        id="Wiltshire 2025",
    ),
    pytest.param(
        date(2024, 9, 26),
        None,
        (None, None, "2024-09-10", "2024-09-11", "2024-09-18", "2024-09-18", None, None),
        id="Nettleham 2024, summer bank holiday",
    ),
    pytest.param(
        date(2021, 5, 6),
        None,
        (None, None, "2021-04-19", "2021-04-20", "2021-04-27", "2021-04-27", None, None),
        id="Darnhall 2021, May bank holiday",
    ),
    pytest.param(
        date(2022, 10, 13),
        date(2022, 8, 1),
        ("2022-09-05", "2022-09-08", "2022-09-27", "2022-09-28", "2022-10-05", "2022-10-05", None, None),
        id="Tower Hamlets 2022, before 19 September was known",
    ),
    pytest.param(
        date(2026, 9, 10),
        None,
        (
            "2026-07-31",
            "2026-08-05",
            "2026-08-24",
            "2026-08-25",
            "2026-09-02",
            "2026-09-02",
            "2026-09-03",
            "2026-09-04",
        ),
        id="Alderbrook 2026",
    ),
]


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.rule("TIME-3", "REF-9", "REF-13", "REF-14", "ELEC-11", "ELEC-13", "ELEC-14", "POLL-7", "POLL-9")
@pytest.mark.parametrize(("poll", "known_on", "expected"), VECTORS)
def test_published_timetables_t_11(poll, known_on, expected):
    found = timetable(poll=poll, known_on=known_on)
    for key, day in zip(VECTOR_KEYS, expected, strict=True):
        if day is not None:
            assert found.row(key).day == date.fromisoformat(day), key


@pytest.mark.rule("REF-7", "TIME-4")
def test_the_limit_of_the_published_timetable():
    found = timetable(decision=date(2022, 8, 1), known_on=date(2022, 8, 1))
    assert found.latest_poll == date(2022, 10, 19)
    assert date(2022, 8, 29) in found.row("latest-poll").ignored


@pytest.mark.rule("REF-7", "REF-9", "RESULT-3", "RESULT-11", "ELEC-12", "ELEC-15", "REF-16", "REF-19", "REF-21")
def test_the_worked_example():
    found = timetable(decision=date(2026, 7, 2), poll=date(2026, 9, 10))
    expected = {
        "decision": (date(2026, 7, 2), None),
        "latest-poll": (date(2026, 9, 21), None),
        "information-statement": (date(2026, 7, 31), None),
        "publicity-limit": (date(2026, 7, 31), None),
        "relevant-register": (date(2026, 7, 31), None),
        "notice-of-referendum": (date(2026, 8, 5), None),
        "registration": (date(2026, 8, 24), time(23, 59)),
        "postal-applications": (date(2026, 8, 25), time(17)),
        "notice-of-poll": (date(2026, 9, 2), None),
        "proxy-applications": (date(2026, 9, 2), time(17)),
        "certificates": (date(2026, 9, 2), time(17)),
        "observers": (date(2026, 9, 3), None),
        "final-register": (date(2026, 9, 3), None),
        "lost-postal-papers": (date(2026, 9, 4), None),
        "polls-open": (date(2026, 9, 10), time(7)),
        "emergency-proxy": (date(2026, 9, 10), time(17)),
        "postal-replacements": (date(2026, 9, 10), time(17)),
        "register-corrections": (date(2026, 9, 10), time(21)),
        "polls-close": (date(2026, 9, 10), time(22)),
        "challenge-result": (date(2026, 10, 22), None),
        "make-by": (date(2026, 11, 5), None),
    }
    assert {key: (found.row(key).day, found.row(key).clock) for key in expected} == expected
    assert found.earliest_poll == date(2026, 8, 11)
    assert found.findings == ()
    assert date(2026, 8, 31) in found.row("registration").ignored


@pytest.mark.rule("BUS-5", "BUS-6", "BUS-7")
def test_business_registration_closed_as_published_in_2015():
    found = timetable(poll=date(2015, 5, 7), business=True)
    closing = found.row("business-registration")
    assert (closing.day, closing.clock, closing.rule) == (date(2015, 4, 21), time(17), "BUS-7")
    assert date(2015, 5, 4) in closing.ignored
    assert found.row("information-statement").count == found.row("business-information").count == 56
    assert found.row("ratepayers-as-at").day == found.row("information-statement").day
    assert found.row("ratepayer-list").count == 50


@pytest.mark.rule("REF-7")
@pytest.mark.parametrize(
    ("business", "cross_boundary", "count", "notice"),
    [(False, False, 56, 28), (True, False, 84, 56), (False, True, 84, 28), (True, True, 84, 56)],
)
def test_the_longer_limits(business, cross_boundary, count, notice):
    found = timetable(decision=date(2026, 3, 2), business=business, cross_boundary=cross_boundary)
    assert found.row("latest-poll").count == count
    assert found.row("earliest-poll").count == notice
    assert ("unverified-limit" in codes(found)) is (business or cross_boundary)


@pytest.mark.rule("REF-7")
def test_there_was_no_limit_before_october_2016():
    found = timetable(decision=date(2013, 1, 8), poll=date(2013, 3, 7))
    assert found.latest_poll is None
    assert found.earliest_poll == date(2013, 2, 15)
    assert codes(found) == ["no-limit-yet"]
    assert found.row("certificates") is None


@pytest.mark.rule("TIME-9", "REF-7")
def test_a_late_proclamation_moves_both_ways_t_12():
    """19 September 2022: the limit a day later, the publication dates a working day earlier."""
    facts = {"decision": date(2022, 8, 1), "poll": date(2022, 10, 13)}
    before = timetable(**facts, known_on=date(2022, 8, 1))
    after = timetable(**facts)
    assert {move.key: (move.from_date, move.to_date) for move in moves(before, after)} == {
        "latest-poll": (date(2022, 10, 19), date(2022, 10, 20)),
        "information-statement": (date(2022, 9, 5), date(2022, 9, 2)),
        "publicity-limit": (date(2022, 9, 5), date(2022, 9, 2)),
        "relevant-register": (date(2022, 9, 5), date(2022, 9, 2)),
        "notice-of-referendum": (date(2022, 9, 8), date(2022, 9, 7)),
        "poll-cards": (date(2022, 9, 8), date(2022, 9, 7)),
    }
    assert codes(before) == []
    assert codes(after) == ["late-proclamation"]
    assert "from Wednesday 19 October 2022 to Thursday 20 October 2022" in after.findings[0].message
    assert "from Monday 5 September 2022 to Friday 2 September 2022" in after.findings[0].message


@pytest.mark.rule("TIME-9")
def test_the_same_day_given_by_hand_gives_the_same_dates_t_12():
    facts = {"decision": date(2022, 8, 1), "poll": date(2022, 10, 13)}
    by_hand = timetable(**facts, known_on=date(2022, 8, 1), proclaimed=[date(2022, 9, 19)])
    assert [row.day for row in by_hand.rows] == [row.day for row in timetable(**facts).rows]
    assert codes(by_hand) == ["late-proclamation"]


@pytest.mark.rule("TIME-9")
def test_a_proclaimed_day_outside_the_window_is_said_to_change_nothing():
    found = timetable(poll=date(2025, 2, 27), proclaimed=[date(2025, 6, 6)])
    assert codes(found) == ["proclamation-without-effect"]


@pytest.mark.rule("TIME-9")
def test_a_holiday_known_before_the_statement_is_no_late_proclamation():
    assert codes(timetable(poll=date(2023, 5, 18))) == []


@pytest.mark.rule("REF-17", "TIME-1")
@pytest.mark.parametrize(
    ("poll", "said"),
    [
        pytest.param(date(2026, 4, 3), "Friday 3 April 2026 (Good Friday)", id="Good Friday"),
        pytest.param(date(2026, 9, 12), "Saturday 12 September 2026 cannot", id="Saturday"),
        pytest.param(date(2026, 9, 13), "Sunday 13 September 2026 cannot", id="Sunday"),
        pytest.param(date(2026, 12, 24), "(Christmas Eve)", id="Christmas Eve"),
        pytest.param(date(2026, 8, 31), "(Summer bank holiday)", id="bank holiday"),
    ],
)
def test_a_poll_needs_a_working_day_t_10(poll, said):
    (finding,) = timetable(poll=poll).findings
    assert (finding.code, finding.severity, finding.rule) == ("poll-not-on-a-working-day", Severity.ERROR, "REF-17")
    assert said in finding.message


@pytest.mark.rule("REF-17")
@pytest.mark.parametrize("day", range(7, 12))
def test_any_working_day_will_do(day):
    assert timetable(poll=date(2026, 9, day)).findings == ()


@pytest.mark.rule("REF-7", "REF-9")
@pytest.mark.parametrize(
    ("poll", "expected"),
    [
        pytest.param(date(2026, 8, 10), ["too-little-time-for-information-statement"], id="a day too soon"),
        pytest.param(date(2026, 8, 11), [], id="first day"),
        pytest.param(date(2026, 9, 21), [], id="last day"),
        pytest.param(date(2026, 9, 22), ["poll-after-limit"], id="a day too late"),
    ],
)
def test_the_window_has_sharp_ends(poll, expected):
    found = timetable(decision=date(2026, 7, 2), poll=poll)
    assert codes(found) == expected
    assert all(finding.severity is Severity.ERROR for finding in found.findings)


@pytest.mark.rule("REF-7")
def test_the_last_chance_to_announce_leaves_exactly_the_days_of_the_statement():
    found = timetable(decision=date(2026, 7, 2))
    chance = found.row("last-chance").day
    assert timetable(decision=chance, poll=found.latest_poll).findings == ()
    assert codes(timetable(decision=chance + timedelta(days=1), poll=found.latest_poll)) == [
        "too-little-time-for-information-statement"
    ]


@pytest.mark.rule("REF-8")
@pytest.mark.parametrize(
    ("poll", "exception", "expected"),
    [
        (date(2026, 9, 24), LimitException.AGREED_DATE, "poll-after-limit-by-exception"),
        (date(2027, 5, 6), LimitException.PROCEEDINGS, "poll-after-limit-by-exception"),
        (date(2026, 12, 21), LimitException.COMBINED_POLL, "poll-after-limit-by-exception"),
        (date(2026, 12, 22), LimitException.COMBINED_POLL, "poll-after-limit"),
    ],
)
def test_the_limit_yields_to_an_exception(poll, exception, expected):
    assert codes(timetable(decision=date(2026, 7, 2), poll=poll, exception=exception)) == [expected]


@pytest.mark.rule("REF-8", "REF-22")
@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(date(2026, 9, 10), ["combined-poll"], id="the same day"),
        pytest.param(date(2026, 9, 3), ["poll-inside-window"], id="inside the window"),
        pytest.param(date(2026, 12, 21), ["poll-soon-after-limit"], id="three months after the limit"),
        pytest.param(date(2026, 12, 22), [], id="later"),
        pytest.param(date(2026, 8, 10), [], id="before the window"),
    ],
)
def test_other_polls_near_by(other, expected):
    assert codes(timetable(decision=date(2026, 7, 2), poll=date(2026, 9, 10), other_polls=[other])) == expected


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param({}, "Give the date of the decision, the date of the poll, or both", id="nothing given"),
        pytest.param(
            {"decision": date(2026, 7, 2), "poll": date(2026, 7, 2)}, "is not after the decision", id="poll on decision"
        ),
        pytest.param({"poll": date(2029, 5, 3)}, "outside the calendar", id="beyond the calendar"),
        pytest.param({"decision": date(2028, 11, 1)}, "covers 2012 to 2028", id="limit beyond the calendar"),
        pytest.param({"poll": date(2012, 1, 10)}, "31 December 2011", id="before the calendar"),
    ],
)
def test_dates_that_cannot_be_used(facts, said):
    with pytest.raises(TimetableError, match=said):
        timetable(**facts)


@pytest.mark.rule("RESULT-3")
@pytest.mark.parametrize(("instrument", "word"), [("ndp", "plan"), ("ndo", "order"), ("crtbo", "order")])
def test_the_instrument_names_what_is_made(instrument, word):
    found = timetable(instrument=Instrument(instrument), poll=date(2026, 9, 10))
    assert found.row("make-by").event == f"If approved, last day to make the {word}"


def test_the_document_has_the_published_keys():
    document = timetable_document(timetable(decision=date(2026, 7, 2), poll=date(2026, 9, 10)))
    assert list(document) == ["schema", "earliest_poll", "latest_poll", "rows", "findings"]
    assert (document["schema"], document["earliest_poll"], document["latest_poll"]) == (
        "folkmoot.timetable/1",
        "2026-08-11",
        "2026-09-21",
    )
    assert document["rows"][0] == {
        "event": "Decision that a referendum must be held",
        "date": "2026-07-02",
        "time": None,
        "rule": "EXAM-5",
        "count": 0,
        "unit": "days",
        "direction": "on",
        "ignored": [],
    }
    proxy = next(row for row in document["rows"] if row["rule"] == "ELEC-14" and row["direction"] == "before")
    assert proxy == {
        "event": "Applications for a proxy vote close",
        "date": "2026-09-02",
        "time": "17:00",
        "rule": "ELEC-14",
        "count": 6,
        "unit": "working days",
        "direction": "before",
        "ignored": ["2026-09-05", "2026-09-06"],
    }


@pytest.mark.rule("REF-7", "REF-9", "TIME-9", "BUS-5")
@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            {"decision": date(2026, 7, 2), "poll": date(2026, 9, 22)},
            "The poll on Tuesday 22 September 2026 is after Monday 21 September 2026, the 56th working day "
            "after the decision; choose an earlier day, or record why the limit does not apply.",
            id="after the limit",
        ),
        pytest.param(
            {"decision": date(2026, 7, 2), "poll": date(2026, 8, 10)},
            "The poll on Monday 10 August 2026 leaves too little time: the information statement was due by "
            "Wednesday 1 July 2026, before the decision on Thursday 2 July 2026; choose Tuesday 11 August "
            "2026 or later.",
            id="too soon",
        ),
        pytest.param(
            {"poll": date(2022, 10, 13)},
            "Days proclaimed after Friday 2 September 2022 move dates: last day to publish the information "
            "statement and its documents, from Monday 5 September 2022 to Friday 2 September 2022; last day "
            "for the notice of referendum, from Thursday 8 September 2022 to Wednesday 7 September 2022. "
            "Check what was already published.",
            id="late proclamation, poll only",
        ),
        pytest.param(
            {"decision": date(2026, 3, 2), "business": True},
            "The limit of 84 working days is unverified; check regulation 2A before relying on it.",
            id="business, decision only",
        ),
        pytest.param(
            {"poll": date(2026, 9, 10), "business": True},
            "That business registration periods are counted in working days is unverified; check Schedule 6.",
            id="business, poll only",
        ),
    ],
)
def test_a_finding_word_for_word(facts, expected):
    assert [finding.message for finding in timetable(**facts).findings] == [expected]
