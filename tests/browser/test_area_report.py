"""The report on an area, one file opened in a real browser with no network at all."""

from datetime import date

import pytest
from shapely import box

from app.reports.area_report import write_area_report
from app.verdict import check_area
from geo.reading import Source
from geo.topology import Authority, Neighbour, Parish
from referendum.designation import Applicant, ApplicantKind

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EAST, NORTH = 480_000, 215_000
SOURCE = Source(format="GeoJSON", layer="area", crs="EPSG:27700", crs_evidence="The file says so.", flipped=False)
WIDTHS = (375, 1440)


def land(west, south, east, north):
    return box(EAST + west, NORTH + south, EAST + east, NORTH + north)


@pytest.fixture(scope="module")
def verdict():
    """An area with an overlap to the east, a sliver to the west and a gap to the north, in two parishes.

          +-----gap-----+
          |             |
    sliver|    area     |=== overlap
          +-------------+
    """
    return check_area(
        land(0, 0, 1000, 1000),
        source=SOURCE,
        on=date(2026, 11, 21),
        applicant=Applicant(kind=ApplicantKind.PARISH, parish_code="P1"),
        areas=[
            Neighbour(reference="NA-000001", name="Easterly", geometry_bng=land(800, -100, 2000, 900)),
            Neighbour(reference="NA-000002", name="Westerly", geometry_bng=land(-900, 0, 1.5, 1000)),
            Neighbour(reference="NA-000003", name="Northerly", geometry_bng=land(0, 1001, 1000, 1800)),
        ],
        parishes=[
            Parish(reference="P1", name="Alder", geometry_bng=land(-300, -300, 600, 1900), has_council=True),
            Parish(reference="P2", name="Birch", geometry_bng=land(600, -300, 1900, 1900), has_council=True),
        ],
        authorities=[Authority(reference="L1", name="Elmshire", geometry_bng=land(-5000, -5000, 5000, 5000))],
    )


@pytest.fixture(scope="module")
def report(verdict, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_area_report(verdict, "Mill End", path)
    return path


@pytest.fixture
def opened(browser, report):
    """Open the report offline at a width; returns the page, what it asked for and what it complained of."""
    contexts = []

    def open_at(width):
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        contexts.append(context)
        page, asked, noises = context.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: noises.append(str(error)))
        page.on("console", lambda message: noises.append(message.text))
        page.goto(report.as_uri())
        page.wait_for_selector("path.leaflet-interactive")
        return page, [url for url in asked if not url.startswith("data:") and url != report.as_uri()], noises

    yield open_at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_report_opens_without_a_network_quietly_and_whole(opened, axe, pictures, width):
    page, asked, noises = opened(width)
    page.screenshot(path=pictures / f"area-report-{width}.png", full_page=True)
    assert (asked, noises) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [f"{each['id']} at {each['nodes'][0]['target']}" for each in found] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_place_has_its_numbered_mark_in_sight(opened, verdict, width):
    page, _, _ = opened(width)
    marks = page.locator(".mark")
    numbers = [int(part) for text in marks.all_inner_texts() for part in text.split(",")]
    listed = page.locator(".findings li").all_inner_texts()
    placed = [found for found in verdict.findings if found.at_bng is not None]
    assert sorted(numbers) == [number for number, text in enumerate(listed, 1) if "(at " in text]
    assert len(numbers) == len(placed) >= 4
    frame = page.locator(".folium-map").bounding_box()
    for mark in marks.all():
        place = mark.bounding_box()
        assert frame["x"] <= place["x"] <= frame["x"] + frame["width"] - place["width"]
        assert frame["y"] <= place["y"] <= frame["y"] + frame["height"] - place["height"]


def test_layers_can_be_put_away_and_the_key_names_what_is_drawn(opened):
    page, _, _ = opened(1440)
    drawn = ["Planning authorities", "Parishes", "Current areas", "The area", "Left after a refusal", "Overlaps"]
    assert page.locator(".key li").all_inner_texts() == [*drawn, "Slivers", "Gaps"]
    before = page.locator("path.leaflet-interactive").count()
    page.locator(".leaflet-control-layers").hover()
    page.get_by_role("checkbox", name="Parishes").uncheck()
    assert page.locator("path.leaflet-interactive").count() == before - 2


def test_on_paper_the_buttons_go_and_map_and_findings_stay(opened, pictures):
    page, _, _ = opened(1440)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 760, "height": 1000})
    page.screenshot(path=pictures / "area-report-print.png", full_page=True)
    assert not page.locator(".leaflet-control-zoom").is_visible()
    assert not page.locator(".leaflet-control-layers").is_visible()
    assert page.locator(".mark").first.is_visible()
    assert page.locator(".findings li").first.is_visible()
    assert "Crown copyright" in page.locator("footer").inner_text()
