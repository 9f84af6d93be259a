"""What is wrong with a boundary as a shape: every problem, how serious, where, in plain words."""

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo.england import is_measurable, outline_bng
from geo.findings import Finding, Severity
from geo.invalidity import invalidities
from geo.shape_marks import marks

MOST_VERTICES = 100_000
MOST_OF_A_KIND = 20
# Boundaries looked at in one go: few enough that their points stay in the processor's own memory.
AT_ONCE = 2_000
_POLYGONAL = ("Polygon", "MultiPolygon")


def is_valid_ogc(geometry: BaseGeometry) -> bool:
    """Say whether a geometry is valid by the OGC simple-features rules, and by nothing else."""
    return bool(are_valid_ogc(np.array([geometry], dtype=object))[0])


@np.errstate(all="ignore")
def are_valid_ogc(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Say of each geometry whether it is valid by the OGC simple-features rules; None is not.

    A geometry whose numbers are so extreme that the question cannot be worked out is not valid.
    """
    try:
        return np.asarray(shapely.is_valid(geometries), dtype=bool)
    except GEOSException:
        if len(geometries) == 1:
            return np.array([False])
    half = len(geometries) // 2
    return np.concatenate([are_valid_ogc(geometries[:half]), are_valid_ogc(geometries[half:])])


def problems(geometry_bng: BaseGeometry) -> tuple[Finding, ...]:
    """Return every problem of a boundary, errors first.

    Args:
        geometry_bng: any geometry, EPSG:27700 metres.

    An error means that the boundary is no valid area of England (it is not valid by the OGC rules, is empty, is not an
    area, or reaches outside England); a warning that an officer should look; a notice is for information. Of one kind
    no more than MOST_OF_A_KIND places are listed, and a further finding says how many there are.
    Source: the checks on a boundary's shape are good practice, not law.
    """
    return problems_of([geometry_bng])[0]


@np.errstate(all="ignore")
def problems_of(geometries_bng: Sequence[BaseGeometry]) -> list[tuple[Finding, ...]]:
    """Return the problems of many boundaries at once, as `problems` does of one; much faster for a whole layer."""
    geometries = np.empty(len(geometries_bng), dtype=object)
    geometries[:] = geometries_bng
    found: list[list[Finding]] = [[] for _ in geometries_bng]
    usable = np.array(
        [_is_usable(geometry, of_one) for geometry, of_one in zip(geometries, found, strict=True)], dtype=bool
    )
    rows = np.flatnonzero(usable)
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        _shape_problems(geometries[some], [found[row] for row in some])
    return [_ordered(of_one) for of_one in found]


def _is_usable(geometry: BaseGeometry, found: list[Finding]) -> bool:
    """Say whether there is an area to look at, adding why not."""
    if geometry.geom_type not in _POLYGONAL:
        message = "The boundary is not an area: send a polygon that closes round the area."
        found.append(Finding(code="not-an-area", severity=Severity.ERROR, message=message))
        return False
    if geometry.is_empty:
        message = "The boundary is empty: send a polygon that closes round the area."
        found.append(Finding(code="empty", severity=Severity.ERROR, message=message))
        return False
    return True


def _shape_problems(geometries: NDArray[np.object_], found: list[list[Finding]]) -> None:
    is_valid = are_valid_ogc(geometries)
    is_valid[_rows_beyond_measure(geometries)] = False
    counts = shapely.get_num_coordinates(geometries)
    is_outside = _is_outside_england(geometries)
    for row, finding in marks(geometries):
        found[row].append(finding)
    for row in np.flatnonzero(~is_valid).tolist():
        found[row].extend(invalidities(geometries[row]))
    for row in np.flatnonzero(is_outside).tolist():
        found[row].extend(_outside_england(geometries[row]))
    for row in np.flatnonzero(counts > MOST_VERTICES).tolist():
        found[row].append(_too_many_vertices(int(counts[row])))


def _rows_beyond_measure(geometries: NDArray[np.object_]) -> NDArray[np.intp]:
    points, rows = shapely.get_coordinates(geometries, return_index=True)
    return np.asarray(np.unique(rows[~is_measurable(points)]), dtype=np.intp)


def _is_outside_england(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Say which geometries have a point outside England; boxes first, since nearly all are inside."""
    bounds = shapely.bounds(geometries)
    is_outside = np.array(~shapely.contains_properly(outline_bng(), shapely.box(*bounds.T)), dtype=bool)
    for row in np.flatnonzero(is_outside).tolist():
        is_outside[row] = bool(len(_points_outside(geometries[row])))
    return is_outside


def _points_outside(geometry: BaseGeometry) -> NDArray[np.float64]:
    points = shapely.get_coordinates(geometry)
    points = points[is_measurable(points)]
    return points[~shapely.contains_xy(outline_bng(), points)]


def _outside_england(geometry: BaseGeometry) -> list[Finding]:
    points = _points_outside(geometry)
    at = (float(points[0][0]), float(points[0][1]))
    is_whole = len(points) == is_measurable(shapely.get_coordinates(geometry)).sum()
    message = (
        "The boundary lies outside England: check its reference system, or that its two axes are the right way round."
        if is_whole
        else f"Part of the boundary lies outside England (first at {at[0]:.0f}, {at[1]:.0f}): check that point."
    )
    return [Finding(code="outside-england", severity=Severity.ERROR, message=message, at_bng=at)]


def _too_many_vertices(count: int) -> Finding:
    message = (
        f"The boundary has {count:,} points, more than the {MOST_VERTICES:,} that a map can well show: "
        "ask for it in less detail."
    )
    return Finding(code="too-many-points", severity=Severity.WARNING, message=message)


def _ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings errors first, then by code and place, long lists of one kind cut short."""
    ranks = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
    ordered = sorted(found, key=lambda finding: (ranks[finding.severity], finding.code, finding.at_bng or (0.0, 0.0)))
    by_code: dict[str, list[Finding]] = {}
    for finding in ordered:
        by_code.setdefault(finding.code, []).append(finding)
    return tuple(finding for alike in by_code.values() for finding in _cut(alike))


def _cut(alike: list[Finding]) -> list[Finding]:
    if len(alike) <= MOST_OF_A_KIND:
        return alike
    more = Finding(
        code=alike[0].code,
        severity=alike[0].severity,
        message=f"There are {len(alike) - MOST_OF_A_KIND:,} more places like this.",
    )
    return [*islice(alike, MOST_OF_A_KIND), more]
