"""Every declared referendum of the example leaves the service with its proof, and the proof is checked from outside."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.audit import Actor, Deed, EventKind, record
from app.db import writing
from app.models import Referendum
from app.services.example import load_example

pytestmark = pytest.mark.database


@pytest.fixture
def polls(engine):
    """References of the example's referendums: declared, and still to be declared."""
    with writing(engine) as session:
        load_example(session, address_secret=b"a secret for the addresses of tests")
        rows = session.scalars(select(Referendum)).all()
        return {
            is_declared: [row.reference for row in rows if (row.declaration is not None) == is_declared]
            for is_declared in (True, False)
        }


def checked(bundle, path):
    path.write_text(json.dumps(bundle), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "referendum.verify", str(path)], capture_output=True, text=True, check=False
    )


@pytest.mark.rule("COUNT-12", "COUNT-15", "COUNT-16")
def test_every_declared_result_is_proved_from_outside_and_a_changed_figure_is_named(client, polls, tmp_path):
    assert len(polls[True]) > 2
    for reference in polls[True]:
        bundle = client.get(f"/api/v1/referendums/{reference}/bundle").json()
        good = checked(bundle, tmp_path / "good.json")
        assert good.returncode == 0, good.stdout
        absent = {line.split()[1] for line in good.stdout.splitlines() if line.startswith("absent")}
        assert absent <= {"electorate:"}
        assert "2 signatures by 2 people" in good.stdout
        kinds = {event["kind"] for event in bundle["audit"] if "kind" in event}
        assert not kinds & {"count:sheet-keyed", "count:sheet-settled"}
        assert {"count:verified", "count:round-confirmed", "count:signed", "result:declared"} <= kinds
        bundle["count"]["polls"]["residential"]["portions"][0]["yes"] += 1
        bad = checked(bundle, tmp_path / "bad.json")
        failed = {line.split()[1] for line in bad.stdout.splitlines() if line.startswith("FAILED")}
        assert bad.returncode == 1
        assert {"seal:", "papers:", "sums:", "rounds:", "declaration:"} <= failed


def test_nothing_of_a_count_leaves_before_its_declaration(client, polls):
    for reference in polls[False]:
        for kind in ("bundle", "results-report"):
            assert client.get(f"/api/v1/referendums/{reference}/{kind}").status_code == 404


def test_the_report_and_the_calendar_are_the_same_whenever_they_are_asked_for(client, polls):
    reference = polls[True][0]
    report = client.get(f"/api/v1/referendums/{reference}/results-report").json()
    assert report["@type"] == "ElectionResults.ElectionReport"
    facts = client.get(f"/api/v1/referendums/{reference}").json()
    calendars = [client.get(f"/api/v1/referendums/{reference}/timetable.ics") for _ in range(2)]
    assert calendars[0].headers["content-type"].startswith("text/calendar")
    assert calendars[0].content == calendars[1].content
    assert calendars[0].text.count("BEGIN:VEVENT") == len(facts["timetable"]["rows"])
    assert client.get("/api/v1/referendums/NR-999999/timetable.ics").status_code == 404


@pytest.mark.parametrize("is_on_record", [False, True], ids=["arranging-not-on-record", "no-timetable"])
def test_a_poll_that_was_never_arranged_in_full_is_told_in_a_sentence(client, engine, arrange_poll, is_on_record):
    arrange_poll(engine)
    base, words = "/api/v1/referendums/NR-000901", "does not say when NR-000901 was arranged"
    if is_on_record:
        words = "No timetable is stored for NR-000901"
        with writing(engine) as session:
            deed = Deed(
                at=datetime(2026, 7, 2, 9, tzinfo=UTC), by=Actor(name="The electoral officer", role="electoral-officer")
            )
            record(session, deed, EventKind.REFERENDUM_ARRANGED, "NR-000901")
    else:
        assert client.get(f"{base}/timetable.ics").status_code == 409
    answer = client.get(f"{base}/documents/notice-of-referendum.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert words in answer.json()["detail"]


def test_the_verifier_that_is_handed_out_checks_a_bundle_away_from_the_program(client, polls, tmp_path):
    reference = polls[True][0]
    page = client.get(f"/referendums/{reference}", headers={"accept": "text/html"}).text
    for address in (f"/api/v1/referendums/{reference}/bundle", "/api/v1/verifier"):
        assert f'href="{address}"' in page
    (tmp_path / "verify.py").write_bytes(client.get("/api/v1/verifier").content)
    (tmp_path / "bundle.json").write_bytes(client.get(f"/api/v1/referendums/{reference}/bundle").content)
    ran = subprocess.run(
        [sys.executable, "-I", "verify.py", "bundle.json"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_each_member_of_a_results_report_is_explained_to_anyone(client, polls):
    explained = {(row["object"], row["member"]) for row in client.get("/api/v1/results-report-fields").json()}
    report = client.get(f"/api/v1/referendums/{polls[True][0]}/results-report").json()
    assert {("ElectionReport", member) for member in report if member != "@type"} <= explained
