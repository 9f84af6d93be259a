"""Commands that keep everything safe: backup and restore."""

from pathlib import Path
from typing import Annotated

import typer

from app.backups import restore_backup, write_backup
from app.cli.database import open_database, read_settings
from app.db import reading, writing
from app.document_store import document_store

commands = typer.Typer()

BackupFile = Annotated[Path, typer.Argument(help="The backup: one zip file.")]


@commands.command()
def backup(path: BackupFile) -> None:
    """Write everything the service keeps to one new file, while the service runs."""
    settings = read_settings()
    with reading(open_database(settings)) as session:
        rows = write_backup(session, document_store(settings), path)
    typer.echo(f"{sum(rows.values())} rows of {len(rows)} tables are in {path}.")
    typer.echo("Keep the keys of the data folder apart from it: they are not in the backup.")


@commands.command()
def restore(path: BackupFile) -> None:
    """Fill an empty, migrated database from a backup, of either kind of database; all of it or nothing."""
    settings = read_settings()
    with writing(open_database(settings)) as session:
        rows = restore_backup(session, document_store(settings), path)
    typer.echo(f"{sum(rows.values())} rows of {len(rows)} tables are restored. Now run folkmoot verify-audit.")
