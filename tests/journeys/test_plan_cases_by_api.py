"""A plan's case through the API: handed in, examined, decided, with the rule in every refusal."""

import pytest

pytestmark = pytest.mark.database

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
BODY, PLANNER = "volunteer-signatory", "planning-officer"


@pytest.fixture
def api(client, post, village):
    """Sends as the officer of a role, and returns the answer's JSON; a refusal fails the test."""
    area = post(BODY, "/areas", APPLICATION | {"boundary": village}).json()["reference"]
    post(PLANNER, f"/areas/{area}/decisions", DECISION)

    def send(role, method, path, body=None, **options):
        headers = {"Authorization": f"Bearer token-of-the-{role}-long"}
        answer = client.request(method, f"/api/v1{path}", json=body, headers=headers, **options)
        assert answer.is_success, answer.text
        return answer.json()

    send.area = area
    return send


def file(client, role, plan, kind):
    headers = {"Authorization": f"Bearer token-of-the-{role}-long"}
    sent = {"file": ("paper.pdf", b"%PDF-1.7\na paper")}
    answer = client.post(f"/api/v1/plans/{plan}/documents", data={"kind": kind}, files=sent, headers=headers)
    assert answer.status_code == 201, answer.text


def point(api, role, plan, code, answer="yes"):
    said = {"answer": answer, "note": "See file.", "on_date": "2025-12-01"}
    return api(role, "PUT", f"/plans/{plan}/points/{code}", said)


def step(api, role, plan, taken_to):
    stage, day, *closes = taken_to.split()
    taken = {"to_stage": stage, "on_date": day, "closes_on": closes[0] if closes else None}
    return api(role, "POST", f"/plans/{plan}/steps", taken)


@pytest.fixture
def submitted(api, client, post):
    """A plan that its own body prepared, publicised and submitted; every refusal on the way is looked at."""
    facts = {"area": api.area, "instrument": "ndp", "title": "Alder Plan", "qualifying_body": "Alder Parish Council"}
    plan = api(BODY, "POST", "/plans", facts)["reference"]
    base = f"/plans/{plan}"
    early = post(BODY, f"{base}/steps", {"to_stage": "pre-submission", "on_date": "2025-09-01"})
    assert early.status_code == 422
    assert "six weeks" in early.text or "Say when comments" in early.text
    first = {"to_stage": "pre-submission", "on_date": "2025-09-01", "closes_on": "2025-10-13"}
    missing = post(BODY, f"{base}/steps", first)
    assert (missing.status_code, missing.json()["type"]) == (409, "/problems/stage")
    assert "0 of 4 done; missing: the draft that people are to comment on" in missing.json()["detail"]
    file(client, BODY, plan, "pre-submission-draft")
    for code in ("publicity", "consultation-bodies", "copy-to-authority"):
        point(api, BODY, plan, code)
    step(api, BODY, plan, "pre-submission 2025-09-01 2025-10-13")
    for kind in (
        "map",
        "submission-draft",
        "consultation-statement",
        "basic-conditions-statement",
        "environmental-report",
    ):
        file(client, BODY, plan, kind)
    assert api(BODY, "POST", f"{base}/content-check", {"contains": ["waste"], "on_date": "2025-11-01"})
    assert api(BODY, "POST", f"{base}/content-check", {"contains": [], "on_date": "2025-11-02"}) == []
    api(BODY, "PUT", f"{base}/details", {"title": "Alder Plan", "period_start": 2026, "period_end": 2041})
    land = {"type": "Point", "coordinates": [-1.995, 52.5985]}
    api(BODY, "PUT", f"{base}/policies/G1", {"title": "The green", "text": "It stays open.", "land": land})
    step(api, BODY, plan, "submitted 2025-12-01")
    return plan


@pytest.mark.rule("STEP-1", "STEP-2", "STEP-3", "STEP-6", "EXAM-3", "EXAM-5")
def test_a_case_from_first_draft_to_decision(api, client, submitted):
    plan, base = submitted, f"/plans/{submitted}"
    case = api(PLANNER, "GET", f"{base}/case")
    assert {need["code"] for move in case["moves"] if move["to_stage"] == "publicised" for need in move["needs"]} == {
        "body-authorised",
        "papers-complete",
        "pre-submission-done",
        "content-lawful",
        "not-a-repeat",
    }
    refused = client.put(
        f"/api/v1{base}/points/body-authorised",
        json={"answer": "yes", "note": "", "on_date": "2025-12-01"},
        headers={"Authorization": f"Bearer token-of-the-{BODY}-long"},
    )
    assert refused.status_code == 403
    for code in ("body-authorised", "papers-complete", "pre-submission-done", "content-lawful", "not-a-repeat"):
        point(api, PLANNER, plan, code)
    step(api, PLANNER, plan, "publicised 2026-01-12 2026-02-23")
    examiner = {"examiner": "Rowan Thackeray", "qualifications": "MRTPI", "proposed_on": "2026-02-20"}
    api(PLANNER, "POST", f"{base}/examiner", examiner | {"is_independent": True, "has_no_interest": True})
    api(BODY, "POST", f"{base}/examiner/consent", {"consent_on": "2026-02-21", "consent_by": "Minute 4"})
    api(PLANNER, "POST", f"{base}/examiner/appointment", {"appointed_on": "2026-02-24"})
    file(client, PLANNER, plan, "representations")
    point(api, PLANNER, plan, "habitats", "not-needed")
    step(api, PLANNER, plan, "examination 2026-03-02")
    question = {"asked_on": "2026-03-10", "asked_of": "qualifying body", "question": "Why?"}
    assert api(PLANNER, "POST", f"{base}/questions", question)["number"] == 1
    api(BODY, "POST", f"{base}/questions/1/answer", {"answer": "Because.", "answered_on": "2026-03-12"})
    report = {"received_on": "2026-06-10", "recommends": "submit-with-modifications", "extends_area": False}
    api(PLANNER, "POST", f"{base}/report", report)
    change = {"about": "G1", "text": "Say which green.", "ground": "errors"}
    api(PLANNER, "POST", f"{base}/recommendations", change)
    file(client, PLANNER, plan, "examiner-report")
    step(api, PLANNER, plan, "report-received 2026-06-10")
    agreed = {"decide_by": "2026-08-01", "evidence": "Letters of 1 July 2026"}
    api(PLANNER, "POST", f"{base}/later-day", agreed)
    decision = {"answer": "accepted", "reason": "It was unclear.", "decided_on": "2026-06-20"}
    api(PLANNER, "POST", f"{base}/recommendations/1/decision", decision)
    for letter in "adefg":
        point(api, PLANNER, plan, f"basic-condition-pre-2026-{letter}")
    api(PLANNER, "POST", f"{base}/referendum-area", {"reasons": "Nobody beyond is affected."})
    assert step(api, PLANNER, plan, "referendum-to-be-held 2026-07-20")["stage"] == "referendum-to-be-held"
    api(PLANNER, "POST", f"{base}/decision-statement", {"published_on": "2026-07-21"})
    statement = client.get(f"/api/v1{base}/decision-statement").json()
    assert [each["is_met"] for each in statement["basic_conditions"]] == ["yes"] * 5
    clocks = {clock["rule"]: clock for clock in api(PLANNER, "GET", f"{base}/case")["clocks"]}
    assert (clocks["STEP-10"]["predicted"], clocks["STEP-10"]["last_day"]) == ("2026-07-15", "2026-08-01")
    assert (clocks["STEP-10"]["actual"], clocks["STEP-10"]["state"]) == ("2026-07-20", "kept")
    policies = client.get(f"/plans/{plan}/policies.geojson").json()
    assert [each["properties"]["code"] for each in policies["features"]] == ["G1"]
    assert client.get("/api/v1/record/verification").json()["ok"] is True
