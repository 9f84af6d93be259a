"""Marks of careless drawing that need not make a boundary invalid: doubled points, spikes, tiny parts and holes."""

from collections.abc import Iterator
from dataclasses import dataclass

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
    """All rings of many boundaries: their points in one array, and the row each point and ring belongs to."""

    points: NDArray[np.float64]
    rings: NDArray[np.intp]
    rows: NDArray[np.intp]


def doubled_points(geometries: NDArray[np.object_]) -> Iterator[Found]:
    """Find points written twice running; for each the boundary's position and a notice."""
    rings = _rings(geometries)
    same_ring = rings.rings[1:] == rings.rings[:-1]
    same_place = (rings.points[1:] == rings.points[:-1]).all(axis=1)
    for index in np.flatnonzero(same_ring & same_place):
        at = _place(rings.points[index])
        message = f"A point is written twice running at {_words(at)}: it does no harm and may be removed."
        finding = Finding(code="doubled-point", severity=Severity.NOTICE, message=message, at_bng=at)
        yield int(rings.rows[index]), finding


def spikes(geometries: NDArray[np.object_]) -> Iterator[Found]:
    """Find corners where the line runs out and back at less than SPIKE_ANGLE_DEG, LEAST_SPIKE_M long or more."""
    rings = _rings(geometries, without_repeats=True)
    into, out = _sides(rings)
    lengths = np.minimum(np.hypot(*into.T), np.hypot(*out.T))
    cosine = -(into * out).sum(axis=1) / (np.hypot(*into.T) * np.hypot(*out.T))
    cross = np.abs(into[:, 0] * out[:, 1] - into[:, 1] * out[:, 0])
    angles = np.degrees(np.arctan2(cross, -(into * out).sum(axis=1)))
    is_spike = (angles < SPIKE_ANGLE_DEG) & (cosine > 0) & (lengths >= LEAST_SPIKE_M)
    for index in np.flatnonzero(is_spike):
        at = _place(rings.points[index])
        message = (
            f"The line runs out {lengths[index]:.1f} m to {_words(at)} and straight back at an angle of "
            f"{angles[index]:.2f} degrees: remove the spike unless it is meant."
        )
        yield int(rings.rows[index]), Finding(code="spike", severity=Severity.WARNING, message=message, at_bng=at)


def slight_parts(geometries: NDArray[np.object_]) -> Iterator[Found]:
    """Find separate parts, and holes, of less than TINY_M2 square metres but more than none."""
    polygons, rows = shapely.get_parts(geometries, return_index=True)
    rings, owners = shapely.get_rings(polygons, return_index=True)
    is_outer = np.concatenate([[True], owners[1:] != owners[:-1]])
    is_there = ~shapely.is_empty(rings)
    rings, owners, is_outer = rings[is_there], owners[is_there], is_outer[is_there]
    areas = _ring_areas(rings)
    parts_of_row = np.bincount(rows, minlength=len(geometries))
    is_separate = parts_of_row[rows[owners]] > 1
    for index in np.flatnonzero((areas > 0) & (areas < TINY_M2) & (~is_outer | is_separate)):
        code, what, do = (
            ("tiny-part", "A separate part", "leave it out unless it is meant")
            if is_outer[index]
            else ("tiny-hole", "A hole", "fill it unless it is meant")
        )
        at = _place(shapely.get_coordinates(rings[index])[0])
        message = f"{what} of only {areas[index]:.2f} square metres lies at {_words(at)}: {do}."
        yield (
            int(rows[owners[index]]),
            Finding(code=code, severity=Severity.WARNING, message=message, at_bng=at, area_m2=float(areas[index])),
        )


def _ring_areas(rings: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the area each ring encloses, whichever way it runs; NaN for a ring with a point that is not finite."""
    points, owners = shapely.get_coordinates(rings, return_index=True)
    starts = np.concatenate([[0], np.flatnonzero(np.diff(owners)) + 1])
    local = points - np.repeat(points[starts], np.diff(np.concatenate([starts, [len(points)]])), axis=0)
    inside = owners[1:] == owners[:-1]
    cross = np.where(inside, local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1], 0.0)
    return np.asarray(np.abs(np.bincount(owners[:-1], weights=cross, minlength=len(rings))) / 2)


def _rings(geometries: NDArray[np.object_], *, without_repeats: bool = False) -> _Rings:
    polygons, polygon_rows = shapely.get_parts(geometries, return_index=True)
    rings, owners = shapely.get_rings(polygons, return_index=True)
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    rows = polygon_rows[owners][ring_of]
    if without_repeats and len(points):
        is_new = np.concatenate([[True], (np.diff(points, axis=0) != 0).any(axis=1) | (np.diff(ring_of) != 0)])
        points, ring_of, rows = points[is_new], ring_of[is_new], rows[is_new]
    return _Rings(points=points, rings=ring_of, rows=rows)


def _sides(rings: _Rings) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each point the side that leads to it and the side that leaves it; none (0, 0) at a ring's last point.

    A ring's last point is its first again: the first point takes the last side as the one that leads to it.
    """
    into = np.zeros_like(rings.points)
    out = np.zeros_like(rings.points)
    inside = rings.rings[1:] == rings.rings[:-1]
    steps = np.where(inside[:, None], np.diff(rings.points, axis=0), 0.0)
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
