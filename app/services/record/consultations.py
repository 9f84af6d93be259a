"""Consultations and representations: as told, and as stored; what people said is compared by its hash."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import ConsultationHeld
from app.services.consultations import consultation_facts
from app.services.messages import message_facts
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps, day_text
from app.services.representations import received_facts
from app.services.representations_publishing import answered_facts, passed_facts


def _opened(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["consultation", event["subject"], after["consultation"], str(after["number"])] = after


def _key(event: Event) -> Key:
    after = event["after"]
    return ("representation", event["subject"], after["consultation"], str(after["round"]), str(after["number"]))


_NAME = ("consultation", "round", "number", "message")


def _facts(event: Event) -> Facts:
    return {name: value for name, value in event["after"].items() if name not in _NAME}


def _received(state: State, event: Event) -> None:
    state[_key(event)] = _facts(event) | {
        "told_on": None,
        "published_sha256": None,
        "published_as": None,
        "withheld_because": None,
        "passed_by": None,
        "answer": "",
        "answered_by": None,
    }


def _changed(state: State, event: Event) -> None:
    state[_key(event)].update(_facts(event))


def _message_key(event: Event) -> Key:
    return ("message", *_key(event)[1:], event["after"]["message"])


def _written(state: State, event: Event) -> None:
    state[_message_key(event)] = _facts(event)


def _told(state: State, event: Event) -> None:
    _changed(state, event)
    if "message" in event["after"]:
        state[_message_key(event)]["sent_on"] = event["after"]["told_on"]


STEPS: Steps = {
    EventKind.CONSULTATION_OPENED: _opened,
    EventKind.REPRESENTATION_RECEIVED: _received,
    EventKind.REPRESENTATION_PASSED: _changed,
    EventKind.REPRESENTATION_ANSWERED: _changed,
    EventKind.MESSAGE_WRITTEN: _written,
    EventKind.REPRESENTOR_TOLD: _told,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every consultation, every representation, and every message to a respondent."""
    for held in session.scalars(select(ConsultationHeld)):
        yield ("consultation", held.subject, held.kind, str(held.number)), consultation_facts(held)
        for row in held.representations:
            key = ("representation", held.subject, held.kind, str(held.number), str(row.number))
            told = {"told_on": day_text(row.told_on)}
            yield key, received_facts(row) | passed_facts(row) | answered_facts(row) | told
            for message in row.messages:
                facts = {name: value for name, value in message_facts(message).items() if name != "message"}
                yield ("message", *key[1:], message.about), facts
