"""The command that puts a new authority in the place of old ones."""

from typing import Annotated

import typer

from app.cli.database import changing, read_settings
from app.cli.dates import parse_date
from app.cli.output import print_document, refuse
from app.services.succession_facts import Succession, SuccessionFacts
from app.services.successions import succeed

commands = typer.Typer()

Old = Annotated[str, typer.Argument(metavar="OLD_CODE[,OLD_CODE...]", help="The authorities that are no more.")]
New = Annotated[str, typer.Argument(metavar="NEW_CODE", help="The authority in their place.")]
Name = Annotated[str, typer.Option("--name", help="Its name, as it stands on notices.")]
On = Annotated[str, typer.Option("--on", help="The first day on which it stands in their place, YYYY-MM-DD.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would change, and change nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]


@commands.command("succeed")
def succeed_command(
    old: Old, new: New, *, name: Name, on: On, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Give a new authority all that old ones had: cases, plans, polls to come, registers, roles and boundaries."""
    facts = SuccessionFacts(
        old_codes=tuple(code.strip() for code in old.split(",")),
        code=new.strip(),
        name=name.strip(),
        on=parse_date(on, "--on") or refuse("--on is missing."),
    )
    with changing(read_settings()) as (session, deed):
        done = succeed(session, deed, facts, ahead=dry_run)
        if dry_run:
            session.rollback()
    if as_json:
        print_document(_document(done, dry_run=dry_run))
        return
    _tell(done, dry_run=dry_run)


def _document(done: Succession, *, dry_run: bool) -> dict[str, object]:
    return {
        "schema": "folkmoot.succession/1",
        "dry_run": dry_run,
        "from": [{"code": code, "name": name} for code, name in done.names.items()],
        "code": done.facts.code,
        "name": done.facts.name,
        "on": done.facts.on.isoformat(),
        "homes": {noun: list(references) for noun, references in done.homes.items()},
        "kept": list(done.kept),
    }


def _tell(done: Succession, *, dry_run: bool) -> None:
    verb = "would take" if dry_run else "took"
    gone = " and ".join(f"{name} ({code})" for code, name in done.names.items())
    typer.echo(f"{done.facts.name} ({done.facts.code}) {verb} the place of {gone} on {done.facts.on}.")
    for noun, references in done.homes.items():
        typer.echo(f"  {len(references)} {noun}: {', '.join(references)}")
    for sentence in done.kept:
        typer.echo(f"  {sentence}")
    typer.echo("Nothing is changed." if dry_run else "Now run folkmoot verify-audit.")
