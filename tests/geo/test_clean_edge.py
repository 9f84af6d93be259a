import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box

from geo.clean_edge import clean_edge
from geo.reading import read_layer
from geo.topology import Neighbour, gaps_of, overlaps

AREA = box(0, 0, 100, 100)


def neighbour(shape, reference="B"):
    return Neighbour(reference=reference, name=reference, geometry_bng=shape)


@pytest.mark.rule("AREA-15")
@pytest.mark.parametrize(
    ("other", "taken_out", "taken_in", "change"),
    [
        pytest.param(box(99, 0, 200, 100), 100.0, 0.0, 1.0, id="a sliver is given up"),
        pytest.param(box(101, 0, 200, 100), 0.0, 100.0, 1.0, id="a gap is taken in"),
        pytest.param(box(100, 0, 200, 100), 0.0, 0.0, 0.0, id="a shared edge stays"),
        pytest.param(box(80, 0, 200, 100), 0.0, 0.0, 0.0, id="an overlap is for people to settle"),
        pytest.param(box(104, 0, 200, 100), 0.0, 0.0, 0.0, id="open land is left open"),
    ],
)
def test_a_clean_edge_follows_the_neighbour(other, taken_out, taken_in, change):
    offer = clean_edge(AREA, [neighbour(other)])
    assert (offer.taken_out_m2, offer.taken_in_m2) == (
        pytest.approx(taken_out, abs=0.3),
        pytest.approx(taken_in, abs=0.3),
    )
    assert offer.greatest_change_m == pytest.approx(change, abs=0.01)
    assert bool(offer.follows) == (change > 0)
    assert offer.words().endswith(".")


@settings(max_examples=60, deadline=None)
@given(offsets=st.lists(st.floats(-1.4, 1.4), min_size=2, max_size=14))
def test_after_it_the_two_share_their_edge(offsets):
    steps = np.linspace(0, 100, len(offsets))
    line = list(zip(100 + np.round(offsets, 3), steps, strict=True))
    other = neighbour(Polygon([*line, (200, 100), (200, 0)]))
    offer = clean_edge(AREA, [other])
    assert overlaps(offer.candidate, [other]) == ()
    assert gaps_of(offer.candidate, [other.geometry_bng]) == ()
    assert offer.candidate.is_valid


@pytest.mark.real_data
def test_real_areas_come_clean(real_data):
    layer = read_layer(real_data / "buckinghamshire" / "neighbourhood_areas.geojson")
    areas = [Neighbour(reference=f.reference, name=f.name, geometry_bng=f.geometry_bng) for f in layer.features]
    for area in areas[:12]:
        others = [other for other in areas if other.reference != area.reference]
        offer = clean_edge(area.geometry_bng, others)
        assert overlaps(offer.candidate, others) == ()
        assert gaps_of(offer.candidate, [other.geometry_bng for other in others]) == ()
        assert offer.greatest_change_m <= 3.0
