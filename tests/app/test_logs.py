"""The log says what happened to which record, and never anything personal."""

import json
import logging

import pytest

from app.logs import ALLOWED_FACTS, log


@pytest.fixture
def lines(caplog, monkeypatch):
    """The log lines of our own logger, as they are written."""
    monkeypatch.setattr(logging.getLogger("folkmoot"), "propagate", True)
    caplog.set_level(logging.INFO, logger="folkmoot")
    return lambda: [json.loads(record.getMessage()) for record in caplog.records if record.name == "folkmoot"]


def test_a_line_is_one_json_object(lines):
    log("request", {"route": "/areas/{reference}", "status": 200})
    assert lines() == [{"event": "request", "route": "/areas/{reference}", "status": 200}]


@pytest.mark.parametrize("fact", ["name", "address", "elector", "password", "body", "query"])
def test_a_fact_that_could_be_personal_is_refused(lines, fact):
    assert fact not in ALLOWED_FACTS
    with pytest.raises(ValueError, match=fact):
        log("request", {fact: "Jo Ambridge, 4 Mill Lane"})
    assert lines() == []


@pytest.mark.database
def test_a_request_is_logged_by_its_route_and_never_by_what_was_asked(client, lines):
    client.get("/api/v1/areas/NA-000001?secret=Ambridge", headers={"User-Agent": "Ambridge"})
    client.get("/api/v1/nowhere/Ambridge")
    client.post("/api/v1/area-checks", json={"boundary": {"type": "Ambridge"}})
    written = lines()
    assert [line["status"] for line in written] == [404, 404, 422]
    assert "Ambridge" not in json.dumps(written)


@pytest.mark.database
def test_a_fault_of_ours_tells_the_caller_nothing_of_it_and_the_log_only_its_kind_and_place(client, lines):
    @client.app.get("/break")
    def break_down() -> None:
        raise RuntimeError("Jo Ambridge, 4 Mill Lane")

    answer = client.get("/break")
    assert answer.status_code == 500
    assert "Ambridge" not in answer.text
    assert "Nothing was changed" in answer.json()["detail"]
    fault = next(line for line in lines() if line["event"] == "fault")
    assert answer.headers["content-security-policy"]
    assert (fault["error"], fault["where"].rsplit(":", 1)[0]) == ("RuntimeError", __name__)
    assert "Ambridge" not in json.dumps(lines())
