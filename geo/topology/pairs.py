"""Every overlap within one layer of areas, found without comparing neighbours that merely share an edge."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, STRtree
from shapely.geometry.base import BaseGeometry

from geo.measure import greatest_widths_m, land
from geo.topology.overlaps import LEAST_OVERLAP_M2, ROUNDING_M, TOLERANCE_M

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairOverlap:
    """Land that two areas of one layer share; `a` and `b` are their numbers as given, the lower first."""

    a: int
    b: int
    area_m2: float
    max_width_m: float
    sliver: bool
    geometry_bng: MultiPolygon


def pair_overlaps(
    areas_bng: Sequence[BaseGeometry] | NDArray[np.object_],
    edges: NDArray[np.object_] | None = None,
    tolerance_m: float = TOLERANCE_M,
) -> tuple[PairOverlap, ...]:
    """Return every overlap between two areas of a layer, in order of their numbers; measured as `overlaps` does.

    Args:
        areas_bng: valid Polygons or MultiPolygons, EPSG:27700 metres; empty ones are passed over.
        edges: for each area, its edges that do not meet a neighbour's (`shapely.coverage_invalid_edges`), where the
            caller has them already.
        tolerance_m: an overlap no wider than this everywhere is a sliver.
    """
    areas = np.array(list(areas_bng), dtype=object)
    unmet = ~shapely.is_empty(shapely.coverage_invalid_edges(areas) if edges is None else edges)
    a, b = _worth_comparing(areas, unmet)
    shared = shapely.intersection(areas[a], areas[b])
    is_land = np.flatnonzero(shapely.area(shared) >= LEAST_OVERLAP_M2)
    lands = [land(both) for both in shared[is_land]]
    widths_m = [round(float(width), 3) for width in greatest_widths_m(lands)]
    return tuple(
        PairOverlap(
            a=int(a[row]),
            b=int(b[row]),
            area_m2=both.area,
            max_width_m=width_m,
            sliver=width_m <= tolerance_m,
            geometry_bng=both,
        )
        for row, both, width_m in zip(is_land, lands, widths_m, strict=True)
        if width_m > ROUNDING_M
    )


def _worth_comparing(areas: NDArray[np.object_], unmet: NDArray[np.bool_]) -> tuple[Rows, Rows]:
    """Return the pairs that could overlap, by number.

    Where two areas overlap, each has an edge inside the other, which meets no edge of it; or one lies wholly inside
    the other, and then it has such edges while the other need not.
    """
    a, b = STRtree(areas).query(areas)
    a, b = a[a < b], b[a < b]
    extents = np.asarray(shapely.box(*shapely.bounds(areas).T))
    pairs = (unmet[a] & unmet[b]) | (unmet[a] & _covers(extents, b, a)) | (unmet[b] & _covers(extents, a, b))
    a, b = a[pairs], b[pairs]
    order = np.lexsort((b, a))
    return a[order], b[order]


def _covers(extents: NDArray[np.object_], outer: Rows, inner: Rows) -> NDArray[np.bool_]:
    covers: NDArray[np.bool_] = shapely.covers(extents[outer], extents[inner])
    return covers
