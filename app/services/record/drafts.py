"""Boundaries being drawn and their versions: as told, and as stored; lines are compared by their hashes."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import BoundaryDraft
from app.services.drafts import draft_facts, version_facts
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps


def _started(state: State, event: Event) -> None:
    state["boundary being drawn", event["subject"]] = dict(event["after"])


def _saved(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["version", event["subject"], str(after["number"])] = after


STEPS: Steps = {EventKind.DRAFT_STARTED: _started, EventKind.DRAFT_SAVED: _saved}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every draft and every version of it."""
    for draft in session.scalars(select(BoundaryDraft)):
        yield ("boundary being drawn", draft.reference), draft_facts(draft)
        for version in draft.versions:
            yield ("version", draft.reference, str(version.number)), version_facts(version)
