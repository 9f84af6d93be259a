"""Reading the spatial files that people really send, onto the British grid, exactly as given."""

from geo.reading.areas import ReadGeometry, read_area, read_geojson_geometry
from geo.reading.layers import read_layer, read_wkt_rows
from geo.reading.limits import STANDARD_LIMITS, Limits
from geo.reading.model import Feature, Layer, ReadArea, Source, UnreadableRow

__all__ = [
    "STANDARD_LIMITS",
    "Feature",
    "Layer",
    "Limits",
    "ReadArea",
    "ReadGeometry",
    "Source",
    "UnreadableRow",
    "read_area",
    "read_geojson_geometry",
    "read_layer",
    "read_wkt_rows",
]
