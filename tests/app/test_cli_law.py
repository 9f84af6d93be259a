"""The law at the command line."""

import json
from datetime import UTC, datetime
from importlib.resources import files

import jsonschema
import pytest
from icalendar import Calendar

from app.cli import law
from app.cli.main import main
from app.clock import FixedClock


@pytest.fixture
def folkmoot(monkeypatch, capsys):
    """Run the command line: (exit status, standard output, standard error)."""
    monkeypatch.setattr("app.cli.main.COMMAND_MODULES", ("law",))

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["folkmoot", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


@pytest.fixture(scope="module")
def schema():
    return json.loads(files("app.schemas").joinpath("folkmoot.timetable-1.schema.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["--decision", "2026-07-02", "--poll", "2026-09-10"], 0, id="both"),
        pytest.param(["--decision", "2026-07-02"], 0, id="decision only"),
        pytest.param(["--poll", "2026-09-10"], 0, id="poll only"),
        pytest.param(["--poll", "2026-04-03"], 1, id="Good Friday"),
        pytest.param(["--poll", "2026-09-12"], 1, id="Saturday"),
        pytest.param(["--decision", "2026-07-02", "--poll", "2026-09-22"], 1, id="too late"),
        pytest.param(["--decision", "2026-07-02", "--poll", "2026-08-10"], 1, id="too soon"),
        pytest.param(["--decision", "2022-08-01", "--poll", "2022-10-13"], 0, id="late proclamation is a warning"),
        pytest.param(["--poll", "2026-09-10", "--business", "--instrument", "crtbo"], 0, id="business"),
        pytest.param(["--decision", "2026-07-02", "--cross-boundary", "--proclaimed", "2026-07-20"], 0, id="cross"),
        pytest.param(
            ["--decision", "2026-07-02", "--poll", "2026-09-24", "--exception", "agreed-date"], 0, id="agreed date"
        ),
        pytest.param(
            ["--decision", "2026-07-02", "--poll", "2026-09-10", "--other-poll", "2026-09-10"], 0, id="other poll"
        ),
    ],
)
def test_timetable_documents_hold_to_their_schema(folkmoot, schema, arguments, status):
    ended, out, err = folkmoot("timetable", *arguments, "--json")
    assert (ended, err) == (status, "")
    document = json.loads(out)
    jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())
    assert (status == 1) == any(finding["severity"] == "error" for finding in document["findings"])


@pytest.mark.rule("REF-7", "REF-9")
def test_timetable_in_words(folkmoot):
    status, out, err = folkmoot("timetable", "--decision", "2026-07-02", "--poll", "2026-09-10")
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[:2] == [
        "First day for the poll: Tuesday 11 August 2026",
        "Last day for the poll: Monday 21 September 2026",
    ]
    assert (
        "Tue 25 Aug 2026 17:00  ELEC-13    Applications for a postal vote, and changes to one, close; "
        "11 working days before 10 September 2026, passing over 31 August." in lines
    )


def test_findings_in_words(folkmoot):
    status, out, _ = folkmoot("timetable", "--poll", "2026-04-03")
    assert status == 1
    assert out.splitlines()[-1] == (
        "error: Friday 3 April 2026 (Good Friday) cannot be polling day; choose a working day. (REF-17)"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "Give the date of the decision, the date of the poll, or both.", id="no date"),
        pytest.param(["--poll", "10/09/2026"], "--poll was given '10/09/2026', which is not a date", id="not a date"),
        pytest.param(["--poll", "2026-02-30"], "--poll was given '2026-02-30'", id="no such day"),
        pytest.param(
            ["--poll", "2026-09-10", "--proclaimed", "soon"], "--proclaimed was given 'soon'", id="proclaimed"
        ),
        pytest.param(["--poll", "2026-07-01", "--decision", "2026-07-02"], "is not after the decision", id="order"),
        pytest.param(["--poll", "2031-05-01"], "covers 2012 to 2028", id="beyond the calendar"),
        pytest.param(["--poll", "0001-01-01"], "covers 2012 to 2028", id="the first day there is"),
        pytest.param(["--decision", "9999-12-31"], "covers 2012 to 2028", id="the last day there is"),
        pytest.param(["--poll", "2026-09-10", "--ics", "absent/folder/t.ics"], "cannot be written", id="calendar file"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(folkmoot, arguments, said):
    status, out, err = folkmoot("timetable", *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("folkmoot: ")
    assert said in err
    assert err.count("\n") == 1


def test_the_calendar_file_is_written(folkmoot, tmp_path, monkeypatch):
    monkeypatch.setattr(law, "Clock", lambda: FixedClock(datetime(2026, 7, 2, 9, tzinfo=UTC)))
    target = tmp_path / "poll.ics"
    assert folkmoot("timetable", "--poll", "2026-09-10", "--ics", str(target))[0] == 0
    events = Calendar.from_ical(target.read_bytes()).events
    assert {event["dtstamp"].dt for event in events} == {datetime(2026, 7, 2, 9, tzinfo=UTC)}
    assert len({str(event["uid"]) for event in events}) == len(events) > 15
