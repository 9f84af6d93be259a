"""Commands that make example data, for training and tests."""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import refuse
from fixtures.register import REGISTER_COLUMNS, DistrictHomes, register_rows
from fixtures.register_inputs import district_homes

commands = typer.Typer()
example = typer.Typer(
    name="example", help="Example data: invented people, for training and tests.", no_args_is_help=True
)
commands.add_typer(example)

AS_AT = date(2026, 12, 1)

PostcodesFile = Annotated[Path, typer.Option("--postcodes", metavar="FILE", help="Postcodes with their points.")]
DistrictsFile = Annotated[Path, typer.Option("--polling-districts", metavar="FILE", help="Map of polling districts.")]
TotalsFile = Annotated[Path, typer.Option("--totals", metavar="FILE", help="Table: polling district, electors.")]
OutFile = Annotated[Path, typer.Option("--out", metavar="FILE", help="The register to write (CSV, Xpress layout).")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same register.")]
AsAt = Annotated[datetime | None, typer.Option("--as-at", formats=["%Y-%m-%d"], help="Date of the register.")]
CodeColumn = Annotated[str | None, typer.Option("--code-column", help="Column of codes in the map.")]
TotalsColumn = Annotated[str | None, typer.Option("--totals-column", help="Column of electors in the table.")]
OtherElectors = Annotated[
    bool, typer.Option("--other-electors", help="Take a few entries as overseas, service and anonymous electors.")
]


@example.callback()
def example_group() -> None:
    """Example data: invented people, for training and tests."""


@example.command("register")
def register_command(
    *,
    postcodes: PostcodesFile,
    polling_districts: DistrictsFile,
    totals: TotalsFile,
    out: OutFile,
    seed: Seed = 1,
    as_at: AsAt = None,
    code_column: CodeColumn = None,
    totals_column: TotalsColumn = None,
    other_electors: OtherElectors = False,
) -> None:
    """Make a synthetic register: invented people on real postcodes, as many in each polling district as it has."""
    districts = district_homes(
        postcodes=postcodes,
        polling_districts=polling_districts,
        totals=totals,
        code_column=code_column,
        totals_column=totals_column,
    )
    day = AS_AT if as_at is None else as_at.date()
    rows = register_rows(districts, seed=seed, as_at=day, with_other_electors=other_electors)
    _write(out, rows)
    typer.echo(_summary(out, districts))


def _write(out: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write the register beside its place first, so that a broken run leaves nothing behind."""
    try:
        with tempfile.TemporaryDirectory(dir=out.parent) as folder:
            partial = Path(folder) / "register.csv"
            with partial.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(REGISTER_COLUMNS)
                writer.writerows(rows)
            partial.replace(out)
    except OSError as error:
        refuse(f"{out} cannot be written ({error.strerror}): name a file in a folder where you may write.")


def _summary(out: Path, districts: Sequence[DistrictHomes]) -> str:
    entries = sum(district.entries for district in districts)
    postcodes = sum(len(district.postcodes) for district in districts)
    return (
        f"{out}: {entries:,} invented entries in {len(districts)} polling districts, "
        f"within {postcodes:,} postcodes. For training and tests only."
    )
