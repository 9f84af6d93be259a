"""Reading a whole layer from any file we accept, onto the British grid."""

from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import BoundaryError, UnknownFrameError
from geo.findings import Finding, Severity
from geo.reading.columns import code_column as code_column_of
from geo.reading.columns import name_column as name_column_of
from geo.reading.columns import values
from geo.reading.files import read_raw
from geo.reading.framing import Group, assumed, evidence_of, finding_of, groups_of, on_grid
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import Feature, Layer, RawLayer, UnreadableRow
from geo.validity import are_valid_ogc

_NOT_VALID = "ring-not-closed"


@np.errstate(all="ignore")
def read_layer(
    path: Path,
    *,
    layer: str | None = None,
    crs: str | None = None,
    code_column: str | None = None,
    name_column: str | None = None,
    limits: Limits = STANDARD_LIMITS,
) -> Layer:
    """Read a layer of boundaries from a file, every geometry exactly as given, on the British grid.

    Args:
        path: GeoJSON, GeoPackage, Shapefile (its .shp, or a zip), KML, GML, CSV, WKT, GeoParquet or FlatGeobuf.
        layer: the layer, where the file has several.
        crs: the reference system, where the file declares none or wrongly ("EPSG:27700").
        code_column: the column of each row's code or reference, where it is not recognised.
        name_column: the column of each row's name, where it is not recognised.
        limits: how much is accepted.

    Returns:
        The layer; rows whose geometry cannot be read at all are in `unreadable` and stop nothing.

    Raises:
        GeoError: one sentence saying what is wrong, where, and what to do.
    """
    raw = read_raw(path, layer, limits)
    return _layer_of(raw, path.name, crs, (code_column, name_column), limits, assumes_grid=False)


@np.errstate(all="ignore")
def read_wkt_rows(
    path: Path,
    *,
    crs: str | None = None,
    code_column: str | None = None,
    name_column: str | None = None,
    limits: Limits = STANDARD_LIMITS,
) -> Layer:
    """Read a table whose rows carry WKT, EWKT or hexadecimal WKB, for checking row by row.

    As `read_layer`, but coordinates that lie in England by no reference system are taken as British grid metres, with a
    warning, so that their validity can still be told; rows that declare a system we do not accept carry an error.
    """
    raw = read_raw(path, None, limits)
    return _layer_of(raw, path.name, crs, (code_column, name_column), limits, assumes_grid=True)


def _layer_of(
    raw: RawLayer,
    name: str,
    crs: str | None,
    columns: tuple[str | None, str | None],
    limits: Limits,
    *,
    assumes_grid: bool,
) -> Layer:
    limits.check_vertices(name, int(shapely.get_num_coordinates(raw.geometries).sum()))
    groups = list(groups_of(raw, crs, assumes_grid=assumes_grid))
    framed = [(group, group.frame) for group in groups if group.frame is not None]
    geometries, refusals = on_grid(raw, groups, assumes_grid=assumes_grid)
    features, unreadable = _rows(raw, geometries, refusals, groups, columns)
    if not features and not assumes_grid:
        raise _nothing_readable(raw, name, groups, unreadable)
    main = max(framed, key=lambda pair: len(pair[0].rows))[1] if framed else assumed()
    return Layer(
        format=raw.format,
        layer=raw.layer,
        crs=main.crs,
        crs_evidence=evidence_of(framed),
        flipped=main.flipped,
        notices=(*raw.notices, *dict.fromkeys(finding for _, frame in framed for finding in frame.findings)),
        features=features,
        unreadable=unreadable,
    )


def _rows(
    raw: RawLayer,
    geometries: NDArray[np.object_],
    refusals: dict[int, str],
    groups: list[Group],
    columns: tuple[str | None, str | None],
) -> tuple[tuple[Feature, ...], tuple[UnreadableRow, ...]]:
    count = len(geometries)
    references = values(raw.columns, code_column_of(raw.columns, columns[0]), count)
    names = values(raw.columns, name_column_of(raw.columns, columns[1]), count)
    is_valid = are_valid_ogc(raw.geometries)
    frames = {row: group.frame for group in groups for row in map(int, group.rows) if row in raw.remarks}
    told = {row: group.findings for group in groups if group.findings for row in map(int, group.rows)}
    titles = list(raw.columns)
    cells = list(zip(*raw.columns.values(), strict=True)) if titles else [()] * count
    features, unreadable = [], []
    for row in range(count):
        findings = tuple(finding_of(remark, frames.get(row)) for remark in raw.remarks.get(row, ()))
        if geometries[row] is None:
            why = (
                findings[0]
                if findings and row not in refusals
                else _refused(refusals.get(row, "The row has no geometry."))
            )
            unreadable.append(UnreadableRow(row=row + 1, reference=references[row], finding=why))
            continue
        features.append(
            Feature(
                row=row + 1,
                reference=references[row],
                name=names[row],
                attributes=dict(zip(titles, cells[row], strict=True)),
                geometry_bng=geometries[row],
                is_valid=bool(is_valid[row]) and all(finding.code != _NOT_VALID for finding in findings),
                findings=(*findings, *told.get(row, ())),
            ),
        )
    return tuple(features), tuple(unreadable)


def _refused(message: str) -> Finding:
    return Finding(code="unreadable-geometry", severity=Severity.ERROR, message=message)


def _nothing_readable(
    raw: RawLayer,
    name: str,
    groups: list[Group],
    unreadable: tuple[UnreadableRow, ...],
) -> BoundaryError | UnknownFrameError:
    refused = [group for group in groups if group.refusal]
    if refused:
        return UnknownFrameError(f"{name}: {refused[0].refusal}", missing=refused[0].missing)
    if not unreadable:
        return BoundaryError(f"{name} has no features in its layer {raw.layer}: ask for the file again.")
    first = unreadable[0]
    return BoundaryError(f"{name} has no geometry that can be used; row {first.row}: {first.finding.message}")
