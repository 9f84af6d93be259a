"""Reading one boundary, from a file or from a web request."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo.errors import BoundaryError, LayerChoiceError, Missing
from geo.findings import Finding
from geo.frames import Frame, bng_geometries, frame_of
from geo.reading.framing import finding_of
from geo.reading.geojson import declared_crs, features_of
from geo.reading.geojson_geometry import parse_geometry
from geo.reading.layers import read_layer
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import Feature, Layer, ReadArea, Source
from geo.validity import is_valid_ogc

_FEATURES_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadGeometry:
    """A geometry of a web request, exactly as given.

    Attributes:
        geometry_bng: possibly invalid, EPSG:27700 metres.
        is_valid: OGC validity alone.
        frame: the reference system and its evidence.
        findings: what reading noticed.
    """

    geometry_bng: BaseGeometry
    is_valid: bool
    frame: Frame
    findings: tuple[Finding, ...]


@np.errstate(all="ignore")
def read_area(
    path: Path,
    *,
    layer: str | None = None,
    feature: str | None = None,
    dissolve: bool = False,
    crs: str | None = None,
    code_column: str | None = None,
    name_column: str | None = None,
    limits: Limits = STANDARD_LIMITS,
) -> ReadArea:
    """Read one boundary from a file.

    Args:
        path: as for `read_layer`.
        layer: the layer, where the file has several.
        feature: reference, name or row number of the feature, where the layer has several.
        dissolve: True when the union of all features is meant.
        crs: the reference system, where the file declares none or wrongly.
        code_column: the column of references, where it is not recognised.
        name_column: the column of names, where it is not recognised.
        limits: how much is accepted.

    Raises:
        LayerChoiceError: several features and neither `feature` nor `dissolve`; the sentence lists them.
        BoundaryError: there is no geometry, or features to be joined are not valid.
        GeoError: as `read_layer`.
    """
    read = read_layer(path, layer=layer, crs=crs, code_column=code_column, name_column=name_column, limits=limits)
    source = Source(
        format=read.format,
        layer=read.layer,
        crs=read.crs,
        crs_evidence=read.crs_evidence,
        flipped=read.flipped,
    )
    if feature is None and dissolve:
        return _dissolved(read, source)
    chosen = _chosen(read, feature, path.name)
    return ReadArea(
        source=source,
        reference=chosen.reference,
        name=chosen.name,
        geometry_bng=chosen.geometry_bng,
        is_valid=chosen.is_valid,
        findings=(*read.notices, *chosen.findings),
    )


@np.errstate(all="ignore")
def read_geojson_geometry(document: object) -> ReadGeometry:
    """Read the boundary of a web request.

    Args:
        document: parsed JSON: a GeoJSON geometry, a Feature, or a FeatureCollection of one feature; WGS84, longitude
            first, unless it has a `crs` member.

    Raises:
        BoundaryError: it has no geometry that can be read.
        LayerChoiceError: it has several features.
        GeoError: it is not GeoJSON, or its reference system cannot be told.
    """
    if not isinstance(document, dict):
        raise BoundaryError("The boundary is not GeoJSON: draw it, or send a file.")
    features = features_of(document, "The boundary")
    if len(features) != 1:
        raise LayerChoiceError(f"The boundary has {len(features)} features: send exactly one.")
    parsed = parse_geometry(features[0].get("geometry"))
    if parsed.geometry is None or parsed.geometry.is_empty:
        why = parsed.remarks[0].message if parsed.remarks else "it is empty."
        raise BoundaryError(f"The boundary has no geometry that can be used: {why}")
    STANDARD_LIMITS.check_vertices("The boundary", int(shapely.get_num_coordinates(parsed.geometry)))
    declared, declared_by = declared_crs(document)
    frame = frame_of(shapely.get_coordinates(parsed.geometry), declared, declared_by=declared_by)
    moved, lost = bng_geometries(np.array([parsed.geometry], dtype=object), frame)
    if lost[0]:
        raise BoundaryError(
            "The boundary reaches outside Great Britain, where there is no British grid: draw it again."
        )
    is_valid = is_valid_ogc(parsed.geometry)
    findings = tuple(finding_of(remark, frame) for remark in parsed.remarks)
    return ReadGeometry(
        geometry_bng=moved[0],
        is_valid=is_valid and not findings,
        frame=frame,
        findings=(*frame.findings, *findings),
    )


def _chosen(read: Layer, feature: str | None, name: str) -> Feature:
    if not read.features:
        raise BoundaryError(f"{name} has no geometry that can be read: {read.unreadable[0].finding.message}")
    if feature is None:
        if len(read.features) == 1:
            return read.features[0]
        raise LayerChoiceError(
            f"{name} has {len(read.features)} features ({_listed(read.features)}): say which one is the area, "
            "or that all of them together are.",
            missing=Missing.FEATURE,
        )
    matching = _matching(read.features, feature.strip())
    if len(matching) == 1:
        return matching[0]
    if matching:
        raise LayerChoiceError(f"{name} has {len(matching)} features “{feature}”: name one by its row number.")
    raise LayerChoiceError(f"{name} has no feature “{feature}”; it has: {_listed(read.features)}.")


def _matching(features: Sequence[Feature], wanted: str) -> list[Feature]:
    """Return the features of a reference, else of a name, else of a row number."""
    folded = wanted.casefold()
    by_reference = [each for each in features if each.reference is not None and each.reference.casefold() == folded]
    by_name = [each for each in features if each.name is not None and each.name.casefold() == folded]
    by_row = [each for each in features if str(each.row) == wanted]
    return by_reference or by_name or by_row


def _listed(features: Sequence[Feature]) -> str:
    shown = [
        " ".join(part for part in (each.reference, each.name if each.name != each.reference else None) if part)
        or f"row {each.row}"
        for each in features[:_FEATURES_SHOWN]
    ]
    more = len(features) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _dissolved(read: Layer, source: Source) -> ReadArea:
    for each in read.features:
        if not each.is_valid:
            title = each.reference or each.name or f"row {each.row}"
            raise BoundaryError(f"The feature {title} is not valid, so the features cannot be joined: mend it first.")
    if read.unreadable:
        first = read.unreadable[0]
        raise BoundaryError(
            f"Row {first.row} cannot be read, so the features cannot be joined: {first.finding.message}"
        )
    try:
        union = shapely.union_all([each.geometry_bng for each in read.features])
    except GEOSException:
        raise BoundaryError(
            "The features cannot be joined, since their lines do not fit together: mend them first."
        ) from None
    return ReadArea(
        source=source,
        reference=None,
        name=None,
        geometry_bng=union,
        is_valid=is_valid_ogc(union),
        findings=(*read.notices, *(finding for each in read.features for finding in each.findings)),
    )
