"""An electorate split between councils, and which of them leads."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from app.electors import Electorate
from geo.electorate import DECISIONS, Decision
from geo.findings import Finding, Severity
from geo.portions import NO_PORTION, council_portions, portion_of_entries
from referendum.eligibility import Bar, city_of_london_reading
from referendum.errors import StageError
from referendum.portions import lead_council

CITY_OF_LONDON = "E09000001"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortionCount:
    """One council's part of the electorate.

    Attributes:
        council: its code or name.
        in_area: entries in its portion.
        registered: those of them in the register of local government electors (overseas electors are not).
        entitled: those who may vote.
    """

    council: str
    in_area: int
    registered: int
    entitled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portions:
    """All portions, in the order of the councils given.

    Attributes:
        counts: councils with a part of the area.
        unassigned: entries in the area that could be given to no council.
        lead: the council that appoints the Chief Counting Officer; None for a single council or where two have
            equal numbers and must agree.
    """

    counts: tuple[PortionCount, ...]
    unassigned: int
    lead: str | None


def count_portions(
    electorate: Electorate,
    *,
    area_bng: BaseGeometry,
    councils_bng: Mapping[str, BaseGeometry],
    districts_bng: Mapping[str, BaseGeometry],
) -> Portions:
    """Split a counted electorate between relevant councils.

    Args:
        electorate: the count of the whole area, from one register or several read together.
        area_bng: the referendum area, EPSG:27700 metres.
        councils_bng: whole areas of the relevant councils.
        districts_bng: boundaries of polling districts by code.

    Source: REF-1, REF-2, REF-4, BUS-8, ELEC-9; Neighbourhood Planning (Referendums) Regulations 2012 reg 10(4)-(7).
    """
    workings = electorate.workings
    portions = council_portions(area_bng, councils_bng)
    of_entry = portion_of_entries(workings.roll, portions, councils_bng, districts_bng)
    inside = workings.placing.decision == DECISIONS.index(Decision.IN_AREA)
    votes = np.array([one.entitled for one in workings.eligibility], bool)[workings.answer]
    overseas = np.array([one.bar is Bar.OVERSEAS for one in workings.eligibility], bool)[workings.answer]
    counts = tuple(
        PortionCount(
            council=council,
            in_area=_count(own := inside & (of_entry == place)),
            registered=_count(own & ~overseas),
            entitled=_count(own & votes),
        )
        for place, council in enumerate(portions)
    )
    unassigned = _count(inside & (of_entry == NO_PORTION))
    return Portions(counts=counts, unassigned=unassigned, lead=_lead(counts))


def _count(mask: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(mask))


def _lead(counts: tuple[PortionCount, ...]) -> str | None:
    if len(counts) < 2:  # noqa: PLR2004 - one council alone leads nobody
        return None
    try:
        return lead_council({one.council: one.registered for one in counts})
    except StageError:
        return None


def portion_findings(portions: Portions) -> tuple[Finding, ...]:
    """Return what the councils must know of their portions; councils by GSS code.

    Source: REF-1, REF-4, ELEC-9.
    """
    found = []
    if len(portions.counts) > 1:
        shares = ", ".join(f"{one.council} {one.registered:,} ({one.entitled:,} entitled)" for one in portions.counts)
        leads = (
            f"{portions.lead} has the most and appoints the Chief Counting Officer, unless all agree on another."
            if portions.lead
            else "Two have equal numbers, so the councils must agree which of them appoints the Chief Counting Officer."
        )
        message = f"The area lies in several councils; their registered electors in it: {shares}. {leads}"
        found.append(Finding(code="portions", severity=Severity.NOTICE, message=message, rule="REF-4"))
    if any(one.council == CITY_OF_LONDON for one in portions.counts):
        message = city_of_london_reading()
        found.append(Finding(code="city-of-london", severity=Severity.NOTICE, message=message, rule="ELEC-9"))
    if portions.unassigned or not portions.counts:
        message = (
            f"{portions.unassigned:,} entries in the area could be given to no council: "
            "check that the boundaries of all councils concerned were given."
        )
        found.append(Finding(code="entries-of-no-council", severity=Severity.WARNING, message=message, rule="REF-1"))
    return tuple(found)
