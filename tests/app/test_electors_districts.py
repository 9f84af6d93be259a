import json

import pytest
import shapely

from app.electors_districts import read_districts
from geo.crs import wgs84_from_bng
from geo.electorate import Extent, district_extents
from geo.errors import ColumnError
from geo.reading import read_layer


@pytest.fixture
def layer(tmp_path):
    """Squares in a row with the properties given."""

    def write(*properties):
        features = [
            {
                "type": "Feature",
                "properties": facts,
                "geometry": shapely.geometry.mapping(
                    wgs84_from_bng(shapely.box(451_000 + at * 100, 212_000, 451_100 + at * 100, 212_100))
                ),
            }
            for at, facts in enumerate(properties)
        ]
        path = tmp_path / "districts.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return path

    return write


def test_the_column_that_holds_the_registers_codes_is_taken(layer):
    path = layer({"code": "E05000001", "letters": "HA1"}, {"code": "E05000002", "letters": "HB1"})
    assert list(read_districts(path, None, codes=("HA1", "HB1", "HC1"))) == ["HA1", "HB1"]
    assert list(read_districts(path, None, codes=("XX",))) == ["E05000001", "E05000002"]
    assert list(read_districts(path, "code", codes=("HA1",))) == ["E05000001", "E05000002"]


def test_several_features_of_one_code_are_one_district(layer):
    districts = read_districts(layer({"code": "HA1"}, {"code": " HA1 "}, {"code": "HB1"}), None)
    assert {code: round(shape.area, -2) for code, shape in districts.items()} == {"HA1": 20_000, "HB1": 10_000}


def test_a_feature_without_a_code_is_refused(layer):
    with pytest.raises(ColumnError, match="row 2: name the column of codes"):
        read_districts(layer({"code": "HA1"}, {"code": None}), None)


@pytest.mark.real_data
def test_every_real_district_lies_wholly_in_exactly_one_real_ward(real_data):
    """Two digitisations of the same lines: an exact test would call many of them parts."""
    folder = real_data / "trafford"
    districts = read_districts(folder / "polling_districts.gpkg", "area_name")
    wards = [feature.geometry_bng for feature in read_layer(folder / "wards_2017.gpkg").features]
    extents = [district_extents(ward, districts) for ward in wards]
    found = {
        code: sorted(extent[code].value for extent in extents if extent[code] is not Extent.NONE) for code in districts
    }
    assert set(map(tuple, found.values())) == {("whole",)}
    assert len(found) == 91
    assert sum(bool(shapely.covers(ward, district)) for ward in wards for district in districts.values()) < 91
