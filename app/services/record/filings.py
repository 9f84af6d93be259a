"""Documents of cases: as told, and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import CaseDocument
from app.services.documents import facts_of
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps


def _filed(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["document", event["subject"], after["kind"], str(after["version"])] = after


STEPS: Steps = {EventKind.DOCUMENT_FILED: _filed}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every version of every document."""
    for document in session.scalars(select(CaseDocument)):
        yield ("document", document.subject, document.kind, str(document.version)), facts_of(document)
