"""An officer's pages of areas and forums: facts and forms, nothing typed is lost, nobody next door is let in."""

from datetime import date

import pytest
import shapely

from app.db import reading, writing
from app.queries.area_cases import area_cases
from app.services.area_decisions import DecisionFacts, decide_application
from app.services.area_steps import publicise_application
from app.services.areas import ApplicationFacts, Drawn, apply_for_area, area_by_reference
from app.services.record import state_faults
from geo.reading import Source
from referendum.designation import Applicant, ApplicantKind

SOURCE = Source(format="GeoJSON", layer="drawn", crs="EPSG:27700", crs_evidence="drawn for a test", flipped=False)
WHOLE = {
    "authority_code": "E07999101",
    "outcome": "designate",
    "decided_on": "2026-07-01",
    "published_on": "",
    "reasons": "It is one place.",
    "is_business_area": "no",
    "business_area_reasons": "Shops are few.",
}


def box(west, south, east, north):
    return shapely.MultiPolygon([shapely.box(400000 + west, 300000 + south, 400000 + east, 300000 + north)])


@pytest.fixture
def applied(peopled, operator):
    """Applies for an area; `publicised` as well, unless it is a whole parish."""

    def apply(name, geometry, parish="E04999101", *, publicised=False):
        kind = ApplicantKind.PARISH if parish else ApplicantKind.FORUM
        facts = ApplicationFacts(
            name=name,
            applicant=Applicant(kind=kind, parish_code=parish),
            applicant_name=f"{name} body",
            statement="It is one place around its green.",
            received_on=date(2026, 4, 1),
        )
        with writing(peopled) as session:
            drawn = Drawn(geometry_bng=geometry, source=SOURCE)
            reference = apply_for_area(session, operator, facts, drawn).reference
            if publicised:
                days = {"publicised_on": date(2026, 4, 8), "closes_on": date(2026, 5, 20)}
                publicise_application(session, operator, reference, **days)
        return reference

    return apply


@pytest.fixture
def officer(make_person, browser):
    """A planning officer of Westshire, signed in."""
    browser.sign_in(make_person("planner", "planning-officer"))
    return browser


def status(engine, reference):
    with reading(engine) as session:
        assert state_faults(session) == []
        return area_by_reference(session, reference).status


def post(browser, reference, step, fields):
    return browser.post(f"/cases/{reference}/{step}", fields, on=f"/cases/{reference}")


@pytest.mark.rule("AREA-10", "AREA-21")
def test_an_officer_designates_and_publishes_from_the_page(peopled, officer, applied):
    reference = applied("Alder", box(0, 0, 1000, 1000))
    text = officer.get(f"/cases/{reference}").text
    assert "The authority must designate this area as it was applied for." in text
    assert "Refuse it" not in text
    assert post(officer, reference, "decide", WHOLE).status_code == 303
    assert status(peopled, reference) == "designated"
    text = officer.get(f"/cases/{reference}").text
    assert "On 1 July 2026 Westshire designated Alder, 100.00 hectares, as a neighbourhood area" in text
    published = post(officer, reference, "publish", {"authority_code": "E07999101", "told_on": "2026-07-02"})
    assert published.status_code == 303
    with reading(peopled) as session:
        assert area_cases(session, "E07999101", date(2026, 7, 3)) == []


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(peopled, officer, applied):
    reference = applied("Most of Alder", box(0, 0, 900, 1000), publicised=True)
    answer = post(officer, reference, "decide", WHOLE | {"outcome": "refuse", "ground": "area-not-appropriate"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "90.00 ha of this land is in no neighbourhood area" in answer.text
    assert "It is one place." in answer.text
    assert "Shops are few." in answer.text
    assert status(peopled, reference) == "applied"


@pytest.mark.rule("AREA-9")
@pytest.mark.parametrize(
    ("line", "expected_ha"),
    [
        pytest.param("", 90.0, id="all the land that is left"),
        pytest.param(
            '{"type": "Polygon", "crs": {"type": "name", "properties": {"name": "EPSG:27700"}}, "coordinates": '
            "[[[400000, 300000], [400500, 300000], [400500, 301000], [400000, 301000], [400000, 300000]]]}",
            50.0,
            id="half of it, as GeoJSON",
        ),
    ],
)
def test_some_of_the_land_is_designated_after_a_refusal(peopled, officer, applied, line, expected_ha):
    reference = applied("Most of Alder", box(0, 0, 900, 1000), publicised=True)
    answer = post(officer, reference, "decide", WHOLE | {"outcome": "part", "line": line})
    assert answer.status_code == 303, answer.text
    with reading(peopled) as session:
        line = area_by_reference(session, reference).versions[-1].geometry
    assert line.area / 10_000 == pytest.approx(expected_ha, abs=0.01)


@pytest.mark.rule("AREA-16", "T-1")
def test_a_clean_edge_and_a_carve_out_are_offered_where_there_is_one(peopled, officer, applied, operator):
    first = applied("West", box(0, 0, 500, 1000), publicised=True)
    with writing(peopled) as session:
        facts = DecisionFacts(
            authority_code="E07999101",
            designate=True,
            decided_on=date(2026, 6, 1),
            published_on=date(2026, 6, 1),
            reasons="One place.",
            is_business_area=False,
            business_area_reasons="Few shops.",
        )
        decide_application(session, operator, first, facts)
    sliver = applied("East", box(498, 0, 900, 1000), publicised=True)
    text = officer.get(f"/cases/{sliver}").text
    assert "it gives up 0.20 hectares, and moves by 2.0 metres at most" in text
    assert "Place 1: " in text
    marks = officer.get(f"/cases/{sliver}.geojson").json()["features"]
    assert {"finding-1", first, sliver} <= {each["properties"]["reference"] for each in marks}
    assert post(officer, sliver, "decide", WHOLE | {"outcome": "clean-edge"}).status_code == 303
    whole = applied("Alder", box(0, 0, 1000, 1000))
    assert "take its land out of West, East" in officer.get(f"/cases/{whole}").text
    assert post(officer, whole, "decide", WHOLE | {"outcome": "carve-out"}).status_code == 303
    assert [status(peopled, each) for each in (first, sliver, whole)] == ["ended", "ended", "designated"]


@pytest.mark.rule("AREA-5", "AREA-16", "AREA-22")
def test_a_designated_area_is_changed_from_its_page(peopled, officer, applied):
    reference = applied("Alder", box(0, 0, 1000, 1000))
    post(officer, reference, "decide", WHOLE)
    change = {
        "kind": "enlarge",
        "piece": "E04999102",
        "applied_by": "Alder Parish Council",
        "applied_parish_code": "E04999101",
        "applied_on": "2026-07-01",
        "change_reasons": "Birch joins in.",
        "changed_on": "2026-07-02",
    }
    answer = post(officer, reference, "change", change)
    assert answer.status_code == 422
    assert "The consent of Birch (E04999102) to the change of an area in its parish is not on record" in answer.text
    assert "Birch joins in." in answer.text
    consent = {"purpose": "modify", "body_code": "E04999102", "given_on": "2026-07-01", "minute": "26/14"}
    assert post(officer, reference, "consents", consent).status_code == 303
    assert post(officer, reference, "change", change).status_code == 303
    assert "land taken in" in officer.get(f"/cases/{reference}").text
    assert status(peopled, reference) == "designated"


@pytest.mark.parametrize(
    ("step", "fields", "words"),
    [
        pytest.param("parts", {"map_scale": "large"}, "Write the scale as a number", id="a scale that is none"),
        pytest.param("parts", {}, "Write the scale of the map", id="no part"),
        pytest.param("consents", {"purpose": "act", "body_code": "E04999102", "given_on": "soon", "minute": "1"},
                     "is no date", id="a consent on no day"),
        pytest.param("consents", {}, "Choose what the consent is for", id="a consent for nothing"),
        pytest.param("publicise", {"publicised_on": "2026-04-08", "closes_on": "2026-04-09"}, "20 May 2026 or later",
                     id="comments that close too early"),
        pytest.param("withdraw", {"withdrawn_on": "2026-04-09"}, "Say why", id="taken back without a reason"),
        pytest.param("decide", {}, "Choose what is decided", id="no decision"),
        pytest.param("decide", WHOLE | {"is_business_area": ""}, "Say whether it is a business area", id="AREA-19"),
        pytest.param("change", {"kind": "subtract"}, "A date is missing", id="a change on no day"),
        pytest.param("publish", {"told_on": "2026-07-02", "authority_code": "E07999101"}, "has not decided",
                     id="nothing to publish"),
    ],
)  # fmt: skip
def test_each_form_says_what_is_wrong_with_it(officer, applied, step, fields, words):
    reference = applied("Most of Alder", box(0, 0, 900, 1000))
    answer = post(officer, reference, step, fields)
    assert answer.status_code == 422
    assert words in answer.text


def test_parts_publicity_and_withdrawal_are_recorded_from_the_page(peopled, officer, applied):
    reference = applied("Most of Alder", box(0, 0, 900, 1000))
    assert post(officer, reference, "parts", {"map_scale": "1:5,000", "body_statement": "It is a council."}).is_redirect
    days = {"publicised_on": "2026-04-08", "closes_on": "2026-05-20"}
    assert post(officer, reference, "publicise", days).is_redirect
    assert "At 1 to 5,000" in officer.get(f"/cases/{reference}").text
    back = {"withdrawn_on": "2026-06-01", "withdrawn_because": "The council wants another line."}
    assert post(officer, reference, "withdraw", back).is_redirect
    assert status(peopled, reference) == "withdrawn"
    gone = officer.get(f"/areas/{reference}")
    assert gone.status_code == 410
    assert "The council wants another line." in gone.text
    assert officer.get(f"/cases/{reference}").status_code == 200


def test_nobody_next_door_and_no_volunteer_sees_a_case(make_person, make_browser, applied):
    reference = applied("Alder", box(0, 0, 1000, 1000))
    for name, role, code in (
        ("neighbour", "planning-officer", "E07999102"),
        ("volunteer", "volunteer-signatory", "E04999101"),
    ):
        visitor = make_browser()
        visitor.sign_in(make_person(name, role, code))
        assert visitor.get(f"/cases/{reference}").status_code == 403
        assert visitor.get(f"/cases/{reference}.geojson").status_code == 403
    assert make_browser().get(f"/cases/{reference}").status_code == 303


@pytest.mark.rule("FORUM-11", "FORUM-12")
def test_a_volunteer_applies_to_be_a_forum_and_an_officer_takes_it_on(peopled, make_person, make_browser, applied):
    area = applied("Cedar", box(2000, 0, 3000, 1000), None, publicised=True)
    volunteer, officer = make_browser(), make_browser()
    volunteer.sign_in(make_person("volunteer", "volunteer-signatory", "forum-birch"))
    officer.sign_in(make_person("planner", "planning-officer", "E07999102"))
    typed = {
        "name": "Birch Forum",
        "area_reference": area,
        "purpose": "The well-being of Cedar.",
        "constitution": "Adopted in March.",
        "statement": "It meets each condition.",
        "is_open_to_all": "yes",
        "members": "24",
        "living": "20",
        "working": "many",
        "contact_name": "A. Member",
        "contact_way": "01632 960001",
        "contact_agreed_on": "2026-07-01",
        "received_on": "2026-07-01",
    }
    answer = volunteer.post("/apply/forum", typed)
    assert answer.status_code == 422
    assert "Write a number" in answer.text
    assert "It meets each condition." in answer.text
    answer = volunteer.post("/apply/forum", typed | {"working": "6"})
    assert answer.headers["location"] == "/forums/NF-000001"
    assert "Birch Forum" in volunteer.get("/forums").text
    assert volunteer.get("/cases/NF-000001").status_code == 403
    publicise = {"step": "publicise", "publicised_on": "2026-07-01", "closes_on": "2026-08-11"}
    answer = officer.post("/cases/NF-000001", publicise)
    assert answer.status_code == 422
    assert "12 August 2026 or later" in answer.text
    assert officer.post("/cases/NF-000001", publicise | {"closes_on": "2026-08-12"}).status_code == 303
    early = {"step": "decide", "outcome": "designate", "authority_code": "E07999102", "decided_on": "2026-07-02"}
    answer = officer.post("/cases/NF-000001", early | {"reasons": "It qualifies."})
    assert answer.status_code == 422
    assert "end of the six weeks for comments" in answer.text
    assert "It qualifies." in answer.text
    with reading(peopled) as session:
        assert state_faults(session) == []


@pytest.mark.rule("AREA-9", "AREA-16", "T-1")
@pytest.mark.parametrize(
    ("line", "told", "drawn"),
    [
        pytest.param(
            box(998, 0, 2000, 1000),
            ["gives up 0.20 hectares, and moves by 2.0 metres at most", "All of it is in no neighbourhood area"],
            ["offer-clean-edge-1", "offer-part-2"],
            id="a clean edge",
        ),
        pytest.param(
            box(600, 0, 2000, 1000),
            ["40.00 hectares of Alder would go into the new area, and 60.00 hectares would stay", "Alder (E04999101)"],
            ["offer-carve-out-1", "offer-part-2"],
            id="a carve-out",
        ),
        pytest.param(
            box(0, 0, 1000, 1000),
            ["All of Alder would go into the new area, so Alder would end"],
            ["offer-carve-out-1"],
            id="nothing is left",
        ),
    ],
)
def test_what_could_be_designated_is_told_and_drawn_before_the_decision(officer, applied, line, told, drawn):
    assert post(officer, applied("Alder", box(0, 0, 1000, 1000)), "decide", WHOLE).status_code == 303
    reference = applied("Birch", line, parish="E04999102")
    text = " ".join(officer.get(f"/cases/{reference}").text.split())
    assert [words for words in told if words not in text] == []
    shapes = officer.get(f"/cases/{reference}/offers.geojson").json()
    names = [shape["id"] for shape in shapes["features"]]
    assert names[-len(drawn) - 1 :] == [reference, *drawn]
    assert [name for name in drawn if f'data-show="{name}"' not in text] == []


def test_the_offers_are_told_to_a_program_and_may_be_sent_back(peopled, officer, applied):
    assert post(officer, applied("Alder", box(0, 0, 1000, 1000)), "decide", WHOLE).status_code == 303
    reference = applied("Birch", box(600, 0, 2000, 1000), parish="E04999102")
    carved, left = officer.get(f"/api/v1/areas/{reference}/offers").json()
    assert (carved["kind"], carved["boundary"], carved["modifies"]) == ("carve-out", None, ["NA-000001"])
    assert (left["kind"], left["modifies"]) == ("part", [])
    assert shapely.geometry.shape(left["boundary"]).area == pytest.approx(1_000_000)
