"""The electoral office's programs: the same use cases through the API, the public copy without small counts."""

import pytest

from app.settings import Officer, Settings

pytestmark = pytest.mark.database
TOKEN = "an-electoral-officer's-token-of-length"
API = "/api/v1"
POLL = f"{API}/referendums/NR-000001"


@pytest.fixture
def settings(database_url, tmp_path):
    officer = Officer(
        name="electoral program",
        role="electoral-officer",
        token=TOKEN,
        organisation="E07999101",
        organisation_name="Westshire",
    )
    return Settings(database_url=database_url, data_folder=tmp_path / "data", officers=(officer,))


@pytest.fixture
def office(poll, make_browser):
    client = make_browser().client
    client.headers["Authorization"] = f"Bearer {TOKEN}"
    return client


def sent(*paths):
    return [("files", (path.name, path.read_bytes())) for path in paths]


def test_a_program_keeps_locations_alters_places_and_freezes(office, papers, make_browser, planted):
    kept = office.post(f"{API}/locations", files=sent(*papers.locations), data={"authority": "E07999101"})
    assert [each["kind"] for each in kept.json()] == ["postcode", "address", "uprn"]
    facts = {"authority": "E07999101", "as_at": "2026-12-01"}
    first = office.post(f"{API}/registers", files=sent(papers.register), data=facts).json()
    assert (first["entries"], len(first["unreadable"])) == (11, 1)
    altered = office.post(
        f"{API}/registers/{first['id']}/alterations", files=sent(papers.update), data={"as_at": "2027-01-01"}
    ).json()
    assert altered == {"id": 2, "as_at": "2027-01-01", "entries": 11, "misfits": 1}
    decision = {"polling_district": "HB1", "number": 6, "is_in_area": True, "reason": "gate in Elm Close"}
    placed = office.post(f"{POLL}/placements", json={"register_id": 2, "placements": [decision]})
    assert placed.json() == {"stored": 1}
    assert [each["number"] for each in office.get(f"{POLL}/placements").json()] == ["HB1-6"]
    live = office.get(f"{POLL}/live-electorate?register_id=2").json()
    frozen = office.post(f"{POLL}/electorates", json={"snapshot": "E2", "register_id": 2}).json()
    assert frozen == live
    whole = office.get(f"{POLL}/electorates/E2/whole").json()
    assert whole["electorate"] == live
    assert whole["provenance"]["placements"]["count"] == 1
    anyone = make_browser().client
    public = anyone.get(f"{POLL}/electorates/E2").json()
    assert public["entitled"] == live["entitled"]
    assert {row["entitled"] for row in public["by_polling_district"]} <= {None, 0}
    assert anyone.get(f"{POLL}/electorates/E2/whole").status_code == 401
    assert not [name for name in planted if name in str(live) + str(whole)]


def test_a_decision_without_a_reason_is_refused(office, papers):
    decision = {"polling_district": "HB1", "number": 6, "is_in_area": True, "reason": ""}
    answer = office.post(f"{POLL}/placements", json={"register_id": 1, "placements": [decision]})
    assert answer.status_code == 422
