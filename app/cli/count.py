"""Commands for a count: tally it, and check a proof-carrying result."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import FOUND_ERROR, print_document, refuse
from referendum.count import Count, Poll, PollTotals
from referendum.count_file import parse_count
from referendum.outcome import Decision
from referendum.result import Result, result_document
from referendum.tally import tally

commands = typer.Typer()

LARGEST_FILE_BYTES = 64 * 1024 * 1024

_DECISIONS = {
    Decision.MUST_MAKE: "must be made",
    Decision.MAY_MAKE: "may be made; the authority decides and gives reasons",
    Decision.MUST_NOT_MAKE: "must not be made",
}

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
