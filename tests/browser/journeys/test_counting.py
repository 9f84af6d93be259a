"""A night at the count: the stations the office set, a phone at the box, a board that waits, fresh second factors."""

import re
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import expect

from app.db import reading
from app.services.record import state_faults
from referendum.verify import check_bundle, read_bundle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AREA, HALL, CHAPEL = "Pellington and Harrop", "Pellington Village Hall", "Harrop Chapel Room"
STATIONS = {HALL: "900", CHAPEL: "300"}
ACCOUNTS = {
    HALL: {"Ballot papers supplied": 900, "Issued to voters": 400, "Spoilt and replaced": 2, "Not used": 498,
           "Tendered papers used": 0, "Papers found in the box": 400},
    CHAPEL: {"Ballot papers supplied": 300, "Issued to voters": 90, "Spoilt and replaced": 0, "Not used": 210,
             "Tendered papers used": 0, "Papers found in the box": 90},
    "Electorate": {"Electors entitled": 1306},
    "Postal votes": {"Postal ballot papers": 110},
}  # fmt: skip
VOTES = {"Votes for Yes": 380, "Votes for No": 215, "No official mark": 0, "Voting for more than one answer": 3,
         "Writing or mark": 0, "Unmarked, or the answer uncertain": 2}  # fmt: skip


def set_the_stations(walk):
    """The electoral office, days before the poll."""
    walk.as_("electoral-officer", "2027-02-01T16:00")
    walk.link("Registers and electorates")
    walk.link(AREA)
    walk.link("Set the polling stations")
    for at, (name, papers) in enumerate(STATIONS.items()):
        for label, text in {"Name": name, "Address": "The Green", "Ballot papers supplied": papers}.items():
            walk.page.get_by_label(label, exact=True).nth(at).fill(text)
        walk.page.get_by_label("Who votes there").nth(at).fill("PE1 and PE2")
    walk.button("Save")
    walk.says("The list is saved.")


def task(walk, name):
    walk.link("Your account")
    walk.link("Counts", exact=True)
    walk.link(AREA)
    walk.link(name)


def set_up(walk):
    """Nobody types a station's name twice; what the office set stands in the form with its papers."""
    walk.as_("counting-officer", "2027-02-04T21:00")
    task(walk, "Set up polling stations")
    expect(walk.page.get_by_role("row", name=re.compile(rf"{CHAPEL}.*300"))).to_be_visible()
    assert walk.page.get_by_label("Names of the polling stations").input_value().split("\n") == list(STATIONS)
    walk.button("Save")
    task(walk, "Counting observers")
    walk.fill({"Badge": "Observer 1", "Who appointed them": "Pellington Parish Council"})
    walk.button("Record")
    walk.says("Observer 1")


def key_on_a_phone(walk):
    """What is keyed is added up as it is typed, and held against the list of stations."""
    page = walk.as_("count-assistant", "2027-02-04T22:10")
    page.set_viewport_size({"width": 375, "height": 812})
    walk.link("Counts", exact=True)
    walk.link(AREA)
    walk.link(HALL)
    walk.says("The list of stations says 900")
    walk.fill(ACCOUNTS[HALL] | {"Ballot papers supplied": 800})
    told = page.locator("[data-sum]")
    expect(told).to_contain_text("Supplied: 800 of 900 on the list of stations: does not add up")
    expect(told).to_contain_text("Found in the box: 400 of 400 issued: adds up")
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    walk.button("Save these figures")
    expect(page.locator(".govuk-error-summary")).to_contain_text("The list of stations says 900 papers were supplied")
    walk.fill({"Ballot papers supplied": 900})
    expect(told.locator(".fm-sum__line--differs")).to_have_count(0)
    walk.button("Save these figures")
    walk.says("Your figures are saved.")
    for name in (CHAPEL, "Electorate", "Postal votes"):
        key(walk, name, ACCOUNTS[name])


def key(walk, name, figures):
    """Key a sheet from the list on which the last one ended."""
    walk.link(name, exact=True)
    walk.fill(figures)
    walk.button("Save these figures")
    walk.says("Your figures are saved.")


def verify_the_papers(walk):
    page = walk.as_("counting-officer", "2027-02-04T22:30")
    walk.link("Counts", exact=True)
    walk.link(AREA)
    for name, figures in ACCOUNTS.items():
        key(walk, name, figures)
    walk.link("Statement of verification")
    walk.button("Draw up the statement")
    walk.link("Open the count board")
    assert "600" not in page.locator("main").inner_text(), "the board showed what nobody released"
    page.go_back()
    task(walk, "Count board")
    walk.choose("How many ballot papers were verified")
    walk.button("Release")
    walk.link("Open the board")
    expect(page.locator("main")).to_contain_text("600")
    assert "380" not in page.locator("main").inner_text()


def count_the_votes(walk):
    walk.as_("count-assistant", "2027-02-04T23:20")
    walk.link("Counts", exact=True)
    walk.link(AREA)
    key(walk, "First count", VOTES)
    walk.as_("counting-officer", "2027-02-04T23:30")
    walk.link("Counts", exact=True)
    walk.link(AREA)
    key(walk, "First count", VOTES)
    walk.link("Confirm: first count")
    walk.button("Confirm these figures")


def sign(walk, at):
    """Sign long after signing in: who they are is asked once more, with the second factor, and then they sign."""
    task(walk, "Sign the figures")
    walk.clock.at = walk.clock.at.replace(hour=23, minute=at)
    walk.button("Sign these figures")
    person = walk.people[walk.name]
    walk.fill({"Account name": person.name})
    walk.page.get_by_label("Password", exact=True).fill(person.password)
    walk.follow(walk.page.locator("main").get_by_role("button", name="Sign in"))
    walk.page.locator("input[name=code]").fill(pyotp.TOTP(person.second_factor).at(walk.clock.at))
    walk.follow(walk.page.locator("main").get_by_role("button").last)
    walk.button("Sign these figures")


def declare(walk):
    page = walk.page
    walk.link("Go on to the declaration")
    walk.says("Check what you are about to declare.")
    walk.button("Declare this result")
    walk.says("Result declared: Yes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Proof of the result").click()
    bundle = read_bundle(Path(download.value.path()).read_bytes())
    assert [each.name for each in check_bundle(bundle) if each.holds is False] == []
    file = page.get_by_role("link", name="Declaration to print").get_attribute("href")
    assert page.request.get(file).body().startswith(b"%PDF")
    walk.link("Release the result to the count board")
    walk.choose("The declared result")
    walk.button("Release")
    walk.link("Open the board")
    walk.says("Result: Yes")
    task(walk, re.compile("Declare the result"))


def test_a_night_at_the_count_by_clicking(journey):
    walk = journey
    set_the_stations(walk)
    set_up(walk)
    key_on_a_phone(walk)
    verify_the_papers(walk)
    count_the_votes(walk)
    sign(walk, 50)
    walk.says("A second person must sign in with their own second factor")
    walk.as_("chief-counting-officer", "2027-02-04T23:35")
    sign(walk, 55)
    declare(walk)
    walk.leave()
    assert walk.noises == []
    with reading(walk.engine) as session:
        assert state_faults(session) == []
