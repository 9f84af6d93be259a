"""Every page that shows facts says at its foot where they are found as data, and they are found there."""

import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from app.clock import FixedClock
from app.db import create_database_engine, writing
from app.main import create_app
from app.services.example import load_example
from app.settings import Settings
from app.web.data_links import LINKS

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
DATA = ("application/json", "application/geo+json", "text/csv", "application/pdf", "text/calendar")
NO_FACTS = {"/sign-in", "/sign-in/with/{name}"}
"""Public pages that are forms alone."""
SEEN_OF_EACH = 2


@pytest.fixture(scope="module")
def service(tmp_path_factory, spatialite_template):
    folder = tmp_path_factory.mktemp("data-links")
    (folder / "folkmoot.sqlite").write_bytes(spatialite_template.read_bytes())
    settings = Settings(data_folder=folder)
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the tests of links")
    engine.dispose()
    app = create_app(settings, clock=FixedClock(AT))
    yield app
    app.state.folkmoot.engine.dispose()


def routes(app):
    for each in app.routes:
        yield from each.effective_route_contexts() if hasattr(each, "effective_route_contexts") else [each]


def patterns(app):
    """What each address that can be looked at is called, and the expression of its addresses, in their order."""
    found = [each for each in routes(app) if "GET" in (getattr(each, "methods", None) or ())]
    return [(each.path, re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", each.path) + "$")) for each in found]


def route_of(known, address):
    return next((path for path, pattern in known if pattern.match(address.split("?")[0])), None)


def test_the_table_of_links_speaks_of_pages_and_data_that_exist(service):
    known = patterns(service)
    paths = {path for path, _ in known}
    assert set(LINKS) - paths == set()
    addresses = {address for links in LINKS.values() for _, address in links}
    assert {each for each in addresses if re.sub(r"\{[^}]+\}", "x", each) and route_of(known, each) is None} == set()


def test_every_public_page_is_found_as_data_from_its_foot(service):
    known, client = patterns(service), TestClient(service, headers={"accept": "text/html"})
    waiting, asked, seen = ["/"], set(), Counter()
    silent, wrong, checked = [], [], set()
    while waiting:
        address = waiting.pop(0)
        path = route_of(known, address)
        if address in asked or path is None or seen[path] >= SEEN_OF_EACH:
            continue
        asked.add(address)
        answer = client.get(address, follow_redirects=False)
        text = answer.text
        if answer.status_code != 200 or "text/html" not in answer.headers["content-type"] or "fm-footer" not in text:
            continue
        seen[path] += 1
        waiting += [unescape(each) for each in re.findall(r'href="(/[^"#]*)', text) if not each.startswith("/static/")]
        foot = re.search(r'<p class="fm-data">(.*?)</p>', text, re.DOTALL)
        links = [unescape(each) for each in re.findall(r'href="([^"]+)"', foot[1])] if foot else []
        silent += [address] if not links and path not in NO_FACTS else []
        for link in set(links) - checked:
            checked.add(link)
            data = client.get(link, headers={"accept": "*/*"})
            if data.status_code != 200 or not data.headers["content-type"].startswith(DATA):
                wrong.append(f"{link} of {address}: {data.status_code} {data.headers['content-type']}")
    assert (silent, wrong) == ([], [])
    assert len(seen) > 24, sorted(seen)


@pytest.mark.parametrize(
    ("address", "reference"),
    [
        pytest.param("plans", "NP-000001", id="plans"),
        pytest.param("referendums", "NR-000001", id="referendums"),
        pytest.param("forums", "NF-000001", id="forums"),
    ],
)
def test_a_list_is_a_map_too_and_the_same_at_both_doors(service, address, reference):
    client = TestClient(service)
    page, api = (client.get(f"{start}/{address}.geojson?on=2026-11-21").json() for start in ("", "/api/v1"))
    assert [each["id"] for each in page["features"]].count(reference) == 1
    assert {each["id"] for each in page["features"]} == {each["id"] for each in api["features"]}
    shapes = {each["id"]: each["geometry"] for each in page["features"]}
    assert shapes[reference]["type"] == "MultiPolygon"


def test_a_list_as_a_map_stands_as_it_did_on_a_day(service):
    client = TestClient(service)
    for name in ("plans", "referendums", "areas"):
        now, then = (client.get(f"/{name}.geojson?on={day}").json()["features"] for day in ("2026-11-21", "2020-01-01"))
        assert len(then) < len(now), name
    authorities = client.get("/api/v1/development-plan.geojson").json()["features"]
    assert sum(each["properties"]["in_force"] for each in authorities) > 0


def test_a_place_is_asked_about_by_either_name_and_the_answer_can_be_sent_on(service):
    client = TestClient(service, headers={"accept": "text/html"})
    pages = [
        client.get("/here", params={name: "358350, 277700", "on": "2022-03-02"}).text for name in ("point", "place")
    ]
    assert [re.findall(r"<h1[^>]*>([^<]*)", text) for text in pages] == [["What applies here"]] * 2
    mail = re.search(r'href="(mailto:[^"]*)"', pages[1])
    sent = unquote(unescape(mail[1]))
    address = re.search(r"http://testserver(/here\?[^&]*&on=2022-03-02)$", sent)[1]
    assert client.get(address).text.split("<dl")[1].split("</dl>")[0] == pages[1].split("<dl")[1].split("</dl>")[0]
    for door in ("/here.json", "/api/v1/here"):
        told = [client.get(door, params={name: "358350, 277700"}).json() for name in ("point", "place")]
        assert told[0] == told[1]
        assert told[0]["easting"] == 358350
