"""What people bring to the editor: four ways of drawing, each to a designated area; files dropped; places looked up."""

import numpy as np
import pytest

from geo.crs import bng_from_wgs84_coordinates

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CLERK = "volunteer-editor"
# In Ashmarsh, where no other test has an area designated.
WEST, SOUTH, SIDE = 364_300, 275_600, 200
STATEMENT = "The area is where the people of the parish live and meet, and no line but this one is known to them."


def corners(number):
    """Four corners of open land, apart from the land of the others."""
    west, south = WEST + number * (SIDE + 40), SOUTH
    return [(west, south), (west + SIDE, south), (west + SIDE, south + SIDE), (west, south + SIDE)]


def by_mouse(clerk, ring):
    clerk.look_at(f"{ring[0][0] + SIDE / 2}, {ring[0][1] + SIDE / 2}")
    for corner in [*ring, ring[0]]:
        clerk.click(*corner)


def by_touch(clerk, ring):
    clerk.look_at(f"{ring[0][0] + SIDE / 2}, {ring[0][1] + SIDE / 2}")
    for corner in ring:
        clerk.tap(*corner)
    clerk.page.locator('[data-act="finish"]').tap()


def by_clicks(clerk, ring):
    clerk.look_at(f"{ring[0][0] + SIDE / 2}, {ring[0][1] + SIDE / 2}")
    for corner in ring[:3]:
        clerk.click(*corner)
    clerk.act("finish")
    clerk.until("document.getElementById('count').textContent === '3'")
    clerk.tool("insert")
    clerk.click(ring[0][0] + SIDE / 2, ring[0][1] + SIDE / 2)
    clerk.until("document.getElementById('count').textContent === '4'")
    clerk.click(*ring[3])
    clerk.until("document.getElementById('count').textContent === '5'")
    clerk.act("undo")
    clerk.tool("select")
    clerk.click(*clerk.boundary[0][0][3])
    clerk.click(*ring[3])


def by_keyboard(clerk, ring):
    keys = clerk.page.keyboard
    clerk.page.focus("#place")
    for easting, northing in ring:
        clerk.page.fill("#place", f"{easting} {northing}")
        keys.press("Enter")
        clerk.page.wait_for_timeout(40)
    clerk.page.focus('[data-act="finish"]')
    keys.press("Enter")


WAYS = {"mouse": by_mouse, "touch": by_touch, "clicks": by_clicks, "keyboard": by_keyboard}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_drawing_leads_to_a_designated_area(drawer, officer, way):
    phone = {"width": 375, "height": 800, "has_touch": True, "is_mobile": True} if way == "touch" else {}
    clerk = drawer(CLERK, **phone).open("/apply/draw?how=draw")
    clerk.page.evaluate("document.getElementById('snapping').click()")
    WAYS[way](clerk, corners(list(WAYS).index(way)))
    clerk.until("document.getElementById('count').textContent === '4'")
    clerk.page.fill("#draft-name", f"By {way}")
    clerk.page.focus('[data-act="save"]')
    clerk.page.keyboard.press("Enter")
    clerk.until("document.getElementById('kept').dataset.state === 'saved'")
    reference = clerk.page.url.split("/")[-2]
    kept = clerk.page.request.get(f"{clerk.base}/api/v1/drafts/{reference}/versions/1").json()
    assert kept["origin"] == "own"
    applied = officer(
        "/areas",
        {
            "name": f"By {way}",
            "applicant_kind": "parish",
            "applicant_name": "Ashmarsh Parish Council",
            "applicant_parish_code": "E04999006",
            "statement": STATEMENT,
            "body_statement": "We are the parish council of the whole of this land.",
            "map_scale": 10_000,
            "received_on": "2026-10-01",
            "boundary": kept["boundary"],
        },
    )
    assert applied.ok, applied.text()
    path = f"/areas/{applied.json()['reference']}"
    assert officer(f"{path}/publicity", {"publicised_on": "2026-10-05", "closes_on": "2026-11-17"}).ok
    decided = officer(
        f"{path}/decisions",
        {
            "authority_code": "E07999001",
            "outcome": "designate",
            "decided_on": "2026-11-20",
            "reasons": "Appropriate.",
            "business_area_reasons": "Homes and fields.",
        },
    )
    assert decided.ok, decided.text()
    assert decided.json()["status"] == "designated"
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_a_place_is_found_by_keys_alone_announced_shown_and_marked_with_a_point(drawer):
    clerk = drawer().open("/apply/draw?how=draw")
    keys = clerk.page.keyboard
    clerk.page.focus("#search")
    keys.type("kelderst")
    clerk.until("document.querySelectorAll('#found button').length === 1")
    assert "1 place found: Kelderstow, parish" in clerk.said()
    keys.press("Enter")
    clerk.until("document.getElementById('spoken').textContent.includes('The map shows Kelderstow')")
    left, top = clerk.at(354_785, 272_959)
    box = clerk.page.locator("#map").bounding_box()
    assert box["x"] < left < box["x"] + box["width"]
    assert box["y"] < top < box["y"] + box["height"]
    for place in ("SO 60000 80000", "SO 60500 80000", "SO 60500 80500"):
        clerk.page.fill("#search", place)
        keys.press("Enter")
        clerk.until(f"document.getElementById('spoken').textContent.includes('The map shows {place}')")
        keys.press("Enter")
    clerk.act("finish")
    clerk.until("document.getElementById('count').textContent === '3'")
    assert clerk.boundary == [[[[360_000, 280_000], [360_500, 280_000], [360_500, 280_500]]]]
    clerk.page.fill("#search", "Atlantis")
    clerk.until("document.getElementById('spoken').textContent.includes('Nothing here is called “Atlantis”')")
    clerk.settled()
    assert "adults live here" in clerk.page.inner_text("#people")
    assert "estimate" in clerk.page.inner_text("#people-warning")
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_parts_that_touch_are_joined_into_one(drawer):
    clerk = drawer().open("/apply/draw?how=draw")
    for west in (WEST, WEST + SIDE):
        if west > WEST:
            clerk.tool("draw")
        for easting, northing in (
            (west, SOUTH),
            (west + SIDE, SOUTH),
            (west + SIDE, SOUTH + SIDE),
            (west, SOUTH + SIDE),
        ):
            clerk.type_place(f"{easting}, {northing}")
        clerk.act("finish")
        clerk.page.wait_for_timeout(60)
    assert len(clerk.boundary) == 2
    clerk.act("merge")
    clerk.until("document.getElementById('map').boundary().length === 1")
    assert "Parts joined" in clerk.said()
    clerk.settled()
    assert clerk.page.inner_text("#hectares") == "8"


def test_current_areas_are_on_at_first_and_each_layer_is_switched(drawer):
    clerk = drawer().open("/apply/draw")
    clerk.page.click("#layers-pane summary")
    on = {
        each.inner_text().strip(): each.locator("input").is_checked()
        for each in clerk.page.locator("#layers label").all()
    }
    assert on == {
        "Current neighbourhood areas": True,
        "Parishes": True,
        "Planning authorities": True,
        "Wards": False,
        "Polling districts": False,
        "Output areas": False,
    }
    assert clerk.page.locator(".fm-name__text--area").count() > 3
    clerk.page.get_by_label("Current neighbourhood areas").uncheck()
    clerk.until("document.querySelectorAll('.fm-name__text--area').length === 0")
    with clerk.page.expect_request("**/layers/ward?*"):
        clerk.page.get_by_label("Wards").check()


DOT = (-2.585, 52.4235)
"""A longitude and latitude at which the tiles below hold a red dot."""


def tile_with_dot(route):
    """A tile of web Mercator, blank but for the dot where it falls into it."""
    level, x, y = (int(each) for each in route.request.url.split("/tiles/")[1].removesuffix(".svg").split("/"))
    wide = 256 * 2**level
    left = (DOT[0] + 180) / 360 * wide - 256 * x
    top = (1 - np.arcsinh(np.tan(np.radians(DOT[1]))) / np.pi) / 2 * wide - 256 * y
    dot = f'<circle cx="{left}" cy="{top}" r="6" fill="#f00"/>'
    paper = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#fff"/>'
    )
    route.fulfill(body=f"{paper}{dot}</svg>", content_type="image/svg+xml")


RED_AT = """([x, y]) => {
    let red = 0
    for (const tile of document.querySelectorAll('.fm-base-tile')) {
        const box = tile.getBoundingClientRect()
        const [u, v] = [(x - box.left) * 256 / box.width, (y - box.top) * 256 / box.height]
        if (u < 0 || v < 0 || u >= 256 || v >= 256) continue
        const [r, g, b, a] = tile.getContext('2d').getImageData(u, v, 1, 1).data
        if (a > 200 && r > 200 && g < 80 && b < 80) red += 1
    }
    return red
}"""


def test_a_base_map_lies_straight_on_the_grid_with_its_attribution(drawer):
    clerk = drawer()
    settings = 'data-base-map="/tiles/{z}/{x}/{y}.svg" data-base-map-attribution="Invented tiles"'

    def with_base_map(route):
        answer = route.fetch()
        plain = 'data-base-map="" data-base-map-attribution=""'
        assert plain in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(plain, settings))

    clerk.page.route("**/tiles/**", tile_with_dot)
    clerk.page.route("**/apply/draw", with_base_map)
    clerk.open("/apply/draw")
    (dot,) = bng_from_wgs84_coordinates(np.array([DOT])).tolist()
    for zoom_ins in (0, 6):
        clerk.page.evaluate(
            "([e, n, by]) => { const { map } = document.getElementById('map');"
            " map.setView([n, e], map.getZoom() + by / 2, { animate: false }) }",
            [*dot, zoom_ins],
        )
        where = clerk.at(*dot)
        clerk.until(f"({RED_AT})({where})")
        near = [clerk.page.evaluate(RED_AT, [where[0] + dx, where[1] + dy]) for dx, dy in ((25, 0), (0, 25), (-25, 0))]
        assert near == [0, 0, 0]
    assert "Invented tiles" in clerk.page.inner_text(".leaflet-control-attribution")
    clerk.page.click("#layers-pane summary")
    clerk.page.get_by_label("Base map").uncheck()
    assert clerk.page.locator(".fm-base-tile").count() == 0
    assert [each for each in clerk.noises if "willReadFrequently" not in each] == []
    assert clerk.strangers == []
