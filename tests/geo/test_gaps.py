import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from geo.topology import Neighbour, canonical, gaps, gaps_of, overlaps, pair_overlaps

LEFT = box(0, 0, 100, 100)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([box(100, 0, 200, 100)], [], id="a shared edge"),
        pytest.param([box(102, 0, 200, 100)], [(200.0, 2.0)], id="two metres apart"),
        pytest.param([box(104, 0, 200, 100)], [], id="four metres apart is meant"),
        pytest.param([box(100, 0, 200, 50)], [], id="the corner of two straight lines is no gap"),
        pytest.param([Polygon([(100, 0), (101, 50), (100, 100), (200, 100), (200, 0)])], [(50.0, 1.0)], id="a lens"),
        pytest.param([LEFT.buffer(50).difference(LEFT.buffer(1, join_style="mitre"))], [(404.0, 1.0)], id="all round"),
    ],
)
def test_a_gap_is_land_between_two_lines_that_should_be_one(others, expected):
    """
    +------+ +------+
    |      | |      |     the gap is the land between, where it is nowhere wider than three metres
    +------+ +------+
    """
    found = gaps([LEFT, *others])
    assert [gap.area_m2 for gap in found] == pytest.approx([area for area, _ in expected], rel=0.03)
    assert [gap.max_width_m for gap in found] == pytest.approx([width for _, width in expected], abs=0.25)
    assert all(gap.between == (0, 1) for gap in found)
    assert [gap.area_m2 for gap in gaps_of(LEFT, others)] == [gap.area_m2 for gap in found]


def test_a_gap_between_two_neighbours_is_not_the_areas_own():
    others = [box(100, 0, 200, 49), box(100, 51, 200, 100)]
    assert [gap.between for gap in gaps([LEFT, *others])] == [(0, 1, 2)]
    assert gaps_of(box(-100, 0, 0, 100), [LEFT, *others]) == ()


def test_a_gap_touches_its_areas_and_overlaps_none():
    right = Polygon([(101, 0), (102, 30), (100.5, 60), (101, 100), (200, 100), (200, 0)])
    (gap,) = gaps([LEFT, right])
    assert shapely.area(shapely.intersection(gap.geometry_bng, [LEFT, right])).max() < 1e-6
    assert shapely.distance(gap.geometry_bng, [LEFT, right]).max() < 0.001


corner = st.integers(0, 40)
shapes = st.lists(st.tuples(corner, corner), min_size=3, max_size=7, unique=True).map(
    lambda corners: canonical(Polygon(corners))
)


@settings(max_examples=150, deadline=None)
@given(areas=st.lists(shapes, min_size=2, max_size=6))
def test_every_overlap_of_a_layer_is_found_as_by_comparing_all_pairs(areas):
    found = {(pair.a, pair.b): (round(pair.area_m2, 6), pair.sliver) for pair in pair_overlaps(areas)}
    every = {}
    for number, area in enumerate(areas):
        others = [
            Neighbour(reference=f"{other:03}", name="", geometry_bng=areas[other])
            for other in range(number + 1, len(areas))
        ]
        for one in overlaps(area, others):
            every[number, int(one.reference)] = (round(one.area_m2, 6), one.sliver)
    assert found == every


@settings(max_examples=30, deadline=None)
@given(
    sides=st.lists(st.floats(0.05, 2.8), min_size=3, max_size=12),
    turned=st.integers(0, 359),
)
def test_a_channel_of_any_course_is_found_whole(sides, turned):
    """The far side of the channel wanders from 5 cm to 2.8 m away from the near one, and returns to it at both ends."""
    steps = np.linspace(0, 100, len(sides) + 2)
    far = list(zip(100 + np.array([0, *sides, 0]), steps, strict=True))
    right = Polygon([*far, (200, 100), (200, 0)])
    left, right = (shapely.affinity.rotate(shape, turned, origin=(100, 50)) for shape in (LEFT, right))
    open_m2 = 100 * 100 - right.area
    assert sum(gap.area_m2 for gap in gaps([left, right])) == pytest.approx(open_m2, rel=0.02, abs=0.1)
