"""A valid candidate for an invalid boundary, and everything it would change; never put in place of the original."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo.boundary import boundary
from geo.england import is_measurable
from geo.errors import BoundaryError

GRID_M = 0.001
# A corner that is gone and a new one nearer than this are taken as one corner moved.
LARGEST_MOVE_M = 1.0
# Three corners and the first again.
LEAST_RING_POINTS = 4

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A candidate for a person to accept or not, beside what it changes.

    Attributes:
        candidate: a valid boundary, EPSG:27700 metres.
        area_before_m2: area enclosed before, each point counted as the library does for the invalid shape.
        area_change_m2: area of the candidate less the area before.
        parts: how many separate parts the candidate has.
        parts_before: how many the original has.
        vertices_added: corners only the candidate has.
        vertices_removed: corners only the original has.
        vertices_moved: corners that are elsewhere in the candidate, LARGEST_MOVE_M or less from where they were.
        greatest_move_m: how far the one moved farthest, metres; 0 when none moved.
        greatest_deviation_m: how far the candidate's outline leaves the original line at most, metres.
    """

    candidate: shapely.MultiPolygon
    area_before_m2: float
    area_change_m2: float
    parts: int
    parts_before: int
    vertices_added: int
    vertices_removed: int
    vertices_moved: int
    greatest_move_m: float
    greatest_deviation_m: float

    def document(self) -> dict[str, object]:
        """Return what the candidate changes, for published documents; lengths to the millimetre."""
        return {
            "area_change_m2": round(self.area_change_m2, 2) + 0.0,
            "parts_before": self.parts_before,
            "parts": self.parts,
            "vertices_added": self.vertices_added,
            "vertices_removed": self.vertices_removed,
            "vertices_moved": self.vertices_moved,
            "greatest_move_m": round(self.greatest_move_m, 3),
            "greatest_deviation_m": round(self.greatest_deviation_m, 3),
        }

    def words(self) -> str:
        """Return one sentence telling a person what the candidate changes."""
        return (
            f"The candidate changes the area by {_signed(self.area_change_m2)} square metres and the parts from "
            f"{self.parts_before} to {self.parts}; points added: {self.vertices_added}, "
            f"removed: {self.vertices_removed}, moved: {self.vertices_moved} (by {self.greatest_move_m:.3f} m at most)."
        )


@np.errstate(all="ignore")
def repair(geometry_bng: BaseGeometry) -> Repair:
    """Offer a valid candidate for a boundary, as close to its lines as can be.

    Points that are not numbers, doubled points, and stretches that enclose nothing are left out; crossings become
    corners. Where the original keeps to whole millimetres, so does the candidate, so that it stays valid when written
    to a file. A boundary that is valid already comes back unchanged apart from doubled points.

    Args:
        geometry_bng: a polygon or multipolygon, possibly invalid, EPSG:27700 metres.

    Raises:
        BoundaryError: it is empty or not an area, or nothing of it encloses any area.
    """
    original = boundary(geometry_bng)
    finite = _without_bad_points(original)
    try:
        made = _made_valid(finite, is_in_millimetres=_keeps_to_millimetres(original))
        areas = [part for part in shapely.get_parts(made) if isinstance(part, shapely.Polygon) and part.area > 0]
        if areas:
            return _compared(original, finite, boundary(shapely.MultiPolygon(areas)))
    except GEOSException:
        raise BoundaryError("The boundary is too broken to be repaired: draw it again.") from None
    raise BoundaryError("The boundary cannot be repaired, since no part of it encloses any area: draw it again.")


def _made_valid(finite: shapely.MultiPolygon, *, is_in_millimetres: bool) -> BaseGeometry:
    made = finite if shapely.is_valid(finite) else shapely.make_valid(finite, method="structure", keep_collapsed=False)
    made = shapely.remove_repeated_points(made)
    return _on_millimetres(made) if is_in_millimetres else made


def _signed(area_m2: float) -> str:
    return f"{round(area_m2, 2) + 0.0:+,.2f}"


def _without_bad_points(original: shapely.MultiPolygon) -> shapely.MultiPolygon:
    """Return the boundary without points that are not finite, and without rings that are left with too few."""
    polygons = []
    for part in shapely.get_parts(original):
        rings = [_finite(shapely.get_coordinates(ring)) for ring in shapely.get_rings(part)]
        outer, *holes = [ring if len(ring) >= LEAST_RING_POINTS else ring[:0] for ring in rings]
        if len(outer):
            polygons.append(shapely.Polygon(outer, [hole for hole in holes if len(hole)]))
    return shapely.MultiPolygon(polygons)


def _finite(ring: Points) -> Points:
    kept: Points = ring[is_measurable(ring)]
    if len(kept) and (kept[0] != kept[-1]).any():
        kept = np.vstack([kept, kept[:1]])
    return kept


def _keeps_to_millimetres(original: shapely.MultiPolygon) -> bool:
    points = shapely.get_coordinates(original)
    points = points[is_measurable(points)]
    return bool((np.round(points, 3) == points).all())


def _on_millimetres(geometry: BaseGeometry) -> BaseGeometry:
    snapped = shapely.set_precision(geometry, GRID_M)
    rounded = shapely.transform(snapped, lambda points: np.round(points, 3))
    return rounded if shapely.is_valid(rounded) else snapped


def _compared(original: shapely.MultiPolygon, finite: shapely.MultiPolygon, candidate: shapely.MultiPolygon) -> Repair:
    before, after = _corners(original), _corners(candidate)
    gone = np.array(sorted(before - after), dtype=np.float64).reshape(-1, 2)
    new = np.array(sorted(after - before), dtype=np.float64).reshape(-1, 2)
    moves = _moves(gone, new)
    bad = int((~is_measurable(shapely.get_coordinates(original))).sum())
    return Repair(
        candidate=candidate,
        area_before_m2=float(finite.area),
        area_change_m2=float(candidate.area - finite.area),
        parts=len(candidate.geoms),
        parts_before=len(original.geoms),
        vertices_added=len(new) - len(moves),
        vertices_removed=len(gone) - len(moves) + bad + _doubled(original),
        vertices_moved=len(moves),
        greatest_move_m=float(moves.max(initial=0.0)),
        greatest_deviation_m=_deviation(finite, candidate),
    )


def _corners(geometry: BaseGeometry) -> set[tuple[float, float]]:
    points = shapely.get_coordinates(geometry)
    return set(map(tuple, points[is_measurable(points)].tolist()))


def _doubled(geometry: BaseGeometry) -> int:
    """Return how many points are written twice running."""
    points, rings = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(geometry)), return_index=True)
    return int(((points[1:] == points[:-1]).all(axis=1) & (rings[1:] == rings[:-1])).sum())


def _moves(gone: Points, new: Points) -> NDArray[np.float64]:
    """Return the distances between corners gone and new corners that are each other's nearest, and near enough."""
    if not len(gone) or not len(new):
        return np.empty(0)
    gone_points = np.asarray(shapely.points(gone), dtype=object)
    new_points = np.asarray(shapely.points(new), dtype=object)
    nearest_new = np.asarray(shapely.STRtree(new_points).nearest(gone_points))
    nearest_gone = np.asarray(shapely.STRtree(gone_points).nearest(new_points))
    is_mutual = nearest_gone[nearest_new] == np.arange(len(gone))
    distances = np.hypot(*(gone - new[nearest_new]).T)
    return np.asarray(distances[is_mutual & (distances <= LARGEST_MOVE_M)])


def _deviation(finite: shapely.MultiPolygon, candidate: shapely.MultiPolygon) -> float:
    """Return the greatest distance from a corner of the candidate to the original's lines."""
    lines = shapely.union_all(shapely.get_rings(shapely.get_parts(finite)))
    shapely.prepare(lines)
    return float(shapely.distance(shapely.points(shapely.get_coordinates(candidate)), lines).max())
