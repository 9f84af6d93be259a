"""What the pages of the offices do, by a program: business voters, stations, a refusal to make, lists as on a day."""

from datetime import date

import pytest

from app.db import reading, writing
from app.models import AreaApplication, Plan, PlanStep
from app.services.record import state_faults
from app.settings import Officer, Settings
from referendum.stages import Stage

pytestmark = pytest.mark.database
API = "/api/v1"
BUSINESS, STATIONS = f"{API}/referendums/NR-000001/business-register", f"{API}/referendums/NR-000001/stations"
OFFICES = {
    "office": ("electoral-officer", "E07999101", "Westshire"),
    "next-door": ("electoral-officer", "E07999102", "Eastshire"),
    "planner": ("planning-officer", "E07999101", "Westshire"),
}
LIST = (
    "ratepayer_reference,ratepayer,hereditament_address,postcode,uprn,state_date\n"
    'N1,Quillfeather Crafts Ltd,"1 Birch Road, Birch",ZZ1 1AB,100011,2026-11-12\n'
    'N2,Octavius Bakers Ltd,"3 Birch Road, Birch",ZZ1 1AB,100013,2026-11-12\n'
    'N3,,"9 Birch Road, Birch",ZZ1 1AB,,2026-11-12\n'
)
FORMS = {
    "holder": "N1",
    "voter": "V-1",
    "born_on": "1980-05-01",
    "is_qualifying_citizen": True,
    "received_at": "2026-12-01T16:30:00Z",
}
HALL = {"name": "Village hall", "address": "Green Lane", "electors": "AA-1 to AA-612", "papers": 700}
POST = {"name": "Postal votes", "is_postal": True, "papers": 400, "business_papers": 20}


def token(name):
    return f"the token of the {name} program"


@pytest.fixture
def settings(database_url, tmp_path):
    officers = tuple(
        Officer(name=name, role=role, token=token(name), organisation=code, organisation_name=council)
        for name, (role, code, council) in OFFICES.items()
    )
    return Settings(database_url=database_url, data_folder=tmp_path / "data", officers=officers)


@pytest.fixture
def programs(poll, make_browser):
    """A program of each office, and one of nobody's."""
    found = {name: make_browser().client for name in (*OFFICES, "anyone")}
    for name in OFFICES:
        found[name].headers["Authorization"] = f"Bearer {token(name)}"
    return found


def refused(answer, status, words):
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert words in answer.json()["detail"]


def test_a_program_keeps_the_business_register(programs, peopled, planted):
    office = programs["office"]
    refused(office.post(f"{BUSINESS}/counts", json={"snapshot": "E0"}), 409, "No list of ratepayers was sent yet")
    assert office.get(BUSINESS).json() == {"standing": None, "to_place": [], "registrations": []}
    file = {"file": ("ratepayers.csv", LIST.encode())}
    refused(programs["next-door"].post(f"{BUSINESS}/lists", files=file), 403, "not your council's business")
    sent = office.post(f"{BUSINESS}/lists", files=file)
    assert (sent.status_code, sent.json()["version"], sent.json()["lines"]) == (201, 1, 2)
    assert [each["line"] for each in sent.json()["unreadable"]] == [4]
    refused(office.post(f"{BUSINESS}/lists", files=file), 409, "stored already")
    refused(office.post(f"{BUSINESS}/lists", files={"file": ("a.csv", b"a\n1\n")}), 422, "a.csv")
    for line in office.get(BUSINESS).json()["to_place"]:
        decision = {"position": line["position"], "is_in_area": True, "reason": "seen on the plan"}
        placed = office.post(f"{BUSINESS}/premises", json=decision)
    assert (placed.json()["to_place"], placed.json()["standing"]["holders"]) == ([], 2)
    nowhere = {"position": 99, "is_in_area": True, "reason": "seen"}
    refused(office.post(f"{BUSINESS}/premises", json=nowhere), 404, "no line 100")
    refused(
        office.post(f"{BUSINESS}/registrations", json=FORMS | {"born_on": "9990-01-01"}),
        422,
        "Nobody who votes was born",
    )
    made = [office.post(f"{BUSINESS}/registrations", json=FORMS | {"voter": voter}) for voter in ("V-1", "V-2")]
    assert [each.status_code for each in made] == [201, 201]
    number = made[0].json()["number"]
    striking = f"{BUSINESS}/registrations/{number}/striking"
    assert office.post(striking, json={"reason": "the wrong form"}).json()["struck_because"] == "the wrong form"
    refused(office.post(striking, json={"reason": "again"}), 409, "struck out already")
    kept = office.post(f"{BUSINESS}/counts", json={"snapshot": "E0"})
    assert (kept.status_code, kept.json()["holders"], kept.json()["entries"]) == (201, 2, 1)
    told = office.get(BUSINESS).json()
    assert kept.json()["document"] == told["standing"]
    assert [each["struck_because"] for each in told["registrations"]] == ["the wrong form", None]
    assert not [name for name in planted if name in str(told) + kept.text]
    with reading(peopled) as session:
        assert [each for each in state_faults(session) if each.subject == "NR-000001"] == []


def test_a_program_sets_the_polling_stations_of_its_own_council(programs, peopled):
    office = programs["office"]
    asked = {"council": "Westshire", "stations": [HALL, POST]}
    refused(programs["next-door"].put(STATIONS, json=asked), 403, "not your council's business")
    refused(programs["next-door"].get(STATIONS), 403, "not your council's business")
    refused(office.put(STATIONS, json=asked | {"stations": [HALL, HALL]}), 422, "the same name")
    assert programs["anyone"].get(STATIONS).status_code == 401
    assert office.get(STATIONS).json() == []
    stored = office.put(STATIONS, json=asked)
    assert [each["numbers"] for each in stored.json()] == [{"first": 1, "last": 700}, {"first": 701, "last": 1100}]
    assert [each["business_numbers"] for each in stored.json()] == [None, {"first": 1, "last": 20}]
    assert office.get(STATIONS).json() == stored.json()
    with reading(peopled) as session:
        assert [each for each in state_faults(session) if each.subject == "NR-000001"] == []


@pytest.fixture
def approved(poll, peopled, shapes):
    """The plan of the referendum, approved on 20 June 2026."""
    steps = [
        ("preparation", "referendum-to-be-held", date(2026, 5, 1)),
        ("referendum-to-be-held", Stage.IN_DEVELOPMENT_PLAN.value, date(2026, 6, 20)),
    ]
    with writing(peopled) as session:
        plan = session.query(Plan).one()
        plan.area.applications = [
            AreaApplication(
                applicant_kind="parish",
                applicant_name="Alder Parish Council",
                applicant_parish_code="E04999101",
                statement="One place.",
                received_on=date(2024, 3, 1),
                route="must-designate",
                verdict={"authorities": [{"code": "E07999101", "name": "Westshire"}], "parishes": []},
                geometry=shapes.square(0, 0),
            )
        ]
        plan.stage = Stage.IN_DEVELOPMENT_PLAN.value
        plan.steps = [PlanStep(from_stage=before, to_stage=after, on_date=day, note="") for before, after, day in steps]
    return plan.reference


@pytest.mark.rule("RESULT-4")
def test_a_program_records_the_decision_not_to_make_a_plan(programs, approved):
    address = f"{API}/plans/{approved}/refusals-to-make"
    asked = {"ground": "proceedings-pending", "decided_on": "2026-07-01", "reasons": "A claim was lodged."}
    assert programs["office"].post(address, json=asked).status_code == 403
    refused(programs["planner"].post(address, json=asked | {"ground": "dislike"}), 422, "ground")
    declined = programs["planner"].post(address, json=asked)
    assert declined.json().get("stage") == "not-made", declined.text
    refused(programs["planner"].post(address, json=asked), 409, "nothing to decline")


@pytest.mark.rule("STEP-12")
def test_a_program_files_the_decision_statement(programs, approved):
    address = f"{API}/plans/{approved}/decision-statement/filing"
    assert programs["office"].post(address).status_code == 403
    once = {"Idempotency-Key": "7d4ac6a0-0a57-4f0f-a1f9-5f9b8a8f0d11"}
    filed = [programs["planner"].post(address, headers=headers) for headers in (once, once, {})]
    assert [(each.status_code, each.json()["version"]) for each in filed] == [(201, 1), (201, 1), (201, 2)]
    none_held = f"{API}/consultations/{approved}/submission/summary/filing"
    refused(programs["planner"].post(none_held, json={"filed_as": "representations"}), 404, approved)


@pytest.mark.parametrize(
    ("on", "stages"),
    [
        pytest.param("2026-04-30", [], id="before"),
        pytest.param("2026-06-19", [Stage.REFERENDUM_DUE.value], id="between"),
        pytest.param("2026-06-20", [Stage.IN_DEVELOPMENT_PLAN.value], id="approved"),
    ],
)
@pytest.mark.usefixtures("approved")
def test_lists_as_on_a_day_are_those_of_the_pages(programs, on, stages):
    anyone = programs["anyone"]
    for name in ("plans", "referendums"):
        assert anyone.get(f"{API}/{name}?on={on}").json() == anyone.get(f"/{name}.json?on={on}").json()
    assert [each["stage"] for each in anyone.get(f"{API}/plans?on={on}").json()] == stages
    assert len(anyone.get(f"{API}/referendums?on={on}").json()) == (on >= "2026-06-01")
