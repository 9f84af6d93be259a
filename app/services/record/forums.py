"""Neighbourhood forums and the decisions on them: as told, and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import Forum
from app.services.forums import forum_facts_of
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps, day_text


def _applied(state: State, event: Event) -> None:
    nothing_yet = dict.fromkeys(("publicised_on", "closes_on", "designated_on", "ended_on", "ending"))
    state["forum", event["subject"]] = dict(event["after"]) | nothing_yet | {"ended_because": "", "notice_on": None}


def _publicised(state: State, event: Event) -> None:
    state["forum", event["subject"]] |= {name: event["after"][name] for name in ("publicised_on", "closes_on")}


def _decided(state: State, event: Event) -> None:
    after, subject = dict(event["after"]), event["subject"]
    standing = {"status": after.pop("status"), "designated_on": after.pop("designated_on")}
    renewed = after.pop("renews")
    state["forum decision", subject, after.pop("authority_code")] = after
    state["forum", subject] |= standing
    if renewed:
        state["forum", renewed] |= {
            "status": "ended",
            "ended_on": standing["designated_on"],
            "ending": "renewed",
            "ended_because": f"Designated anew: {subject}",
        }


def _published(state: State, event: Event) -> None:
    after = event["after"]
    state["forum decision", event["subject"], after["authority_code"]]["published_on"] = after["published_on"]


def _ended(state: State, event: Event) -> None:
    after = event["after"]
    state["forum", event["subject"]] |= {
        "ended_because": after["reasons"],
        **{name: after[name] for name in ("status", "ended_on", "ending", "notice_on")},
    }


STEPS: Steps = {
    EventKind.FORUM_APPLIED_FOR: _applied,
    EventKind.FORUM_PUBLICISED: _publicised,
    EventKind.FORUM_DECIDED: _decided,
    EventKind.FORUM_DECISION_PUBLISHED: _published,
    EventKind.FORUM_ENDED: _ended,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every forum, and the decisions on it."""
    for forum in session.scalars(select(Forum)):
        yield ("forum", forum.reference), _forum(forum)
        for decision in forum.decisions:
            facts = {
                "outcome": decision.outcome,
                "decided_on": day_text(decision.decided_on),
                "published_on": day_text(decision.published_on),
                "reasons": decision.reasons,
            }
            yield ("forum decision", forum.reference, decision.authority_code), facts


def _forum(forum: Forum) -> Facts:
    days = ("publicised_on", "closes_on", "designated_on", "ended_on", "notice_on")
    return forum_facts_of(forum) | {
        **{name: day_text(getattr(forum, name)) for name in days},
        "ending": forum.ending,
        "ended_because": forum.ended_because,
    }
