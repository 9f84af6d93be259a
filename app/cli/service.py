"""Commands that run the service: migrate, serve, verify-audit."""

from pathlib import Path
from threading import Thread
from typing import Annotated

import typer
import uvicorn

from app.audit import verify
from app.checkpoints import (
    CHECKPOINTS,
    checkpoint_faults,
    keep_checkpoint,
    keep_checkpoints_daily,
    read_checkpoint,
    stored_checkpoints,
)
from app.cli.database import open_database, read_settings
from app.cli.example_district import account_of, load_if_empty, refuse_example_accounts
from app.cli.examples import example
from app.cli.output import FOUND_ERROR, print_document
from app.clock import Clock
from app.db import create_database_engine, reading
from app.errors import NotAllowedError
from app.main import create_app
from app.migrate import migrate as bring_forward
from app.services.record import state_faults
from app.templating import compile_templates

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
        refuse_example_accounts(settings, engine)
        typer.echo(account_of(settings, engine))
        engine.dispose()
    else:
        engine = open_database(settings)
        refuse_example_accounts(settings, engine)
        engine.dispose()
    compile_templates()
    Thread(target=keep_checkpoints_daily, args=(settings, Clock()), daemon=True).start()
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
    *,
    checkpoints: Annotated[
        list[Path] | None,
        typer.Option("--checkpoint", help="A published checkpoint; those in the data folder by default."),
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Verify the audit record, that it passes through its checkpoints, and that the tables hold what it says.

    Exit status 1 where anything was changed without an event, or an event was changed.
    """
    settings = read_settings()
    files = checkpoints or list(stored_checkpoints(settings.data_folder / CHECKPOINTS))
    documents = [read_checkpoint(path) for path in files]
    with reading(open_database(settings)) as session:
        chain = verify(session)
        broken = [what for document in documents for what in checkpoint_faults(document, session)]
        # A chain that is broken says nothing about the tables.
        edited = [] if chain.faults else state_faults(session)
    if json_output:
        state = [{"subject": fault.subject, "what": fault.what} for fault in edited]
        is_sound = not (chain.faults or broken or edited)
        more = {"ok": is_sound, "checkpoints": len(documents), "checkpoint_faults": broken, "state_faults": state}
        print_document(chain.document() | more)
    else:
        found = [*(fault.what for fault in chain.faults), *(fault.what for fault in edited), *broken]
        for what in found:
            typer.echo(f"Fault: {what}.")
        typer.echo(f"{chain.events} events and {len(documents)} checkpoints verified, {len(found)} faults.")
    if chain.faults or broken or edited:
        raise typer.Exit(FOUND_ERROR)


@commands.command("checkpoint")
def checkpoint_command() -> None:
    """Write today's signed checkpoint of the record, to be published; once a day, from a timer."""
    settings = read_settings()
    path = keep_checkpoint(settings, open_database(settings), Clock().now())
    typer.echo(f"Today's checkpoint is in {path}.")
