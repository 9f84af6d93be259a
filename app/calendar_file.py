"""A referendum timetable as an iCalendar file (RFC 5545), for Outlook, Thunderbird and others.

Deadlines without a time of day are whole-day events; the others carry the time zone Europe/London, whose rules are in
the file. Every event keeps its identity when its date moves, so that opening a later file updates a calendar.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from referendum.timetable import Row, Timetable

LONDON = ZoneInfo("Europe/London")
PRODUCT = "-//Folkmoot//Referendum timetable//EN"
ONE_DAY = timedelta(days=1)
FRIDAY = 5


def timetable_calendar(timetable: Timetable, *, name: str, reference: str, stamp: datetime) -> bytes:
    """Return the timetable as the bytes of an .ics file.

    Args:
        timetable: the dates.
        name: what people call the referendum; it begins every event.
        reference: what identifies the referendum for ever ("NR-000012"); the identity of each event is made from it.
        stamp: when the file was made, aware.

    Raises: ValueError if the stamp has no time zone.
    Source: TIME-10, times of day are clock time in England.
    """
    if stamp.tzinfo is None:
        raise ValueError("the stamp of a calendar file needs a time zone")
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(key, value)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add_component(_london())
    for event in _events(timetable.rows, name=name, reference=reference, stamp=stamp):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(rows: Iterable[Row], *, name: str, reference: str, stamp: datetime) -> Iterable[Event]:
    for row in rows:
        event = Event()
        event.add("uid", f"{sha256(f'{reference}/{row.key}'.encode()).hexdigest()[:32]}@folkmoot")
        event.add("dtstamp", stamp)
        event.add("summary", f"{name}: {row.event}")
        event.add("description", f"{working(row)} Rule {row.rule}.")
        event.add("transp", "TRANSPARENT")
        if row.clock is None:
            event.add("dtstart", row.day)
            event.add("dtend", row.day + ONE_DAY)
        else:
            event.add("dtstart", datetime.combine(row.day, row.clock, LONDON))
        yield event


def working(row: Row) -> str:
    """Return how the date was reached, as one sentence: what was counted, from where, and the weekdays passed over."""
    if not row.count:
        return "This is the day itself."
    skipped = [f"{day:%-d %B}" for day in row.ignored if _is_weekday(day)]
    besides = f", passing over {' and '.join(skipped)}" if skipped else ""
    return f"{row.count} {row.unit} {row.direction} {row.start:%-d %B %Y}{besides}."


def _is_weekday(day: date) -> bool:
    return day.isoweekday() <= FRIDAY


def _london() -> Timezone:
    """The rules of Europe/London since 1996, which cover every referendum there can have been."""
    summer, winter, hour = TimezoneDaylight(), TimezoneStandard(), timedelta(hours=1)
    for season, tzname, start, offset in (
        (summer, "BST", datetime(1996, 3, 31, 1), hour),  # noqa: DTZ001 - a zone's own rules are given in local time
        (winter, "GMT", datetime(1996, 10, 27, 2), 0 * hour),  # noqa: DTZ001 - as above
    ):
        season.add("tzname", tzname)
        season.add("dtstart", start)
        season.add("tzoffsetfrom", hour - offset)
        season.add("tzoffsetto", offset)
        season.add("rrule", {"freq": "yearly", "bymonth": start.month, "byday": "-1su"})
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    zone.add_component(summer)
    zone.add_component(winter)
    return zone
