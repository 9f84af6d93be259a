"""Which version of a case somebody has read (`ETag`), and whether it has changed since (`If-Match`).

A tag is the number of the last event on record for the case, and a hash of the answer: "1234-0f3a…". Changes are
compared by the number alone, so that a tag read from any view of a case serves for every change of it.
"""

import hashlib
import re
from collections.abc import Collection

from sqlalchemy import func, select

from app.audit import RECORDED
from app.db import ReadSession, WriteSession
from app.errors import StaleError
from app.models import AuditEvent

_TAG = re.compile(r'^"(\d{1,15})-[0-9a-f]{16}"$')
_MOST_TOLD = 20


def tag_of(session: ReadSession | WriteSession, subject: str, content: bytes) -> str:
    """Return the entity tag of an answer about a case."""
    last = session.scalar(select(func.max(AuditEvent.seq)).where(AuditEvent.subject == subject))
    return f'"{last or 0}-{hashlib.sha256(content).hexdigest()[:16]}"'


def is_tag(header: str, tag: str) -> bool:
    """Say whether a list of tags, as `If-None-Match` carries it, holds this one."""
    given = {each.strip().removeprefix("W/") for each in header.split(",")}
    return tag in given or "*" in given


def refuse_stale(session: ReadSession | WriteSession, subject: str, if_match: str) -> None:
    """Refuse a change of a case that has changed since the caller read it; what this transaction did is left out.

    Args:
        session: what is read in; where it writes, the lock on the record is held once it has recorded anything.
        subject: the public reference of the case.
        if_match: the header: one or more tags, or * for whatever is there.

    Raises:
        StaleError: it has changed since, with what happened; or the tag is none of ours.
    """
    if if_match.strip() == "*":
        return
    found = [_TAG.match(each.strip()) for each in if_match.split(",")]
    numbers = [int(each[1]) for each in found if each]
    if not numbers:
        raise StaleError(f"The tag in If-Match is none of ours: read {subject} and send its ETag as it stands there.")
    since = _events_after(session, subject, max(numbers), leaving_out=session.info.get(RECORDED, ()))
    if since:
        what = f"{subject} has changed since you read it ({since[-1].kind}, at {since[-1].at:%Y-%m-%d %H:%M} UTC)"
        changes = tuple(
            {"seq": each.seq, "at": each.at.isoformat(), "kind": each.kind, "role": each.role} for each in since
        )
        raise StaleError(f"{what}: read it again, and then decide.", changes=changes)


def _events_after(
    session: ReadSession | WriteSession, subject: str, number: int, *, leaving_out: Collection[int]
) -> list[AuditEvent]:
    wanted = select(AuditEvent).where(AuditEvent.subject == subject, AuditEvent.seq > number)
    found = session.scalars(wanted.order_by(AuditEvent.seq).limit(_MOST_TOLD + len(leaving_out)))
    return [each for each in found if each.seq not in leaving_out]
