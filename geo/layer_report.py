"""A layer's report as a table and as a GeoPackage, to open beside the layer itself."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import geopandas
from shapely.geometry.base import BaseGeometry

from geo.crs import BNG_EPSG
from geo.findings import Finding
from geo.layer_check import LayerReport, place_of

COLUMNS = ("row", "reference", "code", "severity", "message", "rule", "easting", "northing", "area_m2", "max_width_m")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def layer_table(report: LayerReport) -> str:
    """Return the findings of a layer as CSV, one line each, gaps last; lines end as RFC 4180 says.

    Text that a spreadsheet would take for a formula is kept harmless by an apostrophe before it.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in report.rows:
        for finding in row.findings:
            writer.writerow([row.row, _harmless(row.reference or ""), *_cells(finding)])
    for gap in report.gaps:
        beside = " and ".join(report.name_of(number) for number in gap.between)
        message = f"A gap between {beside}, in no area."
        easting, northing = place_of(gap)
        area = f"{gap.area_m2:.2f}"
        writer.writerow(["", "", "gap", "notice", _harmless(message), "", easting, northing, area, gap.max_width_m])
    return text.getvalue()


def _cells(finding: Finding) -> Iterator[object]:
    yield from (finding.code, finding.severity.value, _harmless(finding.message), finding.rule or "")
    yield from ("", "") if finding.at_bng is None else finding.at_bng
    yield "" if finding.area_m2 is None else f"{finding.area_m2:.2f}"
    yield "" if finding.max_width_m is None else f"{finding.max_width_m:.3f}"


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_layer_geopackage(report: LayerReport, path: Path) -> None:
    """Write the overlaps and the gaps of a layer as a GeoPackage of two layers, EPSG:27700; replaces the file.

    A layer with nothing in it is not written.
    """
    path.unlink(missing_ok=True)
    overlaps: list[dict[str, object]] = [
        {
            "a": report.name_of(pair.a),
            "b": report.name_of(pair.b),
            "area_m2": round(pair.area_m2, 2),
            "max_width_m": pair.max_width_m,
            "sliver": pair.sliver,
        }
        for pair in report.overlaps
    ]
    gaps: list[dict[str, object]] = [
        {
            "between": ", ".join(report.name_of(number) for number in gap.between),
            "area_m2": round(gap.area_m2, 2),
            "max_width_m": gap.max_width_m,
        }
        for gap in report.gaps
    ]
    _write(path, "overlaps", overlaps, [pair.geometry_bng for pair in report.overlaps])
    _write(path, "gaps", gaps, [gap.geometry_bng for gap in report.gaps])


def _write(path: Path, layer: str, rows: list[dict[str, object]], shapes: list[BaseGeometry]) -> None:
    if rows:
        frame = geopandas.GeoDataFrame(rows, geometry=shapes, crs=BNG_EPSG)
        frame.to_file(path, layer=layer, driver="GPKG", engine="pyogrio")
