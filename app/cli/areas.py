"""Commands for areas: may this line be designated, and is this layer of areas in order."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from shapely.geometry import mapping

from app.area_places import Surroundings, surroundings
from app.cli.area_words import layer_words, verdict_words
from app.cli.output import FOUND_ERROR, exit_by_findings, print_document, refuse
from app.clock import Clock
from app.documents import document_text
from app.verdict import AreaVerdict, Verdict, check_area, verdict_document
from geo.crs import wgs84_from_bng
from geo.layer_check import check_layer, layer_document
from geo.layer_report import layer_table, write_layer_geopackage
from geo.reading import Layer, ReadArea, read_area, read_layer
from geo.repair import repair
from referendum.designation import Applicant, parse_applicant

commands = typer.Typer()

AreaFile = Annotated[Path, typer.Argument(metavar="AREA", help="The boundary: GeoJSON, GeoPackage, Shapefile, KML...")]
LayerName = Annotated[str | None, typer.Option("--layer", help="Which layer, where the file has several.")]
FeatureName = Annotated[str | None, typer.Option("--feature", metavar="REF", help="Which feature, by reference.")]
Dissolve = Annotated[bool, typer.Option("--dissolve", help="Take all features together as one area.")]
AreasFile = Annotated[Path | None, typer.Option("--areas", help="Current neighbourhood areas.")]
ParishesFile = Annotated[Path | None, typer.Option("--parishes", help="Parishes in force on the day.")]
AuthoritiesFile = Annotated[Path | None, typer.Option("--authorities", help="Local planning authorities.")]
ApplicantName = Annotated[str | None, typer.Option("--applicant", help="parish:CODE, or forum.")]
OnDate = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day whose law and boundaries apply.")
]
ReferenceSystem = Annotated[str | None, typer.Option("--crs", help="Reference system, where the file says none.")]
ReportFile = Annotated[
    Path | None, typer.Option("--report", metavar="FILE.html", help="Write a map and the findings as one page.")
]
RepairFile = Annotated[
    Path | None, typer.Option("--repair", metavar="OUT", help="Write a valid candidate here, as GeoJSON.")
]
LayerFile = Annotated[Path, typer.Argument(metavar="FILE", help="A layer of areas, of a whole authority perhaps.")]
TableFile = Annotated[Path | None, typer.Option("--csv", metavar="OUT.csv", help="Write every finding as a table.")]
GeoPackageFile = Annotated[
    Path | None, typer.Option("--gpkg", metavar="OUT.gpkg", help="Write the overlaps and the gaps as layers.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]


@commands.command("check-area")
def check_area_command(
    area_file: AreaFile,
    *,
    layer: LayerName = None,
    feature: FeatureName = None,
    dissolve: Dissolve = False,
    areas: AreasFile = None,
    parishes: ParishesFile = None,
    authorities: AuthoritiesFile = None,
    applicant: ApplicantName = None,
    on: OnDate = None,
    crs: ReferenceSystem = None,
    report: ReportFile = None,
    repaired: RepairFile = None,
    as_json: AsJson = False,
) -> None:
    """Check a boundary: may it be designated, by what route, and what must be looked at first."""
    body = None if applicant is None else parse_applicant(applicant)
    day = Clock().today() if on is None else on.date()
    area = read_area(area_file, layer=layer, feature=feature, dissolve=dissolve, crs=crs)
    around = surroundings(areas=_read(areas), parishes=_read(parishes), authorities=_read(authorities), on=day)
    _refuse_unknown_parish(body, around, parishes)
    verdict = _verdict(area, around, on=day, applicant=body)
    if repaired is not None:
        _write_repair(area, area_file, repaired)
    name = area.name or area.reference or area_file.name
    if report is not None:
        from app.reports.area_report import write_area_report  # noqa: PLC0415 - maps are slow to load, and rarely wanted

        write_area_report(verdict, name, report)
    if as_json:
        print_document(verdict_document(verdict))
    else:
        typer.echo("\n".join(verdict_words(verdict, name)))
    if verdict.verdict is Verdict.NOT_ACCEPTABLE:
        raise typer.Exit(FOUND_ERROR)


def _read(path: Path | None) -> Layer | None:
    return None if path is None else read_layer(path)


def _refuse_unknown_parish(applicant: Applicant | None, around: Surroundings, path: Path | None) -> None:
    if applicant is None or applicant.parish_code is None or around.parishes is None or path is None:
        return
    if all(parish.reference != applicant.parish_code for parish in around.parishes):
        refuse(f"{path.name} has no parish {applicant.parish_code} in force on the day: check the code and --on.")


def _write_repair(area: ReadArea, original: Path, path: Path) -> None:
    """Write a candidate beside the original, never over it, and say on standard error what it changes."""
    if path.exists() and path.samefile(original):
        refuse(f"{path} is the boundary itself, which is never changed: give --repair another name.")
    offered = repair(area.geometry_bng)
    feature = {
        "type": "Feature",
        "properties": {"reference": area.reference, "name": area.name},
        "geometry": mapping(wgs84_from_bng(offered.candidate)),
    }
    path.write_text(document_text({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    typer.echo(f"{path}: {offered.words()}", err=True)


def _verdict(area: ReadArea, around: Surroundings, *, on: date, applicant: Applicant | None) -> AreaVerdict:
    return check_area(
        area.geometry_bng,
        source=area.source,
        on=on,
        applicant=applicant,
        areas=around.areas,
        parishes=around.parishes,
        authorities=around.authorities,
        findings_from_reading=(*area.findings, *around.findings),
        reference=area.reference,
    )


@commands.command("check-layer")
def check_layer_command(
    layer_file: LayerFile,
    *,
    layer: LayerName = None,
    crs: ReferenceSystem = None,
    table: TableFile = None,
    geopackage: GeoPackageFile = None,
    as_json: AsJson = False,
) -> None:
    """Check a whole layer of areas: every row, every overlap, every gap."""
    report = check_layer(read_layer(layer_file, layer=layer, crs=crs))
    document = layer_document(report)
    if table is not None:
        table.write_text(layer_table(report), encoding="utf-8")
    if geopackage is not None:
        write_layer_geopackage(report, geopackage)
    if as_json:
        print_document(document)
    else:
        typer.echo("\n".join(layer_words(report, layer_file.name)))
    exit_by_findings([finding.document() for row in report.rows for finding in row.findings])
