"""Marks of careless drawing that need not make a boundary invalid: doubled points, spikes, tiny parts and holes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.findings import Finding, Severity

SPIKE_ANGLE_DEG = 1.0
LEAST_SPIKE_M = 1.0
TINY_M2 = 100.0

Found = tuple[int, Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rings:
    """All rings of many boundaries, stretched out.

    Attributes:
        points: array (n, 2) of all points. rings: ring of each point. rows: boundary of each ring.
        is_outer: of each ring, whether it is a part's outline. parts: how many parts each boundary has.
    """

    points: NDArray[np.float64]
    rings: NDArray[np.intp]
    rows: NDArray[np.intp]
    is_outer: NDArray[np.bool_]
    parts: NDArray[np.intp]


def marks(geometries: NDArray[np.object_]) -> Iterator[Found]:
    """Find doubled points, spikes, tiny parts and tiny holes; for each the boundary's position and a finding.

    Args:
        geometries: array of polygons and multipolygons, none of them empty.
    """
    rings = _rings(geometries)
    yield from _doubled_points(rings)
    yield from _spikes(_without_repeats(rings))
    yield from _slight(rings)


def _doubled_points(rings: _Rings) -> Iterator[Found]:
    same_ring = rings.rings[1:] == rings.rings[:-1]
    same_place = (rings.points[1:, 0] == rings.points[:-1, 0]) & (rings.points[1:, 1] == rings.points[:-1, 1])
    for index in np.flatnonzero(same_ring & same_place):
        at = _place(rings.points[index])
        message = f"A point is written twice running at {_words(at)}: it does no harm and may be removed."
        finding = Finding(code="doubled-point", severity=Severity.NOTICE, message=message, at_bng=at)
        yield int(rings.rows[rings.rings[index]]), finding


def _spikes(rings: _Rings) -> Iterator[Found]:
    """Find corners where the line runs out and back at less than SPIKE_ANGLE_DEG, LEAST_SPIKE_M long or more."""
    into, out = _sides(rings)
    forward = into[:, 0] * out[:, 0] + into[:, 1] * out[:, 1]
    sideways = np.abs(into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0])
    candidates = np.flatnonzero((forward < 0) & (sideways <= -forward * np.tan(np.radians(SPIKE_ANGLE_DEG))))
    for index in candidates:
        length = min(np.hypot(*into[index]), np.hypot(*out[index]))
        if length < LEAST_SPIKE_M:
            continue
        at = _place(rings.points[index])
        angle = np.degrees(np.arctan2(sideways[index], -forward[index]))
        message = (
            f"The line runs out {length:.1f} m to {_words(at)} and straight back at an angle of {angle:.2f} degrees: "
            "remove the spike unless it is meant."
        )
        finding = Finding(code="spike", severity=Severity.WARNING, message=message, at_bng=at)
        yield int(rings.rows[rings.rings[index]]), finding


def _slight(rings: _Rings) -> Iterator[Found]:
    """Find separate parts, and holes, of less than TINY_M2 square metres but more than none."""
    areas, starts = _ring_areas(rings)
    is_separate = rings.parts[rings.rows] > 1
    for index in np.flatnonzero((areas > 0) & (areas < TINY_M2) & (~rings.is_outer | is_separate)):
        code, what, do = (
            ("tiny-part", "A separate part", "leave it out unless it is meant")
            if rings.is_outer[index]
            else ("tiny-hole", "A hole", "fill it unless it is meant")
        )
        at = _place(rings.points[starts[index]])
        message = f"{what} of only {areas[index]:.2f} square metres lies at {_words(at)}: {do}."
        area_m2 = float(areas[index])
        finding = Finding(code=code, severity=Severity.WARNING, message=message, at_bng=at, area_m2=area_m2)
        yield int(rings.rows[index]), finding


def _ring_areas(rings: _Rings) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return the area each ring encloses, whichever way it runs, and where each ring starts; NaN for a bad point."""
    starts = np.concatenate([[0], np.flatnonzero(np.diff(rings.rings)) + 1])
    local = rings.points - rings.points[starts][rings.rings]
    cross = local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]
    cross[rings.rings[1:] != rings.rings[:-1]] = 0.0
    sums = np.bincount(rings.rings[:-1], weights=cross, minlength=len(rings.rows))
    return np.asarray(np.abs(sums) / 2), starts


def _rings(geometries: NDArray[np.object_]) -> _Rings:
    polygons, polygon_rows = shapely.get_parts(geometries, return_index=True)
    rings, owners = shapely.get_rings(polygons, return_index=True)
    is_outer = np.concatenate([[True], owners[1:] != owners[:-1]])
    is_there = ~shapely.is_empty(rings)
    rings, owners, is_outer = rings[is_there], owners[is_there], is_outer[is_there]
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    return _Rings(
        points=points,
        rings=ring_of,
        rows=polygon_rows[owners],
        is_outer=is_outer,
        parts=np.bincount(polygon_rows, minlength=len(geometries)),
    )


def _without_repeats(rings: _Rings) -> _Rings:
    steps = np.diff(rings.points, axis=0)
    is_new = np.concatenate([[True], (steps[:, 0] != 0) | (steps[:, 1] != 0) | (np.diff(rings.rings) != 0)])
    if is_new.all():
        return rings
    return replace(rings, points=rings.points[is_new], rings=rings.rings[is_new])


def _sides(rings: _Rings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each point the side that leads to it and the side that leaves it; none (0, 0) at a ring's last point.

    A ring's last point is its first again: the first point takes the last side as the one that leads to it.
    """
    into = np.zeros_like(rings.points)
    out = np.zeros_like(rings.points)
    inside = rings.rings[1:] == rings.rings[:-1]
    steps = np.diff(rings.points, axis=0)
    steps[~inside] = 0.0
    into[1:] = steps
    out[:-1] = steps
    ends = np.concatenate([np.flatnonzero(~inside), [len(rings.points) - 1]])
    starts = np.concatenate([[0], ends[:-1] + 1])
    into[starts] = into[ends]
    into[ends] = 0.0
    return into, out


def _place(point: NDArray[np.float64]) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _words(at: tuple[float, float]) -> str:
    return f"{at[0]:.2f}, {at[1]:.2f}"
