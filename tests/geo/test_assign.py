"""Points in areas: the grid against GEOS asked point by point, on lines, at corners, in holes."""

import csv

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.assign import OUTSIDE, AreaIndex
from geo.crs import bng_from_wgs84_coordinates
from geo.errors import BoundaryError
from geo.reading import read_layer

WEST, SOUTH = 451_000.0, 212_000.0
SIDE_M = 400


def slow_assign(areas, x, y):
    """The obvious way: each point against each area in turn."""
    return [
        next((at for at, area in enumerate(areas) if area.intersects(shapely.Point(a, b))), OUTSIDE)
        for a, b in zip(x, y, strict=True)
    ]


def square(x, y, side=100.0):
    return shapely.box(WEST + x, SOUTH + y, WEST + x + side, SOUTH + y + side)


def spread(seed, count=400, step=None):
    """Points in and around the test ground; with a step, on its lattice, where they fall on lines and corners."""
    points = np.random.default_rng(seed).uniform(-20, SIDE_M + 20, (2, count))
    if step is not None:
        points = np.round(points / step) * step
    return WEST + points[0], SOUTH + points[1]


@st.composite
def stars(draw, lattice=20):
    """A star, its corners on a lattice, so that lines run along cells and through points."""
    corners = draw(st.integers(3, 14))
    angles = np.sort(draw(st.lists(st.floats(0, 6.28), min_size=corners, max_size=corners, unique=True)))
    radii = np.array(draw(st.lists(st.integers(10, 180), min_size=corners, max_size=corners)))
    centre = np.array(draw(st.tuples(st.integers(100, 300), st.integers(100, 300))))
    ring = np.round((np.column_stack([np.cos(angles), np.sin(angles)]) * radii[:, None] + centre) / lattice) * lattice
    shape = shapely.make_valid(shapely.Polygon(ring + np.array([WEST, SOUTH])))
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(polygons) if polygons else square(100, 100)


@settings(max_examples=120, deadline=None)
@given(
    areas=st.lists(stars(), min_size=1, max_size=5),
    seed=st.integers(0, 2**32 - 1),
    step=st.sampled_from([None, 20.0, 5.0]),
)
def test_every_point_goes_where_geos_puts_it(areas, seed, step):
    x, y = spread(seed, 150, step)
    assert AreaIndex(areas).assign(x, y).tolist() == slow_assign(areas, x, y)


@settings(max_examples=40, deadline=None)
@given(area=stars(), seed=st.integers(0, 2**32 - 1))
def test_points_on_corners_and_along_edges(area, seed):
    corners = shapely.get_coordinates(area)
    share = np.random.default_rng(seed).uniform(0, 1, (len(corners), 1))
    along = corners + share * (np.roll(corners, -1, axis=0) - corners)
    x, y = np.vstack([corners, along]).T
    assert AreaIndex([area]).assign(x, y).tolist() == slow_assign([area], x, y)


def test_a_point_on_a_shared_edge_goes_to_the_first_area_and_to_one_only():
    """Two squares side by side share the edge x = 100."""
    areas = [square(0, 0), square(100, 0)]
    x, y = np.full(11, WEST + 100), SOUTH + np.linspace(0, 100, 11)
    assert AreaIndex(areas).assign(x, y).tolist() == [0] * 11
    assert AreaIndex(areas[::-1]).assign(x, y).tolist() == [0] * 11


def test_four_areas_at_one_corner_give_it_to_the_first():
    areas = [square(100, 100), square(0, 100), square(100, 0), square(0, 0)]
    assert AreaIndex(areas).assign(np.array([WEST + 100]), np.array([SOUTH + 100])).tolist() == [0]


def test_holes_islands_and_overlaps():
    """A square with a hole, an island in the hole, and a later area over all of it."""
    holed = square(0, 0, 300).difference(square(100, 100))
    areas = [holed, square(130, 130, 40), square(0, 0, 400)]
    x, y = spread(5, 3000)
    assert AreaIndex(areas).assign(x, y).tolist() == slow_assign(areas, x, y)


def test_a_thin_area_narrower_than_a_cell():
    areas = [shapely.LineString([(WEST, SOUTH), (WEST + 400, SOUTH + 390)]).buffer(0.05)]
    along = np.linspace(0, 1, 500)
    x, y = WEST + 400 * along, SOUTH + 390 * along + np.tile([0.0, 0.04, 0.2, -0.3], 125)
    assert AreaIndex(areas).assign(x, y).tolist() == slow_assign(areas, x, y)


def test_points_that_are_no_numbers_and_no_points_at_all():
    index = AreaIndex([square(0, 0)])
    assert index.assign(np.array([np.nan, np.inf, WEST + 1]), np.array([SOUTH, SOUTH, SOUTH + 1])).tolist() == [
        -1,
        -1,
        0,
    ]
    assert index.assign(np.empty(0), np.empty(0)).tolist() == []


@pytest.mark.parametrize(
    "areas",
    [
        pytest.param([], id="none"),
        pytest.param([shapely.Point(1, 2)], id="a point"),
        pytest.param([shapely.Polygon()], id="an empty polygon"),
    ],
)
def test_without_a_polygon_nothing_can_be_placed(areas):
    with pytest.raises(BoundaryError):
        AreaIndex(areas).assign(np.array([0.0]), np.array([0.0]))


def test_written_and_read_again_it_answers_the_same():
    areas = [square(0, 0, 250), square(200, 100, 150)]
    index = AreaIndex(areas)
    again = AreaIndex.from_bytes(index.to_bytes())
    x, y = spread(9, 2000, 10.0)
    assert again.assign(x, y).tolist() == index.assign(x, y).tolist() == slow_assign(areas, x, y)
    assert [area.equals_exact(copy, 0) for area, copy in zip(areas, again.areas, strict=True)] == [True, True]


def test_the_grid_is_laid_at_the_first_question_only():
    index = AreaIndex([square(0, 0)])
    assert index._grid is None
    index.holds(np.array([WEST]), np.array([SOUTH]))
    laid = index._grid
    index.holds(np.array([WEST]), np.array([SOUTH]))
    assert index._grid is laid


@settings(max_examples=60, deadline=None)
@given(
    area=stars(),
    seed=st.integers(0, 2**32 - 1),
    reaches=st.lists(st.sampled_from([0.0, 0.5, 1.0, 7.0, 150.0, 1000.0]), min_size=1, max_size=3),
)
def test_nearer_to_the_line_than_a_points_own_distance(area, seed, reaches):
    x, y = spread(seed, 120, 1.0)
    x[:5] += 900
    within = np.resize(np.array(reaches), len(x))
    expected = [area.boundary.distance(shapely.Point(a, b)) < reach for a, b, reach in zip(x, y, within, strict=True)]
    assert AreaIndex([area]).near_line(x, y, within).tolist() == expected


@pytest.mark.real_data
def test_real_postcodes_in_real_polling_districts(real_data):
    layer = read_layer(real_data / "trafford" / "polling_districts.gpkg")
    areas = [feature.geometry_bng for feature in layer.features]
    with (real_data / "trafford" / "postcodes_onspd_2025_02.csv").open(encoding="utf-8") as file:
        lonlat = np.array([(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)])
    x, y = bng_from_wgs84_coordinates(lonlat).T
    found = AreaIndex(areas).assign(x, y)
    points, held = shapely.STRtree(areas).query(shapely.points(x, y), predicate="intersects")
    first = np.full(len(x), len(areas))
    np.minimum.at(first, points, held)
    assert found.tolist() == np.where(first == len(areas), OUTSIDE, first).tolist()
    assert (found != OUTSIDE).mean() > 0.99
