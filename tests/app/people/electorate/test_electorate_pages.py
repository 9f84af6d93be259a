"""What electoral officers see and do: files, work lists, decisions, frozen counts; nothing of another council's."""

import csv
import io
import time

import pytest

from app.audit import documents, verify
from app.db import reading
from app.services.record import state_faults

pytestmark = pytest.mark.database
BASE = "/electorate/NR-000001"


@pytest.fixture
def officer(poll, make_person, browser):
    browser.sign_in(make_person("electoral", "electoral-officer"))
    return browser


@pytest.fixture
def send(officer):
    """Sends files as the form does and waits until the import is over."""

    def sent(kind, *paths, as_at="2026-12-01", **fields):
        files = [("files", (path.name, path.read_bytes())) for path in paths]
        typed = {"kind": kind, "as_at": as_at, **fields}
        answer = officer.post("/electorate/imports/new", typed, files=files)
        if answer.status_code != 303:
            return answer
        page = answer.headers["location"]
        for _ in range(200):
            if officer.get(f"{page}.json").json()["is_over"]:
                break
            time.sleep(0.02)
        return officer.get(page)

    return sent


@pytest.fixture
def imported(send, papers):
    assert "Done" in send("locations", *papers.locations).text
    page = send("full", papers.register)
    assert "Done" in page.text
    return page


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_register_is_imported_behind_a_page_that_tells_how_far_it_is(officer, imported, send, papers):
    assert "11" in imported.text
    assert "the elector number cannot be read" in imported.text
    assert table(officer.get("/electorate/registers/1/unreadable.csv")) == [
        {"file": "register.csv", "line": "12", "reason": "the elector number cannot be read"}
    ]
    home = officer.get("/electorate").text
    assert "1 December 2026" in home
    update = send("update", papers.update, as_at="2027-01-01")
    assert "Alterations that did not fit" in update.text
    assert "HB1-99 is deleted but was not there" in officer.get("/electorate/registers/2").text
    assert "Register 1</a> with a monthly update" in officer.get("/electorate/registers/2").text


@pytest.mark.parametrize(
    ("kind", "names", "fields", "words"),
    [
        pytest.param("full", [], {}, "Choose at least one file", id="no file"),
        pytest.param("full", ["register"], {"as_at": "soon"}, "is no date", id="no day"),
        pytest.param("full", ["register"], {"mapping": "prefix"}, "prefix=COLUMN", id="no mapping"),
        pytest.param("full", ["uprns"], {}, "No header of a register", id="no register"),
        pytest.param("update", ["update"], {}, "import the full register first", id="nothing to alter"),
        pytest.param("locations", ["area"], {}, "no known file of locations", id="no locations"),
    ],
)
def test_what_cannot_be_imported_says_why_and_stores_nothing(*, officer, send, papers, kind, names, fields, words):
    answer = send(kind, *(getattr(papers, name) for name in names), **fields)
    assert words in answer.text.replace("&#39;", "'")
    assert "There is no register here yet" in officer.get("/electorate").text


def test_the_task_list_says_what_is_left(officer, imported):
    page = officer.get(BASE).text
    assert "2 of 13 steps done" in page
    assert "2 too near the line, 1 without a place" in page.replace("\n", " ")


def test_open_entries_are_listed_by_street_and_decided_one_by_one(officer, imported):
    page = officer.get(f"{BASE}/work").text
    assert "HB1, Birch Road" in page
    assert "HB1, Elm Close" in page
    assert "Quillfeather" not in page
    form = f"{BASE}/entry?number=HB1-6"
    refused = officer.post(f"{BASE}/entry", {"number": "HB1-6", "decision": "in", "reason": " "}, on=form)
    assert refused.status_code == 422
    assert "Say why" in refused.text
    assert 'value="in" checked' in refused.text
    decided = officer.post(
        f"{BASE}/entry", {"number": "HB1-6", "decision": "in", "reason": "gate in Elm Close"}, on=form
    )
    assert decided.headers["location"] == f"{BASE}/work?district=HB1&kept=HB1-6"
    assert "HB1-6 is kept" in officer.get(decided.headers["location"]).text
    assert "2 to decide" in officer.get(f"{BASE}/work").text
    assert "gate in Elm Close" in officer.get(f"{BASE}/placements").text
    told = {"number": "HB1-4", "decision": "out", "reason": "lives elsewhere", "then": "next"}
    following = officer.post(f"{BASE}/entry", told, on=f"{BASE}/entry?number=HB1-4")
    assert following.headers["location"] == f"{BASE}/entry?number=HB1-3&kept=HB1-4"
    assert officer.get(f"{BASE}/entry?number=HB1-77").status_code == 404


def test_a_work_list_goes_out_is_filled_in_and_comes_back(officer, imported):
    rows = table(officer.get(f"{BASE}/work.csv"))
    assert [(row["polling_district"], row["street"], row["number"]) for row in rows] == [
        ("HB1", "", "HB1-4"),
        ("HB1", "BIRCH ROAD", "HB1-3"),
        ("HB1", "ELM CLOSE", "HB1-6"),
    ]
    filled = io.StringIO()
    writer = csv.DictWriter(filled, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows([{**row, "decision": "in", "reason": "seen on site"} for row in rows])
    bad = filled.getvalue().replace("HB1-6", "HB1-66")
    refused = officer.post(f"{BASE}/work", files={"file": ("work.csv", bad.encode())})
    assert refused.status_code == 422
    assert "HB1-66" in refused.text
    assert "3 to decide" in refused.text
    sent = officer.post(f"{BASE}/work", files={"file": ("work.csv", filled.getvalue().encode())})
    assert sent.headers["location"] == f"{BASE}/placements"
    assert "Nothing is open" in officer.get(f"{BASE}/work").text


@pytest.mark.rule("T-43")
def test_no_page_map_or_table_tells_where_an_anonymous_elector_lives(officer, imported):
    addresses = [f"{BASE}/{name}" for name in ("work", "work.csv", "work.geojson", "live", "ledger.csv", "live.json")]
    shown = {address: officer.get(address).text for address in (*addresses, f"{BASE}/districts.geojson")}
    lines = [row for row in table(officer.get(f"{BASE}/ledger.csv")) if row["number"] == "HA1-2"]
    assert [(row["decision"], row["reason"]) for row in lines] == [
        ("in_area", "the whole polling district lies in the area")
    ]
    east_of_anonymous = "400600"
    assert not [address for address, text in shown.items() if east_of_anonymous in text]
    circles = officer.get(f"{BASE}/work.geojson").json()["features"]
    assert [each["id"] for each in circles] == ["area", "district-HB1", "HB1-3", "HB1-6"]


def test_the_live_count_is_shown_and_frozen_and_comes_out_the_same(officer, imported, engine):
    live = officer.get(f"{BASE}/live.json").json()
    assert live["schema"] == "folkmoot.electorate/1"
    assert table(officer.get(f"{BASE}/districts.csv"))[1]["code"] == "HB1"
    page = officer.get(f"{BASE}/freeze").text
    assert "3 entries are still open" in page
    frozen = officer.post(f"{BASE}/freeze", {"snapshot": "E0", "register_id": "1"})
    assert frozen.headers["location"] == f"{BASE}/counts/E0"
    kept = officer.get(f"{BASE}/counts/E0?again=true").text
    assert "every byte is the same" in kept
    assert "england-" in kept
    again = officer.post(f"{BASE}/freeze", {"snapshot": "E0", "register_id": "1"})
    assert again.status_code == 422
    assert "never counted again" in again.text
    assert "3 of 13 steps done" in officer.get(BASE).text
    with reading(engine) as session:
        assert not [fault for fault in state_faults(session) if fault.subject not in {"NA-000001", "NP-000001"}]
        assert verify(session).faults == ()


@pytest.mark.parametrize("path", ["", "/live", "/work", "/work.csv", "/placements", "/freeze", "/ledger.csv"])
def test_another_council_sees_nothing_of_it(imported, make_person, make_browser, path):
    other = make_browser()
    other.sign_in(make_person("next-door", "electoral-officer", "E07999102"))
    assert other.get(f"{BASE}{path}").status_code in {403, 404}
    assert other.get("/electorate/registers/1").status_code == 403
    assert other.get("/electorate/imports/1").status_code == 404
    assert "register.csv" not in other.get("/electorate").text


@pytest.mark.parametrize("role", ["planning-officer", "counting-officer"])
def test_only_electoral_officers_get_here(imported, make_person, make_browser, role):
    other = make_browser()
    other.sign_in(make_person("planner", role))
    assert other.get(f"{BASE}/work").status_code == 403


def test_no_name_reaches_page_record_log_database_or_disk(
    *, officer, send, papers, planted, engine, tmp_path, capfd, monkeypatch
):
    """Every door that takes a register is tried with good and bad files; then everything left behind is searched."""
    drop = tmp_path / "temporary"
    drop.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(drop))
    broken = papers.folder / "broken.csv"
    broken.write_text("Quillfeather,Zephyrine,HA1,1\nWobblethwaite,Octavius,HA1,2\n", "utf-8")
    unclosed = papers.folder / "unclosed.csv"
    unclosed.write_text(
        papers.register.read_text("utf-8") + 'HA1,9,0,,,"Quillfeather,Zephyrine,ZZ1 1AA,1,2,3,\n', "utf-8"
    )
    answers = [
        send("locations", *papers.locations),
        send("full", broken),
        send("full", unclosed),
        send("update", papers.update, as_at="2027-01-01"),
        send("update", papers.register, as_at="2027-01-01"),
        send("locations", broken),
        officer.post(f"{BASE}/work", files={"file": ("work.csv", broken.read_bytes())}),
        officer.get(f"{BASE}/live"),
        officer.get(f"{BASE}/ledger.csv"),
        officer.get(f"{BASE}/work"),
        officer.get("/electorate"),
    ]
    papers_gone = {path.name for path in papers.folder.iterdir()}
    for path in papers.folder.iterdir():
        path.unlink()
    out = capfd.readouterr()
    with reading(engine) as session:
        told = [str(list(documents(session)))]
    left = [path.read_bytes().decode("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file()]
    with engine.connect() as connection:
        rows = [
            str(connection.exec_driver_sql(f"SELECT * FROM {name}").all())
            for name in ("register", "register_entry", "register_import", "elector_placement", "audit_event")
        ]
    everything = "\n".join([*(answer.text for answer in answers), out.out, out.err, *told, *left, *rows]).casefold()
    assert "birch road" in everything
    assert [name for name in planted if name.casefold() in everything] == []
    assert papers_gone
    assert list(drop.rglob("*")) == []
