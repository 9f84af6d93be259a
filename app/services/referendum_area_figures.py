"""What a referendum area comes to while it is drawn: its electors, the polling districts it splits, what is wrong."""

from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from app.db import ReadSession, WriteSession
from app.models import Boundary, Plan
from app.queries.area_estimates import StoredEstimate, estimate_of
from app.queries.successions import with_successors
from app.services.area_electors import RegisterCount, count_in, latest_register
from app.services.electorates_counting import councils_near
from app.services.plan_facts import examination_of
from app.services.plans import planning_authorities
from app.services.referendum_area_business import PremisesCount, premises_in
from app.services.referendum_area_parts import Place, places_near
from app.services.referendum_areas import fault_of_line, is_larger, line_to_hold
from geo.boundary import boundary
from geo.electorate import Extent
from geo.measure import area_ha, is_wider_than, land
from geo.topology import TOLERANCE_M
from geo.validity import is_valid_ogc

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Land of the area in another council, or in none that is stored (its name is then empty)."""

    council: str
    hectares: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigures:
    """What a referendum area comes to. Nothing is counted where its line is not valid.

    Attributes:
        area_ha: its size in hectares; None where the line is not valid.
        larger_by_ha: how much of it lies beyond the neighbourhood area.
        is_larger: whether that is more than a sliver.
        fault: why it cannot be the referendum area, in one sentence; None where it can.
        elsewhere: its land beyond the councils whose vote it is.
        registers: what the newest register of each of these councils says.
        estimate: people in the land of which no register speaks; None where there is none, or nothing to go by.
        has_unregistered_land: whether there is such land.
        is_business_area: whether businesses vote as well.
        premises: business premises, where a list of them is kept.
        places: parishes, polling districts and councils that lie in it, whole or in part.
    """

    area_ha: float | None = None
    larger_by_ha: float = 0.0
    is_larger: bool = False
    fault: str | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    registers: tuple[RegisterCount, ...] = ()
    estimate: StoredEstimate | None = None
    has_unregistered_land: bool = False
    is_business_area: bool = False
    premises: PremisesCount | None = None
    places: tuple[Place, ...] = ()


def figures_of(session: AnySession, plan: Plan, area_bng: BaseGeometry, on: date) -> AreaFigures:
    """Return what an area would come to as the referendum area of a plan; nothing is stored.

    Only registers of the plan's own planning authorities are counted: another council's is its own business, and
    people in its land are estimated.

    Args:
        session: where to read.
        plan: whose referendum it is.
        area_bng: the area as drawn, EPSG:27700 metres.
        on: boundaries in force on this day are meant, and entitlement is tested on it.

    Source: EXAM-4, EXAM-9, REF-1, REF-4, ELEC-1, ELEC-2, BUS-1, T-14, T-15.
    """
    neighbourhood = line_to_hold(plan, examination_of(session, plan), on)
    fault = fault_of_line(plan, neighbourhood, area_bng)
    if not is_valid_ogc(area_bng):
        return AreaFigures(fault=fault, is_business_area=plan.area.is_business_area)
    area = boundary(area_bng)
    councils, own = councils_near(session, area, on), _own(session, plan)
    registers = _counts(session, area, own, on)
    unregistered = _beyond(area, councils, {each.council for each in registers}) if registers else area
    has_unregistered = is_wider_than(land(unregistered), TOLERANCE_M)
    return AreaFigures(
        area_ha=area_ha(area),
        larger_by_ha=shapely.difference(area, neighbourhood).area / 10_000,
        is_larger=is_larger(neighbourhood, area),
        fault=fault,
        elsewhere=_elsewhere(area, councils, own) if councils or councils_near(session, neighbourhood, on) else (),
        registers=registers,
        estimate=estimate_of(session, land(unregistered), on) if has_unregistered else None,
        has_unregistered_land=has_unregistered,
        is_business_area=plan.area.is_business_area,
        premises=premises_in(session, plan.area, area) if plan.area.is_business_area else None,
        places=tuple(
            place
            for place in places_near(session, area, neighbourhood, on, margin_m=0.0)
            if place.extent is not Extent.NONE
        ),
    )


def _own(session: AnySession, plan: Plan) -> frozenset[str]:
    codes = planning_authorities(session, plan.area)
    return frozenset(each for code in codes for each in with_successors(session, code))


def _counts(session: AnySession, area_bng: BaseGeometry, own: frozenset[str], on: date) -> tuple[RegisterCount, ...]:
    registers = [latest_register(session, code) for code in sorted(own)]
    return tuple(count_in(session, each, area_bng, on) for each in registers if each is not None)


def _beyond(area_bng: BaseGeometry, councils: list[Boundary], codes: set[str] | frozenset[str]) -> BaseGeometry:
    """Return the land of the area outside some councils; none where the boundaries of none of them are stored."""
    theirs = [row.geometry for row in councils if row.code in codes]
    return shapely.difference(area_bng, shapely.union_all(theirs)) if theirs else shapely.MultiPolygon()


def _elsewhere(area_bng: BaseGeometry, councils: list[Boundary], own: frozenset[str]) -> tuple[Elsewhere, ...]:
    named = [(row.name, shapely.intersection(area_bng, row.geometry)) for row in councils if row.code not in own]
    named.append(("", shapely.difference(area_bng, shapely.union_all([row.geometry for row in councils]))))
    return tuple(
        Elsewhere(council=name, hectares=shape.area / 10_000)
        for name, shape in named
        if is_wider_than(land(shape), TOLERANCE_M)
    )
