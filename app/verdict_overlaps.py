"""What overlaps with current areas come to: findings in plain words, and what is left to designate."""

from collections.abc import Sequence
from datetime import date

from shapely import MultiPolygon

from app.clock import long_day
from app.verdict_words import place_in, size_words
from geo.findings import Finding, Severity
from geo.measure import area_ha, is_wider_than, share
from geo.topology import TOLERANCE_M, Overlap, is_near_duplicate, remainder
from referendum.designation import Route


def overlap_findings(shared: Sequence[Overlap], route: Route) -> tuple[Finding, ...]:
    """Return one finding for each overlap with a current area, and what likeness to it suggests.

    An overlap wider than the tolerance is an error (AREA-15), unless regulation 5A compels the designation: then
    the reasons say that the inner area must be modified. A sliver is a warning, for an officer to see (T-1).
    An area designated already that begins on a later day counts as one that stands, and a notice says so.
    Source: AREA-15, AREA-10, T-1.
    """
    found: list[Finding] = []
    for overlap in shared:
        if not overlap.neighbour_is_valid:
            found.append(_invalid(overlap))
        if overlap.sliver:
            found.append(_sliver(overlap))
        elif route is not Route.MUST:
            found.append(_overlap(overlap))
        if not overlap.sliver:
            found.extend(_likeness(overlap))
        if overlap.starts_on is not None:
            found.append(_still_to_come(overlap, overlap.starts_on))
    return tuple(found)


def _invalid(overlap: Overlap) -> Finding:
    return Finding(
        code="current-area-invalid",
        severity=Severity.WARNING,
        message=f"The recorded boundary of {_named(overlap)} is not valid, so the figures about it are for the land "
        "that it encloses; have that record put right.",
        rule="AREA-15",
        with_reference=overlap.reference,
    )


def _still_to_come(overlap: Overlap, starts_on: date) -> Finding:
    return Finding(
        code="area-still-to-come",
        severity=Severity.NOTICE,
        message=f"The neighbourhood area {overlap.name or overlap.reference} is not yet in force: it begins on "
        f"{long_day(starts_on)}. It counts all the same, since no two areas may overlap from that day.",
        rule="AREA-15",
        with_reference=overlap.reference,
    )


def _sliver(overlap: Overlap) -> Finding:
    return _about(
        overlap,
        code="sliver",
        severity=Severity.WARNING,
        message=f"The boundary and {_named(overlap)} overlap by {size_words(overlap.area_m2)}, nowhere wider than "
        f"{overlap.max_width_m:,.2f} m: two drawings of one line; take the clean edge, or accept it on record.",
    )


def _overlap(overlap: Overlap) -> Finding:
    return _about(
        overlap,
        code="overlap",
        severity=Severity.ERROR,
        message=f"The boundary overlaps {_named(overlap)} by {size_words(overlap.area_m2)}, up to "
        f"{overlap.max_width_m:,.2f} m wide; neighbourhood areas must not overlap, so take this land out or ask for "
        "that area to be modified.",
    )


def _likeness(overlap: Overlap) -> list[Finding]:
    if is_near_duplicate(overlap):
        message = f"The boundary is nearly the same as {_named(overlap)}; check that it is not that area drawn again."
        return [_about(overlap, code="near-duplicate", severity=Severity.WARNING, message=message)]
    if overlap.share_of_area == 1:
        message = f"The whole area lies inside {_named(overlap)}."
        return [_about(overlap, code="inside-current-area", severity=Severity.NOTICE, message=message)]
    if overlap.share_of_neighbour == 1:
        message = f"The whole of {_named(overlap)} lies inside the boundary."
        return [_about(overlap, code="contains-current-area", severity=Severity.NOTICE, message=message)]
    return []


def _about(overlap: Overlap, *, code: str, severity: Severity, message: str) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=message,
        rule="AREA-15",
        at_bng=place_in(overlap.geometry_bng),
        with_reference=overlap.reference,
        area_m2=overlap.area_m2,
        max_width_m=overlap.max_width_m,
        share=overlap.share_of_area,
    )


def _named(overlap: Overlap) -> str:
    return f"the neighbourhood area {overlap.name or overlap.reference}"


def remainder_of(measured_bng: MultiPolygon, shared: Sequence[Overlap], route: Route) -> MultiPolygon | None:
    """Return the land left to designate if the application were refused; None where that question does not arise.

    It does not where the authority must designate or the application is barred, nor where no current area takes more
    than a sliver of the land. Pieces nowhere wider than the tolerance are no land to designate and are left out.
    Source: AREA-9.
    """
    if route is not Route.MAY or all(overlap.sliver for overlap in shared):
        return None
    left = remainder(measured_bng, shared)
    return MultiPolygon([part for part in left.geoms if is_wider_than(part, TOLERANCE_M)])


def remainder_findings(measured_bng: MultiPolygon, left_bng: MultiPolygon | None) -> tuple[Finding, ...]:
    """Return how much would be left to designate if the application were refused, where some is already taken.

    Source: AREA-9.
    """
    if left_bng is None:
        return ()
    if left_bng.is_empty:
        return (
            Finding(
                code="nothing-left",
                severity=Severity.NOTICE,
                message="All of this land is already in neighbourhood areas, so a refusal would leave nothing that "
                "the authority must designate.",
                rule="AREA-9",
            ),
        )
    return (
        Finding(
            code="remainder",
            severity=Severity.NOTICE,
            message=f"{area_ha(left_bng):,.2f} ha of this land is in no neighbourhood area yet: if the authority "
            "refuses because the area is not appropriate, it must still designate some or all of it.",
            rule="AREA-9",
            at_bng=place_in(left_bng),
            area_m2=left_bng.area,
            share=share(left_bng.area, measured_bng.area),
        ),
    )
