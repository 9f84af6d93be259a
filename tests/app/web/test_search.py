"""Finding a place by its name, its postcode, its property reference or its grid reference."""

from datetime import UTC, date, datetime

import pytest

from app.db import writing
from app.models import AreaVersion, LocationFile, LocationPoint, NeighbourhoodArea

pytestmark = pytest.mark.database

AT = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture
def furnished(district, shapes):
    with writing(district) as session:
        area = NeighbourhoodArea(reference="NA-000001", name="Alderside", status="designated")
        line = AreaVersion(valid_from=date(2020, 1, 1), reason="designated", geometry=shapes.square(0, 0))
        area.versions.append(line)
        session.add(area)
        for kind, key, easting in (("postcode", "AL11AA", 400_250.0), ("uprn", "100001", 400_750.0)):
            file = LocationFile(
                authority_code="E07999101",
                kind=kind,
                name=f"{kind}.csv",
                sha256="0" * 64,
                rows=1,
                imported_at=AT,
                imported_by="test",
            )
            session.add(file)
            session.flush()
            session.add(LocationPoint(file_id=file.id, key=key, easting=easting, northing=300_500.0, accuracy_m=1.0))
    return district


def found(client, text):
    answer = client.get("/search.json", params={"q": text})
    assert answer.status_code == 200
    return [(each["kind"], each["reference"]) for each in answer.json()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("alder", [("area", "NA-000001"), ("parish", "E04999101")], id="the beginning of names"),
        pytest.param("na-000001", [("area", "NA-000001")], id="a reference"),
        pytest.param("irc", [("parish", "E04999102")], id="the middle of a name"),
        pytest.param("shire", [("authority", "E07999102"), ("authority", "E07999101")], id="several"),
        pytest.param("al1 1aa", [("postcode", "AL11AA")], id="a postcode"),
        pytest.param("000000100001", [("property", "100001")], id="a property"),
        pytest.param("SK 00500 00500", [("point", "SK 00500 00500")], id="a grid reference"),
        pytest.param("400500, 300500", [("point", "400500, 300500")], id="an easting and northing"),
        pytest.param("al9 9zz", [], id="a postcode nobody knows"),
        pytest.param("%", [], id="a sign that would match everything"),
        pytest.param("__", [], id="signs that would match every pair"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_answers_to_what_is_typed(client, furnished, text, expected):
    assert found(client, text) == expected


def test_a_place_is_given_with_room_around_it(client, furnished):
    (place,) = client.get("/search.json", params={"q": "AL1 1AA"}).json()
    assert place["name"] == "AL1 1AA"
    assert (place["easting"], place["northing"]) == (400_250.0, 300_500.0)
    west, south, east, north = place["bbox"]
    assert west < place["longitude"] < east
    assert south < place["latitude"] < north
