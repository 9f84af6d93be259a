"""Keys of programs: one request sent twice is one change; versions: a change of what has moved on is told so."""

import pytest
from sqlalchemy import func, select

from app.db import reading
from app.models import NeighbourhoodArea

KEY = {"Idempotency-Key": "6f0c1d6e-3a53-4d6e-8b2a-0f5c8f1c9a11"}
DAYS = {"publicised_on": "2026-04-08", "closes_on": "2026-05-20"}


@pytest.fixture
def application(shapes):
    return {
        "name": "Alder",
        "applicant_kind": "forum",
        "applicant_name": "Alder Forum",
        "statement": "It is one place around its green.",
        "body_statement": "We are a relevant body.",
        "received_on": "2026-04-01",
        "boundary": shapes.as_geojson(shapes.square(0, 0)),
    }


def areas(engine):
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(NeighbourhoodArea))


@pytest.mark.database
def test_the_same_request_again_gets_the_first_answer_and_another_body_is_refused(district, officer, application):
    first, second = (officer.post("/api/v1/areas", json=application, headers=KEY) for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert (first.headers.get("idempotent-replayed"), second.headers["idempotent-replayed"]) == (None, "true")
    other = officer.post("/api/v1/areas", json=application | {"name": "Birch"}, headers=KEY)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-used")
    assert areas(district) == 1
    assert officer.post("/api/v1/areas", json=application).status_code == 201
    assert areas(district) == 2


def test_a_refused_request_keeps_no_answer(district, officer, application):
    assert officer.post("/api/v1/areas", json=application | {"name": ""}, headers=KEY).status_code == 422
    assert officer.post("/api/v1/areas", json=application, headers=KEY).status_code == 201


def test_a_key_is_one_account_s_own_and_needs_its_rights(district, officer, application):
    assert officer.post("/api/v1/areas", json=application, headers=KEY).status_code == 201
    del officer.headers["Authorization"]
    assert officer.post("/api/v1/areas", json=application, headers=KEY).status_code == 401


@pytest.mark.database
def test_a_change_of_what_has_moved_on_says_what_happened_since(district, officer, application):
    reference = officer.post("/api/v1/areas", json=application).json()["reference"]
    where = f"/api/v1/areas/{reference}"
    read = officer.get(where)
    tag = read.headers["etag"]
    assert officer.get(where, headers={"If-None-Match": tag}).status_code == 304
    assert officer.post(f"{where}/publicity", json=DAYS, headers={"If-Match": tag}).status_code == 200
    stale = officer.post(f"{where}/parts", json={"map_scale": 2500}, headers={"If-Match": tag})
    assert (stale.status_code, stale.headers["content-type"]) == (412, "application/problem+json")
    told = stale.json()
    assert told["type"] == "/problems/stale"
    assert "area:publicised" in [each["kind"] for each in told["changes"]]
    assert set(told["changes"][0]) == {"seq", "at", "kind", "role"}
    assert officer.get(where).json()["applications"][0].get("map_scale") is None
    now = officer.get(where).headers["etag"]
    assert now != tag
    good = officer.post(f"{where}/parts", json={"map_scale": 2500}, headers={"If-Match": f"{tag}, {now}"})
    assert good.status_code == 200
    assert officer.post(f"{where}/parts", json={"map_scale": 1250}, headers={"If-Match": "*"}).status_code == 200
    odd = officer.post(f"{where}/parts", json={"map_scale": 2500}, headers={"If-Match": '"made-up"'})
    assert odd.status_code == 412


def test_a_refusal_names_the_rules_behind_it(district, officer, application):
    reference = officer.post("/api/v1/areas", json=application).json()["reference"]
    wrong = officer.post(f"/api/v1/areas/{reference}/parts", json={"map_scale": 1})
    assert (wrong.status_code, wrong.json()["rules"]) == (422, ["AREA-6"])
    absent = officer.get("/api/v1/areas/NA-999999")
    assert absent.status_code == 404
    assert "rules" not in absent.json()
