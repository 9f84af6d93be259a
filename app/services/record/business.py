"""Business voters: as told, and as stored."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.documents import document_text
from app.models import BusinessCount, BusinessRegistration, RatepayerLiability, RatepayerList, Referendum
from app.services.business_lists import lines_stored
from app.services.business_registrations import registration_facts
from app.services.record.shape import OWN_SUM, AnySession, Event, Facts, Key, State, Steps


def _listed(state: State, event: Event) -> None:
    after = event["after"]
    facts = {"sha256": after["sha256"], "lines": after["lines"]}
    state["ratepayers", event["subject"], str(after["version"])] = facts


def _placed(state: State, event: Event) -> None:
    after = event["after"]
    key = "hereditament", event["subject"], str(after["version"]), str(after["line"])
    state[key] = {"decided": after["decided"], "reason": after["reason"]}


def _registered(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["business", event["subject"], str(after["number"])] = {**after, "struck_because": None}


def _struck(state: State, event: Event) -> None:
    after = event["after"]
    state["business", event["subject"], str(after["number"])]["struck_because"] = after["struck_because"]


def _frozen(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["business-count", event["subject"], after.pop("snapshot")] = after


STEPS: Steps = {
    EventKind.RATEPAYERS_LISTED: _listed,
    EventKind.HEREDITAMENT_PLACED: _placed,
    EventKind.BUSINESS_REGISTERED: _registered,
    EventKind.BUSINESS_STRUCK: _struck,
    EventKind.BUSINESS_FROZEN: _frozen,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every list of ratepayers, decided line, registration and frozen count."""
    references = {row.id: row.reference for row in session.execute(select(Referendum.id, Referendum.reference))}
    for listed in session.scalars(select(RatepayerList)):
        reference = references[listed.referendum_id]
        yield (
            ("ratepayers", reference, str(listed.version)),
            {"sha256": listed.sha256, "lines": lines_stored(session, listed)},
        )
        decided = select(RatepayerLiability).where(
            RatepayerLiability.list_id == listed.id, RatepayerLiability.decided.is_not(None)
        )
        for line in session.scalars(decided):
            key = "hereditament", reference, str(listed.version), str(line.position)
            yield key, {"decided": line.decided, "reason": _hash(line.decided_because)}
    for row in session.scalars(select(BusinessRegistration)):
        facts: Facts = registration_facts(row) | {"struck_because": _hash(row.struck_because)}
        yield ("business", references[row.referendum_id], str(row.id)), facts
    for count in session.scalars(select(BusinessCount)):
        facts = {"holders": count.holders, "entries": count.entries, "sha256": count.sha256}
        if hashlib.sha256(document_text(count.document).encode()).hexdigest() != count.sha256:
            facts[OWN_SUM] = False
        yield ("business-count", references[count.referendum_id], count.snapshot), facts


def _hash(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()
