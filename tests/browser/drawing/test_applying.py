"""From a parish picked in a list to a designated area, by forms alone; every page on the way without a fault."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIGNATORY, OFFICER = "volunteer-signatory", "planning-officer"


@pytest.fixture
def press(follow):
    """Presses a button that sends its form, and waits for the answer."""
    return lambda page, words: follow(page.get_by_role("button", name=words).first)


@pytest.fixture
def look(drawer, axe, pictures):
    """Looks at a page as it stands at two widths, and gathers what is wrong with it."""
    faults = []

    def look(state, path):
        for width in (375, 1440):
            viewer = drawer(SIGNATORY, width=width, height=900, bypass_csp=True)
            viewer.page.goto(viewer.base + path)
            viewer.page.evaluate(axe)
            found = viewer.page.evaluate("axe.run()")["violations"]
            faults.extend(f"{state} {width}: {each['id']} at {each['nodes'][0]['target']}" for each in found)
            sideways = viewer.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            faults.extend([f"{state} {width}: scrolls {sideways} px sideways"] if sideways > 0 else [])
            faults.extend(f"{state}: {each}" for each in viewer.noises + viewer.strangers)
            viewer.page.screenshot(path=pictures / f"applying-{state}-{width}.png", full_page=True)
            viewer.page.context.close()

    yield look
    assert faults == []


def fill_in(page, draft, follow, press):
    """Goes through the parts of the application, each from the list."""
    page.goto(draft)
    follow(page.get_by_role("link", name="The map", exact=True))
    page.get_by_label("A4 at").first.check()
    press(page, "Save and go on")
    follow(page.get_by_role("link", name="Name of the area"))
    press(page, "Save and go on")
    follow(page.get_by_role("link", name="Why this area is right"))
    page.get_by_label("Why is this area right").fill("One parish with one school and one green.")
    press(page, "Save and go on")
    follow(page.get_by_role("link", name="Who applies"))
    page.get_by_label("is a relevant body").check()
    press(page, "Save and go on")
    expect(page.get_by_text("4 of 4 parts done")).to_be_visible()


def share(page, draft, press):
    """Makes a link, and returns it."""
    page.goto(f"{draft}/share")
    page.get_by_label("Who is the new link for?").fill("The council next door")
    press(page, "Make a link")
    return page.locator(".fm-made-link a").get_attribute("href")


def say(page, link, press):
    """Comments by the link on a place that is clicked."""
    page.goto(link)
    page.locator("img[data-window]").click(position={"x": 200, "y": 150})
    assert re.fullmatch(r"\d{6}, \d{6}", page.get_by_label("Place it is about").input_value())
    page.get_by_label("Your comment").fill("Is the mill in or out?")
    press(page, "Send the comment")
    expect(page.get_by_text("Your comment has arrived")).to_be_visible()


def designate(page, base, area, press):
    page.goto(f"{base}/cases/{area}")
    page.locator("input[name=outcome]").first.check()
    page.locator("#reasons").fill("It is the whole of the parish.")
    page.locator("input[name=is_business_area][value=no]").check()
    page.locator("#business_area_reasons").fill("Few people work here.")
    press(page, "Record the decision")


def test_a_parish_is_applied_for_and_designated_without_a_script(drawer, look, follow, press):
    clerk = drawer(SIGNATORY, java_script_enabled=False)
    page = clerk.page
    page.goto(clerk.base + "/apply")
    press(page, "Take the whole parish of")
    follow(page.locator("#apply-link"))
    path = re.search(r"/apply/ND-\d+", page.url)[0]
    draft = clerk.base + path
    look("list", path)
    page.goto(f"{draft}/check")
    press(page, "Submit the application")
    expect(page.locator(".govuk-error-summary__list a")).to_have_count(4)

    fill_in(page, draft, follow, press)
    look("map", f"{path}/parts/map")
    link = share(page, draft, press)
    say(drawer().page, link, press)
    look("share", f"{path}/share")
    page.goto(f"{draft}/share")
    press(page, "Show it")
    look("shared", link.removeprefix(clerk.base))
    look("check", f"{path}/check")

    page.goto(f"{draft}/check")
    press(page, "Submit the application")
    expect(page.get_by_role("heading", name="Application received")).to_be_visible()
    area = page.locator(".govuk-panel__body strong").inner_text()
    look("receipt", f"{path}/receipt")
    designate(drawer(OFFICER, java_script_enabled=False).page, clerk.base, area, press)
    page.goto(f"{clerk.base}/areas/{area}")
    expect(page.get_by_text("Designated").first).to_be_visible()
