"""From measured geometry and reasons to findings in plain words."""

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from app.verdict_facts import NeighbourGap
from app.verdict_words import place_in, size_words
from geo.findings import Finding, Severity
from geo.topology import Gap, Neighbour, Overlap
from geo.validity import problems
from referendum.designation import Applicant, Reason


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
        f"{size_words(area_m2)} in all and nowhere wider than {width_m:,.2f} m; "
        "take the clean edge if the two should meet.",
        rule=None,
        at_bng=place_in(max(found, key=lambda gap: gap.area_m2).geometry_bng),
        with_reference=neighbour.reference,
        area_m2=area_m2,
        max_width_m=width_m,
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
        at_bng=None if overlap is None else place_in(overlap.geometry_bng),
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
