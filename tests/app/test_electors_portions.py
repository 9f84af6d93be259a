"""An electorate split between councils, and what they are told."""

from datetime import date

import pytest
import shapely

from app.electors import RegisterFacts, count_electors
from app.electors_portions import PortionCount, Portions, count_portions, portion_findings
from geo.assign import AreaIndex
from geo.locations import Located, LocationSource
from geo.registers import FileInfo
from geo.roll import ElectorRow, roll_from_rows

WEST, SOUTH = 451_000.0, 212_000.0
FACTS = RegisterFacts(
    layout="xpress-full", files=(FileInfo(name="r.csv", sha256="0" * 64, rows=1, encoding="utf-8"),), as_at=None
)
COUNCILS = {
    "E07999001": shapely.box(WEST, SOUTH, WEST + 200, SOUTH + 100),
    "E07999002": shapely.box(WEST + 200, SOUTH, WEST + 400, SOUTH + 100),
}
AREA = shapely.box(WEST + 100, SOUTH, WEST + 300, SOUTH + 100)


def split(*homes):
    """Count entries at these distances from the west; a letter after the distance is a marker."""
    rows = [
        ElectorRow(
            polling_district="HA1",
            number=number,
            suffix=0,
            markers=marker,
            attains_on=None,
            location=Located(easting=WEST + at, northing=SOUTH + 50, source=LocationSource.UPRN, accuracy_m=1.0),
        )
        for number, (at, marker) in enumerate(homes, start=1)
    ]
    electorate = count_electors(roll_from_rows(rows), AreaIndex([AREA]), poll_date=date(2027, 2, 4), register=FACTS)
    return electorate, count_portions(electorate, area_bng=AREA, councils_bng=COUNCILS, districts_bng={})


def portion(council, registered, entitled=None, in_area=None):
    return PortionCount(
        council=council, in_area=in_area or registered, registered=registered, entitled=entitled or registered
    )


@pytest.mark.rule("REF-1", "REF-4", "BUS-8")
def test_portions_add_up_and_the_council_with_most_registered_electors_leads():
    electorate, portions = split((150, ""), (160, "F"), (170, "F"), (250, ""), (260, "G"), (50, ""))
    assert portions == Portions(
        counts=(portion("E07999001", 1, in_area=3), portion("E07999002", 2, entitled=1)),
        unassigned=0,
        lead="E07999002",
    )
    assert sum(one.in_area for one in portions.counts) == electorate.in_area
    assert sum(one.entitled for one in portions.counts) == electorate.entitled


@pytest.mark.parametrize(
    ("portions", "codes"),
    [
        pytest.param(Portions(counts=(portion("A", 5),), unassigned=0, lead=None), [], id="one council"),
        pytest.param(
            Portions(counts=(portion("A", 5), portion("B", 5)), unassigned=0, lead=None),
            ["portions"],
            id="equal numbers",
        ),
        pytest.param(
            Portions(counts=(portion("A", 5),), unassigned=3, lead=None), ["entries-of-no-council"], id="no council"
        ),
        pytest.param(
            Portions(counts=(portion("E09000001", 5),), unassigned=0, lead=None), ["city-of-london"], id="the City"
        ),
    ],
)
@pytest.mark.rule("ELEC-9")
def test_what_councils_are_told(portions, codes):
    assert [finding.code for finding in portion_findings(portions)] == codes


def test_equal_numbers_leave_the_lead_to_agreement():
    _, portions = split((150, ""), (250, ""))
    assert portions.lead is None
    [finding] = portion_findings(portions)
    assert "must agree" in finding.message
