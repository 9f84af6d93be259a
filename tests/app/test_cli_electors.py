"""`folkmoot electorate`: on the example district, on odd files, and with names that must turn up nowhere."""

import csv
import json
from collections import Counter

import pytest

from app.cli import main as command_line
from fixtures.spec import folder

MAP, TABLES = folder() / "geojson", folder() / "csv"
SURNAME, FORENAME = "Quillfeather", "Zephyrine"
AREA = MAP / "referendum_areas.geojson"
POINTS = ["--locations", TABLES / "uprn.csv", "--locations", TABLES / "properties.csv"]
POSTCODES = ["--locations", TABLES / "postcodes.csv"]
DISTRICTS = ["--polling-districts", MAP / "polling_districts.geojson"]
POLL = ["--poll-date", "2027-02-04"]
HEADER = (TABLES / "register.csv").read_text(encoding="utf-8").splitlines()[0]


@pytest.fixture
def folkmoot(monkeypatch, capfd):
    """Run the command as a person does; returns exit status, standard output and standard error."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["folkmoot", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        said = capfd.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.fixture
def register(tmp_path):
    """Write a small register and return its path."""

    def write(*rows, header=HEADER, name="register.csv"):
        path = tmp_path / name
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    return write


def test_the_example_district_adds_up(folkmoot, tmp_path):
    ledger, table = tmp_path / "ledger.csv", tmp_path / "districts.csv"
    words = [AREA, "--register", TABLES / "register.csv", *POINTS, *POSTCODES, *DISTRICTS, *POLL]
    status, out, err = folkmoot("electorate", *words, "--ledger", ledger, "--district-table", table, "--json")
    document = json.loads(out)
    entries = document["entries"]
    assert (status, err) == (0, "")
    assert entries["read"] == 15_000 == sum(entries[name] for name in ("in_area", "outside", "undecided", "unplaced"))
    assert entries["in_area"] == document["entitled"] + sum(document["not_entitled"].values())
    extents = Counter(one["extent"] for one in document["by_polling_district"])
    assert extents == {"none": 33, "part": 4, "whole": 3}
    with ledger.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert Counter(line["decision"] for line in lines) == Counter(
        {name: entries[name] for name in ("in_area", "outside", "undecided", "unplaced") if entries[name]}
    )
    assert sum(line["entitled"] == "yes" for line in lines) == document["entitled"]
    with table.open(encoding="utf-8", newline="") as file:
        assert sum(int(line["entries"]) for line in csv.DictReader(file)) == 15_000


def test_how_far_a_home_may_be_from_its_point_is_a_setting(folkmoot):
    words = [AREA, "--register", TABLES / "register.csv", *POINTS, *POSTCODES, *DISTRICTS, *POLL, "--json"]
    undecided = [
        json.loads(folkmoot("electorate", *words, *accuracy)[1])["entries"]["undecided"]
        for accuracy in (["--accuracy", "uprn=0", "--accuracy", "postcode=0"], [], ["--accuracy", "uprn=200"])
    ]
    assert undecided[0] == 0 < undecided[1] < undecided[2]


def test_the_same_command_twice_gives_the_same_bytes(folkmoot):
    words = [AREA, "--register", TABLES / "register.csv", *POSTCODES, *DISTRICTS, *POLL, "--json"]
    assert folkmoot("electorate", *words) == folkmoot("electorate", *words)


def test_an_officers_placements_decide_what_was_open(folkmoot, tmp_path):
    words = [AREA, "--register", TABLES / "register.csv", *POINTS, *POSTCODES, *DISTRICTS, *POLL]
    ledger, placements = tmp_path / "ledger.csv", tmp_path / "placements.csv"
    _, out, _ = folkmoot("electorate", *words, "--ledger", ledger, "--json")
    before = json.loads(out)["entries"]
    with ledger.open(encoding="utf-8", newline="") as file:
        opened = [line["number"] for line in csv.DictReader(file) if line["decision"] in {"undecided", "unplaced"}]
    assert len(opened) == before["undecided"] + before["unplaced"] > 1
    decisions = [f"{number},{'in' if at else 'out'},visited" for at, number in enumerate(opened)]
    placements.write_text("\n".join(["Number,Decision,Reason", *decisions]), encoding="utf-8")
    _, out, _ = folkmoot("electorate", *words, "--placements", placements, "--json")
    after = json.loads(out)["entries"]
    assert (after["undecided"], after["unplaced"]) == (0, 0)
    assert after["in_area"] == before["in_area"] + len(opened) - 1
    assert after["outside"] == before["outside"] + 1


@pytest.mark.rule("T-43")
def test_names_and_anonymous_homes_turn_up_nowhere(folkmoot, register, tmp_path):
    secret = "7 Hollyhock Rise"
    uprn = (TABLES / "uprn.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")
    path = register(
        f"PE1,1,0,,,{SURNAME},{FORENAME},ZZ4 1AA,1 Mill Lane,,,,,,{uprn[0]}",
        f"PE1,2,0,,31/02/2027,{SURNAME},{FORENAME},ZZ4 1AA,1 Mill Lane,,,,,,",
        f"PE1,,0,,,{SURNAME},{FORENAME},ZZ4 1AA,1 Mill Lane,,,,,,",
        f"CH1,903,0,N,,{SURNAME},{FORENAME},ZZ4 1AA,{secret},,,,,,{uprn[0]}",
        f'PE1,4,0,,,"{SURNAME},{FORENAME},ZZ4 1AA,1 Mill Lane,,,,,,',
        header=f"{HEADER},UPRN",
    )
    report, ledger = tmp_path / "report.html", tmp_path / "ledger.csv"
    words = [AREA, "--register", path, *POINTS, *DISTRICTS, *POLL, "--report", report, "--ledger", ledger]
    status, out, err = folkmoot("electorate", *words)
    assert status == 1
    _, document, _ = folkmoot("electorate", *words, "--json")
    everything = "\n".join([out, err, document, report.read_text(encoding="utf-8"), ledger.read_text(encoding="utf-8")])
    assert "CH1-903" in everything
    assert "could not be read" in everything
    for hidden in (SURNAME, FORENAME, secret, uprn[0], uprn[1], uprn[2]):
        assert hidden.casefold() not in everything.casefold()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"--register": "none.csv"}, "cannot be opened", id="no such register"),
        pytest.param({"--poll-date": "4/2/2027"}, "--poll-date", id="a date in another form"),
        pytest.param({"--locations": "empty.csv"}, "is empty", id="empty locations"),
        pytest.param({"--placements": "bad.csv"}, "line 2 cannot be used", id="placements without a reason"),
        pytest.param(
            {"--accuracy": "roof=1"}, "--accuracy roof=1 is not understood", id="an accuracy of nothing known"
        ),
        pytest.param({"--map": "prefix"}, "--map is not understood", id="a mapping without columns"),
        pytest.param({"--polling-districts": "crossed.geojson", "--district-column": "x"}, "x", id="no such column"),
        pytest.param({"area": "crossed.geojson"}, "not a valid area", id="an area that crosses itself"),
    ],
)
def test_bad_input_is_one_line_and_status_2(folkmoot, register, tmp_path, change, words):
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "bad.csv").write_text("number,decision,reason\nPE1-1,in,\n", encoding="utf-8")
    ring = [[-2.5, 52.35], [-2.49, 52.36], [-2.49, 52.35], [-2.5, 52.36], [-2.5, 52.35]]
    crossed = {"type": "Feature", "properties": {"code": "A"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (tmp_path / "crossed.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [crossed]}), encoding="utf-8"
    )
    files = {"--register": register("PE1,1,0,,,Q,Z,ZZ4 1AA,1 Mill Lane,,,,,"), "--poll-date": "2027-02-04"}
    area = tmp_path / change["area"] if "area" in change else AREA
    for option, value in change.items():
        if option != "area":
            files[option] = tmp_path / value if value.endswith(("csv", "json")) else value
    status, out, err = folkmoot("electorate", area, *(word for pair in files.items() for word in pair), "--json")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_an_unknown_layout_by_mapping(folkmoot, register):
    path = register("PE1,1,Q", "PE1,2,Q", header="Part,No,Voter")
    words = ["--register", path, *DISTRICTS, *POLL, "--json", "--map", "prefix=Part,number=No"]
    status, out, _ = folkmoot("electorate", AREA, *words)
    assert (status, json.loads(out)["entitled"], json.loads(out)["register"]["layout"]) == (0, 2, "mapped")


def test_the_report_is_one_page_that_fetches_nothing(folkmoot, tmp_path):
    report = tmp_path / "report.html"
    words = [AREA, "--register", TABLES / "register.csv", *POINTS, *DISTRICTS, *POLL, "--report", report]
    assert folkmoot("electorate", *words)[0] == 0
    page = report.read_text(encoding="utf-8")
    assert "fewer than 10" in page
    assert 'lang="en-GB"' in page
    assert not [
        part
        for part in ('src="http', "src='http", 'href="http', "@import", "<link")
        if part in page.split("<script>")[0]
    ]
    assert "cdn" not in page.casefold()


def test_a_work_list_filled_in_is_given_back_as_placements(folkmoot, tmp_path):
    work, filled = tmp_path / "work.csv", tmp_path / "filled.csv"
    words = [AREA, "--register", TABLES / "register.csv", *POINTS, *POSTCODES, *DISTRICTS, *POLL]
    _, out, _ = folkmoot("electorate", *words, "--work-list", work, "--json")
    before = json.loads(out)["entries"]
    with work.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == before["undecided"] + before["unplaced"]
    places = [(line["polling_district"], line["street"]) for line in lines]
    assert places == sorted(places)
    for line in lines[1:]:
        line.update(decision="out", reason="seen on the map")
    with filled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    _, out, _ = folkmoot("electorate", *words, "--placements", filled, "--json")
    after = json.loads(out)["entries"]
    assert after["undecided"] + after["unplaced"] == 1
    assert after["outside"] == before["outside"] + len(lines) - 1


@pytest.mark.rule("REF-4")
def test_an_area_across_councils_is_split_and_the_lead_named(folkmoot):
    area = [MAP / "neighbourhood_areas.geojson", "--feature", "withenbourne-ambry"]
    words = ["--register", TABLES / "register.csv", *POINTS, *DISTRICTS, *POLL, "--json"]
    _, out, _ = folkmoot("electorate", *area, *words, "--councils", MAP / "relevant_councils.geojson")
    [finding] = [one for one in json.loads(out)["findings"] if one["code"] == "portions"]
    assert "E07999001 has the most and appoints the Chief Counting Officer" in finding["message"]


@pytest.mark.rule("ELEC-12")
def test_alterations_change_the_count(folkmoot, register):
    full = register("PE1,1,0,,,Q,Z,ZZ4 1AA,1 Mill Lane,,,,,", "PE1,2,0,,,Q,Z,ZZ4 1AA,1 Mill Lane,,,,,")
    update = register(
        "C,1,D,S,1 Mill Lane,,,,,ZZ4 1AA,,1,PE1-1,Z,Q,,0,0,3,,1,3,3",
        "C,1,D,S,1 Mill Lane,,,,,ZZ4 1AA,,1,PE1-2/1,Z,Q,,3,0,0,,2,3,3",
        "C,1,D,S,1 Mill Lane,,,,,ZZ4 1AA,,1,PE1-3,Z,Q,,3,0,0,F,3,3,3",
        header="CompanyName,CompanyOPCSRef,DistrictRef,StreetName,PropertyAddress1,PropertyAddress2,PropertyAddress3,"
        "PropertyAddress4,PropertyAddress5,PropertyPostCode,PropertyAddressPrefix,PropertyAddressNumber,ElectorNumber,"
        "ElectorForename,ElectorSurname,ElectorDOB,ElectorCreatedMonth,ElectorChangedMonth,ElectorDeletedMonth,"
        "MarkersRegisterText,RecordCount,RecordTotal,CurrentRegisterMonth",
        name="march.csv",
    )
    words = [AREA, "--register", full, "--alterations", update, *DISTRICTS, *POLL, "--json"]
    status, out, _ = folkmoot("electorate", *words)
    document = json.loads(out)
    assert (status, document["entries"]["read"], document["entitled"]) == (0, 3, 2)
    assert [file["name"] for file in document["register"]["files"]] == ["register.csv", "march.csv"]


def test_several_files_may_follow_one_option(folkmoot):
    words = [AREA, "--register", TABLES / "register.csv", *DISTRICTS, *POLL, "--json"]
    files = [TABLES / "uprn.csv", TABLES / "properties.csv"]
    assert folkmoot("electorate", *words, "--locations", *files) == folkmoot("electorate", *words, *POINTS)
