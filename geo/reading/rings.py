"""Polygons from rings as they are written, also from rings that are open or have too few points."""

import struct
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.findings import Severity
from geo.reading.model import Remark

LEAST_RING_POINTS = 4
Ring = NDArray[np.float64]


@np.errstate(all="ignore")
def polygon_of(rings: Sequence[Ring]) -> tuple[BaseGeometry, tuple[Remark, ...]]:
    """Return the polygon of an outer ring and its holes, and remarks on rings that are not closed.

    Args:
        rings: arrays of shape (n, 2), the outer ring first. An open ring is closed; a ring of too few points is kept
            (closed and filled up with its first point), so that checking can say what is wrong and where. A ring never
            starts at a point that is not a number, since such a point equals nothing, not even itself.
    """
    remarks = tuple(remark for ring in rings for remark in _remarks(ring))
    whole = [_closed(ring) for ring in rings if np.isfinite(ring).all(axis=1).any()]
    if not whole:
        return shapely.Polygon(), remarks
    if all(len(ring) >= LEAST_RING_POINTS for ring in whole):
        return shapely.Polygon(whole[0], whole[1:]), remarks
    return shapely.from_wkb(_wkb(whole)), remarks


def multipolygon_of(polygons: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the multipolygon of polygons, nothing about them changed."""
    return shapely.MultiPolygon([polygon for polygon in polygons if isinstance(polygon, shapely.Polygon)])


def open_ring_remark(x: float, y: float) -> Remark:
    """Return the remark on a ring that does not end where it began."""
    return Remark(
        code="ring-not-closed",
        severity=Severity.ERROR,
        message="A ring is not closed: its last point is not its first; it was closed with a straight line to read it: "
        "draw the missing side.",
        at_source=(x, y),
    )


def _remarks(ring: Ring) -> list[Remark]:
    if len(ring) and not np.isfinite(ring).all(axis=1).any():
        return [Remark(code="not-a-number", severity=Severity.ERROR, message="A ring has no point that is a number.")]
    if len(ring) > 1 and not _ends_where_it_began(ring):
        return [open_ring_remark(float(ring[-1][0]), float(ring[-1][1]))]
    return []


def _ends_where_it_began(ring: Ring) -> bool:
    return bool(np.array_equal(ring[0], ring[-1], equal_nan=True))


def _closed(ring: Ring) -> Ring:
    ring = ring if _ends_where_it_began(ring) else np.vstack([ring, ring[:1]])
    if not np.isfinite(ring[0]).all():
        start = int(np.flatnonzero(np.isfinite(ring).all(axis=1))[0])
        ring = np.vstack([ring[start:-1], ring[: start + 1]])
    while len(ring) < LEAST_RING_POINTS - 1:
        ring = np.vstack([ring, ring[:1]])
    return np.ascontiguousarray(ring, dtype=np.float64)


def _wkb(rings: Sequence[Ring]) -> bytes:
    body = b"".join(struct.pack("<I", len(ring)) + ring.astype("<f8").tobytes() for ring in rings)
    return struct.pack("<BII", 1, 3, len(rings)) + body
