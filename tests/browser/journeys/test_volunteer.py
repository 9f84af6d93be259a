"""A volunteer's whole journey by clicking: a group, an area by file and by drawing, a forum, a plan till submission."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from app.audit import Actor, Deed
from app.db import reading, writing
from app.models import OrganisationKind
from app.roles import Role
from app.services.accounts import AccountFacts, open_account
from app.services.area_decisions import DecisionFacts, decide_application
from app.services.organisations import OrganisationFacts, add_organisation
from app.services.record import state_faults
from app.services.roles import grant_role

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BEFORE = Deed(by=Actor(name="Whoever set this up", role="operator"), at=datetime(2027, 1, 11, 9, tzinfo=UTC))
DECIDED = DecisionFacts(
    authority_code="E07999001",
    designate=True,
    decided_on=date(2027, 1, 11),
    published_on=date(2027, 1, 11),
    reasons="One valley, one community.",
    is_business_area=False,
    business_area_reasons="Mostly homes.",
)
CORNERS = [(361800, 275200), (362000, 275200), (362000, 275500), (361800, 275500)]
LINE = {
    "type": "Feature",
    "properties": {},
    "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
    "geometry": {"type": "Polygon", "coordinates": [[*CORNERS, CORNERS[0]]]},
}
GROUP = {
    "Name of the group": "Friends of the Riverside",
    "The place it looks after": "NA-000003",
    "What the group does": "It keeps the river path open.",
    "How to join": "Come to the boat house on a Monday.",
    "Contact": "Robin Reed",
    "How to reach the contact": "The boat house",
    "Day on which the contact agreed": "2027-01-11",
}
FORUM = {
    "Name of the forum": "Riverside Forum",
    "What it is for": "The well-being of the riverside.",
    "Constitution": "It can be read at the boat house.",
    "How it meets the conditions": "Its members come from every street.",
    "How many members qualify?": "24",
    "how many live there?": "20",
    "How many work there?": "6",
    "How many are councillors for it?": "1",
    "Contact": "Robin Reed",
    "How to reach the contact": "The boat house",
    "Day on which the contact agreed": "2027-01-11",
}


@pytest.fixture
def volunteers(journey):
    """A forum that is just starting has an account; the area of a parish that wants a plan is designated."""
    someone = replace(journey.people["volunteer-signatory"], name="riverside", password="quiet-otter-crosses-weir")
    with writing(journey.engine) as session:
        add_organisation(
            session, BEFORE, OrganisationFacts(code="riverside", name="Riverside Forum", kind=OrganisationKind.FORUM)
        )
        facts = AccountFacts(name=someone.name, password=someone.password, is_own_password=True)
        grant_role(session, BEFORE, open_account(session, BEFORE, facts), "riverside", Role.VOLUNTEER_SIGNATORY)
        decide_application(session, BEFORE, "NA-000009", DECIDED)
    journey.people["riverside"] = someone
    return journey


def at_the_start(walk, door):
    walk.link("Your account")
    walk.link(door)


def register_the_group(walk):
    walk.as_("riverside", "2027-01-12T10:00")
    at_the_start(walk, "Your groups in the register")
    walk.button("Enter a group")
    walk.fill(GROUP)
    walk.button("Save")
    at_the_start(walk, "Your groups in the register")
    walk.says("Before it can be public, add:")
    walk.link("Change")
    walk.fill({"Day on which the group agreed to the code of conduct": "2027-01-11"})
    walk.button("Save")
    at_the_start(walk, "Your groups in the register")
    walk.button("Publish")
    at_the_start(walk, "Your groups in the register")
    walk.link("see its page")
    walk.says("Robin Reed")


def apply_for_an_area_by_file(walk):
    page = walk.page
    at_the_start(walk, "Apply for a neighbourhood area")
    walk.link("Open a file somebody sent")
    expect(page.locator("#map[data-layers=drawn]")).to_be_visible()
    sent = {"name": "line.geojson", "mimeType": "application/geo+json", "buffer": json.dumps(LINE).encode()}
    page.get_by_label("A file (or drop it on the map)").set_input_files(sent)
    expect(page.locator("#count")).to_have_text("4")
    keep(walk, "Riverside")
    expect(page.get_by_text("0 of 5 parts done")).to_be_visible()
    walk.link("Why this area is right")
    page.get_by_label("Why is this area right").fill("One quarter with one landing stage.")
    walk.button("Save and go on")
    at_the_start(walk, "Apply for a neighbourhood area")
    walk.link("Apply or share Riverside")
    expect(page.get_by_text("1 of 5 parts done")).to_be_visible()
    walk.link("The map", exact=True)
    page.get_by_role("radio").first.check()
    walk.button("Save and go on")
    walk.link("Name of the area")
    walk.button("Save and go on")
    walk.link("Who applies")
    page.get_by_label(re.compile("relevant body|could be")).first.check()
    walk.button("Save and go on")
    walk.link("Why you can be a forum")
    page.get_by_label("How does your group meet this").fill("It has 24 members from every street.")
    walk.button("Save and go on")
    expect(page.get_by_text("5 of 5 parts done")).to_be_visible()
    walk.button("Check your answers")
    walk.button("Submit the application")
    walk.says("Application received")
    at_the_start(walk, "Apply for a neighbourhood area")
    walk.says("Applied for as NA-000010")


def draw_another(walk):
    page = walk.page
    walk.link("Draw it on the map")
    expect(page.locator("#map[data-layers=drawn]")).to_be_visible()
    for easting, northing in CORNERS:
        page.get_by_label("Grid reference, easting and northing").fill(f"{easting} {northing - 300}")
        page.get_by_role("button", name="Put the point there").click()
    page.locator('[data-act="finish"]').click()
    expect(page.locator("#count")).to_have_text("4")
    keep(walk, "Wharfside")
    expect(page.get_by_text("0 of 5 parts done")).to_be_visible()


def keep(walk, name):
    walk.page.get_by_label("Name of the area").fill(name)
    walk.page.get_by_role("button", name="Save a version").click()
    expect(walk.page.locator("#kept[data-state=saved]")).to_be_visible()
    expect(walk.page.locator("#versions li")).to_have_count(1)
    # The page moves while it fills; the key does not mind.
    with walk.page.expect_event("domcontentloaded"):
        walk.page.get_by_role("button", name="Apply or share").press("Enter")


def apply_to_be_a_forum(walk):
    at_the_start(walk, "Apply to be a neighbourhood forum")
    walk.fill({"Its area": "NA-000010"} | FORUM)
    walk.choose("Membership is open to everyone")
    walk.button("Apply")
    walk.says("Riverside Forum")
    walk.says("12 January 2027")


def begin_a_plan(walk):
    page = walk.as_("volunteer-signatory", "2027-01-18T10:00")
    walk.link("Areas", exact=True)
    walk.link("Wendle Vale", exact=True)
    walk.link("Begin a plan or order for this area")
    expect(page.get_by_label("Neighbourhood area")).to_have_value("NA-000009")
    walk.choose("A plan: policies for the area")
    walk.fill({"Title": "Wendle Vale Neighbourhood Plan", "First year": "2027", "Last year": "2042"})
    walk.button("Begin")
    walk.link("Policies of this plan")
    walk.button("Write a policy")
    policy = {"Code": "V1", "Title": "The vale stays open", "The policy": "Nothing is built on the meadow."}
    walk.fill(policy | {"The land it is about": "SO 607 799"})
    walk.button("Save")
    walk.says("V1")


def go_on(walk, at, *, closes_on=""):
    """Come back on a day, do all that the list says is left, find that it is done, and take the step."""
    page = walk.as_("volunteer-signatory", at)
    at_the_start(walk, "Cases and plans")
    walk.link("Wendle Vale Neighbourhood Plan")
    left = page.locator(".govuk-task-list").first.locator(".govuk-task-list__item--with-link", has_text="To do")
    expect(left.first).to_be_visible()
    for name in left.locator("a").all_inner_texts():
        walk.link(name, exact=True)
        meet(walk)
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(left).to_have_count(0)
    walk.link("Take this step")
    if closes_on:
        walk.fill({"When do comments close?": closes_on})
    walk.button("Take this step")
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def meet(walk):
    """Hand in the paper, or answer the question, that a task is about."""
    page = walk.page
    if page.locator("input[type=file]").count():
        paper = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a paper"}
        page.get_by_label("Choose a file").set_input_files(paper)
        walk.button("Hand in this file")
    elif page.get_by_label("Yes", exact=True).count():
        walk.choose("Yes", exact=True)
        page.get_by_label("Say more").fill("As found.")
        walk.button("Save")
    else:
        walk.button("Save")


def find_it_public(walk):
    page = walk.as_("", "2027-03-17T10:00")
    walk.link("Plans", exact=True)
    walk.link("Wendle Vale Neighbourhood Plan")
    walk.says("V1")
    expect(page.get_by_text("Submitted").first).to_be_visible()


STAGES = [
    register_the_group,
    apply_for_an_area_by_file,
    lambda walk: [at_the_start(walk, "Apply for a neighbourhood area"), draw_another(walk)],
    apply_to_be_a_forum,
    begin_a_plan,
    lambda walk: go_on(walk, "2027-01-19T10:00", closes_on="2027-03-05"),
    lambda walk: go_on(walk, "2027-03-15T10:00"),
    find_it_public,
]


def test_a_volunteer_comes_back_and_is_told_truly_what_is_left(volunteers):
    for stage in STAGES:
        stage(volunteers)
    volunteers.leave()
    assert volunteers.noises == []
    with reading(volunteers.engine) as session:
        assert state_faults(session) == []
