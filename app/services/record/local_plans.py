"""Local plans and the other documents of development plans: as told, and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import DevelopmentDocument
from app.services.local_plans import facts_of_document
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps


def _recorded(state: State, event: Event) -> None:
    state["local-plan", event["subject"]] = dict(event["after"])


STEPS: Steps = {EventKind.LOCAL_PLAN_RECORDED: _recorded, EventKind.LOCAL_PLAN_CHANGED: _recorded}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every document."""
    for document in session.scalars(select(DevelopmentDocument).order_by(DevelopmentDocument.id)):
        yield ("local-plan", document.reference), facts_of_document(document)
