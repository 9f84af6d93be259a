"""What a visit costs, and that nothing moves while a page loads: on a phone, with everything that the page fetches."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FIRST, MAPS = 200_000, 1_000_000
PAGES = {
    "/": FIRST,
    "/areas/NA-000001": MAPS,
    "/here?point=358350,277700": MAPS,
    "/referendums/NR-000001": MAPS,
}
WATCH = """window.moved = []
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.moved.push(each.value)
}).observe({ type: 'layout-shift', buffered: true })"""


def test_pages_are_light_stay_still_and_ask_nobody_else(browser, address):
    heavy, moved, strangers = [], [], []
    for path, most in PAGES.items():
        context = browser.new_context(viewport={"width": 375, "height": 800})
        context.add_init_script(WATCH)
        page, sent = context.new_page(), []
        page.on("requestfinished", lambda request, sent=sent: sent.append(request))
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        sizes = [request.sizes() for request in sent]
        weight = sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes)
        heavy += [f"{path}: {weight} bytes"] if weight > most else []
        strangers += [request.url for request in sent if not request.url.startswith((address, "data:"))]
        moved += [f"{path}: {each}" for each in page.evaluate("window.moved")]
        context.close()
        assert len(sent) > 4, path
    assert (heavy, moved, strangers) == ([], [], [])
