"""Placing entries: by officer, register part and point; conservation, monotonicity, additivity, a slow oracle."""

import itertools
from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.assign import AreaIndex
from geo.electorate import (
    DECISIONS,
    GROUNDS,
    Decision,
    Extent,
    Ground,
    OfficerPlacement,
    district_extents,
    place,
    reason_text,
)
from geo.locations import Located, LocationSource
from geo.roll import ElectorRow, roll_from_rows

WEST, SOUTH = 451_000.0, 212_000.0


def box(x, y, width=100.0, height=100.0):
    return shapely.box(WEST + x, SOUTH + y, WEST + x + width, SOUTH + y + height)


def at(x, y, accuracy_m=1.0, source=LocationSource.UPRN):
    return Located(easting=WEST + x, northing=SOUTH + y, source=source, accuracy_m=accuracy_m)


def row(number=1, location=None, district="HA1", suffix=0, markers=""):
    return ElectorRow(
        polling_district=district, number=number, suffix=suffix, markers=markers, attains_on=None, location=location
    )


def decided(rows, area, **facts):
    roll = roll_from_rows(rows)
    placing = place(roll, AreaIndex([area]), **facts)
    return [
        (DECISIONS[one].value, GROUNDS[why].value) for one, why in zip(placing.decision, placing.ground, strict=True)
    ]


@pytest.mark.rule("ELEC-1", "T-13")
@pytest.mark.parametrize(
    ("location", "expected"),
    [
        pytest.param(at(50, 50), ("in_area", "point"), id="well inside"),
        pytest.param(at(150, 50), ("outside", "point"), id="well outside"),
        pytest.param(at(99.5, 50), ("undecided", "near_line"), id="inside, nearer the line than its accuracy"),
        pytest.param(at(100.5, 50), ("undecided", "near_line"), id="outside, nearer the line than its accuracy"),
        pytest.param(at(100, 50), ("undecided", "near_line"), id="on the line"),
        pytest.param(at(99, 50), ("in_area", "point"), id="as far as its accuracy"),
        pytest.param(at(50, 50, 150.0, LocationSource.POSTCODE), ("undecided", "near_line"), id="a postcode's middle"),
        pytest.param(at(400, 50, 150.0, LocationSource.POSTCODE), ("outside", "point"), id="a postcode far off"),
        pytest.param(
            at(100, 50, 0.0, LocationSource.OFFICER), ("in_area", "point"), id="set on the line by an officer"
        ),
        pytest.param(None, ("unplaced", "no_location"), id="no location"),
    ],
)
def test_an_entry_by_its_own_point(location, expected):
    assert decided([row(location=location)], box(0, 0)) == [expected]


@pytest.mark.rule("ELEC-7")
@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        pytest.param(Extent.WHOLE, [("in_area", "register_part")] * 4, id="whole"),
        pytest.param(Extent.NONE, [("outside", "register_part")] * 4, id="none"),
        pytest.param(
            Extent.PART,
            [
                ("in_area", "point"),
                ("undecided", "near_line"),
                ("unplaced", "no_location"),
                ("unplaced", "no_location"),
            ],
            id="part",
        ),
    ],
)
def test_a_register_part_decides_its_entries_anonymous_and_other_electors_included(extent, expected):
    rows = [row(1, at(50, 50)), row(2, at(99.9, 50)), row(3), row(4, at(50, 50), markers="N")]
    assert decided(rows, box(0, 0), extents={"HA1": extent}) == expected


@pytest.mark.rule("T-43")
def test_an_anonymous_entry_is_never_placed_by_a_location():
    roll = roll_from_rows([row(4, at(50, 50), markers="AN")])
    assert (np.isnan(roll.easting).all(), roll.source.tolist()) == (True, [-1])


def placed(number, is_in_area, district="HA1", suffix=0):
    return OfficerPlacement(
        polling_district=district, number=number, suffix=suffix, is_in_area=is_in_area, reason="gate on the north side"
    )


def test_an_officers_decision_comes_before_everything():
    rows = [row(1, at(50, 50)), row(1, None, suffix=1), row(2, at(150, 50), district="HB1")]
    placements = [
        placed(1, False),
        placed(1, True, suffix=1),
        placed(2, True, "HB1"),
        placed(9, True),
        placed(1, True, "ZZ"),
    ]
    roll = roll_from_rows(rows)
    placing = place(roll, AreaIndex([box(0, 0)]), extents={"HB1": Extent.NONE}, placements=placements)
    assert [DECISIONS[one] for one in placing.decision] == [Decision.OUTSIDE, Decision.IN_AREA, Decision.IN_AREA]
    assert {GROUNDS[one] for one in placing.ground} == {Ground.OFFICER}
    assert placing.idle == (placements[3], placements[4])
    assert reason_text(placing, roll, 0) == "decided by an officer: gate on the north side"


def test_a_location_across_the_line_from_its_whole_district_is_noticed():
    roll = roll_from_rows([row(1, at(500, 500)), row(2, at(50, 50)), row(3)])
    placing = place(roll, AreaIndex([box(0, 0)]), extents={"HA1": Extent.WHOLE})
    assert placing.contrary == {"HA1": 1}


@pytest.mark.rule("T-14")
@pytest.mark.parametrize(
    ("district", "extent"),
    [
        pytest.param(box(10, 10, 50, 50), Extent.WHOLE, id="inside"),
        pytest.param(box(0, 0), Extent.WHOLE, id="the area itself"),
        pytest.param(box(-2.9, 0, 100, 100), Extent.WHOLE, id="a strip of 2.9 m outside"),
        pytest.param(box(-3.1, 0, 100, 100), Extent.PART, id="a strip of 3.1 m outside"),
        pytest.param(box(50, 0), Extent.PART, id="half"),
        pytest.param(box(97.1, 0), Extent.NONE, id="a strip of 2.9 m inside"),
        pytest.param(box(100, 0), Extent.NONE, id="touching"),
        pytest.param(box(300, 300), Extent.NONE, id="far away"),
        pytest.param(box(-1, 50, 2, 20), Extent.PART, id="all of it a strip along the line"),
        pytest.param(
            shapely.Polygon([(WEST, SOUTH), (WEST + 9, SOUTH + 9), (WEST + 9, SOUTH), (WEST, SOUTH + 9)]),
            Extent.PART,
            id="a shape that crosses itself decides nothing",
        ),
    ],
)
def test_how_much_of_a_district_lies_in_the_area(district, extent):
    assert district_extents(box(0, 0), {"HA1": district}) == {"HA1": extent}


LOCATIONS = st.none() | st.builds(
    at,
    st.integers(-50, 450),
    st.integers(-50, 250),
    st.sampled_from([0.0, 1.0, 20.0]),
    st.sampled_from(list(LocationSource)),
)
ROWS = st.lists(
    st.builds(
        row,
        st.integers(1, 99),
        LOCATIONS,
        st.sampled_from(["HA1", "HB1", "KD-2/2"]),
        st.just(0),
        st.sampled_from(["", "F", "N"]),
    ),
    max_size=40,
)
EXTENTS = st.dictionaries(st.sampled_from(["HA1", "HB1", "ZZ"]), st.sampled_from(list(Extent)))


def slow_decision(one, area, extents):
    """The rules read aloud, one entry at a time."""
    extent = extents.get(one.polling_district, Extent.PART)
    if extent is not Extent.PART:
        return Decision.IN_AREA if extent is Extent.WHOLE else Decision.OUTSIDE
    if one.location is None or "N" in one.markers:
        return Decision.UNPLACED
    point = shapely.Point(one.location.easting, one.location.northing)
    if area.boundary.distance(point) < one.location.accuracy_m:
        return Decision.UNDECIDED
    return Decision.IN_AREA if area.intersects(point) else Decision.OUTSIDE


@settings(deadline=None)
@given(rows=ROWS, extents=EXTENTS)
def test_the_fast_way_is_the_slow_way_and_loses_nobody(rows, extents):
    area = box(0, 0, 200, 150).difference(box(50, 50, 40, 40))
    found = [Decision(one) for one, _ in decided(rows, area, extents=extents)]
    assert found == [slow_decision(one, area, extents) for one in rows]
    assert sum(Counter(found).values()) == len(rows)


@settings(deadline=None)
@given(rows=ROWS, wider=st.integers(0, 200))
def test_a_larger_area_never_loses_an_elector(rows, wider):
    """Everybody sure to be in stays at least possible; with exact points, stays in."""
    small = [Decision(one) for one, _ in decided(rows, box(0, 0, 100, 100))]
    large = [Decision(one) for one, _ in decided(rows, box(0, 0, 100 + wider, 100))]
    for one, before, after in zip(rows, small, large, strict=True):
        if before is Decision.IN_AREA:
            assert after is not Decision.OUTSIDE
            assert after is Decision.IN_AREA or one.location.accuracy_m > 0


@pytest.mark.rule("T-16")
@settings(deadline=None)
@given(rows=ROWS, cuts=st.lists(st.integers(1, 199), min_size=1, max_size=4, unique=True))
def test_parts_of_an_area_add_up_to_it(rows, cuts):
    """The area is cut into upright strips; a point on a cut belongs to exactly one of them."""
    exact = [
        row(one.number, at(one.location.easting - WEST, one.location.northing - SOUTH, 0.0))
        for one in rows
        if one.location
    ]
    edges = [0, *sorted(cuts), 200]
    strips = [box(a, 0, b - a, 150) for a, b in itertools.pairwise(edges)]
    roll = roll_from_rows(exact)
    whole = AreaIndex([box(0, 0, 200, 150)]).holds(roll.easting, roll.northing)
    parts = AreaIndex(strips).assign(roll.easting, roll.northing)
    assert (parts >= 0).tolist() == whole.tolist()


def test_reasons_say_how_but_neither_where_nor_who():
    roll = roll_from_rows([row(1, at(50, 50)), row(2, at(99.5, 50)), row(3), row(4, district="HB1")])
    placing = place(roll, AreaIndex([box(0, 0)]), extents={"HB1": Extent.NONE})
    assert [reason_text(placing, roll, one) for one in range(4)] == [
        "its uprn point, good to 1 m, is clear of the line",
        "its uprn point, good to 1 m, is nearer the line than that",
        "no location is known",
        "the whole polling district lies outside the area",
    ]
