"""The command that lays out a referendum's timetable."""

from pathlib import Path
from typing import Annotated

import typer

from app.calendar_file import timetable_calendar, working
from app.cli.dates import parse_date, parse_dates
from app.cli.output import exit_by_findings, print_document, refuse
from app.clock import Clock
from referendum.question import Instrument
from referendum.timetable import LimitException, Row, Timetable, timetable, timetable_document

commands = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]
Decision = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day it was decided that a referendum must be held.")
]
PollDay = Annotated[str | None, typer.Option(metavar="DATE", help="Polling day.")]
Days = Annotated[
    list[str] | None, typer.Option(metavar="DATE", help="A further day to ignore, such as one of mourning.")
]
OtherPolls = Annotated[
    list[str] | None, typer.Option("--other-poll", metavar="DATE", help="Day of another poll there.")
]
KnownOn = Annotated[str | None, typer.Option(metavar="DATE", help="Count with the holidays known on this day only.")]
Exception_ = Annotated[LimitException | None, typer.Option("--exception", help="Why the poll may be after the limit.")]
CalendarFile = Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Also write a calendar file.")]


@commands.command("timetable")
def timetable_command(
    *,
    instrument: Annotated[Instrument, typer.Option(help="Plan, order or right to build order.")] = Instrument.NDP,
    decision: Decision = None,
    poll: PollDay = None,
    business: Annotated[bool, typer.Option("--business", help="A business referendum is held too.")] = False,
    cross_boundary: Annotated[bool, typer.Option("--cross-boundary", help="Several councils share the poll.")] = False,
    proclaimed: Days = None,
    other_polls: OtherPolls = None,
    known_on: KnownOn = None,
    exception: Exception_ = None,
    ics: CalendarFile = None,
    as_json: AsJson = False,
) -> None:
    """Lay out a referendum: first and last day for the poll, every deadline, and what is wrong. DATE is YYYY-MM-DD."""
    dates = timetable(
        instrument=instrument,
        decision=parse_date(decision, "--decision"),
        poll=parse_date(poll, "--poll"),
        business=business,
        cross_boundary=cross_boundary,
        proclaimed=parse_dates(proclaimed, "--proclaimed"),
        known_on=parse_date(known_on, "--known-on"),
        other_polls=parse_dates(other_polls, "--other-poll"),
        exception=exception,
    )
    if ics is not None:
        _write_calendar(ics, dates)
    if as_json:
        print_document(timetable_document(dates))
    else:
        typer.echo("\n".join(_words(dates)))
    exit_by_findings(finding.document() for finding in dates.findings)


def _write_calendar(path: Path, dates: Timetable) -> None:
    facts = dates.facts
    day = facts.poll or facts.decision
    name = f"{facts.instrument.upper()} referendum"
    content = timetable_calendar(dates, name=name, reference=f"{facts.instrument}-{day}", stamp=Clock().now())
    try:
        path.write_bytes(content)
    except OSError as error:
        refuse(f"{path} cannot be written ({error.strerror}): choose another place for the calendar file.")


def _words(dates: Timetable) -> list[str]:
    lines = [
        f"{name}: {day:%A %-d %B %Y}"
        for name, day in (("First day for the poll", dates.earliest_poll), ("Last day for the poll", dates.latest_poll))
        if day is not None
    ]
    lines += ["", *(_row_words(row) for row in dates.rows)] if lines else [_row_words(row) for row in dates.rows]
    if dates.findings:
        lines += ["", *(f"{finding.severity}: {finding.message} ({finding.rule})" for finding in dates.findings)]
    return lines


def _row_words(row: Row) -> str:
    clock = "" if row.clock is None else f"{row.clock:%H:%M}"
    how = f"; {working(row)}" if row.count else "."
    return f"{row.day:%a %d %b %Y} {clock:<5}  {row.rule:<9}  {row.event}{how}"
