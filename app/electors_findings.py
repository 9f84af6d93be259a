"""What an officer must know about a count of electors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.electorate import DECISIONS, Decision, Extent, Placing
from geo.findings import Finding, Severity
from geo.registers.entry import UnreadableRow
from geo.roll import Roll

_SHOWN = 5
_LISTED = 1_000
"""Rows that could not be read are listed one by one up to this number; the total is always given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFacts:
    """What the findings are made from."""

    roll: Roll
    placing: Placing
    extents: Mapping[str, Extent] | None
    unreadable: tuple[UnreadableRow, ...]
    misfits: tuple[UnreadableRow, ...]
    entitled: int
    queries: int
    duplicates: int
    births: int
    expenses_entries: int


def findings_of(facts: CountFacts) -> tuple[Finding, ...]:
    """Return the findings, errors first, in an order that depends on the facts alone."""
    found = [
        *_unreadable(facts.unreadable),
        *_misfits(facts.misfits),
        *_nobody(facts),
        *_doubtful(facts),
        *_numbers_twice(facts.roll),
        *_persons(facts),
        *_districts(facts),
        *_contrary(facts.placing),
        *_idle(facts.placing),
        _expenses(facts.expenses_entries),
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _some(words: Sequence[str]) -> str:
    """Return the first few words of a list, and how many more there are."""
    shown = ", ".join(words[:_SHOWN])
    return shown if len(words) <= _SHOWN else f"{shown} and {len(words) - _SHOWN:,} more"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _finding(code: str, severity: Severity, message: str, rule: str | None = None) -> Finding:
    return Finding(code=code, severity=severity, message=message, rule=rule)


def _unreadable(rows: Sequence[UnreadableRow]) -> list[Finding]:
    if not rows:
        return []
    where = _some([f"{row.file} line {row.line} ({row.reason})" for row in rows])
    count = "1 row" if len(rows) == 1 else f"{len(rows):,} rows"
    message = f"{count} of the register could not be read and nobody in them is counted: {where}. Correct the export."
    each = [
        _finding("row-unreadable", Severity.NOTICE, f"{row.file} line {row.line}: {row.reason}.", "ELEC-3")
        for row in rows[:_LISTED]
    ]
    return [_finding("rows-unreadable", Severity.ERROR, message, "ELEC-3"), *each]


def _misfits(rows: Sequence[UnreadableRow]) -> list[Finding]:
    if not rows:
        return []
    what = _some([f"{row.file}: {row.reason}" for row in rows])
    message = f"Some alterations do not fit the register: {what}. Check that every update is there and in order."
    return [_finding("alterations-misfit", Severity.WARNING, message, "ELEC-12")]


def _nobody(facts: CountFacts) -> list[Finding]:
    if facts.entitled:
        return []
    message = (
        "Nobody in the register is entitled to vote in this area: check that the register and the area belong together."
    )
    return [_finding("nobody-entitled", Severity.ERROR, message, "ELEC-1")]


def _doubtful(facts: CountFacts) -> list[Finding]:
    counts = np.bincount(facts.placing.decision, minlength=len(DECISIONS)).tolist()
    undecided, unplaced = (counts[DECISIONS.index(known)] for known in (Decision.UNDECIDED, Decision.UNPLACED))
    found = []
    if undecided:
        message = (
            f"{_entries(undecided)} cannot be decided: the location known is nearer the line than its own accuracy. "
            "Decide each by hand and give the decisions as placements."
        )
        found.append(_finding("undecided-entries", Severity.WARNING, message, "ELEC-1"))
    if unplaced:
        message = (
            f"{_entries(unplaced)} cannot be placed: no location is known. "
            "Give a file of locations that covers them, or decide each by hand."
        )
        found.append(_finding("unplaced-entries", Severity.WARNING, message, "ELEC-1"))
    if facts.births:
        message = (
            f"{_entries(facts.births)} of the register carry a date over ten years before the poll, which was read as "
            "a date of birth and not as an eighteenth birthday: check what the export gives in that column."
        )
        found.append(_finding("dates-of-birth", Severity.WARNING, message, "ELEC-4"))
    if facts.queries:
        message = (
            f"{_entries(facts.queries)} in the area cannot be counted as entitled until an officer says what the "
            "letter against the name means on the day of the poll."
        )
        found.append(_finding("marker-queries", Severity.WARNING, message, "ELEC-5"))
    return found


def _numbers_twice(roll: Roll) -> list[Finding]:
    order = np.lexsort((roll.suffix, roll.number, roll.district))
    columns = [column[order] for column in (roll.district, roll.number, roll.suffix)]
    same = np.logical_and.reduce([column[1:] == column[:-1] for column in columns])
    again = sorted({roll.written_number(at) for at in order[1:][same].tolist()})
    if not again:
        return []
    message = f"The same elector number stands against several entries, all of which are counted: {_some(again)}."
    return [_finding("number-twice", Severity.WARNING, message, "ELEC-10")]


def _persons(facts: CountFacts) -> list[Finding]:
    if facts.duplicates:
        message = (
            f"{facts.duplicates:,} of the electors seem to have several entries here: each has one vote, no entry is "
            "removed, and the counting officer keeps a note of them."
        )
        return [_finding("suspected-duplicates", Severity.WARNING, message, "ELEC-10")]
    if facts.roll.has_person_ids:
        return []
    message = (
        "The register gives no identifier of its own for each elector, so a person entered at two addresses could "
        "not be looked for; names are never read."
    )
    return [_finding("duplicates-not-sought", Severity.NOTICE, message, "ELEC-10")]


def _districts(facts: CountFacts) -> list[Finding]:
    if facts.extents is None:
        message = (
            "No boundaries of polling districts were given, so every entry was decided by its own location; those "
            "without an address stay unplaced."
        )
        return [_finding("no-district-boundaries", Severity.NOTICE, message, "ELEC-7")]
    found = []
    strange = [code for code in facts.roll.districts if code not in facts.extents]
    if strange:
        message = f"The register has polling districts without a boundary: {_some(strange)}. Check their codes."
        found.append(_finding("district-without-boundary", Severity.WARNING, message, "ELEC-3"))
    empty = sorted(
        code for code, extent in facts.extents.items() if extent is not Extent.NONE and code not in facts.roll.districts
    )
    if empty:
        message = (
            f"Polling districts in the area have no entry in the register: {_some(empty)}. "
            "Check that no file is missing."
        )
        found.append(_finding("district-without-entries", Severity.WARNING, message, "ELEC-3"))
    return found


def _contrary(placing: Placing) -> list[Finding]:
    if not placing.contrary:
        return []
    where = _some([f"{code} ({count:,})" for code, count in sorted(placing.contrary.items())])
    message = (
        "Some entries were placed by their polling district although their own location lies across the line: "
        f"{where}. Check the codes of the districts or the locations."
    )
    return [_finding("location-contradicts-district", Severity.WARNING, message, "ELEC-1")]


def _idle(placing: Placing) -> list[Finding]:
    if not placing.idle:
        return []
    numbers = _some(
        [f"{one.polling_district}-{one.number}" + (f"/{one.suffix}" if one.suffix else "") for one in placing.idle]
    )
    message = (
        f"Officer's placements fit no entry of this register: {numbers}. Numbers change when a register is revised."
    )
    return [_finding("placement-without-entry", Severity.WARNING, message, "ELEC-1")]


def _expenses(entries: int) -> Finding:
    message = (
        f"The expenses limit is worked out from {_entries(entries)}: those in the area, without overseas electors. "
        "It holds for the referendum only if this register had effect on the day the referendum period began."
    )
    return _finding("expenses-number", Severity.NOTICE, message, "REF-18")
