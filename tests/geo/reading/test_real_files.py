"""Files as councils really sent them."""

import pytest
import shapely

from geo.errors import LayerChoiceError, UnreadableFileError
from geo.reading import read_area, read_layer, read_wkt_rows
from geo.validity import problems

pytestmark = pytest.mark.real_data

UPLOADS = {
    "gedling_calverton_conservation_area.geojson": ("GeoJSON", "EPSG:4326", 1, 0, "CALVERTON C.A."),
    "halton_conservation_areas_inspire_wfs.gml": ("GML", "EPSG:4326", 10, 0, "Daresbury"),
    "newcastle_conservation_areas.kml": ("KML", "EPSG:4326", 12, 1, "St Nicholas Hospital"),
    "surrey_heath_conservation_areas_shp.zip": ("Shapefile", "EPSG:27700", 6, 0, "WARFIELD"),
}


@pytest.mark.parametrize("name", UPLOADS)
def test_an_upload_is_read_whole(real_data, name):
    format_, crs, count, invalid, first = UPLOADS[name]
    layer = read_layer(real_data / "upload_formats" / name)
    assert (layer.format, layer.crs, layer.flipped) == (format_, crs, False)
    assert len(layer.features) == count
    assert sum(not feature.is_valid for feature in layer.features) == invalid
    assert layer.features[0].name == first
    assert all(
        finding.code != "outside-england" for feature in layer.features for finding in problems(feature.geometry_bng)
    )


def test_the_one_invalid_kml_polygon_touches_itself(real_data):
    layer = read_layer(real_data / "upload_formats" / "newcastle_conservation_areas.kml")
    (broken,) = [feature for feature in layer.features if not feature.is_valid]
    assert "ring-touches-itself" in {finding.code for finding in problems(broken.geometry_bng)}


def test_a_truncated_kml_says_where_it_stops(real_data, tmp_path):
    whole = (real_data / "upload_formats" / "newcastle_conservation_areas.kml").read_bytes()
    (tmp_path / "cut.kml").write_bytes(whole[:60_000])
    line = whole[:60_000].count(b"\n") + 1
    with pytest.raises(UnreadableFileError, match=rf"stops being KML at line {line}, column \d+"):
        read_layer(tmp_path / "cut.kml")


def test_a_table_that_is_not_spatial_says_so(real_data):
    with pytest.raises(UnreadableFileError, match="JSON but not GeoJSON"):
        read_layer(real_data / "upload_formats" / "planx_columnar_export.json")


def test_several_features_are_asked_for(real_data):
    with pytest.raises(LayerChoiceError, match="12 features"):
        read_area(real_data / "upload_formats" / "newcastle_conservation_areas.kml")


@pytest.mark.parametrize(("table", "count"), [("polygonal", 208), ("nonpolygonal_sample", 130)])
def test_every_validity_case_keeps_its_verdict_through_reading(real_data, table, count):
    layer = read_wkt_rows(real_data / "geometry" / f"validity_cases_{table}.csv", code_column="case_id")
    assert layer.unreadable == ()
    assert len(layer.features) == count
    assert all(str(each.is_valid).lower() == each.attributes["expected_valid"] for each in layer.features)


def test_the_platform_s_wkt_cases_are_told_apart_row_by_row(real_data):
    layer = read_wkt_rows(real_data / "geometry" / "planning_data_wkt_cases.csv", code_column="case_id")
    expected = {each.reference: each.attributes["valid"] for each in layer.features}
    assert [row.reference for row in layer.unreadable] == ["PD20"]
    assert {each.reference: str(each.is_valid) for each in layer.features} == {**expected, "PD02": "True"}
    in_england = [each for each in layer.features if each.reference != "PD06"]
    assert all(finding.code != "outside-england" for each in in_england for finding in problems(each.geometry_bng))


@pytest.mark.parametrize(
    ("path", "count", "invalid", "first"),
    [
        ("buckinghamshire/parishes.gpkg", 169, 0, ("E04001452", "Addington")),
        ("buckinghamshire/neighbourhood_areas.geojson", 39, 0, ("neighbourhood-plan-area:wendover", "Wendover")),
        ("buckinghamshire/local_planning_authorities.gpkg", 12, 0, ("E60000228", "Slough Borough Council")),
        ("buckinghamshire/wards_2025.gpkg", 49, 0, ("E05015927", "Abbey")),
        ("buckinghamshire/output_areas_2011.gpkg", 1582, 5, ("E00088975", None)),
        ("buckinghamshire/parishes_osm_2022.gpkg", 41, 16, ("E04001559", "Aylesbury")),
        ("trafford/parishes_2023.geojson", 4, 0, ("E04000009", "Carrington")),
        ("trafford/output_areas_2011.gpkg", 731, 2, ("E00030771", None)),
        ("geometry/invalid_parishes_real.gpkg", 9, 9, ("E04000286", "Billingham")),
    ],
)
def test_layers_of_both_regions(real_data, path, count, invalid, first):
    layer = read_layer(real_data / path)
    assert len(layer.features) == count
    assert sum(not feature.is_valid for feature in layer.features) == invalid
    assert (layer.features[0].reference, layer.features[0].name) == first
    assert not any(shapely.is_empty(feature.geometry_bng) for feature in layer.features)
