"""Business premises in a referendum area that is still being drawn, for the vote of a business area."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.models import NeighbourhoodArea, Plan, RatepayerLiability, RatepayerList, Referendum
from geo.assign import AreaIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesCount:
    """Premises on a list of ratepayers, by where they lie.

    Attributes:
        listed_at: when the list was stored.
        in_area: premises in the area.
        undecided: premises too near the line to say.
        unplaced: premises without a place.
    """

    listed_at: datetime
    in_area: int
    undecided: int
    unplaced: int


def premises_in(
    session: ReadSession | WriteSession, area: NeighbourhoodArea, area_bng: BaseGeometry
) -> PremisesCount | None:
    """Return the premises in a drawn area by the newest list kept for a vote of the same neighbourhood area.

    A list for the vote itself comes only once its day is set (BUS-6), so there may be none.

    Args:
        session: where to read.
        area: whose lists are looked at.
        area_bng: the area as drawn, EPSG:27700 metres, valid.

    Source: BUS-1, BUS-2, BUS-6.
    """
    chosen = (
        select(RatepayerList)
        .join(Referendum, RatepayerList.referendum_id == Referendum.id)
        .join(Plan, Referendum.plan_id == Plan.id)
        .where(Plan.area_id == area.id)
        .order_by(RatepayerList.imported_at.desc(), RatepayerList.id.desc())
        .limit(1)
    )
    listed = session.scalars(chosen).first()
    if listed is None:
        return None
    line = RatepayerLiability
    rows = session.execute(
        select(line.easting, line.northing, line.accuracy_m).where(line.list_id == listed.id).order_by(line.position)
    ).all()
    easting, northing, accuracy_m = np.array([tuple(row) for row in rows], np.float64).reshape(-1, 3).T
    located = ~np.isnan(easting)
    index = AreaIndex([area_bng])
    near = index.near_line(easting[located], northing[located], accuracy_m[located])
    inside = index.holds(easting[located], northing[located]) & ~near
    return PremisesCount(
        listed_at=listed.imported_at,
        in_area=int(np.count_nonzero(inside)),
        undecided=int(np.count_nonzero(near)),
        unplaced=int(np.count_nonzero(~located)),
    )
