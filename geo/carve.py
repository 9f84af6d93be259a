"""Modifying designated areas: take land out, take land in, carve one area out of another, join several.

Every change closes the old version of an area on a day and opens the new one on the same day; nothing is deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.errors import BoundaryError
from geo.measure import land
from geo.topology import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaVersion:
    """An area as it stood from one day until before another; None while it stands."""

    reference: str
    name: str
    geometry_bng: MultiPolygon
    from_date: date
    until_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carving:
    """What a change closes and what it opens, with the land that changed hands."""

    closed: tuple[AreaVersion, ...]
    opened: tuple[AreaVersion, ...]
    changed_bng: MultiPolygon


def subtract(area: AreaVersion, piece_bng: BaseGeometry, *, on: date) -> Carving:
    """Take a piece of land out of an area.

    Raises: BoundaryError where the area has none of that land, or nothing else.
    Source: AREA-16, AREA-22.
    """
    taken, left = _parted(area, piece_bng)
    return Carving(closed=(_closed(area, on),), opened=(_opened(area, left, on),), changed_bng=taken)


def carve_out(area: AreaVersion, piece_bng: BaseGeometry, *, reference: str, name: str, on: date) -> Carving:
    """Split an area in two: the piece becomes an area of its own, the rest keeps its reference.

    The two share their new edge exactly and together are the old area, to the rounding of coordinates.
    Raises: BoundaryError as `subtract`.
    Source: AREA-16, AREA-22.
    """
    taken, left = _parted(area, piece_bng)
    new = AreaVersion(reference=reference, name=name, geometry_bng=taken, from_date=on)
    return Carving(closed=(_closed(area, on),), opened=(_opened(area, left, on), new), changed_bng=taken)


def enlarge(area: AreaVersion, piece_bng: BaseGeometry, *, on: date) -> Carving:
    """Take a piece of land into an area; land that it already has is no change.

    Raises: BoundaryError where the area has all of that land already.
    Source: AREA-16, AREA-22.
    """
    piece = canonical(piece_bng)
    added = land(shapely.difference(piece, area.geometry_bng))
    if added.is_empty:
        raise BoundaryError(f"All of that land is already in {area.reference}: choose land outside it.")
    whole = _tidy(shapely.union(area.geometry_bng, piece))
    return Carving(closed=(_closed(area, on),), opened=(_opened(area, whole, on),), changed_bng=added)


def merge(areas: Sequence[AreaVersion], *, reference: str, name: str, on: date) -> Carving:
    """Join two areas or more into one.

    Raises: BoundaryError for fewer than two.
    Source: AREA-16, AREA-22.
    """
    if len(areas) < 2:  # noqa: PLR2004 - one area has nothing to be joined to
        raise BoundaryError("One area has nothing to be joined to: choose at least two.")
    whole = _tidy(shapely.union_all([area.geometry_bng for area in areas]))
    joined = AreaVersion(reference=reference, name=name, geometry_bng=whole, from_date=on)
    return Carving(closed=tuple(_closed(area, on) for area in areas), opened=(joined,), changed_bng=whole)


def ended(area: AreaVersion, *, on: date) -> Carving:
    """End an area whose whole land goes to another; its line is kept with the day it ended.

    Source: AREA-10, AREA-22.
    """
    return Carving(closed=(_closed(area, on),), opened=(), changed_bng=area.geometry_bng)


def _parted(area: AreaVersion, piece_bng: BaseGeometry) -> tuple[MultiPolygon, MultiPolygon]:
    piece = canonical(piece_bng)
    taken = _tidy(shapely.intersection(area.geometry_bng, piece))
    left = _tidy(shapely.difference(area.geometry_bng, piece))
    if taken.is_empty:
        raise BoundaryError(f"None of that land is in {area.reference}: choose land inside it.")
    if left.is_empty:
        raise BoundaryError(f"That would leave nothing of {area.reference}: leave some land, or join areas instead.")
    return taken, left


def _tidy(geometry_bng: BaseGeometry) -> MultiPolygon:
    """Return the land in canonical order, so that the same changes always end in the same bytes."""
    return shapely.normalize(land(geometry_bng))


def _closed(area: AreaVersion, on: date) -> AreaVersion:
    return replace(area, until_date=on)


def _opened(area: AreaVersion, geometry_bng: MultiPolygon, on: date) -> AreaVersion:
    return replace(area, geometry_bng=geometry_bng, from_date=on, until_date=None)
