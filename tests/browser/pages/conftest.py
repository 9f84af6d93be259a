"""Whoever looks at every page: what they need to be there, and what they look for."""

import html
import re
from urllib.parse import urlencode

import pytest

PLANS, POLL, COUNT = "/cases/plans", "/electorate/NR-000006", "/count/NR-000006"
WIDTHS = (1440, 768, 375)
CHECKED_WIDTHS = (1440, 375)
GROUP = {
    "name": "Friends of the Green",
    "purpose": "Keeping the green.",
    "contact_name": "The clerk",
    "contact_way": "clerk@example.org",
    "contact_agreed_on": "2026-11-01",
    "ways_to_join": "Come on a Tuesday.",
    "code_of_conduct_on": "2026-11-01",
    "place": "E04999008",
}
PARTS = {
    "name": {"name": "Nether Wendle"},
    "statement": {"statement": "One place round its green."},
    "body": {"declared": "yes"},
}
EXAMINER = {
    "examiner": "A. N. Examiner",
    "qualifications": "A planner for twenty years.",
    "facts": ["is_independent", "has_no_interest"],
    "on_date": "2026-11-20",
}
QUESTION = {
    "asked_of": "local planning authority",
    "question": "Where is the map of the green?",
    "on_date": "2026-11-20",
}
ANCHORS = """[...document.querySelectorAll('a[href*="#"]')]
    .filter((each) => each.pathname === location.pathname && each.search === location.search && each.hash.length > 1)
    .filter((each) => !document.getElementById(decodeURIComponent(each.hash.slice(1)))).map((each) => each.hash)"""
VIOLATIONS = """axe.run({ resultTypes: ['violations'] })
    .then((all) => all.violations.map((each) => `${each.id} at ${each.nodes[0].target}`))"""
LINKS = "[...document.querySelectorAll('a[href^=\"/\"]')].map((each) => each.getAttribute('href'))"


class Hand:
    """What people have sent before anybody looks: by their own forms, without a window."""

    def __init__(self, open_):
        self.open, self.who = open_, {}

    def shown(self, name, path):
        """The page at an address, as somebody is shown it."""
        if name not in self.who:
            self.who[name] = self.open(name)
        return self.who[name].get(path, headers={"Accept": "text/html"}).text()

    def send(self, name, path, /, *, on=None, **fields):
        """Send a form as the page that shows it would; returns where the answer leads, or what it says."""
        token = {"form_token": re.search(r'name="form_token" value="([^"]*)"', self.shown(name, on or path))[1]}
        if "files" in fields:
            answer = self.who[name].post(path, multipart=token | fields, max_redirects=0)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            typed = urlencode(token | fields, doseq=True)
            answer = self.who[name].post(path, data=typed, headers=kind, max_redirects=0)
        assert answer.status in {200, 303}, f"{path}: {answer.status} {answer.text()}"
        return answer.headers.get("location", "") or answer.text()

    def draft(self, name):
        made = self.send(name, "/apply/parish", on="/apply?parish=Nether", code="E04999008")
        return re.search(r"ND-(\d+)", made)[1]


@pytest.fixture(scope="session")
def furnished(staffed, browser, cookies_of):
    """What the example lacks for every page to have something to show, by the words in braces of the addresses."""
    contexts = []

    def open_(name):
        contexts.append(browser.new_context(base_url=staffed.address))
        contexts[-1].add_cookies(cookies_of(name) if name else [])
        return contexts[-1].request

    hand, clerk, officer = Hand(open_), "volunteer-signatory", "planning-officer"
    draft, submitted = hand.draft(clerk), hand.draft(clerk)
    made = html.unescape(hand.send(clerk, f"/apply/ND-{draft}/share", label="The council next door"))
    shared = re.search(r"/shared/([\w-]+)", made)[1]
    sheets = hand.shown(clerk, f"/apply/ND-{submitted}/parts/map")
    choice = re.search(r'name="choice"[^>]* value="([^"]+)"', sheets)[1]
    for part, fields in {"map": {"choice": choice}, **PARTS}.items():
        hand.send(clerk, f"/apply/ND-{submitted}/parts/{part}", **fields)
    hand.send(clerk, f"/apply/ND-{submitted}/submit", on=f"/apply/ND-{submitted}/check", version="1")
    group = hand.send(clerk, "/groups/new", **GROUP).partition("#")[2]
    hand.send(clerk, f"/groups/{group}/publish", on="/groups/mine")
    comment = "/consultations/NO-000001/submission/respond"
    sent = hand.send("", comment, text="Keep the lane open.", name="A neighbour", contact="", policy="", place="")
    said = re.search(r"number=(\d+)", sent)[1]
    hand.send(officer, f"{PLANS}/NO-000001/examiner/propose", **EXAMINER)
    hand.send(officer, f"{PLANS}/NP-000007/examiner/question", **QUESTION)
    files = {"name": "uprn.csv", "mimeType": "text/csv", "buffer": b"UPRN,X_COORDINATE,Y_COORDINATE\n1,358350,277700\n"}
    form = "/electorate/imports/new"
    moved = hand.send("electoral-officer", form, on=f"{form}?kind=locations", kind="locations", as_at="", files=files)
    hand.send("electoral-officer", f"{POLL}/freeze", snapshot="provisional")
    set_up = f"{COUNT}/set-up"
    council = html.unescape(re.search(r'name="council" value="([^"]*)"', hand.shown("counting-officer", set_up))[1])
    stations = {"poll": "residential", "council": council, "stations": "Hall\nSchool", "postal_sessions": "1"}
    hand.send("counting-officer", set_up, **stations)
    for context in contexts:
        context.close()
    return {
        "draft": draft,
        "submitted": submitted,
        "shared": shared,
        "group": group,
        "said": said,
        "import": moved.rsplit("/", 1)[-1],
    }


class Inspector:
    """Somebody who goes from page to page and writes down what is wrong with each."""

    def __init__(self, page, base, axe, pictures, who):
        self.page, self.base, self.axe, self.pictures, self.who = page, base, axe, pictures, who
        self.faults, self.links = [], {}
        # Asked this way, a page is examined under the very policy that it is served with.
        self.tools = page.context.new_cdp_session(page)
        page.on(
            "request",
            lambda asked: self.note(asked.url) if not asked.url.startswith((base, "blob:", "data:")) else None,
        )
        page.on("pageerror", lambda error: self.note(str(error)))
        page.on("console", lambda said: self.note(said.text) if said.type in {"error", "warning"} else None)

    def note(self, fault):
        # The browser itself says that an answer was a refusal; whether it should be is asked elsewhere.
        if "the server responded with a status of 4" not in fault:
            self.faults.append(f"{self.page.url.removeprefix(self.base)}: {fault}")

    def ask(self, expression):
        sent = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        return self.tools.send("Runtime.evaluate", sent)["result"].get("value")

    def visit(self, name, address, status=200, widths=WIDTHS):
        answer = self.page.goto(self.base + address)
        if answer.status != status:
            self.note(f"answered {answer.status}")
        self.look(name, widths)
        for link in self.ask(LINKS):
            self.links.setdefault(re.sub(r"\d+|(?<=\?).*|#.*", "", link), link.partition("#")[0])

    def look(self, name, widths=WIDTHS):
        """Look at the page as it stands, at each width."""
        if self.page.locator(".fm-map__canvas, #map").count():
            self.page.wait_for_load_state("networkidle")
        for missing in self.ask(ANCHORS):
            self.note(f"nothing is called {missing}")
        if self.page.locator("h1").count() != 1:
            self.note("has not one h1")
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 900})
            sideways = self.ask("document.documentElement.scrollWidth - window.innerWidth")
            if sideways > 0:
                self.note(f"scrolls {sideways} px sideways at {width} px")
            if width in CHECKED_WIDTHS:
                found = self.ask(f"{'' if self.ask('!!window.axe') else self.axe};{VIOLATIONS}")
                for each in found:
                    self.note(f"{each} at {width} px")
            self.page.screenshot(path=self.pictures / f"{self.who}-{name}-{width}.png", full_page=True)


@pytest.fixture
def inspect(browser, staffed, cookies_of, axe, pictures):
    """Sends somebody round, signed in where an account is named."""
    contexts = []

    def inspect(name, service=staffed):
        context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900})
        contexts.append(context)
        if name:
            context.add_cookies(cookies_of(name, service))
        return Inspector(context.new_page(), service.address, axe, pictures, name or "visitor")

    yield inspect
    for context in contexts:
        context.close()
