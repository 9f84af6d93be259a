"""Places found by what people call them."""

from app.schemas.common import Shape


class PlaceOut(Shape):
    """One place: where it is, and what a map should show of it.

    `bbox` is west, south, east, north in WGS84 degrees, `bounds_bng` the same on the British grid in metres.
    """

    kind: str
    reference: str
    name: str
    easting: float
    northing: float
    longitude: float
    latitude: float
    bbox: list[float]
    bounds_bng: list[float]
