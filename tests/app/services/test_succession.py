"""A new authority in the place of old ones: what it has afterwards, what stays as it happened, what is refused."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import jsonschema
import pytest
from sqlalchemy import select

from app.api.documents import get_schema
from app.audit import Actor, Deed, verify
from app.cli.main import main
from app.db import reading, writing
from app.errors import ConflictError, InvalidRequestError, NotAllowedError, NotFoundError
from app.models import (
    Base,
    Boundary,
    BoundaryKind,
    CountPortion,
    ElectorateCount,
    OrganisationKind,
    Referendum,
    RoleHeld,
)
from app.queries.successions import answers_now, taken_over_by
from app.roles import Role
from app.services.electorates import is_same_when_counted_again
from app.services.example import load_example
from app.services.example_people import load_people
from app.services.organisations import OrganisationFacts, add_organisation
from app.services.record import state_faults
from app.services.roles import make_token
from app.services.succession_facts import SuccessionFacts
from app.services.successions import succeed

OPERATOR = Actor(name="command line (test)", role="operator")
TODAY = Deed(by=OPERATOR, at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
WENDLE = SuccessionFacts(
    old_codes=("E07999001", "E07999002"), code="E06999001", name="Wendle Council", on=date(2026, 12, 1)
)
WEST = SuccessionFacts(old_codes=("E07999101",), code="E06999101", name="Newshire", on=date(2026, 7, 1))


def everything(engine):
    """Every row of every table by its key."""
    with reading(engine) as session:
        return {
            table.name: {
                tuple(getattr(row, key.name) for key in table.primary_key): dict(row._mapping)
                for row in session.execute(select(table))
            }
            for table in Base.metadata.sorted_tables
        }


def changes(before, after):
    """For each table: the columns that changed in rows there before, how many rows are new, how many are gone."""
    found = {}
    for name, rows in before.items():
        columns = {
            column
            for key in rows.keys() & after[name].keys()
            for column, value in rows[key].items()
            if value != after[name][key][column]
        }
        told = sorted(columns), len(after[name].keys() - rows.keys()), len(rows.keys() - after[name].keys())
        if told != ([], 0, 0):
            found[name] = told
    return found


@pytest.fixture
def example(engine):
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the addresses of tests")
        load_people(session, service_secret=b"a secret for the service of tests")
    return engine


def is_whole(session):
    """The record is as it was written, and the tables hold what it says."""
    assert verify(session).faults == ()
    assert state_faults(session) == []


def leads_on(client):
    """An old authority's address leads to its successor's, where its plans are."""
    for way in ("/development-plan/E07999001.json?on=2026-11-30", "/api/v1/development-plan/E07999001"):
        sent_on = client.get(way, follow_redirects=False)
        assert (sent_on.status_code, sent_on.headers["location"]) == (308, way.replace("E07999001", "E06999001"))
        told = client.get(way)
        assert told.json()["authority"]["reference"] == "E06999001"
        assert "Brindlecombe Neighbourhood Plan" in told.text


@pytest.mark.database
def test_two_councils_of_the_example_become_one(example, client):
    with writing(example) as session:
        held = session.scalars(
            select(RoleHeld).where(RoleHeld.role == Role.PLANNING_OFFICER.value, RoleHeld.ended_at.is_(None))
        ).first()
        assert held.organisation.code == "E07999001"
        token = make_token(session, Deed(by=OPERATOR, at=datetime(2026, 7, 1, tzinfo=UTC)), held, "a program")
    before = everything(example)
    with writing(example) as session:
        ahead = succeed(session, TODAY, WENDLE, ahead=True)
        session.rollback()
    assert everything(example) == before
    with writing(example) as session:
        done = succeed(session, TODAY, WENDLE)
    assert done == ahead
    after = everything(example)

    told = changes(before, after)
    new_boundaries = told.pop("boundary")
    new_roles, events = told.pop("role_held"), told.pop("audit_event")
    assert new_boundaries == (["valid_until"], 42, 0)
    assert new_roles[0] == ["ended_at"]
    assert new_roles[1] == len(done.homes["roles"])
    assert events[0] == []
    assert told == {
        "access_token": (["role_id"], 0, 0),
        "area_application": (["verdict"], 0, 0),
        "consultation": (["held_by"], 0, 0),
        "count_file": (["authority_code"], 0, 0),
        "development_document": (["authority_code"], 0, 0),
        "development_plan_entry": (["authority_code"], 0, 0),
        "location_file": (["authority_code"], 0, 0),
        "organisation": ([], 1, 0),
        "referendum": (["authority", "council", "question"], 0, 0),
        "register": (["authority_code"], 0, 0),
    }
    gone = {"E07999001", "E07999002"}
    left = {name for name, rows in after.items() if any(row.get("authority_code") in gone for row in rows.values())}
    assert left == {"area_decision", "forum_decision", "boundary"}
    declared = {row["referendum_id"] for row in after["declaration"].values()}
    for (key,), row in after["referendum"].items():
        was = before["referendum"][key,]
        assert (row == was) == (key in declared or was["council"] not in {*done.names.values()})
        if row != was:
            assert (row["authority"], row["council"]) == ("Wendle Council", "Wendle Council")
            assert "Wendle Council" in row["question"]
    verdicts = [row["verdict"]["authorities"] for row in after["area_application"].values()]
    assert all(len({each["code"] for each in told}) == len(told) for told in verdicts)
    assert {each["code"] for told in verdicts for each in told} & gone == set()

    with reading(example) as session:
        for count in session.scalars(select(ElectorateCount)):
            poll = session.get(Referendum, count.referendum_id)
            assert is_same_when_counted_again(session, poll, count)
        is_whole(session)
        assert answers_now(session, "E07999002") == "E06999001"
        names = {"Aldermere District Council", "Wyrecombe Borough Council"}
        assert taken_over_by(session, "E06999001") == gone | names

    client.headers["Authorization"] = f"Bearer {token}"
    decision = {
        "authority_code": "E06999001",
        "outcome": "designate",
        "decided_on": "2026-12-02",
        "reasons": "Nether and Over Wendle are one place.",
        "is_business_area": False,
        "business_area_reasons": "Homes and fields.",
    }
    reference = next(row["reference"] for row in after["neighbourhood_area"].values() if row["status"] == "applied")
    decided = client.post(f"/api/v1/areas/{reference}/decisions", json=decision)
    assert (decided.status_code, decided.json()["status"]) == (200, "designated"), decided.text
    assert client.get(f"/areas/{reference}").status_code == 200
    del client.headers["Authorization"]
    leads_on(client)
    with reading(example) as session:
        is_whole(session)


def after_all(engine, facts=WEST, deed=TODAY, **options):
    with writing(engine) as session:
        return succeed(session, deed, facts, **options)


def test_what_is_refused_changes_nothing(district, shapes, arrange_poll):
    arrange_poll(district)
    with writing(district) as session:
        add_organisation(
            session, TODAY, OrganisationFacts(code="E06999105", name="Other", kind=OrganisationKind.AUTHORITY)
        )
        session.add(
            Boundary(
                kind=BoundaryKind.AUTHORITY.value,
                code="E06999109",
                name="Wider",
                valid_from=date(2026, 4, 1),
                source="drawn for a test",
                imported_at=TODAY.at,
                geometry=shapes.square(0, 0, 3, 2),
            )
        )
    officer = replace(TODAY, by=replace(OPERATOR, organisation="E07999101"))
    cases = [
        (WEST, officer, NotAllowedError, "Only whoever runs the service"),
        (replace(WEST, on=date(2027, 4, 1)), TODAY, InvalidRequestError, "still to come"),
        (replace(WEST, on=date(2015, 4, 1)), TODAY, ConflictError, "stands only from"),
        (replace(WEST, old_codes=("E07999199",)), TODAY, NotFoundError, "No authority E07999199 is stored"),
        (replace(WEST, old_codes=("E07999101", "E07999101")), TODAY, InvalidRequestError, "each old authority once"),
        (replace(WEST, code="E07999101"), TODAY, InvalidRequestError, "a code of its own"),
        (replace(WEST, name=" "), TODAY, InvalidRequestError, "needs a name"),
        (replace(WEST, code="E06999105"), TODAY, ConflictError, "E06999105 already is Other"),
        (replace(WEST, name="Other"), TODAY, ConflictError, "E06999105 already has the name Other"),
        (replace(WEST, code="E06999109", name="Wider"), TODAY, ConflictError, "covers other land than Westshire"),
    ]
    before = everything(district)
    for facts, deed, error, words in cases:
        with pytest.raises(error, match=words):
            after_all(district, facts, deed)
        assert everything(district) == before, words


def test_a_poll_that_is_being_counted_is_finished_first(district, arrange_poll):
    arrange_poll(district)
    with writing(district) as session:
        poll = session.scalars(select(Referendum)).one()
        poll.portions.append(
            CountPortion(
                poll="residential", council="Westshire", round=1, state="counting", stations=[], postal_sessions=0
            )
        )
    with pytest.raises(ConflictError, match=r"NR-000901 is being counted: declare the result"):
        after_all(district)


def test_a_successor_is_succeeded_in_its_turn_and_a_new_code_may_keep_the_name(district):
    with writing(district) as session:
        add_organisation(
            session, TODAY, OrganisationFacts(code="E07999101", name="Westshire", kind=OrganisationKind.AUTHORITY)
        )
    after_all(district, replace(WEST, name="Westshire"))
    with pytest.raises(ConflictError, match=r"Westshire \(E06999101\) took the place of E07999101"):
        after_all(district)
    both = SuccessionFacts(
        old_codes=("E06999101", "E07999102"), code="E06999102", name="Bothshire", on=date(2026, 11, 1)
    )
    after_all(district, both)
    with reading(district) as session:
        assert answers_now(session, "E07999101") == "E06999102"
        assert taken_over_by(session, "E06999102") >= {"E07999101", "E06999101", "E07999102", "Westshire"}
        rows = session.scalars(select(Boundary).where(Boundary.kind == BoundaryKind.AUTHORITY.value))
        standing = {row.code: row.geometry.area for row in rows if row.valid_until is None}
        assert standing == {"E06999102": 8_000_000.0}


def test_the_command_looks_ahead_and_then_does_it(monkeypatch, capsys, tmp_path, district):
    monkeypatch.setenv("FOLKMOOT_DATABASE_URL", district.url.render_as_string(hide_password=False))
    monkeypatch.setenv("FOLKMOOT_DATA_FOLDER", str(tmp_path))

    def folkmoot(*words):
        monkeypatch.setattr("sys.argv", ["folkmoot", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    words = ["succeed", "E07999101, E07999102", "E06999101", "--name", "Newshire", "--on", "2026-04-01"]
    before = everything(district)
    status, out, err = folkmoot(*words, "--dry-run")
    assert (status, err) == (0, "")
    assert out.startswith("Newshire (E06999101) would take the place of Westshire (E07999101) and Eastshire")
    assert out.endswith("Nothing is changed.\n")
    assert everything(district) == before
    status, out, err = folkmoot(*words, "--json")
    assert (status, err) == (0, "")
    jsonschema.validate(json.loads(out), get_schema("folkmoot.succession", 1))
    status, out, err = folkmoot(*words)
    assert (status, out) == (2, "")
    assert err.startswith("folkmoot: Newshire (E06999101) took the place of E07999101")
    with reading(district) as session:
        assert verify(session).faults == ()
