"""Long lists: cut in the database in their order, every row once; on pages fifty rows at a time, with filters kept."""

import re
from datetime import date

import pytest
from fastapi import Request
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, create_engine, insert, select

from app.db import writing
from app.errors import InvalidRequestError
from app.models import AreaVersion, NeighbourhoodArea, Plan, PlanStep
from app.queries.parts import ByLetters, Key, Part, day_of, number_of, part_of, text_of
from app.web.paging import numbered

ROWS = Table("row", MetaData(), Column("id", Integer, primary_key=True), Column("name", String), Column("day", Date))
KEYS = (
    Key(column=ROWS.c.day, falls=True, read=day_of),
    Key(column=ByLetters(ROWS.c.name), read=text_of),
    Key(column=ROWS.c.id, falls=True, read=number_of),
)
rows = st.lists(
    st.tuples(
        st.text(alphabet="aZ É\U00010000", max_size=2), st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 1, 3))
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(rows, st.integers(1, 5))
def test_parts_hold_every_row_once_in_the_order_that_python_gives(rows, limit):
    engine = create_engine("sqlite://")
    ROWS.metadata.create_all(engine)
    stored = [(number, name, day) for number, (name, day) in enumerate(rows, start=1)]
    with engine.begin() as connection:
        if stored:
            connection.execute(insert(ROWS), [dict(zip(("id", "name", "day"), row, strict=True)) for row in stored])
        found, after = [], None
        while page := list(connection.execute(part_of(select(ROWS), Part(limit=limit, after=after), KEYS))):
            found += [tuple(row) for row in page]
            last = page[-1]
            after = (last.day.isoformat(), last.name, last.id)
    engine.dispose()
    assert found == sorted(stored, key=lambda row: (-row[2].toordinal(), row[1], -row[0]))


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(("2026-01-01", "a"), id="too short"),
        pytest.param(("today", "a", 1), id="no day"),
        pytest.param((1, "a", 1), id="a number for a day"),
        pytest.param(("2026-01-01", "a", "1"), id="text for a number"),
        pytest.param(("2026-01-01", "a", 2**70), id="a number no database holds"),
        pytest.param(("2026-01-01", "a\0", 1), id="text no database holds"),
    ],
)
def test_a_place_of_another_list_is_told(place):
    with pytest.raises(InvalidRequestError, match="not one of this list"):
        part_of(select(ROWS), Part(limit=1, after=place), KEYS)


def asked(query):
    scope = {"type": "http", "method": "GET", "path": "/plans", "query_string": query.encode(), "headers": []}
    return Request(scope | {"server": ("here", 80), "scheme": "http"})


@pytest.mark.parametrize(
    ("query", "total", "number", "words", "numbers"),
    [
        pytest.param("", 0, 1, (0, 0), [1], id="nothing"),
        pytest.param("", 50, 1, (1, 50), [1], id="one full page"),
        pytest.param("page=2", 51, 2, (51, 51), [1, 2], id="one row more"),
        pytest.param("page=9", 51, 2, (51, 51), [1, 2], id="too high is the last"),
        pytest.param("page=0", 51, 1, (1, 50), [1, 2], id="nought is the first"),
        pytest.param("page=x", 51, 1, (1, 50), [1, 2], id="no number is the first"),
        pytest.param("page=5", 500, 5, (201, 250), [1, None, 4, 5, 6, None, 10], id="the ends and those around it"),
        pytest.param(f"page={'9' * 5000}", 51, 1, (1, 50), [1, 2], id="far too long"),
    ],
)
def test_a_page_of_a_list_is_found_by_its_number(query, total, number, words, numbers):
    shown = numbered(asked(query), total)
    assert (shown.number, (shown.first, shown.last)) == (number, words)
    assert [each.get("number") for each in shown.items] == numbers


def test_links_to_other_pages_keep_what_was_asked():
    shown = numbered(asked("on=2026-01-01&coming-page=3&page=2"), 120)
    assert shown.links == {
        1: "/plans?on=2026-01-01&coming-page=3",
        2: "/plans?on=2026-01-01&coming-page=3&page=2",
        3: "/plans?on=2026-01-01&coming-page=3&page=3",
    }


def many(engine, number, square):
    """So many designated areas, each one square, each with a plan that was drafted in May 2026."""
    with writing(engine) as session:
        for at in range(number):
            area = NeighbourhoodArea(
                reference=f"NA-{at:06}",
                name=f"Place {at:03}",
                status="designated",
                designated_on=date(2024, 4, 1),
                versions=[AreaVersion(valid_from=date(2024, 4, 1), reason="designated", geometry=square)],
            )
            step = PlanStep(from_stage="in-preparation", to_stage="pre-submission", on_date=date(2026, 5, 1), note="")
            session.add(
                Plan(
                    reference=f"NP-{at:06}",
                    area=area,
                    instrument="ndp",
                    title=f"Plan {at:03}",
                    stage="pre-submission",
                    qualifying_body="A council",
                    steps=[step],
                )
            )


@pytest.mark.database
@pytest.mark.parametrize(
    ("address", "leads"),
    [
        pytest.param("/areas", "/areas/NA-", id="areas"),
        pytest.param("/plans", "/plans/NP-", id="plans"),
    ],
)
def test_a_long_list_is_shown_fifty_rows_at_a_time_and_keeps_its_day(client, district, shapes, address, leads):
    many(district, 53, shapes.square(0, 0))
    html, found = {"accept": "text/html"}, []
    first = client.get(address, params={"on": "2026-06-01"}, headers=html).text
    assert f'href="{address}?on=2026-06-01&amp;page=2"' in first
    assert "1 to 50 of 53 are shown." in first
    for page in ("1", "2"):
        text = client.get(address, params={"on": "2026-06-01", "page": page}, headers=html).text
        found.append(re.findall(rf'href="{leads}(\d+)"', text))
    assert [len(each) for each in found] == [50, 3]
    assert [int(each) for each in found[0] + found[1]] == list(range(53))
    assert "of 53 are shown" not in client.get(address, params={"on": "2023-01-01"}, headers=html).text
