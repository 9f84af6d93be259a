"""What a referendum area comes to while it is drawn: counted by hand on the squares, and as it is counted later."""

import math
from datetime import UTC, date, datetime

import pytest
import shapely
from sqlalchemy import select

from app.db import reading, writing
from app.models import (
    Boundary,
    BoundaryKind,
    CountFile,
    NeighbourhoodArea,
    Plan,
    RatepayerLiability,
    RatepayerList,
    Referendum,
    Register,
    RegisterEntry,
    SmallAreaCount,
)
from app.schemas.referendum_area import figures_out
from app.services.draft_starts import Part
from app.services.electorates_counting import count_electorate
from app.services.referendum_area_figures import figures_of
from app.services.referendum_area_parts import places_near, with_places
from geo.electorate import Extent
from geo.measure import area_ha

pytestmark = pytest.mark.database

ON = date(2026, 7, 2)
AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
EAST, NORTH = 400_000, 300_000
# Polling district, where it lies in metres from the corner (None: no place), letters against it.
ENTRIES = (
    ("HA1", 200, ""),
    ("HA1", 600, ""),
    ("HA1", 900, "F"),  # overseas: in the area, but may not vote
    ("HA1", None, ""),
    ("HB1", 1200, ""),
    ("HB1", 1400, ""),
    ("HB1", 1500.4, ""),  # nearer to a line at 1500 than its own metre
    ("HB1", 1800, ""),
    ("HB1", None, ""),
)


@pytest.fixture
def alder(district, arrange_poll):
    """The plan of Alder (square 0), polling districts HA1 (square 0) and HB1 (square 1), and nobody registered yet."""
    arrange_poll(district)
    with writing(district) as session:
        for at, code in enumerate(("HA1", "HB1")):
            session.add(district_row(BoundaryKind.POLLING_DISTRICT, code, at, authority_code="E07999101"))
    return district


def district_row(kind, code, at, **facts):
    corner = EAST + at * 1000
    return Boundary(
        kind=kind.value,
        code=code,
        name=f"Name of {code}",
        valid_from=date(2015, 4, 1),
        source="drawn for a test",
        imported_at=AT,
        geometry=shapely.MultiPolygon([shapely.box(corner, NORTH, corner + 1000, NORTH + 1000)]),
        **facts,
    )


@pytest.fixture
def registered(alder):
    """The same, with Westshire's register of nine entries."""
    with writing(alder) as session:
        register = Register(
            authority_code="E07999101",
            layout="xpress-full",
            as_at=date(2026, 6, 1),
            imported_at=AT,
            has_person_ids=False,
            entries=len(ENTRIES),
            files={"files": [{"name": "r.csv", "sha256": "0" * 64, "rows": 9, "encoding": "utf-8"}], "unreadable": []},
        )
        session.add(register)
        session.flush()
        session.add_all(entry_row(register.id, at, *each) for at, each in enumerate(ENTRIES))
    return alder


def place_at(east):
    """Half-way up the squares, good to a metre; nothing for no place."""
    if east is None:
        return {}
    return {"easting": EAST + east, "northing": NORTH + 500, "location_source": "uprn", "accuracy_m": 1.0}


def entry_row(register, at, district, east, markers):
    return RegisterEntry(
        register_id=register,
        position=at,
        polling_district=district,
        number=at + 1,
        suffix=0,
        markers=markers,
        **place_at(east),
    )


def told(session, line, plan="NP-000900"):
    found = session.scalars(select(Plan).where(Plan.reference == plan)).one()
    return figures_out(plan, figures_of(session, found, line, ON))


def counts(figures):
    """Electors in the area, who may vote, who is undecided, who has no place; then each polling district."""
    found = figures.electors
    rows = [
        (each.code, each.extent.value, each.in_area, each.outside, each.undecided, each.unplaced)
        for each in figures.polling_districts
    ]
    return (found.in_area, found.may_vote, found.undecided, found.unplaced), rows


@pytest.mark.rule("EXAM-4", "ELEC-1", "T-13", "T-14", "T-16")
def test_electors_are_told_whole_district_by_district_and_as_they_will_be_counted(registered, shapes):
    cases = {
        "the neighbourhood area": (shapes.square(0, 0), (4, 3, 0, 0), [("HA1", "whole", 4, 0, 0, 0)]),
        "half of the next square": (
            shapes.square(0, 0, width=1.5),
            (6, 5, 1, 1),
            [("HB1", "part", 2, 1, 1, 1), ("HA1", "whole", 4, 0, 0, 0)],
        ),
        "both squares": (
            shapes.square(0, 0, width=2),
            (9, 8, 0, 0),
            [("HA1", "whole", 4, 0, 0, 0), ("HB1", "whole", 5, 0, 0, 0)],
        ),
        "half of the first": (shapes.square(0, 0, width=0.5), (1, 1, 0, 1), [("HA1", "part", 1, 2, 0, 1)]),
    }
    with reading(registered) as session:
        register = session.scalars(select(Register)).one()
        for name, (line, totals, rows) in cases.items():
            assert counts(told(session, line)) == (totals, rows), name
            later = count_electorate(session, line, register, poll_date=ON)
            assert (later.in_area, later.entitled, later.undecided, later.unplaced) == totals, name


@pytest.mark.rule("EXAM-4", "REF-1", "REF-4", "REF-11", "T-15")
def test_a_wrong_line_is_told_in_one_sentence(registered, shapes):
    both_maps = "This area is larger than the neighbourhood area, so voters will see both maps (REF-11)."
    bow_tie = shapely.Polygon([(EAST, NORTH), (EAST + 1000, NORTH + 1000), (EAST + 1000, NORTH), (EAST, NORTH + 1000)])
    with reading(registered) as session:
        right = told(session, shapes.square(0, 0))
        assert (right.fault, right.notices, right.is_larger, right.area_ha) == (None, [], False, 100.0)
        larger = told(session, shapes.square(0, 0, width=2))
        assert (larger.fault, larger.notices, larger.larger_by_ha) == (None, [both_maps], 100.0)
        less = told(session, shapes.square(0.25, 0))
        assert less.fault.startswith("This referendum area leaves out 25.00 hectares of Alder: it may be larger")
        away = told(session, shapes.square(5, 5))
        assert away.fault.startswith("This line lies wholly outside Alder: ")
        assert [each[:59] for each in away.notices] == ["100.00 hectares lie in no council that is stored here, so n"]
        foreign = told(session, shapes.square(0, 0, width=3))
        assert foreign.fault is None
        assert foreign.notices[0].startswith("100.00 hectares lie in Eastshire, another council: it must hold the vote")
        crossing = told(session, bow_tie)
        assert crossing.fault.startswith("The line crosses itself at ")
        assert crossing.electors.headline == "Nobody can be counted in this line: put it right first."
        assert crossing.area_ha is None


@pytest.mark.rule("ELEC-1")
def test_where_no_register_is_the_estimate_says_that_it_is_one(alder, shapes):
    with reading(alder) as session:
        nothing = told(session, shapes.square(0, 0)).electors
    assert (nothing.basis, nothing.in_area) == ("none", None)
    assert nothing.headline.startswith("Nobody can be counted yet")
    with writing(alder) as session:
        session.add(district_row(BoundaryKind.OUTPUT_AREA, "E00999901", 0))
        file = CountFile(
            authority_code="E07999101", name="adults.csv", sha256="0" * 64, as_at=ON, adults=400, imported_at=AT
        )
        session.add(file)
        session.flush()
        session.add(SmallAreaCount(file_id=file.id, code="E00999901", adults=400))
    with reading(alder) as session:
        found = told(session, shapes.square(0, 0)).electors
    assert (found.basis, found.in_area, found.estimated) == ("estimate", None, 400)
    assert found.headline == "About 400 adults live in this area. This is an estimate: no register is stored."
    assert found.details[-1].endswith("It is not an electorate.")


@pytest.mark.rule("BUS-1", "BUS-6")
def test_premises_are_told_in_a_business_area_alone(registered, shapes):
    def said():
        with reading(registered) as session:
            return told(session, shapes.square(0, 0, width=1.5)).business

    assert said() == ""
    with writing(registered) as session:
        session.scalars(select(NeighbourhoodArea)).one().is_business_area = True
    assert said().startswith("Businesses vote as well. No list of their premises is kept yet")
    with writing(registered) as session:
        poll = session.scalars(select(Referendum)).one()
        lines = [liability(at, east) for at, east in enumerate((300, 1400, 1499.6, 1900, None))]
        session.add(
            RatepayerList(
                referendum_id=poll.id,
                version=1,
                file_name="rates.csv",
                sha256="0" * 64,
                unreadable={"rows": []},
                imported_at=AT,
                imported_by="Electoral officer",
                liabilities=lines,
            )
        )
    assert said() == (
        "Businesses vote as well. 2 of their premises are in this area, 1 too near the line and 1 without a place, "
        "by the list kept on 1 July 2026."
    )


def liability(at, east):
    return RatepayerLiability(
        position=at,
        account=f"A{at}",
        name_key=bytes(16),
        is_body=True,
        premises="A shop",
        state_on=ON,
        placed="in_area",
        **place_at(east),
    )


@pytest.mark.rule("EXAM-4")
def test_whole_places_come_and_go_and_the_neighbourhood_area_stays(registered, shapes):
    alder, birch = Part(kind=BoundaryKind.PARISH, code="E04999101"), Part(kind=BoundaryKind.PARISH, code="E04999102")
    next_one = Part(kind=BoundaryKind.POLLING_DISTRICT, code="HB1", authority_code="E07999101")
    council = Part(kind=BoundaryKind.AUTHORITY, code="E07999101")
    one, two = shapes.square(0, 0), shapes.square(0, 0, width=2)
    cases = {
        "a polling district": (one, {"added": [next_one]}, two),
        "a parish": (one, {"added": [birch]}, two),
        "the whole council": (one, {"added": [council]}, shapes.square(0, 0, width=2, height=2)),
        "taken out again": (two, {"taken": [next_one]}, one),
        "what is held": (two, {"taken": [alder]}, two),
        "more than is free": (shapes.square(0, 0, width=2, height=2), {"taken": [council]}, one),
        "nothing": (two, {}, two),
    }
    with reading(registered) as session:
        for name, (line, change, expected) in cases.items():
            found = with_places(session, line, one, on=ON, **change)
            assert shapely.equals(found, expected), name
            assert math.isclose(area_ha(found), area_ha(expected)), name
        near = {each.part.code: each for each in places_near(session, shapes.square(0, 0, width=1.5), one, ON)}
    assert {code: each.extent for code, each in near.items() if each.extent is not Extent.NONE} == {
        "E04999101": Extent.WHOLE,
        "E04999102": Extent.PART,
        "HA1": Extent.WHOLE,
        "HB1": Extent.PART,
        "E07999101": Extent.PART,
    }
    assert {code for code, each in near.items() if each.is_held} == {"E04999101", "HA1"}
