"""A referendum area across councils."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.locations import Located, LocationSource
from geo.portions import NO_PORTION, council_portions, portion_of_entries
from geo.roll import ElectorRow, roll_from_rows

WEST, SOUTH = 451_000.0, 212_000.0


def box(x, y, width, height=100.0):
    return shapely.box(WEST + x, SOUTH + y, WEST + x + width, SOUTH + y + height)


COUNCILS = {"Alpha": box(0, 0, 200), "Beta": box(200, 0, 200), "Gamma": box(400, 0, 200)}


def row(number, at=None, district="HA1"):
    location = None
    if at is not None:
        location = Located(easting=WEST + at, northing=SOUTH + 50, source=LocationSource.UPRN, accuracy_m=1.0)
    return ElectorRow(
        polling_district=district, number=number, suffix=0, markers="", attains_on=None, location=location
    )


@pytest.mark.rule("REF-1", "REF-2")
@pytest.mark.parametrize(
    ("area", "expected"),
    [
        pytest.param(box(50, 0, 100), {"Alpha": 100}, id="one council"),
        pytest.param(box(150, 0, 100), {"Alpha": 50, "Beta": 50}, id="two councils"),
        pytest.param(box(150, 0, 52.5), {"Alpha": 50}, id="a strip of 2.5 m is no portion"),
        pytest.param(box(150, 0, 300), {"Alpha": 50, "Beta": 200, "Gamma": 50}, id="three councils"),
        pytest.param(box(700, 0, 50), {}, id="no council"),
    ],
)
def test_an_area_is_split_by_the_councils_lines(area, expected):
    portions = council_portions(area, COUNCILS)
    assert {name: round(shape.area / 100) for name, shape in portions.items()} == expected


def test_an_entry_goes_with_its_district_else_with_its_point():
    roll = roll_from_rows(
        [row(1, 250, "HA1"), row(2, None, "HA1"), row(3, 250, "ZZ"), row(4, None, "ZZ"), row(5, 900, "ZZ")]
    )
    portions = council_portions(box(100, 0, 250), COUNCILS)
    found = portion_of_entries(roll, portions, COUNCILS, {"HA1": box(20, 0, 190)})
    assert found.tolist() == [0, 0, 1, NO_PORTION, NO_PORTION]


def test_without_a_portion_nobody_is_in_one():
    assert portion_of_entries(roll_from_rows([row(1, 5)]), {}, COUNCILS, {}).tolist() == [NO_PORTION]


@settings(deadline=None)
@given(west=st.integers(-50, 500), width=st.integers(20, 500))
def test_portions_of_councils_that_tile_add_up_to_the_area_inside_them(west, width):
    area = box(west, 0, width)
    portions = list(council_portions(area, COUNCILS, tolerance_m=0.0).values())
    inside = shapely.intersection(area, shapely.union_all(list(COUNCILS.values()))).area
    assert np.isclose(sum(shape.area for shape in portions), inside)
