"""What a visitor does in a real browser: the map, the form without scripts, what is kept, and how little is fetched."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_map_draws_every_area_and_leads_to_its_page(browser, address, follow):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    expect(page.locator("path.leaflet-interactive").nth(8)).to_be_attached()
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
