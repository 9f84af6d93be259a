"""Lists a page at a time: every item once, in order, whatever its size; a cursor of another list is told."""

import math

import pytest
from fastapi import Response
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import URL

from app.api.pages import Page, _place
from app.errors import InvalidRequestError


def walk(items, limit, place):
    after, found, pages = None, [], 0
    while True:
        page = Page(limit=limit, after=after, address=URL("/api/v1/things?on=2026-07-02"), answer=Response())
        found += page.of(items, place)
        pages += 1
        if page.next_link is None:
            return found, pages
        assert page.next_link.startswith("/api/v1/things?on=2026-07-02&cursor=")
        after = _place(page.next_link.split("cursor=")[1].split("&")[0])


@given(st.sets(st.tuples(st.integers(), st.text(max_size=8)), max_size=40), st.integers(1, 45))
def test_pages_hold_every_item_once_in_order(items, limit):
    found, pages = walk(items, limit, lambda each: (-each[0], each[1]))
    assert found == sorted(items, key=lambda each: (-each[0], each[1]))
    assert pages == max(1, math.ceil(len(items) / limit))


def test_what_is_added_or_taken_away_meanwhile_shifts_nothing():
    first = Page(limit=2, after=None, address=URL("/x"), answer=Response())
    assert first.of([1, 3, 5, 7], lambda each: (each,)) == [1, 3]
    second = Page(limit=2, after=(3,), address=URL("/x"), answer=Response())
    assert second.of([0, 1, 2, 5, 7], lambda each: (each,)) == [5, 7]


@pytest.mark.parametrize("cursor", ["?", "e30", "WzEuNV0", "W251bGxd", "WyJhIiwgMV0"])
def test_a_cursor_of_nothing_of_ours_is_told(cursor):
    with pytest.raises(InvalidRequestError, match="not one of this list"):
        Page(limit=2, after=_place(cursor), address=URL("/x"), answer=Response()).of([1, 2], lambda each: (each,))


def test_a_list_and_its_map_link_to_the_next_page(district, officer, shapes):
    for name in ("Alder", "Birch", "Cedar"):
        sent = {
            "name": name,
            "applicant_kind": "forum",
            "applicant_name": name,
            "statement": "It is one place around its green.",
        }
        sent |= {"received_on": "2026-04-01", "boundary": shapes.as_geojson(shapes.square(0, 0))}
        made = officer.post("/api/v1/areas", json=sent)
        assert made.status_code == 201, made.text
    seen, where = [], "/api/v1/areas.geojson?limit=2&on=2026-07-01"
    while where:
        answer = officer.get(where)
        assert answer.headers["content-type"] == "application/geo+json"
        seen.append([each["id"] for each in answer.json()["features"]])
        where = answer.json().get("next")
        assert (answer.links.get("next") or {}).get("url") == where
    assert seen == [["NA-000001", "NA-000002"], ["NA-000003"]]
    listed = officer.get("/api/v1/areas?limit=2")
    assert [each["reference"] for each in officer.get(listed.links["next"]["url"]).json()] == ["NA-000003"]
    assert officer.get("/api/v1/areas?limit=1001").status_code == 422
