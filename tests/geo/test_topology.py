import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, affinity, box

from geo.reading import read_layer
from geo.topology import (
    Neighbour,
    Places,
    canonical,
    is_near_duplicate,
    is_same_land,
    overlaps,
    presences,
    reaches_no_further,
    remainder,
)

SQUARE = box(0, 0, 100, 100)


def neighbour(shape, reference="B"):
    return Neighbour(reference=reference, name=f"Area {reference}", geometry_bng=shape)


def only(found):
    (one,) = found
    return one


@pytest.mark.rule("AREA-15")
@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(box(97, 0, 200, 100), (300.0, 3.0, True), id="exactly the tolerance is a sliver"),
        pytest.param(box(96.99, 0, 200, 100), (301.0, 3.01, False), id="a centimetre more is an overlap"),
        pytest.param(box(99, -500, 200, 500), (100.0, 1.0, True), id="long and thin is a sliver whatever its area"),
        pytest.param(box(96, 96, 200, 200), (16.0, 4.0, False), id="small and square is an overlap"),
        pytest.param(
            MultiPolygon([box(98, 0, 200, 10), box(95, 90, 200, 100)]), (70.0, 5.0, False), id="the widest part decides"
        ),
        pytest.param(SQUARE, (10000.0, 100.0, False), id="the same area"),
        pytest.param(box(40, 40, 60, 60), (400.0, 20.0, False), id="an area inside"),
    ],
)
def test_an_overlap_is_a_sliver_by_its_greatest_width(other, expected):
    """
    +-------+
    |    +--|----+     the shared land is measured across, by the largest circle that fits in it
    |    |##|    |
    +----|--+    |
         +-------+
    """
    found = only(overlaps(SQUARE, [neighbour(other)]))
    assert (round(found.area_m2, 6), found.max_width_m, found.sliver) == expected


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(box(100, 0, 200, 100), id="a shared edge"),
        pytest.param(box(100, 100, 200, 200), id="a shared corner"),
        pytest.param(box(101, 0, 200, 100), id="a gap"),
        pytest.param(box(99.999, 0, 200, 100), id="a millimetre of rounding"),
        pytest.param(box(99.95, 0, 200, 0.1), id="less than a hundredth of a square metre"),
        pytest.param(Polygon([(-50, -50), (150, -50), (150, 150), (-50, 150)], [SQUARE.exterior.coords]), id="a ring"),
    ],
)
def test_neighbours_that_only_touch_do_not_overlap(other):
    assert overlaps(SQUARE, [neighbour(other)]) == ()


def test_overlaps_come_in_order_of_reference_whatever_the_order_given():
    others = [neighbour(box(90, 0, 110, 10), "C"), neighbour(box(90, 20, 110, 30), "A"), neighbour(SQUARE, "B")]
    assert [found.reference for found in overlaps(SQUARE, others)] == ["A", "B", "C"]
    assert overlaps(SQUARE, others) == overlaps(SQUARE, Places(reversed(others)))


def test_an_invalid_neighbour_is_compared_by_the_land_it_encloses_and_said_to_be_invalid():
    bow_tie = Polygon([(50, 0), (150, 100), (150, 0), (50, 100)])
    found = only(overlaps(SQUARE, [neighbour(bow_tie)]))
    assert not found.neighbour_is_valid
    assert found.area_m2 == pytest.approx(2500.0)


def test_shares_are_of_each():
    found = only(overlaps(SQUARE, [neighbour(box(50, 0, 250, 100))]))
    assert (str(found.share_of_area), str(found.share_of_neighbour)) == ("0.5000", "0.2500")
    present = only(presences(SQUARE, [neighbour(box(50, 0, 250, 100))]))
    assert (str(present.share_of_area), str(present.share_of_place)) == ("0.5000", "0.2500")
    assert not present.is_sliver(3.0)


@pytest.mark.rule("AREA-10")
@pytest.mark.parametrize(
    ("other", "same", "inside"),
    [
        pytest.param(SQUARE, True, True, id="identical"),
        pytest.param(box(-2, -2, 102, 102), True, True, id="within the tolerance all round"),
        pytest.param(box(0, 0, 100, 104), False, True, id="four metres more along one side"),
        pytest.param(box(0, 0, 100, 96), False, False, id="four metres less along one side"),
        pytest.param(SQUARE.difference(box(40, 40, 60, 60)), False, False, id="a hole"),
        pytest.param(box(500, 500, 600, 600), False, False, id="elsewhere"),
    ],
)
def test_two_drawings_of_one_line_are_the_same_land(other, same, inside):
    assert is_same_land(SQUARE, other) is same
    assert is_same_land(other, SQUARE) is same
    assert reaches_no_further(SQUARE, other) is inside


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(box(0, 0, 100, 96), True, id="96 % of one and all of the other"),
        pytest.param(box(0, 0, 100, 94), False, id="94 % of one"),
        pytest.param(box(0, 0, 100, 110), False, id="91 % of the other"),
    ],
)
def test_near_duplicates_share_nineteen_twentieths_of_both(other, expected):
    assert is_near_duplicate(only(overlaps(SQUARE, [neighbour(other)]))) is expected


@pytest.mark.rule("AREA-9")
def test_the_remainder_is_the_land_in_no_current_area():
    found = overlaps(SQUARE, [neighbour(box(50, 0, 150, 100)), neighbour(box(0, 0, 10, 10), "C")])
    left = remainder(SQUARE, found)
    assert left.equals(box(0, 0, 50, 100).difference(box(0, 0, 10, 10)))
    assert remainder(SQUARE, ()).equals(SQUARE)


corner = st.integers(-60, 160)
shapes = st.lists(st.tuples(corner, corner), min_size=3, max_size=8, unique=True).map(
    lambda corners: canonical(Polygon(corners))
)
turned = st.sampled_from([0, 1, 2, 3])


@settings(max_examples=80, deadline=None)
@given(one=shapes, other=shapes)
def test_an_overlap_is_the_same_seen_from_either_side(one, other):
    here, there = overlaps(one, [neighbour(other)]), overlaps(other, [neighbour(one)])
    assert len(here) == len(there)
    for mine, theirs in zip(here, there, strict=True):
        assert mine.area_m2 == pytest.approx(theirs.area_m2)
        assert mine.max_width_m == pytest.approx(theirs.max_width_m, abs=0.002)
        assert mine.share_of_area == theirs.share_of_neighbour


@settings(max_examples=80, deadline=None)
@given(one=shapes, other=shapes, quarters=turned, east=st.integers(0, 10**6), north=st.integers(0, 10**6))
def test_turning_and_moving_both_changes_no_overlap(one, other, quarters, east, north):
    def moved(shape):
        return affinity.translate(affinity.rotate(shape, 90 * quarters, origin=(0, 0)), east, north)

    before, after = overlaps(one, [neighbour(other)]), overlaps(moved(one), [neighbour(moved(other))])
    assert len(before) == len(after)
    for here, there in zip(before, after, strict=True):
        assert here.area_m2 == pytest.approx(there.area_m2, abs=1e-3)
        assert here.max_width_m == pytest.approx(there.max_width_m, abs=0.002)


@settings(max_examples=80, deadline=None)
@given(one=shapes, other=shapes, start=st.integers(0, 20), backwards=st.booleans())
def test_where_a_ring_starts_and_which_way_it_runs_changes_nothing(one, other, start, backwards):
    def redrawn(part):
        ring = list(part.exterior.coords)[:-1]
        turned_ring = ring[start % len(ring) :] + ring[: start % len(ring)]
        holes = [hole.coords[::-1] for hole in part.interiors]
        return Polygon(turned_ring[::-1] if backwards else turned_ring, holes)

    again = MultiPolygon([redrawn(part) for part in reversed(one.geoms)])
    assert overlaps(again, [neighbour(other)]) == overlaps(one, [neighbour(other)])


@pytest.fixture(scope="module")
def real_areas(real_data):
    layer = read_layer(real_data / "buckinghamshire" / "neighbourhood_areas.geojson")
    return Places(
        Neighbour(reference=row.reference, name=row.name, geometry_bng=row.geometry_bng) for row in layer.features
    )


@pytest.mark.real_data
@pytest.mark.rule("AREA-15")
def test_real_neighbours_overlap_by_slivers_only(real_areas):
    found = [
        (area.reference, overlap)
        for area in real_areas
        for overlap in overlaps(area.geometry_bng, real_areas)
        if overlap.reference != area.reference
    ]
    assert len(found) == 2 * 34
    assert all(overlap.sliver for _, overlap in found)
    assert max(overlap.area_m2 for _, overlap in found) == pytest.approx(567.3, abs=0.5)


@pytest.mark.real_data
@pytest.mark.rule("AREA-15")
def test_a_real_area_moved_by_five_metres_overlaps_its_neighbours(real_areas):
    chalfont = next(area for area in real_areas if len(overlaps(area.geometry_bng, real_areas)) > 3)
    moved = affinity.translate(chalfont.geometry_bng, 5.0, 0.0)
    wide = [
        found for found in overlaps(moved, real_areas) if found.reference != chalfont.reference and not found.sliver
    ]
    assert wide
    assert shapely.area(wide[0].geometry_bng) > 0
