"""The dates of a referendum in few words, for a line of dates; the table beside it has them in full."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.web.charts.dates import Happening, Mark
from referendum.timetable_events import EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortWords:
    """A row of a timetable in few words.

    Attributes:
        words: what happens.
        mark: how it stands on the line.
        is_for_voters: whoever has a vote, or may go to court over it, needs the date.
    """

    words: str
    mark: Mark
    is_for_voters: bool = False


def _event(words: str, *, voters: bool = False) -> ShortWords:
    return ShortWords(words=words, mark=Mark.EVENT, is_for_voters=voters)


def _deadline(words: str, *, voters: bool = False) -> ShortWords:
    return ShortWords(words=words, mark=Mark.DEADLINE, is_for_voters=voters)


def _poll(words: str, *, voters: bool = False) -> ShortWords:
    return ShortWords(words=words, mark=Mark.POLL, is_for_voters=voters)


SHORT_WORDS: Mapping[str, ShortWords] = {
    "decision": _event("Decision to hold a vote", voters=True),
    "challenge-decision": _deadline("Challenge to the decision"),
    "latest-poll": _deadline("Latest day for the poll"),
    "information-statement": _deadline("Information published", voters=True),
    "publicity-limit": _event("Referendum period begins"),
    "relevant-register": _event("Spending limit register"),
    "business-information": _deadline("How businesses register"),
    "ratepayers-as-at": _event("Ratepayers of this day"),
    "ratepayer-list": _deadline("List of ratepayers"),
    "notice-of-referendum": _deadline("Notice of referendum", voters=True),
    "poll-cards": _event("Register for poll cards"),
    "registration": _deadline("Register to vote", voters=True),
    "postal-applications": _deadline("Ask for postal vote", voters=True),
    "business-registration": _deadline("Business registrations", voters=True),
    "notice-of-poll": _deadline("Notice of poll", voters=True),
    "proxy-applications": _deadline("Ask for proxy vote", voters=True),
    "certificates": _deadline("Ask for voter ID", voters=True),
    "observers": _deadline("Name observers"),
    "final-register": _event("Final register"),
    "lost-postal-papers": _event("Postal papers replaced"),
    "polls-open": _poll("Polls open", voters=True),
    "emergency-proxy": _deadline("Emergency proxy", voters=True),
    "postal-replacements": _deadline("Replace a postal paper"),
    "register-corrections": _deadline("Register corrected"),
    "polls-close": _poll("Polls close", voters=True),
    "challenge-result": _deadline("Challenge to the result", voters=True),
    "make-by": _deadline("Made, if approved", voters=True),
}
_BESIDES = {
    "First day for the poll, if the information statement is published on the day of the decision": _event(
        "First day for the poll"
    ),
    "Last day to publish an information statement for a poll within the limit": _deadline("Last chance to publish"),
}


def happenings_of(rows: Iterable[Mapping[str, Any]], *, for_voters: bool = False) -> list[Happening]:
    """Return rows of a stored timetable (folkmoot.timetable/1, each with its `clock` in words) in few words.

    A row that is worded as no event of today's rules keeps its own words, and everybody is shown it.

    Args:
        rows: event, ISO date, time of day in words, rule.
        for_voters: leave out what only those who hold the poll need.
    """
    return [
        Happening(day=date.fromisoformat(row["date"]), words=_with_clock(short.words, row["clock"]), mark=short.mark)
        for row in rows
        if (short := short_words(row["event"])).is_for_voters or not for_voters
    ]


def short_words(event: str) -> ShortWords:
    """Return an event's few words, found by its full ones; those themselves where it is none of today's rules."""
    known = _by_text().get(event)
    return known or ShortWords(words=event, mark=Mark.EVENT, is_for_voters=True)


@cache
def _by_text() -> Mapping[str, ShortWords]:
    found = dict(_BESIDES)
    for event in EVENTS:
        found |= {event.text.format(instrument=word): SHORT_WORDS[event.key] for word in ("plan", "order")}
    return found


def _with_clock(words: str, clock: str) -> str:
    return f"{words}, {clock}" if clock else words
