"""What a spatial file turns into: a raw layer as written, then a layer on the British grid."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.findings import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something noticed about one row while reading; its place is still in the file's own coordinates."""

    code: str
    severity: Severity
    message: str
    at_source: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawLayer:
    """A layer as its file holds it, before its reference system is told.

    Attributes:
        format: the format's name for people ("GeoPackage").
        layer: the layer's name.
        geometries: array of shapely geometries in the file's own coordinates, None where a row has none.
        columns: the attribute columns in their order, each as text, one entry for every row.
        declared_crs: the reference system the file declares, in any notation; None when it declares none.
        declared_by: how it is declared, to begin a sentence ("The file declares").
        srids: reference system numbers given row by row (EWKT), 0 where none is given.
        remarks: remarks by row, counted from 0.
        notices: findings on the whole layer.
    """

    format: str
    layer: str
    geometries: NDArray[np.object_]
    columns: Mapping[str, list[str | None]]
    declared_crs: str | None = None
    declared_by: str = "The file declares"
    srids: NDArray[np.int64] | None = None
    remarks: Mapping[int, tuple[Remark, ...]] = field(default_factory=dict)
    notices: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One row of a layer.

    Attributes:
        row: number of the row in the file, from 1.
        reference: the row's code or reference, None when it has none.
        name: the row's name, None when it has none.
        attributes: every attribute as text.
        geometry_bng: the geometry exactly as given, possibly invalid, two-dimensional, EPSG:27700 metres.
        is_valid: validity by the OGC simple-features rules alone, judged on the coordinates as the file holds them.
        findings: what reading noticed about this row.
    """

    row: int
    reference: str | None
    name: str | None
    attributes: Mapping[str, str | None]
    geometry_bng: BaseGeometry
    is_valid: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadableRow:
    """A row without a geometry that can be used, and why."""

    row: int
    reference: str | None
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer read, on the British grid.

    Attributes:
        format: the format's name for people.
        layer: the layer's name.
        crs: the reference system the file is in ("EPSG:27700").
        crs_evidence: one sentence saying how that was told.
        flipped: True when the file had its two axes the wrong way round.
        notices: findings on the whole layer.
        features: the rows that could be read, in the file's order.
        unreadable: the rows that could not.
    """

    format: str
    layer: str
    crs: str
    crs_evidence: str
    flipped: bool
    notices: tuple[Finding, ...]
    features: tuple[Feature, ...]
    unreadable: tuple[UnreadableRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where one boundary came from (the `source` of published documents)."""

    format: str
    layer: str
    crs: str
    crs_evidence: str
    flipped: bool

    def document(self) -> dict[str, object]:
        """Return the source as it stands in published documents."""
        return {
            "format": self.format,
            "layer": self.layer,
            "crs": self.crs,
            "crs_evidence": self.crs_evidence,
            "flipped": self.flipped,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArea:
    """One boundary read, exactly as given.

    Attributes:
        source: format, layer and reference system with its evidence.
        reference: the feature's code or reference.
        name: the feature's name.
        geometry_bng: the geometry, possibly invalid, EPSG:27700 metres.
        is_valid: OGC validity alone, judged on the coordinates as given.
        findings: what reading noticed.
    """

    source: Source
    reference: str | None
    name: str | None
    geometry_bng: BaseGeometry
    is_valid: bool
    findings: tuple[Finding, ...]
