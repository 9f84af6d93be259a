"""A whole count walked by clicking: two people key, a box differs, two sign, one declares; the board shows it after."""

import re
import shutil
from datetime import UTC, datetime

import pyotp
import pytest

from app.clock import FixedClock
from app.db import reading
from app.services.record import state_faults
from app.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

POLL_NIGHT = datetime(2027, 2, 4, 22, 40, tzinfo=UTC)
PHONE, DESK = {"width": 375, "height": 812}, {"width": 1440, "height": 900}
COUNT = "/count/NR-000006"
ACCOUNT = {"Ballot papers supplied": 900, "Issued to voters": 612, "Spoilt and replaced": 3, "Not used": 285,
           "Tendered papers used": 0}  # fmt: skip
VOTES = {
    "Votes for Yes": 489,
    "Votes for No": 301,
    "No official mark": 0,
    "Voting for more than one answer": 2,
    "Writing or mark": 1,
    "Unmarked, or the answer uncertain": 6,
}


@pytest.fixture(scope="module")
def hall(example_folder, tmp_path_factory, serve):
    """A service on the night of a poll."""
    folder = shutil.copytree(example_folder, tmp_path_factory.mktemp("count") / "service")
    with serve(Settings(data_folder=folder), FixedClock(POLL_NIGHT)) as service:
        yield service


@pytest.fixture(scope="module")
def enter(hall, browser, follow):
    """Opens a page signed in as one of the example's people, once each: a code of a second factor works once."""
    contexts, noises = {}, []
    # The checker of accessibility needs pages without our policy; the chief does without scripts altogether.
    options = {
        "counting-officer": {"bypass_csp": True},
        "count-assistant": {"bypass_csp": True},
        "chief-counting-officer": {"java_script_enabled": False},
    }

    def sign_in(name):
        if name in contexts:
            return contexts[name]
        context = browser.new_context(viewport=PHONE if name == "count-assistant" else DESK, **options.get(name, {}))
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: noises.append(str(error)))
        person = hall.people[name]
        page.goto(f"{hall.address}/sign-in")
        page.get_by_label("Account name").fill(name)
        page.get_by_label("Password", exact=True).fill(person.password)
        follow(page.get_by_role("button", name="Sign in"))
        if person.second_factor:
            page.locator("input[name=code]").fill(pyotp.TOTP(person.second_factor).at(POLL_NIGHT))
            follow(page.get_by_role("button").last)
        contexts[name] = page
        return page

    yield sign_in
    for page in contexts.values():
        page.context.close()
    assert noises == []


@pytest.fixture
def picture(pictures, axe):
    """Takes a picture, and checks that a page is accessible and never scrolls sideways."""

    def take(page, name, *, is_checked=True):
        as_it_was = page.viewport_size
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            page.screenshot(path=pictures / f"count-{name}-{size['width']}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, name
            if is_checked:
                page.evaluate(f"'axe' in window || (() => {{ {axe} }})()")
                found = page.evaluate("axe.run()")["violations"]
                assert [(each["id"], each["nodes"][0]["target"]) for each in found] == [], name
        page.set_viewport_size(as_it_was)

    return take


def fill(page, figures):
    for label, value in figures.items():
        page.get_by_label(label).fill(str(value))


@pytest.fixture
def open_task(hall, follow):
    """Opens a task of the count by its words."""

    def open_task(page, name):
        page.goto(hall.address + COUNT)
        follow(page.get_by_role("link", name=name).first)

    return open_task


@pytest.fixture
def key(open_task, follow):
    """Keys the figures of a sheet, and looks again where the service asks for it."""

    def key(page, task, figures, *, insist=False):
        open_task(page, task)
        fill(page, figures)
        follow(page.get_by_role("button", name="Save these figures"))
        if insist:
            page.get_by_label("I looked again").check()
            follow(page.get_by_role("button", name="Save these figures"))

    return key


def test_a_whole_count_by_clicking(  # noqa: PLR0915 - one night, told from its beginning to its end
    *, hall, enter, picture, browser, follow, open_task, key
):
    officer, assistant, chief = (
        enter(name) for name in ("counting-officer", "count-assistant", "chief-counting-officer")
    )

    officer.goto(hall.address + "/account")
    follow(officer.get_by_role("link", name="Counts"))
    follow(officer.get_by_role("link", name=re.compile("Pellington")))
    picture(officer, "tasks-empty")
    follow(officer.get_by_role("link", name="Set up polling stations"))
    officer.get_by_label("Names of the polling stations").fill("Pellington Village Hall\nPellington School")
    picture(officer, "set-up")
    follow(officer.get_by_role("button", name="Save").first)
    open_task(officer, "Counting observers")
    officer.get_by_label("Badge").fill("Observer 1")
    officer.get_by_label("Who appointed them?").fill("Pellington Parish Council")
    follow(officer.get_by_role("button", name="Record"))
    assert "Observer 1" in officer.content()

    for page in (assistant, officer):
        key(page, "Electorate", {"Electors entitled": 1840})
    # A difference is told as it is typed, and asked about again by the server.
    open_task(assistant, "Pellington Village Hall")
    fill(assistant, ACCOUNT | {"Papers found in the box": 611})
    assert "does not add up" in assistant.locator("[data-sum]").inner_text()
    picture(assistant, "account-phone")
    follow(assistant.get_by_role("button", name="Save these figures"))
    assert "611 papers were found in the box" in assistant.locator(".govuk-error-summary").inner_text()
    picture(assistant, "account-phone-asks")
    assistant.get_by_label("I looked again").check()
    follow(assistant.get_by_role("button", name="Save these figures"))
    # The second person sees a blank sheet.
    open_task(officer, "Pellington Village Hall")
    assert officer.get_by_label("Papers found in the box").input_value() == ""
    assert "611" not in officer.content()
    fill(officer, ACCOUNT | {"Papers found in the box": 611})
    follow(officer.get_by_role("button", name="Save these figures"))
    officer.get_by_label("I looked again").check()
    follow(officer.get_by_role("button", name="Save these figures"))
    school = {"Ballot papers supplied": 100, "Issued to voters": 88, "Spoilt and replaced": 0, "Not used": 12,
              "Tendered papers used": 0, "Papers found in the box": 88}  # fmt: skip
    for page in (assistant, officer):
        key(page, "Pellington School", school)
        key(page, "Postal votes", {"Postal ballot papers": 100})
    officer.goto(hall.address + COUNT)
    picture(officer, "tasks-middle")
    assistant.goto(hall.address + COUNT)
    picture(assistant, "tasks-phone")

    # The box with a paper too few: rechecked, recounted, a cause by one, agreed by another.
    open_task(officer, "Box of Pellington Village Hall")
    officer.get_by_label("Check the ballot paper account again").check()
    follow(officer.get_by_role("button", name="Record this step"))
    officer.get_by_label("Count the papers of this box again").check()
    officer.get_by_label("Papers found now").fill("611")
    follow(officer.get_by_role("button", name="Record this step"))
    officer.get_by_label("A voter took a paper away").check()
    officer.get_by_label("What happened").fill("The presiding officer saw a voter leave with a paper.")
    follow(officer.get_by_role("button", name="Record this cause"))
    picture(officer, "box")
    assert "Someone else must sign in and agree" in officer.content()
    open_task(chief, "Box of Pellington Village Hall")
    follow(chief.get_by_role("button", name="I agree with this cause"))

    open_task(officer, "Statement of verification")
    picture(officer, "statement")
    follow(officer.get_by_role("button", name="Draw up the statement"))
    open_task(officer, "Count board")
    officer.get_by_label("How many ballot papers were verified").check()
    follow(officer.get_by_role("button", name="Release"))
    board = browser.new_page(viewport=DESK, bypass_csp=True)
    board.goto(f"{hall.address}{COUNT}/board")
    picture(board, "board-verification")
    assert "799" in board.content()

    key(assistant, "First count", VOTES)
    # The second person miskeys; the chief, as the third, settles it.
    key(officer, "First count", VOTES | {"Votes for Yes": 498}, insist=True)
    officer.goto(hall.address + COUNT)
    assert "Keyed differently" in officer.content()
    open_task(chief, "First count")
    assert "489" not in chief.content()
    assert "498" not in chief.content()
    picture(chief, "third-person", is_checked=False)
    chief.get_by_label("Votes for Yes").fill("489")
    follow(chief.get_by_role("button", name="Save these figures"))
    open_task(officer, "Confirm: first count")
    picture(officer, "round")
    follow(officer.get_by_role("button", name="Confirm these figures"))

    for page in (officer, chief):
        open_task(page, "Sign the figures")
        follow(page.get_by_role("button", name="Sign these figures"))
    picture(chief, "signatures", is_checked=False)
    assert "Two people have signed" in chief.content()

    # An observer asks for a recount; after it two must sign anew.
    open_task(officer, "First count: figures and recounts")
    officer.get_by_label("Who asked").fill("Observer 1")
    officer.get_by_label("Why is it held").fill("The bundles of fifty were not checked.")
    officer.get_by_label("Yes, count again").check()
    follow(officer.get_by_role("button", name="Record the answer"))
    chief.goto(f"{hall.address}{COUNT}/declaration")
    assert "There is no whole count now" in chief.content()
    for page in (assistant, officer):
        key(page, "Recount 1", VOTES)
    open_task(officer, "Confirm: recount 1")
    follow(officer.get_by_role("button", name="Confirm these figures"))
    for page in (officer, chief):
        open_task(page, "Sign the figures")
        follow(page.get_by_role("button", name="Sign these figures"))

    open_task(officer, "Declare the result")
    picture(officer, "declare")
    follow(officer.get_by_role("button", name="Declare this result"))
    picture(officer, "declared")
    assert "Result declared: Yes" in officer.content()
    with officer.expect_download() as download:
        officer.get_by_role("link", name="Proof of the result").click()
    assert download.value.suggested_filename == "NR-000006-result.json"
    officer.goto(f"{hall.address}{COUNT}/releases")
    officer.get_by_label("The declared result").check()
    follow(officer.get_by_role("button", name="Release"))
    board.reload()
    picture(board, "board-result")
    assert "Result: Yes" in board.content()
    board.set_viewport_size(PHONE)
    board.goto(f"{hall.address}/referendums/NR-000006")
    picture(board, "board-result-phone")
    follow(board.get_by_role("link", name="Count board"))
    board.close()
    officer.goto(hall.address + COUNT)
    picture(officer, "tasks-declared")
    assert re.search(r"(\d+) of \1 steps done", officer.content())
    with reading(hall.app.state.folkmoot.engine) as session:
        assert state_faults(session) == []
