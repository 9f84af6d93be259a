"""The business voting register: one vote a business, no name kept, counts frozen, the limit of the whole referendum."""

from decimal import Decimal

import pytest

from app.audit import documents, verify
from app.db import reading, writing
from app.secrets import address_secret
from app.services.business_counts import freeze_business
from app.services.business_counts import whole_expenses_limit as limit_of
from app.services.business_standing import business_document, business_standing
from app.services.electorates import freeze_electorate
from app.services.record import state_faults
from app.services.referendums import referendum_by_reference
from app.services.registers import import_register
from app.services.registers_locations import LocationUpload, import_locations
from referendum.law import expenses_limit_gbp

pytestmark = pytest.mark.database
BASE = "/electorate/NR-000001/business"
LIST = (
    "ratepayer_reference,ratepayer,hereditament_address,postcode,uprn,state_date\n"
    'N1,Quillfeather Crafts Ltd,"1 Birch Road, Birch",ZZ1 1AB,100011,2026-11-12\n'
    'N2,The Quillfeather Crafts Limited,"1 Mill Lane, Alder",ZZ1 1AA,100001,2026-11-12\n'
    'N3,Zephyrine Wobblethwaite,"5 Birch Road, Birch",ZZ1 1AB,,2026-11-12\n'
    'N4,Octavius Bakers Ltd,"3 Birch Road, Birch",ZZ1 1AB,100013,2026-11-12\n'
    'N5,Far Away plc,"2 Birch Road, Birch",ZZ1 1AB,100012,2026-11-12\n'
    'N6,,"9 Birch Road, Birch",ZZ1 1AB,,2026-11-12\n'
    'N7,Nowhere LLP,"1 Lost Lane",,,2026-11-12\n'
)
FORMS = {
    "holder": "N1",
    "voter": "V-1",
    "born_on": "1980-05-01",
    "citizen": "yes",
    "received_on": "2026-12-01",
    "received_time": "16:30",
}


@pytest.fixture
def officer(*, poll, make_person, browser, peopled, papers, settings, officers_deed):

    upload = LocationUpload(authority_code="E07999101", paths=papers.locations, address_secret=address_secret(settings))
    with writing(peopled) as session:
        import_locations(session, officers_deed, upload)
    browser.sign_in(make_person("electoral", "electoral-officer"))
    return browser


@pytest.fixture
def listed(officer):
    sent = officer.post(f"{BASE}/list", files={"file": ("ratepayers.csv", LIST.encode())}, on=BASE)
    assert sent.status_code == 303, sent.text
    return officer


def test_a_list_becomes_businesses_with_one_vote_each(listed):
    page = listed.get(BASE).text
    assert "Line 7: the ratepayer is missing" in page
    assert "2 premises are too near the line or have no known place" in page
    for position, answer in ((3, "in"), (5, "out")):
        fields = {"position": str(position), "decision": answer, "reason": "seen on the plan"}
        assert listed.post(f"{BASE}/premises", fields, on=BASE).status_code == 303
    again = listed.get(BASE).text
    assert "Every line is placed" in again
    assert "5 of" not in again


def document(engine, clock):
    with reading(engine) as session:
        referendum = referendum_by_reference(session, "NR-000001")
        standing = business_standing(session, referendum, clock.at)
        return business_document(referendum, standing)


@pytest.mark.rule("BUS-3")
def test_one_body_under_two_accounts_has_one_vote(listed, peopled, moving_clock):
    found = document(peopled, moving_clock)
    assert found["hereditaments"] == {"read": 6, "in_area": 3, "outside": 1, "undecided": 1, "unplaced": 1}
    assert found["holders"] == 2
    assert listed.post(f"{BASE}/registrations", FORMS, on=BASE).status_code == 303
    second = FORMS | {"holder": "N2", "voter": "V-2"}
    assert listed.post(f"{BASE}/registrations", second, on=BASE).status_code == 303
    late = FORMS | {"holder": "N3", "voter": "V-3", "received_on": "2027-02-01"}
    assert listed.post(f"{BASE}/registrations", late, on=BASE).status_code == 303
    found = document(peopled, moving_clock)
    assert (found["entries"], found["refused"]) == (1, {"second_for_holder": 1, "too_late": 1})
    struck = {"number": "1", "reason": "the wrong form"}
    assert listed.post(f"{BASE}/struck", struck, on=BASE).status_code == 303
    found = document(peopled, moving_clock)
    assert (found["entries"], found["refused"]) == (1, {"too_late": 1})
    with reading(peopled) as session:
        assert not [fault for fault in state_faults(session) if fault.subject not in {"NA-000001", "NP-000001"}]
        assert verify(session).faults == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"holder": " "}, "Give the holder"),
        ({"citizen": ""}, "by nationality"),
        ({"born_on": "1.5.1980"}, "is no date"),
        ({"born_on": "9990-05-01"}, "Nobody who votes was born on 01/05/9990"),
        ({"received_time": "noon"}, "hours and minutes"),
    ],
)
def test_a_refused_registration_keeps_what_was_typed(listed, changes, words):
    answer = listed.post(f"{BASE}/registrations", FORMS | changes, on=BASE)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="V-1"' in answer.text


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"a,b\n1,2\n", "no list of ratepayers"), (LIST.encode(), "stored already")],
)
def test_a_list_that_cannot_be_used_is_refused(listed, content, words):
    answer = listed.post(f"{BASE}/list", files={"file": ("list.csv", content)}, on=BASE)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.rule("REF-18")
def test_the_expenses_limit_of_the_whole_referendum_counts_both_polls(
    listed, peopled, officers_deed, register_files, moving_clock
):
    with writing(peopled) as session:
        register = import_register(session, officers_deed, register_files).id
        residents = freeze_electorate(session, officers_deed, "NR-000001", snapshot="E0", register_id=register)
        entries = residents.entries_in_area - residents.document["not_entitled"]["overseas"]
        referendum = referendum_by_reference(session, "NR-000001")
        assert limit_of(session, referendum) is None
        business = freeze_business(session, officers_deed, "NR-000001", snapshot="E0")
        assert limit_of(session, referendum) == expenses_limit_gbp(entries + business.holders)
        assert limit_of(session, referendum) == Decimal("2362.41")
    page = listed.get(BASE).text
    assert "£2,362.41" in page
    refused = listed.post(f"{BASE}/freeze", {"snapshot": "E0"}, on=BASE)
    assert "never counted again" in refused.text


def test_no_name_of_a_ratepayer_is_kept_or_shown(listed, planted, peopled, tmp_path, capfd):
    listed.post(f"{BASE}/list", files={"file": ("bad.csv", LIST.replace("ratepayer,", "x,").encode())}, on=BASE)
    with reading(peopled) as session:
        told = str(list(documents(session)))
    with peopled.connect() as connection:
        rows = [
            str(connection.exec_driver_sql(f"SELECT * FROM {name}").all())
            for name in ("ratepayer_list", "ratepayer_liability", "audit_event")
        ]
    left = [path.read_bytes().decode("utf-8", "replace") for path in (tmp_path / "data").rglob("*") if path.is_file()]
    database = tmp_path / "folkmoot.sqlite"
    left += [database.read_bytes().decode("utf-8", "replace")] if database.exists() else []
    out = capfd.readouterr()
    everything = "\n".join([told, *rows, *left, out.out, out.err, listed.get(BASE).text]).casefold()
    assert "birch road" in everything
    assert [name for name in planted if name.casefold() in everything] == []


def test_another_council_sees_nothing_of_it(listed, make_person, make_browser):
    other = make_browser()
    other.sign_in(make_person("next-door", "electoral-officer", "E07999102"))
    assert other.get(BASE).status_code == 403
