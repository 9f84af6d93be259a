"""The command that counts an electorate from plain files."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.cli.many import ManyFilesCommand
from app.cli.output import exit_by_findings, print_document, refuse
from app.electors import Electorate, electorate_document
from app.electors_files import CountedFiles, ElectorateFiles, count_files
from app.electors_ledger import write_districts, write_ledger
from app.electors_work import write_work
from geo.locations import DEFAULT_ACCURACIES, Accuracies

commands = typer.Typer()

Area = Annotated[Path, typer.Argument(metavar="AREA", help="The referendum area, in any spatial format.")]
Feature = Annotated[str | None, typer.Option(help="Which feature of the area file is meant.")]
Registers = Annotated[list[Path], typer.Option("--register", help="Register export; repeat for several files.")]
PointFiles = Annotated[
    list[Path] | None, typer.Option("--locations", help="UPRN or postcode points, or a property export; repeatable.")
]
Districts = Annotated[Path | None, typer.Option(help="Boundaries of the polling districts.")]
DistrictColumn = Annotated[str | None, typer.Option(help="The column of their codes, where it is not recognised.")]
PlacementFile = Annotated[
    Path | None, typer.Option("--placements", help="An officer's decisions: number,decision,reason.")
]
PollDate = Annotated[str, typer.Option("--poll-date", help="Day of the poll, YYYY-MM-DD.")]
AsAt = Annotated[str | None, typer.Option("--as-at", help="The date the register speaks of, YYYY-MM-DD.")]
Mapping = Annotated[
    str | None, typer.Option("--map", help="Columns of an unknown layout: prefix=COLUMN,number=COLUMN,…")
]
Accuracy = Annotated[
    list[str] | None,
    typer.Option(
        "--accuracy", help="How far a home may be from its point: uprn=METRES or postcode=METRES; repeatable."
    ),
]
Report = Annotated[Path | None, typer.Option("--report", help="Write a map report (HTML).")]
Ledger = Annotated[Path | None, typer.Option("--ledger", help="Write one line for each entry (CSV).")]
DistrictTable = Annotated[Path | None, typer.Option("--district-table", help="Write totals by polling district (CSV).")]
WorkList = Annotated[
    Path | None, typer.Option("--work-list", help="Write what is left to decide, by district and street (CSV).")
]
Alterations = Annotated[
    list[Path] | None, typer.Option("--alterations", help="Monthly update of the register; repeatable, in order.")
]
Councils = Annotated[
    Path | None, typer.Option("--councils", help="Areas of the relevant councils, to split the count.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]


@commands.command("electorate", cls=ManyFilesCommand)
def electorate_command(
    area: Area,
    *,
    register: Registers,
    poll_date: PollDate,
    alterations: Alterations = None,
    locations: PointFiles = None,
    polling_districts: Districts = None,
    district_column: DistrictColumn = None,
    placements: PlacementFile = None,
    councils: Councils = None,
    feature: Feature = None,
    as_at: AsAt = None,
    mapping: Mapping = None,
    accuracy: Accuracy = None,
    report: Report = None,
    ledger: Ledger = None,
    district_table: DistrictTable = None,
    work_list: WorkList = None,
    as_json: AsJson = False,
) -> None:
    """Count who may vote in a referendum area, entry by entry, from the register, locations and boundaries."""
    files = ElectorateFiles(
        area=area,
        feature=feature,
        registers=tuple(register),
        alterations=tuple(alterations or ()),
        councils=councils,
        locations=tuple(locations or ()),
        polling_districts=polling_districts,
        district_column=district_column,
        placements=placements,
        mapping=None if mapping is None else _mapping(mapping),
    )
    poll, register_date = _day(poll_date, "--poll-date"), None if as_at is None else _day(as_at, "--as-at")
    with _progress() as progress:
        counted = count_files(
            files, poll_date=poll, as_at=register_date, accuracies=_accuracies(accuracy or []), progress=progress
        )
    _write(counted, ledger=ledger, district_table=district_table, work_list=work_list, report=report)
    document = electorate_document(counted.electorate)
    if as_json:
        print_document(document)
    else:
        typer.echo("\n".join(_words(counted.electorate)))
    exit_by_findings([finding.document() for finding in counted.electorate.findings])


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"{option} {text} is not a date: write it as YYYY-MM-DD, such as 2026-09-17.")


def _accuracies(texts: list[str]) -> Accuracies:
    metres: dict[str, float] = {}
    for text in texts:
        source, _, number = text.partition("=")
        if source not in {"uprn", "postcode"} or not re.fullmatch(r"\d{1,5}(\.\d{1,2})?", number):
            refuse(f"--accuracy {text} is not understood: write uprn=2 or postcode=100, in metres.")
        metres[source] = float(number)
    plain = DEFAULT_ACCURACIES
    if "uprn" in metres:
        plain = replace(plain, uprn_m=metres["uprn"])
    if "postcode" in metres:
        usable = {quality: None if known is None else metres["postcode"] for quality, known in plain.postcode_m.items()}
        by_grid = {quality: None if known is None else metres["postcode"] for quality, known in plain.gridind_m.items()}
        plain = replace(plain, postcode_m=usable, gridind_m=by_grid, unstated_m=metres["postcode"])
    return plain


def _mapping(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(",")]
    if not all(role.strip() and column.strip() for role, _, column in pairs):
        refuse("--map is not understood: write it as prefix=COLUMN,number=COLUMN and so on.")
    return {role.strip(): column.strip() for role, _, column in pairs}


@contextmanager
def _progress() -> Iterator[Callable[[int], None] | None]:
    """Show a moving bar and the number of entries on a terminal; say nothing into a file or a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    told = TextColumn("{task.completed:,.0f} entries read")
    columns = TextColumn("{task.description}"), BarColumn(), told, TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Register", total=None)
        yield lambda read: bar.update(task, completed=read)


def _write(
    counted: CountedFiles,
    *,
    ledger: Path | None,
    district_table: Path | None,
    work_list: Path | None,
    report: Path | None,
) -> None:
    target: Path | None = None
    try:
        if (target := ledger) is not None:
            write_ledger(counted.electorate, target)
        if (target := district_table) is not None:
            write_districts(counted.electorate, target)
        if (target := work_list) is not None:
            write_work(counted.electorate, counted.register, target)
        if (target := report) is not None:
            from app.reports.electorate_report import write_report  # noqa: PLC0415 - folium is slow to import

            write_report(counted, target)
    except OSError as trouble:
        refuse(f"{target} cannot be written ({trouble.strerror}): choose another place.")


def _words(electorate: Electorate) -> list[str]:
    lines = [
        f"Electorate for the poll of {electorate.poll_date:%-d %B %Y}",
        "",
        f"  Entries read                {electorate.read:>10,}",
        f"    in the area               {electorate.in_area:>10,}",
        f"    outside                   {electorate.outside:>10,}",
        f"    undecided                 {electorate.undecided:>10,}",
        f"    unplaced                  {electorate.unplaced:>10,}",
        "",
        f"  Entitled to vote            {electorate.entitled:>10,}",
        *(
            f"  Not entitled: {bar.value.replace('_', ' '):<14}{count:>10,}"
            for bar, count in electorate.not_entitled.items()
        ),
        f"  Expenses limit              {f'£{electorate.expenses_limit_gbp:,}':>10}",
        "",
        "  District      entries    in area   entitled  undecided   unplaced  extent",
    ]
    lines += [
        f"  {one.code:<10}{one.entries:>11,}{one.in_area:>11,}{one.entitled:>11,}"
        f"{one.undecided:>11,}{one.unplaced:>11,}  {one.extent}"
        for one in electorate.by_polling_district
    ]
    if electorate.findings:
        lines += ["", *(f"{one.severity}: {one.message} [{one.rule}]" for one in electorate.findings)]
    return lines
