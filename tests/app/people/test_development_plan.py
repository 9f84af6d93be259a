"""The register of the development plan: kept by its authority, told by the day, found at a place."""

from datetime import UTC, date, datetime

import pytest

from app.audit import Actor, Deed
from app.db import reading, writing
from app.models import AreaVersion, DevelopmentPlanEntry, LocationFile, LocationPoint, NeighbourhoodArea, Plan, PlanStep
from app.services.local_plans import DocumentFacts, document_by_reference, import_documents, record_document
from app.services.record import state_faults
from referendum.development_documents import DocumentKind, Ending

pytestmark = pytest.mark.database

AT = datetime(2026, 7, 1, tzinfo=UTC)
WEST, EAST = "E07999101", "E07999102"
TYPED = {
    "name": "Westshire Local Plan",
    "external_reference": "LP-2019",
    "kind": "local-plan",
    "part_from": "2019-03-27",
    "address": "https://westshire.example/plan",
}


def document(reference, since, **facts):
    return DocumentFacts(
        external_reference=reference, kind=DocumentKind.LOCAL_PLAN, name=f"Plan {reference}", part_from=since, **facts
    )


@pytest.fixture
def office(peopled, operator):
    """Records documents of Westshire, each in a transaction of its own."""

    def record(*facts, code=WEST):
        with writing(peopled) as session:
            return [record_document(session, operator, code, each, source="test")[0].reference for each in facts]

    record.engine = peopled
    return record


@pytest.fixture
def made_plan(peopled, shapes):
    """A neighbourhood plan voted for on 5 May 2022 and made on 7 June 2022; and an order made on 1 March 2023."""
    with writing(peopled) as session:
        area = NeighbourhoodArea(
            reference="NA-000800", name="Alder", status="designated", designated_on=date(2020, 1, 1)
        )
        area.versions.append(AreaVersion(valid_from=date(2020, 1, 1), reason="test", geometry=shapes.square(0, 0)))
        for reference, instrument, basis, since, made in (
            ("NP-000800", "ndp", "RESULT-5", date(2022, 5, 5), date(2022, 6, 7)),
            ("NO-000800", "ndo", "RESULT-6", date(2023, 3, 1), date(2023, 3, 1)),
        ):
            plan = Plan(
                reference=reference,
                area=area,
                instrument=instrument,
                title=reference,
                stage="made",
                qualifying_body="A",
            )
            due = PlanStep(to_stage="referendum-to-be-held", on_date=date(2022, 1, 10), note="")
            voted = "in-development-plan-not-yet-made" if instrument == "ndp" else "approved-not-yet-made"
            plan.steps = [
                due,
                PlanStep(to_stage=voted, on_date=date(2022, 5, 5), note=""),
                PlanStep(to_stage="made", on_date=made, note=""),
            ]
            entry = DevelopmentPlanEntry(
                authority_code=WEST, basis=basis, part_from=since, made_on=made, geometry=shapes.square(0, 0)
            )
            plan.entries.append(entry)
            session.add(plan)
    return peopled


def references(client, address, **asked):
    answer = client.get(address, params=asked)
    assert answer.status_code == 200, answer.text
    return [each["reference"] for each in answer.json()["plans"]]


@pytest.mark.rule("AFTER-1", "AFTER-2", "AFTER-3", "RESULT-5", "RESULT-6")
def test_each_day_has_its_own_development_plan(office, made_plan, client):
    office(
        document("OLD", date(2010, 1, 1), part_until=date(2022, 5, 20), ended_by=Ending.SUPERSEDED),
        document("NEW", date(2022, 5, 20)),
    )
    told = {}
    for day in ("2022-01-09", "2022-01-10", "2022-05-05", "2022-05-20", "2022-06-07", "2023-03-01"):
        found = client.get(f"/api/v1/development-plan/{WEST}", params={"on": day}).json()
        told[day] = [
            [(each["reference"], each["status"]) for each in found[part]] if part in {"plans", "orders", "ended"} else
            [each["reference"] for each in found[part]]
            for part in ("plans", "orders", "drafts", "waiting", "ended")
        ]  # fmt: skip
    old, new, vote = ("DD-000001", "Adopted"), ("DD-000002", "Adopted"), ("NP-000800", "In force, not yet made")
    gone, made = ("DD-000001", "Replaced by a newer plan"), ("NP-000800", "Made")
    assert told == {
        "2022-01-09": [[old], [], [], [], []],
        "2022-01-10": [[old], [], ["NP-000800"], [], []],
        "2022-05-05": [[vote, old], [], [], ["NO-000800"], []],
        "2022-05-20": [[new, vote], [], [], ["NO-000800"], [gone]],
        "2022-06-07": [[new, made], [], [], ["NO-000800"], [gone]],
        "2023-03-01": [[new, made], [("NO-000800", "Made")], [], [], [gone]],
    }
    page = client.get(f"/development-plan/{WEST}", headers={"accept": "text/html"}).text
    assert page.index("Plan NEW") < page.index("NP-000800") < page.index("Plan OLD")
    assert client.get(f"/development-plan/{EAST}.json").json()["plans"] == []
    shapes = {
        each["id"]: each["geometry"] for each in client.get(f"/development-plan/{WEST}.geojson").json()["features"]
    }
    assert shapes["DD-000002"] is None
    assert shapes["NP-000800"]["type"] == shapes[WEST]["type"] == "MultiPolygon"
    assert client.get("/development-plan/E07000000").status_code == 404


@pytest.mark.rule("AFTER-1", "AFTER-2")
def test_a_place_is_told_what_applies_there_by_whatever_people_call_it(office, made_plan, client, shapes):
    office(
        document("WHOLE", date(2019, 1, 1)),
        document("PART", date(2020, 1, 1), land_bng=shapes.square(1, 0)),
    )
    office(document("NEXT DOOR", date(2019, 1, 1)), code=EAST)
    with writing(office.engine) as session:
        for kind, key in (("postcode", "AL11AA"), ("uprn", "100001")):
            file = LocationFile(
                authority_code=WEST, kind=kind, name="p.csv", sha256="0" * 64, rows=1, imported_at=AT,
                imported_by="test",
            )  # fmt: skip
            session.add(file)
            session.flush()
            session.add(LocationPoint(file_id=file.id, key=key, easting=400_250.0, northing=300_500.0, accuracy_m=1.0))
    for text in ("400250, 300500", "al1 1aa", "000000100001", "SK 00250 00500", "na-000800"):
        assert references(client, "/here.json", point=text) == ["NP-000800", "DD-000001"], text
    assert references(client, "/api/v1/here", easting=401_500, northing=300_500) == ["DD-000002", "DD-000001"]
    assert references(client, "/api/v1/here", place="AL1 1AA", on="2019-06-01") == ["DD-000001"]
    assert references(client, "/here.json", point="402500, 300500") == ["DD-000003"]
    for wrong in ({"place": "al9 9zz"}, {"easting": 1}, {}, {"place": "shire"}):
        assert client.get("/api/v1/here", params=wrong).status_code == 422
    page = client.get("/here", params={"point": "AL1 1AA"}, headers={"accept": "text/html"}).text
    assert 'href="/here?point=400250,300500&amp;on=2026-07-02"' in page
    assert page.index("NP-000800") < page.index("Plan WHOLE")
    choice = client.get("/here", params={"point": "shire"}, headers={"accept": "text/html"}).text
    assert "Which place do you mean?" in choice


@pytest.mark.rule("AFTER-4", "AFTER-6")
def test_the_register_of_planning_matters_is_a_file_to_keep(office, made_plan, client):
    order, plan = client.get("/api/v1/planning-matters", params={"authority": WEST}).json()
    assert (plan["decided_on"], plan["made_on"], plan["in_force_from"]) == ("2022-01-10", "2022-06-07", "2022-05-05")
    assert (order["stage"], order["in_force_from"]) == ("made", "2023-03-01")
    assert client.get(f"/development-plan/{WEST}/planning-matters.json", params={"on": "2022-01-09"}).json() == []
    table = client.get(f"/development-plan/{WEST}/planning-matters.csv").text.splitlines()
    assert len(table) == 3
    assert table[0].startswith("area_reference,area_name,reference,kind")
    office(document("A", date(2019, 1, 1)))
    national = client.get(f"/development-plan/{WEST}/development-plan.csv").text.splitlines()
    assert national[0].startswith("reference,name,development-plan-type,adopted-date")
    assert len(national) == 4
    assert len(client.get("/planning-matters.csv").text.splitlines()) == 3


def test_an_officer_enters_changes_and_imports_plans_and_the_record_stays_whole(
    make_person, browser, make_browser, office
):
    browser.sign_in(make_person("planner", "planning-officer", WEST))
    base = f"/development-plan/{WEST}"
    refused = browser.post(f"{base}/new", TYPED | {"part_from": "soon"})
    assert refused.status_code == 422
    assert 'value="Westshire Local Plan"' in refused.text
    assert browser.post(f"{base}/new", TYPED).headers["location"] == f"{base}#DD-000001"
    assert (
        browser.post(f"{base}/new", TYPED | {"external_reference": "X", "part_from": "2030-01-01"}).status_code == 422
    )
    ended = TYPED | {"part_until": "2025-01-01", "ended_by": "revoked"}
    assert browser.post(f"{base}/DD-000001/edit", ended).status_code == 303
    rows = "reference,name,adopted-date\nLP-2025,New plan,2025-01-01\n"
    sent = {"file": ("plans.csv", rows.encode(), "text/csv")}
    assert "1 added, 0 changed" in browser.post(f"{base}/import", files=sent).text
    broken = {"file": ("plans.csv", rows.replace("2025-01-01", "2025").encode(), "text/csv")}
    assert "not a whole date" in browser.post(f"{base}/import", files=broken).text
    assert browser.get(f"/development-plan/{EAST}/new").status_code == 403
    assert make_browser().get(f"{base}/new").status_code in {303, 401}
    with reading(office.engine) as session:
        assert document_by_reference(session, "DD-000001").ended_by == "revoked"
        assert state_faults(session) == []


def test_a_change_behind_the_record_is_seen(office):
    office(document("A", date(2019, 1, 1)))
    with writing(office.engine) as session:
        document_by_reference(session, "DD-000001").part_from = date(2018, 1, 1)
    with reading(office.engine) as session:
        assert len(state_faults(session)) == 1


def test_a_file_is_stored_whole_or_not_at_all_and_again_without_change(office, operator):
    rows = [document("A", date(2019, 1, 1)), document("B", date(2020, 1, 1))]
    with writing(office.engine) as session:
        done = import_documents(session, operator, WEST, rows, source="a.csv")
        again = import_documents(session, operator, WEST, rows, source="a.csv")
    assert (done.added, done.unchanged, again.added, again.unchanged) == (2, 0, 0, 2)
    stranger = Deed(by=Actor(name="x", role="planning-officer", organisation=EAST), at=operator.at)
    for deed, code, facts, says in (
        (operator, WEST, [rows[0], rows[0]], "two rows"),
        (operator, "E07000000", rows, "no planning authority"),
        (stranger, WEST, rows, "not your organisation"),
        (operator, WEST, [document("C", date(2019, 1, 1), part_until=date(2019, 1, 1))], "cannot have ended"),
        (operator, WEST, [document("C", date(2019, 1, 1), address="javascript:alert(1)")], "https://"),
    ):
        with pytest.raises(Exception, match=says), writing(office.engine) as session:
            import_documents(session, deed, code, facts, source="a.csv")
    with reading(office.engine) as session:
        assert state_faults(session) == []
