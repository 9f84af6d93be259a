"""The electors of an area that is still being drawn, polling district by polling district; nothing is stored."""

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.electors import DistrictCount, district_counts
from app.models import Boundary, BoundaryKind, Register
from app.queries.nearby import boundaries_near, in_force
from app.queries.successions import with_successors
from app.services.electorates_counting import council_as_imported
from app.services.kept_rolls import kept_roll
from geo.assign import AreaIndex
from geo.electorate import DECISIONS, Decision, Extent, district_extents, place

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCount:
    """What one council's register says of an area.

    Attributes:
        council: the council's code.
        as_at: the day of which the register speaks.
        districts: polling districts of which something is in the area or still open, in order of code.
        names: of polling districts near the area, by code.
    """

    council: str
    as_at: date
    districts: tuple[DistrictCount, ...]
    names: dict[str, str]

    @property
    def in_area(self) -> int:
        """Return how many entries are in the area."""
        return sum(each.in_area for each in self.districts)

    @property
    def may_vote(self) -> int:
        """Return how many of them may vote."""
        return sum(each.entitled for each in self.districts)

    @property
    def undecided(self) -> int:
        """Return how many are too near the line to say."""
        return sum(each.undecided for each in self.districts)

    @property
    def unplaced(self) -> int:
        """Return how many have no place, in polling districts that the line splits or whose line is not known."""
        return sum(each.unplaced for each in self.districts)


def latest_register(session: AnySession, council: str) -> Register | None:
    """Return the newest register stored for a council, or None where there is none."""
    chosen = select(Register).where(Register.authority_code == council)
    return session.scalars(chosen.order_by(Register.as_at.desc(), Register.id.desc()).limit(1)).first()


def count_in(session: AnySession, register: Register, area_bng: BaseGeometry, on: date) -> RegisterCount:
    """Count the entries of a register in an area as `count_electorate` does, without officers' decisions.

    Args:
        session: where to read.
        register: a stored version.
        area_bng: EPSG:27700 metres, valid.
        on: the day on which entitlement is tested: no poll's day is known yet.

    Source: ELEC-1, ELEC-2, T-13, T-14, T-16.
    """
    kept = kept_roll(session, register, on)
    extents, names = _extents(session, register, area_bng)
    placing = place(kept.roll, AreaIndex([area_bng]), extents=extents)
    entitled = kept.may_vote & (placing.decision == DECISIONS.index(Decision.IN_AREA))
    counted = district_counts(kept.roll, placing, entitled, extents)
    return RegisterCount(
        council=register.authority_code,
        as_at=register.as_at,
        districts=tuple(each for each in counted if each.extent is not Extent.NONE),
        names=names,
    )


def _extents(
    session: AnySession, register: Register, area_bng: BaseGeometry
) -> tuple[dict[str, Extent], dict[str, str]]:
    """Return how much of each district of a register lies in the area, and the names of those near it.

    Only what the spatial index finds near the area is looked at; the rest of the council's districts lie outside.
    """
    councils = with_successors(session, council_as_imported(session, register))
    known = select(Boundary.code).where(
        Boundary.kind == BoundaryKind.POLLING_DISTRICT.value, Boundary.authority_code.in_(councils)
    )
    extents = dict.fromkeys(session.scalars(in_force(known, Boundary, register.as_at)), Extent.NONE)
    rows = boundaries_near(session, BoundaryKind.POLLING_DISTRICT, area_bng, register.as_at)
    near = {row.code: row for row in rows if row.authority_code in councils}
    extents |= district_extents(area_bng, {code: row.geometry for code, row in near.items()})
    return extents, {code: row.name for code, row in near.items()}
