"""A form that is sent twice, as by a double click, makes one case and one entry; corrected and sent again, another."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.db import reading
from app.models import AuditEvent, CountEntry, Forum, StoredAnswer

FORUM = {"area_reference": "NA-000900", "name": "Alder Forum", "received_on": "2026-07-01", "is_open_to_all": "yes"}
SHEET = {"supplied": "900", "issued": "700", "spoilt": "3", "unused": "197", "tendered": "0", "found": "700"}


def rows(engine, model):
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(model))


@pytest.mark.database
def test_a_double_click_on_an_application_makes_one_case(designated, make_person, browser):
    browser.sign_in(make_person("editor", "volunteer-signatory", "forum-birch"))
    sent = FORUM | {"form_token": browser.form_token("/apply/forum")}
    first, second = (browser.post("/apply/forum", sent) for _ in range(2))
    assert first.status_code == second.status_code == 303, first.text[-3000:]
    assert first.headers["location"] == second.headers["location"]
    assert rows(designated, Forum) == 1
    corrected = browser.post("/apply/forum", sent | {"name": ""})
    assert (corrected.status_code, "idempotent-replayed" in corrected.headers) == (422, False)
    with reading(designated) as session:
        kept = session.scalars(select(StoredAnswer)).all()
    assert {each.status for each in kept} == {303}
    assert not any(b"Alder" in each.content or "editor" in each.key_hash for each in kept)


def test_a_double_click_on_a_count_sheet_makes_one_entry(
    peopled, arrange_poll, make_person, make_browser, moving_clock
):
    arrange_poll(peopled)
    moving_clock.at = datetime(2026, 9, 10, 22, 50, tzinfo=UTC)
    officer = make_browser()
    officer.sign_in(make_person("officer", "counting-officer", second_factor=True))
    set_up = {"poll": "residential", "council": "Westshire", "stations": "Hall", "postal_sessions": "1"}
    assert officer.post("/count/NR-000901/set-up", set_up).status_code == 303
    sheet = "/count/NR-000901/parts/1/sheets/station-1"
    sent = SHEET | {"form_token": officer.form_token(sheet)}
    before = rows(peopled, AuditEvent)
    first, second = (officer.post(sheet, sent, on="/account") for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["idempotent-replayed"] == "true"
    assert rows(peopled, CountEntry) == 1
    assert rows(peopled, AuditEvent) == before + 1
