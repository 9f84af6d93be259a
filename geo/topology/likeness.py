"""Whether two boundaries enclose the same land, nearly the same land, or one the other."""

import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import is_wider_than, land
from geo.topology.overlaps import TOLERANCE_M, Overlap

NEAR_DUPLICATE_SHARE = 0.95


def is_same_land(one_bng: BaseGeometry, other_bng: BaseGeometry, tolerance_m: float = TOLERANCE_M) -> bool:
    """Say whether two boundaries agree: nowhere do they differ by a piece wider than the tolerance.

    Source: AREA-10, T-3 ("exactly its whole parish", two digitisings of one line being one line).
    """
    return reaches_no_further(one_bng, other_bng, tolerance_m) and reaches_no_further(other_bng, one_bng, tolerance_m)


def reaches_no_further(inner_bng: BaseGeometry, outer_bng: BaseGeometry, tolerance_m: float = TOLERANCE_M) -> bool:
    """Say whether the first lies inside the second but for slivers: no piece outside is wider than the tolerance."""
    return not is_wider_than(land(shapely.difference(inner_bng, outer_bng)), tolerance_m)


def is_near_duplicate(overlap: Overlap) -> bool:
    """Say whether the shared land is at least 95 % of both: probably one area drawn twice."""
    return min(overlap.share_of_area, overlap.share_of_neighbour) >= NEAR_DUPLICATE_SHARE
