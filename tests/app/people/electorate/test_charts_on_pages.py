"""Charts on the pages that show them: drawn by the server, said in words, each with its table, nothing small told."""

import re
from datetime import date

import pytest

from app.db import writing
from app.models import CountRelease
from app.services.electorates import freeze_electorate
from app.services.referendums import referendum_by_reference
from app.services.registers import import_register
from referendum.timetable import timetable, timetable_document

pytestmark = pytest.mark.database
BASE, PUBLIC = "/electorate/NR-000001", "/referendums/NR-000001"
TURNOUT = {"turnout_papers": "50.00", "turnout_valid": "45.00", "yes_share": "66.67"}
REJECTED = {"official_mark": 0, "more_than_one_answer": 1, "identifies_voter": 0, "unmarked_or_uncertain": 1}
RESULT = {
    "decision": "must-make",
    "in_development_plan_from": None,
    "make_by": None,
    "repeat_window_until": None,
    "polls": {
        "residential": {"electorate": 40, "papers_counted": 20, "yes": 12, "no": 6, "rejected": REJECTED}
        | {"majority_in_favour": True, "tie": False, **TURNOUT}
    },
}
VERIFIED = {"poll": "residential", "council": "Westshire", "electorate": 40, "total_verified": 20}


@pytest.fixture
def counted(poll, peopled, officers_deed, register_files):
    """A referendum with a register, a frozen count and a timetable."""
    with writing(peopled) as session:
        register = import_register(session, officers_deed, register_files)
        freeze_electorate(session, officers_deed, poll, snapshot="E0", register_id=register.id)
        dates = timetable(decision=date(2026, 6, 1), poll=date(2026, 9, 10))
        referendum_by_reference(session, poll).timetable = timetable_document(dates)


@pytest.fixture
def pages(counted, make_person, make_browser):
    """A browser of the electoral officer."""
    browser = make_browser()
    browser.sign_in(make_person("electoral", "electoral-officer"))
    return browser


@pytest.fixture
def released(peopled, poll, officers_deed):
    def release(number, kind, document):
        with writing(peopled) as session:
            row = CountRelease(number=number, kind=kind, document=document, by="an officer", at=officers_deed.at)
            referendum = referendum_by_reference(session, poll)
            referendum.releases.append(row)

    return release


def charts(page):
    """What each drawing says in words; all that is drawn is drawn in plain attributes, as the policy asks."""
    assert page.status_code == 200
    assert " style=" not in page.text
    names = re.findall(r'id="([^"]+-(?:stripes|dots))"', page.text)
    assert len(names) == len(set(names))
    assert set(re.findall(r'fill="url\(#([^)]+)\)"', page.text)) <= set(names)
    return re.findall(r'role="img" aria-label="([^"]+)"', page.text)


def test_officers_see_every_district_and_every_date_drawn(pages):
    for name in ("live", "counts/E0"):
        (said,) = charts(pages.get(f"{BASE}/{name}"))
        assert "Bars on one scale for 2 polling districts." in said
        assert "The most entries has HB1: 2 of 6 in the area. All figures are in the table." in said
    tasks = pages.get(BASE)
    (said,) = charts(tasks)
    assert "Today is 2 July 2026. Polling day is 10 September 2026." in said
    assert "Name observers</text>" in tasks.text
    assert "Last day to appoint counting and polling observers" in tasks.text


@pytest.mark.rule("T-43")
def test_everybody_sees_their_dates_and_no_small_number(pages):
    page = pages.get(PUBLIC)
    (said,) = charts(page)
    assert said.startswith("The dates that matter most to voters. A line of dates from 1 June 2026 to")
    assert "Register to vote, midnight</text>" in page.text
    assert "Name observers</text>" not in page.text
    rows = re.findall(r'header">(H[A-C]1)</th><td class="[^"]+">([^<]+)</td>', page.text)
    assert rows == [("HA1", "fewer than 10"), ("HB1", "fewer than 10")]


def test_the_board_draws_what_was_released(pages, released):
    released(1, "verification", {"statements": [VERIFIED | {"postal": 4, "stations": 2}]})
    (said,) = charts(pages.get("/count/NR-000001/board"))
    assert said.endswith("Electorate: 40. Ballot papers: 20. Of these by post: 4.")
    released(2, "result", RESULT)
    board = pages.get("/count/NR-000001/board")
    (said,) = charts(board)
    assert said.endswith("Electorate: 40. Ballot papers: 20 (50.00 %). Yes: 12. No: 6. Rejected: 2.")
    assert re.findall(r'width="([\d.]+)%" height="1.2em"', board.text) == ["100.0", "50.0", "30.0", "15.0", "5.0"]
