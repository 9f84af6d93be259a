"""Which authority answers now for one that is no more, as the record tells it (O-10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.audit import EventKind
from app.db import ReadSession, WriteSession
from app.models import AuditEvent

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """The authority that took another's place.

    Attributes:
        code, name: of the new authority.
        on: the first day on which it stood in the other's place.
        was: the name of the one it took the place of.
    """

    code: str
    name: str
    on: date
    was: str


def successors(session: AnySession) -> Mapping[str, Successor]:
    """Return who took the place of each authority that is no more, by its code; one step only. Source: O-10."""
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.kind == EventKind.AUTHORITY_SUCCEEDED.value).order_by(AuditEvent.seq)
    )
    found: dict[str, Successor] = {}
    for event in events:
        told = event.after or {}
        for was in told["from"]:
            on = date.fromisoformat(told["on"])
            found[was["code"]] = Successor(code=event.subject, name=told["name"], on=on, was=was["name"])
    return found


def answers_now(session: AnySession, code: str) -> str:
    """Return the code of the authority that answers for a code today: its last successor's, or its own."""
    known = successors(session)
    while code in known:
        code = known[code].code
    return code


def with_successors(session: AnySession, code: str) -> frozenset[str]:
    """Return a code, and those of all authorities that took its place one after the other."""
    known, found = successors(session), {code}
    while code in known:
        code = known[code].code
        found.add(code)
    return frozenset(found)


def taken_over_by(session: AnySession, code: str) -> frozenset[str]:
    """Return the codes and names of all authorities whose place an authority took, also through others."""
    known, found, waiting = successors(session), set[str](), [code]
    while waiting:
        present = waiting.pop()
        for old, successor in known.items():
            if successor.code == present:
                found |= {old, successor.was}
                waiting.append(old)
    return frozenset(found)


def now_answering(session: AnySession, authorities: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return authorities (code and name), each succeeded one as the authority that answers now, by code, each once."""
    known = successors(session)
    found: dict[str, str] = {}
    for old, was in authorities:
        code, name = old, was
        while code in known:
            code, name = known[code].code, known[code].name
        found[code] = name
    return sorted(found.items())
