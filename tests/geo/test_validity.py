"""What is wrong with a shape, where, and how serious: small named shapes, drawn."""

import csv
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from geo.boundary import boundary
from geo.crossings import Meeting, crossings
from geo.errors import BoundaryError
from geo.findings import Severity
from geo.reading.wkt import parse_text
from geo.validity import MOST_OF_A_KIND, is_valid_ogc, problems, problems_of

EAST, NORTH = 478_000.0, 222_000.0


def shape(wkt: str) -> shapely.Geometry:
    """Return a shape drawn near the origin, moved to a field near Aylesbury."""
    geometry = parse_text(wkt).geometry
    assert geometry is not None
    return affinity.translate(geometry, EAST, NORTH)


def found(wkt: str) -> list[tuple[str, tuple[float, float] | None]]:
    return [
        (finding.code, finding.at_bng and (finding.at_bng[0] - EAST, finding.at_bng[1] - NORTH))
        for finding in problems(shape(wkt))
    ]


def test_a_plain_field_has_no_problem():
    """+---+
    |   |
    +---+
    """
    assert found("POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0))") == []


SHAPES = {
    "bow-tie, crossing in the middle": (
        "POLYGON ((0 0, 100 100, 100 0, 0 100, 0 0))",
        {("self-crossing", (50.0, 50.0))},
    ),
    "two crossings of one line": (
        "POLYGON ((0 0, 300 0, 300 100, 200 -50, 100 100, 0 100, 0 0))",
        {("self-crossing", (200 - 100 / 3, 0.0)), ("self-crossing", (200 + 100 / 3, 0.0))},
    ),
    "a crossing at a corner": (
        "POLYGON ((0 0, 50 50, 100 100, 200 100, 200 0, 100 0, 50 50, 0 100, 0 0))",
        {("self-crossing", (50.0, 50.0))},
    ),
    "a pinch: the outline touches itself at a corner": (
        "POLYGON ((0 0, 50 50, 100 0, 100 100, 50 50, 0 100, 0 0))",
        {("ring-touches-itself", (50.0, 50.0))},
    ),
    "a corner that touches another side": (
        "POLYGON ((0 0, 100 0, 100 100, 50 0, 0 100, 0 0))",
        {("ring-touches-itself", (50.0, 0.0))},
    ),
    "a line drawn out and back": (
        "POLYGON ((0 0, 100 0, 100 50, 150 50, 100 50, 100 100, 0 100, 0 0))",
        {("line-doubles-back", (125.0, 50.0)), ("ring-touches-itself", (100.0, 50.0)), ("spike", (150.0, 50.0))},
    ),
    "a hole outside": (
        "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (200 0, 240 0, 240 40, 200 40, 200 0))",
        {("hole-outside", (200.0, 0.0))},
    ),
    "a hole across the outline": (
        "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (80 40, 120 40, 120 60, 80 60, 80 40))",
        {("hole-overlapping", (100.0, 40.0)), ("hole-overlapping", (100.0, 60.0))},
    ),
    "two holes across each other": (
        (
            "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (20 20, 60 20, 60 60, 20 60, 20 20), "
            "(40 40, 80 40, 80 80, 40 80, 40 40))"
        ),
        {("hole-overlapping", (60.0, 40.0)), ("hole-overlapping", (40.0, 60.0))},
    ),
    "a hole in a hole": (
        (
            "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (10 10, 90 10, 90 90, 10 90, 10 10), "
            "(30 30, 50 30, 50 50, 30 50, 30 30))"
        ),
        {("holes-nested", (30.0, 30.0))},
    ),
    "a hole that touches the outline twice and so cuts the inside": (
        "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (50 0, 60 50, 50 100, 40 50, 50 0))",
        {("interior-split", None)},
    ),
    "two parts that overlap": (
        "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)), ((50 50, 150 50, 150 150, 50 150, 50 50)))",
        {("parts-overlap", (100.0, 50.0)), ("parts-overlap", (50.0, 100.0))},
    ),
    "two parts along one side": (
        "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)), ((100 0, 200 0, 200 100, 100 100, 100 0)))",
        {("parts-share-edge", (100.0, 50.0))},
    ),
    "a part within a part": (
        "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)), ((20 20, 60 20, 60 60, 20 60, 20 20)))",
        {("parts-nested", (20.0, 20.0))},
    ),
    "a part within a hole of another is right": (
        (
            "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0), (10 10, 90 10, 90 90, 10 90, 10 10)), "
            "((20 20, 60 20, 60 60, 20 60, 20 20)))"
        ),
        set(),
    ),
    "two parts that meet at a corner are right": (
        "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)), ((100 100, 200 100, 200 200, 100 200, 100 100)))",
        set(),
    ),
    "a hole that touches the outline once is right": (
        "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (50 0, 60 50, 40 50, 50 0))",
        set(),
    ),
    "a ring of two points": (
        "POLYGON ((0 0, 100 0, 0 0))",
        {("too-few-points", (0.0, 0.0)), ("spike", (0.0, 0.0)), ("spike", (100.0, 0.0))},
    ),
    "a ring on one line": (
        "POLYGON ((0 0, 50 0, 100 0, 0 0))",
        {("zero-area", (0.0, 0.0)), ("spike", (100.0, 0.0)), ("spike", (0.0, 0.0))},
    ),
    "a point written twice": (
        "POLYGON ((0 0, 100 0, 100 0, 100 100, 0 100, 0 0))",
        {("doubled-point", (100.0, 0.0))},
    ),
    "a spike": (
        "POLYGON ((0 0, 100 0, 100 50, 150 50.2, 100 50.4, 100 100, 0 100, 0 0))",
        {("spike", (150.0, 50.2))},
    ),
    "a spike where the ring begins": (
        "POLYGON ((150 50.2, 100 50.4, 100 100, 0 100, 0 0, 100 0, 100 50, 150 50.2))",
        {("spike", (150.0, 50.2))},
    ),
    "a tiny hole": (
        "POLYGON ((0 0, 100 0, 100 100, 0 100, 0 0), (20 20, 25 20, 25 25, 20 25, 20 20))",
        {("tiny-hole", (20.0, 20.0))},
    ),
    "a tiny part": (
        "MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0)), ((200 0, 205 0, 205 5, 200 5, 200 0)))",
        {("tiny-part", (200.0, 0.0))},
    ),
    "a small area on its own is not a tiny part": ("POLYGON ((0 0, 5 0, 5 5, 0 5, 0 0))", set()),
    "a point that is not a number": (
        "POLYGON ((0 0, 100 0, NaN 50, 100 100, 0 100, 0 0))",
        {("not-a-number", (100.0, 0.0))},
    ),
    "an empty polygon": ("POLYGON EMPTY", {("empty", None)}),
    "a line": ("LINESTRING (0 0, 100 0)", {("not-an-area", None)}),
    "a collection": ("GEOMETRYCOLLECTION (POLYGON ((0 0, 9 0, 9 9, 0 0)))", {("not-an-area", None)}),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_problem_is_told_with_its_place(name):
    wkt, expected = SHAPES[name]
    told = {(code, at and (round(at[0], 6), round(at[1], 6))) for code, at in found(wkt)}
    if expected == {("interior-split", None)}:
        assert {code for code, _ in told} == {"interior-split"}
        assert all(at in {(50.0, 0.0), (50.0, 100.0)} for _, at in told)
    else:
        assert told == {(code, at and (round(at[0], 6), round(at[1], 6))) for code, at in expected}


@pytest.mark.parametrize("name", SHAPES)
def test_every_message_is_one_plain_sentence_with_its_place(name):
    for finding in problems(shape(SHAPES[name][0])):
        assert finding.message.endswith(".")
        assert "{" not in finding.message
        if finding.at_bng is not None:
            assert f"{finding.at_bng[0]:.2f}, {finding.at_bng[1]:.2f}" in finding.message


def test_outside_england_is_an_error_for_the_whole_and_for_a_part():
    edinburgh = shapely.box(325_000, 673_000, 326_000, 674_000)
    (whole,) = problems(edinburgh)
    assert (whole.code, whole.severity, whole.at_bng) == ("outside-england", Severity.ERROR, (326_000.0, 673_000.0))
    far_corner = shapely.Polygon([(478_000, 222_000), (479_000, 222_000), (478_500, 900_000)])
    (part,) = [finding for finding in problems(far_corner) if finding.code == "outside-england"]
    assert part.message.startswith("Part of the boundary")
    assert part.at_bng == (478_500.0, 900_000.0)


def test_too_many_points_is_a_warning():
    angles = np.linspace(0, 2 * np.pi, 100_001)
    circle = shapely.Polygon(np.column_stack([EAST + 5_000 * np.cos(angles), NORTH + 5_000 * np.sin(angles)]))
    assert [(finding.code, finding.severity) for finding in problems(circle)] == [("too-many-points", Severity.WARNING)]


def test_a_long_list_of_one_kind_is_cut_short_and_counted():
    points = [(EAST + index, NORTH) for index in range(100) for _ in range(2)] + [(EAST, NORTH + 100)]
    notices = problems(shapely.Polygon(points))
    assert len(notices) == MOST_OF_A_KIND + 1
    assert notices[-1].message == f"There are {100 - MOST_OF_A_KIND} more places like this."


def test_errors_come_first():
    wkt = "POLYGON ((0 0, 0 0, 100 100, 100 0, 0 100, 0 0), (200 0, 203 0, 203 3, 200 0))"
    ranks = [list(Severity).index(finding.severity) for finding in problems(shape(wkt))]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}


def test_many_boundaries_at_once_give_what_each_gives_alone():
    shapes = [shape(wkt) for wkt, _ in SHAPES.values()]
    assert problems_of(shapes) == [problems(each) for each in shapes]


stars = st.lists(st.tuples(st.integers(-60, 60), st.integers(-60, 60)), min_size=4, max_size=9, unique=True)
OGC_CODES = {
    "self-crossing", "ring-touches-itself", "line-doubles-back", "hole-overlapping", "hole-outside", "holes-nested",
    "parts-overlap", "parts-share-edge", "parts-nested", "interior-split", "too-few-points", "zero-area",
    "not-a-number", "not-valid",
}  # fmt: skip


def ogc_codes(geometry: shapely.Geometry) -> set[str]:
    return {finding.code for finding in problems(geometry)} & OGC_CODES


@given(stars)
@settings(max_examples=300, deadline=None)
def test_a_ring_is_valid_exactly_when_nothing_makes_it_invalid(corners):
    polygon = shapely.Polygon([(EAST + x, NORTH + y) for x, y in corners])
    assert is_valid_ogc(polygon) == (not ogc_codes(polygon))


@given(stars, stars)
@settings(max_examples=300, deadline=None)
def test_two_parts_are_valid_exactly_when_nothing_makes_them_invalid(one, other):
    parts = [shapely.Polygon([(EAST + x, NORTH + y) for x, y in corners]).convex_hull for corners in (one, other)]
    parts = [part for part in parts if isinstance(part, shapely.Polygon)]
    if parts:
        both = shapely.MultiPolygon(parts)
        assert is_valid_ogc(both) == (not ogc_codes(both))


small_stars = st.lists(st.tuples(st.integers(-5, 5), st.integers(-5, 5)), min_size=3, max_size=6, unique=True)


@given(small_stars, small_stars, small_stars)
@settings(max_examples=600, deadline=None)
def test_holes_are_valid_exactly_when_nothing_makes_them_invalid(outer, one, other):
    """On a grid so small that the rings touch, share corners and run along each other often."""
    rings = [[(EAST + 10 * x, NORTH + 10 * y) for x, y in corners] for corners in (outer, one, other)]
    polygon = shapely.Polygon(rings[0], rings[1:])
    assert is_valid_ogc(polygon) == (not ogc_codes(polygon))


@given(small_stars, small_stars, small_stars)
@settings(max_examples=600, deadline=None)
def test_small_parts_are_valid_exactly_when_nothing_makes_them_invalid(one, other, third):
    rings = [[(EAST + 10 * x, NORTH + 10 * y) for x, y in corners] for corners in (one, other, third)]
    parts = shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings])
    assert is_valid_ogc(parts) == (not ogc_codes(parts))


@given(stars, st.integers(0, 8), st.booleans(), st.integers(-500, 500), st.integers(-500, 500))
@settings(max_examples=200, deadline=None)
def test_start_direction_and_whole_metres_change_no_verdict(corners, start, backwards, east, north):
    ring = [(EAST + x, NORTH + y) for x, y in corners]
    turned = ring[start % len(ring) :] + ring[: start % len(ring)]
    moved = [(x + east, y + north) for x, y in (turned[::-1] if backwards else turned)]
    assert ogc_codes(shapely.Polygon(ring)) == ogc_codes(shapely.Polygon(moved))


@given(stars)
@settings(max_examples=200, deadline=None)
def test_quarter_turns_change_no_verdict(corners):
    ring = [(EAST + x, NORTH + y) for x, y in corners]
    turned = [(EAST - y, NORTH + x) for x, y in corners]
    assert ogc_codes(shapely.Polygon(ring)) == ogc_codes(shapely.Polygon(turned))


def slow_crossings(ring: list[tuple[int, int]]) -> set[tuple[float, float]]:
    """Every proper crossing of two sides of a ring, by comparing all sides by hand with whole numbers."""
    sides = list(zip(ring, ring[1:] + ring[:1], strict=True))

    def turn(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    places = set()
    for i, (a, b) in enumerate(sides):
        for c, d in sides[i + 1 :]:
            if turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0:
                share = turn(c, d, a) / (turn(c, d, a) - turn(c, d, b))
                places.add((round(a[0] + share * (b[0] - a[0]), 6), round(a[1] + share * (b[1] - a[1]), 6)))
    return places


@given(stars)
@settings(max_examples=300, deadline=None)
def test_every_proper_crossing_is_found(corners):
    ring = np.array([*corners, corners[0]], dtype=np.float64)
    met = {
        (round(crossing.at[0], 6) + 0.0, round(crossing.at[1], 6) + 0.0)
        for crossing in crossings([ring])
        if crossing.meeting is Meeting.CROSS
    }
    expected = {(x + 0.0, y + 0.0) for x, y in slow_crossings(corners)}
    assert all(any(math.dist(place, at) < 1e-5 for at in met) for place in expected)


@pytest.mark.parametrize("name", SHAPES)
def test_a_boundary_keeps_every_vertex(name):
    geometry = shape(SHAPES[name][0])
    if not isinstance(geometry, shapely.Polygon | shapely.MultiPolygon) or geometry.is_empty:
        with pytest.raises(BoundaryError, match="polygon that closes"):
            boundary(geometry)
        return
    as_multi = boundary(geometry)
    assert isinstance(as_multi, shapely.MultiPolygon)
    assert sorted(map(repr, shapely.get_coordinates(as_multi).tolist())) == sorted(
        map(repr, shapely.get_coordinates(geometry).tolist()),
    )


def test_a_boundary_drops_heights_and_empty_parts_only():
    with_heights = shapely.Polygon([(0, 0, 5), (9, 0, 5), (9, 9, 5)])
    assert boundary(shapely.MultiPolygon([with_heights, shapely.Polygon()])).equals_exact(
        shapely.MultiPolygon([shapely.Polygon([(0, 0), (9, 0), (9, 9)])]),
        0,
    )


def test_outer_rings_run_anticlockwise():
    clockwise = shapely.Polygon([(0, 0), (0, 9), (9, 9), (9, 0)])
    (part,) = boundary(clockwise).geoms
    assert part.exterior.is_ccw


@pytest.mark.real_data
def test_validity_cases_of_the_geometry_libraries_all_come_out_as_expected(validity_cases):
    wrong = [
        case["case_id"]
        for case in validity_cases
        if is_valid_ogc(parse_text(case["geometry_text"]).geometry) != (case["expected_valid"] == "true")
    ]
    assert wrong == []
    assert len(validity_cases) == 208


@pytest.mark.real_data
def test_a_case_has_a_reason_exactly_when_it_is_invalid(validity_cases):
    for case in validity_cases:
        geometry = parse_text(case["geometry_text"]).geometry
        if isinstance(geometry, shapely.Polygon | shapely.MultiPolygon):
            assert bool(ogc_codes(geometry)) == (case["expected_valid"] == "false"), case["case_id"]


@pytest.fixture
def validity_cases(real_data):
    with (real_data / "geometry" / "validity_cases_polygonal.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
