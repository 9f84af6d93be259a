"""Ballot paper accounts, rounds of counting and declarations: as told, and as stored."""

from collections.abc import Iterator
from datetime import UTC

from sqlalchemy import select

from app.audit import EventKind
from app.models import CountRound, Declaration, Referendum
from app.services.record.shape import OWN_SUM, AnySession, Event, Facts, Key, State, Steps
from referendum.count_file import read_count
from referendum.errors import ReferendumError
from referendum.result import result_document
from referendum.tally import tally

FIGURES = ("supplied", "issued", "spoilt", "unused", "tendered", "found")


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
        "reason": after.get("reason"),
        "declared_by": event["actor"],
        "declared_at": event["at"],
    }


STEPS: Steps = {
    EventKind.ACCOUNTS_RECORDED: _account,
    EventKind.ROUND_RECORDED: _round,
    EventKind.RESULT_DECLARED: _declared,
}


def stored(session: AnySession) -> Iterator[tuple[Key, Facts]]:
    """Yield every account, round and declaration."""
    for referendum in session.scalars(select(Referendum)):
        for account in referendum.accounts:
            key = ("account", referendum.reference, account.poll, account.council, account.station)
            yield key, {name: getattr(account, name) for name in FIGURES}
        for round_ in referendum.rounds:
            yield ("round", referendum.reference, str(round_.number)), _round_facts(round_)
        if referendum.declaration is not None:
            yield ("declaration", referendum.reference), _declaration_facts(referendum.declaration)


def _round_facts(round_: CountRound) -> Facts:
    facts: Facts = {"reason": round_.reason, "count": round_.count}
    return facts if _follows(round_.count, round_.result) else facts | {OWN_SUM: False}


def _declaration_facts(declaration: Declaration) -> Facts:
    return {
        "round": declaration.round_number,
        "result": declaration.result,
        "reason": declaration.reason,
        "declared_by": declaration.declared_by,
        "declared_at": declaration.declared_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def _follows(count: Facts, result: Facts) -> bool:
    try:
        return result_document(tally(read_count(count))) == result
    except ReferendumError:
        return False
