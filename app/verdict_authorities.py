"""What planning authorities' edges come to: strips that may be a difference between maps, and land in none."""

from collections.abc import Sequence

from shapely import MultiPolygon

from app.verdict_words import place_in, size_words
from geo.findings import Finding, Severity
from geo.measure import greatest_width_m, share
from geo.topology import TOLERANCE_M, Authority, Presence
from referendum.designation import AuthorityFact

MAP_DIFFERENCE_M = 25.0
NEARLY_ALL = 0.95


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
        message=f"A strip of {size_words(presence.area_m2)}, up to {width_m:,.2f} m wide, falls in {name} on this "
        "map; it is taken for a difference between two maps and not counted, so check whether any of it really is.",
        rule="AREA-13",
        at_bng=place_in(presence.geometry_bng),
        with_reference=presence.place.reference,
        area_m2=presence.area_m2,
        max_width_m=width_m,
        share=presence.share_of_area,
    )
