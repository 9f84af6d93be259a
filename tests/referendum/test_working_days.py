"""Counting days."""

import json
import runpy
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referendum.errors import TimetableError
from referendum.working_days import (
    england_calendar,
    months_after,
    weeks_after,
    weeks_after_next_day,
    working_days_after,
    working_days_before,
    years_after,
)

CALENDAR = england_calendar()
DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))


def good_friday(year):
    """Two days before Easter by the anonymous Gregorian computus, written apart from the package."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1) - timedelta(days=2)


def test_the_calendar_file_is_what_its_script_writes():
    script = runpy.run_path(str(Path(__file__).parent / "write_bank_holidays.py"))
    assert script["TARGET"].read_text("utf-8") == script["calendar_text"]()


@pytest.mark.rule("TIME-1")
def test_every_bundled_bank_holiday_of_england_is_ignored():
    bundled = json.loads(files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text("utf-8"))
    for event in bundled["england-and-wales"]["events"]:
        assert not CALENDAR.is_working_day(date.fromisoformat(event["date"])), event


@pytest.mark.rule("TIME-1")
@pytest.mark.parametrize("year", range(2012, 2029))
def test_days_ignored_by_name_every_year_t_10(year):
    assert CALENDAR.reason(date(year, 12, 24)) == "Christmas Eve"
    assert CALENDAR.reason(date(year, 12, 25)) == "Christmas Day"
    assert CALENDAR.reason(good_friday(year)) == "Good Friday"


@pytest.mark.rule("TIME-1")
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 11, 21), "Saturday", id="Saturday"),
        pytest.param(date(2026, 11, 22), "Sunday", id="Sunday"),
        pytest.param(date(2026, 11, 23), None, id="an ordinary Monday"),
        pytest.param(date(2026, 8, 31), "Summer bank holiday", id="summer bank holiday"),
        pytest.param(date(2026, 8, 3), None, id="T-10: the Scottish summer holiday counts in England"),
        pytest.param(date(2026, 11, 30), None, id="T-10: St Andrew's Day counts in England"),
        pytest.param(date(2026, 3, 17), None, id="T-10: St Patrick's Day counts in England"),
        pytest.param(date(2021, 12, 28), "Boxing Day", id="a substitute day"),
        pytest.param(date(2026, 12, 31), None, id="New Year's Eve counts"),
    ],
)
def test_why_a_day_is_ignored_t_10(day, expected):
    assert CALENDAR.reason(day) == expected


@pytest.mark.rule("TIME-9")
@pytest.mark.parametrize(
    ("day", "known_from"),
    [
        (date(2022, 9, 19), date(2022, 9, 10)),
        (date(2023, 5, 8), date(2022, 11, 6)),
        (date(2020, 5, 8), date(2019, 6, 7)),
        (date(2022, 6, 3), date(2020, 11, 12)),
    ],
)
def test_a_late_holiday_is_ignored_only_once_known_t_12(day, known_from):
    assert england_calendar(known_on=known_from - timedelta(days=1)).is_working_day(day)
    assert not england_calendar(known_on=known_from).is_working_day(day)
    assert not CALENDAR.is_working_day(day)


@pytest.mark.rule("TIME-9")
def test_a_moved_holiday_was_ignored_until_it_moved():
    assert not england_calendar(known_on=date(2019, 6, 6)).is_working_day(date(2020, 5, 4))
    assert england_calendar(known_on=date(2019, 6, 7)).is_working_day(date(2020, 5, 4))
    assert CALENDAR.reason(date(2020, 5, 4)) is None


@pytest.mark.rule("TIME-9")
def test_a_proclaimed_day_keeps_a_name_it_already_had():
    calendar = england_calendar(proclaimed=[date(2027, 3, 3), date(2027, 12, 24)])
    assert calendar.reason(date(2027, 3, 3)) == "Proclaimed day"
    assert calendar.reason(date(2027, 12, 24)) == "Christmas Eve"


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2029, 1, 1)])
def test_days_outside_the_calendar_are_refused(day):
    with pytest.raises(TimetableError, match="covers 2012 to 2028"):
        CALENDAR.reason(day)


@pytest.mark.rule("TIME-4")
def test_fifty_six_days_from_a_published_timetable():
    """Decision on 1 August 2022, only the summer bank holiday in between: 19 October (Tower Hamlets)."""
    then = england_calendar(known_on=date(2022, 8, 1))
    count = working_days_after(then, date(2022, 8, 1), 56)
    assert count.end == date(2022, 10, 19)
    assert date(2022, 8, 29) in count.ignored
    assert working_days_after(CALENDAR, date(2022, 8, 1), 56).end == date(2022, 10, 20)


@pytest.mark.rule("TIME-3")
@given(day=DAYS, number=st.integers(1, 90))
def test_counting_back_sees_each_day_once_t_11(day, number):
    count = working_days_before(CALENDAR, day, number)
    passed = [day - timedelta(days=n) for n in range(1, (day - count.end).days + 1)]
    assert [d for d in passed if not CALENDAR.is_working_day(d)] == sorted(count.ignored, reverse=True)
    assert len(passed) == number + len(count.ignored)
    assert CALENDAR.is_working_day(count.end)


@pytest.mark.rule("TIME-3", "TIME-4")
@given(day=DAYS, number=st.integers(1, 90))
def test_counting_on_and_back_again_returns(day, number):
    end = working_days_after(CALENDAR, day, number).end
    back = working_days_before(CALENDAR, end, number).end
    assert back == day if CALENDAR.is_working_day(day) else back < day


@pytest.mark.rule("TIME-2", "TIME-5", "TIME-6", "TIME-7", "TIME-8")
def test_calendar_weeks_skip_nothing_t_9():
    assert weeks_after(date(2025, 1, 6), 6).end == date(2025, 2, 17)
    assert weeks_after(date(2026, 9, 10), 8).end == date(2026, 11, 5)
    assert weeks_after_next_day(date(2025, 1, 6), 13).end == date(2025, 4, 8)
    over_christmas = weeks_after(date(2025, 12, 20), 2)
    assert (over_christmas.end, over_christmas.counted, over_christmas.ignored) == (date(2026, 1, 3), 14, ())


@pytest.mark.parametrize("count", [working_days_after, working_days_before])
def test_a_period_has_at_least_one_day(count):
    with pytest.raises(ValueError, match="not 0"):
        count(CALENDAR, date(2026, 1, 5), 0)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 1), 12, date(2027, 3, 1)),
    ],
)
def test_months_later(day, months, expected):
    assert months_after(day, months) == expected


def test_years_later_on_a_leap_day():
    assert years_after(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_after(date(2096, 2, 29), 4) == date(2100, 3, 1)
    assert years_after(date(2025, 4, 3), 5) == date(2030, 4, 3)
