"""Commands for areas: may this line be designated, and is this layer of areas in order."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.area_candidates import Candidate, candidate_document, left_after_refusal, repaired, with_clean_edge
from app.area_places import Surroundings, surroundings
from app.cli.area_words import layer_words, verdict_words
from app.cli.output import FOUND_ERROR, exit_by_findings, print_document, refuse
from app.clock import Clock
from app.documents import document_text
from app.verdict import AreaVerdict, Verdict, check_area, verdict_document
from geo.layer_check import check_layer, layer_document
from geo.layer_report import layer_table, write_layer_geopackage
from geo.reading import Layer, ReadArea, read_area, read_layer
from referendum.designation import Applicant, parse_applicant

commands = typer.Typer()

AreaFile = Annotated[Path, typer.Argument(metavar="AREA", help="The boundary: GeoJSON, GeoPackage, Shapefile, KML...")]
LayerName = Annotated[str | None, typer.Option("--layer", help="Which layer, where the file has several.")]
FeatureName = Annotated[str | None, typer.Option("--feature", metavar="REF", help="Which feature, by reference.")]
Dissolve = Annotated[bool, typer.Option("--dissolve", help="Take all features together as one area.")]
AreasFile = Annotated[Path | None, typer.Option("--areas", help="Current neighbourhood areas.")]
ParishesFile = Annotated[Path | None, typer.Option("--parishes", help="Parishes in force on the day.")]
AuthoritiesFile = Annotated[Path | None, typer.Option("--authorities", help="Local planning authorities.")]
ApplicationsFile = Annotated[
    Path | None,
    typer.Option("--open-applications", help="Undecided applications; column applicant: parish:CODE, or forum."),
]
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
CleanEdgeFile = Annotated[
    Path | None,
    typer.Option("--clean-edge", metavar="OUT", help="Write the boundary with a clean edge to --areas, as GeoJSON."),
]
RemainderFile = Annotated[
    Path | None,
    typer.Option("--remainder", metavar="OUT", help="Write what a refusal would leave to designate, as GeoJSON."),
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
    open_applications: ApplicationsFile = None,
    applicant: ApplicantName = None,
    on: OnDate = None,
    crs: ReferenceSystem = None,
    report: ReportFile = None,
    repair: RepairFile = None,
    clean_edge: CleanEdgeFile = None,
    remainder: RemainderFile = None,
    as_json: AsJson = False,
) -> None:
    """Check a boundary: may it be designated, by what route, and what must be looked at first."""
    body = None if applicant is None else parse_applicant(applicant)
    day = Clock().today() if on is None else on.date()
    area = read_area(area_file, layer=layer, feature=feature, dissolve=dissolve, crs=crs)
    around = surroundings(
        areas=_read(areas),
        parishes=_read(parishes),
        authorities=_read(authorities),
        on=day,
        open_applications=_read(open_applications),
        applicant=body,
        reference=area.reference,
    )
    _refuse_unknown_parish(body, around, parishes)
    verdict = _verdict(area, around, on=day, applicant=body)
    inputs = (area_file, areas, parishes, authorities, open_applications)
    if repair is not None:
        _offer(repaired(area), area, repair, option="--repair", inputs=inputs)
    if clean_edge is not None:
        if around.areas is None:
            refuse("A clean edge follows current areas: give them with --areas.")
        _offer(with_clean_edge(area, around.areas), area, clean_edge, option="--clean-edge", inputs=inputs)
    if remainder is not None:
        _offer(left_after_refusal(verdict), area, remainder, option="--remainder", inputs=inputs)
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


def _offer(candidate: Candidate, area: ReadArea, path: Path, *, option: str, inputs: Sequence[Path | None]) -> None:
    """Write a candidate, never over a file that was given, and say on standard error what it changes."""
    if path.exists() and any(given is not None and path.samefile(given) for given in inputs):
        refuse(f"{path} was given to be read and is never changed: give {option} another name.")
    if candidate.geometry_bng is None:
        typer.echo(f"{path} is not written: {candidate.words}", err=True)
        return
    document = candidate_document(candidate, reference=area.reference, name=area.name)
    path.write_text(document_text(document), encoding="utf-8")
    typer.echo(f"{path}: {candidate.words}", err=True)


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
        open_applications=around.open_applications,
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
