"""Registers, locations, officers' placements and frozen electorates: as told, and as stored."""

from collections.abc import Iterator

from sqlalchemy import func, select

from app.audit import EventKind
from app.models import (
    ElectorateCount,
    ElectorPlacement,
    LocationAddress,
    LocationFile,
    LocationPoint,
    Referendum,
    Register,
    RegisterAlteration,
    RegisterEntry,
)
from app.services.electorates import electorate_hash
from app.services.electorates_placements import decision_facts
from app.services.record.shape import OWN_SUM, AnySession, Event, Facts, Key, State, Steps
from app.services.registers import register_facts


def _frozen(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["electorate", event["subject"], after.pop("snapshot")] = after


def _registered(state: State, event: Event) -> None:
    after = event["after"]
    kept = {name: after[name] for name in ("authority_code", "as_at", "layout", "entries")}
    state["register", event["subject"]] = kept | {"based_on": after.get("based_on"), "sha256": list(after["sha256"])}
    if after.get("based_on") is not None:
        before = state.get(("register", f"register:{after['based_on']}"), {"sha256": []})
        state["register", event["subject"]]["sha256"] = [*before["sha256"], *after["sha256"]]


def _located(state: State, event: Event) -> None:
    state["locations", event["subject"]] = dict(event["after"])


def _placed(state: State, event: Event) -> None:
    after = event["after"]
    facts = state.setdefault(("placements", event["subject"]), {"decisions": []})
    facts["decisions"].extend([after["register"], *decision] for decision in after["decisions"])


STEPS: Steps = {
    EventKind.REGISTER_IMPORTED: _registered,
    EventKind.REGISTER_ALTERED: _registered,
    EventKind.LOCATIONS_IMPORTED: _located,
    EventKind.ELECTORS_PLACED: _placed,
    EventKind.ELECTORATE_FROZEN: _frozen,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every register version, location file, list of placements and frozen electorate."""
    yield from _registers(session)
    yield from _locations(session)
    yield from _placements(session)
    for count, reference in session.execute(
        select(ElectorateCount, Referendum.reference).join(Referendum, ElectorateCount.referendum_id == Referendum.id)
    ):
        yield ("electorate", reference, count.snapshot), _electorate(count)


def _registers(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    rows = session.execute(select(RegisterEntry.register_id, func.count()).group_by(RegisterEntry.register_id))
    entries = {register: count for register, count in rows}  # noqa: C416 - rows are not plain pairs to a type checker
    alterations = session.execute(select(RegisterAlteration.register_id, RegisterAlteration.based_on_id))
    based_on = {register: before for register, before in alterations}  # noqa: C416 - as above
    for register in session.scalars(select(Register)):
        facts: Facts = register_facts(register) | {
            "based_on": based_on.get(register.id),
            "sha256": [file["sha256"] for file in register.files["files"]],
        }
        if entries.get(register.id, 0) != register.entries:
            facts[OWN_SUM] = False
        yield ("register", f"register:{register.id}"), facts


def _locations(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    kept = {
        file: count
        for model in (LocationPoint, LocationAddress)
        for file, count in session.execute(select(model.file_id, func.count()).group_by(model.file_id))
    }
    for file in session.scalars(select(LocationFile)):
        facts: Facts = {name: getattr(file, name) for name in ("authority_code", "kind", "name", "sha256", "rows")}
        if kept.get(file.id, 0) != file.rows:
            facts[OWN_SUM] = False
        yield ("locations", f"locations:{file.id}"), facts


def _placements(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    lists: dict[str, list[list[object]]] = {}
    for row, reference in session.execute(
        select(ElectorPlacement, Referendum.reference)
        .join(Referendum, ElectorPlacement.referendum_id == Referendum.id)
        .order_by(ElectorPlacement.id)
    ):
        lists.setdefault(reference, []).append([row.register_id, *decision_facts(row)])
    for reference, decisions in lists.items():
        yield ("placements", reference), {"decisions": decisions}


def _electorate(count: ElectorateCount) -> Facts:
    facts: Facts = {
        "register": count.register_id,
        "entries_in_area": count.entries_in_area,
        "entitled": count.entitled,
        "sha256": count.sha256,
    }
    if electorate_hash(count.document, count.provenance) != count.sha256:
        facts[OWN_SUM] = False
    return facts
