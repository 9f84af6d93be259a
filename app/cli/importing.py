"""Commands that import: official boundaries, existing neighbourhood areas, electoral registers."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.cli.database import changing, read_settings
from app.cli.output import print_document, refuse
from app.estimates import read_counts
from app.models import BoundaryKind
from app.secrets import address_secret
from app.services.boundaries import Imported, import_areas, import_boundaries
from app.services.registers import import_register
from app.services.registers_reading import RegisterFiles
from app.services.small_area_counts import CountsFacts, import_counts
from geo.reading import read_layer

commands = typer.Typer()

EXISTING_AREAS = "neighbourhood-area"
KINDS = (*(kind.value for kind in BoundaryKind), EXISTING_AREAS)

DateOption = Annotated[datetime | None, typer.Option("--valid-from", formats=["%Y-%m-%d"], help="First day in force.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@commands.command("import-boundaries")
def import_boundaries_command(
    kind: Annotated[str, typer.Argument(help=f"What they bound: {', '.join(KINDS)}.")],
    file: Annotated[Path, typer.Argument(help="GeoPackage, GeoJSON, Shapefile (also zipped), KML, GML or CSV.")],
    *,
    layer: Annotated[str | None, typer.Option(help="The layer, where the file has several.")] = None,
    valid_from: DateOption = None,
    code_column: Annotated[str | None, typer.Option(help="The column of codes, where it is not recognised.")] = None,
    name_column: Annotated[str | None, typer.Option(help="The column of names, where it is not recognised.")] = None,
    authority: Annotated[str, typer.Option(help="The council whose polling districts they are.")] = "",
    crs: Annotated[str | None, typer.Option(help="The reference system, where the file does not say.")] = None,
    json_output: JsonOption = False,
) -> None:
    """Import official boundaries, or the neighbourhood areas that already exist, in one transaction."""
    if kind not in KINDS:
        refuse(f"{kind!r} is no kind of boundary: use one of {', '.join(KINDS)}.")
    if kind == BoundaryKind.POLLING_DISTRICT.value and not authority:
        refuse("Polling district codes repeat between councils: say whose they are with --authority CODE.")
    since = valid_from.date() if valid_from else None
    read = read_layer(file, layer=layer, crs=crs, code_column=code_column, name_column=name_column)
    with changing(read_settings()) as (session, deed):
        if kind == EXISTING_AREAS:
            imported = import_areas(session, deed, read, valid_from=_needed(since), source=file.name)
        else:
            imported = import_boundaries(
                session,
                deed,
                BoundaryKind(kind),
                read,
                valid_from=since,
                source=file.name,
                authority_code=authority,
            )
    _report(kind, file, imported, read.crs_evidence, json_output=json_output)


def _needed(since: date | None) -> date:
    if since is None:
        refuse("Say since when these areas are designated: --valid-from YYYY-MM-DD.")
    return since


def _report(kind: str, file: Path, imported: Imported, evidence: str, *, json_output: bool) -> None:
    facts = {"added": imported.added, "replaced": imported.replaced, "unchanged": imported.unchanged}
    if json_output:
        document = {"schema": "folkmoot.import-boundaries/1", "kind": kind, "file": file.name, **facts}
        print_document(document | {"crs_evidence": evidence})
        return
    counts = ", ".join(f"{number} {word}" for word, number in facts.items())
    typer.echo(f"{file.name}: {kind} boundaries {counts}. {evidence}")


@commands.command("import-register")
def import_register_command(
    files: Annotated[list[Path], typer.Argument(help="The register: one file, or one for each polling district.")],
    *,
    authority: Annotated[str, typer.Option(help="Code of the council whose register it is.")],
    as_at: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The date the register speaks of.")],
    locations: Annotated[
        list[Path] | None, typer.Option(help="UPRN points, postcode points or a property export; may be repeated.")
    ] = None,
    json_output: JsonOption = False,
) -> None:
    """Import an electoral register: numbers, markers and locations; names are never read."""
    settings = read_settings()
    wanted = RegisterFiles(
        authority_code=authority,
        as_at=as_at.date(),
        registers=tuple(files),
        locations=tuple(locations or ()),
        address_secret=address_secret(settings),
    )
    columns = (BarColumn(), TextColumn("{task.completed:,} entries read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("register", total=None)
        with changing(settings) as (session, deed):
            register = import_register(session, deed, wanted, progress=lambda read: bar.update(task, completed=read))
            facts = {"register": register.id, "layout": register.layout, "entries": register.entries}
            unreadable = register.files["unreadable"]
    if json_output:
        print_document({"schema": "folkmoot.import-register/1", **facts, "unreadable": unreadable})
        return
    typer.echo(f"Register {facts['register']} ({facts['layout']}): {facts['entries']} entries stored without names.")
    for row in unreadable:
        typer.echo(f"Not read: {row['file']} line {row['line']}: {row['reason']}")


@commands.command("import-counts")
def import_counts_command(
    file: Annotated[Path, typer.Argument(help="CSV with a column of output area codes and one of adults.")],
    *,
    authority: Annotated[str, typer.Option(help="Code of the council whose output areas they are.")],
    column: Annotated[str, typer.Option(help="The column of people of 18 and over.")],
    as_at: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day the counts speak of.")],
) -> None:
    """Import adults by output area, so that drawn areas can be told how many people live in them."""
    adults, sha256 = read_counts(file, column)
    facts = CountsFacts(authority_code=authority, name=file.name, sha256=sha256, as_at=as_at.date(), adults=adults)
    with changing(read_settings()) as (session, deed):
        stored = import_counts(session, deed, facts)
    typer.echo(f"Imported {len(adults):,} output areas with {stored.adults:,} adults for {authority}.")
