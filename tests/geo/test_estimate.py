"""Estimates of adults and electors in a drawn area."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BoundaryError
from geo.estimate import EstimateBase, Zone, by_area_alone

WEST, SOUTH = 451_000.0, 212_000.0


def box(x, width, height=100.0):
    return shapely.box(WEST + x, SOUTH, WEST + x + width, SOUTH + height)


ZONES = [Zone(reference=str(at), boundary_bng=box(at * 100, 100), adults=100.0) for at in range(3)]


def base(*points, ratio=1.0):
    """Zones of 100 adults side by side, and points at these distances from the west."""
    easting = WEST + np.array(points, float)
    return EstimateBase(ZONES, easting=easting, northing=np.full(len(points), SOUTH + 50), electors_per_adult=ratio)


@pytest.mark.parametrize(
    ("points", "area", "expected"),
    [
        pytest.param([], box(0, 200), (200, 2, 0, 0), id="whole zones"),
        pytest.param([], box(0, 150), (150, 1, 0, 1), id="a zone without points by its ground"),
        pytest.param([110, 120, 130, 190], box(0, 150), (175, 1, 1, 0), id="a zone by its points"),
        pytest.param([], box(900, 50), (0, 0, 0, 0), id="nowhere near"),
    ],
)
def test_zones_whole_split_by_points_and_by_ground(points, area, expected):
    found = base(*points).estimate(area)
    touched = (found.zones_whole, found.zones_by_points, found.zones_by_area)
    assert found.adults == expected[0]
    assert touched[:2] == expected[1:3]


def test_electors_are_adults_by_the_councils_own_ratio_and_the_interval_holds_them():
    found = base(ratio=0.9).estimate(box(0, 200))
    assert (found.adults, found.electors) == (200, 180)
    assert found.electors_low < 180 < found.electors_high


def test_zones_that_cannot_be_used():
    crossed = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    for zones in ([], [Zone(reference="1", boundary_bng=crossed, adults=1.0)]):
        with pytest.raises(BoundaryError, match="zones with valid boundaries"):
            EstimateBase(zones, easting=np.empty(0), northing=np.empty(0))


@settings(deadline=None)
@given(cut=st.integers(1, 299), points=st.lists(st.integers(0, 300).map(lambda at: at + 0.5), max_size=12))
def test_two_parts_add_up_to_the_whole(cut, points):
    known = base(*points)
    parts = known.estimate(box(0, cut)).adults + known.estimate(box(cut, 300 - cut)).adults
    assert abs(parts - known.estimate(box(0, 300)).adults) <= 1


def test_by_ground_alone():
    assert by_area_alone(ZONES, box(50, 100)) == pytest.approx(100.0)
