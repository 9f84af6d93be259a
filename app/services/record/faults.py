"""Every difference between the tables and the record: each is an edit that left no event, and is named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.audit import documents
from app.services.record import (
    area_changes,
    areas,
    business,
    consultations,
    counting,
    counts,
    draft_cases,
    drafts,
    electorates,
    filings,
    forums,
    local_plans,
    plan_cases,
    polling_stations,
    roles,
    successions,
)
from app.services.record.shape import OWN_SUM, AnySession, Event, State

_NOUNS = (
    area_changes,
    areas,
    business,
    consultations,
    counting,
    counts,
    draft_cases,
    drafts,
    electorates,
    filings,
    forums,
    local_plans,
    plan_cases,
    polling_stations,
    roles,
    successions,
)
_STEPS = {kind.value: step for noun in _NOUNS for kind, step in noun.STEPS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFault:
    """Where a table is not what its events come to.

    Attributes:
        subject: the reference it belongs to.
        what: what differs, in a sentence without its full stop.
    """

    subject: str
    what: str


def state_faults(session: AnySession) -> list[StateFault]:
    """Return every difference between the tables and what the events of the record come to."""
    told = _told(documents(session))
    return list(_differences(told, stored_state(session)))


def _told(events: Iterable[Event]) -> State:
    state: State = {}
    for event in events:
        step = _STEPS.get(str(event["kind"]))
        if step is not None:
            step(state, event)
    return state


def _differences(told: State, stored: State) -> Iterator[StateFault]:
    for key in sorted(told.keys() | stored.keys()):
        name = f"{key[0]} of {' '.join(key[1:])}"
        if key not in stored:
            yield StateFault(subject=key[1], what=f"the {name} is gone, and no event took it away")
        elif key not in told:
            yield StateFault(subject=key[1], what=f"the {name} is there, and no event put it there")
        else:
            for field in sorted(told[key]):
                if told[key][field] != stored[key].get(field):
                    yield StateFault(subject=key[1], what=f"the {field} of the {name} is not what the record says")
            if OWN_SUM in stored[key]:
                yield StateFault(subject=key[1], what=f"the {name} does not follow from its own figures")


def stored_state(session: AnySession) -> State:
    """Return the state that the tables hold, in the shape in which their events tell it."""
    state: State = {}
    for noun in _NOUNS:
        state.update(noun.stored(session))
    session.expunge_all()
    return state
