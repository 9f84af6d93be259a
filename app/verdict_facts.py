"""From measured geometry to the facts that the rules ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.measure import is_wider_than
from geo.topology import (
    TOLERANCE_M,
    TOUCHING_M,
    Authority,
    Gap,
    Neighbour,
    Overlap,
    Parish,
    Places,
    Presence,
    canonical,
    gaps_of,
    is_same_land,
    reaches_no_further,
)
from referendum.designation import (
    Applicant,
    AuthorityFact,
    OpenApplicationFact,
    OverlapFact,
    ParishFact,
)

LEAST_SHARE_IN_AUTHORITY = Decimal("0.0100")
HALF = Decimal("0.5000")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenApplication:
    """An application for an area that is not yet decided.

    Attributes:
        reference: of the application.
        is_same_body: the applicant of the area being checked made it.
        boundary_bng: what it asks for, EPSG:27700 metres; None where not known.
    """

    reference: str
    is_same_body: bool
    boundary_bng: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourGap:
    """A gap between the area and current areas; `beside` is the one that borders it longest, the first of equals."""

    gap: Gap
    beside: Neighbour


def neighbour_gaps(
    measured_bng: MultiPolygon, current: Places[Neighbour], reference: str | None
) -> tuple[NeighbourGap, ...]:
    """Return the gaps between the area and the current areas near it, itself left out by its reference."""
    near = [number for number in current.within(measured_bng, TOLERANCE_M) if current[number].reference != reference]
    found = gaps_of(measured_bng, [current.boundary(number) for number in near], TOLERANCE_M)
    return tuple(NeighbourGap(gap=gap, beside=current[_longest_beside(gap, near, current)]) for gap in found)


def _longest_beside(gap: Gap, near: Sequence[int], current: Places[Neighbour]) -> int:
    """Return the number of the place that borders a gap longest, to the millimetre; the first of equals."""
    edge = shapely.buffer(gap.geometry_bng, TOUCHING_M, join_style="mitre")
    numbers = [near[each - 1] for each in gap.between if each]
    lengths = [round(shapely.length(shapely.intersection(current.boundary(one).boundary, edge)), 3) for one in numbers]
    return numbers[lengths.index(max(lengths))]


def parish_facts(
    measured_bng: MultiPolygon, in_parishes: Sequence[Presence[Parish]], applicant: Applicant | None
) -> tuple[ParishFact, ...]:
    """Return what matters of each parish; the applicant's own has a council unless its source says otherwise."""
    return tuple(
        ParishFact(
            code=presence.place.reference,
            name=presence.place.name,
            has_council=_has_council(presence.place, applicant),
            is_exactly_the_area=_is_exactly(measured_bng, presence),
        )
        for presence in in_parishes
    )


def _has_council(parish: Parish, applicant: Applicant | None) -> bool | None:
    own = applicant is not None and parish.reference == applicant.parish_code
    return True if own and parish.has_council is None else parish.has_council


def _is_exactly(measured_bng: MultiPolygon, presence: Presence[Parish]) -> bool:
    if min(presence.share_of_area, presence.share_of_place) < HALF:
        return False
    return is_same_land(measured_bng, presence.place_bng, TOLERANCE_M)


def overlap_facts(
    shared: Sequence[Overlap], in_parishes: Sequence[Presence[Parish]], applicant: Applicant | None
) -> tuple[OverlapFact, ...]:
    """Return what matters of each overlap that is more than a sliver.

    Source: AREA-10 (does the current area leave the parish?), AREA-16 (whose consent would a change need?).
    """
    code = None if applicant is None else applicant.parish_code
    own = next((presence for presence in in_parishes if presence.place.reference == code), None)
    others = [
        presence
        for presence in in_parishes
        if presence.place.reference != code and presence.place.has_council is not False
    ]
    return tuple(
        OverlapFact(
            reference=overlap.reference,
            name=overlap.name,
            is_inside_applicants_parish=own is not None
            and reaches_no_further(overlap.neighbour_bng, own.place_bng, TOLERANCE_M),
            parishes_changed=tuple(
                presence.place.name or presence.place.reference
                for presence in others
                if is_wider_than(shapely.intersection(overlap.geometry_bng, presence.place_bng), TOLERANCE_M)
            ),
        )
        for overlap in shared
        if not overlap.sliver
    )


def authority_facts(met: Sequence[Presence[Authority]]) -> tuple[tuple[Presence[Authority], AuthorityFact], ...]:
    """Return the authorities that the area falls in, each with its fact.

    Reading: an authority counts with at least one hundredth of the area and a piece wider than the tolerance.
    Published authority boundaries are simplified by 20 m and more: on real data up to 0.44 % of a border parish
    lies across a line that it does not cross (T-1). What is left out here is reported by `authority_findings`.
    Source: AREA-13, AREA-20.
    """
    return tuple(
        (
            presence,
            AuthorityFact(
                code=presence.place.reference,
                name=presence.place.name,
                is_national_park=presence.place.is_national_park,
            ),
        )
        for presence in met
        if presence.share_of_area >= LEAST_SHARE_IN_AUTHORITY and not presence.is_sliver(TOLERANCE_M)
    )


def open_application_facts(
    measured_bng: MultiPolygon, applications: Sequence[OpenApplication]
) -> tuple[OpenApplicationFact, ...]:
    """Return what matters of each undecided application, in order of reference. Source: AREA-7, AREA-14."""
    return tuple(
        OpenApplicationFact(
            reference=other.reference,
            is_same_body=other.is_same_body,
            is_overlapping=_is_overlapping(measured_bng, other.boundary_bng),
        )
        for other in sorted(applications, key=lambda one: one.reference)
    )


def _is_overlapping(measured_bng: MultiPolygon, other_bng: BaseGeometry | None) -> bool:
    if other_bng is None or not _boxes_meet(measured_bng.bounds, other_bng.bounds):
        return False
    return is_wider_than(shapely.intersection(measured_bng, canonical(other_bng)), TOLERANCE_M)


def _boxes_meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
