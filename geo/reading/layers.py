"""Reading a whole layer from any file we accept, onto the British grid."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import BoundaryError, UnknownFrameError
from geo.findings import Finding, Severity
from geo.frames import BNG, Frame, bng_geometries, frame_of, to_bng
from geo.reading.columns import code_column as code_column_of
from geo.reading.columns import name_column as name_column_of
from geo.reading.columns import values
from geo.reading.files import read_raw
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import Feature, Layer, RawLayer, Remark, UnreadableRow
from geo.validity import are_valid_ogc

_LARGEST_DEGREES = 180.0
_NOT_VALID = "ring-not-closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Rows that share one reference system."""

    rows: NDArray[np.intp]
    frame: Frame | None
    refusal: str = ""


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
    warning on the row, so that their validity can still be told.
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
    groups = list(_groups(raw, crs, assumes_grid=assumes_grid))
    framed = [(group, group.frame) for group in groups if group.frame is not None]
    geometries, refusals = _on_grid(raw, groups, assumes_grid=assumes_grid)
    features, unreadable = _rows(raw, geometries, refusals, groups, columns)
    if not features and not assumes_grid:
        raise _nothing_readable(raw, name, groups, unreadable)
    main = max(framed, key=lambda pair: len(pair[0].rows))[1] if framed else _assumed()
    return Layer(
        format=raw.format,
        layer=raw.layer,
        crs=main.crs,
        crs_evidence=_evidence(framed),
        flipped=main.flipped,
        notices=(*raw.notices, *dict.fromkeys(finding for _, frame in framed for finding in frame.findings)),
        features=features,
        unreadable=unreadable,
    )


def _groups(raw: RawLayer, crs: str | None, *, assumes_grid: bool) -> Iterator[_Group]:
    """Part the rows by reference system: one for a whole file, but row by row in a table of WKT."""
    present = np.flatnonzero(~shapely.is_missing(raw.geometries))
    if raw.srids is None or crs is not None:
        if len(present) == 0:
            return
        declared = raw.declared_crs if crs is None else crs
        points = shapely.get_coordinates(raw.geometries[present])
        declared_by = raw.declared_by if crs is None else "You named"
        frame = frame_of(points, declared, declared_by=declared_by, is_binding=crs is not None)
        yield _Group(rows=present, frame=frame)
        return
    is_degrees = _fits_degrees(raw.geometries)
    keys = np.column_stack([raw.srids, is_degrees])[present]
    for key in np.unique(keys, axis=0):
        rows = present[(keys == key).all(axis=1)]
        yield _group_of_rows(raw.geometries[rows], rows, int(key[0]), assumes_grid=assumes_grid)


def _group_of_rows(geometries: NDArray[np.object_], rows: NDArray[np.intp], srid: int, *, assumes_grid: bool) -> _Group:
    points = shapely.get_coordinates(geometries)
    try:
        frame = frame_of(points, f"EPSG:{srid}" if srid else None, declared_by="The rows declare")
    except UnknownFrameError as error:
        if srid or not assumes_grid:
            return _Group(rows=rows, frame=None, refusal=str(error))
        return _Group(rows=rows, frame=_assumed())
    return _Group(rows=rows, frame=frame)


def _assumed() -> Frame:
    evidence = (
        "No reference system is declared and the coordinates do not lie in England; taken as British grid metres."
    )
    finding = Finding(code="reference-system-assumed", severity=Severity.WARNING, message=evidence)
    return Frame(crs=BNG, flipped=False, evidence=evidence, findings=(finding,))


def _fits_degrees(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    bounds = shapely.bounds(geometries)
    return np.asarray((np.abs(bounds) <= _LARGEST_DEGREES).all(axis=1), dtype=bool)


def _on_grid(
    raw: RawLayer,
    groups: list[_Group],
    *,
    assumes_grid: bool,
) -> tuple[NDArray[np.object_], dict[int, str]]:
    """Return the geometries on the grid, and why a row has none there.

    Where the grid may be assumed, a row without a place on it keeps its own coordinates.
    """
    geometries = np.full(len(raw.geometries), None, dtype=object)
    refusals: dict[int, str] = {}
    for group in groups:
        if group.frame is None:
            refusals.update(dict.fromkeys(map(int, group.rows), group.refusal))
            continue
        moved, lost = bng_geometries(raw.geometries[group.rows], group.frame)
        geometries[group.rows[~lost]] = moved[~lost]
        if assumes_grid:
            geometries[group.rows[lost]] = raw.geometries[group.rows[lost]]
            continue
        why = "The row lies outside Great Britain, where there is no British grid: check its coordinates."
        refusals.update(dict.fromkeys(map(int, group.rows[lost]), why))
    return geometries, refusals


def _rows(
    raw: RawLayer,
    geometries: NDArray[np.object_],
    refusals: dict[int, str],
    groups: list[_Group],
    columns: tuple[str | None, str | None],
) -> tuple[tuple[Feature, ...], tuple[UnreadableRow, ...]]:
    count = len(geometries)
    references = values(raw.columns, code_column_of(raw.columns, columns[0]), count)
    names = values(raw.columns, name_column_of(raw.columns, columns[1]), count)
    is_valid = are_valid_ogc(raw.geometries)
    frames = {row: group.frame for group in groups for row in map(int, group.rows) if row in raw.remarks}
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
                findings=findings,
            ),
        )
    return tuple(features), tuple(unreadable)


def finding_of(remark: Remark, frame: Frame | None) -> Finding:
    """Return a remark of reading as a finding, its place on the British grid."""
    at_bng = None
    if remark.at_source is not None and frame is not None:
        ((easting, northing),) = to_bng(frame)(np.array([remark.at_source], dtype=np.float64))
        at_bng = (float(easting), float(northing)) if np.isfinite([easting, northing]).all() else None
    return Finding(code=remark.code, severity=remark.severity, message=remark.message, at_bng=at_bng)


def _refused(message: str) -> Finding:
    return Finding(code="unreadable-geometry", severity=Severity.ERROR, message=message)


def _nothing_readable(
    raw: RawLayer,
    name: str,
    groups: list[_Group],
    unreadable: tuple[UnreadableRow, ...],
) -> BoundaryError | UnknownFrameError:
    refusals = [group.refusal for group in groups if group.refusal]
    if refusals:
        return UnknownFrameError(f"{name}: {refusals[0]}")
    if not unreadable:
        return BoundaryError(f"{name} has no features in its layer {raw.layer}: ask for the file again.")
    first = unreadable[0]
    return BoundaryError(f"{name} has no geometry that can be used; row {first.row}: {first.finding.message}")


def _evidence(framed: list[tuple[_Group, Frame]]) -> str:
    if not framed:
        return "No row has a geometry that can be read."
    if len(framed) == 1:
        return framed[0][1].evidence
    return "; ".join(f"{len(group.rows)} rows: {frame.evidence.rstrip('.')}" for group, frame in framed) + "."
