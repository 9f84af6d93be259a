"""People who draw, in real browsers, on a service of their own with the example district and its accounts."""

import re
import shutil
import time
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from pydantic import SecretStr

from app.clock import Clock
from app.settings import Officer, Settings

OFFICER_TOKEN = "the officer of the browser's tests"


class RunningClock(Clock):
    """The story's day, running on from when the service was started."""

    def __init__(self, at):
        self.at, self.since = at, time.monotonic()

    def now(self):
        return self.at + timedelta(seconds=time.monotonic() - self.since)


@pytest.fixture(scope="session")
def drawing_service(example_folder, tmp_path_factory, serve):
    """The address of the service, and the password of each account."""
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("drawing") / "service")
    officer = Officer(name="Planning officer", role="planning-officer", token=SecretStr(OFFICER_TOKEN))
    clock = RunningClock(datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    with serve(Settings(data_folder=folder, officers=(officer,)), clock) as service:
        yield service.address, lambda name: service.people[name].password


class Drawer:
    """Somebody at the editor: what they do on the map, and what the map and the page say."""

    def __init__(self, page, base):
        self.page, self.base = page, base
        self.noises, self.strangers = [], []
        page.on("pageerror", lambda error: self.noises.append(str(error)))
        page.on("console", self._heard)
        page.on("request", self._asked)

    def _heard(self, message):
        if message.type in {"error", "warning"}:
            self.noises.append(message.text)

    def _asked(self, request):
        if not request.url.startswith((self.base, "blob:", "data:")):
            self.strangers.append(request.url)

    def open(self, path):
        self.page.goto(self.base + path)
        self.ready()
        return self

    def ready(self):
        self.page.wait_for_selector("#editor[data-ready]")
        self.page.wait_for_selector("#map[data-layers=drawn]")

    def act(self, name):
        self.page.click(f'[data-act="{name}"]')

    def tool(self, name):
        self.page.click(f'[data-tool="{name}"]')

    def at(self, easting, northing):
        """Where a point of the British grid is on the screen, the map having been brought into view."""
        return self.page.evaluate(
            """([e, n]) => {
                const map = document.getElementById('map')
                map.scrollIntoView({ block: 'center', behavior: 'instant' })
                return map.whereIs([e, n])
            }""",
            [easting, northing],
        )

    def click(self, easting, northing):
        where = self.at(easting, northing)
        self.page.mouse.click(*where)
        self.page.wait_for_timeout(60)

    def tap(self, easting, northing):
        where = self.at(easting, northing)
        self.page.touchscreen.tap(*where)
        self.page.wait_for_timeout(60)

    def press(self, key, times):
        """One key on the map, many times over."""
        self.page.evaluate(
            """([keys, times]) => {
                const key = keys.split('+').pop()
                const held = { key, altKey: keys.includes('Alt+'), ctrlKey: keys.includes('Control+'), bubbles: true }
                const map = document.getElementById('map')
                for (let time = 0; time < times; time++) map.dispatchEvent(new KeyboardEvent('keydown', held))
            }""",
            [key, times],
        )

    def look_at(self, place):
        self.page.fill("#place", place)
        self.act("place-go")

    def type_place(self, place):
        self.page.fill("#place", place)
        self.act("place-use")
        self.page.wait_for_timeout(30)

    @property
    def boundary(self):
        return self.page.evaluate("document.getElementById('map').boundary()")

    @property
    def points(self):
        shown = self.page.inner_text("#count").replace(",", "")
        return int(shown) if shown.isdigit() else 0

    def until(self, what, seconds=20):
        """Waits until an expression of the page is true; our policy forbids the library's own way, which evaluates."""
        for _ in range(seconds * 20):
            if self.page.evaluate(what):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"still not so after {seconds} seconds: {what}")

    def said(self):
        return self.page.inner_text("#spoken")

    def settled(self):
        """Waits until the verdict is on the line as it is now."""
        self.until("!document.getElementById('verdict').hasAttribute('data-waiting')")
        return self.page.inner_text("#verdict")

    def save(self):
        self.act("save")
        self.until("document.getElementById('kept').dataset.state === 'saved'")


@pytest.fixture(scope="session")
def signed_in():
    """The cookies of each account that has signed in: once is enough."""
    return {}


@pytest.fixture
def drawer(browser, drawing_service, signed_in, follow):
    """Opens a browser window for somebody; signed in where an account is named."""
    base, password = drawing_service
    contexts = []

    def make(account=None, *, width=1440, height=900, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        if account in signed_in:
            context.add_cookies(signed_in[account])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.set_default_navigation_timeout(45_000)
        if account and account not in signed_in:
            page.goto(f"{base}/sign-in")
            page.fill("input[name=name]", account)
            page.fill("input[name=password]", password(account))
            follow(page.get_by_role("button", name="Sign in", exact=True))
            expect(page).to_have_url(re.compile("/account"))
            signed_in[account] = context.cookies()
        return Drawer(page, base)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def officer(browser, drawing_service):
    """A planning officer's program: what it posts to the API, and the answer."""
    base, _ = drawing_service
    context = browser.new_context(extra_http_headers={"Authorization": f"Bearer {OFFICER_TOKEN}"})
    yield lambda path, body: context.request.post(f"{base}/api/v1{path}", data=body)
    context.close()
