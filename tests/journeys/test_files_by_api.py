"""Files sent to the API: boundaries, registers and points; read as the command line reads them."""

import json

import pytest

from app.services.example import FIXTURES

pytestmark = pytest.mark.database

GEOJSON, CSV = FIXTURES / "geojson", FIXTURES / "csv"
APPLICATION = {
    "name": "Brindlecombe",
    "applicant_kind": "parish",
    "applicant_name": "Brindlecombe Parish Council",
    "applicant_parish_code": "E04999001",
    "statement": "The parish is one community around its village and its mill.",
    "received_on": "2026-03-01",
}


def good(response):
    assert response.is_success, response.text
    return response.json()


def test_boundaries_and_a_register_arrive_as_files_and_are_counted(client, send):
    for kind, name in (("authority", "authorities"), ("parish", "parishes"), ("polling-district", "polling_districts")):
        with (GEOJSON / f"{name}.geojson").open("rb") as file:
            form = {"code_column": "code", "name_column": "name", "authority": "E07999001"}
            assert good(send("planning-officer", f"/boundaries/{kind}", form, {"file": file}))["added"] > 0

    areas = (GEOJSON / "neighbourhood_areas.geojson").read_bytes()
    asked = {"feature": "brindlecombe", "applicant": "parish:E04999001"}
    verdict = good(client.post("/api/v1/area-checks/files", data=asked, files={"file": ("areas.geojson", areas)}))
    assert (verdict["verdict"], verdict["route"]) == ("acceptable", "must-designate")
    form = {"feature": "brindlecombe", "application": json.dumps(APPLICATION)}
    area = good(send("volunteer-signatory", "/areas/files", form, {"file": ("areas.geojson", areas)}))
    assert (area["reference"], area["status"]) == ("NA-000001", "applied")

    files = [("files", ("register.csv", (CSV / "register.csv").read_bytes()))]
    files += [("locations", (name, (CSV / name).read_bytes())) for name in ("uprn.csv", "properties.csv")]
    register = good(send("electoral-officer", "/registers", {"authority": "E07999001", "as_at": "2026-11-02"}, files))
    assert (register["entries"], register["unreadable"]) == (15_000, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "empty", id="an empty file"),
        pytest.param(b"\x00\x01\x02 nothing known", "", id="bytes of no format"),
        pytest.param(b'{"type": "FeatureCollection", "features": []}', "", id="no feature"),
        pytest.param(b'{"type": "FeatureCollection", "features": [', "", id="cut short"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_in_one_sentence(client, send, content, words):
    answer = client.post("/api/v1/area-checks/files", files={"file": ("../../etc/area.geojson", content)})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert "area.geojson" in answer.json()["detail"]
    assert "folkmoot-upload" not in answer.text


def test_an_application_with_a_part_missing_says_which(client, send):
    form = {"application": json.dumps(APPLICATION | {"statement": "short"})}
    files = {"file": ("area.geojson", (GEOJSON / "neighbourhood_areas.geojson").read_bytes())}
    answer = send("volunteer-signatory", "/areas/files", form | {"feature": "brindlecombe"}, files)
    assert answer.status_code == 422
    assert "statement" in answer.json()["detail"]
    assert good(client.get("/api/v1/areas")) == []


def test_a_register_without_a_header_is_refused_and_nothing_of_it_is_told(client, send):
    files = [("files", ("register.csv", b"HA1,17,0,,,Ambridge,Jo,ZZ1 1AA,4 Mill Lane\n" * 3))]
    answer = send("electoral-officer", "/registers", {"authority": "E07999001", "as_at": "2026-11-02"}, files)
    assert answer.status_code == 422
    assert "register.csv" in answer.json()["detail"]
    assert "Ambridge" not in answer.text


def test_polling_districts_need_their_council(client, send):
    with (GEOJSON / "polling_districts.geojson").open("rb") as file:
        answer = send("planning-officer", "/boundaries/polling-district", {}, {"file": file})
    assert answer.status_code == 422
    assert "authority" in answer.json()["detail"]
