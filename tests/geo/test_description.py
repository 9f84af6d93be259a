"""Boundaries in words."""

import pytest
import shapely

from geo.description import DescribedRing, NamedLine, describe, words

EAST, NORTH = 487_000, 104_000


def at(*corners):
    return shapely.Polygon([(EAST + x, NORTH + y) for x, y in corners])


PARISH = NamedLine(name="the boundary of Alder parish", shape_bng=at((0, 0), (1000, 0), (1000, 1000), (0, 1000)))


def test_a_whole_parish_is_told_in_one_sentence():
    (ring,) = describe(PARISH.shape_bng, [PARISH])
    assert ring.whole_line == PARISH.name
    assert words([ring]) == (
        "Starts at SU 87000 04000 and follows all of the boundary of Alder parish back to the start."
    )


def test_what_is_followed_is_named_and_the_rest_runs_straight():
    """The western half of the parish, cut by a straight line from south to north.

    +-----+-----+
    |area |     |
    +-----+-----+
    """
    text = words(describe(at((0, 0), (500, 0), (500, 1000), (0, 1000)), [PARISH]))
    assert text == (
        "Starts at SU 87000 04000. Follows the boundary of Alder parish north-east for 1,500 m to SU 87500 05000. "
        "Goes straight south for 1,000 m to SU 87500 04000. "
        "Follows the boundary of Alder parish west for 500 m to SU 87000 04000."
    )


def test_a_hole_is_left_out_in_a_paragraph_of_its_own():
    area = shapely.Polygon(
        PARISH.shape_bng.exterior.coords, [at((400, 400), (600, 400), (600, 600), (400, 600)).exterior.coords]
    )
    outer, hole = words(describe(area, [PARISH])).split("\n\n")
    assert outer.startswith("Starts at")
    assert hole.startswith("Leaves out the land inside a line that starts at SU 87400 04400.")


@pytest.mark.parametrize(
    ("apart", "followed"),
    [
        pytest.param(2.9, True, id="as far as digitising goes"),
        pytest.param(3.1, False, id="a line of its own"),
    ],
)
def test_how_near_a_line_must_be(apart, followed):
    area = at((0, -500), (1000, -500), (1000, -apart), (0, -apart))
    assert ("Follows the boundary of Alder parish" in words(describe(area, [PARISH]))) is followed


def test_corners_that_do_not_matter_are_left_out():
    area = at((0, 0), (500, 1), (1000, 0), (1000, 1000), (0, 1000))
    (ring,) = describe(area, [])
    assert isinstance(ring, DescribedRing)
    assert len(ring.legs) == 4
