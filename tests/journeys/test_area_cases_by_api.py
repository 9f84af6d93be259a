"""Cases of areas and forums through the API: consents, carve-outs, changes, withdrawal, a forum's first steps."""

from datetime import date

import pytest
import shapely

from geo.crs import wgs84_from_bng

pytestmark = pytest.mark.database

OFFICER = "token-of-the-planning-officer-long"
APPLICATION = {
    "name": "Alder",
    "applicant_kind": "parish",
    "applicant_name": "Alder Parish Council",
    "applicant_parish_code": "E04999101",
    "statement": "The parish is one community around its green.",
    "body_statement": "It is the council of the parish.",
    "map_scale": 5000,
    "received_on": "2024-03-01",
}
DECISION = {
    "authority_code": "E07999101",
    "outcome": "designate",
    "decided_on": "2024-03-20",
    "reasons": "It is exactly the whole parish.",
    "business_area_reasons": "Considered: it is not wholly or predominantly business.",
}
CHANGE = {
    "kind": "split",
    "on": "2025-06-02",
    "applied_by": "Alder Parish Council",
    "applied_parish_code": "E04999101",
    "applied_on": "2025-04-01",
    "reasons": "The new town is a place of its own.",
    "name": "Alder New Town",
    "business_area_reasons": "Considered: it is not.",
}
FORUM = {
    "name": "Alder Forum",
    "purpose": "The well-being of Alder.",
    "constitution": "Adopted in March.",
    "statement": "It meets each condition.",
    "contact_name": "A. Member",
    "contact_way": "01632 960001",
    "contact_agreed_on": "2025-01-06",
    "is_open_to_all": True,
    "received_on": "2025-01-06",
    "members": 24,
    "living": 20,
    "working": 6,
}


def good(response):
    assert response.is_success, response.text
    return response.json()


def cases(client):
    return good(client.get("/api/v1/area-cases", headers={"Authorization": f"Bearer {OFFICER}"}))


def west_of_alder(width_m):
    return shapely.geometry.mapping(wgs84_from_bng(shapely.box(400_000, 300_000, 400_000 + width_m, 301_000)))


@pytest.fixture
def alder(post, village):
    return good(post("volunteer-signatory", "/areas", APPLICATION | {"boundary": village}))["reference"]


def test_a_case_is_listed_until_its_decision_is_published(client, post, alder):
    (case,) = cases(client)
    assert (case["reference"], case["due_on"], case["is_overdue"]) == (alder, None, False)
    assert case["due"] == "Designate the whole parish as applied for"
    assert case["missing"] == "5 of 7 done; decision of Westshire and publication of the decision missing"
    (designate, withdraw) = good(client.get(f"/api/v1/areas/{alder}/moves"))
    assert (designate["rule"], designate["is_open"], withdraw["by"]) == ("AREA-10", True, "relevant body")
    good(post("planning-officer", f"/areas/{alder}/decisions", DECISION))
    told = {"authority_code": "E07999101", "published_on": "2024-03-22"}
    good(post("planning-officer", f"/areas/{alder}/publications", told))
    assert cases(client) == []


@pytest.mark.rule("AREA-16", "AREA-17", "AREA-22")
def test_an_area_is_split_and_joined_again_and_its_history_kept(client, post, alder):
    good(post("planning-officer", f"/areas/{alder}/decisions", DECISION))
    split = post("planning-officer", f"/areas/{alder}/changes", CHANGE | {"boundary": west_of_alder(400)})
    kept, new = [each["reference"] for each in good(split)]
    assert kept == alder
    joined = CHANGE | {"kind": "merge", "others": [new], "name": "", "on": "2026-01-05"}
    assert [each["reference"] for each in good(post("planning-officer", f"/areas/{alder}/changes", joined))] == [alder]
    page = good(client.get(f"/api/v1/areas/{alder}"))
    lines = [(each["valid_from"], each["valid_until"], each["area_ha"]) for each in page["versions"]]
    assert lines == [
        ("2024-03-20", "2025-06-02", pytest.approx(100, abs=0.01)),
        ("2025-06-02", "2026-01-05", pytest.approx(60, abs=0.01)),
        ("2026-01-05", None, pytest.approx(100, abs=0.01)),
    ]
    changes = good(client.get(f"/api/v1/areas/{new}/changes"))
    assert [each["kind"] for each in changes] == ["split", "merge"]
    assert good(client.get(f"/api/v1/areas/{new}"))["status"] == "ended"
    on = {"on": "2025-12-31"}
    assert {each["reference"] for each in good(client.get("/api/v1/areas", params=on))} == {alder, new}
    assert good(client.get("/api/v1/record/verification"))["ok"] is True


def test_a_refusal_that_the_law_does_not_know_is_a_problem_in_one_sentence(post, alder):
    no = DECISION | {"outcome": "refuse", "ground": "area-not-appropriate"}
    answer = post("planning-officer", f"/areas/{alder}/decisions", no)
    assert answer.status_code == 409
    assert "may not refuse it (AREA-10)" in answer.json()["detail"]


def test_an_application_taken_back_answers_gone(client, post, alder):
    back = {"withdrawn_on": "2024-03-10", "reason": "The council wants another line."}
    good(post("volunteer-signatory", f"/areas/{alder}/withdrawal", back))
    answer = client.get(f"/api/v1/areas/{alder}")
    assert answer.status_code == 410
    assert "The council wants another line." in answer.json()["detail"]
    assert alder not in {each["reference"] for each in good(client.get("/api/v1/areas"))}


def test_parts_and_consents_come_after_the_application(client, post, alder):
    good(post("volunteer-signatory", f"/areas/{alder}/parts", {"map_scale": 2500}))
    assert good(client.get(f"/api/v1/areas/{alder}"))["applications"][0]["map_scale"] == 2500
    consent = {"purpose": "act", "body_code": "E04999102", "given_on": "2024-02-05", "minute": "24/7"}
    good(post("planning-officer", f"/areas/{alder}/consents", consent))
    assert good(client.get(f"/api/v1/areas/{alder}/consents")) == [consent | {"used_on": None}]


@pytest.mark.rule("FORUM-8", "FORUM-12", "FORUM-14")
def test_a_forum_from_application_to_withdrawal(client, post, alder):
    good(post("planning-officer", f"/areas/{alder}/decisions", DECISION))
    forum = good(post("volunteer-signatory", "/forums", FORUM | {"area_reference": alder}))["reference"]
    days = {"publicised_on": "2025-01-13", "closes_on": "2025-02-24"}
    good(post("planning-officer", f"/forums/{forum}/publicity", days))
    yes = {
        "authority_code": "E07999101",
        "outcome": "designate",
        "decided_on": "2025-03-03",
        "published_on": None,
        "reasons": "It meets the conditions.",
    }
    made = good(post("planning-officer", f"/forums/{forum}/decisions", yes))
    assert (made["status"], made["designated_on"], made["last_day"]) == ("designated", "2025-03-03", "2030-03-02")
    told = {"authority_code": "E07999101", "published_on": "2025-03-05"}
    good(post("planning-officer", f"/forums/{forum}/publications", told))
    assert [each["rule"] for each in good(client.get(f"/api/v1/forums/{forum}/moves"))] == [
        "FORUM-9",
        "FORUM-10",
        "FORUM-8",
    ]
    end = {
        "ending": "at-its-own-notice",
        "ended_on": "2026-02-02",
        "notice_on": "2026-01-26",
        "reasons": "It is tired.",
    }
    ended = good(post("planning-officer", f"/forums/{forum}/ending", end))
    assert (ended["status"], ended["ended_on"]) == ("ended", "2026-02-02")
    assert [each["reference"] for each in good(client.get("/api/v1/forums"))] == [forum]
    assert good(client.get("/api/v1/record/verification"))["ok"] is True
    assert date.fromisoformat(ended["last_day"]) > date.fromisoformat(ended["ended_on"])
