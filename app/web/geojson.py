"""GeoJSON for maps: WGS84, longitude first, seven decimals (about a centimetre)."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely
from fastapi.responses import JSONResponse
from shapely.geometry.base import BaseGeometry

from geo.crs import wgs84_from_bng_coordinates

MEDIA_TYPE = "application/geo+json"
DECIMALS = 7


def feature(reference: str, geometry_bng: BaseGeometry | None, properties: Mapping[str, object]) -> dict[str, Any]:
    """Return one GeoJSON feature; the geometry comes in EPSG:27700 metres, None where there is no line."""
    return {
        "type": "Feature",
        "id": reference,
        "properties": dict(properties),
        "geometry": None if geometry_bng is None else _in_degrees(geometry_bng),
    }


def _in_degrees(geometry_bng: BaseGeometry) -> dict[str, Any]:
    shape = shapely.transform(geometry_bng, lambda bng: np.round(wgs84_from_bng_coordinates(bng), DECIMALS))
    return dict(shapely.geometry.mapping(shape))


def collection(features: Iterable[Mapping[str, Any]], **members: object) -> JSONResponse:
    """Return a GeoJSON FeatureCollection as an answer, with further members of ours."""
    return JSONResponse({"type": "FeatureCollection", **members, "features": list(features)}, media_type=MEDIA_TYPE)
