"""The land a policy is about: GeoJSON in longitude and latitude, or places in words, as points, lines and areas."""

import json
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from app.errors import InvalidRequestError
from geo.crs import bng_from_wgs84
from geo.reading.geojson_geometry import parse_geometry

_LARGEST = 500_000


def land_of_geojson(document: object) -> BaseGeometry:
    """Return the land of a GeoJSON geometry, feature or collection, in EPSG:27700 metres.

    Raises:
        InvalidRequestError: it is no GeoJSON, has no land, or is not in longitude and latitude.
    """
    shapes = [shape for each in _geometries(document) for shape in _readable(each)]
    if not shapes:
        raise InvalidRequestError("This GeoJSON holds no point, line or area: draw the land, or leave it out.")
    together = shapes[0] if len(shapes) == 1 else shapely.GeometryCollection(shapes)
    coordinates = shapely.get_coordinates(together)
    if not np.isfinite(coordinates).all() or (np.abs(coordinates) > [180, 90]).any():
        raise InvalidRequestError("This GeoJSON is not in longitude and latitude: save it in WGS84 (EPSG:4326).")
    try:
        land = bng_from_wgs84(together)
    except ValueError as outside:
        raise InvalidRequestError("This land lies outside Great Britain: check the order of its numbers.") from outside
    if not np.isfinite(shapely.get_coordinates(land)).all():
        raise InvalidRequestError("This land lies outside Great Britain: check the order of its numbers.")
    return land


def land_of_text(text: str) -> BaseGeometry:
    """Return the land of GeoJSON text.

    Raises:
        InvalidRequestError: it is too long, or is no GeoJSON.
    """
    if len(text) > _LARGEST:
        raise InvalidRequestError("This GeoJSON is too long for one policy: simplify the line, or split the policy.")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as broken:
        raise InvalidRequestError("This is not GeoJSON: copy it again, or give a grid reference.") from broken
    return land_of_geojson(document)


def _geometries(document: object) -> list[Any]:
    if not isinstance(document, dict):
        return []
    if document.get("type") == "FeatureCollection":
        features = document.get("features")
        return (
            [each.get("geometry") for each in features if isinstance(each, dict)] if isinstance(features, list) else []
        )
    return [document.get("geometry")] if document.get("type") == "Feature" else [document]


def _readable(geometry: object) -> list[BaseGeometry]:
    if geometry is None:
        return []
    parsed = parse_geometry(geometry)
    if parsed.geometry is None or parsed.geometry.is_empty:
        raise InvalidRequestError("A shape in this GeoJSON cannot be read: save it again where it came from.")
    return [shapely.force_2d(parsed.geometry)]
