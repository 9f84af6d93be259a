"""The calendar file opens, and says what the timetable says."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from icalendar import Calendar

from app.calendar_file import LONDON, timetable_calendar, working
from referendum.timetable import timetable

STAMP = datetime(2026, 7, 2, 9, 30, tzinfo=UTC)


def opened(found, reference="NR-000001", stamp=STAMP):
    return Calendar.from_ical(timetable_calendar(found, name="Alderbrook", reference=reference, stamp=stamp))


@pytest.fixture(scope="module")
def found():
    return timetable(decision=date(2026, 7, 2), poll=date(2026, 9, 10))


@pytest.mark.rule("TIME-10")
def test_every_row_is_one_event_at_its_time(found):
    expected = [
        (f"Alderbrook: {row.event}", row.day if row.clock is None else datetime.combine(row.day, row.clock, LONDON))
        for row in found.rows
    ]
    assert [(str(event["summary"]), event["dtstart"].dt) for event in opened(found).events] == expected


@pytest.mark.rule("TIME-10")
@pytest.mark.parametrize(("poll", "offset"), [(date(2026, 9, 10), 1), (date(2026, 2, 26), 0)])
def test_five_o_clock_is_summer_time_in_summer(poll, offset):
    events = {str(event["summary"]): event for event in opened(timetable(poll=poll)).events}
    closes = events["Alderbrook: Applications for a proxy vote close"]["dtstart"]
    assert closes.params["TZID"] == "Europe/London"
    assert (closes.dt.time(), closes.dt.utcoffset()) == (time(17), timedelta(hours=offset))


def test_the_zone_in_the_file_agrees_with_europe_london(found):
    (zone,) = opened(found).timezones
    theirs = zone.to_tz()
    for day in range(0, 365, 5):
        moment = datetime(2026, 1, 1, 12) + timedelta(days=day)  # noqa: DTZ001 - a clock on the wall
        assert theirs.utcoffset(moment) == LONDON.utcoffset(moment)
    assert opened(found).get_missing_tzids() == set()


def test_what_every_program_insists_on(found):
    text = timetable_calendar(found, name="Alderbrook", reference="NR-000001", stamp=STAMP)
    lines = text.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for name in (b"VERSION:2.0", b"PRODID:-//Folkmoot//Referendum timetable//EN", b"DTSTAMP:20260702T093000Z"):
        assert name in lines
    for event in opened(found).events:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        if "DTEND" in event:
            assert event["dtend"].dt > event["dtstart"].dt


def test_an_event_keeps_its_identity_when_its_date_moves(found):
    moved = timetable(decision=date(2026, 7, 2), poll=date(2026, 9, 15))
    identities = [str(event["uid"]) for event in opened(found).events]
    assert len(set(identities)) == len(found.rows)
    assert {str(event["uid"]) for event in opened(moved).events} == set(identities)
    assert not {str(event["uid"]) for event in opened(found, reference="NR-000002").events} & set(identities)


def test_equal_timetables_are_equal_bytes(found):
    elsewhere = STAMP.astimezone(timezone(timedelta(hours=2)))
    assert opened(found).to_ical() == opened(found).to_ical()
    assert b"DTSTAMP:20260702T093000Z" in timetable_calendar(found, name="A", reference="B", stamp=elsewhere)


def test_a_stamp_needs_a_time_zone(found):
    with pytest.raises(ValueError, match="needs a time zone"):
        opened(found, stamp=datetime(2026, 7, 2, 9, 30))  # noqa: DTZ001 - what is refused


def test_the_working_names_the_weekdays_passed_over(found):
    said = {row.key: working(row) for row in found.rows}
    assert said["registration"] == "12 working days before 10 September 2026, passing over 31 August."
    assert said["make-by"] == "8 calendar weeks after 10 September 2026."
    assert said["polls-open"] == "This is the day itself."
