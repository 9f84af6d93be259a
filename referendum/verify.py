"""Check a proof-carrying result with nothing but Python: `python -m referendum.verify BUNDLE.json [PUBLISHED-HASH]`.

One file, standard library only, nothing of the rest of the program: sums, shares, outcome, dates, day counts, hashes
and the chained record are worked out again here. One line is printed for each check; the exit status is 0 when every
check holds, 1 when one fails, 2 when the file cannot be read.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, NamedTuple

SECTIONS = ("reference", "rule_set", "question", "count", "rounds", "sign_offs", "result", "declaration",
            "referendum_area", "electorate", "timetable", "audit")  # fmt: skip
HEADS = ("official_mark", "more_than_one_answer", "identifies_voter", "unmarked_or_uncertain")
QUESTIONS = {
    "ndp": "Do you want {authority} to use the neighbourhood plan for {area} to help it decide planning applications "
    "in the neighbourhood area?",
    "ndo": "Do you want the type of development in the neighbourhood development order for {area} to have planning "
    "permission?",
    "crtbo": "Do you want the development in the community right to build order for {area} to have planning "
    "permission?",
}
ABSENT = {"electorate": ": none was frozen, so its number is as it was keyed", "sign_offs": ": nobody signed"}
WORDS = {True: "ok", False: "FAILED", None: "absent"}
Bundle = dict[str, Any]


class MismatchError(Exception):
    """Something in the bundle is not what it works out as."""


class Check(NamedTuple):
    """One thing worked out again: its name, whether it holds (None: not in this bundle), and the arithmetic."""

    name: str
    holds: bool | None
    said: str


def canonical_hash(value: object) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of a value: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_of(bundle: Bundle) -> Bundle:
    """Return the seal: the hash of every section, and the hash of those."""
    sections = {name: canonical_hash(bundle[name]) for name in SECTIONS}
    return {"sections": sections, "sha256": canonical_hash(sections)}


def check_bundle(bundle: Bundle, *, published_hash: str | None = None) -> list[Check]:
    """Work everything out again; a bundle that is broken fails by name and never raises."""
    last = _check("published hash", lambda held: _same(held["seal"]["sha256"], published_hash, "seal"), bundle)
    return [_check(name, work, bundle) for name, work in CHECKS.items()] + ([last] if published_hash else [])


def _check(name: str, work: Callable[[Bundle], str], bundle: Bundle) -> Check:
    try:
        if name not in {"seal", "question"} and bundle.get(name, name) in (None, []):
            return Check(name, holds=None, said=f"not in this bundle{ABSENT.get(name, '')}")
        return Check(name, holds=True, said=work(bundle))
    except MismatchError as mismatch:
        return Check(name, holds=False, said=str(mismatch))
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as broken:
        return Check(name, holds=False, said=f"cannot be worked out ({type(broken).__name__}: {broken})")


def _same(found: object, wanted: object, what: str) -> str:
    if canonical_hash(found) != canonical_hash(wanted):
        raise MismatchError(f"{what}: stands as {json.dumps(found)}, works out as {json.dumps(wanted)}")
    return f"{what}: {json.dumps(wanted)}"


def _form(bundle: Bundle) -> str:
    wanted = [*sorted((*SECTIONS, "schema", "seal")), "folkmoot.result-bundle/1"]
    return _same([*sorted(bundle), bundle["schema"]], wanted, "sections and schema")


def _seal(bundle: Bundle) -> str:
    wanted = seal_of(bundle)
    for name, section_hash in wanted["sections"].items():
        _same(bundle["seal"]["sections"][name], section_hash, f"hash of {name}")
    return _same(bundle["seal"], wanted, "seal") and wanted["sha256"]


def _question(bundle: Bundle) -> str:
    wanted = QUESTIONS[bundle["count"]["instrument"]].format(**bundle["count"])
    return _same(bundle["question"], wanted, "prescribed words (Q-1)")


def _portions(bundle: Bundle) -> Iterator[tuple[str, str, Bundle]]:
    for poll, held in bundle["count"]["polls"].items():
        for place, portion in enumerate(held["portions"]):
            yield f"/polls/{poll}/portions/{place}", poll, portion


def _papers_in(portion: Bundle) -> tuple[int, int]:
    answered = portion["yes"] + portion["no"] + sum(portion["rejected"][head] for head in HEADS)
    return sum(station["found"] for station in portion["stations"]) + portion["postal"]["found"], answered


def _papers(bundle: Bundle) -> str:
    parts = [part for *_, one in _portions(bundle) for part in (one, one["postal"], one["rejected"], *one["stations"])]
    figures = [value for part in parts for value in part.values() if not isinstance(value, str | dict | list)]
    _same([one for one in figures if type(one) is not int or one < 0], [], "figures that are no whole number of papers")
    reason = (bundle["declaration"] or {}).get("reason")
    for path, _, portion in () if reason else _portions(bundle):
        _same(*_papers_in(portion), what=f"papers verified against yes + no + rejected at {path} (COUNT-16)")
    return f"{len(figures)} figures; " + (f"declared because {reason}" if reason else "yes + no + rejected = verified")


def _per_cent(part: int, whole: int) -> str | None:
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)) if whole else None


def _totals(bundle: Bundle, poll: str) -> Bundle:
    portions = bundle["count"]["polls"][poll]["portions"]
    yes, no, electorate = (sum(portion[what] for portion in portions) for what in ("yes", "no", "electorate"))
    heads = {head: sum(portion["rejected"][head] for portion in portions) for head in HEADS}
    return {"electorate": electorate, "papers_counted": sum(_papers_in(portion)[0] for portion in portions),
            "yes": yes, "no": no, "rejected": heads,
            "turnout_papers": _per_cent(yes + no + sum(heads.values()), electorate),
            "turnout_valid": _per_cent(yes + no, electorate), "yes_share": _per_cent(yes, yes + no),
            "majority_in_favour": yes > no, "tie": yes == no}  # fmt: skip


def _sums(bundle: Bundle) -> str:
    wanted = {poll: _totals(bundle, poll) for poll in bundle["count"]["polls"]}
    return _same(bundle["result"]["polls"], wanted, "sums, turnouts and shares (COUNT-16 to COUNT-18)")


def _outcome(bundle: Bundle) -> str:
    count, poll_date = bundle["count"], date.fromisoformat(bundle["count"]["poll_date"])
    in_favour = {_totals(bundle, poll)["majority_in_favour"] for poll in count["polls"]}
    must, never = in_favour == {True}, in_favour == {False}
    repeat_until = date(poll_date.year + 2, poll_date.month, 1) + timedelta(poll_date.day - 2)
    wanted = {"decision": "must-make" if must else "must-not-make" if never else "may-make",
              "in_development_plan_from": count["poll_date"] if must and count["instrument"] == "ndp" else None,
              "make_by": str(poll_date + timedelta(weeks=8)) if must else None,
              "repeat_window_until": str(repeat_until) if never else None}  # fmt: skip
    return _same({what: bundle["result"][what] for what in wanted}, wanted, "outcome (RESULT-1 to RESULT-9)")


def _findings(bundle: Bundle) -> str:
    found = [[one["code"], one["severity"], one["path"]] for one in bundle["result"]["findings"]]
    wanted = [[*name.split(), path] for (name, path), is_so in _possible_findings(bundle) if is_so]
    return _same(sorted(found), sorted(wanted), "what officers must look at")


def _possible_findings(bundle: Bundle) -> Iterator[tuple[tuple[str, str], bool]]:
    for path, _, portion in _portions(bundle):
        for place, station in enumerate(portion["stations"]):
            at, handed_out = f"{path}/stations/{place}", station["issued"] + station["spoilt"]
            over, short = handed_out > station["supplied"], handed_out + station["unused"] != station["supplied"]
            yield ("over-issue error", f"{at}/issued"), over
            yield ("account-does-not-balance warning", at), short and not over
            yield ("box-variance warning", f"{at}/found"), station["found"] != station["issued"] and not over
        verified, answered = _papers_in(portion)
        yield ("papers-do-not-add-up error", path), verified != answered
        yield ("more-papers-than-electors error", f"{path}/electorate"), verified > portion["electorate"]
    for poll, held in bundle["result"]["polls"].items():
        near = held["no"] < held["yes"] <= held["no"] + sum(held["rejected"].values())
        yield ("equal-votes notice", f"/polls/{poll}"), held["yes"] == held["no"]
        yield ("yes-not-half-of-papers notice", f"/polls/{poll}"), near
    decision = bundle["result"]["decision"]
    yield ("split-result notice", "/polls"), decision == "may-make"
    yield ("no-permission-until-made notice", ""), decision == "must-make" and bundle["count"]["instrument"] != "ndp"


def _rounds(bundle: Bundle) -> str:
    left = bundle["rounds"]
    for path, poll, portion in _portions(bundle):
        held = [one for one in left if (one["poll"], one["council"]) == (poll, portion["council"])]
        left = [one for one in left if one not in held]
        _same([one["number"] for one in held], [*range(1, len(held) + 1)], f"numbers of the rounds at {path}")
        for one in ([one for one in held if one["confirmed"]] or held)[-1:]:
            figures = {"yes": portion["yes"], "no": portion["no"], "rejected": portion["rejected"], "confirmed": True}
            _same({what: one[what] for what in figures}, figures, f"round in use at {path} (COUNT-12)")
    _same(left, [], "rounds of no portion")
    return f"{len(bundle['rounds'])} rounds, the latest confirmed one counted"


def _sign_offs(bundle: Bundle) -> str:
    for signed in bundle["sign_offs"]:
        _same(signed["sha256"], canonical_hash(bundle[signed["of"]]), f"the {signed['of']} the {signed['role']} signed")
    people = sorted({signed["name"] for signed in bundle["sign_offs"]})
    _same(len(people) > 1, wanted=True, what=f"two people who signed, not {people} alone")
    return f"{len(bundle['sign_offs'])} signatures by {len(people)} people, each of what stands here"


def _declaration(bundle: Bundle) -> str:
    day = bundle["declaration"]["declared_at"][:10]
    _same(day, max(day, bundle["count"]["poll_date"]), "day of the declaration, not before the poll")
    totals = {poll: _totals(bundle, poll) for poll in bundle["count"]["polls"]}
    wanted = {poll: [held["papers_counted"], held["yes"], held["no"], *[held["rejected"][head] for head in HEADS],
                     held["electorate"]] for poll, held in totals.items()}  # fmt: skip
    return _same(bundle["declaration"]["numbers"], wanted, "the eight numbers (COUNT-15)")


def _area(bundle: Bundle) -> str:
    area = bundle["referendum_area"]
    return _same(area["sha256"], canonical_hash(area["geometry"]), "hash of the boundary")


def _electorate(bundle: Bundle) -> str:
    held, entries = bundle["electorate"]["totals"], bundle["electorate"]["totals"]["entries"]
    _same(entries["read"], sum(entries[one] for one in ("in_area", "outside", "undecided", "unplaced")), "entries read")
    _same(entries["in_area"], held["entitled"] + sum(held["not_entitled"].values()), "entries in the area")
    _same(sum(one["entitled"] for one in held["by_polling_district"]), held["entitled"], "sum of the polling districts")
    said = _same(_totals(bundle, "residential")["electorate"], held["entitled"], "electorate of the count (ELEC-16)")
    ledger = bundle["electorate"]["ledger_sha256"]
    return f"{said}; hash of its ledger of entries: {bytes.fromhex(ledger).hex() if ledger else 'none was kept'}"


def _timetable(bundle: Bundle) -> str:
    held, poll_date = bundle["timetable"], bundle["count"]["poll_date"]
    fixed = {row["date"] for row in held["rows"] if row["direction"] == "on"}
    _same(poll_date in fixed and len(fixed - {poll_date}) <= 1, wanted=True, what=f"poll on {poll_date}")
    for what, rule in (("earliest_poll", "REF-9"), ("latest_poll", "REF-7")):
        named = [row["date"] for row in held["rows"] if (row["rule"], row["direction"]) == (rule, "after")] or [None]
        _same(named, [held[what]], what)
    rest = {day for row in held["rows"] for day in row["ignored"]}
    for row in held["rows"]:
        starts = fixed | {held["earliest_poll"], held["latest_poll"]} - {None}
        if not any(_counts_from(date.fromisoformat(start), row, rest) for start in starts):
            raise MismatchError(f"{row['event']}: {row['date']} is not {row['count']} {row['unit']} {row['direction']}")
    holidays = sorted(day for day in rest if f"{date.fromisoformat(day):%w}" not in "06")
    return f"{len(held['rows'])} dates counted again (TIME-3, 4, 7), ignoring weekends and {holidays}"


def _counts_from(start: date, row: Bundle, rest: set[str]) -> bool:
    sign = {"after": 1, "before": -1, "on": -1}[row["direction"]]
    days = (date.fromisoformat(row["date"]) - start).days * sign
    if row["unit"] == "calendar weeks":
        return bool(days == 7 * row["count"])
    passed = [start + timedelta(sign * step) for step in range(1, days + 1)]
    ignored = sorted(str(day) for day in passed if f"{day:%w}" in "06" or str(day) in rest)
    is_known = row["unit"] in {"working days", "days"}
    return bool(is_known and len(passed) - len(ignored) == row["count"] and ignored == sorted(row["ignored"]))


def _audit(bundle: Bundle) -> str:
    previous: Bundle = {"seq": 0, "hash": "0" * 64}
    gaps = shown = 0
    for event in bundle["audit"]:
        if event.keys() != {"seq", "previous_hash", "hash"}:
            facts = {what: value for what, value in event.items() if what != "hash"}
            _same(event["hash"], canonical_hash(facts), f"hash of event {event['seq']}")
            after = event.get("after") or {}
            for what in [what for what in SECTIONS if f"{what}_sha256" in after]:
                _same(after[f"{what}_sha256"], canonical_hash(bundle[what]), f"hash of {what} in event {event['seq']}")
            shown += 1
        _same(event["seq"], max(event["seq"], previous["seq"] + 1), "number of the event that follows")
        if event["seq"] == previous["seq"] + 1:
            _same(event["previous_hash"], previous["hash"], f"link before event {event['seq']}")
        gaps += event["seq"] != previous["seq"] + 1
        previous = event
    return f"{len(bundle['audit'])} events, {shown} shown in full, {gaps} breaks in the chain shown"


CHECKS: dict[str, Callable[[Bundle], str]] = {
    "form": _form, "seal": _seal, "question": _question, "papers": _papers, "sums": _sums, "outcome": _outcome,
    "findings": _findings, "rounds": _rounds, "sign_offs": _sign_offs, "declaration": _declaration,
    "referendum_area": _area, "electorate": _electorate, "timetable": _timetable, "audit": _audit}  # fmt: skip


def read_bundle(text: bytes) -> Bundle:
    """Read the text of a bundle; a member named twice is a ValueError, since only one of them would be checked."""

    def once(pairs: list[tuple[str, Any]]) -> Bundle:
        if len(dict(pairs)) != len(pairs):
            raise ValueError(f"a member stands twice among {[name for name, _ in pairs]}")
        return dict(pairs)

    bundle: Bundle = json.loads(text.decode("utf-8"), object_pairs_hook=once)
    return bundle


def main(arguments: list[str]) -> int:
    """Check the bundle named on the command line and return the exit status."""
    try:
        bundle = read_bundle(Path(arguments[0]).read_bytes())
    except (IndexError, OSError, ValueError, RecursionError) as error:
        sys.stderr.write(f"Give one result bundle that can be read ({error}).\n")
        return 2
    checks = check_bundle(bundle, published_hash=next(iter(arguments[1:]), None))
    for check in checks:
        sys.stdout.write(f"{WORDS[check.holds]:6} {check.name}: {check.said}\n")
    return int(any(check.holds is False for check in checks))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
