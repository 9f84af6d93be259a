"""What the events of the record come to: areas, accounts, rounds, declarations, electorates and roles, rebuilt."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.audit import EventKind

Key = tuple[str, ...]
"""What is kept: its kind, the reference it belongs to, and what tells it apart there."""
State = dict[Key, dict[str, Any]]
Event = Mapping[str, Any]

FIGURES = ("supplied", "issued", "spoilt", "unused", "tendered", "found")


def rebuild(events: Iterable[Event]) -> State:
    """Return the state that the events, oldest first, come to; events about other things are passed over."""
    state: State = {}
    for event in events:
        step = _STEPS.get(str(event["kind"]))
        if step is not None:
            step(state, event)
    return state


def _applied(state: State, event: Event) -> None:
    after, subject = event["after"], event["subject"]
    state["area", subject] = {
        "name": after["name"],
        "status": "applied",
        "designated_on": None,
        "is_business_area": False,
        "line": None,
    }
    state["application", subject] = {
        "applicant_kind": after["applicant_kind"],
        "applicant_parish_code": after["applicant_parish_code"],
        "received_on": after["received_on"],
        "route": after["route"],
        "publicised_on": None,
        "closes_on": None,
        "line": after["geometry_sha256"],
    }


def _imported(state: State, event: Event) -> None:
    after = event["after"]
    state["area", event["subject"]] = {
        "name": after["name"],
        "status": "designated",
        "designated_on": after.get("designated_on"),
        "is_business_area": False,
        "line": after["geometry_sha256"],
    }


def _publicised(state: State, event: Event) -> None:
    state["application", event["subject"]].update(event["after"])


def _decided(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["decision", event["subject"], after.pop("authority_code")] = after


def _designated(state: State, event: Event) -> None:
    after = dict(event["after"])
    line = after.pop("geometry_sha256")
    state["area", event["subject"]].update(after | {"line": line})


def _refused(state: State, event: Event) -> None:
    state["area", event["subject"]].update(event["after"])


def _account(state: State, event: Event) -> None:
    after = event["after"]
    key = ("account", event["subject"], after["poll"], after["council"], after["station"])
    state[key] = {name: after[name] for name in FIGURES}


def _round(state: State, event: Event) -> None:
    after = event["after"]
    state["round", event["subject"], str(after["number"])] = {"reason": after["reason"], "count": after["count"]}


def _declared(state: State, event: Event) -> None:
    after = event["after"]
    state["declaration", event["subject"]] = {
        "round": after["round"],
        "result": after["result"],
        "declared_by": event["actor"],
        "declared_at": event["at"],
    }


def _frozen(state: State, event: Event) -> None:
    after = dict(event["after"])
    state["electorate", event["subject"], after.pop("snapshot")] = after


def _granted(state: State, event: Event) -> None:
    after = event["after"]
    state["role", event["subject"], after["role"], after["in"]] = {"held": True}


def _ended(state: State, event: Event) -> None:
    before = event["before"]
    state.pop(("role", event["subject"], before["role"], before["in"]), None)


_STEPS: Mapping[str, Callable[[State, Event], None]] = {
    EventKind.AREA_APPLIED_FOR.value: _applied,
    EventKind.AREAS_IMPORTED.value: _imported,
    EventKind.AREA_PUBLICISED.value: _publicised,
    EventKind.AREA_DECIDED.value: _decided,
    EventKind.AREA_DESIGNATED.value: _designated,
    EventKind.AREA_REFUSED.value: _refused,
    EventKind.ACCOUNTS_RECORDED.value: _account,
    EventKind.ROUND_RECORDED.value: _round,
    EventKind.RESULT_DECLARED.value: _declared,
    EventKind.ELECTORATE_FROZEN.value: _frozen,
    EventKind.ROLE_GRANTED.value: _granted,
    EventKind.ROLE_ENDED.value: _ended,
}
