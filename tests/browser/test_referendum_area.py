"""The referendum area drawn in a real browser: figures follow the line, a wrong line is told, the decision is kept."""

import re
import shutil
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from app.audit import Actor, Deed
from app.clock import FixedClock
from app.db import create_database_engine, writing
from app.services.reports import ReportFacts, enter_report
from app.settings import Settings
from referendum.examination import Recommends

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PAGE = "/cases/plans/NP-000007/referendum-area"
ALONE, WITH_ASHMARSH = re.compile("^1,437 electors"), re.compile("^1,790 electors")


@pytest.fixture(scope="module")
def reported(serve, example_folder, tmp_path_factory):
    """The example district with a report on the plan of Withenbourne and Great Ambry, of this module alone."""
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("reported") / "service")
    settings = Settings(data_folder=folder)
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        facts = ReportFacts(
            received_on=date(2026, 11, 20),
            recommends=Recommends.MODIFIED,
            extends_area=True,
            area_advice="To the homes beyond the lane.",
        )
        enter_report(session, Deed(by=Actor(name="Officer", role="planning-officer"), at=AT), "NP-000007", facts)
    engine.dispose()
    with serve(settings, FixedClock(AT)) as service:
        yield service


@pytest.fixture
def opened(browser, reported, follow):
    """Opens the page as the planning officer."""
    contexts = []

    def open_(**options):
        context = browser.new_context(base_url=reported.address, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Account name").fill("planning-officer")
        page.get_by_label("Password", exact=True).fill(reported.people["planning-officer"].password)
        follow(page.get_by_role("button", name="Sign in", exact=True))
        page.goto(PAGE)
        return page

    yield open_
    for context in contexts:
        context.close()


def draw(page, tool, corners):
    """Take a tool, type the corners one after the other, and finish."""
    page.click(f'[data-tool="{tool}"]')
    for easting, northing in corners:
        page.fill("#place", f"{easting}, {northing}")
        page.click('[data-act="place-use"]')
    finish = page.locator('[data-act="finish"]')
    expect(finish).to_be_enabled()
    finish.click()


def test_the_figures_follow_the_line_and_the_decision_is_kept(opened, follow, axe, pictures):
    page = opened(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    noises = []
    page.on("pageerror", lambda error: noises.append(str(error)))
    page.wait_for_selector("#editor[data-ready]")
    page.wait_for_selector("#map[data-layers=drawn]")
    verdict, fault, spoken = page.locator("#verdict"), page.locator("#fault"), page.locator("#spoken")
    expect(verdict).to_have_text(ALONE)
    page.locator("summary", has_text="Polling districts").click()
    page.get_by_label("Ashmarsh 1").check()
    expect(verdict).to_have_text(WITH_ASHMARSH)
    expect(page.locator("#districts-whole")).to_contain_text("Ashmarsh 1")
    expect(page.get_by_label("A larger area")).to_be_checked()
    draw(page, "draw", [(366_000, 276_000), (367_000, 278_500), (365_000, 278_500)])
    expect(spoken).to_contain_text("Land added")
    expect(page.locator("#districts-part tbody tr")).not_to_have_count(0)
    draw(page, "cut", [(365_000, 279_000), (366_000, 279_000), (366_000, 280_000)])
    expect(fault).to_contain_text("This referendum area leaves out")
    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=pictures / f"referendum-area-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate(axe)
        assert [each["id"] for each in page.evaluate("axe.run()")["violations"]] == []
    page.get_by_label("Reasons").fill("The homes beyond the lane.")
    follow(page.get_by_role("button", name="Save the decision"))
    expect(page.locator(".govuk-error-summary")).to_contain_text("This referendum area leaves out")
    expect(page.get_by_label("Reasons")).to_have_value("The homes beyond the lane.")
    page.wait_for_selector("#editor[data-ready]")
    page.click('[data-act="undo"]')
    expect(fault).to_be_hidden()
    follow(page.get_by_role("button", name="Save the decision"))
    expect(page).to_have_url(re.compile("/cases/plans/NP-000007$"))
    page.goto(PAGE)
    page.wait_for_selector("#editor[data-ready]")
    expect(page.locator("#larger")).not_to_have_text("0.00")
    expect(page.get_by_label("Ashmarsh 1")).to_be_checked()
    assert noises == []


def test_without_a_script_places_are_ticked_and_the_figures_looked_at(opened, follow):
    page = opened(java_script_enabled=False, viewport={"width": 375, "height": 800})
    expect(page.locator("#map")).to_be_hidden()
    districts = page.locator(".fm-places", has_text="Polling districts")
    if districts.get_attribute("open") is None:
        districts.locator("summary").click()
    page.get_by_label("Ashmarsh 2").check()
    page.get_by_label("Reasons").fill("The village is one.")
    follow(page.get_by_role("button", name="Show the figures"))
    expect(page.locator("#districts-whole")).to_contain_text("Ashmarsh 2")
    expect(page.get_by_label("Ashmarsh 2")).to_be_checked()
    expect(page.get_by_label("Reasons")).to_have_value("The village is one.")
