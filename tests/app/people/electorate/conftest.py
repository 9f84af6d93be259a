"""A referendum on the squares, a small register with planted names, its points and a monthly update.

The referendum area is square 0 and the western half of square 1; polling district HA1 is square 0 (wholly in), HB1 is
square 1 (the line runs through it), HC1 is the square north of 0 (outside).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import shapely

from app.audit import Actor, Deed
from app.db import writing
from app.models import Boundary, BoundaryKind, NeighbourhoodArea, Plan, Referendum
from app.services.registers_reading import RegisterFiles

EAST, NORTH = 400_000, 300_000
POLL = date(2027, 2, 4)
NAMES = ("Quillfeather", "Zephyrine", "Wobblethwaite", "Octavius")

HEADER = (
    "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,Elector Surname,"
    "Elector Forename,PostCode,Address1,Address2,Address3,UPRN"
)
ROWS = (
    "HA1,1,0,,,Quillfeather,Zephyrine,ZZ1 1AA,1 Mill Lane,Alder,,100001",
    "HA1,2,0,N,,Quillfeather,Zephyrine,ZZ1 1AA,2 Mill Lane,Alder,,100002",
    "HA1,3,0,F,,Wobblethwaite,Octavius,,Other Electors,,,",
    "HA1,4,0,,14/03/2027,Wobblethwaite,Octavius,ZZ1 1AA,3 Mill Lane,Alder,,100001",
    "HB1,1,0,,,Quillfeather,Zephyrine,ZZ1 1AB,1 Birch Road,Birch,,100011",
    "HB1,2,0,,,Quillfeather,Zephyrine,ZZ1 1AB,2 Birch Road,Birch,,100012",
    "HB1,3,0,,,Wobblethwaite,Octavius,ZZ1 1AB,3 Birch Road,Birch,,100013",
    "HB1,4,0,,,Wobblethwaite,Octavius,,Other Electors,,,",
    "HB1,5,0,,,Quillfeather,Zephyrine,ZZ1 1AB,5 Birch Road,Birch,,",
    "HB1,6,0,,,Quillfeather,Octavius,ZZ1 1AC,6 Elm Close,Birch,,",
    "HB1,x,0,,,Wobblethwaite,Zephyrine,ZZ1 1AC,7 Elm Close,Birch,,",
    "HC1,1,0,,,Wobblethwaite,Zephyrine,ZZ1 1AD,1 North Way,Alder,,100021",
)
UPRNS = (
    (100001, 500, 500),
    (100002, 600, 500),
    (100011, 1200, 500),
    (100012, 1800, 500),
    (100013, 1500.4, 500),
    (100014, 1250, 400),
    (100015, 1300, 300),
    (100021, 500, 1500),
)
UPDATE_HEADER = (
    "CompanyName,CompanyOPCSRef,DistrictRef,StreetName,PropertyAddress1,PropertyAddress2,PropertyAddress3,"
    "PropertyAddress4,PropertyAddress5,PropertyPostCode,PropertyAddressPrefix,PropertyAddressNumber,ElectorNumber,"
    "ElectorForename,ElectorSurname,ElectorDOB,ElectorCreatedMonth,ElectorChangedMonth,ElectorDeletedMonth,"
    "MarkersRegisterText,RecordCount,RecordTotal,CurrentRegisterMonth,UPRN"
)


def update_row(number, *, created=0, changed=0, deleted=0, uprn="", street="9 Birch Road"):
    return (
        f"Westshire,E07,HB,Birch Road,{street},Birch,,,,ZZ1 1AB,,9,{number},Octavius,Wobblethwaite,,"
        f"{created},{changed},{deleted},,1,1,1,{uprn}"
    )


@dataclass(frozen=True)
class Papers:
    """Where the files of the register lie."""

    folder: Path
    register: Path
    uprns: Path
    postcodes: Path
    properties: Path
    update: Path
    second_update: Path
    area: Path
    districts: Path

    @property
    def locations(self):
        return self.uprns, self.properties, self.postcodes


def layer(path, shapes):
    """Writes shapes by code as GeoJSON on the British grid."""
    features = ",".join(
        f'{{"type":"Feature","properties":{{"code":"{code}","name":"{code}"}},"geometry":{shapely.to_geojson(shape)}}}'
        for code, shape in shapes.items()
    )
    crs = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::27700"}}'
    path.write_text(f'{{"type":"FeatureCollection",{crs},"features":[{features}]}}', encoding="utf-8")


@pytest.fixture
def area_bng():
    return shapely.MultiPolygon([shapely.box(EAST, NORTH, EAST + 1500, NORTH + 1000)])


@pytest.fixture
def districts_bng(shapes):
    return {"HA1": shapes.square(0, 0), "HB1": shapes.square(1, 0), "HC1": shapes.square(0, 1)}


@pytest.fixture
def papers(tmp_path, area_bng, districts_bng):
    folder = tmp_path / "papers"
    folder.mkdir()
    found = Papers(
        folder=folder,
        register=folder / "register.csv",
        uprns=folder / "uprn.csv",
        postcodes=folder / "postcodes.csv",
        properties=folder / "properties.csv",
        update=folder / "january.csv",
        second_update=folder / "february.csv",
        area=folder / "area.geojson",
        districts=folder / "districts.geojson",
    )
    write(found.register, HEADER, *ROWS)
    points = [f"{uprn},{EAST + east},{NORTH + north}" for uprn, east, north in UPRNS]
    write(found.uprns, "UPRN,X_COORDINATE,Y_COORDINATE", *points)
    write(
        found.postcodes,
        "pcds,oseast1m,osnrth1m,osgrdind",
        f"ZZ1 1AC,{EAST + 1450},{NORTH + 600},1",
        f"ZZ1 1AB,{EAST + 1210},{NORTH + 500},1",
    )
    write(
        found.properties,
        "UPRN,AddressLine1,AddressLine2,PostCode",
        "100015,5 Birch Road,Birch,ZZ1 1AB",
        "100099,1 Nowhere Road,Birch,ZZ1 1AB",
    )
    write(
        found.update,
        UPDATE_HEADER,
        update_row("HB1-2", deleted=1),
        update_row("HB1-7", created=1, uprn=100014),
        update_row("HB1-3", changed=1, uprn=100011),
        update_row("HB1-99", deleted=1),
    )
    write(
        found.second_update, UPDATE_HEADER, update_row("HB1-8", created=2, uprn=100012), update_row("HB1-7", deleted=2)
    )
    layer(found.area, {"RA": area_bng})
    layer(found.districts, districts_bng)
    return found


def write(path, *lines):
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


@pytest.fixture
def electoral():
    """What Westshire's electoral officer does."""
    actor = Actor(name="electoral", role="electoral-officer", organisation="E07999101", organisation_name="Westshire")
    return lambda at: Deed(by=actor, at=at)


@pytest.fixture
def officers_deed(electoral, moving_clock):
    return electoral(moving_clock.at)


@pytest.fixture
def poll(peopled, area_bng, districts_bng):
    """The reference of a referendum on the area, with polling districts stored."""
    with writing(peopled) as session:
        for code, shape in districts_bng.items():
            session.add(polling_district(code, shape))
        area = NeighbourhoodArea(reference="NA-000001", name="Alder", status="designated", is_business_area=True)
        plan = Plan(
            reference="NP-000001",
            instrument="ndp",
            title="Alder Neighbourhood Plan",
            area=area,
            qualifying_body="Alder Parish Council",
            stage="referendum-to-be-held",
        )
        session.add(
            Referendum(
                reference="NR-000001",
                plan=plan,
                decision_on=date(2026, 6, 1),
                poll_date=POLL,
                has_business_poll=True,
                is_cross_boundary=False,
                authority="Westshire",
                council="Westshire",
                question="Do you want Westshire to use the neighbourhood plan for Alder?",
                election_group_id="ref.westshire.2027-02-04",
                timetable={"rows": []},
                geometry=area_bng,
            )
        )
    return "NR-000001"


def polling_district(code, shape):
    return Boundary(
        kind=BoundaryKind.POLLING_DISTRICT.value,
        authority_code="E07999101",
        code=code,
        name=code,
        valid_from=date(2015, 4, 1),
        source="drawn for a test",
        imported_at=datetime(2026, 7, 2, tzinfo=UTC),
        geometry=shape,
    )


@pytest.fixture
def secret():
    return b"a secret of the council for its addresses"


@pytest.fixture
def register_files(papers, secret):
    return RegisterFiles(
        authority_code="E07999101",
        as_at=date(2026, 12, 1),
        registers=(papers.register,),
        locations=papers.locations,
        address_secret=secret,
    )


@pytest.fixture
def planted():
    """Names that stand in the register and may stand nowhere else."""
    return NAMES
