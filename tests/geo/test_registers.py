"""Registers as councils export them: every layout, every encoding, every odd row; and no name anywhere."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import RegisterError
from geo.registers import Entry, batches, elector_number, number_parts, open_register
from geo.registers.addresses import address_key, match_key, street_of, street_to_keep
from geo.registers.register import open_update

SURNAME, FORENAME = "Quillfeather", "Zephyrine"

XPRESS_14 = (
    "Elector Number Prefix,Elector Number,Elector Number Suffix,Elector Markers,Elector DOB,Elector Surname,"
    "Elector Forename,PostCode,Address1,Address2,Address3,Address4,Address5,Address6"
)
XPRESS_13 = XPRESS_14.replace("Elector Surname,Elector Forename", "Elector Name")
EROS_21 = (
    "PD,ENO,Status,Title,First Names,Initials,Surname,Suffix,Date of Attainment,Franchise Flag,Address 1,Address 2,"
    "Address 3,Address 4,Address 5,Address 6,Address 7,Address 8,Address 9,Postcode,Opt Out"
)
COUNTS_25 = (
    "PDCode,RollNo,ElectorTitle,ElectorSurname,ElectorForename,ElectorMiddleName,IERStatus,DateOfAttainment,"
    "FranchiseMarker,RegisteredAddress1,RegisteredAddress2,RegisteredAddress3,RegisteredAddress4,RegisteredAddress5,"
    "RegisteredAddress6,PostCode,Euro,Parl,County,Ward,SubHouse,House,MethodOfVerification,ElectorID,UPRN"
)
COUNTS_21 = (
    "PDCode,RollNo,ElectorTitle,ElectorSurname,ElectorForename,ElectorMiddleName,AttainersDOB,FranchiseMarker,"
    "RegisteredAddress1,RegisteredAddress2,RegisteredAddress3,RegisteredAddress4,RegisteredAddress5,"
    "RegisteredAddress6,PostCode,Euro,Parl,County,Ward,SubHouse,House"
)


@pytest.fixture
def write(tmp_path):
    """Write a register file from lines and return its path."""

    def _write(*lines, name="register.csv", encoding="utf-8", end="\r\n", mark=b""):
        path = tmp_path / name
        path.write_bytes(mark + end.join([*lines, ""]).encode(encoding))
        return path

    return _write


def entry(**facts):
    plain = {"suffix": 0, "markers": "", "attains_on": None, "uprn": None, "postcode": "ZZ11AA"}
    return Entry(**{**plain, "address": "4 Mill Lane,Haddenford", **facts})


LAYOUTS = [
    pytest.param(
        [XPRESS_14, f"HA1,17,1,b,14/09/2026,{SURNAME},{FORENAME},ZZ1 1AA,4 Mill Lane,Haddenford,,,,"],
        "xpress-full",
        entry(polling_district="HA1", number=17, suffix=1, markers="B", attains_on=date(2026, 9, 14)),
        id="Xpress, 14 columns",
    ),
    pytest.param(
        [XPRESS_13, f"HA1,17,0,,,{SURNAME} {FORENAME},ZZ1 1AA,4 Mill Lane,Haddenford,,,,"],
        "xpress-full",
        entry(polling_district="HA1", number=17),
        id="Xpress, 13 columns",
    ),
    pytest.param(
        [EROS_21, f"AB,212,,Ms,{FORENAME},R,{SURNAME},JNR,02/01/2027,L,4 Mill Lane,Haddenford,,,,,,,,ZZ1 1AA,Z"],
        "eros-full",
        entry(polling_district="AB", number=212, markers="L", attains_on=date(2027, 1, 2)),
        id="Eros, 21 columns, the suffix is the name's",
    ),
    pytest.param(
        [
            EROS_21.replace("Status,", "").replace("First Names", "First Name"),
            f"AB,212,Ms,{FORENAME},R,{SURNAME},,,,4 Mill Lane,Haddenford,,,,,,,,ZZ1 1AA,",
        ],
        "eros-full",
        entry(polling_district="AB", number=212),
        id="Eros, 20 columns",
    ),
    pytest.param(
        [
            COUNTS_25,
            (
                f"KG1,5.001,,{SURNAME},{FORENAME},,,19/03/2027,,4 Mill Lane,Haddenford,,,,,ZZ1 1AA,,E,,F,,4,,100388,"
                "010099999901"
            ),
        ],
        "democracy-counts-full",
        entry(
            polling_district="KG1",
            number=5,
            suffix=1,
            attains_on=date(2027, 3, 19),
            uprn="10099999901",
            person_id="100388",
        ),
        id="Democracy Counts, 25 columns, decimals hold the suffix",
    ),
    pytest.param(
        [COUNTS_21, f"KG1,5.000,,{SURNAME},{FORENAME},,,F,4 Mill Lane,Haddenford,,,,,ZZ1 1AA,,E,,F,,4"],
        "democracy-counts-full",
        entry(polling_district="KG1", number=5, markers="F"),
        id="Democracy Counts, 21 columns",
    ),
]


@pytest.mark.parametrize(("lines", "layout", "expected"), LAYOUTS)
def test_each_layout_is_recognised_by_its_header(write, lines, layout, expected):
    register = open_register([write(*lines)])
    assert (register.layout, list(register)) == (layout, [expected])


@pytest.mark.parametrize(("lines", "layout", "expected"), LAYOUTS)
def test_the_order_of_columns_does_not_matter(write, lines, layout, expected):
    turned = [",".join(line.split(",")[::-1]) for line in lines]
    [read] = open_register([write(*turned)])
    assert read == expected


@pytest.mark.parametrize(
    ("encoding", "mark", "named"),
    [
        pytest.param("utf-8", b"", "utf-8", id="UTF-8"),
        pytest.param("utf-8", b"\xef\xbb\xbf", "utf-8-bom", id="UTF-8 with its mark"),
        pytest.param("cp1252", b"", "windows-1252", id="windows-1252"),
        pytest.param("utf-16-le", b"\xff\xfe", "utf-16", id="UTF-16 with its mark"),
        pytest.param("utf-16-le", b"", "utf-16le", id="UTF-16LE without one"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t"], ids=["comma", "tab"])
def test_encodings_and_delimiters(write, encoding, mark, named, delimiter):
    row = f"HA1,17,0,,,{SURNAME},Zoë,ZZ1 1AA,4 St Mary\N{RIGHT SINGLE QUOTATION MARK}s Lane,Haddenford,,,,"
    lines = [line.replace(",", delimiter) for line in (XPRESS_14, row)]
    register = open_register([write(*lines, encoding=encoding, mark=mark)])
    [read] = register
    assert read.address == "4 St Mary\N{RIGHT SINGLE QUOTATION MARK}s Lane,Haddenford"
    assert [(file.rows, file.encoding) for file in register.files] == [(1, named)]


def test_title_lines_blank_lines_headings_and_repeated_headers(write):
    path = write(
        "Register of Electors,,,",
        "",
        XPRESS_14,
        "HA1,1,0,,,A,B,ZZ1 1AA,1 Mill Lane,,,,,",
        "",
        ",,,,,,,,,,,,,",
        "Other Electors,,,,,,,,,,,,,",
        XPRESS_14,
        "HA1,2,0,,,A,B,ZZ1 1AA,1 Mill Lane,,,,,",
    )
    register = open_register([path])
    assert [one.number for one in register] == [1, 2]
    assert (register.unreadable, register.files[0].rows) == ((), 2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("HA1,,0,,,Q,Z,ZZ1 1AA,1 Mill Lane,,,,,", "the elector number cannot be read", id="no number"),
        pytest.param("HA1,x7,0,,,Q,Z,,,,,,,", "the elector number cannot be read", id="letters in the number"),
        pytest.param("HA1,0,0,,,Q,Z,,,,,,,", "the elector number cannot be read", id="number nought"),
        pytest.param(",7,0,,,Q,Z,,,,,,,", "the polling district is missing", id="no district"),
        pytest.param("HA1,7,b,,,Q,Z,,,,,,,", "the number's suffix cannot be read", id="suffix"),
        pytest.param(
            "HA1,7.002,1,,,Q,Z,,,,,,,", "the elector number has decimals and another suffix", id="two suffixes"
        ),
        pytest.param("HA1,7,0,,31/02/2027,Q,Z,,,,,,,", "the date of attainment cannot be read", id="no such day"),
        pytest.param("HA1,7,0,", "it is cut short: 4 cells where the header has 14", id="cut short"),
        pytest.param("HA1,7,0,,,Q,Z,,,,,,,,,x", "it has 16 cells where the header has 14", id="too long"),
        pytest.param(
            'HA1,7,0,,,Q,Z,,"4 Mill Lane,,,,,', "a quotation mark opens and is not closed", id="open quotation"
        ),
    ],
)
def test_rows_that_cannot_be_read_are_listed_with_line_and_reason(write, row, reason):
    good = "HA1,1,0,,,Q,Z,ZZ1 1AA,1 Mill Lane,,,,,"
    register = open_register([write(XPRESS_14, good, row, good.replace("1,0", "2,0", 1))])
    assert [one.number for one in register] == [1, 2]
    assert [(bad.file, bad.line, bad.reason) for bad in register.unreadable] == [("register.csv", 3, reason)]
    assert register.files[0].rows == 3


def test_quoted_cells_with_commas_marks_and_line_breaks(write):
    path = write(
        XPRESS_14,
        'HA1,1,0,,,"Q, Z",Z,ZZ1 1AA,"Flat 2, The ""Old"" Mill",Haddenford,,,,',
        'HA1,2,0,,,Q,Z,ZZ1 1AA,"4 Mill',
        'Lane",Haddenford,,,,',
        'HA1,3,0,,,Q,Z,ZZ1 1AA,5" Lane,Haddenford,,,,',
    )
    register = open_register([path])
    assert [one.address for one in register] == [
        'Flat 2  The "Old" Mill,Haddenford',
        "4 Mill Lane,Haddenford",
        '5" Lane,Haddenford',
    ]
    assert register.unreadable == ()


def test_rows_short_of_empty_columns_are_read(write):
    [read] = open_register([write(XPRESS_14, "HA1,1,0,,,Q,Z,ZZ1 1AA,4 Mill Lane")])
    assert (read.postcode, read.address) == ("ZZ11AA", "4 Mill Lane")


@pytest.mark.rule("ELEC-7", "T-43")
def test_an_anonymous_entry_keeps_its_number_and_letter_only(write):
    header, uprn = XPRESS_14 + ",UPRN", "10099999901"
    [read] = open_register([write(header, f"HA1,903,0,N,,,,ZZ1 1AA,4 Mill Lane,Haddenford,,,,,{uprn}")])
    assert read == entry(polling_district="HA1", number=903, markers="N", postcode=None, address="")


@pytest.mark.parametrize(
    ("cell", "markers", "attains"),
    [
        pytest.param("b l", "BL", None, id="letters in any case"),
        pytest.param("(z)", "Z", None, id="in brackets"),
        pytest.param("L,A/B", "ABL", None, id="divided"),
        pytest.param("14/09/2026", "", date(2026, 9, 14), id="a date alone"),
        pytest.param("B 14/09/2026", "B", date(2026, 9, 14), id="a date beside a letter"),
    ],
)
def test_markers_and_dates_in_one_cell(write, cell, markers, attains):
    [read] = open_register([write(XPRESS_14, f'HA1,1,0,"{cell}",,Q,Z,ZZ1 1AA,4 Mill Lane,,,,,')])
    assert (read.markers, read.attains_on) == (markers, attains)


def test_a_postcode_in_the_last_address_line_is_found(write):
    [read] = open_register([write(XPRESS_14, "HA1,1,0,,,Q,Z,,4 Mill Lane,Haddenford,zz1 1aa,,,")])
    assert read.postcode == "ZZ11AA"


def test_files_by_polling_district_make_one_register(write):
    paths = [
        write(XPRESS_14, f"{code},1,0,,,Q,Z,ZZ1 1AA,1 Mill Lane,,,,,", name=f"{code}.csv") for code in ("HA1", "HB2")
    ]
    register = open_register(paths)
    assert [one.polling_district for one in register] == ["HA1", "HB2"]
    assert [(file.name, file.rows) for file in register.files] == [("HA1.csv", 1), ("HB2.csv", 1)]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        pytest.param(
            ["HA1,17,0,,,Quillfeather,Zephyrine,ZZ1 1AA,4 Mill Lane"], "No header of a register", id="no header"
        ),
        pytest.param(
            ["Part,Elector Number,Elector Surname,Elector Forename,Elector Markers,Elector DOB"],
            "its columns are Part, .*closest is Xpress full register, which also needs electornumberprefix",
            id="unknown header",
        ),
        pytest.param([""], "No header of a register", id="blank"),
        pytest.param(["PK\x03\x04 spreadsheet"], "is a spreadsheet: save it as CSV", id="spreadsheet"),
    ],
)
def test_a_register_that_cannot_be_recognised_is_one_sentence_without_a_name(write, lines, words):
    with pytest.raises(RegisterError, match=words) as refusal:
        open_register([write(*lines)])
    assert "\n" not in str(refusal.value)
    assert SURNAME not in str(refusal.value)


def test_registers_given_wrongly(write, tmp_path):
    xpress = write(XPRESS_14, "HA1,1,0,,,Q,Z,,,,,,,", name="a.csv")
    eros = write(EROS_21, name="b.csv")
    for paths, words in (
        ([], "No register was given"),
        ([xpress, eros], "different layouts"),
        ([xpress, xpress], "given twice"),
        ([tmp_path / "none.csv"], "cannot be opened"),
    ):
        with pytest.raises(RegisterError, match=words):
            open_register(paths)


def test_any_layout_by_an_officers_mapping(write):
    path = write("Part,No,Voter,Flag,Street,Town,Code", f"HA1,17,{SURNAME},B,4 Mill Lane,Haddenford,ZZ1 1AA")
    mapping = {"prefix": "Part", "number": "No", "markers": "flag", "address": "Street+Town", "postcode": "Code"}
    register = open_register([path], mapping=mapping)
    assert (register.layout, list(register)) == ("mapped", [entry(polling_district="HA1", number=17, markers="B")])


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        pytest.param({"prefix": "Part"}, "needs prefix and number", id="no number"),
        pytest.param({"party": "Part"}, 'cannot name "party"', id="unknown role"),
        pytest.param({"prefix": "Part", "number": "Surname"}, "holds names", id="a column of names"),
        pytest.param({"prefix": "Part", "number": "Nummer"}, "correct the mapping", id="no such column"),
    ],
)
def test_mappings_that_cannot_be_used(write, mapping, words):
    with pytest.raises(RegisterError, match=words):
        open_register([write("Part,No,Surname", "HA1,1,Q")], mapping=mapping)


UPDATES = [
    pytest.param(
        [
            (
                "CompanyName,CompanyOPCSRef,DistrictRef,StreetName,PropertyAddress1,PropertyAddress2,PropertyAddress3,"
                "PropertyAddress4,PropertyAddress5,PropertyPostCode,PropertyAddressPrefix,PropertyAddressNumber,"
                "ElectorNumber,ElectorForename,ElectorSurname,ElectorDOB,ElectorCreatedMonth,ElectorChangedMonth,"
                "ElectorDeletedMonth,MarkersRegisterText,RecordCount,RecordTotal,CurrentRegisterMonth"
            ),
            *(
                f"C,1,D,Mill Lane,4 Mill Lane,,,,,ZZ1 1AA,,4,KD-2/2-289/{n},{FORENAME},{SURNAME},,{months},,{n},4,3"
                for n, months in ((1, "3,0,0"), (2, "0,3,0"), (3, "3,3,3"), (4, "0,0,0"))
            ),
        ],
        [
            ("KD-2/2", 289, 1, "added"),
            ("KD-2/2", 289, 2, "changed"),
            ("KD-2/2", 289, 3, "deleted"),
            ("KD-2/2", 289, 4, "changed"),
        ],
        id="Xpress: months say what happened, a deletion wins",
    ),
    pytest.param(
        [
            "Ref: 77",
            EROS_21.replace("Opt Out", "Register Code,Clerical Error,Opt Out Flag"),
            "Monthly Additions March 2027",
            f"AB,211,A,Ms,{FORENAME},,{SURNAME},,,,9 CHURCH ROW,,,,,,,,,ZZ2 2BB,R,,",
            "Monthly Deletions March 2027",
            f"AB,212,D,Ms,{FORENAME},,{SURNAME},,,,9 CHURCH ROW,,,,,,,,,ZZ2 2BB,R,,",
        ],
        [("AB", 211, 0, "added"), ("AB", 212, 0, "deleted")],
        id="Eros: the status, and heading lines within",
    ),
    pytest.param(
        [
            "ChangeTypeID," + COUNTS_21.replace("AttainersDOB", "DOB"),
            f"N,KG1,5.002,,{SURNAME},{FORENAME},,,,4 Mill Lane,,,,,,ZZ1 1AA,,,,,,",
            f"M,KG1,6.000,,{SURNAME},{FORENAME},,,,4 Mill Lane,,,,,,ZZ1 1AA,,,,,,",
        ],
        [("KG1", 5, 2, "added"), ("KG1", 6, 0, "changed")],
        id="Democracy Counts: the type of change",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), UPDATES)
def test_monthly_updates_say_what_changed(write, lines, expected):
    path = write(*lines)
    update = open_update(path)
    assert [(one.polling_district, one.number, one.suffix, one.change) for one in update] == expected
    assert update.unreadable == ()
    with pytest.raises(RegisterError, match="alters a register and is not one"):
        open_register([path])


def test_a_full_register_is_no_update(write):
    with pytest.raises(RegisterError, match="give a monthly update"):
        open_update(write(XPRESS_14, "HA1,1,0,,,Q,Z,,,,,,,"))


@given(
    district=st.from_regex(r"[A-Z]{1,3}([-/]?[0-9]{1,2}){0,2}", fullmatch=True),
    number=st.integers(1, 99_999),
    suffix=st.integers(0, 99),
)
def test_a_written_number_reads_back(district, number, suffix):
    assert number_parts(elector_number(district, number, suffix)) == (district, number, suffix)


def test_no_value_is_ever_made_of_a_column_of_names(write, monkeypatch):
    made = []
    parse = batches._parse

    def watched(rows, batch):
        table = parse(rows, batch)
        made.append(repr(table.to_pydict()))
        return table

    monkeypatch.setattr(batches, "_parse", watched)
    rows = [f"HA1,{n},0,,,{SURNAME}{n},{FORENAME}{n},ZZ1 1AA,4 Mill Lane,Haddenford,,,," for n in range(1, 200)]
    register = open_register([write(XPRESS_14, *rows, f"HA1,x,0,,,{SURNAME},{FORENAME},,,,,,,")])
    made += [repr(one) for one in ([*register], [*register.batches()], register.files, register.unreadable)]
    assert "Mill Lane" in "".join(made)
    assert not [text for text in made if SURNAME in text or FORENAME in text]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("4 Mill Lane,Haddenford", "4 MILL LN,Borchester", True, id="case, short form, town"),
        pytest.param("4,Mill Lane,Haddenford", "4 Mill Lane,Haddenford", True, id="number on its own line"),
        pytest.param("Flat 2,14 Church Row", "Flat 2, 14 Church Row", True, id="flat above the number"),
        pytest.param("Flat 2,14 Church Row", "Flat 3,14 Church Row", False, id="another flat"),
        pytest.param("12A High St,X", "12A High Street,X", True, id="street cut short"),
        pytest.param("1 St Mary's Road,X", "1 St Marys Road,X", True, id="a saint stays a saint"),
        pytest.param("4 Mill Lane,X", "14 Mill Lane,X", False, id="another number"),
        pytest.param("Rose Cottage,Church Lane,X", "ROSE COTTAGE,CHURCH LANE,Y", True, id="a name and a street"),
    ],
)
def test_addresses_that_match(one, other, same):
    assert (match_key(one, "ZZ11AA") == match_key(other, "ZZ11AA")) is same


@pytest.mark.parametrize(("address", "postcode"), [("", "ZZ11AA"), ("4 Mill Lane", None), ("Haddenford", "ZZ11AA")])
def test_too_little_to_match_on(address, postcode):
    assert match_key(address, postcode) is None


def test_an_address_is_kept_as_a_keyed_hash_only():
    known = address_key("4 Mill Lane,Haddenford", "ZZ11AA", key=b"k")
    assert known == address_key("4 MILL LN,HADDENFORD", "ZZ11AA", key=b"k")
    assert known != address_key("4 Mill Lane,Haddenford", "ZZ11AA", key=b"other")
    assert (len(known), address_key("", None, key=b"k")) == (16, None)


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("4 Mill Lane,Haddenford", "MILL LANE"),
        ("Flat 2,14 Church Row,X", "CHURCH ROW"),
        ("Rose Cottage,Church Lane", "CHURCH LANE"),
        ("", ""),
    ],
)
def test_the_street_of_an_address(address, street):
    assert street_of(address) == street


@pytest.mark.parametrize(
    ("address", "street"),
    [
        pytest.param("12 Mill Lane,Alder", "MILL LANE", id="number and street"),
        pytest.param("Flat 2,14 Brindlecombe Rd,Alder", "BRINDLECOMBE ROAD", id="a flat first"),
        pytest.param("The Annexe 1 Heron Avenue,Alder", "HERON AVENUE", id="a house name before the number"),
        pytest.param("Rose Cottage,High Street,Alder", "HIGH STREET", id="a house name alone"),
        pytest.param("Quillfeather House,Alder", None, id="no street"),
        pytest.param("Care of Quillfeather Way,Alder", None, id="care of somebody"),
        pytest.param("Other Electors", None, id="other electors"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_only_a_street_is_kept_of_an_address(address, street):
    assert street_to_keep(address) == street
