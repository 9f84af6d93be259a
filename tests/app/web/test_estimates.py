"""The served estimate: from stored counts, near the register, and labelled."""

import json

import pytest
from sqlalchemy import select

from app.db import reading, writing
from app.errors import InvalidRequestError, NotAllowedError
from app.models import NeighbourhoodArea
from app.queries.area_estimates import estimate_of
from app.services.example import load_example
from app.services.small_area_counts import CountsFacts, import_counts
from geo.crs import wgs84_from_bng

pytestmark = pytest.mark.database


@pytest.fixture
def example(engine):
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the addresses of tests")
    return engine


def test_the_estimate_of_a_drawn_area_is_labelled_and_holds_the_register(example, client, deed):
    with reading(example) as session:
        area = session.scalars(select(NeighbourhoodArea).where(NeighbourhoodArea.status == "designated")).first()
        line = area.versions[-1].geometry
        stored = estimate_of(session, line, deed.at.date())
    body = {"area": json.loads(json.dumps(wgs84_from_bng(line).__geo_interface__))}
    answer = client.post("/api/v1/estimates", json=body)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["label"].startswith("An estimate for planning only")
    assert told["sources"] == ["output_area_adults.csv"]
    assert told["electors_low"] < told["electors"] < told["electors_high"]
    assert told["zones_whole"] + told["zones_by_points"] + told["zones_by_area"] > 0
    assert stored.electors_per_adult == pytest.approx(told["electors"] / told["adults"], rel=0.01)


def test_while_a_line_is_drawn_the_people_are_told_beside_the_verdict(example, client):
    with reading(example) as session:
        area = session.scalars(select(NeighbourhoodArea).where(NeighbourhoodArea.status == "designated")).first()
        line = json.loads(json.dumps(wgs84_from_bng(area.versions[-1].geometry).__geo_interface__))
    live = client.post("/api/v1/drafts/verdict", json={"boundary": line}).json()["estimate"]
    told = client.post("/api/v1/estimates", json={"area": line}).json()
    assert live["adults_low"] < live["adults"] < live["adults_high"]
    assert {key: told[key] for key in ("adults", "adults_low", "adults_high")} == {
        key: live[key] for key in ("adults", "adults_low", "adults_high")
    }
    assert f"About {told['adults']:,} adults" in live["about"]
    assert "estimate" in live["warning"]


def test_where_nothing_is_counted_nothing_is_guessed(client, district, shapes):
    answer = client.post("/api/v1/estimates", json={"area": shapes.as_geojson(shapes.square(0, 0))})
    assert answer.status_code == 404
    assert "No counts of people are stored" in answer.json()["detail"]
    live = client.post("/api/v1/drafts/verdict", json={"boundary": shapes.as_geojson(shapes.square(0, 0))})
    assert live.json()["estimate"] is None


def test_a_line_that_crosses_itself_is_refused(client, district):
    crossed = {
        "type": "Polygon",
        "coordinates": [[[-2.0, 52.6], [-1.99, 52.61], [-1.99, 52.6], [-2.0, 52.61], [-2.0, 52.6]]],
    }
    answer = client.post("/api/v1/estimates", json={"area": crossed})
    assert answer.status_code == 422
    assert "crosses itself" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("adults", "words"),
    [pytest.param({}, "no count", id="empty"), pytest.param({"E1": -1}, "fewer than 0", id="minus")],
)
def test_counts_that_cannot_be(district, deed, adults, words):
    facts = CountsFacts(authority_code="E07999101", name="a.csv", sha256="0", as_at=deed.at.date(), adults=adults)
    with pytest.raises(InvalidRequestError, match=words), writing(district) as session:
        import_counts(session, deed, facts)


def test_another_council_cannot_change_the_counts(district, deed):
    other = type(deed)(by=type(deed.by)(name="n", role="electoral-officer", organisation="E07999102"), at=deed.at)
    facts = CountsFacts(authority_code="E07999101", name="a.csv", sha256="0", as_at=deed.at.date(), adults={"E1": 1})
    with pytest.raises(NotAllowedError), writing(district) as session:
        import_counts(session, other, facts)
