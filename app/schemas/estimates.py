"""Estimates out of the API."""

from datetime import date
from typing import Any

from app.estimates import LABEL
from app.queries.area_estimates import StoredEstimate
from app.schemas.common import Shape


class EstimateIn(Shape):
    """A drawn area as GeoJSON, and the day whose boundaries are meant (today where none is given)."""

    area: dict[str, Any]
    on: date | None = None


class EstimateOut(Shape):
    """An estimate for planning only; electors are None where no register is stored."""

    label: str
    as_at: date
    sources: list[str]
    adults: int
    adults_low: int
    adults_high: int
    electors: int | None
    electors_low: int | None
    electors_high: int | None
    zones_whole: int
    zones_by_points: int
    zones_by_area: int


def estimate_out(stored: StoredEstimate) -> EstimateOut:
    """Return a stored estimate as it is published."""
    found, knows = stored.estimate, stored.electors_per_adult is not None
    return EstimateOut(
        label=LABEL,
        as_at=stored.as_at,
        sources=list(stored.sources),
        adults=found.adults,
        adults_low=found.adults_low,
        adults_high=found.adults_high,
        electors=found.electors if knows else None,
        electors_low=found.electors_low if knows else None,
        electors_high=found.electors_high if knows else None,
        zones_whole=found.zones_whole,
        zones_by_points=found.zones_by_points,
        zones_by_area=found.zones_by_area,
    )
