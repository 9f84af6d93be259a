"""How commands speak: one JSON document, or plain words; exit status 0, 1 or 2."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

import typer

from app.documents import document_text
from geo.errors import GeoError, Missing

FOUND_ERROR = 1
UNUSABLE_INPUT = 2
_OPTIONS = {
    Missing.LAYER: "--layer NAME",
    Missing.FEATURE: "--feature REF, or --dissolve for their union",
    Missing.REFERENCE_SYSTEM: "--crs EPSG:NUMBER",
}


def print_document(document: Mapping[str, object]) -> None:
    """Print exactly one JSON document on standard output."""
    typer.echo(document_text(document), nl=False)


def option_for(refusal: Exception) -> str:
    """Return the option that answers a refusal, in brackets after a space; nothing where no option does."""
    missing = refusal.missing if isinstance(refusal, GeoError) else None
    return "" if missing is None else f" ({_OPTIONS[missing]})"


def refuse(message: str) -> NoReturn:
    """End the command with exit status 2 and one clear line on standard error."""
    typer.echo(f"folkmoot: {' '.join(message.split())}", err=True)
    raise typer.Exit(UNUSABLE_INPUT)


def exit_by_findings(findings: Iterable[Mapping[str, object]]) -> None:
    """End the command with exit status 1 where a finding is an error; otherwise return."""
    if any(finding["severity"] == "error" for finding in findings):
        raise typer.Exit(FOUND_ERROR)
