"""Framed maps in the service: where they stand on pages, under which headers, and who may open them."""

from datetime import UTC, date, datetime

import pytest
import shapely

from app.db import writing
from app.models import CountRound, Declaration, Referendum
from app.services.areas import ApplicationFacts, Drawn, apply_for_area
from geo.reading import Source
from referendum.count_file import read_count
from referendum.designation import Applicant, ApplicantKind
from referendum.result import result_document
from referendum.tally import tally

SOURCE = Source(format="GeoJSON", layer="drawn", crs="EPSG:27700", crs_evidence="drawn for a test", flipped=False)
DRAFT = "/apply/ND-000001"


@pytest.fixture
def officer(make_person, make_browser):
    browser = make_browser()
    browser.sign_in(make_person("officer", "planning-officer", "E07999101"))
    return browser


@pytest.fixture
def others(make_person, make_browser):
    """People who are signed in, and whose business none of it is."""
    found = []
    for name, role, organisation in (
        ("next-door", "planning-officer", "E07999102"),
        ("forum", "volunteer-signatory", "forum-birch"),
        ("assistant", "count-assistant", "E07999101"),
    ):
        found.append(make_browser())
        found[-1].sign_in(make_person(name, role, organisation))
    return found


@pytest.fixture
def applied(peopled, operator):
    """Half of Alder and more of Birch, applied for by Alder's council."""
    facts = ApplicationFacts(
        name="Alder <and> Birch",
        applicant=Applicant(kind=ApplicantKind.PARISH, parish_code="E04999101"),
        applicant_name="Alder Parish Council",
        statement="One place.",
        received_on=date(2026, 4, 1),
    )
    line = shapely.MultiPolygon([shapely.box(400_500, 300_000, 401_800, 301_000)])
    with writing(peopled) as session:
        return apply_for_area(session, operator, facts, Drawn(geometry_bng=line, source=SOURCE)).reference


def is_framed(answer, *, cache):
    """Whether an answer is a document for a frame: its policy, not that of every page."""
    policy = answer.headers["content-security-policy"]
    return (
        answer.status_code == 200
        and "sandbox allow-scripts" in policy
        and "frame-ancestors 'self'" in policy
        and "unsafe" not in policy
        and "'nonce-" in policy
        and answer.headers["cross-origin-opener-policy"] == "unsafe-none"
        and answer.headers["cache-control"] == cache
        and answer.headers["x-content-type-options"] == "nosniff"
    )


def test_the_check_of_an_application_is_for_its_officers(officer, others, make_browser, applied):
    address = f"/cases/{applied}/validation-map"
    page = officer.get(f"/cases/{applied}")
    assert f'<iframe class="fm-frame__document" src="{address}" title="' in page.text
    assert 'sandbox="allow-scripts"' in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    shown = officer.get(address)
    assert is_framed(shown, cache="no-store")
    assert "Check of Alder &lt;and&gt; Birch" in shown.text
    assert "As it stood on 1 April 2026." in shown.text
    listed = page.text.count('data-reference="finding-')
    assert shown.text.count('<th scope="row">') == listed >= 1
    assert {each.get(address).status_code for each in others} == {403}
    assert make_browser().get(address).status_code == 303


def test_an_area_without_an_application_has_no_check(officer, designated):
    assert officer.get("/cases/NA-000404/validation-map").status_code == 404


def test_the_check_of_a_draft_is_for_its_owner(make_person, make_browser, others):
    clerk = make_browser()
    clerk.sign_in(make_person("clerk", "volunteer-signatory", "E04999101"))
    clerk.post("/apply/parish", {"code": "E04999101"}, on="/apply?parish=Alder")
    address = f"{DRAFT}/validation-map"
    assert f'src="{address}"' in clerk.get(DRAFT).text
    assert is_framed(clerk.get(address), cache="no-store")
    assert {each.get(address).status_code for each in others} == {403}
    assert make_browser().get(address).status_code == 303


def part(council, electorate, yes, no):
    station = {"name": "Hall", "supplied": 900, "issued": yes + no, "spoilt": 0, "unused": 900 - yes - no}
    return {
        "council": council,
        "electorate": electorate,
        "stations": [station | {"tendered": 0, "found": yes + no}],
        "postal": {"found": 0},
        "yes": yes,
        "no": no,
        "rejected": {
            "official_mark": 0,
            "more_than_one_answer": 0,
            "identifies_voter": 0,
            "unmarked_or_uncertain": 0,
        },
    }


@pytest.mark.rule("T-25")
def test_a_result_is_on_the_map_for_everyone_once_it_is_declared(district, client, arrange_poll):
    arrange_poll(district, cross=True)
    page, address = "/referendums/NR-000901", "/referendums/NR-000901/result-map"
    assert client.get(address).status_code == 404
    assert "<iframe" not in client.get(page).text
    count = {
        "schema": "folkmoot.count/1",
        "instrument": "ndp",
        "area": "Alder",
        "authority": "Westshire",
        "poll_date": "2026-09-10",
        "polls": {"residential": {"portions": [part("Westshire", 1000, 300, 100), part("Eastshire", 500, 20, 80)]}},
    }
    result = result_document(tally(read_count(count)))
    at = datetime(2026, 9, 10, 23, tzinfo=UTC)
    with writing(district) as session:
        poll = session.query(Referendum).one()
        poll.rounds.append(CountRound(number=1, recorded_at=at, reason="Count", count=count, result=result))
        poll.declaration = Declaration(round_number=1, declared_at=at, declared_by="A chief", result=result)
    shown = client.get(address)
    assert is_framed(shown, cache="no-cache")
    for text in (shown.text, client.get(page).text):
        assert "Turnout by council" in text
        assert "64.00 %" in text  # of all papers: one answer for the whole area
        assert "40.00 %" in text
        assert "20.00 %" in text
        assert "Equal votes" not in text
    assert f'src="{address}"' in client.get(page).text
