"""The same three areas come out of every format, whatever is odd about the file."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from geo.errors import BoundaryError, ColumnError, GeoError, LayerChoiceError, LimitExceededError, UnreadableFileError
from geo.reading import Limits, read_layer, read_wkt_rows

FORMATS = {
    "gpkg": "GeoPackage",
    "fgb": "FlatGeobuf",
    "geojson": "GeoJSON",
    "kml": "KML",
    "gml": "GML",
    "csv": "CSV",
    "parquet": "GeoParquet",
    "shp": "Shapefile",
    "zip": "Shapefile",
}


@pytest.mark.parametrize("short_name", FORMATS)
def test_the_same_areas_come_out_of_every_format(short_name, area_files, three_areas):
    layer = read_layer(area_files[short_name])
    assert layer.format == FORMATS[short_name]
    assert layer.crs == ("EPSG:4326" if short_name in {"geojson", "kml"} else "EPSG:27700")
    assert layer.flipped is False
    assert layer.unreadable == ()
    assert [(feature.row, feature.reference, feature.name) for feature in layer.features] == [
        (1, "A1", "Ash"),
        (2, "B2", "Birch"),
        (3, "C3", "Cedar"),
    ]
    for feature, expected in zip(layer.features, three_areas.geometry, strict=True):
        assert shapely.hausdorff_distance(feature.geometry_bng, expected) < 0.002
        assert feature.is_valid


@pytest.mark.parametrize("short_name", FORMATS)
def test_reading_leaves_the_folder_as_it_was(short_name, area_files):
    folder = area_files[short_name].parent
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    read_layer(area_files[short_name])
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize("short_name", [each for each in FORMATS if each != "shp"])
def test_a_name_that_says_something_else_does_not_matter(short_name, area_files, tmp_path):
    disguised = tmp_path / "areas.dat"
    disguised.write_bytes(area_files[short_name].read_bytes())
    assert len(read_layer(disguised).features) == 3


# --- what is odd about files ---


def write_geojson(path: Path, areas: gpd.GeoDataFrame, *, crs: object = None, bom: bool = False) -> Path:
    document = json.loads(areas.to_json(drop_id=True, to_wgs84=False))
    document.pop("crs", None)
    if crs is not None:
        document["crs"] = crs
    path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + json.dumps(document).encode())
    return path


def test_grid_metres_in_geojson_with_a_byte_order_mark_and_no_crs(tmp_path, three_areas):
    layer = read_layer(write_geojson(tmp_path / "a.geojson", three_areas, bom=True))
    assert layer.crs == "EPSG:27700"
    assert "GeoJSON without a crs member" in layer.crs_evidence
    assert [finding.code for finding in layer.notices] == ["reference-system-contradicted"]
    assert layer.features[0].geometry_bng.equals(three_areas.geometry[0])


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
        {"type": "name", "properties": {"name": "EPSG:27700"}},
        {"type": "EPSG", "properties": {"code": 27700}},
    ],
)
def test_the_legacy_crs_member_is_believed(tmp_path, three_areas, crs):
    layer = read_layer(write_geojson(tmp_path / "a.geojson", three_areas, crs=crs))
    assert (layer.crs, layer.notices) == ("EPSG:27700", ())


def test_exchanged_axes_are_put_right_and_told(tmp_path, degrees):
    turned = degrees.set_geometry(
        gpd.GeoSeries([shapely.transform(each, np.fliplr) for each in degrees.geometry], crs=4326),
    )
    layer = read_layer(write_geojson(tmp_path / "a.geojson", turned))
    assert layer.flipped
    assert [finding.code for finding in layer.notices] == ["axes-exchanged"]
    assert shapely.hausdorff_distance(layer.features[0].geometry_bng, shapely.box(478e3, 222e3, 479e3, 223e3)) < 0.002


def test_heights_are_left_out_with_a_notice(tmp_path, three_areas):
    raised = three_areas.set_geometry(shapely.force_3d(three_areas.geometry.values, 12.0))
    raised.to_file(tmp_path / "a.gpkg", driver="GPKG")
    layer = read_layer(tmp_path / "a.gpkg")
    assert [finding.code for finding in layer.notices] == ["heights-dropped"]
    assert not any(feature.geometry_bng.has_z for feature in layer.features)


def test_several_layers_are_listed_and_asked_for(tmp_path, three_areas, degrees, kml_of):
    three_areas.to_file(tmp_path / "a.gpkg", driver="GPKG", layer="current")
    three_areas[:1].to_file(tmp_path / "a.gpkg", driver="GPKG", layer="proposed", mode="a")
    (tmp_path / "a.kml").write_text(kml_of(degrees, "current", "proposed"), encoding="utf-8")
    for name in ("a.gpkg", "a.kml"):
        with pytest.raises(LayerChoiceError, match=r"2 layers \(current, proposed\)"):
            read_layer(tmp_path / name)
        assert read_layer(tmp_path / name, layer="proposed").layer == "proposed"
        with pytest.raises(LayerChoiceError, match=r"no layer “other”; it has: current, proposed"):
            read_layer(tmp_path / name, layer="other")


def test_a_shapefile_without_its_index_table_or_reference_system(tmp_path, area_files):
    (tmp_path / "areas.shp").write_bytes(area_files["shp"].read_bytes())
    layer = read_layer(tmp_path / "areas.shp")
    assert len(layer.features) == 3
    assert layer.crs_evidence.startswith("No reference system is declared")


def test_a_prj_without_authority_code(tmp_path, area_files):
    for path in area_files["shp"].parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    prj = (tmp_path / "areas.prj").read_text().replace("British_National_Grid", "Custom_Grid").replace("OSGB", "XX")
    (tmp_path / "areas.prj").write_text(prj)
    layer = read_layer(tmp_path / "areas.shp")
    assert layer.crs == "EPSG:27700"
    assert layer.crs_evidence.startswith("The file declares EPSG:27700")


def test_very_long_lines_of_gml(tmp_path, area_files):
    text = "".join(area_files["gml"].read_text(encoding="utf-8").splitlines())
    (tmp_path / "a.gml").write_text(text.replace("<ogr:name>", " " * 40_000 + "<ogr:name>", 1), encoding="utf-8")
    assert len(read_layer(tmp_path / "a.gml").features) == 3


@pytest.mark.parametrize(
    ("wkt", "code"),
    [
        pytest.param("CURVEPOLYGON (CIRCULARSTRING (0 0, 5 5, 10 0, 5 -5, 0 0))", "arcs", id="arcs"),
        pytest.param(
            "MULTISURFACE (CURVEPOLYGON (COMPOUNDCURVE ((0 0, 9 0), CIRCULARSTRING (9 0, 5 5, 0 0))))", "arcs"
        ),
        pytest.param("POLYGON ((0 0, 1", "unreadable-geometry", id="cut short"),
        pytest.param("0103", "unreadable-geometry", id="hardly any bytes"),
        pytest.param("01030000000100000005000000", "unreadable-geometry", id="bytes cut short"),
        pytest.param("", "unreadable-geometry", id="nothing"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_stops_nothing(tmp_path, three_areas, wkt, code):
    path = tmp_path / "a.csv"
    path.write_text(f'reference,geometry\nX9,"{wkt}"\nA1,"{three_areas.geometry[0].wkt}"\n', encoding="utf-8")
    layer = read_layer(path)
    (row,) = layer.unreadable
    assert (row.row, row.reference, row.finding.code) == (1, "X9", code)
    assert [feature.reference for feature in layer.features] == ["A1"]


def test_a_row_in_a_system_that_is_not_accepted_is_told_and_stops_nothing(tmp_path, three_areas):
    path = tmp_path / "a.csv"
    field = three_areas.geometry[0].wkt
    path.write_text(f'reference,geometry\nX9,"SRID=29902;{field}"\nA1,"SRID=27700;{field}"\n', encoding="utf-8")
    layer = read_layer(path)
    (row,) = layer.unreadable
    assert (row.row, row.reference) == (1, "X9")
    assert "Irish Grid" in row.finding.message
    first, second = read_wkt_rows(path).features
    assert ([finding.code for finding in first.findings], first.is_valid) == (["reference-system-refused"], True)
    assert second.findings == ()
    assert layer.features[0].geometry_bng.equals(three_areas.geometry[0])


def test_arcs_in_a_geopackage_are_refused_not_straightened(tmp_path):
    path = tmp_path / "a.gpkg"
    arc = bytes.fromhex("010a00000001000000") + _circular_string([(0, 0), (5, 5), (10, 0), (5, -5), (0, 0)])
    pyogrio.raw.write(
        path,
        geometry=np.array([arc], dtype=object),
        field_data=[np.array(["A1"], dtype=object)],
        fields=["reference"],
        geometry_type="Unknown",
        crs="EPSG:27700",
        driver="GPKG",
    )
    with pytest.raises(BoundaryError, match="arcs"):
        read_layer(path)


def _circular_string(points: list[tuple[float, float]]) -> bytes:
    return bytes.fromhex("0108000000") + len(points).to_bytes(4, "little") + np.array(points, dtype="<f8").tobytes()


def test_a_table_may_mix_wkt_ewkt_and_bytes_row_by_row(tmp_path, three_areas, degrees):
    first, second, third = three_areas.geometry
    cells = [
        first.wkt,
        f"SRID=27700;{second.wkt}",
        shapely.to_wkb(third, hex=True),
        shapely.to_wkb(shapely.set_srid(degrees.geometry[0], 4326), hex=True, include_srid=True),
        degrees.geometry[1].wkt,
        json.dumps(degrees.geometry[2].__geo_interface__),
    ]
    path = tmp_path / "a.csv"
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    path.write_text("reference,wkt\n" + "".join(f"{row},{cell}\n" for row, cell in enumerate(quoted)), encoding="utf-8")
    layer = read_layer(path)
    assert layer.unreadable == ()
    for feature, expected in zip(layer.features, [first, second, third] * 2, strict=True):
        assert shapely.hausdorff_distance(feature.geometry_bng, expected) < 0.002, feature.reference
    assert "4 rows" not in layer.crs_evidence
    assert layer.crs == "EPSG:27700"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_may_be_parted_by_other_signs(tmp_path, three_areas, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(f'ref{delimiter}geom\nA1{delimiter}"{three_areas.geometry[0].wkt}"\n', encoding="cp1252")
    assert read_layer(path).features[0].reference == "A1"


def test_rows_without_a_telling_place_are_taken_as_grid_metres_when_checking_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('reference,geometry\nA,"POLYGON ((0 0, 9 0, 9 9, 0 0))"\nB,"POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))"\n')
    with pytest.raises(GeoError, match="say which it is"):
        read_layer(path)
    layer = read_wkt_rows(path)
    assert [feature.is_valid for feature in layer.features] == [True, False]
    assert [finding.code for finding in layer.notices] == ["reference-system-assumed"]


def test_a_table_of_nothing_but_broken_rows_is_still_checked_row_by_row(tmp_path):
    (tmp_path / "a.csv").write_text("reference,geometry\nA,MULTIPOLYGON\nB,\n")
    with pytest.raises(BoundaryError, match=r"row 1: .*“MULTIPOLYGON” is not complete"):
        read_layer(tmp_path / "a.csv")
    layer = read_wkt_rows(tmp_path / "a.csv")
    assert (layer.features, [row.reference for row in layer.unreadable]) == ((), ["A", "B"])


def test_an_open_ring_is_closed_and_told_with_its_place(tmp_path):
    ring = "478000 222000, 479000 222000, 479000 223000"
    (tmp_path / "a.csv").write_text(f'reference,geometry\nA,"POLYGON (({ring}))"\n')
    positions = [[478000, 222000], [479000, 222000], [479000, 223000]]
    (tmp_path / "a.json").write_text(json.dumps({"type": "Polygon", "coordinates": [positions]}))
    for name in ("a.csv", "a.json"):
        (feature,) = read_layer(tmp_path / name).features
        (finding,) = feature.findings
        assert (finding.code, finding.at_bng) == ("ring-not-closed", (479_000.0, 223_000.0))
        assert not feature.is_valid
        assert feature.geometry_bng.area == 500_000


# --- refusals: one sentence each ---

REFUSED = {
    "empty.geojson": (b"", "is empty"),
    "blank.csv": (b"\n \n", "is empty"),
    "cut.geojson": (b'{"type": "FeatureCollection",\n "features": [{"type"', r"line 2, column 22"),
    "table.json": (b'{"columns": [], "data": []}', "JSON but not GeoJSON"),
    "list.json": (b"[1, 2]", "JSON but not GeoJSON"),
    "topo.json": (b'{"type": "Topology"}', "TopoJSON"),
    "cut.kml": (b"<kml xmlns='http://www.opengis.net/kml/2.2'>\n<Document><Placemark>", r"line 2, column 2\d"),
    "other.xml": (b"<note/>", "neither KML nor GML"),
    "page.kml": (b"<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
    "plan.pdf": (b"%PDF-1.7 ...", "PDF"),
    "scan.png": (b"\x89PNG\r\n", "picture"),
    "old.doc": (b"\xd0\xcf\x11\xe0 ...", "Office"),
    "areas.dbf": (b"\x03 table", "give its .shp"),
    "plan.dwg": (b"AC1027", "AutoCAD"),
    "noise.bin": (b"\x01\x02\x03\x04", "no format that is read"),
    "plain.csv": (b"a,b\n1,2\n", "no column geometry, wkt or geom; it has: a, b"),
    "heading.csv": (b"reference,geometry\n", "no rows"),
    "nothing.geojson": (b'{"type": "FeatureCollection", "features": []}', "no features"),
    "null.geojson": (b'{"type": "Feature", "geometry": null, "properties": {}}', "no geometry"),
    "irish.geojson": (
        (
            b'{"type": "Point", "coordinates": [333000, 374000],'
            b' "crs": {"type": "name", "properties": {"name": "EPSG:29902"}}}'
        ),
        "Irish Grid",
    ),
    "paris.geojson": (
        b'{"type": "Polygon", "coordinates": [[[2.3, 48.8], [2.4, 48.8], [2.4, 48.9], [2.3, 48.8]]]}',
        "outside Great Britain",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_gets_one_sentence(tmp_path, name):
    content, match = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GeoError, match=match) as refusal:
        read_layer(tmp_path / name)
    assert "\n" not in str(refusal.value)
    assert name in str(refusal.value) or "Irish" in match


DOCTYPE = '<!DOCTYPE kml [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
BILLION = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize("short_name", ["kml", "gml"])
@pytest.mark.parametrize("doctype", [DOCTYPE, BILLION], ids=["another file", "growing"])
def test_no_entity_is_followed(tmp_path, area_files, short_name, doctype):
    text = area_files[short_name].read_text(encoding="utf-8").replace("?>", f"?>{doctype}", 1)
    (tmp_path / f"a.{short_name}").write_text(text.replace("Ash", "&c;"), encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="DOCTYPE"):
        read_layer(tmp_path / f"a.{short_name}")


def test_a_missing_file_and_a_folder_get_one_sentence(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"no file absent\.gpkg"):
        read_layer(tmp_path / "absent.gpkg")
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_layer(tmp_path)


def test_a_table_without_geometry_in_a_geopackage(tmp_path):
    pyogrio.write_dataframe(gpd.pd.DataFrame({"reference": ["A"]}), tmp_path / "a.gpkg", driver="GPKG")
    with pytest.raises(UnreadableFileError, match="no geometry"):
        read_layer(tmp_path / "a.gpkg")


def test_a_view_in_a_geopackage_is_not_run(tmp_path, area_files):
    path = tmp_path / "a.gpkg"
    path.write_bytes(area_files["gpkg"].read_bytes())
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom FROM n"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(f"CREATE VIEW endless AS {endless}")
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('endless', 'features', 'endless', 27700)",
        )
        database.execute("INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'POLYGON', 27700, 0, 0)")
    with pytest.raises(UnreadableFileError, match="is a view"):
        read_layer(path, layer="endless")
    assert len(read_layer(path, layer="areas").features) == 3


def test_named_columns_are_used_and_missing_ones_listed(area_files):
    layer = read_layer(area_files["gpkg"], code_column="NAME", name_column="reference")
    assert (layer.features[0].reference, layer.features[0].name) == ("Ash", "A1")
    with pytest.raises(ColumnError, match=r"no column “parish”; the file has: reference, name"):
        read_layer(area_files["gpkg"], code_column="parish")


# --- limits ---


@pytest.mark.parametrize("short_name", FORMATS)
@pytest.mark.parametrize(
    ("limits", "match"),
    [
        pytest.param(Limits(file_bytes=100), r"files up to 0.0 MB are read", id="file"),
        pytest.param(Limits(features=2), "up to 2 are read", id="features"),
        pytest.param(Limits(vertices=20), "has 25 points; up to 20 are read", id="points"),
    ],
)
def test_limits_are_told(area_files, short_name, limits, match):
    with pytest.raises(LimitExceededError, match=match):
        read_layer(area_files[short_name], limits=limits)


def test_the_standard_limits_are_those_promised():
    limits = Limits()
    assert (limits.file_bytes, limits.expanded_bytes, limits.expansion) == (50_000_000, 200_000_000, 10)
    assert (limits.features, limits.vertices) == (100_000, 1_000_000)


def test_ten_thousand_features_are_read_at_once(tmp_path):
    side = np.arange(100) * 3_000.0
    east, north = (grid.ravel() for grid in np.meshgrid(330_000 + side, 120_000 + side[:100]))
    cells = shapely.box(east, north, east + 2_000, north + 2_000)
    frame = gpd.GeoDataFrame({"PAR23CD": [f"E{row:08d}" for row in range(10_000)]}, geometry=cells, crs=27700)
    frame.to_file(tmp_path / "many.gpkg", driver="GPKG")
    layer = read_layer(tmp_path / "many.gpkg")
    assert len(layer.features) == 10_000
    assert layer.features[9_999].reference == "E00009999"
    assert all(shapely.equals_exact([feature.geometry_bng for feature in layer.features], cells, 0))


# --- archives ---


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def shapefile(area_files) -> dict[str, bytes]:
    return {path.suffix: path.read_bytes() for path in area_files["shp"].parent.iterdir()}


def test_a_shapefile_two_folders_deep_beside_other_formats(tmp_path, shapefile, area_files):
    members = {f"Data/GIS files/Areas 2024{suffix.upper()}": content for suffix, content in shapefile.items()}
    members |= {"Data/MapInfo/areas.tab": b"!table", "Data/Readme.txt": b"hello", "__MACOSX/._Areas.shp": b"x"}
    members |= {"Data/areas.kml": area_files["kml"].read_bytes()}
    layer = read_layer(zipped(tmp_path / "a.zip", members))
    assert (layer.format, layer.layer, len(layer.features)) == ("Shapefile", "Areas 2024", 3)
    (notice,) = layer.notices
    assert notice.code == "other-files-ignored"
    assert "Data/areas.kml" in notice.message
    assert read_layer(tmp_path / "a.zip", layer="areas").format == "KML"


def test_several_shapefiles_are_listed_and_asked_for(tmp_path, shapefile):
    members = {f"{name}{suffix}": content for name in ("old", "new") for suffix, content in shapefile.items()}
    zipped(tmp_path / "a.zip", members)
    with pytest.raises(LayerChoiceError, match=r"2 layers \(old, new\)"):
        read_layer(tmp_path / "a.zip")
    assert read_layer(tmp_path / "a.zip", layer="NEW").layer == "new"
    with pytest.raises(LayerChoiceError, match="no layer “other”"):
        read_layer(tmp_path / "a.zip", layer="other")


def test_a_layer_within_a_file_within_an_archive(tmp_path, degrees, kml_of):
    path = zipped(tmp_path / "a.kmz", {"doc.kml": kml_of(degrees, "current", "proposed").encode()})
    with pytest.raises(LayerChoiceError, match=r"2 layers \(current, proposed\)"):
        read_layer(path)
    assert read_layer(path, layer="proposed").layer == "proposed"


@pytest.mark.parametrize(
    "evil", ["../../escaped.geojson", "/escaped.geojson", "..\\..\\escaped.geojson", "C:\\escaped.geojson"]
)
def test_no_path_in_an_archive_leaves_its_folder(tmp_path, area_files, monkeypatch, evil):
    inner = tmp_path / "deep" / "deeper"
    inner.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(inner))
    path = zipped(tmp_path / "a.zip", {evil: area_files["geojson"].read_bytes()})
    assert len(read_layer(path).features) == 3
    assert {each.name for each in tmp_path.rglob("*")} == {"a.zip", "deep", "deeper"}


def test_an_archive_that_grows_too_much_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", {"a.geojson": b" " * 60_000_000})
    with pytest.raises(LimitExceededError, match=r"would unpack to 60\.0 MB, more than the 10\.0 MB allowed"):
        read_layer(path)


@pytest.mark.parametrize(
    ("members", "match"),
    [
        pytest.param({"readme.txt": b"hello"}, "no boundary file", id="nothing in it"),
        pytest.param({"[Content_Types].xml": b"", "word/a.xml": b""}, "Office document", id="a letter"),
        pytest.param({"a.geojson": b"PK\x03\x04"}, "archive within an archive", id="an archive in it"),
    ],
)
def test_an_archive_without_a_boundary_gets_one_sentence(tmp_path, members, match):
    with pytest.raises(UnreadableFileError, match=match):
        read_layer(zipped(tmp_path / "a.zip", members))


# --- GeoParquet ---


def test_geoparquet_with_boxes_and_without_a_reference_system(tmp_path, three_areas):
    three_areas.to_parquet(tmp_path / "boxes.parquet", write_covering_bbox=True)
    three_areas.set_crs(None, allow_override=True).to_parquet(tmp_path / "none.parquet")
    assert read_layer(tmp_path / "boxes.parquet").crs == "EPSG:27700"
    layer = read_layer(tmp_path / "none.parquet")
    assert layer.crs == "EPSG:27700"
    assert layer.crs_evidence.startswith("No reference system is declared")


def test_geoparquet_of_another_kind_gets_one_sentence(tmp_path, three_areas):
    three_areas.explode().to_parquet(tmp_path / "arrow.parquet", geometry_encoding="geoarrow")
    with pytest.raises(UnreadableFileError, match="stores its geometry as polygon"):
        read_layer(tmp_path / "arrow.parquet")
    gpd.pd.DataFrame({"reference": ["A1"]}).to_parquet(tmp_path / "plain.parquet")
    with pytest.raises(UnreadableFileError, match="without geometry"):
        read_layer(tmp_path / "plain.parquet")
