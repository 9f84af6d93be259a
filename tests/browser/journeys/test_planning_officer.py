"""A planning officer's whole journey by clicking: from the inbox to each kind of decision on an area, and on a plan."""

import re
from datetime import UTC, date, datetime

import pytest
import shapely
from playwright.sync_api import expect
from sqlalchemy import select

from app.audit import Actor, Deed
from app.db import reading, writing
from app.models import Boundary, BoundaryKind, NeighbourhoodArea
from app.queries.places import land_of
from app.services.areas import ApplicationFacts, Drawn, apply_for_area
from app.services.record import state_faults
from geo.boundary import boundary
from geo.reading import Source
from referendum.designation import Applicant, ApplicantKind

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RECEIVED = date(2026, 11, 20)
BEFORE = Deed(by=Actor(name="Whoever applied", role="operator"), at=datetime(2026, 11, 20, 9, tzinfo=UTC))
SOURCE = Source(format="GeoJSON", layer="drawn", crs="EPSG:27700", crs_evidence="drawn for a test", flipped=False)
COUNCIL = "E07999001"
WEST, EAST = shapely.box(361700, 274900, 362400, 275800), shapely.box(362400, 274900, 363100, 275800)


def unparished(session):
    """The town in the district's middle, which has no parish council."""
    parishes = session.scalars(select(Boundary.geometry).where(Boundary.kind == BoundaryKind.PARISH.value))
    chosen = select(Boundary.geometry).where(Boundary.kind == BoundaryKind.AUTHORITY.value, Boundary.code == COUNCIL)
    return shapely.difference(session.scalars(chosen).one(), shapely.union_all(parishes.all()))


def fields_round_the_village(session):
    """The parish of Ashmarsh without its village, drawn two metres into the line that the village has already."""
    village, parish = land_of(session, "NA-000008", RECEIVED), land_of(session, "E04999006", RECEIVED)
    return max(shapely.get_parts(parish.difference(village.buffer(-2))), key=shapely.area)


@pytest.fixture
def cases(journey):
    """Three applications that came in by post: one beside an area, two across one."""
    with writing(journey.engine) as session:
        town = unparished(session)
        for name, parish, line in (
            ("Ashmarsh Fields", "E04999006", fields_round_the_village(session)),
            ("Westgate", None, WEST.intersection(town)),
            ("Eastgate", None, EAST.intersection(town)),
        ):
            facts = ApplicationFacts(
                name=name,
                applicant=Applicant(kind=ApplicantKind.PARISH if parish else ApplicantKind.FORUM, parish_code=parish),
                applicant_name=f"People of {name}",
                statement="Its people know it as one place.",
                body_statement="It is a relevant body.",
                map_scale=5000,
                received_on=RECEIVED,
            )
            apply_for_area(session, BEFORE, facts, Drawn(geometry_bng=boundary(line), source=SOURCE))
    return journey


def opened(walk, name):
    walk.link("Your account")
    walk.link("Cases and plans")
    walk.link(name)


def publicise(walk, name):
    opened(walk, name)
    walk.page.locator("summary", has_text="Publicise the application").click()
    walk.fill({"First publicised on": "2026-11-23", "Comments close on": "2027-01-08"})
    walk.button("Record the publicity")
    walk.says("8 January 2027")


def decide(walk, outcome, reasons):
    walk.choose(outcome)
    walk.page.get_by_label("Reasons", exact=True).fill(reasons)
    walk.page.locator("#is_business_area").check()
    walk.page.get_by_label("Why?").last.fill("Mostly homes.")
    walk.fill({"Decided on": "2027-01-11"})
    walk.button("Record the decision")


def look_into_the_inbox(walk):
    page = walk.as_("planning-officer", "2026-11-23T10:00")
    walk.link("Cases and plans")
    expect(page.locator(".fm-rows .fm-card__name").nth(0)).to_have_text(re.compile("Mill Yard"))
    expect(page.locator(".fm-rows .fm-card__name").nth(1)).to_have_text(re.compile("Ashmarsh Village"))
    expect(page.locator(".fm-rows .fm-card__name").nth(2)).to_have_text("Wendle Vale")
    walk.says("Decide the application: Tuesday 12 January 2027")
    walk.says("Hold the poll: Thursday 4 February 2027. Waits for the counting officer")


def maps_stand(walk):
    expect(walk.page.locator(".fm-map__canvas--ready")).to_have_count(2, timeout=30_000)


def look_at_a_finding(walk):
    opened(walk, "Ashmarsh Fields")
    maps_stand(walk)
    walk.page.get_by_role("link", name="Place 1").click()
    expect(walk.page.get_by_text("The map shows place 1.")).to_be_visible()
    walk.page.get_by_role("link", name="Show a clean edge on the map").click()
    expect(walk.page.get_by_text("The map shows a clean edge.")).to_be_visible()


def decide_on_four_areas(walk):
    page = walk.as_("planning-officer", "2027-01-11T10:00")
    opened(walk, "Wendle Vale")
    decide(walk, "Designate the area as applied for", "One valley, one community.")
    walk.says("Decision notice")
    walk.fill({"Published on": "2027-01-11"})
    walk.button("Record the publication")
    walk.link("The notice with its map")
    walk.says("Wendle Vale")
    opened(walk, "Ashmarsh Fields")
    walk.says("The line follows that of Ashmarsh Village exactly")
    decide(walk, "Designate it with a clean edge", "The fields belong together; the line now meets the village's.")
    walk.says("Decision notice")
    opened(walk, "Westgate")
    walk.says("7.88 hectares of Aldermere Old Town and Quay would go into the new area")
    decide(walk, "Designate it, and take its land out of", "The gate was always part of the west.")
    walk.says("Decision notice")
    opened(walk, "Eastgate")
    walk.choose("The area is not appropriate, and no land is left")
    decide(walk, "Refuse it, and designate nothing", "Half of it is in the old town already.")
    walk.says("There is a problem")
    expect(page.get_by_label("Reasons", exact=True)).to_have_value("Half of it is in the old town already.")
    maps_stand(walk)
    page.get_by_role("link", name="Show the land that is left on the map").click()
    expect(page.get_by_text("The map shows the land that is left.")).to_be_visible()
    walk.choose("Refuse it as not appropriate, and designate some of it")
    walk.button("Record the decision")
    walk.says("Decision notice")


def choose_not_to_make(walk):
    """Residents and businesses voted differently, so the council may choose; the day cannot come before the vote."""
    page = walk.page
    opened(walk, "Old Town and Quay Business Neighbourhood Plan")
    walk.link("Choose, with reasons, not to make it")
    walk.choose("Residents and businesses voted differently")
    walk.fill({"Reasons": "Businesses carry most of what it asks for.", "On which day?": "2026-09-01"})
    walk.button("Decide not to make it")
    walk.says("before its referendum")
    expect(page.get_by_label("Reasons")).to_have_value("Businesses carry most of what it asks for.")
    walk.fill({"On which day?": "2027-01-11"})
    walk.button("Decide not to make it")
    walk.says("Not made")


STAGES = [
    look_into_the_inbox,
    look_at_a_finding,
    lambda walk: [publicise(walk, name) for name in ("Ashmarsh Fields", "Westgate", "Eastgate")],
    decide_on_four_areas,
    choose_not_to_make,
]


@pytest.mark.rule("AREA-9", "AREA-15", "AREA-16", "RESULT-7")
def test_a_planning_officer_decides_everything_without_a_second_tool(cases):
    for stage in STAGES:
        stage(cases)
    cases.leave()
    assert cases.noises == []
    with reading(cases.engine) as session:
        assert state_faults(session) == []
        lines = {
            area.name: area.versions[-1].geometry
            for area in session.scalars(select(NeighbourhoodArea).where(NeighbourhoodArea.status == "designated"))
        }
    old = lines["Aldermere Old Town and Quay"]
    assert {"Wendle Vale", "Ashmarsh Fields", "Westgate", "Eastgate"} <= set(lines)
    assert lines["Ashmarsh Fields"].intersection(lines["Ashmarsh Village"]).area < 1
    assert old.area == pytest.approx(95_900, abs=100)
    assert [name for name in ("Westgate", "Eastgate") if lines[name].intersection(old).area > 1] == []
