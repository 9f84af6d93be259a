"""Public references: NA-000123, given once and never again."""

from enum import StrEnum

from sqlalchemy import select

from app.db import WriteSession, hold_lock
from app.models import ReferenceCounter


class Prefix(StrEnum):
    """What a reference refers to."""

    AREA = "NA"
    PLAN = "NP"
    ORDER = "NO"
    RIGHT_TO_BUILD_ORDER = "CO"
    REFERENDUM = "NR"
    GROUP = "NG"
    FORUM = "NF"
    DRAFT = "ND"
    DEVELOPMENT_DOCUMENT = "DD"


def next_reference(session: WriteSession, prefix: Prefix) -> str:
    """Return a reference never given before; the number is used up even if nothing is stored under it."""
    hold_lock(session, "audit")
    counter = session.scalars(select(ReferenceCounter).where(ReferenceCounter.prefix == prefix.value)).one_or_none()
    if counter is None:
        counter = ReferenceCounter(prefix=prefix.value, last=0)
        session.add(counter)
    counter.last += 1
    session.flush()
    return f"{prefix.value}-{counter.last:06}"
