"""A real browser on a real service that shows the example district."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from app.clock import Clock, FixedClock
from app.db import create_database_engine, writing
from app.document_store import document_store
from app.main import create_app
from app.secrets import address_secret, service_secret
from app.services.example import load_example
from app.services.example_people import ExampleAccount, example_accounts, load_people
from app.settings import Settings

ROOT = Path(__file__).parent.parent.parent
AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Service:
    """A service that runs, and the people who can sign in there."""

    address: str
    app: FastAPI
    people: Mapping[str, ExampleAccount]


@contextmanager
def running(settings: Settings, clock: Clock) -> Iterator[Service]:
    """Serve what some settings describe, within `with`, on a free port of this machine."""
    app = create_app(settings, clock=clock)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    people = {each.name: each for each in example_accounts(service_secret(settings))}
    yield Service(address=f"http://127.0.0.1:{port}", app=app, people=people)
    server.should_exit = True
    thread.join(10)
    app.state.folkmoot.engine.dispose()


@pytest.fixture(scope="session")
def serve() -> Callable[[Settings, Clock], AbstractContextManager[Service]]:
    """Serves what some settings describe at the time of a clock, within `with`."""
    return running


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory, spatialite_template: Path) -> Path:
    """The data folder of a service on the example district, with its documents, keys and people: to be copied."""
    folder = tmp_path_factory.mktemp("example")
    shutil.copyfile(spatialite_template, folder / "folkmoot.sqlite")
    settings = Settings(data_folder=folder)
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        load_example(session, address_secret=address_secret(settings), store=document_store(settings))
        load_people(session, service_secret=service_secret(settings))
    engine.dispose()
    return folder


@pytest.fixture(scope="session")
def staffed(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The example district with its people on 21 November 2026, for every test that changes nothing others look at."""
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("staffed") / "service")
    with running(Settings(data_folder=folder), FixedClock(AT)) as service:
        yield service


@pytest.fixture(scope="session")
def address(staffed: Service) -> str:
    """The address of a service on the example district, as it stands on 21 November 2026."""
    return staffed.address


@pytest.fixture(scope="session")
def cookies_of(browser: Browser, staffed: Service, follow: Callable[[Locator], None]) -> Callable[..., Sequence[Any]]:
    """The cookies of somebody who has signed in: once each, for a code of a second factor works once."""

    signed_in: dict[tuple[str, str], Sequence[Any]] = {}

    def sign_in(name: str, service: Service) -> Sequence[Any]:
        person, page = service.people[name], browser.new_page(base_url=service.address)
        page.goto("/sign-in", wait_until="domcontentloaded")
        page.get_by_label("Account name").fill(name)
        page.get_by_label("Password", exact=True).fill(person.password)
        follow(page.get_by_role("button", name="Sign in", exact=True))
        if person.second_factor:
            page.locator("input[name=code]").fill(pyotp.TOTP(person.second_factor).at(AT))
            follow(page.locator("main button[type=submit]"))
        expect(page.get_by_role("heading", name="Your account", level=1)).to_be_visible()
        cookies = page.context.cookies()
        page.context.close()
        return cookies

    def cookies_of(name: str, service: Service = staffed) -> Sequence[Any]:
        known = (service.address, name)
        if known not in signed_in:
            signed_in[known] = sign_in(name, service)
        return signed_in[known]

    return cookies_of


@pytest.fixture
def signed_in(
    browser: Browser, staffed: Service, cookies_of: Callable[..., Sequence[Any]]
) -> Iterator[Callable[..., Page]]:
    """Opens a page of somebody who is signed in to the service that all share."""
    contexts = []

    def open_(name: str, **options: Any) -> Page:
        context = browser.new_context(base_url=staffed.address, **options)
        contexts.append(context)
        context.add_cookies(cookies_of(name))
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.fail("Chromium is missing: run make test, or install it by hand.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def follow() -> Callable[[Locator], None]:
    """Clicks on what leads to another page, and waits until that one stands: what is asked next is asked of it."""

    def follow(leads: Locator) -> None:
        with leads.page.expect_event("domcontentloaded"):
            leads.click()

    return follow


class MovingClock(Clock):
    """A clock that stands where it was put last."""

    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at


class Walk:
    """People who click: whoever acts signs in, on the day on which they act."""

    def __init__(self, browser, follow, address, clock, people):
        self.browser, self.follow = browser, follow
        self.address, self.clock, self.people = address, clock, people
        self.page, self.noises, self.name = None, [], ""

    def as_(self, name, at):
        """Move the clock, and sign in from the first page."""
        self.leave()
        self.clock.at = datetime.fromisoformat(at).replace(tzinfo=UTC)
        context = self.browser.new_context(base_url=self.address, viewport={"width": 1280, "height": 900})
        self.page, self.name = context.new_page(), name
        self.page.set_default_timeout(30_000)
        self.page.on("pageerror", lambda error: self.noises.append(str(error)))
        self.page.on(
            "request",
            lambda asked: self.noises.append(asked.url) if not asked.url.startswith(self.address) else None,
        )
        self.page.goto("/", wait_until="domcontentloaded")
        if name:
            self.sign_in(self.people[name])
        return self.page

    def sign_in(self, person):
        self.link("Sign in")
        self.page.get_by_label("Account name").fill(person.name)
        self.page.get_by_label("Password", exact=True).fill(person.password)
        self.button("Sign in")
        if person.second_factor:
            self.page.locator("input[name=code]").fill(pyotp.TOTP(person.second_factor).at(self.clock.at))
            self.follow(self.page.get_by_role("button").last)

    def leave(self):
        if self.page is not None:
            self.page.context.close()
            self.page = None

    def link(self, name, *, exact=False):
        self.follow(self.page.get_by_role("link", name=name, exact=exact).first)

    def button(self, name):
        self.follow(self.page.get_by_role("button", name=name).first)

    def send(self):
        """Send the form that the page is about: its last."""
        self.follow(self.page.locator("form").last.get_by_role("button").last)

    def fill(self, values):
        for label, value in values.items():
            self.page.get_by_label(label).first.fill(str(value))

    def choose(self, name, *, exact=False):
        self.page.get_by_label(name, exact=exact).first.check()

    def says(self, words):
        told = self.page.locator("main").inner_text()
        assert words in told, f"{self.name} at {self.page.url} misses {words!r} in:\n{told[:3000]}"


@contextmanager
def _served(settings, browser, follow):
    """Serve, with a clock that the walk moves."""
    clock = MovingClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
    with running(settings, clock) as service:
        walk = Walk(browser, follow, service.address, clock, service.people)
        walk.engine = service.app.state.folkmoot.engine
        yield walk
        walk.leave()


@pytest.fixture(scope="session")
def served(browser: Browser, follow: Callable[[Locator], None]) -> Callable[[Settings], AbstractContextManager[Walk]]:
    """Serves what some settings describe, within `with`, and gives the people who click there."""
    return lambda settings: _served(settings, browser, follow)


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker, as the text of a script."""
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The ignored folder of screenshots, to be looked at."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
