"""Location files as they are given, and where an entry is by them."""

import numpy as np
import pytest

from geo.errors import UnreadableFileError
from geo.locations import DEFAULT_ACCURACIES, Accuracies, Located, LocationSource, read_addresses, read_locations
from geo.registers import Entry

OPEN_UPRN = "UPRN,X_COORDINATE,Y_COORDINATE,LATITUDE,LONGITUDE"
PROPERTIES = (
    "ElectionDate,Property_URN,AddressLine1,AddressLine2,AddressLine3,Addressline6,Post_Code,Polling_Place_UPRN"
)


@pytest.fixture
def write(tmp_path):
    def _write(*lines, name="points.csv", encoding="utf-8", mark=b""):
        path = tmp_path / name
        path.write_bytes(mark + "\r\n".join([*lines, ""]).encode(encoding))
        return path

    return _write


def entry(uprn=None, postcode=None, address=""):
    facts = {"polling_district": "HA1", "number": 1, "suffix": 0, "markers": "", "attains_on": None}
    return Entry(**facts, uprn=uprn, postcode=postcode, address=address)


def by(source, easting=451000.5, northing=212000.25, accuracy_m=1.0):
    return Located(easting=easting, northing=northing, source=source, accuracy_m=accuracy_m)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([OPEN_UPRN, "10099999901,451000.50,212000.25,51.8,-1.2"], id="OS Open UPRN"),
        pytest.param(
            ["UPRN,GRIDGB1E,GRIDGB1N,PCDS,OA21CD,LAD25CD", "010099999901,451000.5,212000.25,ZZ1 1AA,E0,E07"],
            id="ONS UPRN directory",
        ),
    ],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "UTF-8 mark"])
def test_points_of_properties(write, lines, mark):
    locations = read_locations([write(*lines, mark=mark)])
    assert locations.locate(entry(uprn="10099999901")) == by(LocationSource.UPRN)
    assert locations.locate(entry(uprn="10099999902")) is None


@pytest.mark.parametrize(
    ("lines", "accuracy_m"),
    [
        pytest.param(["ZZ1 1AA,10,451000,212000,E92,E19,E18,E10,E07,E05"], 150.0, id="Code-Point Open, no header"),
        pytest.param(['"ZZ1 1AA",50,451000,212000,"E92","","","","E07","E05"'], 500.0, id="Code-Point Open, poor"),
        pytest.param(
            [
                "pcd,pcd2,pcds,dointr,doterm,oseast1m,osnrth1m,osgrdind,oa21",
                "ZZ1 1AA,ZZ1  1AA,ZZ1 1AA,1998,,451000,212000,1,E",
            ],
            150.0,
            id="ONS directory, old columns",
        ),
        pytest.param(
            [
                "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind",
                "ZZ1 1AA,ZZ1  1AA,ZZ1 1AA,1998,,0,451000,212000,6",
            ],
            2000.0,
            id="ONS directory, new columns",
        ),
        pytest.param(["postcode,easting,northing", "zz11aa,451000,212000"], 250.0, id="quality not stated"),
    ],
)
def test_points_of_postcodes(write, lines, accuracy_m):
    locations = read_locations([write(*lines)])
    expected = by(LocationSource.POSTCODE, easting=451000.0, northing=212000.0, accuracy_m=accuracy_m)
    assert locations.locate(entry(postcode="ZZ11AA")) == expected


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("ZZ1 1AA,90,451000,212000,E,E,E,E,E,E", id="quality 90: no coordinate"),
        pytest.param("ZZ1 1AA,10,0,0,E,E,E,E,E,E", id="nought, nought"),
    ],
)
def test_a_postcode_without_a_usable_point(write, row):
    path = write("ZZ1 1AB,10,451000,212000,E,E,E,E,E,E", row)
    assert read_locations([path]).locate(entry(postcode="ZZ11AA")) is None


def test_degrees_become_metres(write):
    path = write("postcode,lon,lat", "ZZ1 1AA,1.7160739722,52.6580078333")
    found = read_locations([path]).locate(entry(postcode="ZZ11AA"))
    assert (round(found.easting), round(found.northing)) == (651410, 313177)


@pytest.fixture
def exports(write):
    points = write(OPEN_UPRN, "1,451000.5,212000.25,,", "2,451100,212000,,", "3,451200,212000,,")
    properties = write(
        PROPERTIES,
        "2027-02-04,01,4 Mill Lane,Haddenford,,ZZ1 1AA,ZZ1 1AA,9",
        "2027-02-04,02,6 Mill Lane,Haddenford,,ZZ1 1AA,ZZ1 1AA,9",
        "2027-02-04,03,6 MILL LN,Haddenford,,ZZ1 1AA,ZZ1 1AA,9",
        name="properties.csv",
    )
    postcodes = write("postcode,easting,northing", "ZZ1 1AA,451500,212500", name="postcodes.csv")
    return [properties, postcodes, points]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(entry(uprn="2", postcode="ZZ11AA", address="4 Mill Lane"), ("uprn", 451100.0), id="UPRN first"),
        pytest.param(
            entry(uprn="77", postcode="ZZ11AA", address="4 Mill Ln"), ("address", 451000.5), id="then address"
        ),
        pytest.param(
            entry(postcode="ZZ11AA", address="6 Mill Lane"), ("postcode", 451500.0), id="two properties: no match"
        ),
        pytest.param(entry(postcode="ZZ11AA", address="8 Mill Lane"), ("postcode", 451500.0), id="unknown address"),
        pytest.param(entry(postcode="ZZ11AB", address="4 Mill Lane"), None, id="another postcode, no address match"),
    ],
)
def test_the_best_source_comes_first(exports, one, expected):
    found = read_locations(exports).locate(one)
    assert (None if found is None else (found.source.value, found.easting)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "HouseID,UPRN,AddressLine1,AddressLine2,Postcode,PollingVenueUPRN",
                "7,01,4 Mill Lane,Haddenford,ZZ1 1AA,5",
            ],
            id="Eros",
        ),
        pytest.param(
            ["AuthorityCode,PropertyNumber,StreetName,PostCode,UPRN,PollingPlaceEasting", "A,4,MILL LANE,ZZ1 1AA,01,4"],
            id="WebLookup",
        ),
        pytest.param(
            ["Add1\tAdd2\tPostCode\tStationCode\tUPRN\tXordinate\tYordinate", "4 Mill Lane\tX\tZZ1 1AA\tB6/1\t1\t0\t0"],
            id="Democracy Counts, tabs",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_property_exports_of_the_election_systems(write, lines, encoding):
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    assert read_addresses([write(*lines, encoding=encoding, mark=mark)]) == {"4 MILL LANE ZZ11AA": 1}


def test_only_what_is_wanted_is_kept(write):
    path = write(OPEN_UPRN, *(f"{n},{451000 + n},212000,," for n in range(1, 500)))
    kept = read_locations([path], uprns=np.array([7, 9]), postcodes=np.array([], "S7"))
    assert kept.uprns.key.tolist() == [7, 9]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["name,age", "Q,7"], id="nothing of ours"),
        pytest.param(["UPRN,colour", "7,red"], id="no place"),
        pytest.param([""], id="blank"),
    ],
)
def test_a_file_of_no_known_kind_is_one_sentence(write, lines):
    with pytest.raises(UnreadableFileError, match="is no known file of locations"):
        read_locations([write(*lines)])


def test_accuracies_are_settings(write):
    path = write(OPEN_UPRN, "1,451000.5,212000.25,,")
    found = read_locations([path], accuracies=Accuracies(uprn_m=5.0)).locate(entry(uprn="1"))
    assert (found.accuracy_m, DEFAULT_ACCURACIES.uprn_m) == (5.0, 1.0)
