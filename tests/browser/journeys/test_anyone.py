"""Somebody without an account, on a phone: what applies to a street, what may be said, how to vote, and the proof."""

import subprocess
import sys

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

POSTCODE = "ZZ2 1AD"
PLAN = "Brindlecombe Neighbourhood Plan 2021 to 2038"
ORDER = "Brindlecombe Mill Yard Neighbourhood Development Order"
VOTE = "Pellington and Harrop Neighbourhood Plan 2025 to 2042"


def home(walk):
    page = walk.as_("", "2026-11-23T19:00")
    page.set_viewport_size({"width": 375, "height": 812})
    page.reload(wait_until="domcontentloaded")
    return page


def look_at_a_street(walk):
    """What applies at a postcode, on a lasting link, and what applied there before the plan."""
    page = home(walk)
    page.get_by_label("Place").fill(POSTCODE)
    walk.button("Show what applies")
    walk.says(PLAN)
    walk.link("Link to this answer")
    walk.says(PLAN)
    walk.says("23 November 2026")
    page.goto(f"/here?place={POSTCODE}&on=2020-06-01", wait_until="domcontentloaded")
    assert not page.locator("main").get_by_role("link", name=PLAN).count()


def comment_on_an_order(walk):
    home(walk)
    walk.link(ORDER)
    walk.button("Say what you think")
    walk.button("Send")
    assert walk.page.locator(".govuk-error-summary").is_visible()
    walk.page.get_by_label("Your comment").fill("Keep the mill's gate.")
    walk.fill({"Your name": "A neighbour", "How to reach you": "Mill Lane"})
    walk.button("Send")
    walk.says("Your comment has arrived")


def learn_how_to_vote(walk):
    page = home(walk)
    walk.link(VOTE)
    walk.says("Do you want Aldermere District Council to use the neighbourhood plan for Pellington and Harrop")
    walk.says("Thursday 4 February 2027")
    walk.says("Who votes")
    with page.expect_download() as calendar:
        page.get_by_role("link", name="Dates for your calendar").click()
    assert b"BEGIN:VCALENDAR" in calendar.value.path().read_bytes()


def prove_a_result(walk, folder):
    """The proof and the verifier, as they are downloaded, agree with the page with Python alone."""
    page = home(walk)
    walk.link("All referendums and results")
    walk.link(PLAN)
    walk.says("Result: Yes")
    for words, name in (("proof of the result", "result.json"), ("verifier", "verify.py")):
        with page.expect_download() as taken:
            page.get_by_role("link", name=words, exact=True).click()
        taken.value.save_as(folder / name)
    command = [sys.executable, "-I", "verify.py", "result.json"]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "471" in told.stdout


def read_the_registers(walk):
    home(walk)
    walk.link("Neighbourhood groups")
    assert walk.page.locator("h1").is_visible()
    home(walk)
    walk.link("Development plans")
    walk.link("Aldermere")
    walk.says(PLAN)


def test_somebody_finds_out_and_has_a_say_by_clicking(journey, tmp_path):
    look_at_a_street(journey)
    comment_on_an_order(journey)
    learn_how_to_vote(journey)
    prove_a_result(journey, tmp_path)
    read_the_registers(journey)
    journey.leave()
    assert journey.noises == []
