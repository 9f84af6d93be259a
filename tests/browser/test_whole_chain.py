"""The whole chain by clicking: from a volunteer's application to a plan that is part of the development plan."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.audit import Actor, Deed
from app.db import create_database_engine, reading, writing
from app.models import BoundaryKind
from app.secrets import service_secret
from app.services.boundaries import import_boundaries
from app.services.example_people import load_people
from app.services.record import state_faults
from app.settings import Settings
from geo.reading import read_layer

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.xdist_group("browser")]

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
LAYERS = {
    BoundaryKind.AUTHORITY: "authorities",
    BoundaryKind.RELEVANT_COUNCIL: "relevant_councils",
    BoundaryKind.PARISH: "parishes",
    BoundaryKind.POLLING_DISTRICT: "polling_districts",
}
ACCOUNT = {"Ballot papers supplied": 900, "Issued to voters": 300, "Spoilt and replaced": 3, "Not used": 597,
           "Tendered papers used": 0, "Papers found in the box": 300}  # fmt: skip
VERIFIED = {
    "Nether Wendle Village Hall": ACCOUNT,
    "Postal votes": {"Postal ballot papers": 60},
}
VOTES = {"Votes for Yes": 212, "Votes for No": 145, "No official mark": 0, "Voting for more than one answer": 2,
         "Writing or mark": 0, "Unmarked, or the answer uncertain": 1}  # fmt: skip
COUNTED = {"First count": VOTES}
COUNCIL, PARISH, HOME = "E07999001", "Nether Wendle", "360786, 279941"
BEFORE = Deed(by=Actor(name="Whoever set this up", role="operator"), at=datetime(2024, 12, 2, 9, tzinfo=UTC))


def set_up(settings):
    """Import the district's boundaries, and open an account for each role; no area, no register, no plan."""
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        for kind, name in LAYERS.items():
            layer = read_layer(FIXTURES / "geojson" / f"{name}.geojson", code_column="code", name_column="name")
            council = COUNCIL if kind is BoundaryKind.POLLING_DISTRICT else ""
            source = f"{name}.geojson (invented)"
            import_boundaries(session, BEFORE, kind, layer, valid_from=None, source=source, authority_code=council)
        load_people(session, service_secret=service_secret(settings))
    engine.dispose()


def apply_for_the_parish(walk):
    """The parish council applies for the whole of its parish, and the draft becomes the application."""
    page = walk.as_("volunteer-signatory", "2026-11-23T10:00")
    walk.link("Apply for a neighbourhood area")
    page.get_by_role("button", name="Take the whole parish of Nether Wendle").click()
    walk.button("Apply or share")
    page.get_by_role("heading", name="Apply for this area").wait_for()
    while (left := page.locator(".govuk-task-list__item", has_not_text="Done").locator("a")).count():
        walk.follow(left.first)
        if page.get_by_role("radio").count():
            page.get_by_role("radio").first.check()
        elif page.get_by_role("checkbox").count():
            page.get_by_role("checkbox").first.check()
        else:
            statement = "The parish is one community around its green."
            page.locator("main form").locator("input[type=text], textarea").first.fill(
                PARISH if page.get_by_label("Name of the area").count() else statement
            )
        walk.button("Save and go on")
        page.get_by_role("heading", name="Apply for this area").wait_for()
    walk.button("Check your answers")
    walk.button("Submit the application")
    walk.says("Application received")


def designate(walk):
    page = walk.as_("planning-officer", "2026-12-07T10:00")
    walk.link("Cases and plans")
    walk.link(PARISH)
    walk.choose("Designate the area as applied for")
    page.get_by_label("Reasons", exact=True).fill("The parish council applied for exactly its whole parish.")
    page.locator("#is_business_area").check()
    page.get_by_label("Why?").last.fill("Considered. The area is mostly homes.")
    walk.fill({"Decided on": "2026-12-07", "Published on": "2026-12-08"})
    walk.button("Record the decision")
    walk.says("Decision notice")


def paper(name):
    """A file somebody has on their disk."""
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + name.encode()}


def to_do(walk):
    """The tasks of the next step that are open and have a page, by the words of their links."""
    rows = walk.page.locator(".govuk-task-list").first.locator(".govuk-task-list__item--with-link")
    open_rows = rows.filter(has=walk.page.locator(".govuk-tag", has_text="To do"))
    return open_rows.locator("a").all_inner_texts()


def gather(walk):
    """Hand in every paper and answer every question that the next step still lacks."""
    for name in to_do(walk):
        walk.link(name, exact=True)
        if walk.page.locator("input[type=file]").count():
            walk.page.get_by_label("Choose a file").set_input_files(paper("paper"))
            walk.button("Hand in this file")
        elif walk.page.get_by_label("Yes", exact=True).count():
            is_negative = "lose the right" in walk.page.locator("form").last.inner_text()
            walk.choose("No" if is_negative else "Yes", exact=True)
            walk.page.get_by_label("Say more").fill("As found.")
            walk.button("Save")
        elif walk.page.get_by_label("First year").count():
            walk.fill({"First year": "2027", "Last year": "2042"})
            walk.button("Save")
        else:
            walk.button("Save")
        walk.page.locator("h1").wait_for()
        assert not walk.page.locator(".govuk-error-summary").count(), walk.page.locator("main").inner_text()


def take(walk, closes_on="", note=""):
    """Take the next step of the case."""
    walk.link("Take this step")
    if closes_on:
        walk.page.get_by_label("When do comments close?").fill(closes_on)
    if note:
        walk.page.get_by_label("Reasons or a note").fill(note)
    walk.button("Take this step")
    assert not walk.page.locator(".govuk-error-summary").count(), walk.page.locator("main").inner_text()


def open_case(walk):
    walk.link("Cases and plans")
    walk.link("Nether Wendle Neighbourhood Plan")


def begin_a_plan(walk):
    walk.as_("volunteer-signatory", "2027-01-11T10:00")
    walk.link("Cases and plans")
    walk.button("Begin a plan or order")
    walk.page.get_by_label("Neighbourhood area").fill("NA-000001")
    walk.choose("A plan: policies for the area")
    walk.fill(
        {
            "Title": "Nether Wendle Neighbourhood Plan",
            "Who prepares it?": "Nether Wendle Parish Council",
            "First year": "2027",
            "Last year": "2042",
        }
    )
    walk.button("Begin")
    walk.link("Policies of this plan")
    walk.button("Write a policy")
    walk.fill({"Code": "H1", "Title": "Homes on the green", "The policy": "Homes are built around the green."})
    walk.button("Save")


def consult_before_submission(walk):
    walk.as_("volunteer-signatory", "2027-01-12T10:00")
    open_case(walk)
    gather(walk)
    take(walk, "2027-02-26")


def submit(walk):
    walk.as_("volunteer-signatory", "2027-03-15T10:00")
    open_case(walk)
    gather(walk)
    take(walk)


def publicise(walk):
    walk.as_("planning-officer", "2027-04-06T10:00")
    open_case(walk)
    gather(walk)
    take(walk, "2027-05-21")


def say_what_one_thinks(walk):
    """Somebody who lives there, without an account, from the first page."""
    walk.as_("", "2027-04-20T18:00")
    walk.link("Nether Wendle Neighbourhood Plan")
    walk.button("Say what you think")
    walk.page.get_by_label("Your comment").fill("Keep the path across the green open.")
    walk.page.get_by_label("Policy it is about").select_option(index=1)
    walk.fill({"Your name": "A resident", "How to reach you": "The Green"})
    walk.choose("Tell me what is decided")
    walk.button("Send")
    walk.says("Your comment has arrived")


def send_to_the_examiner(walk):
    walk.as_("planning-officer", "2027-06-07T10:00")
    open_case(walk)
    walk.link("Appointment of the examiner")
    walk.button("Propose an examiner")
    walk.fill({"Name of the examiner": "Piers Holloway", "What qualifies the examiner?": "A chartered town planner."})
    for box in walk.page.get_by_role("checkbox").all():
        box.check()
    walk.send()
    walk.as_("volunteer-signatory", "2027-06-08T10:00")
    open_case(walk)
    walk.link("Appointment of the examiner")
    walk.link("Consent")
    walk.page.get_by_label("Who consents?").fill("Minute 41")
    walk.button("Consent")
    walk.as_("planning-officer", "2027-06-09T10:00")
    open_case(walk)
    walk.link("Appointment of the examiner")
    walk.link("Appoint", exact=True)
    walk.button("Appoint")
    open_case(walk_home(walk))
    gather(walk)
    take(walk)


def walk_home(walk):
    walk.link("Your account")
    return walk


def receive_the_report(walk):
    walk.as_("planning-officer", "2027-07-12T10:00")
    open_case(walk)
    walk.link("The examiner's report", exact=True)
    walk.page.get_by_label("Choose a file").set_input_files(paper("report"))
    walk.button("Hand in this file")
    walk.link("What the report recommends as a whole")
    walk.choose(re.compile("with changes|modif", re.IGNORECASE))
    walk.choose("No", exact=True)
    walk.send()
    walk.link("Recommendations and decisions")
    walk.button("Enter a change")
    walk.fill({"What is it about?": "Policy H1", "What is to be changed?": "Say which green is meant."})
    walk.page.get_by_role("group", name="Why may it be changed?").get_by_role("radio").first.check()
    walk.send()
    walk.link("Back to the case")
    take(walk)


def decide_on_the_report(walk):
    page = walk.as_("planning-officer", "2027-08-02T10:00")
    open_case(walk)
    walk.link("A decision and its reason on each recommendation")
    walk.link("1. Policy H1")
    page.get_by_role("group", name="The decision").get_by_role("radio").first.check()
    page.get_by_label("The reason").fill("The examiner is right: there are two greens.")
    walk.send()
    walk.link("Back to the case")
    walk.link("Every basic condition found to be met")
    while (left := page.locator(".govuk-task-list__item", has_text="To do").locator("a")).count():
        walk.follow(left.first)
        walk.choose("Yes", exact=True)
        page.get_by_label("Say more").fill("As the examiner found.")
        walk.button("Save")
        page.get_by_role("heading", name="Basic conditions").wait_for()
    walk.link("Back to the case")
    walk.link("The decision on the referendum area")
    walk.choose("The neighbourhood area")
    page.get_by_label("Reasons").fill("Nobody else is touched by the plan.")
    walk.button("Save")
    take(walk, note="Every recommendation is followed.")


def publish_the_decision(walk):
    page = walk.as_("planning-officer", "2027-08-03T10:00")
    open_case(walk)
    walk.link("The decision statement")
    page.get_by_label("Choose a file").set_input_files(paper("statement"))
    walk.button("Hand in this file")
    walk.link("Appointment of the examiner")
    walk.link("The decision statement was published")
    walk.send()
    section = page.locator("h2", has_text="Documents for the referendum").locator("xpath=following-sibling::ul[1]")
    while (left := section.locator("li", has_text="To do").locator("a")).count():
        walk.follow(left.first)
        page.get_by_label("Choose a file").set_input_files(paper("document"))
        walk.button("Hand in this file")
        page.get_by_role("heading", name="Documents for the referendum").wait_for()


def arrange_the_referendum(walk):
    page = walk.as_("electoral-officer", "2027-08-04T10:00")
    walk.link("Registers and electorates")
    walk.link("Nether Wendle Neighbourhood Plan")
    page.get_by_label("Polling day").fill("2027-10-14")
    walk.button("Arrange the referendum")
    walk.link("Import a full register")
    page.get_by_label("Files").set_input_files(FIXTURES / "csv" / "register_with_ids.csv")
    page.get_by_label("The day of which").fill("2027-08-02")
    walk.button("Send")
    wait_for_the_import(walk)
    walk.link("Add a file of locations")
    page.get_by_label("Files").set_input_files([FIXTURES / "csv" / name for name in ("uprn.csv", "postcodes.csv")])
    walk.button("Send")
    wait_for_the_import(walk)
    walk.link(PARISH, exact=True)
    walk.says("steps done")


def wait_for_the_import(walk):
    back = walk.page.get_by_role("link", name="Back to the electorate")
    for _ in range(60):
        if back.count():
            break
        walk.page.wait_for_timeout(500)
        if walk.page.get_by_role("button", name="See how far it is now").count():
            walk.button("See how far it is now")
    walk.follow(back)


def freeze_for_the_expenses_limit(walk):
    walk.as_("electoral-officer", "2027-08-16T10:00")
    open_electorate(walk)
    walk.link("Decide what is still open")
    walk.says("Nothing is open")
    freeze(walk, "E0")


def open_electorate(walk):
    walk.link("Your account")
    walk.link("Registers and electorates")
    walk.link(PARISH, exact=True)


def freeze(walk, snapshot):
    open_electorate(walk)
    walk.link(re.compile(rf"Freeze the electorate .*{snapshot}"))
    walk.button("Freeze for good")
    walk.says("Counted from")


def tell_the_voters(walk):
    page = walk.as_("electoral-officer", "2027-08-23T10:00")
    open_electorate(walk)
    walk.link("Publish the information pack")
    page.get_by_label("Where and when").fill("On the council's website\nThe council's offices, weekdays 9am to 5pm")
    walk.choose("I have checked how this number came about")
    walk.button("Publish and freeze")
    walk.says("information")
    open_electorate(walk)
    walk.link("Set the polling stations")
    page.get_by_label("Name", exact=True).first.fill("Nether Wendle Village Hall")
    page.get_by_label("Address", exact=True).first.fill("The Green, Nether Wendle")
    page.get_by_label("Who votes there").first.fill("All electors")
    page.get_by_label("Ballot papers supplied").first.fill("900")
    walk.button("Save")
    open_electorate(walk)
    walk.link("Notice of referendum")
    walk.says("Nether Wendle")
    freeze(walk, "E1")
    walk.as_("electoral-officer", "2027-10-06T10:00")
    freeze(walk, "E2")
    open_electorate(walk)
    told = re.search(r"(\d+) of (\d+) steps done", page_text(walk))
    assert told.group(1) == told.group(2), page_text(walk)


def page_text(walk):
    return walk.page.locator("main").inner_text()


def key(walk, figures):
    """Key sheets of the count: each is a task, and its figures by their labels."""
    for task, values in figures.items():
        open_count(walk)
        walk.link(task, exact=True)
        walk.fill(values)
        walk.button("Save these figures")
        assert not walk.page.locator(".govuk-error-summary").count(), page_text(walk)


def open_count(walk):
    walk.link("Your account")
    walk.link("Counts", exact=True)
    walk.link("Nether Wendle Neighbourhood Plan")


def count_task(walk, name):
    open_count(walk)
    walk.link(name)


def hold_the_count(walk):
    walk.as_("counting-officer", "2027-10-14T21:30")
    count_task(walk, "Set up polling stations")
    walk.button("Save")
    walk.as_("count-assistant", "2027-10-14T21:40")
    key(walk, VERIFIED)
    walk.as_("counting-officer", "2027-10-14T21:50")
    key(walk, VERIFIED)
    count_task(walk, "Statement of verification")
    walk.button("Draw up the statement")
    key(walk, COUNTED)
    walk.as_("count-assistant", "2027-10-14T22:10")
    key(walk, COUNTED)
    walk.as_("counting-officer", "2027-10-14T22:20")
    count_task(walk, "Confirm: first count")
    walk.button("Confirm these figures")
    sign(walk)
    walk.as_("chief-counting-officer", "2027-10-14T22:30")
    sign(walk)
    walk.says("Two people have signed")
    walk.as_("counting-officer", "2027-10-14T22:40")
    count_task(walk, "Declare the result")
    walk.button("Declare this result")
    walk.says("Result declared: Yes")
    count_task(walk, "Count board")
    walk.choose("The declared result")
    walk.button("Release")


def sign(walk):
    count_task(walk, "Sign the figures")
    walk.button("Sign these figures")


def make_the_plan(walk):
    page = walk.as_("planning-officer", "2027-11-08T10:00")
    open_case(walk)
    walk.link("Take this step")
    page.get_by_label("Reasons").fill("More than half of those who voted said yes.")
    walk.button("Make it")
    walk.says("Made")


def find_what_applies(walk):
    """Whoever lives there finds the plan, the result and its proof, the development plan, and why it counts."""
    page = walk.as_("", "2027-11-09T10:00")
    page.get_by_label("Place").fill(HOME)
    walk.button("Show what applies")
    walk.says("Nether Wendle Neighbourhood Plan")
    walk.link("Nether Wendle Neighbourhood Plan")
    walk.says("H1")
    walk.link("Referendums", exact=True)
    walk.link("Nether Wendle Neighbourhood Plan")
    walk.says("Result: Yes")
    walk.link("Declaration of result")
    walk.says("Nether Wendle")


STAGES = [
    apply_for_the_parish,
    designate,
    begin_a_plan,
    consult_before_submission,
    submit,
    publicise,
    say_what_one_thinks,
    send_to_the_examiner,
    receive_the_report,
    decide_on_the_report,
    publish_the_decision,
    arrange_the_referendum,
    freeze_for_the_expenses_limit,
    tell_the_voters,
    hold_the_count,
    make_the_plan,
    find_what_applies,
]


@pytest.fixture
def walk(database_url, tmp_path, served):
    """A service on a district without any area, on each kind of database, and the people who click."""
    settings = Settings(data_folder=tmp_path, database_url=database_url)
    set_up(settings)
    with served(settings) as walk:
        yield walk


def test_from_an_application_to_the_development_plan_by_clicking(walk):
    for stage in STAGES:
        stage(walk)
    walk.leave()
    assert walk.noises == []
    with reading(walk.engine) as session:
        assert state_faults(session) == []
