"""A boundary drawn in a real browser: by mouse, by touch, by single clicks, by keyboard; kept, taken back, shared."""

import base64
import json

import numpy as np
import pytest
import shapely

from geo.crs import bng_from_wgs84_coordinates

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CLERK = "volunteer-editor"
SIGNATORY = "volunteer-signatory"
OPEN_LAND = [(359_650, 281_050), (359_850, 281_050), (359_850, 281_250), (359_650, 281_250)]


def ring_of(drawer):
    ((ring,),) = drawer.boundary
    return [tuple(point) for point in ring]


def is_near(points, expected, metres):
    return len(points) == len(expected) and all(
        abs(a[0] - b[0]) <= metres and abs(a[1] - b[1]) <= metres for a, b in zip(points, expected, strict=True)
    )


def off(drawer):
    """Snapping off, so that clicks stay where they are."""
    drawer.page.click("#layers-pane summary")
    drawer.page.uncheck("#snapping")


def test_a_whole_parish_is_taken_in_one_action_and_stored_as_it_is(drawer):
    clerk = drawer(CLERK)
    clerk.page.goto(clerk.base + "/apply")
    clerk.page.get_by_role("button", name="Take the whole parish of Nether Wendle").click()
    clerk.ready()
    assert "must designate" in clerk.page.inner_text("#route") or clerk.settled()
    assert clerk.page.inner_text("#hectares") == "1,584.46"
    assert "Version 1 saved" in clerk.page.inner_text("#kept")
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_by_mouse_a_part_is_drawn_a_point_dragged_and_a_version_saved(drawer, pictures):
    clerk = drawer(CLERK).open("/apply/draw?how=draw")
    clerk.look_at("359750, 281150")
    off(clerk)
    for corner in [*OPEN_LAND, OPEN_LAND[0]]:
        clerk.click(*corner)
    assert is_near(ring_of(clerk), OPEN_LAND, 3)
    assert clerk.settled()
    at = clerk.at(*ring_of(clerk)[2])
    clerk.page.mouse.move(*at)
    clerk.page.mouse.down()
    clerk.page.mouse.move(at[0] + 20, at[1] - 10, steps=5)
    clerk.page.mouse.move(at[0] + 40, at[1] - 20, steps=5)
    clerk.page.mouse.up()
    clerk.page.wait_for_timeout(100)
    moved = ring_of(clerk)
    assert moved[2][0] > 359_880
    assert moved[2][1] > 281_260
    assert "Point 3 moved" in clerk.said()
    clerk.settled()
    clerk.page.screenshot(path=pictures / "drawing-mouse-1440.png")
    clerk.page.fill("#draft-name", "By mouse")
    clerk.save()
    assert clerk.page.url.endswith("/draw")
    assert "ND-" in clerk.page.url
    clerk.page.reload()
    clerk.ready()
    assert ring_of(clerk) == moved
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_by_touch_on_a_phone(drawer, pictures):
    clerk = drawer(CLERK, width=375, height=800, has_touch=True, is_mobile=True).open("/apply/draw?how=draw")
    clerk.look_at("359750, 281150")
    clerk.page.click("#layers-pane summary")
    clerk.page.uncheck("#snapping")
    clerk.page.locator("#map").scroll_into_view_if_needed()
    for corner in OPEN_LAND:
        clerk.tap(*corner)
    clerk.page.screenshot(path=pictures / "drawing-touch-375.png")
    clerk.page.locator('[data-act="finish"]').tap()
    clerk.page.wait_for_timeout(100)
    assert is_near(ring_of(clerk), OPEN_LAND, 3)
    clerk.page.locator("#map").scroll_into_view_if_needed()
    clerk.tap(*ring_of(clerk)[0])
    assert "Point 1 of 4 chosen" in clerk.said()
    clerk.tap(359_630, 281_000)
    assert is_near(ring_of(clerk)[:1], [(359_630, 281_000)], 3)
    clerk.page.locator("#draft-name").fill("By touch")
    clerk.page.locator('[data-act="save"]').tap()
    clerk.until("document.getElementById('kept').dataset.state === 'saved'")
    assert clerk.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    clerk.page.screenshot(path=pictures / "drawing-touched-375.png", full_page=True)
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_by_single_clicks_only_points_are_placed_moved_added_and_deleted(drawer):
    clerk = drawer().open("/apply/draw?how=draw")
    clerk.look_at("359750, 281150")
    off(clerk)
    for corner in OPEN_LAND:
        clerk.click(*corner)
    clerk.act("finish")
    clerk.page.wait_for_timeout(60)
    clerk.click(*ring_of(clerk)[1])
    clerk.click(359_900, 281_000)
    assert is_near(ring_of(clerk)[1:2], [(359_900, 281_000)], 3)
    clerk.tool("insert")
    clerk.click(359_750, 281_250)
    assert clerk.points == 5
    clerk.act("delete")
    assert clerk.points == 4
    clerk.tool("select")
    clerk.click(*ring_of(clerk)[0])
    for name in ("north", "east", "east", "south"):
        clerk.act(name)
    assert is_near(ring_of(clerk)[:1], [(OPEN_LAND[0][0] + 2, OPEN_LAND[0][1])], 3)
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_by_keyboard_only_from_nothing_to_a_moved_point(drawer, pictures):
    clerk = drawer().open("/apply/draw?how=draw")
    keys = clerk.page.keyboard
    clerk.page.focus("#place")
    for easting, northing in OPEN_LAND:
        clerk.page.fill("#place", f"{easting}, {northing}")
        keys.press("Enter")
        clerk.page.wait_for_timeout(40)
    clerk.page.focus('[data-act="finish"]')
    keys.press("Enter")
    clerk.page.wait_for_timeout(60)
    assert ring_of(clerk) == [tuple(map(float, corner)) for corner in OPEN_LAND]
    clerk.page.focus("#map")
    keys.press("n")
    assert "Point 1 of 4 chosen, at SO 59650 81050" in clerk.said()
    keys.press("Alt+ArrowUp")
    keys.press("Alt+ArrowRight")
    assert ring_of(clerk)[0] == (359_651, 281_051)
    keys.press("n")
    keys.press("Delete")
    assert clerk.points == 3
    clerk.page.screenshot(path=pictures / "drawing-keyboard-1440.png")
    keys.press("Control+z")
    assert clerk.points == 4
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_the_cross_in_the_middle_clicks_for_the_keyboard(drawer):
    clerk = drawer().open("/apply/draw?how=draw")
    keys = clerk.page.keyboard
    clerk.look_at("359750, 281150")
    off(clerk)
    clerk.page.focus("#map")
    for moves in ((), ("ArrowRight",) * 4, ("ArrowUp",) * 4):
        for move in moves:
            keys.press(move)
        keys.press("Enter")
        clerk.page.wait_for_timeout(40)
    clerk.page.keyboard.press("Tab")
    clerk.act("finish")
    clerk.page.wait_for_timeout(60)
    first, second, third = ring_of(clerk)
    assert first == pytest.approx((359_750, 281_150), abs=3)
    assert second[0] > first[0] + 100
    assert second[1] == pytest.approx(first[1], abs=1)
    assert third[1] > second[1] + 100


def test_the_table_of_points_and_the_map_are_always_in_step(drawer, pictures):
    clerk = drawer().open("/apply/draw?parish=E04999008")
    clerk.page.click("#points-pane summary")
    before = ring_of(clerk)
    row = clerk.page.locator("#points li").nth(2)
    row.get_by_role("button", name="Choose point 3").click()
    assert "Point 3 of 96 chosen" in clerk.said()
    field = clerk.page.get_by_label("Point 3", exact=True)
    field.fill("SO 60000 80000")
    field.press("Enter")
    clerk.page.wait_for_timeout(60)
    after = ring_of(clerk)
    assert after[2] == (360_000, 280_000)
    assert after[:2] + after[3:] == before[:2] + before[3:]
    field.fill("52.42, -2.59")
    field.press("Enter")
    clerk.until("!document.getElementById('spoken').textContent.includes('60000 80000')")
    (expected,) = bng_from_wgs84_coordinates(np.array([[-2.59, 52.42]]))
    assert ring_of(clerk)[2] == pytest.approx(tuple(expected), abs=0.001)
    field.fill("behind the church")
    field.press("Enter")
    clerk.page.wait_for_selector("#place-error:not(:empty)")
    clerk.page.screenshot(path=pictures / "drawing-table-1440.png")


def test_a_hundred_steps_are_taken_back_also_after_a_reload(drawer):
    clerk = drawer().open("/apply/draw?how=draw")
    for corner in OPEN_LAND:
        clerk.type_place(f"{corner[0]}, {corner[1]}")
    clerk.act("finish")
    clerk.page.wait_for_timeout(60)
    clerk.page.focus("#map")
    clerk.page.keyboard.press("n")
    clerk.press("Alt+ArrowUp", 105)
    assert ring_of(clerk)[0] == (359_650, 281_155)
    clerk.page.wait_for_timeout(200)
    clerk.page.goto(clerk.base + "/apply/draw")
    clerk.ready()
    assert ring_of(clerk)[0] == (359_650, 281_155)
    clerk.page.focus("#map")
    clerk.press("Control+z", 105)
    assert ring_of(clerk)[0] == (359_650, 281_050)
    clerk.press("Control+y", 105)
    assert ring_of(clerk)[0] == (359_650, 281_155)


def test_untouched_points_are_the_same_bytes_in_the_database(drawer, drawing_service):
    clerk = drawer(CLERK)
    clerk.page.goto(clerk.base + "/apply")
    clerk.page.get_by_role("button", name="Take the whole parish of Nether Wendle").click()
    clerk.ready()
    clerk.page.focus("#map")
    clerk.page.keyboard.press("n")
    clerk.page.keyboard.press("Alt+ArrowUp")
    clerk.save()
    reference = clerk.page.url.split("/")[-2]
    one, two = (
        clerk.page.evaluate(f"fetch('/api/v1/drafts/{reference}/versions/{number}').then(a => a.text())")
        for number in (1, 2)
    )
    first, second = (json.loads(each)["boundary"]["coordinates"][0][0] for each in (one, two))
    moved = [at for at, (a, b) in enumerate(zip(first[:-1], second[:-1], strict=True)) if a != b]
    assert len(moved) == 1
    assert second[moved[0]][1] - first[moved[0]][1] == pytest.approx(1, abs=0.0011)


def test_without_a_connection_work_is_kept_and_saved_when_it_is_back(drawer):
    clerk = drawer(CLERK)
    clerk.page.goto(clerk.base + "/apply")
    clerk.page.get_by_role("button", name="Take the whole parish of Nether Wendle").click()
    clerk.ready()
    clerk.page.context.set_offline(True)
    clerk.page.focus("#map")
    clerk.page.keyboard.press("n")
    clerk.page.keyboard.press("Alt+ArrowUp")
    clerk.act("save")
    clerk.until("document.getElementById('kept').dataset.state === 'waiting'")
    assert "saved as soon as there is one" in clerk.said()
    clerk.page.context.set_offline(False)
    clerk.until("document.getElementById('kept').dataset.state === 'saved'")
    assert "Version 2 saved" in clerk.page.inner_text("#kept")
    assert [each for each in clerk.noises if "ERR_INTERNET_DISCONNECTED" not in each] == []


def test_two_at_once_are_told_and_neither_loses_anything(drawer, pictures):
    clerk, other = drawer(CLERK), drawer(SIGNATORY)
    clerk.page.goto(clerk.base + "/apply")
    clerk.page.get_by_role("button", name="Take the whole parish of Nether Wendle").click()
    clerk.ready()
    other.open(clerk.page.url.removeprefix(clerk.base))
    assert f"{CLERK} has this boundary open as well" in other.page.inner_text("#notices")
    for each, steps in ((clerk, 1), (other, 2)):
        each.page.focus("#map")
        each.page.keyboard.press("n")
        for _ in range(steps):
            each.page.keyboard.press("Alt+ArrowUp")
    clerk.save()
    other.act("save")
    other.page.wait_for_selector("#notice-newer")
    assert f"{CLERK} has saved version 2" in other.page.inner_text("#notices")
    other.page.screenshot(path=pictures / "drawing-two-1440.png")
    mine = other.boundary
    other.page.get_by_role("button", name="Keep mine as the newest").click()
    other.until("document.getElementById('kept').textContent.includes('Version 3 saved')")
    assert other.boundary == mine
    clerk.page.evaluate("window.dispatchEvent(new Event('focus'))")
    clerk.page.wait_for_selector("#notice-newer")
    clerk.page.get_by_role("button", name="Take theirs").click()
    assert clerk.boundary == mine
    clerk.page.click("#versions-pane summary")
    assert "409" in " ".join(other.noises)
    assert [each for each in other.noises if "409" not in each] == []


def test_an_older_version_is_brought_back_as_a_new_one(drawer):
    clerk = drawer(CLERK)
    clerk.page.goto(clerk.base + "/apply")
    clerk.page.get_by_role("button", name="Take the whole parish of Nether Wendle").click()
    clerk.ready()
    whole = clerk.boundary
    clerk.page.focus("#map")
    clerk.page.keyboard.press("n")
    clerk.page.keyboard.press("Delete")
    clerk.save()
    clerk.page.click("#versions-pane summary")
    clerk.page.get_by_role("button", name="Bring back version 1").click()
    clerk.until("document.getElementById('kept').textContent.includes('Version 3 saved')")
    assert clerk.boundary == whole
    clerk.until("document.querySelectorAll('#versions li').length === 3")


def test_parts_are_picked_on_the_map_and_join_without_a_seam(drawer, pictures):
    clerk = drawer().open("/apply/draw?parish=E04999008")
    clerk.tool("parts")
    own = shapely.geometry.Polygon(ring_of(clerk))
    clerk.page.wait_for_timeout(500)
    clerk.click(358_000, 280_800)
    clerk.until("document.getElementById('spoken').textContent.includes('added')")
    ((joined,),) = clerk.boundary
    assert shapely.geometry.Polygon(joined).area > own.area * 1.3
    clerk.settled()
    clerk.page.screenshot(path=pictures / "drawing-parts-1440.png")
    clerk.click(358_000, 280_800)
    clerk.until("document.getElementById('spoken').textContent.includes('taken away')")
    assert ring_of(clerk) == [tuple(point) for point in own.exterior.coords[:-1]]
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_land_is_cut_out_a_hole_made_and_the_area_split(drawer, pictures):
    clerk = drawer().open("/apply/draw?parish=E04999008")
    clerk.settled()
    off(clerk)
    clerk.tool("cut")
    for corner in ((360_000, 280_000), (360_600, 280_000), (360_600, 280_600)):
        clerk.click(*corner)
    clerk.act("finish")
    clerk.until("document.getElementById('spoken').textContent.includes('cut out')")
    assert len(clerk.boundary[0]) == 2
    clerk.tool("split")
    for corner in ((357_500, 281_700), (364_000, 281_700)):
        clerk.click(*corner)
    clerk.act("finish")
    clerk.page.wait_for_selector("#split-pane:not([hidden])")
    clerk.page.screenshot(path=pictures / "drawing-split-1440.png")
    clerk.act("keep-pieces")
    assert clerk.settled()
    assert float(clerk.page.inner_text("#hectares").replace(",", "")) < 1_400
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_an_overlap_is_drawn_in_place_with_its_width(drawer, pictures):
    clerk = drawer().open("/apply/draw?how=draw")
    for corner in ((357_000, 278_000), (359_000, 278_000), (359_000, 280_000)):
        clerk.type_place(f"{corner[0]}, {corner[1]}")
    clerk.act("finish")
    clerk.page.wait_for_selector(".fm-overlap__width")
    assert "m wide" in clerk.page.inner_text(".fm-overlap__width >> nth=0")
    assert clerk.settled()
    clerk.page.screenshot(path=pictures / "drawing-overlap-1440.png")


def test_a_corner_near_a_neighbours_corner_takes_its_very_digits(drawer):
    clerk = drawer().open("/apply/draw?parish=E04999008")
    corners = {tuple(point) for point in ring_of(clerk)}
    target = ring_of(clerk)[10]
    clerk.page.evaluate("document.querySelector('[data-act=undo]').click()")
    clerk.tool("draw")
    clerk.look_at(f"{target[0]}, {target[1]}")
    clerk.page.wait_for_timeout(500)
    clerk.click(target[0] + 8, target[1] + 8)
    clerk.click(target[0] + 150, target[1] + 200)
    clerk.click(target[0] - 150, target[1] + 200)
    clerk.act("finish")
    clerk.page.wait_for_timeout(80)
    assert clerk.points == 3
    assert ring_of(clerk)[0] == target
    assert target in corners


FILES = [
    "gedling_calverton_conservation_area.geojson",
    "halton_conservation_areas_inspire_wfs.gml",
    "newcastle_conservation_areas.kml",
    "surrey_heath_conservation_areas_shp.zip",
]


DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([bytes], name))
    const map = document.getElementById('map')
    const send = (kind) => map.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }))
    for (const kind of ['dragenter', 'dragover']) send(kind)
    const veiled = !document.getElementById('drop').hidden
    send('drop')
    return veiled && document.getElementById('drop').hidden
}"""


@pytest.mark.real_data
def test_every_kind_of_sample_file_is_dropped_read_and_its_feature_picked(drawer, real_data):
    clerk = drawer().open("/apply/draw?how=file")
    for name in FILES:
        content = (real_data / "upload_formats" / name).read_bytes()
        assert clerk.page.evaluate(DROP, [name, base64.b64encode(content).decode()])
        told = f"document.getElementById('notices').textContent.includes('{name}')"
        clerk.until(f"!document.getElementById('file-choice').hidden || {told}")
        if clerk.page.is_visible("#file-choice"):
            clerk.act("choose")
            clerk.until(told)
        assert "was read as" in clerk.page.inner_text("#notices")
        assert clerk.points > 3
        assert clerk.settled()
    assert (clerk.noises, clerk.strangers) == ([], [])


def test_a_file_that_is_none_is_refused_in_a_sentence(drawer, tmp_path):
    path = tmp_path / "letter.geojson"
    path.write_text("Dear Sir", encoding="utf-8")
    clerk = drawer().open("/apply/draw?how=file")
    clerk.page.set_input_files("#file", path)
    clerk.until("document.getElementById('notice-problem') !== null")
    assert clerk.page.inner_text("#notice-problem p").endswith(".")


@pytest.mark.parametrize("width", [375, 1440])
def test_no_state_of_the_editor_has_a_fault_of_accessibility(drawer, axe, pictures, width):
    clerk = drawer(CLERK, width=width, height=900, bypass_csp=True)
    faults = []

    def look(state):
        clerk.page.wait_for_timeout(250)
        if not clerk.page.evaluate("'axe' in window"):
            clerk.page.evaluate(axe)
        found = clerk.page.evaluate("axe.run(document.getElementById('editor') ?? document)")["violations"]
        faults.extend(f"{state}: {each['id']} at {each['nodes'][0]['target']}" for each in found)
        sideways = clerk.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults.extend([f"{state}: scrolls {sideways} px sideways"] if sideways > 0 else [])
        clerk.page.screenshot(path=pictures / f"drawing-state-{state}-{width}.png", full_page=True)

    clerk.page.goto(clerk.base + "/apply?parish=over")
    look("start")
    clerk.open("/apply/draw?how=draw")
    look("empty")
    clerk.type_place("359650, 281050")
    look("drawing")
    clerk.open("/apply/draw?parish=E04999008")
    clerk.settled()
    for pane in ("points", "layers"):
        clerk.page.click(f"#{pane}-pane summary")
    clerk.page.focus("#map")
    clerk.page.keyboard.press("n")
    look("editing")
    clerk.tool("parts")
    look("parts")
    clerk.page.fill("#search", "wendle")
    clerk.page.wait_for_selector("#found button")
    look("found")
    clerk.page.keyboard.press("ArrowDown")
    clerk.page.keyboard.press("Enter")
    look("shown")
    clerk.tool("split")
    for easting in (357_500, 364_000):
        clerk.type_place(f"{easting}, 281700")
    clerk.act("finish")
    clerk.page.wait_for_selector("#split-pane:not([hidden])")
    look("split")
    clerk.act("leave-pieces")
    clerk.save()
    clerk.page.fill("#place", "behind the church")
    clerk.act("place-go")
    clerk.page.click("#versions-pane summary")
    look("kept")
    assert faults == []


def test_what_the_editor_tells_when_things_go_otherwise_has_no_fault_of_accessibility(drawer, axe, pictures, tmp_path):
    clerk, other, faults = drawer(CLERK, bypass_csp=True), drawer(SIGNATORY), []

    def look(state):
        clerk.page.evaluate(f"'axe' in window || (() => {{ {axe} }})()")
        for width in (1440, 375):
            clerk.page.set_viewport_size({"width": width, "height": 900})
            found = clerk.page.evaluate("axe.run(document.getElementById('editor'))")["violations"]
            faults.extend(f"{state}: {each['id']} at {each['nodes'][0]['target']}" for each in found)
            sideways = clerk.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            faults.extend([f"{state}: scrolls {sideways} px sideways"] if sideways > 0 else [])
            clerk.page.screenshot(path=pictures / f"drawing-state-{state}-{width}.png", full_page=True)

    clerk.page.goto(clerk.base + "/apply")
    clerk.page.get_by_role("button", name="Take the whole parish of Nether Wendle").click()
    clerk.ready()
    for each, is_online in ((clerk, False), (other, True)):
        if is_online:
            each.open(clerk.page.url.removeprefix(clerk.base))
        each.page.context.set_offline(not is_online)
        each.page.focus("#map")
        each.page.keyboard.press("n")
        each.page.keyboard.press("Alt+ArrowUp")
        each.act("save")
        each.until(f"document.getElementById('kept').dataset.state === '{'saved' if is_online else 'waiting'}'")
        if not is_online:
            look("offline")
    clerk.page.context.set_offline(False)
    clerk.page.wait_for_selector("#notice-newer")
    look("newer")
    rings = [[[west, 0], [west + 0.1, 0], [west, 0.1], [west, 0]] for west in (0, 1)]
    shapes = [{"type": "Polygon", "coordinates": [[[x - 2.6, y + 52.4] for x, y in ring]]} for ring in rings]
    features = [{"type": "Feature", "properties": {"name": "One of two"}, "geometry": shape} for shape in shapes]
    path = tmp_path / "two.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    clerk.open("/apply/draw?how=file")
    clerk.page.set_input_files("#file", path)
    clerk.page.wait_for_selector("#file-choice:not([hidden])")
    look("file-choice")
    assert faults == []


def test_one_point_of_five_thousand_moves_alone(drawer, tmp_path):
    count = 5_000
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    reach = 900 + 60 * np.sin(turn * 40)
    ring = np.column_stack([359_750 + reach * np.cos(turn), 281_150 + reach * np.sin(turn)]).round(3).tolist()
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    path = tmp_path / "round.geojson"
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}), encoding="utf-8")
    clerk = drawer().open("/apply/draw?how=file")
    clerk.page.set_input_files("#file", path)
    clerk.until("document.getElementById('count').textContent === '5,000'")
    clerk.settled()
    clerk.page.focus("#map")
    clerk.page.evaluate(
        """() => {
            const map = document.getElementById('map')
            const press = (key, altKey) =>
                map.dispatchEvent(new KeyboardEvent('keydown', { key, altKey, bubbles: true }))
            press('n')
            for (let step = 0; step < 20; step++) press('ArrowUp', true)
        }"""
    )
    moved = clerk.boundary[0][0]
    assert moved[0] != ring[0]
    assert moved[1:] == fromlist(ring, moved[1:])


def fromlist(ring, found):
    """The given points in the found order: the reading may begin elsewhere or turn the ring round."""
    known = {tuple(point) for point in ring}
    return [point for point in found if tuple(point) in known]


def test_a_neighbours_line_is_followed_between_two_clicks_corner_by_corner(drawer):
    clerk = drawer().open("/apply/draw?parish=E04999008")
    whole = ring_of(clerk)
    clerk.page.focus("#map")
    for _ in range(4):
        clerk.page.keyboard.press("n")
    for _ in range(3):
        clerk.page.keyboard.press("Delete")
        clerk.page.keyboard.press("n")
    gone = [at for at, point in enumerate(whole) if point not in ring_of(clerk)]
    assert len(gone) == 3
    clerk.look_at("{}, {}".format(*whole[gone[1]]))
    clerk.page.wait_for_timeout(400)
    clerk.page.click(".leaflet-control-zoom-out")
    clerk.page.click(".leaflet-control-zoom-out")
    clerk.page.click(".leaflet-control-zoom-out")
    clerk.page.wait_for_timeout(500)
    clerk.tool("follow")
    clerk.click(*whole[gone[0] - 1])
    clerk.click(*whole[gone[-1] + 1])
    assert "follows the line of" in clerk.said()
    assert set(ring_of(clerk)) == set(whole)
