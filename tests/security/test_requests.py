"""What is sent to the service: forged, oversized, pointing elsewhere, or trying to be something else."""

import zipfile

import pytest

from app.auth.forms import form_sent_from_here
from app.auth.require import DeedFor, Require
from app.web.form_page import own_address
from geo.errors import GeoError
from geo.reading import read_area

SAFE = {"GET", "HEAD"}


def form_routes(app):
    """Every route of a page that changes something; the API is for tokens and answers 401 to a cookie alone."""
    for each in app.routes:
        contexts = each.effective_route_contexts() if hasattr(each, "effective_route_contexts") else [each]
        for route in contexts:
            if getattr(route, "dependant", None) is not None and route.methods - SAFE:
                yield route


def guards(dependant):
    for each in dependant.dependencies:
        if isinstance(each.call, Require | DeedFor) or each.call is form_sent_from_here:
            yield each.call
        yield from guards(each)


def address(route):
    path = route.path
    for name in route.param_convertors:
        path = path.replace(f"{{{name}}}", "1").replace(f"{{{name}:path}}", "1")
    return path


def guarded(app):
    return [each for each in form_routes(app) if any(guards(each.dependant))]


@pytest.mark.parametrize("name", ["planner", "administrator", "volunteer"])
@pytest.mark.parametrize("forged", [{}, {"form_token": ""}, {"form_token": "0" * 64}], ids=["none", "empty", "wrong"])
def test_no_change_is_made_from_a_form_that_was_not_ours(service, signed_in, name, forged):
    browser = signed_in(name)
    assert guarded(service)
    for route in guarded(service):
        for method in route.methods - SAFE:
            answer = browser.client.request(method, address(route), data=forged, follow_redirects=False)
            assert answer.status_code == 403, (method, route.path, answer.status_code)


def test_a_token_of_another_browser_does_not_serve(signed_in, anyone):
    browser, other = signed_in("planner"), signed_in("volunteer")
    stolen = other.token("/account")
    for token in (stolen, anyone.token("/sign-in")):
        assert browser.client.post("/sign-out", data={"form_token": token}).status_code == 403
    assert browser.get("/account").status_code == 200


def test_a_form_from_another_site_is_refused_even_with_the_token(signed_in):
    browser = signed_in("planner")
    for origin in ("https://elsewhere.example", "null", "http://testserver.elsewhere.example"):
        answer = browser.post("/sign-out", {}, on="/account", headers={"origin": origin})
        assert answer.status_code == 403, origin
    same = browser.post("/sign-out", {}, on="/account", headers={"origin": "http://testserver"})
    assert same.status_code == 303


ELSEWHERE = [
    "//elsewhere.example",
    "https://elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "javascript:alert(1)",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "elsewhere.example",
    "/areas\r\nSet-Cookie: planted=1",
    "/%0d%0aSet-Cookie:planted=1",
    "",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_leads_nowhere_else(anyone, address):
    answer = anyone.sign_in("planner", next=address)
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert "planted" not in anyone.client.cookies
    assert "\n" not in where


@pytest.mark.parametrize("address", ["/areas", "/areas/NA-000001?on=2026-01-01", "/here?point=51.5,-1.2#map"])
def test_our_own_addresses_are_kept(address):
    assert own_address(address) == address


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/..%2fsettings.py",
        "/static/%2e%2e/settings.py",
        "/static/....//settings.py",
        "/static//etc/passwd",
        "/static/css/..%5c..%5csettings.py",
        "/api/v1/schemas/..%2f..%2fsettings/1",
        "/groups/..%2f..%2fsettings.json",
    ],
)
def test_no_path_leads_out_of_what_is_served(anyone, path):
    answer = anyone.get(path)
    assert answer.status_code in {303, 307, 404, 422}
    assert "FOLKMOOT_" not in answer.text
    assert "root:" not in answer.text


def test_a_body_larger_than_the_limit_is_refused_declared_or_not(anyone):
    big = b"x" * 1_100_000
    declared = anyone.client.post("/sign-in", content=big, headers={"content-type": "application/octet-stream"})
    assert declared.status_code == 413

    def trickle():
        for _ in range(11):
            yield b"x" * 100_000

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert anyone.client.post("/sign-in", content=trickle(), headers=form).status_code == 413
    json_type = {"content-type": "application/json"}
    assert anyone.client.post("/api/v1/area-checks", content=trickle(), headers=json_type).status_code == 413


def test_a_password_as_long_as_the_form_allows_is_refused_in_a_moment(anyone):
    assert anyone.sign_in("planner", password="x" * 300).status_code == 422
    assert anyone.sign_in("planner", password="x" * 301).status_code == 422


@pytest.mark.parametrize("header", ["host", "referer", "x-forwarded-host", "x-request-id", "accept-language"])
def test_nothing_of_a_header_comes_back(anyone, header):
    answer = anyone.get("/sign-in", headers={header: "evil.example"})
    assert "evil.example" not in answer.text
    assert not any("evil.example" in value for value in answer.headers.values())


def test_an_archive_that_names_places_outside_itself_is_refused_or_harmless(tmp_path):
    archive = tmp_path / "area.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("../../outside.geojson", b'{"type": "Polygon"}')
        made.writestr("/absolute.geojson", b'{"type": "Polygon"}')
    before = {path.name for path in tmp_path.parent.iterdir()}
    with pytest.raises(GeoError):
        read_area(archive)
    assert {path.name for path in tmp_path.parent.iterdir()} == before
