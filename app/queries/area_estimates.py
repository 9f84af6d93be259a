"""How many people live in a drawn area, estimated from what is stored, quickly enough to be told while it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select

from app.db import ReadSession, WriteSession
from app.models import Boundary, BoundaryKind, CountFile, LocationFile, LocationPoint, Register, SmallAreaCount
from app.queries.nearby import boundaries_near
from geo.estimate import Estimate, EstimateBase, Zone
from geo.homes import stand_for_homes

AnySession = ReadSession | WriteSession
Floats = NDArray[np.float64]
_SLIVER_M = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEstimate:
    """An estimate from stored counts, for planning only.

    Attributes:
        estimate: adults and electors with their interval.
        as_at: the day of the oldest counts used.
        sources: names of the tables of counts used.
        electors_per_adult: of the councils' latest registers over their counts; None where no register is stored, and
            the electors then mean nothing.
    """

    estimate: Estimate
    as_at: date
    sources: tuple[str, ...]
    electors_per_adult: float | None


def estimate_of(session: AnySession, area_bng: BaseGeometry, on: date) -> StoredEstimate | None:
    """Return the estimate of a drawn area, or None where no counts are stored for the land.

    Args:
        session: what is stored.
        area_bng: EPSG:27700 metres, valid.
        on: output areas in force on this day are used.
    """
    areas = [row for row in boundaries_near(session, BoundaryKind.OUTPUT_AREA, area_bng, on) if _touches(row, area_bng)]
    counts, files = _counts(session, [row.code for row in areas])
    zones = [
        Zone(reference=row.code, boundary_bng=row.geometry, adults=counts[row.code])
        for row in areas
        if row.code in counts
    ]
    if not zones:
        return None
    easting, northing = _homes(session, [zone for zone in zones if not shapely.covers(area_bng, zone.boundary_bng)])
    ratio = _electors_per_adult(session, files)
    base = EstimateBase(zones, easting=easting, northing=northing, electors_per_adult=ratio or 1.0)
    return StoredEstimate(
        estimate=base.estimate(area_bng),
        as_at=min(file.as_at for file in files),
        sources=tuple(sorted(file.name for file in files)),
        electors_per_adult=ratio,
    )


def _touches(row: Boundary, area: BaseGeometry) -> bool:
    return bool(shapely.intersects(area, row.geometry))


def _counts(session: AnySession, codes: Sequence[str]) -> tuple[dict[str, float], list[CountFile]]:
    """Return the latest count of each code, and the files they are from."""
    rows = session.execute(
        select(SmallAreaCount.code, SmallAreaCount.adults, CountFile)
        .join(CountFile, SmallAreaCount.file_id == CountFile.id)
        .where(SmallAreaCount.code.in_(codes))
        .order_by(CountFile.id)
    ).all()
    latest = {code: (adults, file) for code, adults, file in rows}
    files = {file.id: file for _, file in latest.values()}
    return {code: float(adults) for code, (adults, _) in latest.items()}, list(files.values())


def _homes(session: AnySession, split: Sequence[Zone]) -> tuple[Floats, Floats]:
    """Return the points that stand for homes in the zones that the line splits: properties, or else postcodes."""
    none = np.empty(0)
    if not split:
        return none, none
    west, south, east, north = shapely.total_bounds([zone.boundary_bng for zone in split])
    for kind in ("uprn", "postcode"):
        files = select(func.max(LocationFile.id)).where(LocationFile.kind == kind).group_by(LocationFile.authority_code)
        points = session.execute(
            select(LocationPoint.easting, LocationPoint.northing).where(
                LocationPoint.file_id.in_(files),
                LocationPoint.easting.between(west - _SLIVER_M, east + _SLIVER_M),
                LocationPoint.northing.between(south - _SLIVER_M, north + _SLIVER_M),
            )
        ).all()
        if points:
            x, y = np.array([tuple(point) for point in points], np.float64).T
            kept = stand_for_homes(x, y) if kind == "postcode" else np.ones(len(x), bool)
            return x[kept], y[kept]
    return none, none


def _electors_per_adult(session: AnySession, files: Sequence[CountFile]) -> float | None:
    """Return the entries of the councils' latest registers over their adults; None where a council has no register."""
    entries = 0
    for code in {file.authority_code for file in files}:
        latest = session.scalars(
            select(Register.entries).where(Register.authority_code == code).order_by(Register.as_at.desc()).limit(1)
        ).first()
        if latest is None:
            return None
        entries += latest
    adults = sum(file.adults for file in files)
    return entries / adults if adults else None
