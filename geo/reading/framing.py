"""Which rows of a layer are in which reference system, and the way of all of them to the British grid."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import Missing, UnknownFrameError
from geo.findings import Finding, Severity
from geo.frames import Frame, bng_geometries, frame_of, to_bng
from geo.reading.model import RawLayer, Remark
from geo.systems import BNG

_LARGEST_DEGREES = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that share one reference system.

    Attributes:
        rows: their positions, counted from 0.
        frame: the reference system; None where it is refused.
        refusal: the sentence that refuses it.
        missing: what would answer the refusal.
        findings: what is to be told of each row.
    """

    rows: NDArray[np.intp]
    frame: Frame | None
    refusal: str = ""
    missing: Missing | None = None
    findings: tuple[Finding, ...] = ()


def groups_of(raw: RawLayer, crs: str | None, *, assumes_grid: bool) -> Iterator[Group]:
    """Part the rows by reference system: one for a whole file, but row by row in a table of WKT."""
    present = np.flatnonzero(~shapely.is_missing(raw.geometries))
    if raw.srids is None or crs is not None:
        if len(present) == 0:
            return
        declared = raw.declared_crs if crs is None else crs
        points = shapely.get_coordinates(raw.geometries[present])
        declared_by = raw.declared_by if crs is None else "You named"
        frame = frame_of(points, declared, declared_by=declared_by, is_binding=crs is not None)
        yield Group(rows=present, frame=frame)
        return
    is_degrees = _fits_degrees(raw.geometries)
    keys = np.column_stack([raw.srids, is_degrees])[present]
    for key in np.unique(keys, axis=0):
        rows = present[(keys == key).all(axis=1)]
        yield _group_of_rows(raw.geometries[rows], rows, int(key[0]), assumes_grid=assumes_grid)


def _group_of_rows(geometries: NDArray[np.object_], rows: NDArray[np.intp], srid: int, *, assumes_grid: bool) -> Group:
    points = shapely.get_coordinates(geometries)
    try:
        frame = frame_of(points, f"EPSG:{srid}" if srid else None, declared_by="The rows declare")
    except UnknownFrameError as error:
        if not assumes_grid:
            return Group(rows=rows, frame=None, refusal=str(error), missing=error.missing)
        refused = Finding(code="reference-system-refused", severity=Severity.ERROR, message=str(error))
        return Group(rows=rows, frame=assumed(), findings=(refused,) if srid else ())
    return Group(rows=rows, frame=frame)


def assumed() -> Frame:
    """Return the frame of coordinates that lie in England by no system: British grid metres, with a warning."""
    evidence = (
        "No reference system is declared and the coordinates do not lie in England; taken as British grid metres."
    )
    finding = Finding(code="reference-system-assumed", severity=Severity.WARNING, message=evidence)
    return Frame(crs=BNG, flipped=False, evidence=evidence, findings=(finding,))


def _fits_degrees(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    bounds = shapely.bounds(geometries)
    return np.asarray((np.abs(bounds) <= _LARGEST_DEGREES).all(axis=1), dtype=bool)


def on_grid(
    raw: RawLayer,
    groups: list[Group],
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


def evidence_of(framed: list[tuple[Group, Frame]]) -> str:
    """Return in one sentence how the reference systems of a layer's rows were told."""
    if not framed:
        return "No row has a geometry that can be read."
    if len(framed) == 1:
        return framed[0][1].evidence
    return "; ".join(f"{len(group.rows)} rows: {frame.evidence.rstrip('.')}" for group, frame in framed) + "."


def finding_of(remark: Remark, frame: Frame | None) -> Finding:
    """Return a remark of reading as a finding, its place on the British grid."""
    at_bng = None
    if remark.at_source is not None and frame is not None:
        ((easting, northing),) = to_bng(frame)(np.array([remark.at_source], dtype=np.float64))
        at_bng = (float(easting), float(northing)) if np.isfinite([easting, northing]).all() else None
    return Finding(code=remark.code, severity=remark.severity, message=remark.message, at_bng=at_bng)
