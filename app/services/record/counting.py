"""The night of the count: as told by its events, and as stored."""

from collections.abc import Iterator

from sqlalchemy import select

from app.audit import EventKind
from app.models import CountPortion, Referendum
from app.queries.counts import portion_stands
from app.services.counts_keying import sealed
from app.services.record.shape import OWN_SUM, AnySession, Event, Facts, Key, State, Step, Steps
from referendum.errors import ReferendumError
from referendum.verify import canonical_hash

_PORTION = ("poll", "council", "stations", "postal_sessions", "electorate")


def _set_up(state: State, event: Event) -> None:
    after = event["after"]
    facts = {name: after[name] for name in _PORTION}
    state["count portion", event["subject"], str(after["portion"])] = {**facts, "round": 1, "state": "counting"}


def _moved(state: State, event: Event) -> None:
    after = event["after"]
    key = ("count portion", event["subject"], str(after["portion"]))
    state[key] = {**state[key], "state": after["state"], "round": after["round"]}


def _keyed(state: State, event: Event) -> None:
    after = event["after"]
    key = ("count entry", event["subject"], str(after["portion"]), after["sheet"], str(after["entry"]))
    state[key] = {"keyer": event["actor"], "sealed": after["sealed"], "reason": after["reason"]}


def _settled(state: State, event: Event) -> None:
    after = event["after"]
    state["settled sheet", event["subject"], str(after["portion"]), after["sheet"]] = {"figures": after["figures"]}


def _cause_recorded(state: State, event: Event) -> None:
    after = event["after"]
    key = ("count cause", event["subject"], str(after["portion"]), after["sheet"], str(after["number"]))
    state[key] = {"by": event["actor"], "kind": after["cause"], "note": after["note"], "agreed_by": None}


def _cause_agreed(state: State, event: Event) -> None:
    after = event["after"]
    key = ("count cause", event["subject"], str(after["portion"]), after["sheet"], str(after["number"]))
    state[key] = {**state[key], "agreed_by": event["actor"]}


def _numbered(noun: str, *fields: str) -> Step:
    """Return the step of an event that adds one numbered thing to a portion."""

    def step(state: State, event: Event) -> None:
        after = event["after"]
        place = [str(after[name]) for name in ("portion", "sheet", "number") if name in after]
        facts = {name: after[name] for name in fields}
        state[noun, event["subject"], *place] = {"by": event["actor"], **facts}

    return step


def _verified(state: State, event: Event) -> None:
    after = event["after"]
    key = ("count statement", event["subject"], str(after["portion"]))
    state[key] = {"by": event["actor"], "document": after["statement"]}


def _signed(state: State, event: Event) -> None:
    after = event["after"]
    key = ("count signature", event["subject"], str(after["round"]), event["actor"])
    state[key] = {"role": event["role"], "sha256": after["count_signed_sha256"]}


def _released(state: State, event: Event) -> None:
    after = event["after"]
    key = ("count release", event["subject"], str(after["number"]))
    state[key] = {"by": event["actor"], "kind": after["kind"], "document": after["document"]}


def _observed(state: State, event: Event) -> None:
    after = event["after"]
    state["observer", event["subject"], after["council"], after["badge"]] = {"appointed_by": after["appointed_by"]}


STEPS: Steps = {
    EventKind.COUNT_PORTION_SET_UP: _set_up,
    EventKind.COUNT_STATEMENT_MOVED: _moved,
    EventKind.COUNT_SHEET_KEYED: _keyed,
    EventKind.COUNT_SHEET_SETTLED: _settled,
    EventKind.COUNT_BOX_CHECKED: _numbered("box step", "step", "found"),
    EventKind.COUNT_CAUSE_RECORDED: _cause_recorded,
    EventKind.COUNT_CAUSE_AGREED: _cause_agreed,
    EventKind.COUNT_VERIFIED: _verified,
    EventKind.COUNT_ROUND_CONFIRMED: _numbered("portion round", "reason", "figures"),
    EventKind.COUNT_RECOUNT_ANSWERED: _numbered("recount request", "asked_by", "granted", "reason"),
    EventKind.COUNT_SIGNED: _signed,
    EventKind.COUNT_RELEASED: _released,
    EventKind.COUNT_OBSERVER_RECORDED: _observed,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield everything stored of every count night."""
    for referendum in session.scalars(select(Referendum)):
        reference = referendum.reference
        for number, row in enumerate(referendum.portions, 1):
            yield from _portion(reference, str(number), row)
        yield from _whole(referendum)


def _portion(reference: str, number: str, row: CountPortion) -> Iterator[tuple[Key, Facts]]:
    facts = {name: getattr(row, name) for name in (*_PORTION, "round", "state")}
    yield ("count portion", reference, number), facts
    places: dict[tuple[str, str], int] = {}

    def place(noun: str, sheet: str) -> tuple[str, ...]:
        places[noun, sheet] = places.get((noun, sheet), 0) + 1
        return (noun, reference, number, sheet, str(places[noun, sheet]))

    for entry in row.entries:
        seal = sealed(entry.figures, entry.salt)
        yield place("count entry", entry.sheet), {"keyer": entry.keyer, "sealed": seal, "reason": entry.reason}
    yield from _settled_sheets(reference, number, row)
    for taken in row.box_steps:
        yield place("box step", taken.sheet), {"by": taken.by, "step": taken.step, "found": taken.found}
    for cause in row.box_causes:
        facts = {"by": cause.by, "kind": cause.kind, "note": cause.note, "agreed_by": cause.agreed_by}
        yield place("count cause", cause.sheet), facts
    if row.statement is not None:
        yield ("count statement", reference, number), {"by": row.statement.by, "document": row.statement.document}
    for held in row.rounds:
        facts = {"by": held.by, "reason": held.reason, "figures": held.figures}
        yield ("portion round", reference, number, str(held.number)), facts
    for order, asked in enumerate(row.requests, 1):
        facts = {"by": asked.by, "asked_by": asked.asked_by, "granted": asked.granted, "reason": asked.reason}
        yield ("recount request", reference, number, str(order)), facts


def _settled_sheets(reference: str, number: str, row: CountPortion) -> Iterator[tuple[Key, Facts]]:
    try:
        sheets = portion_stands(int(number), row).sheets
    except ReferendumError:
        yield ("count portion", reference, number), {OWN_SUM: False}
        return
    for held in sheets:
        if held.values is not None:
            yield ("settled sheet", reference, number, held.sheet.key), {"figures": held.values}


def _whole(referendum: Referendum) -> Iterator[tuple[Key, Facts]]:
    reference = referendum.reference
    counts = {str(held.number): canonical_hash(held.count) for held in referendum.rounds}
    for signed in referendum.sign_offs:
        facts: Facts = {"role": signed.role, "sha256": signed.sha256}
        is_of_it = counts.get(str(signed.round_number)) == signed.sha256
        key = ("count signature", reference, str(signed.round_number), signed.name)
        yield key, facts if is_of_it else facts | {OWN_SUM: False}
    for release in referendum.releases:
        facts = {"by": release.by, "kind": release.kind, "document": release.document}
        yield ("count release", reference, str(release.number)), facts
    for observer in referendum.observers:
        key = ("observer", reference, observer.council, observer.badge)
        yield key, {"appointed_by": observer.appointed_by}
