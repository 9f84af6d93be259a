"""Commands for a count: tally it, make a proof-carrying result of it, and check one."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import FOUND_ERROR, print_document, refuse
from app.documents import document_text
from referendum.bundle import Evidence, result_bundle
from referendum.count import Count, Poll, PollTotals
from referendum.count_file import parse_count, parse_json
from referendum.errors import CountFileError
from referendum.outcome import Decision
from referendum.result import Result, result_document
from referendum.tally import tally
from referendum.verify import Check, check_bundle, read_bundle

commands = typer.Typer()

LARGEST_FILE_BYTES = 64 * 1024 * 1024

_DECISIONS = {
    Decision.MUST_MAKE: "must be made",
    Decision.MAY_MAKE: "may be made; the authority decides and gives reasons",
    Decision.MUST_NOT_MAKE: "must not be made",
}

_CHECK_WORDS = {True: "ok", False: "FAILED", None: "absent"}

CountFile = Annotated[Path, typer.Argument(metavar="COUNT.json", help="The figures of a count (folkmoot.count/1).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]


@commands.command("tally")
def tally_command(count_file: CountFile, *, as_json: AsJson = False) -> None:
    """Tally a count: figures, turnout, outcome, dates, and what must be looked at first."""
    count = parse_count(_content(count_file))
    result = tally(count)
    if as_json:
        print_document(result_document(result))
    else:
        typer.echo("\n".join(_words(count, result)))
    if not result.may_be_declared:
        raise typer.Exit(FOUND_ERROR)


@commands.command("result-bundle")
def result_bundle_command(
    count_file: CountFile,
    *,
    out: Annotated[Path | None, typer.Option(help="Write the bundle here instead of printing it.")] = None,
    reference: Annotated[str | None, typer.Option(help="Public reference of the referendum.")] = None,
    boundary: Annotated[Path | None, typer.Option(help="Referendum area, GeoJSON in British National Grid.")] = None,
    electorate: Annotated[Path | None, typer.Option(help="What `folkmoot electorate --json` printed.")] = None,
    ledger: Annotated[Path | None, typer.Option(help="Ledger of entries; only its hash goes into the bundle.")] = None,
    timetable: Annotated[Path | None, typer.Option(help="What `folkmoot timetable --json` printed.")] = None,
    audit: Annotated[Path | None, typer.Option(help="Events of the record, a JSON list, oldest first.")] = None,
) -> None:
    """Put a count and its evidence into one sealed document that anyone can check."""
    count = parse_count(_content(count_file))
    evidence = Evidence(
        reference=reference,
        boundary=None if boundary is None else _geometry(boundary),
        electorate=None if electorate is None else _published(electorate, "folkmoot.electorate/1"),
        ledger_sha256=None if ledger is None else hashlib.sha256(_content(ledger)).hexdigest(),
        timetable=None if timetable is None else _published(timetable, "folkmoot.timetable/1"),
        audit=[] if audit is None else _events(audit),
    )
    bundle = result_bundle(count, evidence)
    if out is None:
        print_document(bundle)
        return
    try:
        out.write_text(document_text(bundle), encoding="utf-8")
    except OSError as error:
        refuse(f"{out} cannot be written ({error.strerror}): choose another place.")


@commands.command("verify")
def verify_command(
    bundle_file: Annotated[Path, typer.Argument(metavar="BUNDLE.json", help="A proof-carrying result.")],
    *,
    expect: Annotated[str | None, typer.Option(help="Hash of the seal as published elsewhere.")] = None,
    as_json: AsJson = False,
) -> None:
    """Work a result out again from its bundle, one line for each check."""
    try:
        bundle = read_bundle(_content(bundle_file))
    except (ValueError, RecursionError) as error:
        refuse(f"{bundle_file} is not a result bundle that can be read ({error}): ask for the file again.")
    checks = check_bundle(bundle, published_hash=expect)
    failed = [check for check in checks if check.holds is False]
    if as_json:
        print_document(_verification(checks, verified=not failed))
    else:
        typer.echo("\n".join(f"{_CHECK_WORDS[check.holds]:6} {check.name}: {check.said}" for check in checks))
    if failed:
        raise typer.Exit(FOUND_ERROR)


def _verification(checks: list[Check], *, verified: bool) -> dict[str, object]:
    lines = [{"name": check.name, "holds": check.holds, "said": check.said} for check in checks]
    return {"schema": "folkmoot.verify/1", "verified": verified, "checks": lines}


def _json(path: Path) -> object:
    try:
        return parse_json(_content(path))
    except CountFileError as error:
        refuse(f"{path}: {error}")


def _published(path: Path, schema: str) -> Mapping[str, object]:
    document = _json(path)
    if not isinstance(document, dict) or document.get("schema") != schema:
        refuse(f"{path} is not a {schema} document: give the file that the command printed with --json.")
    return document


def _geometry(path: Path) -> Mapping[str, object]:
    document = _json(path)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        features = document.get("features")
        document = features[0] if isinstance(features, list) and len(features) == 1 else None
    if isinstance(document, dict) and document.get("type") == "Feature":
        document = document.get("geometry")
    if not isinstance(document, dict) or document.get("type") not in {"Polygon", "MultiPolygon"}:
        refuse(f"{path} does not hold exactly one polygon: give the referendum area as GeoJSON with one feature.")
    return document


def _events(path: Path) -> list[Mapping[str, object]]:
    document = _json(path)
    if not isinstance(document, list) or not all(isinstance(event, dict) for event in document):
        refuse(f"{path} is not a list of events: give the extract of the record as it was exported.")
    return document


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            refuse(
                f"{path} is larger than {LARGEST_FILE_BYTES // 1024 // 1024} MB, so it is not a count: check the file."
            )
        return path.read_bytes()
    except OSError as error:
        refuse(f"{path} cannot be read ({error.strerror}): check the name and that you may open it.")


def _words(count: Count, result: Result) -> list[str]:
    lines = [f"{count.area}, poll of {count.poll_date:%-d %B %Y}"]
    for poll, totals in result.polls.items():
        lines += _poll_words(poll, totals)
    outcome = result.outcome
    if not result.may_be_declared:
        return [*lines, "", "There is no result yet: put right what is marked error.", *_finding_words(result)]
    lines += ["", f"The {count.instrument.upper()} {_DECISIONS[outcome.decision]}."]
    dated = {
        "Part of the development plan from": outcome.in_development_plan_from,
        "To be made by": outcome.make_by,
        "A repeat may be declined until": outcome.repeat_window_until,
    }
    lines += [f"{what} {day:%-d %B %Y}." for what, day in dated.items() if day]
    return lines + _finding_words(result)


def _finding_words(result: Result) -> list[str]:
    return [f"{finding.severity}: {finding.message} [{finding.rule}]" for finding in result.findings]


def _poll_words(poll: Poll, totals: PollTotals) -> list[str]:
    heads = totals.rejected
    return [
        "",
        f"{poll.capitalize()} poll",
        f"  Electorate                      {totals.electorate:>9,}",
        f"  Papers counted                  {totals.papers_counted:>9,}",
        f"  Yes                             {totals.yes:>9,}",
        f"  No                              {totals.no:>9,}",
        f"  Rejected: no official mark      {heads.official_mark:>9,}",
        f"  Rejected: more than one answer  {heads.more_than_one_answer:>9,}",
        f"  Rejected: identifies the voter  {heads.identifies_voter:>9,}",
        f"  Rejected: unmarked or uncertain {heads.unmarked_or_uncertain:>9,}",
        f"  Turnout (all papers)            {_share(totals.turnout_papers):>9}",
        f"  Turnout (valid votes)           {_share(totals.turnout_valid):>9}",
        f"  Yes, of valid votes             {_share(totals.yes_share):>9}",
    ]


def _share(value: object) -> str:
    return "-" if value is None else f"{value}%"
