"""The command that works out the neighbourhood share of one development's levy."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer
from shapely import Point
from shapely.geometry.base import BaseGeometry

from app.cli.database import open_database, read_settings
from app.cli.dates import parse_date
from app.cli.output import print_document, refuse
from app.db import reading
from app.queries.levy import LevyAnswer, LevyQuestion, levy_share
from app.schemas.levy import LEVY_SCHEMA, levy_out
from geo.boundary import boundary
from geo.grid_reference import GridReferenceError, read_grid_reference
from geo.reading import read_area
from referendum.levy_words import pounds

commands = typer.Typer()

Site = Annotated[Path | None, typer.Option("--site", help="The outline of the site, in any spatial format.")]
At = Annotated[str | None, typer.Option("--at", help="A place in the site: EASTING,NORTHING or a grid reference.")]
PermittedOn = Annotated[str, typer.Option("--permitted-on", help="The day of the planning permission, YYYY-MM-DD.")]
Amount = Annotated[str, typer.Option("--amount", help="Levy received, pounds.")]
Dwellings = Annotated[
    list[str] | None, typer.Option("--dwellings", help="Homes of the whole parish; repeatable as PARISH=NUMBER.")
]
Already = Annotated[
    list[str] | None,
    typer.Option("--already", help="Pounds passed on at 15 % in the same year; repeatable as PARISH=AMOUNT."),
]
Index = Annotated[str, typer.Option("--index", help="What the limit per home is multiplied by for the year.")]
ByOrder = Annotated[bool, typer.Option("--by-order", help="A neighbourhood development order gave the permission.")]
ReceivedOn = Annotated[str | None, typer.Option("--received-on", help="The day of receipt, YYYY-MM-DD.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]


@commands.command("levy")
def levy_command(
    *,
    permitted_on: PermittedOn,
    amount: Amount,
    site: Site = None,
    at: At = None,
    dwellings: Dwellings = None,
    already: Already = None,
    index: Index = "1",
    by_order: ByOrder = False,
    received_on: ReceivedOn = None,
    as_json: AsJson = False,
) -> None:
    """Work out what share of a development's levy goes to the neighbourhood, line by line."""
    homes = {name: _figure("--dwellings", text) for name, text in _by_parish("--dwellings", dwellings).items()}
    if any(figure != int(figure) for figure in homes.values()):
        refuse("--dwellings was given a number that is not whole: count homes.")
    question = LevyQuestion(
        site_bng=_site(site, at),
        permitted_on=parse_date(permitted_on, "--permitted-on") or refuse("--permitted-on is missing."),
        amount_gbp=_figure("--amount", amount),
        dwellings={name: int(figure) for name, figure in homes.items()},
        already_gbp={name: _figure("--already", text) for name, text in _by_parish("--already", already).items()},
        index=_figure("--index", index),
        permitted_by_order=by_order,
        received_on=parse_date(received_on, "--received-on"),
    )
    answer = _answer(question)
    if as_json:
        print_document({"schema": LEVY_SCHEMA, **levy_out(answer).model_dump(mode="json")})
    else:
        _tell(answer)


def _answer(question: LevyQuestion) -> LevyAnswer:
    engine = open_database(read_settings())
    try:
        with reading(engine) as session:
            return levy_share(session, question)
    finally:
        engine.dispose()


def _tell(answer: LevyAnswer) -> None:
    for payment in answer.levy.payments:
        verb = "kept by" if payment.is_kept else "to"
        typer.echo(f"{pounds(payment.amount_gbp)} {verb} {payment.to}")
        for line in payment.lines:
            typer.echo(f"  {line.words} ({', '.join(line.rules)})")
    typer.echo(f"{answer.levy.when.words} ({', '.join(answer.levy.when.rules)})")


def _site(site: Path | None, at: str | None) -> BaseGeometry:
    if (site is None) == (at is None):
        refuse("The site is missing or given twice: name either --site FILE or --at PLACE.")
    if site is not None:
        read = read_area(site).geometry_bng
        boundary(read)
        return read
    text = at or ""
    try:
        easting, northing = (float(part) for part in text.split(","))
    except ValueError:
        return _grid_square(text)
    return Point(easting, northing)


def _grid_square(text: str) -> Point:
    try:
        return Point(read_grid_reference(text).centre)
    except GridReferenceError:
        refuse(f"--at was given {text!r}, which is no place: write an easting and northing such as 362500,275500.")


def _by_parish(option: str, texts: list[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts or ():
        name, _, figure = text.rpartition("=")
        if name in found:
            refuse(f"{option} names {name or 'the parish'} twice: give one figure for each.")
        found[name.strip()] = figure.strip()
    return found


def _figure(option: str, text: str) -> Decimal:
    try:
        figure = Decimal(text)
    except InvalidOperation:
        figure = Decimal(-1)
    if not figure.is_finite() or figure < 0:
        refuse(f"{option} was given {text!r}, which is no figure from 0: write it in figures, as in 182500.00.")
    return figure
