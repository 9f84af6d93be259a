"""The one reader of the system time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def long_day(day: date) -> str:
    """Write a date as people do, without its weekday: 10 September 2026."""
    return f"{day.day} {day:%B %Y}"


class Clock:
    """Tells the time; tests put a `FixedClock` in its place."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return today's date as people in England write it (Europe/London)."""
        return self.now().astimezone(LONDON).date()


class FixedClock(Clock):
    """A clock that stands still, for tests and replays."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment this clock was set to."""
        return self._at
