"""Electors by polling district: all of it for officers, and for everybody no number that points to few people."""

import pytest

from app.electors_public import public_electorate
from app.web.charts.bars import Fill
from app.web.charts.districts import district_chart, public_districts


def district(code, in_area=0, outside=0, undecided=0, unplaced=0, *, entitled=None, extent="part"):
    return {
        "code": code,
        "entries": in_area + outside + undecided + unplaced,
        "in_area": in_area,
        "entitled": in_area if entitled is None else entitled,
        "undecided": undecided,
        "unplaced": unplaced,
        "extent": extent,
    }


def test_a_bar_is_put_together_from_where_the_entries_are():
    chart = district_chart(
        [district("HA1", 50, 30, 15, 5), district("HB1", 25), district("HC1", 0, 900, extent="none")]
    )
    assert [[(piece.fill, piece.start, piece.length) for piece in row.pieces] for row in chart.rows] == [
        [(Fill.SOLID, 0, 50), (Fill.EMPTY, 50, 30), (Fill.STRIPES, 80, 15), (Fill.DOTS, 95, 5)],
        [(Fill.SOLID, 0, 25)],
    ]
    assert [words for _, words in chart.key] == [
        "In the area",
        "Outside",
        "Undecided: too near the line",
        "No place known",
    ]
    assert "2 polling districts. The most entries has HA1: 50 of 100 in the area." in chart.text


@pytest.mark.parametrize(
    "districts",
    [
        pytest.param([], id="no districts"),
        pytest.param([district("HC1", 0, 900, extent="none")], id="all outside"),
        pytest.param([district("HA1", extent="whole")], id="nobody lives there"),
    ],
)
def test_no_chart_without_entries_of_the_area(districts):
    assert district_chart(districts) is None


def test_a_placed_entry_brings_its_district_in():
    assert [row.lines[0].bold for row in district_chart([district("HC1", 1, 99, extent="none")]).rows] == ["HC1"]


@pytest.mark.rule("T-43")
@pytest.mark.parametrize(
    ("entitled", "shown"),
    [
        pytest.param([100, 50, 10], ["100", "50", "10"], id="ten may be shown"),
        pytest.param([100, 50, 9], ["100", "not shown", "fewer than 10"], id="one small, the next smallest with it"),
        pytest.param([100, 3, 9], ["100", "fewer than 10", "fewer than 10"], id="two small"),
        pytest.param([100, 50, 0], ["100", "50", "0"], id="nought may be shown"),
    ],
)
def test_the_public_chart_draws_only_what_may_be_told(entitled, shown):
    document = {"by_polling_district": [district(f"H{at}", each) for at, each in enumerate(entitled)]}
    public = public_districts(document)
    assert [words for _, words in public.rows] == shown
    told = [each["entitled"] for each in public_electorate(document)["by_polling_district"]]
    lengths = [sum(piece.length for piece in row.pieces) for row in public.chart.rows]
    assert lengths == [each or 0 for each in told]
    hidden = {str(each) for each, words in zip(entitled, shown, strict=True) if words != str(each)}
    assert not hidden & set(public.chart.text.replace(".", "").split())


@pytest.mark.parametrize("document", [{}, {"by_polling_district": []}], ids=["no districts known", "none"])
def test_nothing_is_shown_to_the_public_without_districts(document):
    assert public_districts(document) is None


def test_the_numbers_are_there_though_none_may_be_drawn():
    public = public_districts({"by_polling_district": [district("HA1", 4)]})
    assert (public.rows, public.chart) == ((("HA1", "fewer than 10"),), None)
