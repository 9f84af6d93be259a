"""What the service sends back: headers, cookies, and text that stays text."""

import html
import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from app.main import create_app

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}${7*7}"


class Scan(HTMLParser):
    """Finds what a browser would run: scripts without an address, handlers, addresses that are scripts."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.found += [f"{tag} {name}" for name in facts if name.startswith("on")]
        self.found += [f"{tag} {name}" for name, value in attrs if (value or "").lower().startswith("javascript:")]
        if tag == "script" and not (facts.get("src") or "").startswith("/static/"):
            self.found.append("script of its own")
        if tag == "style" or "style" in facts:
            self.found.append(f"{tag} with a style of its own")


def runs(text):
    scan = Scan()
    scan.feed(text)
    return scan.found


FIELDS = (
    ("planner", "/sign-in", "name"),
    ("planner", "/sign-in", "next"),
    ("volunteer", "/groups/new", "name"),
    ("volunteer", "/groups/new", "purpose"),
    ("volunteer", "/groups/new", "contact_name"),
    ("volunteer", "/groups/new", "contact_way"),
    ("volunteer", "/groups/new", "contact_agreed_on"),
    ("volunteer", "/groups/new", "ways_to_join"),
    ("volunteer", "/groups/new", "code_of_conduct_on"),
    ("volunteer", "/groups/new", "place"),
    ("administrator", "/admin/accounts/new", "name"),
    ("administrator", "/admin/accounts/new", "role"),
)


@pytest.mark.parametrize(("who", "path", "field"), FIELDS)
def test_what_is_typed_comes_back_as_text(signed_in, who, path, field):
    answer = signed_in(who).post(path, {field: HOSTILE})
    assert answer.status_code == 422
    assert runs(answer.text) == []
    assert "<script>alert" not in answer.text
    assert "49" not in re.sub(r"<[^>]*>", "", answer.text).split("Folkmoot")[0]


@pytest.mark.parametrize("field", ["person", "subject", "kind", "since", "until"])
def test_what_is_searched_for_comes_back_as_text(signed_in, field):
    answer = signed_in("auditor").get("/record", params={field: HOSTILE[:100]})
    assert runs(answer.text) == []
    assert html.escape("<script>alert", quote=False) in answer.text or "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["/groups/{}", "/areas/{}", "/plans/{}", "/referendums/{}", "/rules/{}", "/{}"])
def test_an_address_comes_back_as_text(anyone, path):
    answer = anyone.get(path.format("%3Cscript%3Ealert(1)%3C%2Fscript%3E"))
    assert answer.status_code == 404
    assert runs(answer.text) == []


def test_every_answer_carries_the_security_headers(anyone):
    for path in ("/sign-in", "/healthz", "/api/v1/openapi.json", "/nowhere", "/static/js/page.js"):
        headers = anyone.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "server" not in headers


def test_in_production_cookies_are_for_https_and_this_host_alone(service):
    settings = service.state.folkmoot.settings.model_copy(update={"mode": "production"})
    app = create_app(settings, clock=service.state.folkmoot.clock)
    client = TestClient(app, base_url="https://testserver", raise_server_exceptions=False)
    page = client.get("/sign-in", headers={"accept": "text/html"})
    fields = {
        "form_token": re.search(r'name="form_token" value="([^"]*)"', page.text).group(1),
        "name": "planner",
        "password": "teapot meadow lantern 42",
    }
    answer = client.post("/sign-in", data=fields, follow_redirects=False)
    assert answer.status_code == 303
    for cookie in page.headers.get_list("set-cookie") + answer.headers.get_list("set-cookie")[:1]:
        assert cookie.startswith("__Host-folkmoot")
        assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= {part.strip() for part in cookie.split(";")}
        assert "domain" not in cookie.lower()
    assert "max-age=" in answer.headers["strict-transport-security"]
    app.state.folkmoot.engine.dispose()


def test_pages_for_one_person_are_kept_by_nobody(signed_in):
    for path in ("/account", "/account/password"):
        assert signed_in("planner").get(path).headers["cache-control"] == "no-store"
