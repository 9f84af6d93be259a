import re
from datetime import date

import pytest
from shapely import Polygon, box

from app.reports import area_report
from app.reports.area_report import area_report_html
from app.verdict import check_area
from geo.reading import Source
from geo.topology import Neighbour

EAST, NORTH = 480_000, 215_000
SOURCE = Source(format="GeoJSON", layer="area", crs="EPSG:27700", crs_evidence="The file says so.", flipped=False)
HOSTILE = "</script><script>alert(`1`)//${x}"


def land(west, south, east, north):
    return box(EAST + west, NORTH + south, EAST + east, NORTH + north)


@pytest.fixture
def verdict():
    areas = [
        Neighbour(reference="A", name=HOSTILE, geometry_bng=land(900, 0, 2000, 1000)),
        Neighbour(reference="B", name="Sliver", geometry_bng=land(-900, 0, 1, 1000)),
    ]
    return check_area(land(0, 0, 1000, 1000), source=SOURCE, on=date(2026, 11, 21), areas=areas)


def test_the_report_says_every_finding_and_needs_nothing_from_elsewhere(verdict, tmp_path, monkeypatch):
    (tmp_path / "leaflet.js").write_text("window.L = {};\n//# sourceMappingURL=leaflet.js.map", encoding="utf-8")
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "layers.png").write_bytes(b"picture")
    (tmp_path / "leaflet.css").write_text(".x{background:url(images/layers.png)}", encoding="utf-8")
    monkeypatch.setattr(area_report, "VENDOR", tmp_path)
    page = area_report_html(verdict, HOSTILE)

    assert not re.findall(r'(?:src|href)="(?:https?:)?//|url\((?!data:)|@import|sourceMappingURL', page)
    assert "alert(`1`)" not in page
    assert "</script><script>alert" not in page
    assert page.count("<li class=") == len(verdict.findings)
    marks = re.findall(r"mark\W{0,3}(?:u0022)?(?:>|\\u003e)(\d+)", page)
    assert sorted(map(int, marks)) == [number for number, found in enumerate(verdict.findings, 1) if found.at_bng]
    assert all(title in page for title in ("Overlaps", "Slivers", "The area", "@media print", "Crown copyright"))


def test_without_the_browser_libraries_the_words_are_still_there(verdict, tmp_path, monkeypatch):
    monkeypatch.setattr(area_report, "VENDOR", tmp_path)
    page = area_report_html(verdict, "Mill End")
    assert "The map is left out: the browser libraries are not installed." in page
    assert page.count("<li class=") == len(verdict.findings)


def test_a_boundary_without_land_has_a_report_without_a_map():
    flat = Polygon([(EAST, NORTH), (EAST + 100, NORTH), (EAST + 50, NORTH), (EAST, NORTH)])
    page = area_report_html(check_area(flat, source=SOURCE, on=date(2026, 11, 21)), "Flat")
    assert "The map is left out" in page
