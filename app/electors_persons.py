"""What the entries of a register say of persons: may they vote, when are they 18, are two entries one person."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from geo.roll import NO_PERSON, Roll
from referendum.eligibility import Eligibility, MarkerRule, attainment_day, entitlement


def answers(
    roll: Roll, poll_date: date, rules: Sequence[MarkerRule]
) -> tuple[tuple[Eligibility, ...], NDArray[np.int32]]:
    """Return the distinct answers and each entry's own; entries with equal marks on the same side of 18 share one."""
    is_under = becomes_18(roll, poll_date) > np.datetime64(poll_date)
    after_poll = poll_date + timedelta(days=1)
    distinct = tuple(
        entitlement(markers=marks, attains_on=attains, poll_date=poll_date, rules=rules)
        for marks in roll.marks
        for attains in (None, after_poll)
    )
    return distinct, (roll.mark * 2 + is_under).astype(np.int32)


def becomes_18(roll: Roll, poll_date: date) -> NDArray[np.datetime64]:
    """Return the day each elector becomes 18, NaT where the register prints no date."""
    printed, which = np.unique(roll.attains_on, return_inverse=True)
    days = [None if day is None else attainment_day(day, poll_date) for day in printed.astype(object).tolist()]
    becomes: NDArray[np.datetime64] = np.array(days, "datetime64[D]")[which.reshape(-1)]
    return becomes


def same_person(roll: Roll, among: NDArray[np.bool_]) -> tuple[tuple[str, ...], ...]:
    """Return the numbers of entries that the register itself gives to one person.

    Only its own identifier of electors can tell. Names are never read, so they cannot be compared; and an address,
    or a birthday shared by strangers, says nothing about one person registered twice. Where a register identifies
    nobody the list is empty and a finding says that it was not looked for. Nothing is ever removed (T-20).
    """
    rows = np.flatnonzero(among & (roll.person != NO_PERSON))
    persons, code, times = np.unique(roll.person[rows], return_inverse=True, return_counts=True)
    several = rows[times[code] > 1] if len(persons) else rows
    groups: dict[int, list[str]] = {}
    for at in several.tolist():
        groups.setdefault(int(roll.person[at]), []).append(roll.written_number(at))
    return tuple(sorted(tuple(sorted(numbers)) for numbers in groups.values()))
