"""A referendum area split between the councils that must each hold the poll in their own part of it."""

from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.assign import AreaIndex
from geo.electorate import EXTENT_TOLERANCE_M
from geo.roll import Roll

NO_PORTION = -1


def council_portions(
    area_bng: BaseGeometry, councils_bng: Mapping[str, BaseGeometry], *, tolerance_m: float = EXTENT_TOLERANCE_M
) -> dict[str, BaseGeometry]:
    """Return each council's portion of the area, councils in the order given; strips up to the tolerance are none.

    Args:
        area_bng: the referendum area, EPSG:27700 metres, valid.
        councils_bng: areas of relevant councils by code or name, valid; never a National Park authority, which
            plans but runs no poll (T-24).
        tolerance_m: greatest width of a strip that is taken for two digitisations of one line.

    Source: REF-1, REF-2, Town and Country Planning Act 1990 Sch 4B para 14(2)-(3).
    """
    portions = {}
    for council, shape in councils_bng.items():
        part = _polygons(shapely.intersection(area_bng, shape))
        if not shapely.is_empty(shapely.buffer(part, -tolerance_m / 2)):
            portions[council] = part
    return portions


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """Return only the polygons of a shape; a shared line or point is no part of a portion."""
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def portion_of_entries(
    roll: Roll,
    portions_bng: Mapping[str, BaseGeometry],
    councils_bng: Mapping[str, BaseGeometry],
    districts_bng: Mapping[str, BaseGeometry],
) -> NDArray[np.int32]:
    """Return for each entry the place of its portion in the order of portions, or NO_PORTION.

    A polling district belongs to one council: the one that holds most of it. Entries of districts without a
    boundary go by their own point. Whether an entry is in the area at all is not asked here.

    Args:
        roll: the register.
        portions_bng: as `council_portions` returns them.
        councils_bng: the councils' whole areas.
        districts_bng: boundaries of polling districts by code.

    Source: REF-1.
    """
    if not portions_bng:
        return np.full(len(roll), NO_PORTION, np.int32)
    order = list(portions_bng)
    councils = {council: councils_bng[council] for council in order}
    of_district = [_council_of(districts_bng.get(code), councils) for code in roll.districts]
    by_district = np.array([NO_PORTION if one is None else order.index(one) for one in of_district], np.int32)
    by_point = AreaIndex(list(councils.values())).assign(roll.easting, roll.northing)
    of_entry = by_district[roll.district] if len(roll) else by_district
    return np.where(of_entry == NO_PORTION, by_point, of_entry).astype(np.int32)


def _council_of(district: BaseGeometry | None, councils: Mapping[str, BaseGeometry]) -> str | None:
    if district is None or not district.is_valid or district.is_empty:
        return None
    shares = {council: shapely.area(shapely.intersection(district, shape)) for council, shape in councils.items()}
    best = max(shares, key=lambda council: shares[council])
    return best if shares[best] > 0 else None
