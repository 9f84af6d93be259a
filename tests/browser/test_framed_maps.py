"""Maps in frames in a real browser: drawn under their own policy, quiet, apart from the page, and told in words too."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHECKED_AT = 375
FRAMES = {
    "validation": ("planning-officer", "/cases/NA-000009", "path.leaflet-interactive"),
    "electorate": ("electoral-officer", "/electorate/NR-000006/report", ".mark"),
    "result": (None, "/referendums/NR-000004", ".leaflet-tooltip"),
}


@pytest.fixture
def open_as(signed_in, browser, staffed):
    """Opens a page for somebody, or for anyone; what it complains of and whom else it asks is written down."""
    contexts = []

    def open_(name, noises, **options):
        if name is None:
            contexts.append(browser.new_context(base_url=staffed.address, **options))
            page = contexts[-1].new_page()
        else:
            page = signed_in(name, **options)
        page.on("console", lambda said: noises.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: noises.append(str(error)))
        page.on("request", lambda asked: noises.append(asked.url) if is_strange(asked.url, staffed.address) else None)
        return page

    yield open_
    for context in contexts:
        context.close()


def is_strange(url, own):
    return not url.startswith((own, "data:"))


@pytest.mark.parametrize("kind", FRAMES)
def test_a_framed_map_is_drawn_quietly_in_its_page_and_alone(kind, open_as, pictures):
    who, path, drawn = FRAMES[kind]
    noises = []
    page = open_as(who, noises, viewport={"width": 1440, "height": 900})
    page.goto(path)
    frame = page.locator("iframe")
    frame.scroll_into_view_if_needed()
    inside = page.frame_locator("iframe")
    expect(inside.locator(drawn).first).to_be_visible(timeout=20_000)
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None  # it is apart from the page
    inside.get_by_text("The same in words").click()
    expect(inside.get_by_role("table").first).to_be_visible()
    frame.screenshot(path=pictures / f"framed-{kind}.png")
    with page.expect_event("domcontentloaded"):
        # By the keyboard: a click after a scroll may still reach the frame, which is a process of its own.
        page.get_by_role("link", name="Open this map by itself").press("Enter")
    expect(page.locator(drawn).first).to_be_visible(timeout=20_000)
    assert page.evaluate("window.origin") == "null"
    if kind == "electorate":
        page.locator(".leaflet-marker-icon").first.focus()
        expect(page.get_by_role("tooltip")).to_contain_text("fewer than 10 to decide")
    assert noises == []


def test_the_result_is_shown_for_each_vote_and_its_turnout(open_as):
    noises = []
    page = open_as(None, noises, viewport={"width": 1440, "height": 900})
    page.goto("/referendums/NR-000004/result-map")
    for layer, said in (
        ("Answer: residents\u2019 vote", "Yes (59.50 % Yes)"),
        ("Answer: businesses\u2019 vote", "No (42.50 % Yes)"),
        ("Turnout: residents\u2019 vote", "37.14 % turnout"),
        ("Turnout: businesses\u2019 vote", "77.88 % turnout"),
    ):
        page.get_by_label(layer).check()
        expect(page.get_by_role("tooltip")).to_have_count(1)  # the one before fades away first
        expect(page.get_by_role("tooltip")).to_have_text(said)
    assert noises == []


@pytest.mark.parametrize("width", [375, 1440])
def test_pages_with_frames_and_the_maps_themselves_are_accessible_and_whole(open_as, axe, pictures, width):
    faults = []
    for kind, (who, path, drawn) in FRAMES.items():
        # The checker can only be put into a page without its policy.
        page = open_as(who, [], viewport={"width": width, "height": 900}, bypass_csp=True)
        page.goto(path)
        address = page.locator("iframe").get_attribute("src")
        for place in (None, address):
            if place:
                page.goto(place)
                expect(page.locator(drawn).first).to_be_visible(timeout=20_000)
                page.screenshot(path=pictures / f"framed-{kind}-alone-{width}.png")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{place or path}: wider than {width}")
            if width != CHECKED_AT:
                continue
            page.evaluate(axe)
            found = page.evaluate("axe.run({iframes: false})")["violations"]  # the map in the frame is looked at alone
            faults += [f"{place or path}: {each['id']} at {each['nodes'][0]['target']}" for each in found]
    assert faults == []


def test_without_scripts_the_words_stand_alone(open_as):
    page = open_as(None, [], java_script_enabled=False, viewport={"width": 375, "height": 800})
    page.goto("/referendums/NR-000004")
    expect(page.locator("iframe")).to_be_hidden()
    expect(page.get_by_role("table", name="Results on the map")).to_be_visible()
