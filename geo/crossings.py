"""Every place where the rings of an invalid polygon cross, touch or run over themselves or each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray

Points = NDArray[np.float64]
# Sine of the angle between two sides below which they are looked at more closely, since they may run over each other.
NEARLY_STRAIGHT = 1e-6


class Meeting(StrEnum):
    """How two stretches of line meet."""

    CROSS = "cross"
    TOUCH = "touch"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One place where lines meet that are not neighbours in a ring.

    Attributes:
        meeting: how they meet.
        rings: the two rings, as positions in the list given, the smaller first; the same twice for one ring.
        at: (x, y) of the place; the middle of it where lines overlap.
    """

    meeting: Meeting
    rings: tuple[int, int]
    at: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segments:
    """The sides of all rings, stretched out in one array.

    Attributes:
        starts: array (n, 2). ends: array (n, 2).
        rings: ring of each side. before and after: the sides joined to each.
    """

    starts: Points
    ends: Points
    rings: NDArray[np.intp]
    before: NDArray[np.intp]
    after: NDArray[np.intp]


def crossings(rings: list[Points]) -> tuple[Crossing, ...]:
    """Return every place where the rings meet other than at consecutive corners, in the order of the rings.

    Args:
        rings: closed rings, arrays of shape (n, 2), finite; each with three different points or more.
    """
    segments = _segments(rings)
    lines = np.asarray(shapely.linestrings(np.stack([segments.starts, segments.ends], axis=1)), dtype=object)
    first, second = shapely.STRtree(lines).query(lines, predicate="intersects")
    keep = (first < second) & ~_is_plain_corner(segments, first, second)
    first, second = first[keep], second[keep]
    shared = np.asarray(shapely.intersection(lines[first], lines[second]), dtype=object)
    found: dict[tuple[tuple[int, int], float, float], Crossing] = {}
    for i, j, place in zip(first.tolist(), second.tolist(), shared, strict=True):
        for crossing in _crossing(segments, i, j, place):
            key = (crossing.rings, round(crossing.at[0], 6), round(crossing.at[1], 6))
            if key not in found or found[key].meeting is Meeting.TOUCH:
                found[key] = crossing
    return tuple(sorted(found.values(), key=lambda crossing: (crossing.rings, crossing.at)))


def _segments(rings: list[Points]) -> _Segments:
    parts = [_without_repeats(ring) for ring in rings]
    counts = [len(part) - 1 for part in parts]
    offsets = np.concatenate([[0], np.cumsum(counts)])
    before = [np.roll(np.arange(count), 1) + offset for count, offset in zip(counts, offsets, strict=False)]
    after = [np.roll(np.arange(count), -1) + offset for count, offset in zip(counts, offsets, strict=False)]
    return _Segments(
        starts=np.concatenate([part[:-1] for part in parts]),
        ends=np.concatenate([part[1:] for part in parts]),
        rings=np.repeat(np.arange(len(parts)), counts),
        before=np.concatenate(before),
        after=np.concatenate(after),
    )


def _is_plain_corner(segments: _Segments, first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Say of each pair of sides whether they are neighbours that meet in a corner, so not nearly on one line."""
    are_neighbours = (segments.before[first] == second) | (segments.after[first] == second)
    sides = segments.ends - segments.starts
    turn = np.abs(sides[first, 0] * sides[second, 1] - sides[first, 1] * sides[second, 0])
    lengths = np.hypot(*sides.T)
    return np.asarray(are_neighbours & (turn > NEARLY_STRAIGHT * lengths[first] * lengths[second]), dtype=bool)


def _without_repeats(ring: Points) -> Points:
    is_new = np.concatenate([[True], (np.diff(ring, axis=0) != 0).any(axis=1)])
    kept: Points = ring[is_new]
    return kept


def _crossing(segments: _Segments, i: int, j: int, place: shapely.Geometry) -> Iterator[Crossing]:
    rings = (int(segments.rings[i]), int(segments.rings[j]))
    are_neighbours = j in {segments.before[i], segments.after[i]}
    if isinstance(place, shapely.LineString) and place.length > 0:
        middle = place.interpolate(0.5, normalized=True)
        yield Crossing(meeting=Meeting.OVERLAP, rings=rings, at=(middle.x, middle.y))
    elif isinstance(place, shapely.Point) and not place.is_empty and not are_neighbours:
        at = np.array([place.x, place.y])
        crosses = _is_crossing(_ways(segments, i, at), _ways(segments, j, at), at)
        yield Crossing(meeting=Meeting.CROSS if crosses else Meeting.TOUCH, rings=rings, at=(place.x, place.y))


def _ways(segments: _Segments, index: int, at: Points) -> tuple[Points, Points]:
    """Return the corners from which and to which the line through a side passes a point on it."""
    start, end = segments.starts[index], segments.ends[index]
    if (end == at).all():
        return start, segments.ends[segments.after[index]]
    if (start == at).all():
        return segments.starts[segments.before[index]], end
    return start, end


def _is_crossing(one: tuple[Points, Points], other: tuple[Points, Points], at: Points) -> bool:
    """Say whether the second path changes from one side of the first to the other as it passes the point."""
    angle_in, angle_out, other_in, other_out = (_angle(corner, at) for corner in (*one, *other))
    opening = (angle_out - angle_in) % (2 * np.pi)
    turns = [(angle - angle_in) % (2 * np.pi) for angle in (other_in, other_out)]
    if any(turn in (0.0, opening) for turn in turns):
        return False
    return bool((turns[0] < opening) != (turns[1] < opening))


def _angle(corner: Points, at: Points) -> float:
    return float(np.arctan2(corner[1] - at[1], corner[0] - at[0]))
