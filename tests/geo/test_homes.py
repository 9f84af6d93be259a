"""Postcode points that stand for homes."""

import numpy as np
import pytest

from geo.homes import LARGEST_PILE, stand_for_homes


@pytest.mark.parametrize(
    ("pile", "expected"),
    [
        pytest.param(1, True, id="one postcode"),
        pytest.param(LARGEST_PILE, True, id="a tall building"),
        pytest.param(LARGEST_PILE + 1, False, id="a delivery office"),
    ],
)
def test_a_pile_of_postcodes_is_no_home(pile, expected):
    easting = np.array([380_000.2] * pile + [381_000.0])
    northing = np.array([390_000.1] * pile + [391_000.0])
    found = stand_for_homes(easting, northing)
    assert found[:-1].tolist() == [expected] * pile
    assert found[-1]


def test_no_points_at_all():
    assert stand_for_homes(np.empty(0), np.empty(0)).tolist() == []
