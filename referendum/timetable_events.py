"""What a referendum timetable holds, as a table: event, trigger, direction, figure of the law, time of day and rule.

A row names the figure it counts with; the number itself is in the law (`referendum.law.figure`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Trigger(StrEnum):
    """The event a row counts from."""

    DECISION = "decision"
    POLL = "poll"


class Direction(StrEnum):
    """Which way a row counts from its trigger."""

    BEFORE = "before"
    AFTER = "after"
    ON = "on"


class Poll(StrEnum):
    """For which referendums a row stands."""

    EVERY = "every"
    RESIDENTIAL_ONLY = "residential only"
    WITH_BUSINESS = "with business"
    ORDINARY_LIMIT = "one council, no business"
    LONGER_LIMIT = "several councils or business"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of every timetable, before it has dates.

    Attributes:
        key: stable name for machines.
        text: what happens, in plain words; {instrument} is "plan" or "order".
        rule: rule id, which also holds the figure.
        trigger: what it counts from.
        direction: before, after or on the trigger.
        figure: name of the figure of the rule that says how far; "" on the day itself.
        hour: name of the figure of the rule that gives the time of day; "" where there is none.
        polls: the referendums it stands for.
        midnight: the day lasts until midnight (registration to vote).
        figure_rule: the rule that holds the figure, where it is another.
    """

    key: str
    text: str
    rule: str
    trigger: Trigger
    direction: Direction
    figure: str = ""
    hour: str = ""
    polls: Poll = Poll.EVERY
    midnight: bool = False
    figure_rule: str = ""


def _before(
    key: str, rule: str, figure: str, text: str, *, hour: str = "", polls: Poll = Poll.EVERY, figure_rule: str = ""
) -> Event:
    return Event(
        key=key,
        text=text,
        rule=rule,
        trigger=Trigger.POLL,
        direction=Direction.BEFORE,
        figure=figure,
        hour=hour,
        polls=polls,
        figure_rule=figure_rule,
    )


def _on(key: str, rule: str, text: str, *, trigger: Trigger = Trigger.POLL, hour: str = "") -> Event:
    return Event(key=key, text=text, rule=rule, trigger=trigger, direction=Direction.ON, hour=hour)


def _after(key: str, rule: str, figure: str, text: str, *, trigger: Trigger, polls: Poll = Poll.EVERY) -> Event:
    return Event(key=key, text=text, rule=rule, trigger=trigger, direction=Direction.AFTER, figure=figure, polls=polls)


_HOMES, _BUSINESS = Poll.RESIDENTIAL_ONLY, Poll.WITH_BUSINESS
_STATEMENT, _STATEMENT_BUSINESS = "information-statement", "information-statement-business"
_STATEMENT_TEXT = "Last day to publish the information statement and its documents"
_PUBLICITY_TEXT = "Last day for the referendum period to begin, in which councils limit what they publish"
_REGISTER_TEXT = "Last day for the register that sets how much each campaign may spend"
_LIMIT_TEXT = "Last day for the poll"

EVENTS: tuple[Event, ...] = (
    _on("decision", "EXAM-5", "Decision that a referendum must be held", trigger=Trigger.DECISION),
    _after(
        "challenge-decision",
        "RESULT-11",
        "challenge",
        "Last day to challenge the decision in court, if it was published the same day",
        trigger=Trigger.DECISION,
    ),
    _after("latest-poll", "REF-7", "ordinary", _LIMIT_TEXT, trigger=Trigger.DECISION, polls=Poll.ORDINARY_LIMIT),
    _after(
        "latest-poll",
        "REF-7",
        "cross-boundary-or-business",
        _LIMIT_TEXT,
        trigger=Trigger.DECISION,
        polls=Poll.LONGER_LIMIT,
    ),
    _before("information-statement", "REF-9", _STATEMENT, _STATEMENT_TEXT, polls=_HOMES),
    _before("information-statement", "REF-9", _STATEMENT_BUSINESS, _STATEMENT_TEXT, polls=_BUSINESS),
    _before("publicity-limit", "REF-21", _STATEMENT, _PUBLICITY_TEXT, polls=_HOMES, figure_rule="REF-9"),
    _before("publicity-limit", "REF-21", _STATEMENT_BUSINESS, _PUBLICITY_TEXT, polls=_BUSINESS, figure_rule="REF-9"),
    _before("relevant-register", "REF-19", _STATEMENT, _REGISTER_TEXT, polls=_HOMES, figure_rule="REF-9"),
    _before("relevant-register", "REF-19", _STATEMENT_BUSINESS, _REGISTER_TEXT, polls=_BUSINESS, figure_rule="REF-9"),
    _before(
        "business-information",
        "BUS-5",
        "registration-information",
        "Last day to publish how businesses register to vote",
        polls=_BUSINESS,
    ),
    _before("ratepayers-as-at", "BUS-6", "state-of-list", "Day whose business ratepayers are listed", polls=_BUSINESS),
    _before(
        "ratepayer-list",
        "BUS-6",
        "ratepayer-list",
        "Last day for the billing authority to supply its list of business ratepayers",
        polls=_BUSINESS,
    ),
    _before("notice-of-referendum", "REF-13", "notice-of-referendum", "Last day for the notice of referendum"),
    _before(
        "poll-cards",
        "REF-15",
        "notice-of-referendum",
        "Register that decides who is sent a poll card",
        figure_rule="REF-13",
    ),
    Event(
        key="registration",
        text="Last day to register to vote",
        rule="ELEC-11",
        trigger=Trigger.POLL,
        direction=Direction.BEFORE,
        figure="registration",
        midnight=True,
    ),
    _before(
        "postal-applications",
        "ELEC-13",
        "postal-applications",
        "Applications for a postal vote, and changes to one, close",
        hour="applications-close",
    ),
    _before(
        "business-registration",
        "BUS-7",
        "registration-forms",
        "Both business registration forms must have arrived",
        hour="forms-close",
        polls=_BUSINESS,
    ),
    _before("notice-of-poll", "REF-14", "notice-of-poll", "Last day for the notice of poll"),
    _before(
        "proxy-applications",
        "ELEC-14",
        "proxy-applications",
        "Applications for a proxy vote close",
        hour="applications-close",
    ),
    _before(
        "certificates",
        "ELEC-15",
        "certificates",
        "Applications for a voter authority certificate or an anonymous elector's document close",
        hour="applications-close",
    ),
    _before("observers", "POLL-7", "observers", "Last day to appoint counting and polling observers"),
    _before("final-register", "ELEC-12", "final-alterations", "Final notice of alterations to the register"),
    _before("lost-postal-papers", "POLL-9", "lost-papers-from", "Lost postal ballot papers are replaced from this day"),
    _on("polls-open", "REF-16", "Polling stations open", hour="opens"),
    _on("emergency-proxy", "ELEC-14", "Applications for an emergency proxy close", hour="applications-close"),
    _on(
        "postal-replacements",
        "POLL-9",
        "Replacement of lost or spoilt postal ballot papers ends",
        hour="replacements-until",
    ),
    _on("register-corrections", "ELEC-12", "Last time to put errors in the register right", hour="corrections-until"),
    _on("polls-close", "REF-16", "Polling stations close; the papers are then checked and counted", hour="closes"),
    _after(
        "challenge-result",
        "RESULT-11",
        "challenge",
        "Last day to challenge the result in court, if it was declared on the day of the poll",
        trigger=Trigger.POLL,
    ),
    _after("make-by", "RESULT-3", "making", "If approved, last day to make the {instrument}", trigger=Trigger.POLL),
)
