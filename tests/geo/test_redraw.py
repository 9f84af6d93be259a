"""Boundaries drawn again from their words."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.description import NamedLine, describe, words
from geo.reading import read_layer
from geo.redraw import DescriptionError, rebuild

EAST, NORTH = 487_000.0, 104_000.0
LEAST_SHARED = 0.97


def shared(one, other):
    """How much of both two areas share, 1 for the same area."""
    return one.intersection(other).area / one.union(other).area


def lobes(seed, corners, radius=900.0):
    """A rough round area, and its neighbour to the east that shares a line with it where they meet."""
    dice = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    far = radius * (1 + 0.2 * dice.normal(size=corners).clip(-1.5, 1.5))
    area = shapely.make_valid(
        shapely.Polygon(np.column_stack([np.cos(angle), np.sin(angle)]) * far[:, None] + (EAST, NORTH))
    )
    area = max(shapely.get_parts(area), key=lambda part: part.area)
    neighbour = shapely.box(EAST, NORTH - 2000, EAST + 2000, NORTH + 2000).difference(area)
    return area, neighbour


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(8, 80), st.booleans())
def test_the_words_bring_the_area_back(seed, corners, with_line):
    area, neighbour = lobes(seed, corners)
    lines = [NamedLine(name="the boundary of Birch parish", shape_bng=neighbour)] if with_line else []
    assert shared(rebuild(words(describe(area, lines)), lines), area) >= LEAST_SHARED


def test_several_parts_and_holes_come_back():
    first = shapely.box(EAST, NORTH, EAST + 800, NORTH + 800).difference(
        shapely.box(EAST + 200, NORTH + 200, EAST + 400, NORTH + 500)
    )
    area = shapely.union_all([first, shapely.box(EAST + 1000, NORTH, EAST + 1500, NORTH + 300)])
    again = rebuild(words(describe(area, [])), [])
    assert len(again.geoms) == 2
    assert shared(again, area) > 0.999


@pytest.mark.real_data
def test_real_parishes_come_back_from_their_neighbours_names(real_data):
    layer = read_layer(real_data / "buckinghamshire" / "parishes.gpkg").features
    lines = [
        NamedLine(name=f"the boundary of parish {one.attributes['par_cd']}", shape_bng=one.geometry_bng)
        for one in layer
    ]
    least = 1.0
    for place, one in enumerate(layer):
        others = lines[:place] + lines[place + 1 :]
        least = min(least, shared(rebuild(words(describe(one.geometry_bng, others)), others), one.geometry_bng))
    assert least >= LEAST_SHARED


@pytest.mark.parametrize(
    ("text", "words_of_it"),
    [
        pytest.param("Once upon a time.", "does not say where the boundary starts", id="a story"),
        pytest.param(
            "Starts at SU 87000 04000. Goes straight north for 5 m to SU 87000 04005.",
            "at least three legs",
            id="too few legs",
        ),
        pytest.param(
            "Starts at SU 87000 04000 and follows all of the boundary of Nowhere back to the start.",
            "not among the lines given",
            id="an unknown line",
        ),
        pytest.param("Starts at IO 87000 04000.", "is no grid reference", id="no such square"),
    ],
)
def test_words_that_draw_nothing_are_refused(text, words_of_it):
    with pytest.raises(DescriptionError, match=words_of_it):
        rebuild(text, [])
