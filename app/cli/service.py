"""Commands that run the service: migrate, serve, verify-audit."""

from typing import Annotated

import typer
import uvicorn

from app.audit import verify
from app.cli.database import open_database, read_settings
from app.cli.example_district import account_of, load_if_empty
from app.cli.examples import example
from app.cli.output import FOUND_ERROR, print_document
from app.db import create_database_engine, reading
from app.errors import NotAllowedError
from app.main import create_app
from app.migrate import migrate as bring_forward

commands = typer.Typer()


@commands.command()
def migrate() -> None:
    """Bring the database to the newest schema; harmless where it is there already."""
    settings = read_settings()
    bring_forward(create_database_engine(settings.resolved_database_url))
    typer.echo(f"The database is at the newest schema ({_place(settings.resolved_database_url)}).")


def _place(url: str) -> str:
    """Return where the database is, without its password."""
    return url.rsplit("@", maxsplit=1)[-1] if "@" in url else url.removeprefix("sqlite:///")


@commands.command()
def serve(
    *,
    with_example: Annotated[
        bool,
        typer.Option("--with-example", help="Migrate first, and load the example where the record is empty."),
    ] = False,
) -> None:
    """Serve the pages and the API."""
    settings = read_settings()
    if with_example:
        engine = create_database_engine(settings.resolved_database_url)
        bring_forward(engine)
        load_if_empty(settings, engine)
        typer.echo(account_of(settings, engine))
        engine.dispose()
    else:
        open_database(settings).dispose()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False, log_level="warning")


@example.command("load")
def load() -> None:
    """Load the invented example district into an empty record."""
    settings = read_settings()
    engine = open_database(settings)
    if not load_if_empty(settings, engine):
        raise NotAllowedError("The record is not empty, so the example district was not loaded: use a fresh database.")
    typer.echo(account_of(settings, engine))


@commands.command("verify-audit")
def verify_audit(
    *, json_output: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False
) -> None:
    """Verify that the audit record is as it was written; exit status 1 where it is not."""
    with reading(open_database(read_settings())) as session:
        found = verify(session)
    if json_output:
        print_document(found.document())
    else:
        for fault in found.faults:
            typer.echo(f"Fault: {fault.what}.")
        typer.echo(f"{found.events} events verified, {len(found.faults)} faults.")
    if found.faults:
        raise typer.Exit(FOUND_ERROR)
