"""Lists as they stood on a day that is past."""

from datetime import date

import pytest

from referendum.area_refusals import Ground

pytestmark = pytest.mark.database


def told(client, address, on=None):
    answer = client.get(address, params={"on": on} if on else {})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.rule("AREA-17", "AREA-22")
def test_an_area_refused_or_taken_back_later_was_there_until_then(office, client, shapes):
    refused = office.apply("A forum in a parish", shapes.square(1, 0), None)
    taken = office.apply("Taken", shapes.square(1, 1), None)
    kept = office.designate("Kept", shapes.square(0, 0))
    office.decide(refused, designate=False, ground=Ground.NOT_RELEVANT_BODY)
    office.take_back(taken, date(2026, 3, 1))
    seen = [
        [(each["reference"], each["status"]) for each in told(client, "/areas.json", day)]
        for day in ("2026-01-04", "2026-01-05", "2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01")
    ]
    waiting = [(refused, "applied"), (taken, "applied"), (kept, "applied")]
    assert seen == [[], waiting, waiting, waiting[::2], waiting[::2], [(kept, "designated")]]
    html = {"accept": "text/html"}
    pages = [client.get("/areas", params={"on": day}, headers=html).text for day in ("2026-03-31", "2026-04-01")]
    assert [">Refused</h2>" in text for text in pages] == [False, True]
    shown = told(client, "/areas.geojson", "2026-03-31")["features"]
    assert {each["properties"]["standing"] for each in shown} == {"applied"}


@pytest.mark.rule("RESULT-5", "AFTER-3")
def test_plans_and_referendums_stand_as_they_did_on_the_day(arrange_poll, district, client):
    arrange_poll(district)
    assert told(client, "/plans.json") == []  # stored without its steps, so it had begun on no day that is known
    assert told(client, "/referendums.json", "2026-07-01") == []
    (poll,) = told(client, "/referendums.json", "2026-07-02")
    assert (poll["reference"], poll["is_declared"]) == ("NR-000901", False)
    for address in ("/plans", "/referendums"):
        page = client.get(address, params={"on": "2026-07-01"}, headers={"accept": "text/html"})
        assert page.status_code == 200
        assert "1 July 2026" in page.text
        assert client.get(address, params={"on": "yesterday"}).status_code == 422
