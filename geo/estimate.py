"""How many adults and electors live in a drawn area, estimated for planning: never an electorate."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.assign import OUTSIDE, AreaIndex
from geo.errors import BoundaryError

NINETY_PER_CENT = 1.645
"""Standard deviations on either side that hold nine of ten cases of a normal error."""

LOCAL_SPREAD = 0.09
"""How far the electors per adult of one neighbourhood stray from those of its council, as a standard deviation.

Set on the 91 polling districts of Trafford so that nine intervals of ten hold the council's own figure.
"""

POINT_SPREAD = 1.5
"""How much more unequal homes per point are than chance alone would make them (a ratio of variances)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A small area with a known count: an output area of the census, say; EPSG:27700 metres."""

    reference: str
    boundary_bng: BaseGeometry
    adults: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimate with its 90 % interval.

    Attributes:
        adults, adults_low, adults_high: people of 18 and over, and between which numbers nine of ten such estimates
            hold the truth, as far as the splitting of zones and chance go: a stale count is not allowed for.
        electors, electors_low, electors_high: registered electors, and between which numbers nine of ten such
            estimates hold the truth.
        zones_whole: zones that lie wholly in the area.
        zones_by_points: zones split by the points in them.
        zones_by_area: zones split by their ground alone, having no point.
    """

    adults: int
    adults_low: int
    adults_high: int
    electors: int
    electors_low: int
    electors_high: int
    zones_whole: int
    zones_by_points: int
    zones_by_area: int


class EstimateBase:
    """Zones and points of one council, made ready once, so that many areas can be asked about quickly."""

    def __init__(
        self,
        zones: Sequence[Zone],
        *,
        easting: NDArray[np.float64],
        northing: NDArray[np.float64],
        electors_per_adult: float = 1.0,
        local_spread: float = LOCAL_SPREAD,
    ) -> None:
        """Take zones with their counts, and points that stand for homes (addresses, or else postcodes).

        Args:
            zones: they must not overlap by more than digitising does.
            easting: of the points, EPSG:27700 metres.
            northing: the same.
            electors_per_adult: of the whole council: its register divided by the sum of the zones' adults.
            local_spread: how far that ratio strays from place to place.

        Raises:
            BoundaryError: no zone, or one that is not valid.
        """
        if not zones or not all(zone.boundary_bng.is_valid for zone in zones):
            raise BoundaryError("An estimate needs zones with valid boundaries: repair them or give another file.")
        self._shapes = np.array([zone.boundary_bng for zone in zones], dtype=object)
        self._adults = np.array([zone.adults for zone in zones], np.float64)
        self._ratio = electors_per_adult
        self._local_spread = local_spread
        self._tree = shapely.STRtree(self._shapes)
        zone_of = AreaIndex(self._shapes.tolist()).assign(easting, northing)
        order = np.argsort(zone_of, kind="stable")
        order = order[zone_of[order] != OUTSIDE]
        self._x, self._y = easting[order], northing[order]
        self._first = np.searchsorted(zone_of[order], np.arange(len(zones) + 1))

    def estimate(self, area_bng: BaseGeometry) -> Estimate:
        """Estimate the adults and electors of an area (EPSG:27700 metres, valid).

        A zone wholly inside counts in full. A zone on the line is split by the points in it, the more of its points
        inside the more of its adults, and by ground where it has none. The interval allows for unequal homes per
        point and for electors per adult that differ from place to place.
        """
        shapely.prepare(area_bng)
        touched = np.sort(self._tree.query(area_bng, predicate="intersects"))
        inside = shapely.covers(area_bng, self._shapes[touched])
        adults = float(self._adults[touched[inside]].sum())
        variance = 0.0
        by_points = by_area = 0
        for zone in touched[~inside].tolist():
            share, points = self._share(zone, area_bng)
            by_points += points > 0
            by_area += points == 0
            adults += share * self._adults[zone]
            variance += self._adults[zone] ** 2 * share * (1 - share) * POINT_SPREAD / max(points, 1)
        electors = adults * self._ratio
        spread = NINETY_PER_CENT * sqrt(variance * self._ratio**2 + (self._local_spread * electors) ** 2 + electors)
        around = NINETY_PER_CENT * sqrt(variance + adults)
        return Estimate(
            adults=round(adults),
            adults_low=max(0, round(adults - around)),
            adults_high=round(adults + around),
            electors=round(electors),
            electors_low=max(0, round(electors - spread)),
            electors_high=round(electors + spread),
            zones_whole=int(inside.sum()),
            zones_by_points=by_points,
            zones_by_area=by_area,
        )

    def _share(self, zone: int, area: BaseGeometry) -> tuple[float, int]:
        """Return which share of a zone's adults is in the area, and how many points say so."""
        points = slice(int(self._first[zone]), int(self._first[zone + 1]))
        count = points.stop - points.start
        if count:
            held = shapely.intersects_xy(area, self._x[points], self._y[points])
            return float(np.mean(held)), count
        shape = self._shapes[zone]
        return float(shapely.area(shapely.intersection(area, shape)) / shapely.area(shape)), 0


def by_area_alone(zones: Sequence[Zone], area_bng: BaseGeometry) -> float:
    """Return the adults of an area by ground alone, the plain method that others use; for comparison."""
    shapes = np.array([zone.boundary_bng for zone in zones], dtype=object)
    shares = shapely.area(shapely.intersection(shapes, area_bng)) / shapely.area(shapes)
    return float(np.sum(shares * np.array([zone.adults for zone in zones])))
