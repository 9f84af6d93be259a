"""The map of what is still open: where each home may be, and the polling districts of those without a place."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from app.queries.electorates import OpenEntry
from app.web.geojson import DECIMALS, feature
from geo.crs import wgs84_from_bng

_MOST_DRAWN = 2_000
_SMALLEST_DOT_M = 6.0
_LEAST_MARGIN_M = 120.0
_MARGIN = 1.0


def open_features(
    base: str, area_bng: BaseGeometry, entries: Sequence[OpenEntry], districts_bng: Mapping[str, BaseGeometry]
) -> list[dict[str, Any]]:
    """Return what the map draws, from below upwards, EPSG:27700 metres: area, districts, circles.

    Args:
        base: address of the electorate's pages.
        area_bng: the referendum area.
        entries: the entries to draw: each with a point as the circle in which its home may be.
        districts_bng: polling districts by code; those are drawn in which an entry has no place.
    """
    found = [feature("area", area_bng, _words("area", "Referendum area", "referendum"))]
    unplaced = Counter(each.polling_district for each in entries if each.easting is None)
    for code, count in sorted(unplaced.items()):
        if code in districts_bng:
            told = _words(code, code, "unplaced")
            told |= {"status": f"Polling district {code}", "line": f"{count:,} without a place"}
            told["page"] = f"{base}/work?district={code}"
            found.append(feature(f"district-{code}", districts_bng[code], told))
    found.extend(list(_circles(base, entries))[:_MOST_DRAWN])
    return found


def _circles(base: str, entries: Sequence[OpenEntry]) -> Iterator[dict[str, Any]]:
    for each in entries:
        shape = _circle(each)
        if shape is not None:
            told = _words(each.number, each.number, "undecided") | {"is_dot": True}
            told |= {"status": each.street.title() or "No street known", "line": each.why}
            told["page"] = f"{base}/entry?number={each.number}"
            yield feature(each.number, shape, told)


def seen_first(entries: Sequence[OpenEntry], districts_bng: Mapping[str, BaseGeometry]) -> list[float] | None:
    """Return what the map shows first, WGS84 west, south, east, north: every circle with some land around it.

    Where no entry has a point, the polling districts of them all; None where those are not known either.
    """
    shapes = [each for each in map(_circle, entries) if each is not None]
    shapes = shapes or [
        districts_bng[each.polling_district] for each in entries if each.polling_district in districts_bng
    ]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes)
    margin_m = max(_LEAST_MARGIN_M, _MARGIN * min(east - west, north - south))
    box = shapely.box(west - margin_m, south - margin_m, east + margin_m, north + margin_m)
    return [round(float(side), DECIMALS) for side in wgs84_from_bng(box).bounds]


def _circle(entry: OpenEntry) -> BaseGeometry | None:
    """Return the circle in which the home may be, EPSG:27700 metres; None without a location."""
    if entry.easting is None or entry.northing is None:
        return None
    radius_m = max(entry.accuracy_m or 0.0, _SMALLEST_DOT_M)
    return shapely.buffer(shapely.Point(entry.easting, entry.northing), radius_m, quad_segs=6)


def _words(reference: str, name: str, standing: str) -> dict[str, object]:
    return {"reference": reference, "name": name, "standing": standing, "status": "", "line": ""}
