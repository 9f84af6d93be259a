"""Placing register entries in a referendum area: in, out, too near the line to say, or without a location."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.assign import AreaIndex
from geo.locations import SOURCES
from geo.roll import Roll

EXTENT_TOLERANCE_M = 3.0
"""Greatest width of a strip that is taken for two digitisations of one line (part of the rule set)."""


class Decision(StrEnum):
    """Where an entry was placed."""

    IN_AREA = "in_area"
    OUTSIDE = "outside"
    UNDECIDED = "undecided"
    UNPLACED = "unplaced"


class Ground(StrEnum):
    """Why it was placed there."""

    OFFICER = "officer"
    REGISTER_PART = "register_part"
    POINT = "point"
    NEAR_LINE = "near_line"
    NO_LOCATION = "no_location"


class Extent(StrEnum):
    """How much of a polling district lies in the referendum area."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


DECISIONS = tuple(Decision)
GROUNDS = tuple(Ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerPlacement:
    """An officer's decision on one entry, with the reason, kept for ever."""

    polling_district: str
    number: int
    suffix: int
    is_in_area: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """The decision on every entry, in the order of the roll.

    Attributes:
        decision: indexes DECISIONS.
        ground: indexes GROUNDS.
        officer_reasons: by place in the roll, the officer's reason.
        idle: officer's placements that fit no entry.
        contrary: by polling district, entries placed by register part although their own point lies well
            on the other side of the line.
    """

    decision: NDArray[np.int8]
    ground: NDArray[np.int8]
    officer_reasons: Mapping[int, str]
    idle: tuple[OfficerPlacement, ...]
    contrary: Mapping[str, int]


def district_extents(
    area_bng: BaseGeometry, districts_bng: Mapping[str, BaseGeometry], *, tolerance_m: float = EXTENT_TOLERANCE_M
) -> dict[str, Extent]:
    """Say how much of each polling district lies in the area, strips up to the tolerance wide not counting.

    Args:
        area_bng: EPSG:27700 metres, valid.
        districts_bng: the same; an invalid district is a part, since its shape decides nothing.
        tolerance_m: greatest width of a strip that is ignored.

    Source: T-14.
    """
    shapely.prepare(area_bng)
    return {code: _extent(area_bng, district, tolerance_m) for code, district in districts_bng.items()}


def _extent(area: BaseGeometry, district: BaseGeometry, tolerance_m: float) -> Extent:
    if not district.is_valid or district.is_empty:
        return Extent.PART
    if shapely.covers(area, district):
        return Extent.WHOLE
    if not shapely.intersects(area, district):
        return Extent.NONE
    outside = _is_strip(shapely.difference(district, area), tolerance_m)
    inside = _is_strip(shapely.intersection(district, area), tolerance_m)
    if outside == inside:
        return Extent.PART
    return Extent.WHOLE if outside else Extent.NONE


def _is_strip(shape: BaseGeometry, tolerance_m: float) -> bool:
    """Say whether nothing in the shape is wider than the tolerance: worn away from both sides, nothing is left."""
    return bool(shapely.is_empty(shapely.buffer(shape, -tolerance_m / 2)))


def place(
    roll: Roll,
    index: AreaIndex,
    *,
    extents: Mapping[str, Extent] | None = None,
    placements: Sequence[OfficerPlacement] = (),
) -> Placing:
    """Place every entry of a register in or outside one referendum area.

    In order: an officer's decision; the register part, where the whole polling district lies in or out of the area
    (anonymous and other electors without an address included); the entry's own point. A point nearer the line than
    its own accuracy is undecided; without a point the entry is unplaced. Neither is ever guessed.

    Args:
        roll: the register, located.
        index: the referendum area.
        extents: by polling district code; a code that is missing decides nothing.
        placements: officer's decisions.

    Source: ELEC-1, ELEC-7, T-13, T-14, T-16, Town and Country Planning Act 1990 Sch 4B para 14(4).
    """
    decision, ground = _by_point(roll, index)
    by_point = decision.copy()
    _by_part(roll, extents or {}, decision, ground)
    contrary = _contrary(roll, by_point, decision, ground)
    reasons, idle = _by_officer(roll, placements, decision, ground)
    return Placing(decision=decision, ground=ground, officer_reasons=reasons, idle=idle, contrary=contrary)


def _code(decision: Decision) -> int:
    return DECISIONS.index(decision)


def _by_point(roll: Roll, index: AreaIndex) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    decision = np.full(len(roll), _code(Decision.UNPLACED), np.int8)
    ground = np.full(len(roll), GROUNDS.index(Ground.NO_LOCATION), np.int8)
    located = np.flatnonzero(roll.source >= 0)
    easting, northing = roll.easting[located], roll.northing[located]
    inside = index.holds(easting, northing)
    near = index.near_line(easting, northing, roll.accuracy_m[located].astype(np.float64))
    decision[located] = np.where(inside, _code(Decision.IN_AREA), _code(Decision.OUTSIDE))
    decision[located[near]] = _code(Decision.UNDECIDED)
    ground[located] = np.where(near, GROUNDS.index(Ground.NEAR_LINE), GROUNDS.index(Ground.POINT))
    return decision, ground


def _by_part(roll: Roll, extents: Mapping[str, Extent], decision: NDArray[np.int8], ground: NDArray[np.int8]) -> None:
    decided = {Extent.WHOLE: _code(Decision.IN_AREA), Extent.NONE: _code(Decision.OUTSIDE)}
    by_code = np.array([decided.get(extents.get(code, Extent.PART), -1) for code in roll.districts], np.int8)
    answer = by_code[roll.district] if len(roll) else np.empty(0, np.int8)
    known = answer >= 0
    decision[known] = answer[known]
    ground[known] = GROUNDS.index(Ground.REGISTER_PART)


def _contrary(
    roll: Roll, by_point: NDArray[np.int8], decision: NDArray[np.int8], ground: NDArray[np.int8]
) -> dict[str, int]:
    firm = (by_point == _code(Decision.IN_AREA)) | (by_point == _code(Decision.OUTSIDE))
    odd = firm & (by_point != decision) & (ground == GROUNDS.index(Ground.REGISTER_PART))
    counts = np.bincount(roll.district[odd], minlength=len(roll.districts)).tolist()
    return {code: count for code, count in zip(roll.districts, counts, strict=True) if count}


def _by_officer(
    roll: Roll,
    placements: Sequence[OfficerPlacement],
    decision: NDArray[np.int8],
    ground: NDArray[np.int8],
) -> tuple[dict[int, str], tuple[OfficerPlacement, ...]]:
    reasons: dict[int, str] = {}
    idle = []
    find = _finder(roll) if placements else None
    for placement in placements:
        places = find(placement) if find is not None else []
        for at in places:
            decision[at] = _code(Decision.IN_AREA if placement.is_in_area else Decision.OUTSIDE)
            ground[at] = GROUNDS.index(Ground.OFFICER)
            reasons[at] = placement.reason
        if not places:
            idle.append(placement)
    return reasons, tuple(idle)


class _Finder:
    """Finds entries by their number."""

    def __init__(self, roll: Roll) -> None:
        self._codes = {code: at for at, code in enumerate(roll.districts)}
        self._suffix = roll.suffix
        keys = self._key(roll.district.astype(np.int64), roll.number.astype(np.int64))
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]

    @staticmethod
    def _key(district: NDArray[np.int64] | int, number: NDArray[np.int64] | int) -> NDArray[np.int64]:
        return np.asarray(district * 10**9 + number, np.int64)

    def __call__(self, placement: OfficerPlacement) -> list[int]:
        code = self._codes.get(placement.polling_district)
        if code is None:
            return []
        key = self._key(code, placement.number)
        first, end = np.searchsorted(self._keys, [key, key + 1])
        return [int(at) for at in self._order[first:end] if self._suffix[at] == placement.suffix]


def _finder(roll: Roll) -> _Finder:
    return _Finder(roll)


def reason_text(placing: Placing, roll: Roll, at: int) -> str:
    """Return in plain words why the entry at this place was placed as it was; no address, no coordinates."""
    ground = GROUNDS[placing.ground[at]]
    if ground is Ground.OFFICER:
        return f"decided by an officer: {placing.officer_reasons[at]}"
    if ground is Ground.REGISTER_PART:
        side = "in" if placing.decision[at] == _code(Decision.IN_AREA) else "outside"
        return f"the whole polling district lies {side} the area"
    if ground is Ground.NO_LOCATION:
        return "no location is known"
    source = SOURCES[roll.source[at]].value
    accuracy = f"{float(roll.accuracy_m[at]):g} m"
    if ground is Ground.NEAR_LINE:
        return f"its {source} point, good to {accuracy}, is nearer the line than that"
    return f"its {source} point, good to {accuracy}, is clear of the line"
