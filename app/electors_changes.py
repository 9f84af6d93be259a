"""What changed between two counts of one electorate, entry by entry: who came in, who went out, who may vote now."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.electors import Electorate
from geo.electorate import DECISIONS, Decision
from geo.registers.entry import elector_number

CHANGE_COLUMNS = ("number", "polling_district", "before", "after")
Key = tuple[str, int, int]


class Standing(StrEnum):
    """Where one entry stands in a count."""

    ENTITLED = "may vote"
    NOT_ENTITLED = "in the area, may not vote"
    OPEN = "still open"
    OUTSIDE = "outside the area"
    ABSENT = "not on the register"


_STANDINGS = tuple(Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry that stands otherwise than before; never a name, never an address."""

    number: str
    polling_district: str
    before: Standing
    after: Standing


def standings(electorate: Electorate) -> dict[Key, Standing]:
    """Return where every entry of a count stands, by polling district, number and suffix."""
    workings = electorate.workings
    roll, decision = workings.roll, workings.placing.decision
    may_vote = np.array([each.entitled for each in workings.eligibility], bool)[workings.answer]
    codes = np.full(len(roll), _STANDINGS.index(Standing.OPEN), np.int8)
    inside = decision == DECISIONS.index(Decision.IN_AREA)
    codes[inside & may_vote] = _STANDINGS.index(Standing.ENTITLED)
    codes[inside & ~may_vote] = _STANDINGS.index(Standing.NOT_ENTITLED)
    codes[decision == DECISIONS.index(Decision.OUTSIDE)] = _STANDINGS.index(Standing.OUTSIDE)
    columns = zip(roll.district.tolist(), roll.number.tolist(), roll.suffix.tolist(), codes.tolist(), strict=True)
    return {(roll.districts[at], number, suffix): _STANDINGS[code] for at, number, suffix, code in columns}


def changes_between(before: Mapping[Key, Standing], after: Mapping[Key, Standing]) -> list[Change]:
    """Return the entries that stand otherwise, by polling district and number.

    Reading: whoever was never near the area, before or after, is left out: coming onto the register outside the area
        changes nothing here.
    Source: ELEC-12, ELEC-16, T-21.
    """
    nowhere = {Standing.OUTSIDE, Standing.ABSENT}
    found = []
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, Standing.ABSENT), after.get(key, Standing.ABSENT)
        if was is not now and not {was, now} <= nowhere:
            found.append(Change(number=elector_number(*key), polling_district=key[0], before=was, after=now))
    return found


def change_totals(changes: Sequence[Change]) -> list[tuple[Standing, Standing, int]]:
    """Return how many entries went from each standing to each other, in a fixed order."""
    totals = Counter((each.before, each.after) for each in changes)
    return [(was, now, totals[was, now]) for was in Standing for now in Standing if (was, now) in totals]
