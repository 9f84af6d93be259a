"""Which reference system coordinates are in, told from evidence."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS, Transformer

from geo.crs import bng_from_wgs84_coordinates, wgs84_from_bng_coordinates
from geo.england import is_in_england, outline_bng
from geo.errors import UnknownFrameError
from geo.frames import bng_geometries, frame_of
from geo.systems import identify

AYLESBURY = np.array([[481_000.0, 213_000.0], [482_000.0, 213_000.0], [482_000.0, 214_000.0]])
LOWESTOFT = np.array([[654_000.0, 292_000.0], [654_500.0, 292_000.0], [654_500.0, 293_000.0]])
SHEFFIELD = np.array([[435_000.0, 387_000.0], [436_000.0, 387_000.0], [436_000.0, 388_000.0]])


def written(bng: np.ndarray, crs: str) -> np.ndarray:
    """Write British grid points in another system, by another road than the code's own."""
    lonlat = wgs84_from_bng_coordinates(bng)
    if crs == "EPSG:27700":
        return bng
    if crs in {"EPSG:4326", "EPSG:4258"}:
        return lonlat
    base = "EPSG:4258" if crs.startswith("EPSG:258") else "EPSG:4326"
    return np.column_stack(Transformer.from_crs(base, crs, always_xy=True).transform(*lonlat.T))


SYSTEMS = ("EPSG:27700", "EPSG:4326", "EPSG:4258", "EPSG:3857", "EPSG:25830", "EPSG:25831", "EPSG:32630", "EPSG:32631")


@pytest.mark.parametrize("flipped", [False, True], ids=["as it should be", "axes exchanged"])
@pytest.mark.parametrize("crs", SYSTEMS)
@pytest.mark.parametrize("place", [AYLESBURY, LOWESTOFT], ids=["Aylesbury", "Lowestoft"])
def test_a_declared_system_is_read_to_the_centimetre(place, crs, flipped):
    points = written(place, crs)[:, ::-1] if flipped else written(place, crs)
    frame = frame_of(points, crs)
    assert frame.flipped is flipped
    assert [finding.code for finding in frame.findings] == (["axes-exchanged"] if flipped else [])
    (moved,), (lost,) = bng_geometries(np.array([shapely.LineString(points)], dtype=object), frame)
    assert not lost
    assert np.abs(shapely.get_coordinates(moved) - place).max() < 0.01


@pytest.mark.parametrize("flipped", [False, True], ids=["as it should be", "axes exchanged"])
@pytest.mark.parametrize("crs", ["EPSG:27700", "EPSG:4326", "EPSG:3857", "EPSG:25830"])
@pytest.mark.parametrize("place", [AYLESBURY, LOWESTOFT], ids=["Aylesbury", "Lowestoft"])
def test_an_undeclared_system_is_told_by_size_and_place(place, crs, flipped):
    points = written(place, crs)[:, ::-1] if flipped else written(place, crs)
    frame = frame_of(points, None)
    assert (frame.crs, frame.flipped) == (crs, flipped)
    assert frame.evidence.startswith("No reference system is declared")
    assert "lie in England" in frame.evidence


def test_grid_coordinates_that_fit_both_ways_are_taken_as_they_stand():
    assert is_in_england(SHEFFIELD[:, ::-1]).all()
    assert frame_of(SHEFFIELD, None).flipped is False


@pytest.mark.parametrize(
    ("points", "declared", "crs"),
    [
        pytest.param(AYLESBURY, "EPSG:4326", "EPSG:27700", id="grid metres declared as degrees"),
        pytest.param(written(AYLESBURY, "EPSG:4326"), "EPSG:27700", "EPSG:4326", id="degrees declared as grid"),
        pytest.param(
            written(AYLESBURY, "EPSG:3857"), "EPSG:4326", "EPSG:3857", id="web map metres declared as degrees"
        ),
    ],
)
def test_evidence_wins_over_a_declaration_and_says_so(points, declared, crs):
    frame = frame_of(points, declared)
    assert frame.crs == crs
    assert [finding.code for finding in frame.findings] == ["reference-system-contradicted"]
    assert declared in frame.evidence
    assert crs in frame.evidence


def test_what_a_person_named_is_not_overruled_but_refused():
    with pytest.raises(UnknownFrameError, match=r"EPSG:4326 .* only as EPSG:27700"):
        frame_of(AYLESBURY, "EPSG:4326", declared_by="You named", is_binding=True)


def test_a_declared_place_outside_england_keeps_its_declaration():
    frame = frame_of(np.array([[-3.19, 55.95], [-3.18, 55.95]]), "EPSG:4326")
    assert frame.crs == "EPSG:4326"
    assert "do not lie in England" in frame.evidence


def test_coordinates_that_fit_nothing_are_refused():
    with pytest.raises(UnknownFrameError, match="say which it is"):
        frame_of(np.array([[0.0, 0.0], [10.0, 10.0]]), None)


@pytest.mark.parametrize(
    ("declared", "crs"),
    [
        ("EPSG:27700", "EPSG:27700"),
        ("27700", "EPSG:27700"),
        ("urn:ogc:def:crs:EPSG::27700", "EPSG:27700"),
        ("http://www.opengis.net/gml/srs/epsg.xml#27700", "EPSG:27700"),
        ("http://www.opengis.net/def/crs/EPSG/0/27700", "EPSG:27700"),
        ("EPSG:7405", "EPSG:27700"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "EPSG:4326"),
        ("EPSG:900913", "EPSG:3857"),
        ("ESRI:102100", "EPSG:3857"),
        ("EPSG:3042", "EPSG:25830"),
        (CRS.from_epsg(27700).to_wkt("WKT1_ESRI"), "EPSG:27700"),
        (CRS.from_epsg(27700).to_json(), "EPSG:27700"),
        (CRS.from_epsg(25831).to_wkt(), "EPSG:25831"),
    ],
)
def test_a_declaration_is_understood_in_any_notation(declared, crs):
    assert identify(declared) == crs


def test_the_british_grid_is_known_by_its_parameters_without_a_code_or_a_usual_name():
    wkt = (
        CRS.from_epsg(27700)
        .to_wkt("WKT1_ESRI")
        .replace("British_National_Grid", "Custom")
        .replace("GCS_OSGB_1936", "X")
    )
    assert identify(wkt.replace("D_OSGB_1936", "Unknown")) == "EPSG:27700"


@pytest.mark.parametrize(
    ("declared", "named"),
    [
        ("EPSG:29902", "Irish Grid"),
        ("EPSG:2157", "Irish Transverse Mercator"),
        ("EPSG:4277", "OSGB36"),
        ("EPSG:32629", "UTM zone 29N"),
        ("EPSG:999999", "EPSG:999999"),
        ("the usual one", "the usual one"),
    ],
)
def test_any_other_system_is_refused_by_name(declared, named):
    with pytest.raises(UnknownFrameError, match=named):
        identify(declared)


def test_points_that_are_not_numbers_stay_and_points_off_the_grid_are_told():
    whole, far = shapely.LineString([(-1, 52), (-1, 53)]), shapely.LineString([(-1, 52), (20, 52)])
    with np.errstate(invalid="ignore"):
        holed = shapely.LineString([(-1, 52), (np.nan, 52), (-1, 53)])
    frame = frame_of(shapely.get_coordinates(whole), "EPSG:4326")
    moved, lost = bng_geometries(np.array([whole, far, holed], dtype=object), frame)
    assert lost.tolist() == [False, True, False]
    assert np.isnan(shapely.get_coordinates(moved[2])).any(axis=1).tolist() == [False, True, False]


@given(st.floats(330_000, 600_000), st.floats(110_000, 380_000))
@settings(max_examples=200)
def test_degrees_in_the_middle_of_england_come_back_where_they_were(east, north):
    point = np.array([[east, north]])
    again = bng_from_wgs84_coordinates(wgs84_from_bng_coordinates(point))
    assert np.abs(again - point).max() < 0.002


@pytest.mark.parametrize(
    ("name", "east", "north", "expected"),
    [
        ("Berwick", 399_000, 653_000, True),
        ("Penzance", 147_000, 30_000, True),
        ("St Mary's, Scilly", 91_000, 10_500, True),
        ("Lowestoft Ness", 655_500, 293_700, True),
        ("Dover", 632_000, 141_000, True),
        ("Edinburgh", 325_000, 673_000, False),
        ("Cardiff", 318_000, 176_000, False),
        ("Aberystwyth", 258_000, 281_000, False),
        ("Calais", 658_000, 110_000, False),
    ],
)
def test_the_outline_holds_england_and_little_else(name, east, north, expected):
    assert is_in_england(np.array([[east, north]]))[0] == expected, name


@pytest.mark.real_data
def test_the_outline_holds_every_parish(real_data):
    columns = (real_data / "national" / "parishes_england_2022_names_codes.csv").read_text(encoding="utf-8-sig")
    header, *rows = [line.split(",") for line in columns.splitlines()]
    east, north = header.index("BNG_E"), header.index("BNG_N")
    points = np.array([[row[east - len(header)], row[north - len(header)]] for row in rows], dtype=np.float64)
    assert len(points) == 10_480
    assert is_in_england(points).all()
    assert shapely.is_valid(outline_bng())
