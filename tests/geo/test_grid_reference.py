"""National Grid references, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.grid_reference import GridReferenceError, grid_reference, read_grid_reference


@pytest.mark.parametrize(
    ("easting", "northing", "expected"),
    [
        pytest.param(487_123.4, 104_531.9, "SU 87123 04531", id="Sussex"),
        pytest.param(530_000, 180_000, "TQ 30000 80000", id="London"),
        pytest.param(90_000, 10_000, "SV 90000 10000", id="Scilly"),
        pytest.param(399_999, 653_000, "NT 99999 53000", id="Berwick"),
        pytest.param(438_700, 114_800, "SU 38700 14800", id="Southampton"),
    ],
)
def test_a_point_is_named_and_found_again(easting, northing, expected):
    assert grid_reference(easting, northing) == expected
    square = read_grid_reference(expected)
    assert (square.easting, square.northing, square.side_m) == (int(easting), int(northing), 1.0)


@given(st.floats(0, 699_999), st.floats(0, 1_299_999), st.integers(1, 5))
def test_the_square_holds_the_point(easting, northing, digits):
    square = read_grid_reference(grid_reference(easting, northing, digits=digits))
    assert square.side_m == 10 ** (5 - digits)
    assert square.easting <= easting < square.easting + square.side_m
    assert square.northing <= northing < square.northing + square.side_m


def test_a_short_reference_names_a_larger_square():
    assert read_grid_reference("su8704").centre == (487_500.0, 104_500.0)


@pytest.mark.parametrize("text", ["", "SU", "SU 123", "IO 12 34", "AA 12 34", "SU 12 345"])
def test_what_is_none_is_said_to_be_none(text):
    with pytest.raises(GridReferenceError, match="is no grid reference"):
        read_grid_reference(text)
