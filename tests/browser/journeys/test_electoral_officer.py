"""The electoral officer: from a register to three frozen counts and what the voters are told, by clicking alone."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.db import reading
from app.services.record import state_faults

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FIXTURES = Path(__file__).parent.parent.parent.parent / "fixtures"
PLAN, AREA = "Pellington and Harrop Neighbourhood Plan", "Pellington and Harrop"
DISTRICTS = ("AM1,", "AM2,", "AM3,", "CH1,", "PE1,", "PE2,", "PE3,")
UPDATE = [
    (
        "CompanyName,CompanyOPCSRef,DistrictRef,StreetName,PropertyAddress1,PropertyAddress2,PropertyAddress3,"
        "PropertyAddress4,PropertyAddress5,PropertyPostCode,PropertyAddressPrefix,PropertyAddressNumber,ElectorNumber,"
        "ElectorForename,ElectorSurname,ElectorDOB,ElectorCreatedMonth,ElectorChangedMonth,ElectorDeletedMonth,"
        "MarkersRegisterText,RecordCount,RecordTotal,CurrentRegisterMonth,UPRN"
    ),
    "Aldermere,E07,PE1,Aldermere Road,1 Aldermere Road,,,,,ZZ4 1AA,,1,PE1-2,,,,0,0,12,,1,1,12,",
]


def tasks(walk):
    """Go to the electorate's list of tasks as from anywhere."""
    walk.link("Your account")
    walk.link("Registers and electorates")
    walk.link(AREA)
    expect(walk.page.get_by_role("heading", name="The register")).to_be_visible()


def files_of_the_land_around():
    """The register of the polling districts in and around the area, and their properties."""
    heading, *rows = (FIXTURES / "csv" / "register_with_ids.csv").read_text(encoding="utf-8").splitlines()
    first, *places = (FIXTURES / "csv" / "properties.csv").read_text(encoding="utf-8").splitlines()
    rows = [row for row in rows if row.startswith(DISTRICTS)]
    places = [place for place in places if any(f",{district}" in place for district in DISTRICTS)]
    return table("register.csv", [heading, *rows]), table("properties.csv", [first, *places])


def table(name, lines):
    return {"name": name, "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode()}


def send_files(walk, files, as_at=""):
    walk.page.get_by_label("Files").set_input_files(files)
    if as_at:
        walk.page.get_by_label("The day of which").fill(as_at)
    walk.button("Send")
    back = walk.page.get_by_role("link", name="Back to the electorate")
    expect(walk.page.locator("#progress")).to_be_visible()
    expect(back).to_be_visible(timeout=60_000)  # the page follows the import by itself
    expect(walk.page.get_by_text("Everything is stored")).to_be_visible()
    walk.follow(back)


def decide_on_the_map(walk):
    """One home by its circle on the map, with the reason on the page, then straight on to the next."""
    page = walk.page
    walk.link("Decide what is still open")
    walk.says("8 to decide")
    expect(page.locator("path.fm-area--undecided")).to_have_count(6, timeout=30_000)  # three circles, each with a dot
    expect(page.locator("path.fm-area--unplaced")).to_have_count(2)
    page.locator("path.fm-dot").first.click(force=True)
    walk.follow(page.locator(".fm-popup__name a"))
    number = page.get_by_role("heading", level=1).inner_text().removeprefix("Entry ")
    expect(page.locator("path.fm-dot")).to_have_count(1)
    walk.choose("In the referendum area")
    walk.button("Keep this decision")
    walk.says("Say why")
    assert page.get_by_label("In the referendum area").is_checked()
    page.get_by_label("Why?").fill("The front door stands south of the brook.")
    walk.button("Keep it and go to the next")
    walk.says(f"{number} is kept: in the referendum area.")
    walk.link("Back to the list")
    walk.says("7 to decide")


def decide_the_rest_as_a_table(walk):
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Take the whole list").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    filled = io.StringIO()
    writer = csv.DictWriter(filled, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(row | {"decision": "out", "reason": "Looked up: north of the line."} for row in rows)
    sent = table("list.csv", filled.getvalue().splitlines())
    walk.page.get_by_label("The list, filled in").set_input_files(sent)
    walk.button("Send the decisions")
    walk.says("Looked up: north of the line.")


def freeze(walk, snapshot):
    tasks(walk)
    walk.link(re.compile(rf"Freeze the electorate .*{snapshot}"))
    walk.button("Freeze for good")
    walk.says("Counted from")


def hand_in_what_is_missing(walk):
    page = walk.as_("planning-officer", "2026-11-24T10:00")
    walk.link("Cases and plans")
    walk.link(PLAN)
    section = page.locator("h2", has_text="Documents for the referendum").locator("xpath=following-sibling::ul[1]")
    for _ in range(section.locator("li", has_text="To do").count()):
        walk.follow(section.locator("li", has_text="To do").locator("a").first)
        paper = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 paper"}
        page.get_by_label("Choose a file").set_input_files(paper)
        walk.button("Hand in this file")
    expect(section.locator("li", has_text="To do")).to_have_count(0)


def publish_the_pack(walk):
    page = walk.as_("electoral-officer", "2026-11-25T23:40")
    tasks(walk)
    walk.link("Publish the information pack")
    walk.says("How the number of entries came about")
    walk.says("less 2 of overseas electors")
    page.get_by_label("Where and when").fill("On the council's website\nThe council's offices, weekdays 9am to 5pm")
    walk.button("Publish and freeze")
    walk.says("Look at how the number of entries came about")
    assert "weekdays" in page.get_by_label("Where and when").input_value()
    walk.choose("1,324 entries: I have checked")
    walk.button("Publish and freeze")
    walk.says("The information pack is published.")
    walk.link("Publish the information pack")
    walk.says("£2,440.12")


def set_the_stations(walk):
    tasks(walk)
    walk.link("Set the polling stations")
    for at, (name, papers) in enumerate([("Pellington Village Hall", "900"), ("Harrop Chapel Room", "300")]):
        for label, text in {"Name": name, "Address": "The Green", "Ballot papers supplied": papers}.items():
            walk.page.get_by_label(label, exact=True).nth(at).fill(text)
        walk.page.get_by_label("Who votes there").nth(at).fill("PE1 and PE2")
    walk.button("Save")
    walk.says("The list is saved.")
    walk.says("Ballot papers 901 to 1,200")


def take_the_papers(walk):
    """The timetable for a calendar and the notices for the board, each as a file."""
    tasks(walk)
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="The timetable for your calendar").click()
    assert download.value.suggested_filename.endswith(".ics")
    for notice in ("Notice of referendum", "Notice of poll"):
        tasks(walk)
        walk.link(notice)
        file = walk.page.get_by_role("link", name=re.compile("PDF")).first.get_attribute("href")
        assert walk.page.request.get(file).body().startswith(b"%PDF")


def alter_the_register(walk):
    walk.as_("electoral-officer", "2026-12-15T10:00")
    walk.link("Registers and electorates")
    walk.link("apply a monthly update")
    send_files(walk, table("december.csv", UPDATE), "2026-12-01")


def see_what_changed(walk):
    tasks(walk)
    walk.link("What changed between the counts")
    walk.says("1: may vote before, not on the register after")
    walk.page.get_by_text("Which entries").first.click()
    expect(walk.page.get_by_role("row", name="PE1-2 May vote Not on the register")).to_be_visible()
    walk.says("No entry changed.")


def test_from_a_register_to_three_frozen_counts_by_clicking(journey):
    walk = journey
    walk.as_("electoral-officer", "2026-11-23T23:30")
    walk.link("Registers and electorates")
    walk.link("Add a file of locations")
    register, properties = files_of_the_land_around()
    send_files(walk, properties)
    walk.link("Import a full register")
    send_files(walk, register, "2026-11-20")
    tasks(walk)
    decide_on_the_map(walk)
    decide_the_rest_as_a_table(walk)
    freeze(walk, "E0")
    hand_in_what_is_missing(walk)
    publish_the_pack(walk)
    set_the_stations(walk)
    take_the_papers(walk)
    alter_the_register(walk)
    freeze(walk, "E1")
    freeze(walk, "E2")
    see_what_changed(walk)
    tasks(walk)
    walk.says("9 of 9 steps done.")
    walk.leave()
    assert walk.noises == []
    with reading(walk.engine) as session:
        assert state_faults(session) == []
