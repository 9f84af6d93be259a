"""From measured geometry and reasons to findings in plain words."""

from collections.abc import Iterable, Sequence

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.verdict_facts import NeighbourGap
from geo.findings import Finding, Severity
from geo.measure import area_ha, greatest_width_m, polygons, share
from geo.topology import (
    TOLERANCE_M,
    Authority,
    Gap,
    Neighbour,
    Overlap,
    Presence,
    is_near_duplicate,
    remainder,
)
from geo.validity import problems
from referendum.designation import Applicant, AuthorityFact, Reason, Route

MAP_DIFFERENCE_M = 25.0
NEARLY_ALL = 0.95


def boundary_findings(boundary_bng: BaseGeometry) -> tuple[Finding, ...]:
    """Return the problems of the boundary itself; where it is invalid, say what the figures are about."""
    found = problems(boundary_bng)
    if shapely.is_valid(boundary_bng):
        return found
    measured = Finding(
        code="measured-as-enclosed",
        severity=Severity.NOTICE,
        message="The boundary is not valid, so the other figures are for the land that it encloses, if any; "
        "put the boundary right and check it again.",
    )
    return (*found, measured)


def overlap_findings(shared: Sequence[Overlap], route: Route) -> tuple[Finding, ...]:
    """Return one finding for each overlap with a current area, and what likeness to it suggests.

    An overlap wider than the tolerance is an error (AREA-15), unless regulation 5A compels the designation: then
    the reasons say that the inner area must be modified. A sliver is a warning, for an officer to see (T-1).
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


def _sliver(overlap: Overlap) -> Finding:
    return _about(
        overlap,
        code="sliver",
        severity=Severity.WARNING,
        message=f"The boundary and {_named(overlap)} overlap by {_square_metres(overlap.area_m2)}, nowhere wider than "
        f"{overlap.max_width_m:.2f} m: two drawings of one line; take the clean edge, or accept it on record.",
    )


def _overlap(overlap: Overlap) -> Finding:
    return _about(
        overlap,
        code="overlap",
        severity=Severity.ERROR,
        message=f"The boundary overlaps {_named(overlap)} by {_square_metres(overlap.area_m2)}, up to "
        f"{overlap.max_width_m:.2f} m wide; neighbourhood areas must not overlap, so take this land out or ask for "
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
        at_bng=_place_in(overlap.geometry_bng),
        with_reference=overlap.reference,
        area_m2=overlap.area_m2,
        max_width_m=overlap.max_width_m,
        share=overlap.share_of_area,
    )


def _place_in(geometry_bng: BaseGeometry) -> tuple[float, float]:
    """Return a point inside the largest part, to point a finger at."""
    largest = max(polygons(geometry_bng), key=lambda part: part.area)
    point = largest.representative_point()
    return round(point.x, 2), round(point.y, 2)


def _named(overlap: Overlap) -> str:
    return f"the neighbourhood area {overlap.name or overlap.reference}"


def _square_metres(area_m2: float) -> str:
    return f"{area_m2:,.2f} m²"


def gap_findings(found: Sequence[NeighbourGap]) -> tuple[Finding, ...]:
    """Return a notice for each neighbour with gaps beside it: no rule forbids them, but they would be in no area.

    The place is in the largest of them. Source: T-1.
    """
    beside: dict[str, list[NeighbourGap]] = {}
    for one in found:
        beside.setdefault(one.beside.reference, []).append(one)
    return tuple(_gaps_beside(each[0].beside, [one.gap for one in each]) for _, each in sorted(beside.items()))


def _gaps_beside(neighbour: Neighbour, found: Sequence[Gap]) -> Finding:
    area_m2, width_m = sum(gap.area_m2 for gap in found), max(gap.max_width_m for gap in found)
    many = "a gap" if len(found) == 1 else f"{len(found)} gaps"
    return Finding(
        code="gap",
        severity=Severity.NOTICE,
        message=f"The boundary leaves {many} beside the neighbourhood area {neighbour.name or neighbour.reference}, "
        f"{_square_metres(area_m2)} in all and nowhere wider than {width_m:.2f} m; "
        "take the clean edge if the two should meet.",
        rule=None,
        at_bng=_place_in(max(found, key=lambda gap: gap.area_m2).geometry_bng),
        with_reference=neighbour.reference,
        area_m2=area_m2,
        max_width_m=width_m,
    )


def remainder_findings(measured_bng: MultiPolygon, shared: Sequence[Overlap], route: Route) -> tuple[Finding, ...]:
    """Return how much would be left to designate if the application were refused, where some is already taken.

    Source: AREA-9.
    """
    if route is not Route.MAY or all(overlap.sliver for overlap in shared):
        return ()
    left = remainder(measured_bng, shared)
    if greatest_width_m(left) <= TOLERANCE_M:
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
            message=f"{area_ha(left):,.2f} ha of this land is in no neighbourhood area yet: if the authority refuses "
            "because the area is not appropriate, it must still designate some or all of it.",
            rule="AREA-9",
            at_bng=_place_in(left),
            area_m2=left.area,
            share=share(left.area, measured_bng.area),
        ),
    )


def authority_findings(
    measured_bng: MultiPolygon,
    met: Sequence[Presence[Authority]],
    counted: Sequence[tuple[Presence[Authority], AuthorityFact]],
) -> tuple[Finding, ...]:
    """Return the authorities left out of the count with a piece more than a sliver, and land that is in none.

    Where maps of authorities are simplified, a piece no wider than 25 m is only noticed; a wider one needs an
    officer, since land in a second authority makes 20 weeks of 13.
    Source: AREA-13, T-1.
    """
    inside = {presence.place.reference for presence, _ in counted}
    edges = [_edge(presence) for presence in met if presence.place.reference not in inside]
    covered = sum(presence.area_m2 for presence, _ in counted)
    if covered < NEARLY_ALL * measured_bng.area:
        edges.append(
            Finding(
                code="outside-authorities",
                severity=Severity.WARNING,
                message="Some of the area lies in none of the planning authorities given, so the time limit may be "
                "wrong; give the boundaries of every neighbouring authority.",
                rule="AREA-13",
                share=share(measured_bng.area - covered, measured_bng.area),
            )
        )
    return tuple(edge for edge in edges if edge is not None)


def _edge(presence: Presence[Authority]) -> Finding | None:
    if presence.is_sliver(TOLERANCE_M):
        return None
    width_m = round(greatest_width_m(presence.geometry_bng), 3)
    doubtful = width_m > MAP_DIFFERENCE_M
    name = presence.place.name or presence.place.reference
    return Finding(
        code="authority-edge",
        severity=Severity.WARNING if doubtful else Severity.NOTICE,
        message=f"A strip of {_square_metres(presence.area_m2)}, up to {width_m:.2f} m wide, falls in {name} on this "
        "map; it is taken for a difference between two maps and not counted, so check whether any of it really is.",
        rule="AREA-13",
        at_bng=_place_in(presence.geometry_bng),
        with_reference=presence.place.reference,
        area_m2=presence.area_m2,
        max_width_m=width_m,
        share=presence.share_of_area,
    )


def reason_findings(reasons: Iterable[Reason], shared: Sequence[Overlap]) -> tuple[Finding, ...]:
    """Return the rules' reasons as findings, with the place and size of the overlap that a reason is about."""
    by_reference = {overlap.reference: overlap for overlap in shared}
    return tuple(_from_reason(reason, by_reference.get(reason.about or "")) for reason in reasons)


def _from_reason(reason: Reason, overlap: Overlap | None) -> Finding:
    return Finding(
        code=reason.code,
        severity=Severity(reason.severity.value),
        message=reason.message,
        rule=reason.rule,
        with_reference=reason.about,
        at_bng=None if overlap is None else _place_in(overlap.geometry_bng),
        area_m2=None if overlap is None else overlap.area_m2,
        max_width_m=None if overlap is None else overlap.max_width_m,
        share=None if overlap is None else overlap.share_of_area,
    )


NOT_GIVEN = (
    (
        "applicant",
        "AREA-2",
        "The applicant is not given, so the right to apply and the whole-parish duty were not checked.",
    ),
    ("areas", "AREA-15", "No current neighbourhood areas are given, so overlaps were not checked."),
    ("parishes", "AREA-3", "No parishes are given, so who may apply and whose consent is needed were not checked."),
    ("authorities", "AREA-13", "No planning authorities are given, so the time limit cannot be told."),
)


def not_given_findings(
    *, applicant: Applicant | None, areas: object | None, parishes: object | None, authorities: object | None
) -> tuple[Finding, ...]:
    """Return a notice for each thing that was not given, saying what could not be checked without it."""
    given = {"applicant": applicant, "areas": areas, "parishes": parishes, "authorities": authorities}
    return tuple(
        Finding(code=f"{name}-not-given", severity=Severity.NOTICE, message=message, rule=rule)
        for name, rule, message in NOT_GIVEN
        if given[name] is None
    )
