"""Signing in with a council's own provider: a small one runs here, and is made to lie in every way that matters."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from pydantic import ValidationError

from app.audit import documents
from app.db import reading, writing
from app.main import create_app
from app.roles import Role
from app.services.accounts import AccountFacts, open_account
from app.services.roles import grant_role
from app.settings import IdentityProvider, Settings

CLIENT, SECRET, CODE = "folkmoot", "a secret shared with the provider", "a-code"


class Provider:
    """An OpenID Connect provider that remembers what it was asked and says what it is told to."""

    def __init__(self, keys):
        self.key, self.other_key = keys
        self.key.ensure_kid()
        self.claims, self.lies, self.asked, self.configuration = {}, {}, {}, {}
        self.signs_with = self.key
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/.well-known/openid-configuration":
                    self.answer(provider.published())
                elif self.path == "/keys":
                    self.answer({"keys": [provider.key.as_dict(private=False)]})
                else:
                    self.send_error(404)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                asked = {name: values[0] for name, values in parse_qs(body).items()}
                who = base64.b64decode(self.headers.get("Authorization", "Basic ").split()[-1]).decode()
                challenge = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest())
                is_right = (
                    who.startswith(f"{CLIENT}:")
                    and asked["code"] == CODE
                    and challenge.decode().rstrip("=") == provider.asked["code_challenge"]
                )
                self.answer(provider.token() if is_right else {"error": "invalid_grant"}, 200 if is_right else 400)

            def answer(self, document, status=200):
                body = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def published(self):
        names = {"authorization_endpoint": "/authorise", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": self.issuer} | {name: self.issuer + path for name, path in names.items()} | self.configuration

    def token(self):
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "person-7",
            "nonce": self.asked["nonce"],
            "preferred_username": "West.Planner",
            "iat": self.now,
            "exp": self.now + 300,
        }
        claims = {name: value for name, value in (claims | self.lies).items() if value is not None}
        signed = jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.signs_with, algorithms=["RS256"])
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@pytest.fixture(scope="module")
def keys():
    return RSAKey.generate_key(2048), RSAKey.generate_key(2048)


@pytest.fixture
def provider(moving_clock, keys):
    made = Provider(keys)
    made.now = int(moving_clock.at.timestamp())
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def browser(peopled, provider, settings, operator, *, moving_clock, browser_of):
    known = IdentityProvider(
        name="west", title="Westshire account", issuer=provider.issuer, client_id=CLIENT, client_secret=SECRET
    )
    changes = {"identity_providers": (known,), "public_url": "http://testserver"}
    with writing(peopled) as session:
        user = open_account(session, operator, AccountFacts(name="west.planner", issuer=provider.issuer))
        grant_role(session, operator, user, "E07999101", Role.PLANNING_OFFICER)
    return browser_of(create_app(settings.model_copy(update=changes), clock=moving_clock))


def sent_to(browser, provider, next_="/areas"):
    """Goes as far as the provider's own page, and returns what it was asked for."""
    answer = browser.get(f"/sign-in/with/west?next={next_}")
    assert answer.status_code == 303, answer.text
    address = urlsplit(answer.headers["location"])
    provider.asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    return f"{address.scheme}://{address.netloc}{address.path}"


def come_back(browser, provider, **changes):
    query = {"code": CODE, "state": provider.asked["state"]} | changes
    return browser.get("/sign-in/from/west?" + "&".join(f"{name}={value}" for name, value in query.items()))


@pytest.mark.database
def test_an_officer_signs_in_with_the_councils_own_account(browser, provider, peopled):
    assert "Westshire account" in browser.get("/sign-in").text
    assert sent_to(browser, provider) == f"{provider.issuer}/authorise"
    assert provider.asked["redirect_uri"] == "http://testserver/sign-in/from/west"
    assert provider.asked["code_challenge_method"] == "S256"
    answer = come_back(browser, provider)
    assert (answer.status_code, answer.headers["location"]) == (303, "/areas")
    page = browser.get("/account").text
    assert "Planning officer, Westshire" in page
    assert "You sign in with your council" in page
    with reading(peopled) as session:
        linked = [event for event in documents(session) if event["kind"] == "account:linked"]
    assert [(event["subject"], event["after"]) for event in linked] == [
        ("account:west.planner", {"issuer": provider.issuer})
    ]


def test_the_second_time_the_providers_number_counts_and_not_the_name(browser, provider):
    sent_to(browser, provider)
    come_back(browser, provider)
    provider.lies = {"preferred_username": "renamed"}
    sent_to(browser, provider)
    assert come_back(browser, provider).status_code == 303
    provider.lies = {"sub": "somebody-else"}
    sent_to(browser, provider)
    refused = come_back(browser, provider)
    assert refused.status_code == 403
    assert "no account here" in refused.text


LIES = {
    "another issuer": {"iss": "https://elsewhere.example"},
    "meant for another service": {"aud": "another"},
    "an answer to another request": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "run out": {"exp": 1},
    "no person": {"sub": None},
    "no account": {"preferred_username": None},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=list(LIES))
def test_what_the_provider_says_is_believed_only_when_it_fits(browser, provider, lies):
    sent_to(browser, provider)
    provider.lies = lies
    assert come_back(browser, provider).status_code == 403
    assert browser.get("/account").status_code == 303


def test_a_token_signed_with_another_key_is_not_believed(browser, provider):
    sent_to(browser, provider)
    provider.signs_with = provider.other_key
    assert come_back(browser, provider).status_code == 403


@pytest.mark.parametrize("changes", [{"state": "another"}, {"code": ""}, {"code": "another"}, {"state": ""}])
def test_an_answer_that_was_not_asked_for_is_refused(browser, provider, changes):
    sent_to(browser, provider)
    assert come_back(browser, provider, **changes).status_code == 403


def test_a_sign_in_begun_in_another_browser_is_refused(browser, provider, moving_clock):
    sent_to(browser, provider)
    browser.client.cookies.clear()
    assert come_back(browser, provider).status_code == 403
    sent_to(browser, provider)
    moving_clock.pass_(minutes=11)
    assert come_back(browser, provider).status_code == 403


def test_a_provider_that_is_another_or_silent_is_told(browser, provider):
    provider.configuration = {"issuer": "https://elsewhere.example"}
    assert "not set up rightly" in browser.get("/sign-in/with/west").text
    provider.configuration = {"token_endpoint": "ftp://elsewhere.example"}
    assert "not set up rightly" in browser.get("/sign-in/with/west").text
    provider.server.shutdown()
    provider.server.server_close()
    answer = browser.get("/sign-in/with/west")
    assert (answer.status_code, "does not answer" in answer.text) == (503, True)
    assert browser.get("/sign-in/with/nobody").status_code == 404


def test_production_asks_a_provider_over_https_only():
    insecure = {"name": "w1", "title": "West", "issuer": "http://x.example", "client_id": "a", "client_secret": "b"}
    with pytest.raises(ValidationError, match="over https only"):
        Settings(mode="production", identity_providers=[insecure])
