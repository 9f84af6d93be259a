"""Whether a whole layer of areas is in order: every row, every overlap, every gap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.findings import Finding, Severity
from geo.measure import share
from geo.reading.model import Feature, Layer
from geo.topology.gaps import Gap, gaps_along
from geo.topology.overlaps import TOLERANCE_M
from geo.topology.pairs import PairOverlap, pair_overlaps
from geo.topology.places import canonical
from geo.validity import problems_of

NEAR_DUPLICATE_SHARE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReport:
    """One row: its number and reference, whether its geometry is valid (OGC rules alone), and what was found."""

    row: int
    reference: str | None
    valid: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerReport:
    """What was found in a layer.

    Attributes:
        layer: the layer as read.
        rows: every row of the file, readable or not, in its order.
        overlaps, gaps: between the readable rows; their numbers count `layer.features` from 0.
    """

    layer: Layer
    rows: tuple[RowReport, ...]
    overlaps: tuple[PairOverlap, ...]
    gaps: tuple[Gap, ...]

    def name_of(self, number: int) -> str:
        """Return what a feature is called in the report: its reference, or "row 12" where it has none."""
        feature = self.layer.features[number]
        return feature.reference or f"row {feature.row}"


def check_layer(layer: Layer, tolerance_m: float = TOLERANCE_M) -> LayerReport:
    """Check every row of a layer, and how its areas meet.

    An invalid row is reported, and compared by the land that it encloses; a row that could not be read is reported
    and compared with nothing. Neither stops the rest.
    Source: AREA-15, T-1.
    """
    areas = np.empty(len(layer.features), dtype=object)
    areas[:] = [feature.geometry_bng for feature in layer.features]
    unfit = ~(shapely.is_valid(areas) & np.isin(shapely.get_type_id(areas), (3, 6)))
    areas[unfit] = [canonical(area) for area in areas[unfit]]
    edges = shapely.coverage_invalid_edges(areas, gap_width=tolerance_m)
    shared = pair_overlaps(areas, edges, tolerance_m)
    return LayerReport(
        layer=layer,
        rows=_rows(layer, areas, shared),
        overlaps=shared,
        gaps=gaps_along(areas, edges, tolerance_m),
    )


def _rows(layer: Layer, areas: NDArray[np.object_], shared: Sequence[PairOverlap]) -> tuple[RowReport, ...]:
    own = problems_of([feature.geometry_bng for feature in layer.features])
    between = _overlap_findings(layer.features, areas, shared)
    readable = [
        RowReport(
            row=feature.row,
            reference=feature.reference,
            valid=feature.is_valid,
            findings=tuple(dict.fromkeys((*feature.findings, *problems, *between[number]))),
        )
        for number, (feature, problems) in enumerate(zip(layer.features, own, strict=True))
    ]
    unreadable = [
        RowReport(row=row.row, reference=row.reference, valid=False, findings=(row.finding,))
        for row in layer.unreadable
    ]
    return tuple(sorted((*readable, *unreadable), key=lambda row: row.row))


def _overlap_findings(
    features: Sequence[Feature], areas: NDArray[np.object_], shared: Sequence[PairOverlap]
) -> list[list[Finding]]:
    sizes = shapely.area(areas)
    found: list[list[Finding]] = [[] for _ in features]
    for pair in shared:
        for here, there in ((pair.a, pair.b), (pair.b, pair.a)):
            other = features[there]
            found[here].append(_overlap_finding(pair, other, of_here=sizes[here], of_there=sizes[there]))
    return found


def _overlap_finding(pair: PairOverlap, other: Feature, *, of_here: float, of_there: float) -> Finding:
    called = other.name or other.reference or f"row {other.row}"
    extent = f"by {pair.area_m2:,.2f} m², up to {pair.max_width_m:.2f} m wide"
    same = pair.area_m2 >= NEAR_DUPLICATE_SHARE * max(of_here, of_there)
    if pair.sliver:
        code, message = "sliver", f"Overlaps {called} {extent}: two drawings of one line; take one of them for both."
    elif same:
        code, message = "near-duplicate", f"Overlaps {called} {extent}: nearly the same area; remove one of the two."
    else:
        code, message = "overlap", f"Overlaps {called} {extent}: neighbourhood areas must not overlap."
    point = max(pair.geometry_bng.geoms, key=lambda part: part.area).representative_point()
    return Finding(
        code=code,
        severity=Severity.WARNING if pair.sliver else Severity.ERROR,
        message=message,
        rule="AREA-15",
        at_bng=(round(point.x, 2), round(point.y, 2)),
        with_reference=other.reference or f"row {other.row}",
        area_m2=pair.area_m2,
        max_width_m=pair.max_width_m,
        share=share(pair.area_m2, of_here),
    )


def layer_document(report: LayerReport) -> dict[str, object]:
    """Return the report as the published document folkmoot.check-layer/1.

    In the summary `overlaps` counts all of them, and `slivers` those among them nowhere wider than the tolerance.
    """
    valid = sum(row.valid for row in report.rows)
    return {
        "schema": "folkmoot.check-layer/1",
        "rows": [
            {
                "row": row.row,
                "reference": row.reference,
                "valid": row.valid,
                "findings": [finding.document() for finding in row.findings],
            }
            for row in report.rows
        ],
        "overlaps": [
            {
                "a": report.name_of(pair.a),
                "b": report.name_of(pair.b),
                "area_m2": round(pair.area_m2, 2),
                "max_width_m": pair.max_width_m,
                "sliver": pair.sliver,
            }
            for pair in report.overlaps
        ],
        "gaps": [
            {"area_m2": round(gap.area_m2, 2), "max_width_m": gap.max_width_m, "at": place_of(gap)}
            for gap in report.gaps
        ],
        "summary": {
            "rows": len(report.rows),
            "valid": valid,
            "invalid": len(report.rows) - valid,
            "overlaps": len(report.overlaps),
            "slivers": sum(pair.sliver for pair in report.overlaps),
            "gaps": len(report.gaps),
        },
    }


def place_of(gap: Gap) -> list[float]:
    """Return a point inside a gap, easting and northing to the centimetre."""
    point = gap.geometry_bng.representative_point()
    return [round(point.x, 2), round(point.y, 2)]
