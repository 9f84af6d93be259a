"""The record, searched by person, record, kind and time; an organisation's auditor sees what was done in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, select

from app.audit import EventKind, event_document
from app.clock import LONDON
from app.db import ReadSession
from app.models import AuditEvent

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSearch:
    """What to look for; everything that is empty matches all.

    Attributes:
        organisation: code of the one organisation whose events may be seen; empty for those who see all.
        person: account name.
        subject: public reference or other subject.
        kind: what happened, as noun:deed.
        since: first day, in England.
        until: last day, in England.
    """

    organisation: str = ""
    person: str = ""
    subject: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


def _chosen(search: RecordSearch) -> Select[AuditEvent]:
    chosen = select(AuditEvent)
    if search.organisation:
        chosen = chosen.where(AuditEvent.organisation == search.organisation)
    for column, value in (
        (AuditEvent.actor, search.person),
        (AuditEvent.subject, search.subject),
        (AuditEvent.kind, search.kind),
    ):
        if value:
            chosen = chosen.where(column == value)
    if search.since is not None:
        chosen = chosen.where(AuditEvent.at >= _midnight(search.since))
    if search.until is not None:
        chosen = chosen.where(AuditEvent.at < _midnight(search.until + timedelta(days=1)))
    return chosen


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def newest_events(session: ReadSession, search: RecordSearch, *, before: int | None = None) -> list[AuditEvent]:
    """Return up to fifty events that match, the newest first, from before an event on."""
    chosen = _chosen(search).order_by(AuditEvent.seq.desc()).limit(PAGE)
    return list(session.scalars(chosen.where(AuditEvent.seq < before) if before is not None else chosen))


def exported_events(session: ReadSession, search: RecordSearch) -> Iterator[dict[str, object]]:
    """Yield every event that matches, the oldest first, as it was hashed."""
    for event in session.scalars(_chosen(search).order_by(AuditEvent.seq).execution_options(yield_per=1000)):
        yield event_document(event)


def event_kinds() -> list[str]:
    """Return every kind of event there can be."""
    return sorted(kind.value for kind in EventKind)
