"""How the electorate of one referendum changed from count to count, worked out from what each was counted from."""

from dataclasses import dataclass
from itertools import pairwise

from app.db import ReadSession, WriteSession
from app.electors_changes import Change, Key, Standing, changes_between, standings
from app.models import ElectorateCount, Referendum, Register
from app.queries.electorates import frozen_electorates
from app.services.electorates_counting import count_for
from app.services.electorates_live import live_electorate
from app.services.registers import register_by_id, versions_before

AnySession = ReadSession | WriteSession
NOW = "now"
_IN_ORDER = ("E0", "E1", "E2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One count beside others: its totals, and entitled electors by polling district."""

    name: str
    register_id: int
    in_area: int
    entitled: int
    not_entitled: dict[str, int]
    still_open: int
    districts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one count to the next.

    Attributes:
        before, after: names of the counts.
        changes: the entries that stand otherwise; None where the registers are not of one line, so that a number may
            be somebody else's and entries cannot be compared.
    """

    before: str
    after: str
    changes: tuple[Change, ...] | None


def columns_of(session: AnySession, referendum: Referendum, register: Register | None) -> list[Column]:
    """Return the counts that are frozen, and the electorate as it stands while E2 is not, in the order of time."""
    frozen = frozen_electorates(session, referendum)
    found = [_column(frozen[name]) for name in _IN_ORDER if name in frozen]
    if register is not None and _IN_ORDER[-1] not in frozen:
        found.append(_live_column(session, referendum, register))
    return found


def _column(count: ElectorateCount) -> Column:
    entries = count.document["entries"]
    return Column(
        name=count.snapshot,
        register_id=count.register_id,
        in_area=count.entries_in_area,
        entitled=count.entitled,
        not_entitled={bar: int(number) for bar, number in count.document["not_entitled"].items()},
        still_open=int(entries["undecided"]) + int(entries["unplaced"]),
        districts={
            each["code"]: int(each["entitled"]) for each in count.document["by_polling_district"] if each["in_area"]
        },
    )


def _live_column(session: AnySession, referendum: Referendum, register: Register) -> Column:
    electorate = live_electorate(session, referendum, register).electorate
    return Column(
        name=NOW,
        register_id=register.id,
        in_area=electorate.in_area,
        entitled=electorate.entitled,
        not_entitled={bar.value: number for bar, number in electorate.not_entitled.items()},
        still_open=electorate.undecided + electorate.unplaced,
        districts={each.code: each.entitled for each in electorate.by_polling_district if each.in_area},
    )


def steps_between(session: AnySession, referendum: Referendum, columns: list[Column]) -> list[Step]:
    """Return what changed from each count to the next, entry by entry.

    Each count is counted again from what it was counted from, with the placements that it knew.
    Source: ELEC-12, ELEC-16, T-21.
    """
    frozen = frozen_electorates(session, referendum)
    return [_step(session, referendum, frozen, *pair) for pair in pairwise(columns)]


def _step(
    session: AnySession, referendum: Referendum, frozen: dict[str, ElectorateCount], before: Column, after: Column
) -> Step:
    if before.register_id not in versions_before(session, after.register_id):
        return Step(before=before.name, after=after.name, changes=None)
    was, now = (_standings(session, referendum, frozen.get(each.name), each.register_id) for each in (before, after))
    return Step(before=before.name, after=after.name, changes=tuple(changes_between(was, now)))


def _standings(
    session: AnySession, referendum: Referendum, count: ElectorateCount | None, register_id: int
) -> dict[Key, Standing]:
    register = register_by_id(session, register_id)
    if count is None:
        return standings(live_electorate(session, referendum, register).electorate)
    upto = None if count.provenance is None else int(count.provenance["placements"]["last"])
    return standings(count_for(session, referendum, register, upto=upto).electorate)
