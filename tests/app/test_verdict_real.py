"""Verdicts on the thirty-nine real neighbourhood areas of Buckinghamshire."""

from datetime import date

import pytest
from shapely import affinity

from app.area_places import areas_in
from app.verdict import Verdict, check_area
from geo.findings import Severity
from geo.reading import Source, read_layer

pytestmark = pytest.mark.real_data
TODAY = date(2026, 11, 21)
SOURCE = Source(format="GeoJSON", layer="area", crs="EPSG:27700", crs_evidence="As published.", flipped=False)
WIDE_ENOUGH_M = 5.0


@pytest.fixture(scope="module")
def areas(real_data):
    return areas_in(read_layer(real_data / "buckinghamshire" / "neighbourhood_areas.geojson"), on=TODAY)


def errors(verdict):
    return [found for found in verdict.findings if found.severity is Severity.ERROR]


@pytest.mark.rule("AREA-15", "T-1")
def test_no_real_area_is_in_error_against_the_others_and_every_sliver_is_listed(areas):
    slivers = 0
    for area in areas:
        verdict = check_area(area.geometry_bng, source=SOURCE, on=TODAY, areas=areas, reference=area.reference)
        assert errors(verdict) == []
        assert all(overlap.sliver for overlap in verdict.overlaps)
        slivers += len(verdict.overlaps)
    assert (len(areas), slivers) == (39, 2 * 34)


@pytest.mark.rule("AREA-15")
@pytest.mark.parametrize(
    ("east_m", "north_m"),
    [
        pytest.param(5.0, 0.0, id="east"),
        pytest.param(-5.0, 0.0, id="west"),
        pytest.param(0.0, 5.0, id="north"),
        pytest.param(0.0, -5.0, id="south"),
    ],
)
def test_an_area_moved_by_five_metres_towards_a_neighbour_is_an_error(areas, east_m, north_m):
    shifted = [
        check_area(
            affinity.translate(area.geometry_bng, east_m, north_m),
            source=SOURCE,
            on=TODAY,
            areas=areas,
            reference=area.reference,
        )
        for area in areas
    ]
    in_error = [verdict for verdict in shifted if verdict.verdict is Verdict.NOT_ACCEPTABLE]
    assert len(in_error) >= 30
    for verdict in shifted:
        wide = {overlap.reference for overlap in verdict.overlaps if not overlap.sliver}
        assert {found.with_reference for found in errors(verdict) if found.code == "overlap"} == wide
        assert bool(wide) == (verdict in in_error)
        assert all(overlap.max_width_m <= 2 * WIDE_ENOUGH_M for overlap in verdict.overlaps)
