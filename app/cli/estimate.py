"""The command that estimates an electorate, for planning only."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from app.cli.dates import parse_date
from app.cli.output import print_document, refuse
from app.estimates import LABEL, EstimateFiles, estimate_document, estimate_files

commands = typer.Typer()

Area = Annotated[Path, typer.Argument(metavar="AREA", help="The drawn area, in any spatial format.")]
Zones = Annotated[Path, typer.Option("--zones", help="Boundaries of small areas with codes, such as output areas.")]
CountColumn = Annotated[str, typer.Option("--count-column", help="The column of people of 18 and over.")]
Counts = Annotated[
    Path | None, typer.Option("--counts", help="Table of the counts by code, where the zones lack them.")
]
PointFiles = Annotated[
    list[Path] | None, typer.Option("--locations", help="UPRN or postcode points that stand for homes; repeatable.")
]
Ratio = Annotated[str, typer.Option("--electors-per-adult", help="Of the whole council: its register over its adults.")]
Feature = Annotated[str | None, typer.Option(help="Which feature of the area file is meant.")]
AsAt = Annotated[str | None, typer.Option("--as-at", help="The date of the counts, YYYY-MM-DD.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]


@commands.command("estimate")
def estimate_command(
    area: Area,
    *,
    zones: Zones,
    count_column: CountColumn,
    counts: Counts = None,
    locations: PointFiles = None,
    electors_per_adult: Ratio = "1",
    feature: Feature = None,
    as_at: AsAt = None,
    as_json: AsJson = False,
) -> None:
    """Estimate how many electors live in a drawn area, with a 90 % interval; for planning, never for a poll."""
    if not re.fullmatch(r"[01](\.\d{1,4})?", electors_per_adult):
        refuse(f"--electors-per-adult {electors_per_adult} is not understood: write a share such as 0.94.")
    ratio = Decimal(electors_per_adult)
    files = EstimateFiles(
        area=area,
        zones=zones,
        count_column=count_column,
        counts=counts,
        points=tuple(locations or ()),
        feature=feature,
    )
    found = estimate_files(files, electors_per_adult=ratio)
    if as_json:
        print_document(estimate_document(found, files, ratio=ratio, on=parse_date(as_at, "--as-at")))
        return
    typer.echo(LABEL)
    typer.echo(f"  Adults    about {found.adults:,}")
    typer.echo(f"  Electors  about {found.electors:,}, between {found.electors_low:,} and {found.electors_high:,}")
