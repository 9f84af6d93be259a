"""Past declarations are stored as published, once, with one event; sums that fail are shown and never corrected."""

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from app.audit import documents
from app.cli.main import build
from app.db import reading, writing
from app.services.published_results import import_published_results
from referendum.errors import CountFileError

CSV = b"""area,poll_date,papers_counted,yes,no,rejected_total,source
Sum Parva,2019-05-02,1000,600,390,10,notice
Wrong Magna,2018-05-03,1000,600,395,10,notice
Silent,2017-05-04,,600,395,,news
"""


def schema(name):
    text = files("app.schemas").joinpath(f"folkmoot.{name}-1.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def stored(client, **query):
    return client.get("/api/v1/published-results", params=query).json()["results"]


@pytest.mark.database
@pytest.mark.rule("COUNT-16", "T-29")
def test_t45_a_declaration_that_does_not_add_up_is_stored_as_published(engine, client, deed):
    with writing(engine) as session:
        imported = import_published_results(session, deed, CSV, file="past.csv")
    assert imported.by_status == {"published": 1, "published-incomplete": 1, "published-with-discrepancy": 1}
    (wrong,) = stored(client, status="published-with-discrepancy")
    figures = {name: wrong["figures"][name] for name in ("papers_counted", "yes", "no", "rejected_total")}
    assert figures == {"papers_counted": 1000, "yes": 600, "no": 395, "rejected_total": 10}
    assert "1005" in wrong["findings"][0]["message"].replace(",", "")
    assert [row["area"] for row in stored(client)] == ["Sum Parva", "Wrong Magna", "Silent"]
    schema("published-results").validate(client.get("/api/v1/published-results").json())
    assert client.get("/api/v1/schemas/folkmoot.published-results/1").json() == schema("published-results").schema


@pytest.mark.database
def test_the_same_declaration_is_stored_once_and_each_import_is_one_event(engine, client, deed):
    lines = CSV.splitlines(keepends=True)
    with writing(engine) as session:
        import_published_results(session, deed, CSV, file="past.csv")
        again = import_published_results(session, deed, b"".join([lines[0], *reversed(lines[1:])]), file="again.csv")
    assert (again.added, again.known) == ((), 3)
    with reading(engine) as session:
        events = [(event["kind"], event["subject"]) for event in documents(session)]
    assert events == [("published-results:imported", "past.csv"), ("published-results:imported", "again.csv")]
    assert len(stored(client)) == 3


@pytest.mark.database
def test_one_unreadable_cell_stores_nothing(engine, client, deed):
    with pytest.raises(CountFileError, match="Line 5, column yes"), writing(engine) as session:
        import_published_results(session, deed, CSV + b"Bad,2016-05-05,1,-3,1,,x\n", file="past.csv")
    assert stored(client) == []


def test_the_command_shows_the_arithmetic(spatialite_template, tmp_path, monkeypatch):
    (tmp_path / "folkmoot.sqlite").write_bytes(spatialite_template.read_bytes())
    (tmp_path / "past.csv").write_bytes(CSV)
    monkeypatch.setenv("FOLKMOOT_DATA_FOLDER", str(tmp_path))
    said = CliRunner().invoke(build(), ["import-results", str(tmp_path / "past.csv")]).stdout
    assert "3 added (1 published, 1 published incomplete, 1 published with discrepancy)" in said
    assert "Line 3, Wrong Magna:" in said
    again = CliRunner().invoke(build(), ["import-results", str(tmp_path / "past.csv"), "--json"])
    schema("import-results").validate(json.loads(again.stdout))
    (tmp_path / "more.csv").write_bytes(CSV.replace(b"Sum Parva", b"Sum Magna"))
    more = json.loads(CliRunner().invoke(build(), ["import-results", str(tmp_path / "more.csv"), "--json"]).stdout)
    schema("import-results").validate(more)
    assert (more["added"], more["known"], more["results"][0]["area"]) == (1, 2, "Sum Magna")
    missing = CliRunner().invoke(build(), ["import-results", str(tmp_path / "none.csv")])
    assert missing.exit_code == 2
