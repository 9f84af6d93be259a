"""The `folkmoot` command: gathers the commands and turns every refusal into one line and exit status 2."""

import sys
from importlib import import_module

import typer

from app.cli.output import UNUSABLE_INPUT, option_for
from app.errors import ServiceError
from geo.errors import GeoError
from referendum.errors import ReferendumError

COMMAND_MODULES: tuple[str, ...] = (
    "areas",
    "backups",
    "count",
    "electors",
    "estimate",
    "examples",
    "importing",
    "law",
    "levy",
    "local_plans",
    "results",
    "rules",
    "service",
    "succession",
    "users",
)


def build() -> typer.Typer:
    """Return the command line with every command."""
    root = typer.Typer(
        name="folkmoot",
        help="Neighbourhood planning: from a line on a map to a plan in force.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name in COMMAND_MODULES:
        root.add_typer(import_module(f"app.cli.{name}").commands)
    return root


def main() -> None:
    """Run the command line; a broken input is one sentence on standard error and exit status 2."""
    try:
        build()()
    except (GeoError, ReferendumError, ServiceError) as refusal:
        sys.stderr.write(f"folkmoot: {' '.join(str(refusal).split())}{option_for(refusal)}\n")
        sys.exit(UNUSABLE_INPUT)


if __name__ == "__main__":
    main()
