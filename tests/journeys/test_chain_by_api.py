"""The whole chain through the API: from a line on a map to a plan in force."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from app.audit import Actor, Deed
from app.db import writing
from app.document_store import DocumentStore
from app.services.counts_signing import declare_result, sign_count
from app.services.example_cases import Papers
from app.services.plans import StepFacts
from referendum.stages import Stage

pytestmark = pytest.mark.database

POLL_NIGHT = Deed(
    by=Actor(name="Counting officer", role="counting-officer"), at=datetime(2026, 9, 10, 22, 50, tzinfo=UTC)
)
DEPUTY = replace(POLL_NIGHT, by=Actor(name="Deputy", role="counting-officer"))
STEPS = [
    {"to_stage": "pre-submission", "on_date": "2025-09-01", "closes_on": "2025-10-13"},
    {"to_stage": "submitted", "on_date": "2025-12-01"},
    {"to_stage": "publicised", "on_date": "2026-01-12", "closes_on": "2026-02-23"},
    {"to_stage": "examination", "on_date": "2026-03-02"},
    {"to_stage": "report-received", "on_date": "2026-06-10"},
    {"to_stage": "referendum-to-be-held", "on_date": "2026-07-02"},
]
APPLICATION = {
    "name": "Alder",
    "applicant_kind": "parish",
    "applicant_name": "Alder Parish Council",
    "applicant_parish_code": "E04999101",
    "statement": "The parish is one community around its green.",
    "received_on": "2024-03-01",
}
DECISION = {
    "authority_code": "E07999101",
    "outcome": "designate",
    "decided_on": "2024-03-20",
    "reasons": "It is exactly the whole parish.",
    "business_area_reasons": "Considered: it is not wholly or predominantly business.",
}
SHEETS = {
    "electorate": {"electorate": 2431},
    "station-1": {"supplied": 900, "issued": 709, "spoilt": 3, "unused": 188, "tendered": 0, "found": 709},
    "postal-1": {"found": 317},
}
VOTES = {
    "yes": 508,
    "no": 506,
    "official_mark": 0,
    "more_than_one_answer": 4,
    "identifies_voter": 1,
    "unmarked_or_uncertain": 7,
}


PLANNER = Deed(by=Actor(name="The planning officer", role="planning-officer"), at=datetime(2026, 11, 21, tzinfo=UTC))


def hand_in(engine, plan, step):
    """Hands in what a step needs, as the people of the plan would."""
    days = {name: date.fromisoformat(step[name]) for name in ("on_date", "closes_on") if name in step}
    with writing(engine) as session:
        store = DocumentStore("memory://tests-of-the-journeys")
        papers = Papers(session=session, store=store, authority=PLANNER, body=PLANNER)
        papers.hand_in(plan, StepFacts(to_stage=Stage(step["to_stage"]), **days))


def good(response):
    assert response.is_success, response.text
    return response.json()


def test_from_a_line_on_a_map_to_a_plan_in_force(client, engine, post, village):
    verdict = good(client.post("/api/v1/area-checks", json={"boundary": village, "applicant": "parish:E04999101"}))
    assert (verdict["schema"], verdict["verdict"], verdict["route"]) == (
        "folkmoot.check-area/1",
        "acceptable",
        "must-designate",
    )
    area = good(post("volunteer-signatory", "/areas", APPLICATION | {"boundary": village}))["reference"]
    assert good(post("planning-officer", f"/areas/{area}/decisions", DECISION))["status"] == "designated"

    plan_facts = {"area": area, "instrument": "ndp", "title": "Alder Plan", "qualifying_body": "Alder Parish Council"}
    plan_facts |= {"period_start": 2026, "period_end": 2041}
    plan = good(post("planning-officer", "/plans", plan_facts))["reference"]
    for step in STEPS:
        hand_in(engine, plan, step)
        assert good(post("planning-officer", f"/plans/{plan}/steps", step))["stage"] == step["to_stage"]

    poll = {"plan": plan, "decision_on": "2026-07-02", "poll_date": "2026-09-10", "council": "Westshire"}
    referendum = good(post("electoral-officer", "/referendums", poll))["reference"]
    page = good(client.get(f"/api/v1/referendums/{referendum}"))
    rows = {row["event"]: row["date"] for row in page["timetable"]["rows"]}
    assert page["timetable"]["schema"] == "folkmoot.timetable/1"
    assert "2026-08-05" in rows.values()
    assert page["declaration"] is None

    count = f"/referendums/{referendum}/count"
    good(post("counting-officer", f"{count}/portions", {"council": "Westshire", "stations": ["Village hall"]}))
    part = f"{count}/portions/1"
    for sheet, figures in SHEETS.items():
        first = good(post("count-assistant", f"{part}/entries", {"sheet": sheet, "figures": figures}))
        assert (first["state"], first["figures"]) == ("awaiting-second", None)
        second = good(post("counting-officer", f"{part}/entries", {"sheet": sheet, "figures": figures}))
        assert (second["state"], second["figures"]) == ("agreed", figures)
    assert good(post("counting-officer", f"{part}/verification"))["total_verified"] == 1026
    for role in ("count-assistant", "counting-officer"):
        good(post(role, f"{part}/entries", {"sheet": "round-1", "figures": VOTES}))
    assert good(post("counting-officer", f"{part}/rounds", {"round": 1}))["latest_round"] == 1
    assert good(client.get(f"/api/v1{count}/board"))["kind"] is None
    assert good(post("counting-officer", f"{count}/releases", {"kind": "verification"}))["number"] == 1
    # What is signed is signed by a person who has just signed in with a second factor; a program's token cannot.
    for what in ("count/signatures", "declaration"):
        assert post("counting-officer", f"/referendums/{referendum}/{what}", {}).status_code == 403
    with writing(engine) as session:
        for deed in (POLL_NIGHT, DEPUTY):
            sign_count(session, deed, referendum)
        declared = declare_result(session, POLL_NIGHT, referendum).result
    assert declared["decision"] == "must-make"
    assert declared["polls"]["residential"]["turnout_papers"] == "42.20"
    assert good(post("counting-officer", f"{count}/releases", {"kind": "result"}))["document"] == declared

    there = {"easting": 400_500, "northing": 300_500}
    before = good(client.get("/api/v1/here", params=there | {"on": "2026-09-09"}))
    after = good(client.get("/api/v1/here", params=there | {"on": "2026-09-10"}))
    assert [each["plan"]["reference"] for each in before["in_force"]] == []
    assert [each["plan"]["reference"] for each in after["in_force"]] == [plan]
    assert [each["reference"] for each in after["areas"]] == [area]

    made = post("planning-officer", f"/plans/{plan}/makings", {"authority_code": "E07999101", "made_on": "2026-10-20"})
    assert good(made)["stage"] == "made"
    assert good(client.get(f"/api/v1/plans/{plan}"))["entries"][0]["made_on"] == "2026-10-20"
    assert good(client.get("/api/v1/record/verification"))["ok"] is True


def test_the_line_comes_back_to_the_millimetre(client, post, village):
    good(post("volunteer-signatory", "/areas", APPLICATION | {"boundary": village}))
    (feature,) = good(client.get("/api/v1/areas.geojson"))["features"]
    found = sorted(tuple(point) for point in feature["geometry"]["coordinates"][0][0])
    sent = sorted(tuple(point) for point in village["coordinates"][0])
    assert np.abs(np.array(found) - np.array(sent)).max() < 1.5e-8


@pytest.mark.parametrize(
    ("boundary", "words"),
    [
        pytest.param({"type": "Point", "coordinates": [-1.9, 52.6]}, "a point, not an area", id="a point"),
        pytest.param({"type": "Polygon", "coordinates": []}, "no geometry", id="an empty polygon"),
        pytest.param({"hello": "there"}, "GeoJSON", id="not GeoJSON"),
        pytest.param(
            {"type": "Polygon", "coordinates": [[[10, 50], [11, 50], [11, 51], [10, 50]]]}, "", id="in Germany"
        ),
    ],
)
def test_a_boundary_that_cannot_be_used_is_a_problem_in_one_sentence(client, post, village, boundary, words):
    answer = post("volunteer-signatory", "/areas", APPLICATION | {"boundary": boundary})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert words in problem["detail"]
    assert problem["type"].startswith("/problems/")
    assert good(client.get("/api/v1/areas")) == []


def test_a_line_that_crosses_itself_is_refused_with_its_place(client, post, village):
    bow_tie = {
        "type": "Polygon",
        "coordinates": [[[-2.0, 52.59], [-1.99, 52.6], [-1.99, 52.59], [-2.0, 52.6], [-2.0, 52.59]]],
    }
    answer = post("volunteer-signatory", "/areas", APPLICATION | {"boundary": bow_tie})
    assert answer.status_code == 422
    (crossing,) = [each for each in answer.json()["findings"] if each["code"] == "self-crossing"]
    assert crossing["at"][0] == pytest.approx(400_400, abs=200)


def test_nobody_changes_anything_without_saying_who_they_are(client, village):
    answer = client.post("/api/v1/areas", json=APPLICATION | {"boundary": village})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert good(client.get("/api/v1/areas")) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        pytest.param("/api/v1/areas/NA-000404", 404, id="no such area"),
        pytest.param("/api/v1/plans/NP-000404", 404, id="no such plan"),
        pytest.param("/api/v1/referendums/NR-000404", 404, id="no such referendum"),
        pytest.param("/api/v1/nothing", 404, id="no such path"),
        pytest.param("/api/v1/here?easting=one&northing=2", 422, id="no number"),
        pytest.param("/api/v1/areas?on=yesterday", 422, id="no date"),
        pytest.param("/api/v1/schemas/nothing/1", 404, id="no such schema"),
    ],
)
def test_what_is_not_there_is_told_as_a_problem(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


def test_every_published_schema_is_served(client):
    names = good(client.get("/api/v1/schemas"))
    assert {"folkmoot.check-area/1", "folkmoot.electorate/1", "folkmoot.timetable/1", "folkmoot.result/1"} <= set(names)
    for name in names:
        assert good(client.get(f"/api/v1/schemas/{name}"))["$schema"]


def test_health_tells_database_migrations_disk_and_transformation(client):
    answer = client.get("/healthz")
    checks = good(answer)["checks"]
    assert {name: check["ok"] for name, check in checks.items()} == dict.fromkeys(
        ("database", "migrations", "disk", "transformation"), True
    )
    assert checks["transformation"]["error_m"] <= 0.001


def test_a_body_that_is_too_large_is_refused(client, post):
    answer = client.post("/api/v1/area-checks", content=b"0", headers={"Content-Length": "60000000"})
    assert answer.status_code == 413
    assert "send a smaller file" in answer.json()["detail"]
