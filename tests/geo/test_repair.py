"""A candidate is valid, close to the original, and tells all it changes."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import BoundaryError
from geo.reading import read_layer
from geo.repair import repair
from geo.validity import is_valid_ogc

EAST, NORTH = 478_000.0, 222_000.0


def polygon(*corners: tuple[float, float]) -> shapely.Polygon:
    return shapely.Polygon([(EAST + x, NORTH + y) for x, y in corners])


def test_a_bow_tie_becomes_two_parts_that_meet_in_a_new_corner():
    r"""+   +
    |\ /|
    | X |
    |/ \|
    +   +
    """
    offered = repair(polygon((0, 0), (100, 100), (100, 0), (0, 100)))
    assert (offered.parts_before, offered.parts) == (1, 2)
    assert (offered.vertices_added, offered.vertices_removed, offered.vertices_moved) == (1, 0, 0)
    assert offered.area_change_m2 == pytest.approx(5_000 - 0)
    assert offered.greatest_move_m == 0


def test_a_valid_boundary_comes_back_as_it_was():
    offered = repair(polygon((0, 0), (100, 0), (100, 100), (0, 100)))
    assert offered.candidate.equals(polygon((0, 0), (100, 0), (100, 100), (0, 100)))
    assert offered.document() == {
        "area_change_m2": 0.0,
        "parts_before": 1,
        "parts": 1,
        "vertices_added": 0,
        "vertices_removed": 0,
        "vertices_moved": 0,
        "greatest_move_m": 0.0,
        "greatest_deviation_m": 0.0,
    }


def test_doubled_points_are_removed_and_counted():
    offered = repair(polygon((0, 0), (100, 0), (100, 0), (100, 0), (100, 100), (0, 100)))
    assert offered.vertices_removed == 2
    assert len(shapely.get_coordinates(offered.candidate)) == 5


def test_a_line_drawn_out_and_back_is_removed():
    offered = repair(polygon((0, 0), (100, 0), (100, 50), (150, 50), (100, 50), (100, 100), (0, 100)))
    assert offered.area_change_m2 == 0
    assert offered.candidate.equals(polygon((0, 0), (100, 0), (100, 100), (0, 100)))


def test_a_point_that_is_not_a_number_is_removed_and_counted():
    with np.errstate(invalid="ignore"):
        broken = polygon((0, 0), (100, 0), (np.nan, 50), (100, 100), (0, 100))
        offered = repair(broken)
    assert offered.vertices_removed == 1
    assert offered.candidate.area == 10_000


def test_a_corner_a_little_beyond_a_line_is_told_as_moved():
    r"""A hole's corner pokes 0.1 m through the outline; where it does there are two new corners, one of them near it.

    +-----+
    |   / |
    |  <   >
    |   \ |
    +-----+
    """
    hole = [(EAST + x, NORTH + y) for x, y in ((60, 50), (80, 40), (100.1, 50), (80, 60))]
    field = [(EAST + x, NORTH + y) for x, y in ((0, 0), (100, 0), (100, 100), (0, 100))]
    offered = repair(shapely.Polygon(field, [hole]))
    assert (offered.vertices_added, offered.vertices_removed, offered.vertices_moved) == (1, 0, 1)
    assert 0.1 <= offered.greatest_move_m < 0.15
    assert offered.area_change_m2 == pytest.approx(0.005, abs=0.01)


def test_where_nothing_encloses_anything_no_candidate_is_offered():
    with pytest.raises(BoundaryError, match="draw it again"):
        repair(polygon((0, 0), (100, 100), (0, 0)))


def test_a_line_is_no_boundary_to_repair():
    with pytest.raises(BoundaryError, match="not an area"):
        repair(shapely.LineString([(0, 0), (1, 1)]))


corners = st.lists(
    st.tuples(st.integers(-9_000, 9_000), st.integers(-9_000, 9_000)), min_size=4, max_size=9, unique=True
)


@given(corners)
@settings(max_examples=200, deadline=None)
def test_a_candidate_is_valid_on_the_millimetre_and_never_leaves_the_lines(points):
    ring = shapely.Polygon([(EAST + x / 100, NORTH + y / 100) for x, y in points])
    try:
        offered = repair(ring)
    except BoundaryError:
        assert shapely.make_valid(ring, method="structure", keep_collapsed=False).area < 0.01
        return
    written = shapely.get_coordinates(offered.candidate)
    assert is_valid_ogc(offered.candidate)
    assert (np.round(written, 3) == written).all()
    assert offered.greatest_deviation_m <= 0.002
    assert offered.area_before_m2 + offered.area_change_m2 == pytest.approx(offered.candidate.area)


@given(corners)
@settings(max_examples=100, deadline=None)
def test_the_counts_add_up(points):
    ring = shapely.Polygon([(EAST + x, NORTH + y) for x, y in points])
    try:
        offered = repair(ring)
    except BoundaryError:
        return
    before = set(map(tuple, shapely.get_coordinates(ring).tolist()))
    after = set(map(tuple, shapely.get_coordinates(offered.candidate).tolist()))
    assert len(after) - len(before) == offered.vertices_added - offered.vertices_removed
    assert len(after - before) == offered.vertices_added + offered.vertices_moved


@pytest.mark.real_data
def test_the_official_parishes_that_cross_themselves_can_all_be_mended_within_a_square_metre(real_data):
    layer = read_layer(real_data / "geometry" / "invalid_parishes_real.gpkg")
    offers = [repair(feature.geometry_bng) for feature in layer.features]
    assert len(offers) == 9
    assert all(is_valid_ogc(offered.candidate) for offered in offers)
    assert all(abs(offered.area_change_m2) < 1 for offered in offers)
    assert all(offered.greatest_move_m < 0.2 for offered in offers)
    assert sum(offered.vertices_moved for offered in offers) == 7
