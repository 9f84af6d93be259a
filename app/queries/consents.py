"""Which current areas some land overlaps, whose consent a change of it needs, and what else is applied for."""

from collections.abc import Collection, Sequence
from datetime import date

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.models import AreaApplication, AreaStatus, NeighbourhoodArea
from app.queries.nearby import areas_near, authorities_near, parishes_near
from app.queries.successions import now_answering
from app.verdict_facts import OpenApplication
from geo.topology import TOLERANCE_M, Overlap, overlaps, presences

AnySession = ReadSession | WriteSession


def wide_overlaps(
    session: AnySession, land_bng: BaseGeometry, on: date, *, leaving_out: Collection[str] = ()
) -> tuple[Overlap, ...]:
    """Return the overlaps of some land with the areas current on a day, slivers left aside, in order of reference.

    Args:
        session: where to look.
        land_bng: the land, EPSG:27700 metres.
        on: areas that ended before or on this day are left out; those that begin later are not.
        leaving_out: references of areas not to compare with.

    Source: AREA-15, T-1.
    """
    current = [each for each in areas_near(session, land_bng, on) if each.reference not in leaving_out]
    return tuple(found for found in overlaps(land_bng, current) if not found.sliver)


def council_parishes(session: AnySession, pieces_bng: Sequence[BaseGeometry], on: date) -> list[tuple[str, str]]:
    """Return code and name of each parish with a council that some land takes more than a sliver of, by code.

    A parish of which nobody has said whether it has a council is taken to have one.
    Source: AREA-5, AREA-16, T-1, T-2.
    """
    found = {
        presence.place.reference: presence.place.name or presence.place.reference
        for piece in pieces_bng
        for presence in presences(piece, parishes_near(session, piece, on))
        if presence.place.has_council is not False and not presence.is_sliver(TOLERANCE_M)
    }
    return sorted(found.items())


def authorities_met(session: AnySession, land_bng: BaseGeometry, on: date) -> list[tuple[str, str]]:
    """Return code and name of each planning authority that some land takes more than a sliver of, by code.

    One that was succeeded since that day is told as the authority that answers for it now.
    Source: AREA-20, T-1, O-10.
    """
    met = presences(land_bng, authorities_near(session, land_bng, on))
    found = [(each.place.reference, each.place.name) for each in met if not each.is_sliver(TOLERANCE_M)]
    return now_answering(session, found)


def open_lines(session: AnySession, *, leaving_out: str) -> tuple[OpenApplication, ...]:
    """Return the lines of the other applications that are not decided yet. Source: AREA-14."""
    rows = session.execute(
        select(AreaApplication, NeighbourhoodArea.reference)
        .join(NeighbourhoodArea)
        .where(NeighbourhoodArea.status == AreaStatus.APPLIED.value, NeighbourhoodArea.reference != leaving_out)
        .order_by(NeighbourhoodArea.reference)
    )
    return tuple(
        OpenApplication(reference=reference, is_same_body=False, boundary_bng=row.geometry) for row, reference in rows
    )


def authorities_of_area(session: AnySession, area: NeighbourhoodArea) -> list[tuple[str, str]]:
    """Return code and name of the planning authorities of an area, by code: by its line, or as it was applied for.

    Source: AREA-20.
    """
    if area.versions:
        line = area.versions[-1]
        return authorities_met(session, line.geometry, line.valid_from)
    found = {str(each["code"]): str(each["name"] or "") for each in area.applications[-1].verdict["authorities"]}
    return sorted(found.items())
