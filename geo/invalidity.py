"""Why a polygon is not valid by the OGC rules: every place of it, not only the first."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo.crossings import Crossing, Meeting, crossings
from geo.england import is_measurable
from geo.findings import Finding, Severity

Points = NDArray[np.float64]
_LEAST_CORNERS = 3
_FLAT = 1e-12
_REASON = re.compile(r"^([^\[]+)\[(\S+) (\S+)\]")

_MESSAGES = {
    "not-a-number": "A point next to {at} is not a number: draw that point again.",
    "far-point": "A point next to {at} is farther off than any place on earth: draw that point again.",
    "too-few-points": "A ring at {at} has fewer than three different points, so it encloses nothing: remove it.",
    "zero-area": "A ring at {at} lies all on one line, so it encloses nothing: draw it or remove it.",
    "self-crossing": "The line crosses itself at {at}: move it so that it does not.",
    "ring-touches-itself": "The line touches itself at {at}: pull it apart there, or draw two shapes that meet.",
    "line-doubles-back": "The line runs back over itself at {at}: remove the part that is drawn twice.",
    "hole-overlapping": "A hole crosses or runs along the outline or another hole at {at}: draw them apart.",
    "hole-outside": "A hole lies outside the area it should be cut from, at {at}: remove it.",
    "holes-nested": "A hole lies within another hole at {at}: remove the inner one, or draw it as a part of its own.",
    "parts-overlap": "Two parts of the boundary overlap at {at}: join them into one.",
    "parts-share-edge": "Two parts of the boundary share a side at {at}: join them into one.",
    "parts-nested": "A part of the boundary lies within another part at {at}: remove the inner one.",
    "interior-split": "The inside is cut into pieces by lines that meet at {at}: draw the pieces as separate parts.",
    "not-valid": "The boundary is not a valid shape at {at}: draw it again there.",
}
# What the library calls each, for the rare case that our own search finds no place for its verdict.
_CODES_OF_REASONS = {
    "Interior is disconnected": "interior-split",
    "Self-intersection": "self-crossing",
    "Ring Self-intersection": "ring-touches-itself",
    "Hole lies outside shell": "hole-outside",
    "Holes are nested": "holes-nested",
    "Nested shells": "parts-nested",
    "Duplicate Rings": "hole-overlapping",
    "Too few points in geometry component": "too-few-points",
    "Invalid Coordinate": "not-a-number",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ring:
    """A ring of a multipolygon: its part, whether it is the outer one, its points."""

    part: int
    is_outer: bool
    points: Points


@np.errstate(all="ignore")
def invalidities(geometry: BaseGeometry) -> tuple[Finding, ...]:
    """Return every reason why an invalid polygon or multipolygon is not valid, each an error with its place.

    Never empty for a geometry that is not valid, nor for one with a point that cannot be measured.
    """
    try:
        return tuple(_reasons(geometry))
    except GEOSException:
        return (_finding("not-valid", None),)


def _reasons(geometry: BaseGeometry) -> Iterator[Finding]:
    judged = [(ring, _broken(ring.points)) for ring in _rings(geometry)]
    findings = [broken for _, broken in judged if broken is not None]
    whole = [ring for ring, broken in judged if broken is None]
    met = crossings([ring.points for ring in whole]) if whole else ()
    findings.extend(finding for crossing in met if (finding := _of_crossing(crossing, whole)))
    findings.extend(_misplaced(whole, met))
    yield from findings
    yield from _of_library(geometry, findings)


def _rings(geometry: BaseGeometry) -> list[_Ring]:
    rings = []
    for part, polygon in enumerate(shapely.get_parts(geometry)):
        for index, ring in enumerate(shapely.get_rings(polygon)):
            points = shapely.get_coordinates(ring)
            if len(points):
                rings.append(_Ring(part=part, is_outer=index == 0, points=points))
    return rings


def _broken(points: Points) -> Finding | None:
    """Return what keeps a ring from enclosing anything at all, if something does."""
    is_good = is_measurable(points)
    if not is_good.all():
        code = "far-point" if np.isfinite(points).all() else "not-a-number"
        return _finding(code, _neighbour(points, is_good))
    different = np.unique(points, axis=0)
    if len(different) < _LEAST_CORNERS:
        return _finding("too-few-points", points[0])
    if _is_flat(different):
        return _finding("zero-area", points[0])
    return None


def _neighbour(points: Points, is_good: NDArray[np.bool_]) -> Points | None:
    """Return the good point nearest in the ring to its first bad one."""
    if not is_good.any():
        return None
    good, bad = np.flatnonzero(is_good), np.flatnonzero(~is_good)[0]
    nearest: Points = points[good[np.argmin(np.abs(good - bad))]]
    return nearest


def _is_flat(points: Points) -> bool:
    local = points - points[0]
    length = np.hypot(*local.T)
    far = local[np.argmax(length)]
    off = np.abs(local[:, 0] * far[1] - local[:, 1] * far[0])
    return bool(off.max() <= _FLAT * length.max() ** 2)


def _of_crossing(crossing: Crossing, rings: list[_Ring]) -> Finding | None:
    one, other = (rings[index] for index in crossing.rings)
    if one is other:
        codes = {
            Meeting.CROSS: "self-crossing",
            Meeting.TOUCH: "ring-touches-itself",
            Meeting.OVERLAP: "line-doubles-back",
        }
        return _finding(codes[crossing.meeting], np.array(crossing.at))
    if crossing.meeting is Meeting.TOUCH:
        return None
    if one.part == other.part:
        return _finding("hole-overlapping", np.array(crossing.at))
    code = "parts-overlap" if crossing.meeting is Meeting.CROSS else "parts-share-edge"
    return _finding(code, np.array(crossing.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placing:
    """What is needed to say of a ring where it lies among the others.

    Attributes:
        rings: all rings. areas: what each encloses. tree: an index of the areas.
        shells: position of each part's outer ring. holes: positions of each part's holes.
        entangled: pairs of rings that cross or run along each other; where these lie is no question.
    """

    rings: list[_Ring]
    areas: list[shapely.Polygon]
    tree: shapely.STRtree
    shells: dict[int, int]
    holes: dict[int, set[int]]
    entangled: set[tuple[int, int]]

    def near(self, index: int) -> list[int]:
        """Return the rings whose boxes meet this one's and that it is not entangled with, in order."""
        near = sorted(int(other) for other in self.tree.query(self.areas[index]))
        return [other for other in near if other != index and self.pair(index, other) not in self.entangled]

    def pair(self, index: int, other: int) -> tuple[int, int]:
        """Return two rings as they stand in `entangled`."""
        return min(index, other), max(index, other)


def _misplaced(rings: list[_Ring], met: tuple[Crossing, ...]) -> Iterator[Finding]:
    """Find rings that cross nothing but lie where they must not: holes outside or nested, parts nested."""
    areas = [shapely.Polygon(ring.points) for ring in rings]
    holes: dict[int, set[int]] = defaultdict(set)
    for index, ring in enumerate(rings):
        if not ring.is_outer:
            holes[ring.part].add(index)
    placing = _Placing(
        rings=rings,
        areas=areas,
        tree=shapely.STRtree(areas),
        shells={ring.part: index for index, ring in enumerate(rings) if ring.is_outer},
        holes=holes,
        entangled={crossing.rings for crossing in met if crossing.meeting is not Meeting.TOUCH},
    )
    for index, ring in enumerate(rings):
        yield from (_nested_part if ring.is_outer else _misplaced_hole)(index, placing)


def _misplaced_hole(index: int, placing: _Placing) -> Iterator[Finding]:
    ring = placing.rings[index]
    shell = placing.shells.get(ring.part)
    is_free = shell is not None and placing.pair(index, shell) not in placing.entangled
    if shell is not None and is_free and _is_inside(ring.points, placing.areas[shell]) is False:
        yield _finding("hole-outside", ring.points[0])
    holes = [other for other in placing.near(index) if other in placing.holes[ring.part]]
    if any(_is_inside(ring.points, placing.areas[hole]) for hole in holes):
        yield _finding("holes-nested", ring.points[0])


def _nested_part(index: int, placing: _Placing) -> Iterator[Finding]:
    ring = placing.rings[index]
    for other in placing.near(index):
        part = placing.rings[other].part
        if not placing.rings[other].is_outer or not _is_inside(ring.points, placing.areas[other]):
            continue
        if not any(_is_inside(ring.points, placing.areas[hole]) for hole in placing.holes[part]):
            yield _finding("parts-nested", ring.points[0])
            return


def _is_inside(points: Points, area: shapely.Polygon) -> bool | None:
    """Say whether a ring that does not cross an area's edge is inside it; None where all its points are on the edge."""
    if shapely.contains_xy(area, points).any():
        return True
    return None if shapely.intersects_xy(area, points).all() else False


def _of_library(geometry: BaseGeometry, findings: list[Finding]) -> Iterator[Finding]:
    """Add the library's own reason where it names a kind of problem that nothing found so far explains."""
    reason = _REASON.match(shapely.is_valid_reason(geometry))
    if reason is None:
        return
    code = _CODES_OF_REASONS.get(reason[1], "not-valid")
    if not findings or code == "interior-split":
        yield _finding(code, np.array([float(reason[2]), float(reason[3])]))


def _finding(code: str, at: Points | None) -> Finding:
    if at is None or not np.isfinite(at).all():
        message = _MESSAGES[code].replace(" next to {at}", "").replace(" at {at}", "").replace(", at {at}", "")
        return Finding(code=code, severity=Severity.ERROR, message=message)
    place = (float(at[0]), float(at[1]))
    message = _MESSAGES[code].format(at=f"{place[0]:.2f}, {place[1]:.2f}")
    return Finding(code=code, severity=Severity.ERROR, message=message, at_bng=place)
