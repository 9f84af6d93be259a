"""One boundary, from a file or from a web request."""

import json
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import wgs84_from_bng
from geo.errors import BoundaryError, GeoError, LayerChoiceError
from geo.reading import read_area, read_geojson_geometry
from geo.validity import problems

FIELD = shapely.box(478_000, 222_000, 479_000, 223_000)


@pytest.mark.parametrize("wanted", ["B2", "b2", "Birch", "2", " B2 "])
def test_a_feature_is_named_by_reference_name_or_row(area_files, wanted):
    area = read_area(area_files["gpkg"], feature=wanted)
    assert (area.reference, area.name) == ("B2", "Birch")
    assert area.source.document() == {
        "format": "GeoPackage",
        "layer": "areas",
        "crs": "EPSG:27700",
        "crs_evidence": "The file declares EPSG:27700 (British National Grid metres), "
        "and the coordinates lie in England.",
        "flipped": False,
    }


def test_several_features_are_listed_and_asked_for(area_files):
    with pytest.raises(LayerChoiceError, match=r"3 features \(A1 Ash, B2 Birch, C3 Cedar\): say which one is the area"):
        read_area(area_files["gpkg"])
    with pytest.raises(LayerChoiceError, match=r"no feature “D4”; it has: A1 Ash"):
        read_area(area_files["gpkg"], feature="D4")


def test_features_are_joined_when_that_is_meant(area_files, three_areas):
    area = read_area(area_files["gpkg"], dissolve=True)
    assert area.geometry_bng.equals(shapely.union_all(three_areas.geometry.values))
    assert area.is_valid


def test_features_that_are_not_valid_are_not_joined(tmp_path):
    path = tmp_path / "a.csv"
    bow_tie = "POLYGON ((478000 222000, 478100 222100, 478100 222000, 478000 222100, 478000 222000))"
    path.write_text(f'reference,geometry\nA1,"{FIELD.wkt}"\nB2,"{bow_tie}"\n')
    with pytest.raises(BoundaryError, match="B2 is not valid"):
        read_area(path, dissolve=True)
    assert not read_area(path, feature="B2").is_valid


def test_a_name_that_two_features_bear_must_be_told_apart(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'name,geometry\nAsh,"{FIELD.wkt}"\nAsh,"{FIELD.wkt}"\n')
    with pytest.raises(LayerChoiceError, match="2 features “Ash”: name one by its row number"):
        read_area(path, feature="Ash")
    assert read_area(path, feature="2").name == "Ash"


def test_a_bare_wkt_file(tmp_path):
    (tmp_path / "a.wkt").write_text(f"SRID=27700;{FIELD.wkt}")
    area = read_area(tmp_path / "a.wkt")
    assert (area.source.format, area.geometry_bng.equals(FIELD)) == ("WKT", True)


# --- web requests ---


def drawn(geometry: shapely.Geometry) -> dict:
    return json.loads(shapely.to_geojson(wgs84_from_bng(geometry)))


@pytest.mark.parametrize("wrap", ["geometry", "feature", "collection"])
def test_a_drawn_boundary_comes_back_to_the_millimetre(wrap):
    document: dict = drawn(FIELD)
    if wrap != "geometry":
        document = {"type": "Feature", "properties": None, "geometry": document}
    if wrap == "collection":
        document = {"type": "FeatureCollection", "features": [document]}
    read = read_geojson_geometry(document)
    assert shapely.hausdorff_distance(read.geometry_bng, FIELD) < 0.002
    assert (read.is_valid, read.findings) == (True, ())


@pytest.mark.parametrize(
    ("document", "match"),
    [
        pytest.param(None, "not GeoJSON", id="nothing"),
        pytest.param([], "not GeoJSON", id="a list"),
        pytest.param({}, "not GeoJSON", id="an empty object"),
        pytest.param({"type": "FeatureCollection", "features": []}, "0 features", id="no features"),
        pytest.param({"type": "FeatureCollection", "features": [1]}, "proper list", id="features of numbers"),
        pytest.param({"type": "Feature", "geometry": None}, "no geometry", id="no geometry"),
        pytest.param({"type": "Polygon"}, "no coordinates", id="no coordinates"),
        pytest.param({"type": "Polygon", "coordinates": []}, "empty", id="empty"),
        pytest.param({"type": "Polygon", "coordinates": [[[0]]]}, "pair of numbers", id="half a point"),
        pytest.param({"type": "Polygon", "coordinates": [[["0", "1"]]]}, "pair of numbers", id="numbers as text"),
        pytest.param({"type": "Polygon", "coordinates": [[[True, False]]]}, "pair of numbers", id="truths"),
        pytest.param({"type": "Polygon", "coordinates": [{"x": 1}]}, "list of points", id="objects"),
        pytest.param({"type": "MultiPolygon", "coordinates": [1]}, "list of rings", id="parts of numbers"),
        pytest.param({"type": "GeometryCollection"}, "no geometries", id="collection of nothing"),
    ],
)
def test_a_request_that_cannot_be_used_gets_one_sentence(document, match):
    with pytest.raises(GeoError, match=match):
        read_geojson_geometry(document)


def test_numbers_that_are_none_are_located():
    document = drawn(FIELD)
    document["coordinates"][0][2] = [None, 51.9]
    read = read_geojson_geometry(document)
    assert not read.is_valid
    (finding,) = [finding for finding in problems(read.geometry_bng) if finding.code == "not-a-number"]
    assert finding.at_bng is not None
    assert math.dist(finding.at_bng, (479_000, 223_000)) < 0.01 or math.dist(finding.at_bng, (479_000, 222_000)) < 0.01


@pytest.mark.parametrize("bad", [math.nan, math.inf, 1e300, None])
@pytest.mark.parametrize("corner", [0, 2, 4])
def test_a_bad_number_anywhere_in_the_ring_is_no_crash(bad, corner):
    document = drawn(FIELD)
    document["coordinates"][0][corner] = [bad, 51.9]
    try:
        read = read_geojson_geometry(document)
    except GeoError:
        return
    assert not read.is_valid
    assert any(finding.severity == "error" for finding in (*read.findings, *problems(read.geometry_bng)))


numbers = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
scraps = st.recursive(
    numbers, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
types = st.sampled_from(
    ["Polygon", "MultiPolygon", "Point", "LineString", "MultiLineString", "MultiPoint", "GeometryCollection"]
)
positions = st.lists(st.floats(-180, 180) | st.integers(-(10**25), 10**25) | st.none(), max_size=4)
rings = st.lists(positions, max_size=6)
geometries = st.fixed_dictionaries(
    {
        "type": types | scraps,
        "coordinates": scraps | positions | rings | st.lists(rings) | st.lists(st.lists(rings, max_size=2), max_size=2),
    },
    optional={"geometries": scraps, "crs": scraps},
)
documents = scraps | geometries | st.fixed_dictionaries({"type": st.just("Feature"), "geometry": geometries | scraps})


@given(
    documents
    | st.fixed_dictionaries({"type": st.just("FeatureCollection"), "features": st.lists(documents, max_size=2)})
)
@settings(max_examples=800, deadline=None)
def test_whatever_a_request_holds_it_gets_one_sentence_or_is_read(document):
    try:
        read = read_geojson_geometry(document)
    except GeoError as error:
        refusal = str(error)
    else:
        problems(read.geometry_bng)
        return
    assert "\n" not in refusal


def test_an_array_shaped_oddly_keeps_its_corners():
    document = drawn(FIELD)
    document["coordinates"][0][1].append(12.0)
    read = read_geojson_geometry(document)
    assert np.isfinite(shapely.get_coordinates(read.geometry_bng)).all()
    assert shapely.hausdorff_distance(read.geometry_bng, FIELD) < 0.002
