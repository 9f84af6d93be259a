"""The electorate report: for its electoral officers, and nothing in it that points at a home."""

import pytest

from app.db import writing
from app.services.registers import import_register

BASE = "/electorate/NR-000001"


@pytest.fixture
def imported(poll, peopled, officers_deed, register_files):
    with writing(peopled) as session:
        import_register(session, officers_deed, register_files)


@pytest.fixture
def officer(imported, make_person, browser):
    browser.sign_in(make_person("electoral", "electoral-officer"))
    return browser


@pytest.mark.rule("T-43", "ELEC-7")
def test_the_report_tells_no_small_count_and_no_place_of_an_entry(officer, planted):
    page, shown = officer.get(f"{BASE}/report"), officer.get(f"{BASE}/report-map")
    assert f'src="{BASE}/report-map"' in page.text
    assert "sandbox allow-scripts" in shown.headers["content-security-policy"]
    for text in (page.text, shown.text):
        assert "fewer than 10" in text
        assert [name for name in (*planted, "Mill Lane", "ZZ1", "HB1-1") if name in text] == []
    # The only places are corners of districts and of the area, and one mark in the middle of a district.
    assert shown.text.count("L.marker(") == 1
    assert "under 10" in shown.text


def test_a_frozen_count_has_its_report_and_one_that_is_not_frozen_has_none(officer):
    assert officer.get(f"{BASE}/report?of=E0").status_code == 404
    assert officer.post(f"{BASE}/freeze", {"snapshot": "E0", "register_id": "1"}).status_code == 303
    page = officer.get(f"{BASE}/report?of=E0")
    assert f'src="{BASE}/report-map?of=E0"' in page.text
    assert f'href="{BASE}/report?of=E0"' in officer.get(f"{BASE}/counts/E0").text
    shown = officer.get(f"{BASE}/report-map?of=E0")
    assert shown.status_code == 200
    assert "Electorate of Alder, E0" in shown.text


def test_the_report_is_for_the_electoral_office_of_the_council_alone(officer, make_person, make_browser):
    for name, role, organisation, status in (
        ("planner", "planning-officer", "E07999101", 403),
        ("next-door", "electoral-officer", "E07999102", 403),
    ):
        other = make_browser()
        other.sign_in(make_person(name, role, organisation))
        assert {other.get(f"{BASE}/{path}").status_code for path in ("report", "report-map")} == {status}
    assert {make_browser().get(f"{BASE}/{path}").status_code for path in ("report", "report-map")} == {303}
