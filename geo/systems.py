"""The reference systems we accept: their names, what declares them, and the way from each to the British grid."""

import re
from collections.abc import Callable
from functools import cache

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geo.crs import Coordinates, bng_from_wgs84_coordinates
from geo.errors import UnknownFrameError

MERCATOR_RADIUS_M = 6_378_137.0
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
_CODE = re.compile(
    r"^\s*(?:urn:(?:x-)?ogc:def:crs:)?(?:https?://www\.opengis\.net/(?:def/crs/|gml/srs/))?"
    r"(?:(?:EPSG|ESRI|OGC|SRID)\b[:/=]*(?:[0-9.]*[:/])?|epsg\.xml#)?(?:CRS)?(\d{2,6})\s*$",
    re.IGNORECASE,
)


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


def title(crs: str) -> str:
    """Return an accepted system with its name for people."""
    return f"{crs} ({_NAMES[crs]})"


def onward(crs: str) -> Callable[[Coordinates], Coordinates]:
    """Return the function that takes coordinates of an accepted system, shape (n, 2), to EPSG:27700 metres.

    Between degrees and the British grid it is OSTN15 alone; WGS84 is taken as ETRS89. NaN outside its extent.
    """
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


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:57]}..."  # noqa: PLR2004 - a line's worth
