import ast
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referendum.bundle import Evidence, result_bundle
from referendum.outcome import last_day_of_repeat_window
from referendum.question import PRESCRIBED_QUESTIONS
from referendum.timetable import timetable, timetable_document
from referendum.verify import QUESTIONS, canonical_hash, check_bundle, main, read_bundle, seal_of

VERIFIER = Path(__file__).parents[2] / "referendum" / "verify.py"
PORTION = "/count/polls/residential/portions/0"


def failed(bundle, **options):
    return {check.name for check in check_bundle(bundle, **options) if check.holds is False}


def pointers(value, path=""):
    """Every leaf of a document, by JSON Pointer; an empty list or object is a leaf."""
    if isinstance(value, dict | list) and value:
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from pointers(inner, f"{path}/{step}")
    else:
        yield path


def leaf(document, pointer):
    for step in pointer.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


def other(value):
    """Something as like the value as can be, and not it."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case float():
            return value + 0.5
        case str():
            return value[:-1] + ("0" if value[-1:] != "0" else "1")
        case None:
            return "something"
        case _:
            return "not empty"


def test_the_verifier_is_one_short_file_that_imports_nothing_of_ours():
    text = VERIFIER.read_text(encoding="utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "referendum"]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert len(text.splitlines()) < 300
    assert imported <= set(sys.stdlib_module_names)


def test_it_runs_by_itself_away_from_the_program(full_bundle, tmp_path):
    alone = tmp_path / "verify.py"
    alone.write_text(VERIFIER.read_text(encoding="utf-8"), encoding="utf-8")
    bundle = tmp_path / "bundle.json"
    bundle.write_text(json.dumps(full_bundle()), encoding="utf-8")
    ran = subprocess.run([sys.executable, "-I", alone, bundle], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(ran.stdout.splitlines()) == 14
    assert all(line.startswith("ok") for line in ran.stdout.splitlines())


def test_the_prescribed_words_are_written_twice_and_alike():
    assert {instrument.value: text for instrument, text in PRESCRIBED_QUESTIONS.items()} == QUESTIONS


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_what_was_tallied_is_accepted(data, balanced_portions, make_count):
    business = data.draw(st.none() | balanced_portions)
    pairs = [
        [(one.yes, one.no) for one in portions] if portions else None
        for portions in (data.draw(balanced_portions), business)
    ]
    instrument = data.draw(st.sampled_from(list(QUESTIONS)))
    count = make_count(*pairs, instrument=type(make_count([(0, 0)]).instrument)(instrument))
    assert failed(json.loads(json.dumps(result_bundle(count)))) == set()


def test_every_single_change_is_rejected(full_bundle, change_at):
    bundle = full_bundle()
    for pointer in pointers(bundle):
        changed = change_at(bundle, pointer, other(leaf(bundle, pointer)))
        assert failed(changed), pointer


def test_every_member_taken_away_is_rejected(full_bundle):
    bundle = full_bundle()
    for pointer in list(pointers(bundle)):
        *steps, last = pointer.split("/")[1:]
        changed = full_bundle()
        place = leaf(changed, "/" + "/".join(steps)) if steps else changed
        del place[int(last) if isinstance(place, list) else last]
        assert failed(changed), pointer


def test_a_member_added_anywhere_is_rejected(full_bundle):
    for section in ["", *[f"/{name}" for name in full_bundle() if isinstance(full_bundle()[name], dict)]]:
        changed = full_bundle()
        (leaf(changed, section) if section else changed)["added"] = 1
        assert failed(changed), section


# Leaves that say nothing countable: when every hash is made anew, only signatures and the published hash tell a change.
UNCOUNTED = (
    "/name",
    "/tendered",
    "/reason",
    "/message",
    "/rule",
    "/event",
    "/time",
    "/schema",
    "_sha256",
    "0/code",
    "1/code",
)


@pytest.mark.parametrize("section", ["count", "result", "question", "timetable", "electorate", "rounds"])
def test_a_change_with_all_hashes_made_anew_fails_the_arithmetic(full_bundle, change_at, section):
    bundle = full_bundle()
    bundle["sign_offs"], bundle["audit"] = [], []
    checked = 0
    for pointer in pointers(bundle[section], f"/{section}"):
        is_first_round = pointer.startswith("/rounds/0/") and not pointer.endswith("/number")
        if is_first_round or pointer.endswith((*UNCOUNTED, "/timetable/findings")):
            continue
        changed = change_at(bundle, pointer, other(leaf(bundle, pointer)))
        changed["seal"] = seal_of(changed)
        assert failed(changed), pointer
        checked += 1
    assert checked > 0


@pytest.mark.parametrize(
    ("pointer", "value", "check"),
    [
        pytest.param("/question", "Do you want it?", "question", id="question"),
        pytest.param(f"{PORTION}/yes", 509, "papers", id="one yes more"),
        pytest.param(f"{PORTION}/electorate", 2430, "sums", id="one elector fewer"),
        pytest.param("/result/polls/residential/yes_share", "50.11", "sums", id="share"),
        pytest.param("/result/decision", "may-make", "outcome", id="decision"),
        pytest.param("/result/make_by", "2026-11-06", "outcome", id="one day more to make it"),
        pytest.param("/result/findings", [], "findings", id="findings left out"),
        pytest.param(f"{PORTION}/stations/0/spoilt", 4, "findings", id="an account that no longer balances"),
        pytest.param("/rounds/1/confirmed", False, "rounds", id="the recount not confirmed"),
        pytest.param("/rounds/1/number", 3, "rounds", id="a round missing"),
        pytest.param("/rounds/1/council", "Elsewhere", "rounds", id="a round of no portion"),
        pytest.param("/sign_offs/0/sha256", "0" * 64, "sign_offs", id="a signature of something else"),
        pytest.param("/sign_offs/1/name", "A. Officer", "sign_offs", id="one person who signed twice"),
        pytest.param("/electorate/ledger_sha256", "not a hash", "electorate", id="a ledger that is no hash"),
        pytest.param("/declaration/numbers/residential/1", 509, "declaration", id="another number declared"),
        pytest.param(
            "/declaration/declared_at", "2026-09-09T23:00:00+00:00", "declaration", id="declared before the poll"
        ),
        pytest.param("/referendum_area/geometry/coordinates/0/1/0", 901, "referendum_area", id="the line moved"),
        pytest.param("/electorate/totals/entries/outside", 551, "electorate", id="an entry more"),
        pytest.param("/electorate/totals/entitled", 2430, "electorate", id="an elector fewer"),
        pytest.param("/timetable/rows/1/date", "2026-07-30", "timetable", id="a date moved"),
        pytest.param("/timetable/latest_poll", "2026-09-22", "timetable", id="a later last day"),
        pytest.param("/audit/0/actor", "Somebody else", "audit", id="another actor"),
        pytest.param("/audit/1/hash", "f" * 64, "audit", id="a link broken"),
        pytest.param("/audit/2/seq", 7, "audit", id="an event renumbered"),
    ],
)
def test_the_check_that_fails_is_named(full_bundle, change_at, pointer, value, check):
    changed = change_at(full_bundle(), pointer, value)
    changed["seal"] = seal_of(changed)
    assert check in failed(changed)
    assert "seal" not in failed(changed)


def test_the_published_hash_catches_what_was_made_anew_throughout(full_bundle, change_at):
    bundle = full_bundle()
    changed = change_at(bundle, "/count/polls/residential/portions/0/council", "Elsewhere")
    changed["seal"] = seal_of(changed)
    assert "published hash" in failed(changed, published_hash=bundle["seal"]["sha256"])
    assert failed(bundle, published_hash=bundle["seal"]["sha256"]) == set()


def test_an_event_with_its_hash_made_anew_breaks_the_chain_after_it(full_bundle):
    bundle = full_bundle()
    event = bundle["audit"][0]
    event["actor"] = "Somebody else"
    event["hash"] = canonical_hash({what: value for what, value in event.items() if what != "hash"})
    bundle["seal"] = seal_of(bundle)
    assert failed(bundle) == {"audit"}


def test_an_extract_with_gaps_says_how_many(full_bundle):
    bundle = full_bundle()
    del bundle["audit"][1]
    bundle["seal"] = seal_of(bundle)
    (audit,) = [check for check in check_bundle(bundle) if check.name == "audit"]
    assert audit.holds
    assert audit.said == "2 events, 2 shown in full, 1 breaks in the chain shown"
    bundle["audit"].reverse()
    bundle["seal"] = seal_of(bundle)
    assert failed(bundle) == {"audit"}


def test_what_is_absent_is_said_with_what_that_means(full_bundle, change_at):
    bundle = change_at(change_at(full_bundle(), "/electorate", None), "/sign_offs", [])
    said = {check.name: check.said for check in check_bundle(bundle) if check.holds is None}
    assert said == {
        "electorate": "not in this bundle: none was frozen, so its number is as it was keyed",
        "sign_offs": "not in this bundle: nobody signed",
    }
    kept = {check.name: check.said for check in check_bundle(full_bundle())}
    assert kept["electorate"].endswith(f"hash of its ledger of entries: {'0' * 64}")
    assert kept["sign_offs"].startswith("2 signatures by 2 people")


def test_a_result_that_does_not_add_up_holds_only_with_a_reason(full_bundle, change_at):
    bundle = full_bundle()
    assert "papers" in failed(change_at(bundle, f"{PORTION}/postal/found", 319))
    excused = change_at(bundle, f"{PORTION}/postal/found", 319)
    excused["declaration"]["reason"] = "all observers agree"
    assert "papers" not in failed(excused)


@pytest.mark.parametrize("day", ["2024-02-29", "2026-03-01", "2026-01-01", "2026-12-31", "2023-02-28"])
def test_the_repeat_window_is_worked_out_alike_in_two_ways(make_count, day):
    count = make_count([(0, 1)], poll_date=type(make_count([(0, 0)]).poll_date).fromisoformat(day))
    bundle = json.loads(json.dumps(result_bundle(count)))
    assert bundle["result"]["repeat_window_until"] == last_day_of_repeat_window(count.poll_date).isoformat()
    assert failed(bundle) == set()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(value=json_values)
@settings(max_examples=100, deadline=None)
def test_anything_at_all_fails_by_name_and_never_raises(value):
    assert "form" in failed(value)


@pytest.mark.parametrize("value", [pytest.param(None, id="null"), pytest.param([], id="an empty list")])
@pytest.mark.parametrize("name", ["seal", "question"])
def test_what_every_bundle_has_is_never_taken_for_absent(full_bundle, change_at, name, value):
    assert name in failed(change_at(full_bundle(), f"/{name}", value))


@given(data=st.data(), value=json_values)
@settings(max_examples=100, deadline=None)
def test_any_part_replaced_fails_by_name_and_never_raises(full_bundle, change_at, data, value):
    bundle = full_bundle()
    pointer = data.draw(st.sampled_from(sorted({path.rsplit("/", 1)[0] or path for path in pointers(bundle)})))
    changed = change_at(bundle, pointer, value)
    if changed != bundle:
        assert failed(changed)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"not json", "can be read", id="not JSON"),
        pytest.param(b'{"a": 1, "a": 2}', "twice", id="a member twice"),
        pytest.param(b"\xff", "can be read", id="not UTF-8"),
        pytest.param(b"[" * 100_000, "can be read", id="too deep"),
    ],
)
def test_what_cannot_be_read_ends_with_status_2(tmp_path, capsys, content, said):
    path = tmp_path / "bundle.json"
    path.write_bytes(content)
    assert main([str(path)]) == 2
    assert said in capsys.readouterr().err


def test_the_command_says_what_failed_and_its_status(tmp_path, capsys, full_bundle, change_at):
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(change_at(full_bundle(), f"{PORTION}/no", 505)), encoding="utf-8")
    assert main([str(path)]) == 1
    said = capsys.readouterr().out
    assert "FAILED papers: " in said
    assert "FAILED seal: " in said
    assert main([]) == 2
    assert main([str(tmp_path / "nowhere.json")]) == 2


def test_a_bundle_read_is_the_bundle(full_bundle):
    assert read_bundle(json.dumps(full_bundle()).encode()) == full_bundle()


@pytest.mark.parametrize("business", [False, True])
@pytest.mark.parametrize("cross_boundary", [False, True])
@pytest.mark.parametrize("decision", [date(2026, 7, 2), date(2026, 3, 20), date(2025, 11, 28), None])
@pytest.mark.parametrize("proclaimed", [(), (date(2026, 4, 28),)])
def test_every_kind_of_timetable_is_counted_again(make_count, business, cross_boundary, decision, proclaimed):
    start = decision or date(2026, 3, 20)
    laid_out = timetable(decision=start, business=business, cross_boundary=cross_boundary, proclaimed=proclaimed)
    poll = laid_out.latest_poll
    dates = timetable_document(
        timetable(decision=decision, poll=poll, business=business, cross_boundary=cross_boundary, proclaimed=proclaimed)
    )
    count = make_count([(2, 1)], poll_date=poll)
    bundle = json.loads(json.dumps(result_bundle(count, Evidence(timetable=dates)), default=str))
    assert [check.said for check in check_bundle(bundle) if check.holds is False] == []
