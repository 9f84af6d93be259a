"""The neighbourhood share of the levy as a service: the parish, the plan and the day are found from the site."""

import json
from datetime import date

import jsonschema
import pytest

from app.api.documents import get_schema
from app.cli.main import main
from app.db import writing
from app.models import DevelopmentPlanEntry, NeighbourhoodArea, Plan
from geo.crs import wgs84_from_bng

pytestmark = pytest.mark.database

IN_PLAN, IN_REST, IN_BIRCH = (400_250, 300_500), (400_750, 300_500), (401_500, 300_500)
IN_CEDAR, IN_NO_PARISH = (402_500, 300_500), (400_500, 301_500)


@pytest.fixture
def planned(district, shapes):
    """Alder's plan covers the west half of its parish, voted for on 2 May 2024; an order covers all of Birch.

    +-------+-------+-------+
    | no parish     |       |   row 1
    +---+---+-------+-------+
    |P  |   | order | Cedar |   row 0: Alder, Birch, Cedar (no council)
    +---+---+-------+-------+
    """
    area = NeighbourhoodArea(reference="NA-000900", name="Alder", status="designated", designated_on=date(2020, 4, 1))

    def instrument(reference, kind, title, entry):
        return Plan(
            reference=reference,
            area=area,
            instrument=kind,
            title=title,
            stage="made",
            qualifying_body="Alder Parish Council",
            entries=[DevelopmentPlanEntry(authority_code="E07999101", **entry)],
        )

    with writing(district) as session:
        session.add(
            instrument(
                "NP-000900",
                "ndp",
                "the Alder Plan",
                {
                    "basis": "RESULT-5",
                    "part_from": date(2024, 5, 2),
                    "made_on": date(2024, 6, 3),
                    "geometry": shapes.square(0, 0, 0.5),
                },
            )
        )
        session.add(
            instrument(
                "NO-000900",
                "ndo",
                "the Birch Order",
                {
                    "basis": "RESULT-6",
                    "part_from": date(2025, 5, 1),
                    "made_on": date(2025, 5, 1),
                    "geometry": shapes.square(1, 0),
                },
            )
        )
    return district


def at(place, **facts):
    return {"easting": place[0], "northing": place[1], "permitted_on": "2026-01-05", "amount_gbp": "100000"} | facts


SHARES = [
    (at(IN_PLAN), [("Alder", "25000.00", False)], "in the plan area"),
    (at(IN_PLAN, permitted_on="2024-05-02"), [("Alder", "25000.00", False)], "on the first day of the plan"),
    (at(IN_PLAN, permitted_on="2024-05-01", dwellings=90), [("Alder", "9000.00", False)], "the day before"),
    (at(IN_REST, dwellings=200), [("Alder", "15000.00", False)], "the same parish, outside the plan"),
    (
        at(IN_REST, dwellings=100, index="1.2", already_gbp="2000.50"),
        [("Alder", "9999.50", False)],
        "index, and what the year has had already",
    ),
    (at(IN_BIRCH, permitted_by_order=True), [("Birch", "25000.00", False)], "permitted by an order"),
    (at(IN_BIRCH, dwellings=50), [("Birch", "5000.00", False)], "an order in force that gave none"),
    (at(IN_CEDAR, dwellings=200), [("Cedar", "15000.00", True)], "no council: the authority keeps"),
    (at(IN_NO_PARISH), [(None, "15000.00", True)], "no parish"),
]


@pytest.mark.rule("AFTER-7", "AFTER-8", "AFTER-9", "AFTER-10", "T-37")
def test_the_share_of_a_point(planned, client):
    for asked, expected, case in SHARES:
        answer = client.post("/api/v1/levy", json=asked)
        assert answer.status_code == 200, (case, answer.text)
        told = answer.json()
        assert [
            (each["parish"] and each["parish"]["name"], each["amount_gbp"], each["is_kept_by_authority"])
            for each in told["payments"]
        ] == expected, case
        assert all(line["rules"] for each in told["payments"] for line in each["lines"])
        assert told["payment_days"]["rules"] == ["AFTER-11"]


@pytest.mark.rule("AFTER-8", "AFTER-11")
def test_an_outline_over_a_plan_and_two_parishes_is_split_by_its_land(planned, client, shapes):
    """250 m in the plan, 500 m in the rest of Alder, 250 m in Birch."""
    site = shapes.as_geojson(shapes.square(0.25, 0.25, 1, 0.5))
    asked = at((0, 0), site=site, dwellings={"alder": 60, "E04999102": 1000}, received_on="2026-10-01")
    del asked["easting"], asked["northing"]
    told = client.post("/api/v1/levy", json=asked).json()
    assert [
        (part["parish"]["name"], round(float(part["share"]), 4), part["plan"] and part["plan"]["reference"])
        for part in told["parts"]
    ] == [("Alder", 0.25, "NP-000900"), ("Alder", 0.5, None), ("Birch", 0.25, None)]
    assert [(float(each["with_plan_gbp"]), float(each["without_plan_gbp"])) for each in told["payments"]] == [
        (pytest.approx(6250, abs=0.5), 6000.0),
        (0.0, pytest.approx(3750, abs=0.5)),
    ]
    assert told["pay_by"] == "2027-04-28"


REFUSED = [
    (at(IN_REST), "homes in the parish of Alder", "no dwellings"),
    (at(IN_REST, dwellings={"Elm": 3}), "“Elm” is no parish of this site", "another parish"),
    (at(IN_PLAN, permitted_by_order=True), "No neighbourhood development order", "no order"),
    (at((401_000, 300_500)), "lies on the line between Alder and Birch", "on the line"),
    (at((450_000, 300_500)), "lies in no planning authority", "nowhere"),
    (at(IN_PLAN, easting=None), "either as GeoJSON in site, or", "half a point"),
]


def test_a_question_that_cannot_be_answered(planned, client):
    for asked, words, case in REFUSED:
        answer = client.post("/api/v1/levy", json=asked)
        assert answer.status_code == 422, case
        assert words in answer.json()["detail"], case


def send(client, files=None, **typed):
    page = client.get("/levy")
    token = page.text.split('name="form_token" value="')[1].split('"')[0]
    answer = client.post("/levy", data={"form_token": token, **typed}, files=files)
    return answer.status_code, answer.text.replace("&#39;", "'")


def test_the_form_answers_and_keeps_all_that_was_typed(planned, client, shapes, tmp_path):
    typed = {"point": "400750, 300500", "permitted_on": "2026-01-05", "amount": "£100,000", "index": "1"}
    status, text = send(client, **typed)
    assert status == 422
    assert "Give the number of homes in the parish of Alder" in text
    assert all(f'value="{value}"' in text for value in typed.values())

    status, text = send(client, **typed, dwellings="60")
    assert status == 200
    assert "£6,000.00 goes to the neighbourhood" in text
    assert 'href="/rules/AFTER-8"' in text

    outline = json.dumps(shapes.as_geojson(shapes.square(0.25, 0.25, 1, 0.5)))
    sent = {"file": ("site.geojson", outline, "application/geo+json")}
    status, text = send(client, files=sent, **typed | {"point": "", "dwellings": "60"})
    assert status == 422
    assert "The site lies in Alder and Birch: give the homes of each by its name" in text
    kept = text.split('id="outline"')[1].split(">", 1)[1].split("</textarea>")[0].replace("&#34;", '"')
    status, text = send(client, **typed | {"point": "", "outline": kept, "dwellings": "Alder: 60; Birch: 1,000"})
    assert status == 200
    assert "to the parish council of Birch" in text


UNREADABLE = [
    ("amount", "lots", "“lots” is no figure", "amount"),
    ("amount", "1.005", "more than two places", "a half penny"),
    ("dwellings", "12.5", "no whole number", "half a home"),
    ("dwellings", "Alder: 1; Alder: 2", "each parish once", "twice"),
    ("index", "NaN", "no figure", "index"),
    ("permitted_on", "5/1/2026", "is no date", "day"),
    ("outline", "{", "not GeoJSON", "outline"),
    ("point", "somewhere", "not a place we can read", "place"),
]


def test_a_field_that_cannot_be_read_is_told_beside_it(planned, client):
    for field, value, words, case in UNREADABLE:
        typed = {"point": "400250, 300500", "permitted_on": "2026-01-05", "amount": "5"} | {field: value}
        status, text = send(client, **typed)
        assert status == 422, case
        assert words in text, case
        assert f'id="{field}-error"' in text, case


def test_the_command_says_the_same(planned, monkeypatch, capsys, *, database_url, tmp_path, shapes):
    site = tmp_path / "site.geojson"
    site.write_text(json.dumps(wgs84_from_bng(shapes.square(0.6, 0.2, 0.2, 0.2)).__geo_interface__), encoding="utf-8")
    monkeypatch.setenv("FOLKMOOT_DATABASE_URL", database_url)
    monkeypatch.setenv("FOLKMOOT_DATA_FOLDER", str(tmp_path))

    def folkmoot(*words):
        monkeypatch.setattr("sys.argv", ["folkmoot", "levy", "--permitted-on", "2026-01-05", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    words = ["--site", site, "--amount", "100000", "--dwellings", "60"]
    status, out, err = folkmoot(*words, "--json")
    told = json.loads(out)
    assert (status, err, told["schema"], told["total_gbp"]) == (0, "", "folkmoot.levy/1", "6000.00")
    jsonschema.validate(told, get_schema("folkmoot.levy", 1))
    assert folkmoot(*words)[1].startswith(
        "£6,000.00 to the parish council of Alder\n  15 % of £100,000.00 is £15,000.00"
    )
    for wrong, said in (
        ([*words, "--at", "400250,300500"], "given twice"),
        (["--at", "nowhere", "--amount", "1"], "is no place"),
        (["--at", "400750,300500", "--amount", "1"], "Give the number of homes in the parish of Alder"),
        (["--at", "400750,300500", "--amount", "-1"], "is no figure from 0"),
    ):
        status, out, err = folkmoot(*wrong)
        assert (status, out, len(err.splitlines())) == (2, "", 1)
        assert said in err
