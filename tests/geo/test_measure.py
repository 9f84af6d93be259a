from decimal import Decimal

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, affinity, box

from geo.measure import area_ha, bbox_bng, greatest_width_m, is_wider_than, land, perimeter_m, share


def width_on_a_grid(shape, step):
    """The obvious oracle: twice the greatest distance to the line from any point of a grid inside the shape."""
    west, south, east, north = shape.bounds
    grid = shapely.points(*np.meshgrid(np.arange(west, east, step), np.arange(south, north, step)))
    inside = grid[shapely.contains(shape, grid)]
    return 2 * float(shapely.distance(shape.boundary, inside).max(initial=0.0))


@pytest.mark.parametrize(
    ("shape", "width_m"),
    [
        pytest.param(box(0, 0, 100, 3), 3.0, id="a strip is as wide as its short side"),
        pytest.param(affinity.rotate(box(0, 0, 1000, 2.9), 33), 2.9, id="however it lies"),
        pytest.param(box(0, 0, 100, 0.01), 0.01, id="a centimetre"),
        pytest.param(Polygon([(0, 0), (30, 0), (0, 40)]), 20.0, id="a 3-4-5 triangle holds the circle of its inradius"),
        pytest.param(box(0, 0, 10, 10).difference(box(2, 2, 8, 8)), 2.343, id="a frame is widest in its corners"),
        pytest.param(MultiPolygon([box(0, 0, 1, 1), box(9, 0, 14, 5)]), 5.0, id="the widest part decides"),
        pytest.param(shapely.GeometryCollection([shapely.LineString([(0, 0), (9, 9)])]), 0.0, id="a line has none"),
        pytest.param(Polygon(), 0.0, id="nothing has none"),
    ],
)
def test_the_greatest_width_is_that_of_the_largest_circle(shape, width_m):
    assert greatest_width_m(shape) == pytest.approx(width_m, abs=0.001)
    assert not is_wider_than(shape, width_m + 0.002)
    assert width_m == 0.0 or is_wider_than(shape, width_m - 0.002)


@settings(max_examples=40, deadline=None)
@given(corners=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=4, max_size=9, unique=True))
def test_the_width_agrees_with_a_grid_of_points(corners):
    shape = land(shapely.make_valid(Polygon(corners)))
    assume(not shape.is_empty)
    step = 0.5
    oracle = width_on_a_grid(shape, step)
    width_m = greatest_width_m(shape)
    assert oracle - 0.001 <= width_m <= oracle + 2 * step
    for limit in (1.0, 3.0, 10.0):
        if abs(width_m - limit) > 0.002:
            assert is_wider_than(shape, limit) == (width_m > limit)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        pytest.param(1, 4, "0.2500", id="a quarter"),
        pytest.param(1, 3, "0.3333", id="a third"),
        pytest.param(2, 3, "0.6667", id="rounded up"),
        pytest.param(0.00005, 1, "0.0001", id="half up"),
        pytest.param(5, 5, "1.0000", id="the whole"),
        pytest.param(0, 0, "0.0000", id="nothing of nothing"),
    ],
)
def test_a_share_has_four_places(part, whole, expected):
    assert str(share(part, whole)) == expected
    assert isinstance(share(part, whole), Decimal)


def test_sizes_of_a_square_kilometre():
    square = box(450000, 200000, 451000, 201000)
    assert (area_ha(square), perimeter_m(square)) == (100.0, 4000.0)
    assert bbox_bng(square) == (450000.0, 200000.0, 451000.0, 201000.0)
