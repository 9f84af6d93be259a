"""A boundary sent to the API, read the one way boundaries are read."""

from pathlib import Path
from typing import Any

from fastapi.responses import JSONResponse
from shapely.geometry.base import BaseGeometry

from app.api.pages import Page
from app.services.areas import Drawn
from geo.boundary import boundary
from geo.crs import wgs84_from_bng
from geo.reading import Source, read_area, read_geojson_geometry

GEOJSON = "application/geo+json"


def drawn(document: dict[str, Any], *, layer: str = "drawn") -> Drawn:
    """Return the boundary of a GeoJSON document on the British grid.

    Raises:
        GeoError: it is not GeoJSON, holds no boundary, or its reference system cannot be told.
    """
    read = read_geojson_geometry(document)
    boundary(read.geometry_bng)
    source = Source(
        format="GeoJSON", layer=layer, crs=read.frame.crs, crs_evidence=read.frame.evidence, flipped=read.frame.flipped
    )
    return Drawn(geometry_bng=read.geometry_bng, source=source, findings=read.findings)


def uploaded(path: Path, *, layer: str | None, feature: str | None, crs: str | None) -> Drawn:
    """Return the one boundary of a file that was sent, exactly as given.

    Raises:
        GeoError: the file cannot be read, or holds several features and none is named.
    """
    read = read_area(path, layer=layer, feature=feature, crs=crs)
    boundary(read.geometry_bng)
    return Drawn(geometry_bng=read.geometry_bng, source=read.source, findings=read.findings)


def geojson_feature(reference: str, geometry_bng: BaseGeometry | None, properties: dict[str, Any]) -> dict[str, Any]:
    """Return a GeoJSON feature in WGS84, longitude first, to eight decimals (a millimetre), or without a place."""
    shape = None if geometry_bng is None else _rounded(wgs84_from_bng(geometry_bng).__geo_interface__)
    return {"type": "Feature", "id": reference, "properties": properties, "geometry": shape}


def geojson_page(page: Page, features: list[dict[str, Any]]) -> JSONResponse:
    """Return one page of features as a FeatureCollection; `next` is the address of the next page."""
    document: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    headers = {}
    if page.next_link is not None:
        document["next"] = page.next_link
        headers["Link"] = f'<{page.next_link}>; rel="next"'
    return JSONResponse(document, headers=headers, media_type=GEOJSON)


def _rounded(shape: Any) -> Any:  # noqa: ANN401 - nested coordinates
    if isinstance(shape, dict):
        return {key: _rounded(value) for key, value in shape.items()}
    if isinstance(shape, list | tuple):
        return [_rounded(each) for each in shape]
    return round(shape, 8) if isinstance(shape, float) else shape
