"""KML and GML in the shapes people write them."""

import pytest
import shapely

from geo.errors import BoundaryError, UnreadableFileError
from geo.reading import read_layer

OPEN = "-1.0,52.0 -0.99,52.0 -0.99,52.01 -1.0,52.01"
CLOSED = f"{OPEN} -1.0,52.0"
CORNERS = "478000 222000 479000 222000 479000 223000"


def kml(coordinates: str, *, before: str = "", prefix: str = "", namespace: str = "opengis.net/kml/2.2") -> str:
    p = f"{prefix}:" if prefix else ""
    declared = f" xmlns{':' if prefix else ''}{prefix}='http://www.{namespace}'" if namespace else ""
    return (
        f"<?xml version='1.0'?><{p}kml{declared}><{p}Document><{p}name>Areas</{p}name>{before}"
        f"<{p}Placemark><{p}name>Ash</{p}name><{p}Polygon><{p}outerBoundaryIs><{p}LinearRing><{p}coordinates>{coordinates}"
        f"</{p}coordinates></{p}LinearRing></{p}outerBoundaryIs></{p}Polygon></{p}Placemark></{p}Document></{p}kml>"
    )


KML = {
    "plain": (kml(CLOSED), [], True),
    "with a prefix": (kml(CLOSED, prefix="k"), [], True),
    "without a namespace": (kml(CLOSED, namespace=""), [], True),
    "an older namespace": (kml(CLOSED, namespace="google.com/kml/2.1"), [], True),
    "heights": (kml(CLOSED.replace(" ", ",30 ") + ",30"), ["heights-dropped"], True),
    "an open ring": (kml(OPEN), ["ring-not-closed"], False),
    "not a number": (kml(CLOSED.replace("-0.99,52.0 ", "nan,52.0 ")), [], False),
    "a link to elsewhere": (
        kml(CLOSED, before="<NetworkLink><Link><href>http://127.0.0.1:9/other.kml</href></Link></NetworkLink>"),
        [],
        True,
    ),
}


@pytest.mark.parametrize("name", KML)
def test_kml_is_read_however_it_is_written(tmp_path, name):
    text, codes, is_valid = KML[name]
    (tmp_path / "a.kml").write_text(text, encoding="utf-8")
    layer = read_layer(tmp_path / "a.kml")
    (feature,) = layer.features
    assert (feature.name, feature.is_valid) == ("Ash", is_valid)
    assert [finding.code for finding in (*layer.notices, *feature.findings)] == codes


def polygon(ring: str, srs: str = "urn:ogc:def:crs:EPSG::27700") -> str:
    named = f" srsName='{srs}'" if srs else ""
    return f"<gml:Polygon{named}><gml:exterior>{ring}</gml:exterior></gml:Polygon>"


def ring(positions: str) -> str:
    return f"<gml:LinearRing><gml:posList>{positions}</gml:posList></gml:LinearRing>"


def gml(geometry: str) -> str:
    return (
        "<?xml version='1.0'?><wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs/2.0' "
        "xmlns:gml='http://www.opengis.net/gml/3.2' xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:a='http://a'>"
        f"<wfs:member><a:area gml:id='a.1'><a:name>Ash</a:name><a:geom>{geometry}</a:geom></a:area></wfs:member>"
        "</wfs:FeatureCollection>"
    )


FIELD = ring(f"{CORNERS} 478000 222000")
LONLAT, LATLON = ring("-1 52 -0.9 52 -0.9 52.1 -1 52"), ring("52 -1 52 -0.9 52.1 -0.9 52 -1")
GML = {
    "plain": (polygon(FIELD), "EPSG:27700", []),
    "without a reference system": (polygon(FIELD, ""), "EPSG:27700", []),
    "latitude first, as its system says": (polygon(LATLON, "urn:ogc:def:crs:EPSG::4326"), "EPSG:4326", []),
    "longitude first, as an older form says": (
        polygon(LONLAT, "http://www.opengis.net/gml/srs/epsg.xml#4326"),
        "EPSG:4326",
        [],
    ),
    "longitude first against its system": (
        polygon(LONLAT, "urn:ogc:def:crs:EPSG::4326"),
        "EPSG:4326",
        ["axes-exchanged"],
    ),
    "an open ring": (polygon(ring(CORNERS)), "EPSG:27700", ["ring-not-closed"]),
    "a surface of patches": (
        (
            "<gml:Surface srsName='urn:ogc:def:crs:EPSG::27700'><gml:patches><gml:PolygonPatch><gml:exterior>"
            f"{FIELD}</gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>"
        ),
        "EPSG:27700",
        [],
    ),
}


@pytest.mark.parametrize("name", GML)
def test_gml_is_read_however_it_is_written(tmp_path, name):
    geometry, crs, codes = GML[name]
    (tmp_path / "a.gml").write_text(gml(geometry), encoding="utf-8")
    layer = read_layer(tmp_path / "a.gml")
    (feature,) = layer.features
    assert (feature.name, layer.crs, layer.flipped) == ("Ash", crs, codes == ["axes-exchanged"])
    assert [finding.code for finding in (*layer.notices, *feature.findings)] == codes
    assert shapely.area(feature.geometry_bng) > 400_000


def test_arcs_in_gml_are_refused(tmp_path):
    curve = (
        "<gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Arc><gml:posList>478000 222000 478500 222500 479000 "
        "222000</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList>479000 222000 478000 222000</gml:posList>"
        "</gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:Ring>"
    )
    (tmp_path / "a.gml").write_text(gml(polygon(curve)), encoding="utf-8")
    with pytest.raises(BoundaryError, match="arcs"):
        read_layer(tmp_path / "a.gml")


def test_a_link_in_gml_is_not_followed(tmp_path):
    (tmp_path / "other.gml").write_text(f"<a xmlns:gml='http://www.opengis.net/gml/3.2'>{FIELD}</a>", encoding="utf-8")
    link = "<gml:Polygon><gml:exterior xlink:href='other.gml#r'/></gml:Polygon>"
    (tmp_path / "a.gml").write_text(gml(link), encoding="utf-8")
    layer = read_layer(tmp_path / "a.gml")
    assert layer.features[0].geometry_bng.is_empty
    assert layer.crs_evidence.startswith("There are no coordinates")


def test_a_collection_without_features(tmp_path):
    (tmp_path / "a.gml").write_text("<FeatureCollection xmlns:gml='http://www.opengis.net/gml'/>", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="no layer with geometry"):
        read_layer(tmp_path / "a.gml")
