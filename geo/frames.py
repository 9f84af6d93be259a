"""Telling the reference system of coordinates from evidence: declared, their size, and whether they fall in England."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geo.crs import Coordinates, bng_from_wgs84_coordinates
from geo.england import is_in_england
from geo.errors import UnknownFrameError
from geo.findings import Finding, Severity

MERCATOR_RADIUS_M = 6_378_137.0
SAMPLE_POINTS = 2_000
LEAST_SHARE_IN_ENGLAND = 0.5

BNG = "EPSG:27700"
WGS84 = "EPSG:4326"
ACCEPTED = "WGS84, ETRS89, British National Grid, Web Mercator or UTM zones 30 and 31"

_NAMES = {
    BNG: "British National Grid metres",
    WGS84: "WGS84 degrees",
    "EPSG:4258": "ETRS89 degrees",
    "EPSG:3857": "Web Mercator metres",
    "EPSG:25830": "ETRS89 / UTM zone 30 metres",
    "EPSG:25831": "ETRS89 / UTM zone 31 metres",
}
# Other codes for the same systems, and what each is to us. WGS84 is taken as ETRS89, as OSTN15 does.
_SAME = {
    27700: BNG, 7405: BNG, 4326: WGS84, 4979: WGS84, 84: WGS84, 4258: "EPSG:4258", 4937: "EPSG:4258",
    3857: "EPSG:3857", 3785: "EPSG:3857", 900913: "EPSG:3857", 102100: "EPSG:3857", 102113: "EPSG:3857",
    25830: "EPSG:25830", 25831: "EPSG:25831", 3042: "EPSG:25830", 3043: "EPSG:25831",
    32630: "EPSG:25830", 32631: "EPSG:25831",
}  # fmt: skip
_GUESSES = (BNG, WGS84, "EPSG:3857", "EPSG:25830", "EPSG:25831")
_CODE = re.compile(
    r"^\s*(?:urn:(?:x-)?ogc:def:crs:)?(?:https?://www\.opengis\.net/(?:def/crs/|gml/srs/))?"
    r"(?:(?:EPSG|ESRI|OGC|SRID)\b[:/=]*(?:[0-9.]*[:/])?|epsg\.xml#)?(?:CRS)?(\d{2,6})\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The reference system that coordinates are in.

    Attributes:
        crs: one of the accepted systems ("EPSG:27700").
        flipped: True when the coordinates are written with the two axes exchanged.
        evidence: one sentence saying how this was told.
        findings: what an officer should know about it.
    """

    crs: str
    flipped: bool
    evidence: str
    findings: tuple[Finding, ...] = ()


def identify(declared: str) -> str:
    """Return the accepted system ("EPSG:27700") that a declaration means.

    Args:
        declared: a code, URN, address, WKT or PROJJSON.

    Raises:
        UnknownFrameError: it is not understood, or it is a system we do not accept; the sentence names it.
    """
    code = _CODE.match(declared)
    if code and int(code[1]) in _SAME:
        return _SAME[int(code[1])]
    try:
        crs = CRS.from_user_input(f"EPSG:{code[1]}" if code else declared)
    except CRSError:
        raise UnknownFrameError(
            f"The reference system “{_short(declared)}” is not known: name it by its EPSG number, such as EPSG:27700.",
        ) from None
    accepted = _accepted(crs)
    if accepted is None:
        raise UnknownFrameError(
            f"Coordinates in {_short(crs.name)} are not accepted: save the boundary in {ACCEPTED}.",
        )
    return accepted


@np.errstate(all="ignore")
def frame_of(
    points: Coordinates,
    declared: str | None,
    *,
    declared_by: str = "The file declares",
    is_binding: bool = False,
) -> Frame:
    """Tell the reference system of coordinates.

    Args:
        points: array of shape (n, 2), in the order the file gives them; points that are not finite are left aside.
        declared: the system that is declared, in any notation, or None.
        declared_by: how it is declared, to begin the evidence.
        is_binding: True when a person named it for these coordinates, so that evidence against it is refused and not
            followed.

    Raises:
        UnknownFrameError: a system that is not accepted is declared, or nothing fits, or several fit, or what a person
            named cannot be.
    """
    sample = _sample(points)
    if declared is None and len(sample) == 0:
        evidence = "There are no coordinates to tell a reference system by; British grid metres are taken."
        return Frame(crs=BNG, flipped=False, evidence=evidence)
    if declared is None:
        return _told_by_size(sample)
    crs = identify(declared)
    says = f"{declared_by} {_title(crs)}"
    if _is_english(sample, crs):
        return Frame(crs=crs, flipped=False, evidence=f"{says}, and the coordinates lie in England.")
    if _is_english(_exchanged(sample), crs):
        return _flipped(crs, f"{says}, and the coordinates lie in England once the two axes are exchanged.")
    others = [frame for frame in _fitting(sample) if frame[0] != crs]
    if len(others) == 1 and is_binding:
        raise UnknownFrameError(
            f"{says}, but the coordinates lie in England only as {_title(others[0][0])}: name that one instead.",
        )
    if len(others) == 1:
        return _contradicted(others[0], says)
    return Frame(crs=crs, flipped=False, evidence=f"{says}; the coordinates do not lie in England.")


def to_bng(frame: Frame) -> Callable[[Coordinates], Coordinates]:
    """Return the function that takes coordinates of the frame, shape (n, 2), to EPSG:27700 metres.

    Between degrees and the British grid it is OSTN15 alone. NaN where a point lies outside its extent.
    """
    onward = _onward(frame.crs)
    if not frame.flipped:
        return onward
    return lambda points: onward(_exchanged(points))


@np.errstate(all="ignore")
def bng_geometries(
    geometries: NDArray[np.object_],
    frame: Frame,
) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Take geometries of a frame to EPSG:27700 metres, all coordinates at once.

    Args:
        geometries: array of two-dimensional geometries, none of them None; points that are not finite stay as they are.
        frame: what they are in.

    Returns:
        The geometries, and for each whether a point of it has no place on the British grid (then it is of no use).
    """
    lost = np.zeros(len(geometries), dtype=bool)
    if frame.crs == BNG and not frame.flipped:
        return geometries, lost
    points, rows = shapely.get_coordinates(geometries, return_index=True)
    is_finite = np.isfinite(points).all(axis=1)
    moved = points.copy()
    moved[is_finite] = to_bng(frame)(np.ascontiguousarray(points[is_finite]))
    is_lost = is_finite & ~np.isfinite(moved).all(axis=1)
    moved[is_lost] = 0.0
    lost[rows[is_lost]] = True
    return np.asarray(shapely.set_coordinates(geometries.copy(), moved), dtype=object), lost


def _told_by_size(sample: Coordinates) -> Frame:
    fitting = _fitting(sample)
    if len(fitting) == 1:
        ((crs, flipped),) = fitting
        evidence = f"No reference system is declared; the coordinates have the size of {_title(crs)} and lie in England"
        return (
            _flipped(crs, f"{evidence} once the two axes are exchanged.")
            if flipped
            else Frame(crs=crs, flipped=False, evidence=f"{evidence}.")
        )
    if len(fitting) > 1:
        raise UnknownFrameError(
            "No reference system is declared and the coordinates would fit "
            f"{' or '.join(_title(crs) for crs, _ in fitting)}: say which with --crs.",
        )
    raise UnknownFrameError(
        "No reference system is declared and the coordinates lie in England by none that is accepted: "
        f"say which with --crs, or save the boundary in {ACCEPTED}.",
    )


def _fitting(sample: Coordinates) -> list[tuple[str, bool]]:
    """Return the systems by which the sample lies in England; a flipped one only where the same unflipped does not."""
    fitting = []
    for crs in _GUESSES:
        if _is_english(sample, crs):
            fitting.append((crs, False))
        elif _is_english(_exchanged(sample), crs):
            fitting.append((crs, True))
    as_given = [each for each in fitting if not each[1]]
    return as_given or fitting


def _is_english(sample: Coordinates, crs: str) -> bool:
    if len(sample) == 0:
        return False
    return float(np.mean(is_in_england(_onward(crs)(sample)))) >= LEAST_SHARE_IN_ENGLAND


def _flipped(crs: str, evidence: str) -> Frame:
    finding = Finding(
        code="axes-exchanged",
        severity=Severity.WARNING,
        message="The file gives its coordinates with the two axes exchanged; they were read the right way round: "
        "check that the area is where it should be.",
    )
    return Frame(crs=crs, flipped=True, evidence=evidence, findings=(finding,))


def _contradicted(fitting: tuple[str, bool], says: str) -> Frame:
    crs, flipped = fitting
    exchanged = " once the two axes are exchanged" if flipped else ""
    evidence = f"{says}, but the coordinates have the size of {_title(crs)} and lie in England only as such{exchanged}."
    frame = _flipped(crs, evidence) if flipped else Frame(crs=crs, flipped=False, evidence=evidence)
    finding = Finding(
        code="reference-system-contradicted",
        severity=Severity.WARNING,
        message=f"{evidence} Check that the area is where it should be.",
    )
    return Frame(crs=crs, flipped=flipped, evidence=evidence, findings=(finding, *frame.findings))


def _sample(points: Coordinates) -> Coordinates:
    finite = points[np.isfinite(points).all(axis=1)]
    step = max(1, len(finite) // SAMPLE_POINTS)
    return np.ascontiguousarray(finite[::step])


def _exchanged(points: Coordinates) -> Coordinates:
    return np.ascontiguousarray(points[:, ::-1])


def _onward(crs: str) -> Callable[[Coordinates], Coordinates]:
    if crs == BNG:
        return lambda points: points
    if crs == "EPSG:3857":
        return lambda points: bng_from_wgs84_coordinates(_from_mercator(points))
    if crs in {"EPSG:25830", "EPSG:25831"}:
        return lambda points: bng_from_wgs84_coordinates(_from_utm(points, crs))
    return bng_from_wgs84_coordinates


def _from_mercator(points: Coordinates) -> Coordinates:
    longitudes = np.degrees(points[:, 0] / MERCATOR_RADIUS_M)
    latitudes = np.degrees(np.arctan(np.sinh(points[:, 1] / MERCATOR_RADIUS_M)))
    return np.column_stack([longitudes, latitudes])


def _from_utm(points: Coordinates, crs: str) -> Coordinates:
    longitudes, latitudes = _utm_to_degrees(crs).transform(points[:, 0], points[:, 1])
    degrees = np.column_stack([longitudes, latitudes])
    return np.where(np.isfinite(degrees), degrees, np.nan)


@cache
def _utm_to_degrees(crs: str) -> Transformer:
    return Transformer.from_crs(crs, "EPSG:4258", always_xy=True)


def _accepted(crs: CRS) -> str | None:
    """Return the accepted system a full definition means, also where it carries no authority code."""
    horizontal = crs.sub_crs_list[0] if crs.is_compound and crs.sub_crs_list else crs
    code = horizontal.to_epsg(min_confidence=70)
    if code in _SAME:
        return _SAME[code]
    if code is None and _is_british_grid(horizontal):
        return BNG
    return None


def _is_british_grid(crs: CRS) -> bool:
    """Say whether a projection has the British grid's own parameters on the Airy ellipsoid, whatever its name."""
    operation = crs.coordinate_operation
    if operation is None or operation.method_name != "Transverse Mercator" or crs.ellipsoid is None:
        return False
    values = [parameter.value for parameter in operation.params]
    british = (49.0, -2.0, 0.9996012717, 400_000.0, -100_000.0)
    airy = abs(crs.ellipsoid.semi_major_metre - 6_377_563.396) < 0.01  # noqa: PLR2004 - a centimetre of the radius
    return airy and len(values) == len(british) and np.allclose(values, british, rtol=0, atol=1e-9)


def _title(crs: str) -> str:
    return f"{crs} ({_NAMES[crs]})"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}..."  # noqa: PLR2004 - a line's worth
