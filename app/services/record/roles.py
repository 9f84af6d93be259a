"""The roles people hold: as told, and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import RoleHeld
from app.services.accounts import subject_of
from app.services.record.shape import AnySession, Event, Facts, Key, State, Steps


def _granted(state: State, event: Event) -> None:
    after = event["after"]
    state["role", event["subject"], after["role"], after["in"]] = {"held": True}


def _ended(state: State, event: Event) -> None:
    before = event["before"]
    state.pop(("role", event["subject"], before["role"], before["in"]), None)


STEPS: Steps = {EventKind.ROLE_GRANTED: _granted, EventKind.ROLE_ENDED: _ended}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every role that is held now."""
    for held in session.scalars(select(RoleHeld).where(RoleHeld.ended_at.is_(None))):
        yield ("role", subject_of(held.user), held.role, held.organisation.code), {"held": True}
