"""The land of a development's site: its authority, its parishes, and which plan or order was in place where."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import shapely
from shapely import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from app.db import ReadSession
from app.errors import InvalidRequestError
from app.models import Boundary, BoundaryKind, DevelopmentPlanEntry
from app.queries.nearby import boundaries_near, entries_near
from geo.measure import is_wider_than, land
from geo.topology import TOLERANCE_M, canonical
from referendum.levy_facts import InstrumentInPlace, LevyParish, SitePart
from referendum.question import Instrument

_STEP = Decimal("0.000001")
_Piece = tuple[BaseGeometry, DevelopmentPlanEntry | None]


def site_authority(session: ReadSession, site_bng: BaseGeometry, on: date) -> Boundary:
    """Return the one planning authority that the site lies in.

    Raises:
        InvalidRequestError: it lies in none whose boundary is stored, or in several.
    """
    met = _meeting(session, BoundaryKind.AUTHORITY, site_bng, on)
    if not met:
        raise InvalidRequestError(
            "The site lies in no planning authority whose boundary we hold on that day: check the place and the date."
        )
    if len(met) > 1:
        names = " and ".join(row.name for row, _ in met)
        raise InvalidRequestError(f"The site lies in {names}, each with its own levy: ask for each part by itself.")
    return met[0][0]


def _meeting(
    session: ReadSession, kind: BoundaryKind, site_bng: BaseGeometry, on: date
) -> Sequence[tuple[Boundary, BaseGeometry]]:
    """Return the official areas that hold the site or more than a sliver of it, each with its land of the site."""
    rows = boundaries_near(session, kind, site_bng, on)
    if isinstance(site_bng, Point):
        return [(row, site_bng) for row in rows if shapely.covers(row.geometry, site_bng)]
    cut = [(row, _within(site_bng, row.geometry)) for row in rows]
    met = [(row, piece) for row, piece in cut if not piece.is_empty]
    wide = [(row, piece) for row, piece in met if _counts(piece, site_bng)]
    return wide or sorted(met, key=lambda each: each[1].area)[-1:]


def _within(site_bng: BaseGeometry, other_bng: BaseGeometry) -> MultiPolygon:
    return land(shapely.intersection(site_bng, canonical(other_bng)))


def _counts(piece: BaseGeometry, site_bng: BaseGeometry) -> bool:
    """Say whether a piece is more than a sliver, or most of a site that is no wider than one."""
    return not piece.is_empty and (is_wider_than(piece, TOLERANCE_M) or piece.area > site_bng.area / 2)


def site_parts(session: ReadSession, site: BaseGeometry, on: date, *, permitted_by_order: bool) -> tuple[SitePart, ...]:
    """Return the land of a site cut wherever the parish or the rate of the levy changes; slivers are left out.

    Args:
        session: where boundaries and the development plan are.
        site: a point or an outline, EPSG:27700 metres.
        on: the day of the permission.
        permitted_by_order: an order gave the permission, so the land of an order in force is a part of its own.

    Raises:
        InvalidRequestError: no order is in force where one is said to have given permission, or a point lies on the
            line between two parishes.

    Source: AFTER-8, AFTER-9.
    """
    entries = entries_near(session, site, on)[::-1]
    plans = [each for each in entries if each.plan.instrument == Instrument.NDP.value]
    orders = [each for each in entries if each not in plans] if permitted_by_order else []
    found = [
        (parish, piece, order, plan)
        for parish, ground in _parishes(session, site, on)
        for under_order, order in _cut(ground, orders)
        for piece, plan in _cut(under_order, [] if order is not None else plans)
    ]
    if permitted_by_order and not any(order for _, _, order, _ in found):
        raise InvalidRequestError(
            f"No neighbourhood development order was in force on this site on {on.day} {on:%B %Y}: check the date and "
            "the place, or say that no order gave the permission."
        )
    shares = _shares([piece.area for _, piece, _, _ in found])
    return tuple(
        SitePart(share=share, parish=parish, plan=_in_place(plan), order=_in_place(order))
        for share, (parish, _, order, plan) in zip(shares, found, strict=True)
    )


def _parishes(session: ReadSession, site: BaseGeometry, on: date) -> Iterator[tuple[LevyParish | None, BaseGeometry]]:
    met = _meeting(session, BoundaryKind.PARISH, site, on)
    if isinstance(site, Point) and len(met) > 1:
        names = " and ".join(row.name for row, _ in met)
        raise InvalidRequestError(f"The point lies on the line between {names}: give the outline of the site instead.")
    for row, piece in met:
        yield LevyParish(code=row.code, name=row.name, has_council=row.has_council), piece
    if isinstance(site, Point):
        if not met:
            yield None, site
        return
    outside = land(shapely.difference(site, shapely.union_all([piece for _, piece in met])))
    if _counts(outside, site):
        yield None, outside


def _cut(ground: BaseGeometry, entries: Sequence[DevelopmentPlanEntry]) -> list[_Piece]:
    """Cut land by the instruments in force on it, the last to become part first, and what is left under none."""
    if isinstance(ground, Point):
        over = [entry for entry in entries if shapely.covers(entry.geometry, ground)]
        return [(ground, over[0] if over else None)]
    pieces: list[_Piece] = []
    left = land(ground)
    for entry in entries:
        piece = _within(left, entry.geometry)
        if _counts(piece, ground):
            pieces.append((piece, entry))
            left = land(shapely.difference(left, piece))
    return [*pieces, (left, None)] if _counts(left, ground) or not pieces else pieces


def _shares(areas_m2: Sequence[float]) -> list[Decimal]:
    """Return each piece's share of the whole, six places, the largest taking what rounding leaves; a point has one."""
    if len(areas_m2) == 1:
        return [Decimal(1)]
    whole = sum(areas_m2)
    shares = [Decimal(area / whole).quantize(_STEP) for area in areas_m2]
    largest = areas_m2.index(max(areas_m2))
    shares[largest] += 1 - sum(shares)
    return shares


def _in_place(entry: DevelopmentPlanEntry | None) -> InstrumentInPlace | None:
    if entry is None:
        return None
    plan = entry.plan
    return InstrumentInPlace(
        reference=plan.reference, title=plan.title, in_place_from=entry.part_from, made_on=entry.made_on
    )
