"""Frozen electorates: as told, and as stored."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.documents import document_text
from app.models import ElectorateCount, Referendum
from app.services.record.shape import OWN_SUM, AnySession, Event, Facts, Key, State, Steps


def _frozen(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["electorate", event["subject"], after.pop("snapshot")] = after


STEPS: Steps = {EventKind.ELECTORATE_FROZEN: _frozen}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every frozen electorate."""
    for count, reference in session.execute(
        select(ElectorateCount, Referendum.reference).join(Referendum, ElectorateCount.referendum_id == Referendum.id)
    ):
        yield ("electorate", reference, count.snapshot), _electorate(count)


def _electorate(count: ElectorateCount) -> Facts:
    facts: Facts = {
        "register": count.register_id,
        "entries_in_area": count.entries_in_area,
        "entitled": count.entitled,
        "sha256": count.sha256,
    }
    if hashlib.sha256(document_text(count.document).encode()).hexdigest() != count.sha256:
        facts[OWN_SUM] = False
    return facts
