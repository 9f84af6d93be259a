"""The command that takes in declarations of past referendums."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.database import changing, read_settings
from app.cli.output import print_document, refuse
from app.services.published_results import ImportedResults, import_published_results

commands = typer.Typer()

LARGEST_FILE_BYTES = 64 * 1024 * 1024


@commands.command("import-results")
def import_results_command(
    file: Annotated[Path, typer.Argument(metavar="CSV", help="Past declarations, one a line, as published.")],
    *,
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Import declarations of past referendums as published; what does not add up is shown and never corrected."""
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES:
            refuse(f"{file.name} is larger than 64 MiB: split it.")
        content = file.read_bytes()
    except OSError as problem:
        refuse(f"{file.name} cannot be read ({problem.strerror}): check the path.")
    with changing(read_settings()) as (session, deed):
        imported = import_published_results(session, deed, content, file=file.name)
    if json_output:
        print_document(_document(file.name, imported))
    else:
        typer.echo("\n".join(_words(file.name, imported)))


def _document(file: str, imported: ImportedResults) -> dict[str, object]:
    facts = {"added": len(imported.added), "known": imported.known, "by_status": imported.by_status}
    return {"schema": "folkmoot.import-results/1", "file": file, **facts, "results": list(imported.added)}


def _words(file: str, imported: ImportedResults) -> list[str]:
    counts = ", ".join(f"{number} {status.replace('-', ' ')}" for status, number in imported.by_status.items())
    lines = [f"{file}: {len(imported.added)} added ({counts}), {imported.known} already stored."]
    for result in imported.added:
        findings: Any = result["findings"]
        lines += [f"Line {result['line']}, {result['area']}: {finding['message']}" for finding in findings]
    return lines
