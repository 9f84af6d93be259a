"""A clean edge: the boundary offered again, following its neighbours exactly where a sliver or a gap lies."""

from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.measure import greatest_width_m, land
from geo.topology import TOLERANCE_M, Neighbour, canonical, gaps_of, indexed, overlaps

SEAM_M = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanEdge:
    """An offer, beside what it would change; nothing is changed by making it.

    Attributes:
        candidate: the boundary with clean edges, EPSG:27700 metres.
        follows: references of the neighbours whose line it now follows, in order.
        taken_out_m2: land given up, where slivers lay.
        taken_in_m2: land added, where gaps lay.
        greatest_change_m: greatest width of any piece taken out or in, to 0.001 m.
        vertices_before: corners of the boundary as given.
        vertices: corners of the candidate.
    """

    candidate: MultiPolygon
    follows: tuple[str, ...]
    taken_out_m2: float
    taken_in_m2: float
    greatest_change_m: float
    vertices_before: int
    vertices: int

    def words(self) -> str:
        """Return one sentence telling a person what the offer changes."""
        if not self.follows:
            return "There is no sliver and no gap to clean."
        return (
            f"The clean edge takes out {self.taken_out_m2:,.2f} m² and takes in {self.taken_in_m2:,.2f} m², moving the "
            f"line by {self.greatest_change_m:.2f} m at most, along {', '.join(self.follows)}."
        )


def clean_edge(area_bng: BaseGeometry, neighbours: Iterable[Neighbour], tolerance_m: float = TOLERANCE_M) -> CleanEdge:
    """Offer a boundary that shares its edge with its neighbours, leaving no sliver and no gap.

    Args:
        area_bng: Polygon or MultiPolygon, EPSG:27700 metres.
        neighbours: current areas; only those within the tolerance matter. One that overlaps by more than a sliver is
            left alone: that is for people to settle.
        tolerance_m: slivers and gaps no wider than this are cleaned.

    A gap is taken in with a seam of a millimetre, which the neighbours then cut exactly along their own line.
    Source: AREA-15, T-1.
    """
    area = canonical(area_bng)
    index = indexed(neighbours)
    wide = {found.reference for found in overlaps(area, index, tolerance_m) if not found.sliver}
    slivers = {found.reference for found in overlaps(area, index, tolerance_m) if found.sliver}
    near = [number for number in index.within(area, tolerance_m) if index[number].reference not in wide]
    boundaries = [index.boundary(number) for number in near]
    open_land = gaps_of(area, boundaries, tolerance_m)
    beside = {index[near[number - 1]].reference for gap in open_land for number in gap.between if number}
    if not slivers and not open_land:
        return _offer(area, area, ())
    seams = [shapely.buffer(gap.geometry_bng, SEAM_M, join_style="mitre") for gap in open_land]
    grown = shapely.union_all([area, *seams])
    candidate = shapely.normalize(land(shapely.difference(grown, shapely.union_all(boundaries))))
    return _offer(area, candidate, tuple(sorted(slivers | beside)))


def _offer(area: MultiPolygon, candidate: MultiPolygon, follows: tuple[str, ...]) -> CleanEdge:
    out, taken_in = shapely.difference(area, candidate), shapely.difference(candidate, area)
    return CleanEdge(
        candidate=candidate,
        follows=follows,
        taken_out_m2=out.area,
        taken_in_m2=taken_in.area,
        greatest_change_m=round(max(greatest_width_m(out), greatest_width_m(taken_in)), 3),
        vertices_before=int(shapely.get_num_coordinates(area)),
        vertices=int(shapely.get_num_coordinates(candidate)),
    )
