"""How days and moments are written for people."""

from datetime import UTC, datetime

import pytest

from app.templating import clock_time, with_days


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        pytest.param("It runs to 2026-08-14.", "It runs to 14 August 2026.", id="a day"),
        pytest.param("2026-07-03 or later (AREA-12)", "3 July 2026 or later (AREA-12)", id="at the start"),
        pytest.param("“2026-7” is no day: as in 2026-05-31.", "“2026-7” is no day: as in 2026-05-31.", id="an example"),
        pytest.param("for example 2026-09-10.", "for example 2026-09-10.", id="another"),
        pytest.param(
            "“2026-09-10” and '2026-09-10' were typed", "“2026-09-10” and '2026-09-10' were typed", id="typed"
        ),
        pytest.param("ref.westshire.2026-09-10", "ref.westshire.2026-09-10", id="an identifier"),
        pytest.param("It is 2026-02-30.", "It is 2026-02-30.", id="no day of the calendar"),
        pytest.param("2026-09-10T09:00", "2026-09-10T09:00", id="a moment"),
    ],
)
def test_days_in_a_sentence_are_written_as_people_write_them(sentence, shown):
    assert with_days(sentence) == shown


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        pytest.param(datetime(2026, 7, 2, 22, 42, tzinfo=UTC), "11:42pm on 2 July 2026", id="summer time"),
        pytest.param(datetime(2026, 7, 2, 23, 5, tzinfo=UTC), "12:05am on 3 July 2026", id="a day later in England"),
        pytest.param(datetime(2026, 12, 2, 12, 0, tzinfo=UTC), "12:00pm on 2 December 2026", id="noon in winter"),
    ],
)
def test_a_moment_is_written_as_clocks_in_england_show_it(at, shown):
    assert clock_time(at) == shown
