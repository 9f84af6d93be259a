"""A real browser on a real service that shows the example district."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
import uvicorn
from playwright.sync_api import Browser, Locator, sync_playwright

from app.clock import Clock, FixedClock
from app.db import create_database_engine, writing
from app.document_store import document_store
from app.main import create_app
from app.secrets import service_secret
from app.services.example import load_example
from app.services.example_people import example_accounts
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


@pytest.fixture(scope="session")
def address(tmp_path_factory, spatialite_template) -> Iterator[str]:
    """The address of a service on the example district, as it stands on 21 November 2026."""
    folder = tmp_path_factory.mktemp("browser")
    shutil.copyfile(spatialite_template, folder / "folkmoot.sqlite")
    settings = Settings(data_folder=folder)
    engine = create_database_engine(settings.resolved_database_url)
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the browser's tests", store=document_store(settings))
    engine.dispose()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(settings, clock=FixedClock(AT))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
    app.state.folkmoot.engine.dispose()


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
    app = create_app(settings, clock=clock)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    people = {each.name: each for each in example_accounts(service_secret(settings))}
    walk = Walk(browser, follow, f"http://127.0.0.1:{port}", clock, people)
    walk.engine = app.state.folkmoot.engine
    yield walk
    walk.leave()
    server.should_exit = True
    thread.join(10)
    app.state.folkmoot.engine.dispose()


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
