"""The electorate of a referendum area: every entry placed, tested for entitlement, and counted so that it adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from app.electors_findings import CountFacts, findings_of
from app.electors_persons import answers, becomes_18, same_person
from geo.assign import AreaIndex
from geo.electorate import DECISIONS, Decision, Extent, OfficerPlacement, Placing, place
from geo.findings import Finding
from geo.registers.entry import FileInfo, UnreadableRow
from geo.roll import Roll
from referendum.eligibility import MARKER_RULES, Bar, Eligibility, MarkerRule
from referendum.law import expenses_limit_gbp

SCHEMA = "folkmoot.electorate/1"
BARS = (Bar.UNDER_18, Bar.OVERSEAS, Bar.MARKER_QUERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFacts:
    """Which register was counted.

    Attributes:
        layout: name of the layout.
        files: the files, those of the full register first, then its alterations in order.
        as_at: the date it speaks of.
        unreadable: rows that could not be read.
        misfits: alterations that do not fit the register.
    """

    layout: str
    files: tuple[FileInfo, ...]
    as_at: date | None
    unreadable: tuple[UnreadableRow, ...] = ()
    misfits: tuple[UnreadableRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictCount:
    """Entries of one polling district: entries = in_area + outside + undecided + unplaced."""

    code: str
    entries: int
    in_area: int
    outside: int
    entitled: int
    undecided: int
    unplaced: int
    extent: Extent


@dataclass(frozen=True, slots=True, kw_only=True)
class Workings:
    """What stands behind the totals, entry by entry in the order of the register.

    Attributes:
        roll: the entries.
        placing: where each was placed and why.
        eligibility: the distinct answers on entitlement.
        answer: for each entry, which of them is its own.
        rules: the meaning of letters that was used.
    """

    roll: Roll
    placing: Placing
    eligibility: tuple[Eligibility, ...]
    answer: NDArray[np.int32]
    rules: tuple[MarkerRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Electorate:
    """The electorate of one area in one register.

    read = in_area + outside + undecided + unplaced, and in_area = entitled + the sum of not_entitled; the same holds
    for every polling district.
    """

    poll_date: date
    register: RegisterFacts
    read: int
    in_area: int
    outside: int
    undecided: int
    unplaced: int
    entitled: int
    not_entitled: Mapping[Bar, int]
    suspected_duplicates: tuple[tuple[str, ...], ...]
    by_polling_district: tuple[DistrictCount, ...]
    expenses_limit_gbp: Decimal
    findings: tuple[Finding, ...]
    workings: Workings


def count_electors(
    roll: Roll,
    area: AreaIndex,
    *,
    poll_date: date,
    register: RegisterFacts,
    extents: Mapping[str, Extent] | None = None,
    placements: Sequence[OfficerPlacement] = (),
    rules: Sequence[MarkerRule] = MARKER_RULES,
) -> Electorate:
    """Count who may vote in a referendum area; a pure function of what it is given.

    Args:
        roll: the register, located, from files or from stored rows.
        area: the referendum area (not the neighbourhood area, where they differ).
        poll_date: the day on which entitlement is tested.
        register: which register it is.
        extents: how much of each polling district lies in the area; None where no boundaries of them are known.
        placements: officer's decisions.
        rules: meaning of the letters against entries, by date.

    Reading: the number N of the expenses limit is the entries in the area except those of overseas electors, who are
        not in the register of local government electors; attainers and queries are entries and count.
    Source: ELEC-1, ELEC-2, ELEC-10 (Unverified), REF-18, REF-19, T-13, T-15, T-16, T-20, T-22; Town and Country
        Planning Act 1990 Sch 4B para 14; Neighbourhood Planning (Referendums) Regulations 2012 reg 6(1).
    """
    placing = place(roll, area, extents=extents, placements=placements)
    eligibility, answer = answers(roll, poll_date, rules)
    inside = placing.decision == DECISIONS.index(Decision.IN_AREA)
    entitled = inside & np.array([one.entitled for one in eligibility], bool)[answer]
    barred = {bar: _count(inside & np.array([one.bar is bar for one in eligibility], bool)[answer]) for bar in BARS}
    duplicates = same_person(roll, inside | (placing.decision == DECISIONS.index(Decision.UNDECIDED)))
    in_register = _count(inside) - barred[Bar.OVERSEAS]
    districts = district_counts(roll, placing, entitled, extents or {})
    facts = CountFacts(
        roll=roll,
        placing=placing,
        extents=extents,
        unreadable=register.unreadable,
        misfits=register.misfits,
        entitled=_count(entitled),
        queries=barred[Bar.MARKER_QUERY],
        duplicates=len(duplicates),
        births=_count(becomes_18(roll, poll_date) != roll.attains_on) - _count(np.isnat(roll.attains_on)),
        expenses_entries=in_register,
    )
    return Electorate(
        poll_date=poll_date,
        register=register,
        read=len(roll),
        **_by_decision(placing.decision),
        entitled=_count(entitled),
        not_entitled=barred,
        suspected_duplicates=duplicates,
        by_polling_district=districts,
        expenses_limit_gbp=expenses_limit_gbp(in_register),
        findings=findings_of(facts),
        workings=Workings(roll=roll, placing=placing, eligibility=eligibility, answer=answer, rules=tuple(rules)),
    )


def _count(mask: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(mask))


def _by_decision(decision: NDArray[np.int8]) -> dict[str, int]:
    counts = np.bincount(decision, minlength=len(DECISIONS)).tolist()
    return {known.value: count for known, count in zip(DECISIONS, counts, strict=True)}


def district_counts(
    roll: Roll, placing: Placing, entitled: NDArray[np.bool_], extents: Mapping[str, Extent]
) -> tuple[DistrictCount, ...]:
    """Return the entries of every polling district by where they were placed, in order of code.

    Args:
        roll: the entries.
        placing: where each was placed.
        entitled: which of them are in the area and may vote.
        extents: how much of each district lies in the area, where its boundary is known.
    """
    size, kinds = len(roll.districts), len(DECISIONS)
    table = np.bincount(roll.district.astype(np.int64) * kinds + placing.decision, minlength=size * kinds)
    votes = np.bincount(roll.district[entitled], minlength=size).tolist()
    return tuple(
        _district(code, row, votes[at], extents.get(code))
        for at, (code, row) in enumerate(zip(roll.districts, table.reshape(size, kinds).tolist(), strict=True))
    )


def _district(code: str, row: list[int], entitled: int, extent: Extent | None) -> DistrictCount:
    counts = {known.value: count for known, count in zip(DECISIONS, row, strict=True)}
    return DistrictCount(
        code=code,
        entries=sum(row),
        **counts,
        entitled=entitled,
        extent=extent or _extent_of_entries(counts),
    )


def _extent_of_entries(counts: Mapping[str, int]) -> Extent:
    """Say how far a district without a boundary reaches into the area, from its entries alone."""
    if counts["undecided"] or counts["unplaced"] or (counts["in_area"] and counts["outside"]):
        return Extent.PART
    return Extent.WHOLE if counts["in_area"] else Extent.NONE


def electorate_document(electorate: Electorate) -> dict[str, object]:
    """Return the electorate as it is published (`folkmoot.electorate/1`); equal facts give equal bytes."""
    register = electorate.register
    return {
        "schema": SCHEMA,
        "poll_date": electorate.poll_date,
        "register": {
            "layout": register.layout,
            "files": [
                {"name": file.name, "sha256": file.sha256, "rows": file.rows, "encoding": file.encoding}
                for file in register.files
            ],
            "as_at": register.as_at,
        },
        "entries": {
            "read": electorate.read,
            "in_area": electorate.in_area,
            "outside": electorate.outside,
            "undecided": electorate.undecided,
            "unplaced": electorate.unplaced,
        },
        "entitled": electorate.entitled,
        "not_entitled": {bar.value: electorate.not_entitled[bar] for bar in BARS},
        "suspected_duplicates": [{"numbers": list(numbers)} for numbers in electorate.suspected_duplicates],
        "by_polling_district": [
            {
                "code": district.code,
                "entries": district.entries,
                "in_area": district.in_area,
                "entitled": district.entitled,
                "undecided": district.undecided,
                "unplaced": district.unplaced,
                "extent": district.extent.value,
            }
            for district in electorate.by_polling_district
        ],
        "expenses_limit_gbp": electorate.expenses_limit_gbp,
        "findings": [finding.document() for finding in electorate.findings],
    }
