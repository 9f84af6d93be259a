"""The page of the referendum area: figures before the decision, places ticked without a script, nothing lost."""

import json
from datetime import UTC, date, datetime

import pytest
import shapely
from sqlalchemy import select

from app.db import reading, writing
from app.models import Boundary, BoundaryKind, Examination, NeighbourhoodArea, Plan
from app.services.record.faults import state_faults

pytestmark = pytest.mark.database

PAGE = "/cases/plans/NP-000900/referendum-area"
API = "/api/v1/plans/NP-000900/referendum-area"
BIRCH, HB1 = "parish::E04999102", "polling-district:E07999101:HB1"
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
REASONS = "Homes beyond the lane are affected."


@pytest.fixture
def reported(designated):
    """Alder's plan, its report in hand."""
    with writing(designated) as session:
        plan = Plan(
            reference="NP-000900",
            area=session.scalars(select(NeighbourhoodArea)).one(),
            instrument="ndp",
            title="Alder Plan",
            stage="report-received",
            qualifying_body="Alder Parish Council",
            period_start=2026,
            period_end=2041,
        )
        found = Examination(
            plan=plan,
            examiner="Rowan Thackeray",
            qualifications="Chartered planner.",
            is_independent=True,
            has_no_interest=True,
            proposed_on=date(2026, 4, 1),
            report_on=date(2026, 6, 8),
            recommendation="submit-to-referendum",
            extends_area=True,
            area_advice="To the homes beyond the lane.",
        )
        district = Boundary(
            kind=BoundaryKind.POLLING_DISTRICT.value,
            code="HB1",
            name="Birch One",
            authority_code="E07999101",
            valid_from=date(2015, 4, 1),
            source="drawn for a test",
            imported_at=AT,
            geometry=shapely.MultiPolygon([shapely.box(401_000, 300_000, 402_000, 301_000)]),
        )
        session.add_all([plan, found, district])
    return designated


def bng(width):
    """The line of a rectangle of squares from the corner, as the editor sends it."""
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    east = 400_000 + width * 1000
    ring = [[400_000, 300_000], [east, 300_000], [east, 301_000], [400_000, 301_000], [400_000, 300_000]]
    return {"type": "MultiPolygon", "coordinates": [[ring]], "crs": crs}


def held_line(answer):
    """The line that the page holds for the next time it is sent."""
    text = answer.text.split('id="line" value="')[1].split('"')[0]
    return text.replace("&#34;", '"').replace("&quot;", '"')


def stored(engine):
    with reading(engine) as session:
        found = session.scalars(select(Examination)).one()
        return found.area_choice, found.area_reasons, None if found.geometry is None else found.geometry.area / 10_000


@pytest.mark.rule("EXAM-4", "STEP-12", "T-15")
def test_places_are_ticked_looked_at_and_decided_on_without_a_script(people, reported):
    officer = people["officer"]
    page = officer.get(PAGE)
    assert "The examiner says: To the homes beyond the lane." in page.text
    assert "In the neighbourhood area already: Alder." in page.text
    typed = {"line": held_line(page), "places_shown": "yes", "choice": "extended", "reasons": REASONS}
    unseen = officer.post(PAGE, typed | {"place": [HB1]})
    assert (unseen.status_code, stored(reported)[0]) == (200, "")
    assert "Look at the figures, then save the decision." in unseen.text
    assert REASONS in unseen.text
    seen = typed | {"line": held_line(unseen), "place": [HB1, BIRCH]}
    assert officer.post(PAGE, seen | {"reasons": " "}).text.count("Give the reasons for this referendum area") == 2
    assert officer.post(PAGE, seen).status_code == 303
    assert stored(reported) == ("extended", REASONS, 200.0)
    again = officer.post(PAGE, seen | {"place": [], "act": "figures"})
    assert json.loads(held_line(again))["coordinates"][0][0] != json.loads(held_line(unseen))["coordinates"][0][0]
    assert officer.post(PAGE, {"choice": "neighbourhood-area", "reasons": "As it was."}).status_code == 303
    assert stored(reported) == ("neighbourhood-area", "As it was.", None)
    with reading(reported) as session:
        assert [fault for fault in state_faults(session) if fault.subject == "NP-000900" and "area" in fault.what] == []


@pytest.mark.rule("EXAM-4")
def test_a_line_that_cannot_be_is_told_and_everything_typed_is_kept(people, reported):
    officer = people["officer"]
    typed = {"choice": "extended", "reasons": REASONS}
    cases = {
        "less": (json.dumps(bng(0.5)), "This referendum area leaves out 50.00 hectares of Alder"),
        "the same": (json.dumps(bng(1)), "This line is that of Alder itself: choose the neighbourhood area"),
        "cut short": (json.dumps(bng(2))[:50], "The line did not arrive whole"),
        "no area": (json.dumps({"type": "Point", "coordinates": [1, 52]}), "The boundary is a point, not an area"),
    }
    for name, (line, words) in cases.items():
        answer = officer.post(PAGE, typed | {"line": line})
        assert answer.status_code == 422, name
        assert words in answer.text, name
        assert REASONS in answer.text, name
    drawn = {"line": ("line.geojson", json.dumps(bng(0.5)), "application/json")}
    refused = officer.post(PAGE, typed, files=drawn)
    assert json.loads(held_line(refused)) == bng(0.5)
    broken = officer.post(PAGE, typed, files={"file": ("line.geojson", b"{", "application/json")})
    assert 'id="file-error"' in broken.text
    assert stored(reported)[0] == ""


@pytest.mark.rule("REF-1")
def test_programs_ask_the_same_and_only_the_plans_own_authority_may(people, reported):
    officer = people["officer"]

    def asked(browser, path, body):
        headers = {"X-Form-Token": browser.form_token("/account")}
        return browser.client.post(API + path, json=body, headers=headers)

    as_decided = officer.client.get(f"{API}/figures").json()
    assert (as_decided["area_ha"], as_decided["is_larger"]) == (100.0, False)
    larger = asked(officer, "/figures", {"boundary": bng(2)}).json()
    assert (larger["area_ha"], larger["larger_by_ha"], larger["fault"]) == (200.0, 100.0, None)
    assert larger["electors"]["basis"] == "none"
    part = {"kind": "polling-district", "code": "HB1", "authority_code": "E07999101"}
    added = asked(officer, "/places", {"boundary": bng(1), "add": [part]}).json()["boundary"]
    taken = asked(officer, "/places", {"boundary": added, "take_out": [part]}).json()["boundary"]
    assert [shapely.geometry.shape(each).area for each in (added, taken)] == [2_000_000, 1_000_000]
    missing = asked(officer, "/places", {"boundary": bng(1), "add": [part | {"code": "ZZ9"}]})
    assert (missing.status_code, "There is no polling-district ZZ9" in missing.json()["detail"]) == (404, True)
    for name in ("next-door", "signatory"):
        assert asked(people[name], "/figures", {"boundary": bng(2)}).status_code == 403
        assert people[name].get(PAGE).status_code == 403
