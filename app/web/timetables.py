"""A referendum's timetable as pages show it: its rows with the time of day in words, and the hours of the poll."""

from collections.abc import Mapping, Sequence
from typing import Any

_NOON = 12


def timetable_rows(timetable: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a stored timetable (folkmoot.timetable/1), each with its time of day in words as `clock`.

    Source: TIME-10.
    """
    return [{**row, "clock": _clock(row)} for row in timetable.get("rows", ())]


def poll_hours(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the hours of the poll in words, from the timetable; empty where it gives none. Source: REF-16."""
    times = sorted(row["time"] for row in rows if row["rule"] == "REF-16" and row["time"])
    return f"{_hour(times[0])} to {_hour(times[-1])}" if times else ""


def _clock(row: Mapping[str, Any]) -> str:
    if row["time"] is None:
        return ""
    return "midnight" if row["time"] == "23:59" else _hour(row["time"])


def _hour(text: str) -> str:
    hour, minute = (int(part) for part in text.split(":"))
    half = "am" if hour < _NOON else "pm"
    return f"{hour % _NOON or _NOON}{half}" if minute == 0 else f"{hour % _NOON or _NOON}:{minute:02}{half}"
