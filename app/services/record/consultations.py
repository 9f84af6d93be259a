"""Consultations and representations: as told, and as stored; what people said is compared by its hash."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import ConsultationHeld
from app.services.consultations import consultation_facts
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps, day_text
from app.services.representations import passed_facts, received_facts


def _opened(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["consultation", event["subject"], after["consultation"], str(after["number"])] = after


def _key(event: Event) -> Key:
    after = event["after"]
    return ("representation", event["subject"], after["consultation"], str(after["round"]), str(after["number"]))


_NAME = ("consultation", "round", "number")


def _facts(event: Event) -> Facts:
    return {name: value for name, value in event["after"].items() if name not in _NAME}


def _received(state: State, event: Event) -> None:
    state[_key(event)] = _facts(event) | {
        "told_on": None,
        "published_sha256": None,
        "published_as": None,
        "withheld_because": None,
        "passed_by": None,
    }


def _changed(state: State, event: Event) -> None:
    state[_key(event)].update(_facts(event))


STEPS: Steps = {
    EventKind.CONSULTATION_OPENED: _opened,
    EventKind.REPRESENTATION_RECEIVED: _received,
    EventKind.REPRESENTATION_PASSED: _changed,
    EventKind.REPRESENTOR_TOLD: _changed,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every consultation and every representation."""
    for held in session.scalars(select(ConsultationHeld)):
        yield ("consultation", held.subject, held.kind, str(held.number)), consultation_facts(held)
        for row in held.representations:
            key = ("representation", held.subject, held.kind, str(held.number), str(row.number))
            yield key, received_facts(row) | passed_facts(row) | {"told_on": day_text(row.told_on)}
