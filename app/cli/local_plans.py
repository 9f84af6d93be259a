"""The command that imports local plans into an authority's development plan."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.database import changing, read_settings
from app.cli.output import print_document
from app.local_plan_files import read_local_plans
from app.services.local_plans import import_documents

commands = typer.Typer()


@commands.command("import-local-plans")
def import_local_plans_command(
    file: Annotated[Path, typer.Argument(help="CSV, GeoJSON, GeoPackage or another layer of boundaries.", exists=True)],
    *,
    authority: Annotated[str, typer.Option(help="Code of the planning authority in whose area the plans apply.")],
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Import local plans, minerals and waste plans and strategies with their dates, in one transaction."""
    read = read_local_plans(file)
    with changing(read_settings()) as (session, deed):
        done = import_documents(session, deed, authority, read.documents, source=file.name)
    facts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged}
    if json_output:
        document = {"schema": "folkmoot.import-local-plans/1", "file": file.name, "authority": authority, **facts}
        print_document(document | {"not_adopted": list(read.not_adopted)})
        return
    typer.echo(f"{file.name}: local plans {', '.join(f'{number} {word}' for word, number in facts.items())}.")
    if read.not_adopted:
        typer.echo(f"Left out, since they have no day of adoption yet: {', '.join(read.not_adopted)}.")
