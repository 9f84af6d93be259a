"""Publishing the pack and making the plan, by the pages of those whose task it is."""

from datetime import UTC, date, datetime

import jsonschema
import pytest

from app.audit import Actor, Deed
from app.db import writing
from app.document_store import document_store
from app.models import AreaStatus, AreaVersion, NeighbourhoodArea, Plan
from app.services.example_cases import Papers
from app.services.plan_documents import SPECIFIED
from app.services.plans import PlanFacts, StepFacts, attach_plan
from app.services.referendums import ReferendumFacts, arrange_referendum
from referendum.question import Instrument
from referendum.stages import Course, Stage

pytestmark = pytest.mark.database

OFFICER = Deed(by=Actor(name="Planning officer", role="planning-officer"), at=datetime(2026, 7, 2, 9, 30, tzinfo=UTC))
DAYS = {
    Stage.PRE_SUBMISSION: (date(2025, 9, 1), date(2025, 10, 13)),
    Stage.SUBMITTED: (date(2025, 12, 1), None),
    Stage.PUBLICISED: (date(2026, 1, 12), date(2026, 2, 23)),
    Stage.EXAMINATION: (date(2026, 3, 2), None),
    Stage.REPORT_RECEIVED: (date(2026, 5, 11), None),
}
DECIDED = date(2026, 6, 8)


@pytest.fixture
def store(settings):
    return document_store(settings)


@pytest.fixture
def taken_to(peopled, shapes, store):
    """Takes a plan of Alder to a stage, with everything handed in; returns its reference."""

    def take(end, **facts):
        with writing(peopled) as session:
            line = AreaVersion(valid_from=date(2024, 4, 1), reason="designated", geometry=shapes.square(0, 0))
            area = NeighbourhoodArea(
                reference="NA-000900", name="Alder", status=AreaStatus.DESIGNATED.value, versions=[line]
            )
            session.add(area)
            older = {"title": "Older plan", "qualifying_body": "Alder Parish Council", "stage": "made"}
            session.add(Plan(reference="NP-000900", instrument="ndp", area=area, **older))
            session.flush()
            wanted = {"title": "Alder Plan", "qualifying_body": "Alder Parish Council"} | facts
            wanted |= {"period_start": 2026, "period_end": 2041}
            plan = PlanFacts(area_reference="NA-000900", instrument=Instrument.NDP, **wanted)
            reference = attach_plan(session, OFFICER, plan).reference
            papers = Papers(session=session, store=store, authority=OFFICER, body=OFFICER)
            for stage, (day, closes) in (DAYS | {end: (DECIDED, None)}).items():
                papers.take(reference, StepFacts(to_stage=stage, on_date=day, closes_on=closes))
            return reference

    return take


@pytest.mark.rule("REF-10", "REF-12", "REF-21")
def test_an_electoral_officer_publishes_the_pack_and_everybody_reads_it(
    taken_to, peopled, make_person, make_browser, store
):
    plan = taken_to(Stage.REFERENDUM_DUE)
    with writing(peopled) as session:
        facts = ReferendumFacts(
            plan_reference=plan, decision_on=DECIDED, poll_date=date(2026, 8, 20), council="Westshire"
        )
        poll = arrange_referendum(session, OFFICER, facts).reference
    officer, anyone = make_browser(), make_browser()
    officer.sign_in(make_person("electoral", "electoral-officer"))
    address = f"/referendums/{poll}/publish-pack"
    assert "Still missing" in officer.get(address).text
    assert anyone.get(f"/referendums/{poll}/information-pack").status_code == 404
    typed = {"published_on": "2026-07-02", "inspection": "www.westshire.example\nTown hall", "entries": "4265"}
    refused = officer.post(address, typed)
    assert refused.status_code == 422
    assert "Town hall" in refused.text
    with writing(peopled) as session:
        papers = Papers(session=session, store=store, authority=OFFICER, body=OFFICER)
        for kind in SPECIFIED:
            papers.file(plan, kind)
    assert officer.post(address, typed).status_code == 303
    page = anyone.get(f"/referendums/{poll}/information-pack")
    assert "£2,613.64" in page.text
    data = anyone.client.get(f"/referendums/{poll}/information-pack.json").json()
    assert data == anyone.client.get(f"/api/v1/referendums/{poll}/information-pack").json()
    jsonschema.validate(data["manifest"], anyone.client.get("/api/v1/schemas/folkmoot.information-pack/1").json())
    for each in data["manifest"]["documents"]:
        answer = anyone.get(f"/documents/{each['sha256']}")
        assert (answer.status_code, answer.headers["content-disposition"][:10]) == (200, "attachment")
    planner = make_browser()
    planner.sign_in(make_person("planner", "planning-officer"))
    late = planner.post(f"/cases/plans/{plan}/documents/other", {}, files={"file": ("a.txt", b"Vote yes!")})
    assert "from 2 July 2026 to 20 August 2026" in late.text


@pytest.mark.rule("MOD-7", "STEP-13", "STEP-14")
def test_a_planning_officer_makes_a_changed_plan_and_sees_what_is_left(taken_to, make_person, browser):
    plan = taken_to(Stage.APPROVED, course=Course.CHANGE_WITHOUT_REFERENDUM, modifies="NP-000900")
    browser.sign_in(make_person("planner", "planning-officer"))
    base = f"/cases/plans/{plan}"
    assert browser.get(f"/cases/{plan}").headers["location"] == base
    assert f'href="{base}/make"' in browser.get(base).text
    early = browser.post(f"{base}/make", {"authority_code": "E07999101", "made_on": "2026-06-01"})
    assert early.status_code == 422
    assert browser.post(f"{base}/make", {"authority_code": "E07999101", "made_on": "2026-07-01"}).status_code == 303
    page = browser.get(base).text
    assert "Publish the decision whether to make it" in page
    assert "The plan or order as made, published for all to see" in page
    assert "Replaced" in browser.get("/plans/NP-000900").text
