"""Every public page in a real browser: accessible, quiet, from our own address only, and whole at every width."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "home": "/",
    "home-then": "/?on=2020-06-01",
    "areas": "/areas",
    "area-in-force": "/areas/NA-000001",
    "area-in-two-authorities": "/areas/NA-000007",
    "area-applied-for": "/areas/NA-000009",
    "plans": "/plans",
    "plan-made": "/plans/NP-000001",
    "plan-at-examination": "/plans/NP-000007",
    "order": "/orders/NO-000001",
    "referendums": "/referendums",
    "referendum-won": "/referendums/NR-000001",
    "referendum-tied": "/referendums/NR-000003",
    "referendum-divided": "/referendums/NR-000004",
    "referendum-to-come": "/referendums/NR-000006",
    "here": "/here?point=358350,277700",
    "here-then": "/here?point=358350,277700&on=2022-03-02",
    "here-refused": "/here?point=nowhere",
    "here-empty": "/here",
    "groups": "/groups",
    "rule": "/rules/AREA-10",
    "about": "/about",
    "accessibility": "/accessibility",
    "sign-in": "/sign-in",
    "missing": "/areas/NA-000404",
}
SMALL_PAGES = {
    "levy": "/levy",
    "consultations": "/consultations",
    "consultation": "/consultations/NO-000001/pre-submission",
    "forums": "/forums",
    "apply": "/apply",
    "pack": "/referendums/NR-000001/information-pack",
    "declaration": "/referendums/NR-000001/documents/declaration",
    "statement": "/plans/NP-000001/decision-statement",
    "board": "/count/NR-000001/board",
}
"""Public pages that are looked at elsewhere too."""
WIDTHS = (375, 768, 1440)
POLICED_WIDTH = 768
REFUSED = {"here-refused", "missing"}


def violations(page, axe):
    """What the accessibility checker finds on a page, each with where it is."""
    page.evaluate(axe)
    return [f"{each['id']} at {each['nodes'][0]['target']}" for each in page.evaluate("axe.run()")["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_quiet_and_whole_at_every_width(name, browser, address, axe, pictures):
    faults, strangers, noises = [], [], []
    for width in WIDTHS:
        # The checker can only be put into a page without our content security policy, so one width keeps the policy.
        is_checked = width != POLICED_WIDTH
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=is_checked)
        page = context.new_page()
        page.on(
            "request", lambda request: strangers.append(request.url) if not request.url.startswith(address) else None
        )
        page.on("pageerror", lambda error: noises.append(str(error)))
        page.on(
            "console", lambda message: noises.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.goto(address + PAGES[name])
        page.wait_for_load_state("networkidle")
        page.screenshot(path=pictures / f"{name}-{width}.png", full_page=True)
        sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        faults += [f"{width} px: scrolls {sideways} px sideways"] if sideways > 0 else []
        faults += [f"{width} px: {count} h1"] if (count := page.locator("h1").count()) != 1 else []
        faults += [f"{width} px: {each}" for each in violations(page, axe)] if is_checked else []
        context.close()
    if name in REFUSED:
        # The browser itself says that the answer was a 404 or a 422.
        noises = [noise for noise in noises if "the server responded with a status of 4" not in noise]
    assert (faults, strangers, noises) == ([], [], [])


def test_every_page_is_read_at_four_hundred_per_cent_without_scrolling_sideways(browser, address):
    page = browser.new_page(viewport={"width": 320, "height": 256})
    wide = []
    for name, path in (PAGES | SMALL_PAGES).items():
        page.goto(address + path, wait_until="load")
        sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        wide += [f"{name}: {sideways} px"] if sideways > 0 else []
    page.close()
    assert wide == []


def test_the_map_draws_every_area_and_leads_to_its_page(browser, address, follow):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_selector("path.leaflet-interactive")
    assert page.locator("path.leaflet-interactive").count() >= 9
    follow(page.get_by_role("link", name="Brindlecombe", exact=True).first)
    assert page.locator("h1").inner_text() == "Brindlecombe"
    page.close()


def test_without_javascript_the_list_stands_and_the_form_works(browser, address, follow):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(address)
    assert page.get_by_role("link", name="Brindlecombe", exact=True).first.is_visible()
    page.get_by_label("Place").fill("358350, 277700")
    follow(page.get_by_role("button", name="Show what applies"))
    assert "Brindlecombe Neighbourhood Plan 2021 to 2038" in page.content()
    context.close()


def test_a_place_that_is_not_understood_is_asked_for_again_with_what_was_typed(browser, address):
    page = browser.new_page(viewport={"width": 375, "height": 800})
    page.goto(address + "/here?point=behind+the+church")
    assert page.locator(".govuk-error-summary").is_visible()
    assert page.get_by_label("Place").input_value() == "behind the church"
    page.close()


def test_the_first_page_is_small(browser, address):
    page, sizes = browser.new_page(), []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.close()
    assert sum(sizes) < 1_000_000


def test_every_link_of_the_public_pages_leads_somewhere(browser, address):
    context = browser.new_context()
    page, waiting, seen, broken = context.new_page(), ["/"], set(), []
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = context.request.get(address + path, max_redirects=3, headers={"Accept": "text/html"})
        if answer.status >= 400:
            broken.append((path, answer.status))
        elif "text/html" in answer.headers["content-type"]:
            found = re.findall(r'href="(/[^"#]*)', answer.text())
            waiting += [each.replace("&amp;", "&") for each in found if not each.startswith("/static/")]
    page.close()
    context.close()
    assert len(seen) > 60
    assert broken == []
