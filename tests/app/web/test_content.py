"""What the pages of the example district say, and that nothing is said before it is declared."""

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from app.clock import FixedClock
from app.db import writing
from app.main import create_app
from app.services.example import load_example
from app.settings import Settings

pytestmark = pytest.mark.database


@pytest.fixture
def pages(engine, database_url, tmp_path):
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the tests of pages")
    settings = Settings(database_url=database_url, data_folder=tmp_path)
    app = create_app(settings, clock=FixedClock(datetime(2026, 11, 21, 9, 30, tzinfo=UTC)))
    with TestClient(app, raise_server_exceptions=False, headers={"Accept": "text/html"}) as client:
        yield client.get
    app.state.folkmoot.engine.dispose()


@pytest.mark.rule("REF-11", "COUNT-15", "COUNT-17", "RESULT-5")
def test_the_pages_tell_the_story_and_nothing_before_it_is_declared(pages):
    home = pages("/").text
    for name, standing in (("Brindlecombe", "Plan in force"), ("Wendle Vale", "Applied for")):
        assert name in home
        assert standing in home

    declared = pages("/referendums/NR-000004").text
    for figure in ("283", "166", "113", "59.50 %", "37.14 %", "36.61 %"):
        assert figure in declared
    coming = pages("/referendums/NR-000006").text
    assert "Thursday 4 February 2027, 7am to 10pm" in coming
    assert "Referendum area" in coming
    assert "Neighbourhood area" in coming
    assert "Turnout" not in coming
    assert "Yes share" not in coming

    plan = pages("/plans/NP-000006").text
    assert "1 October 2026" in plan
    assert "('" not in plan

    since = "In force since 3 March 2022, when more than half of those voting said yes"
    assert since in pages("/here?point=358350,277700&on=2022-03-03").text
    day_before = pages("/here?point=358350,277700&on=2022-03-02").text
    assert since not in day_before
    assert "Thursday 3 March 2022" in day_before


def test_every_page_is_data_too(pages):
    area = pages("/areas/NA-000001.json")
    assert area.headers["content-type"].startswith("application/json")
    assert area.json()["name"] == "Brindlecombe"
    for path in ("/areas.geojson", "/areas/NA-000001.geojson", "/referendums/NR-000006.geojson"):
        answer = pages(path)
        assert answer.headers["content-type"].startswith("application/geo+json")
        assert answer.json()["type"] in {"FeatureCollection", "Feature"}
    assert len(pages("/areas.geojson").json()["features"]) == 9
    referendum = pages("/referendums/NR-000006.json").json()
    assert referendum["declaration"] is None
    assert "yes" not in str(referendum["electorates"])
