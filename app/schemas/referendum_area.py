"""A referendum area while it is drawn, in and out. Coordinates are as in `app.schemas.drafts`."""

from typing import Any, Literal

from pydantic import Field
from shapely.geometry.base import BaseGeometry

from app.electors import DistrictCount
from app.schemas.common import Shape
from app.schemas.drafts import PartIn, bng_shape
from app.services.area_electors import RegisterCount
from app.services.draft_starts import Part
from app.services.referendum_area_figures import AreaFigures
from app.services.referendum_area_parts import Place
from app.services.referendum_area_words import business_words, details, districts_words, headline, notices
from geo.electorate import Extent

Basis = Literal["register", "register-and-estimate", "estimate", "none"]
_LINE = "GeoJSON Polygon or MultiPolygon with a crs member naming EPSG:27700, easting first (WGS84 without one)"


class AreaLineIn(Shape):
    """The line of a referendum area as drawn."""

    boundary: dict[str, Any] = Field(description=_LINE)


class AreaPartsIn(AreaLineIn):
    """Whole places to add to an area, and to take out of it."""

    add: list[PartIn] = Field(default_factory=list, max_length=500)
    take_out: list[PartIn] = Field(default_factory=list, max_length=500)


class AreaLineOut(Shape):
    """A line on the British grid, every digit as it is."""

    boundary: dict[str, Any]


class ElectorsOut(Shape):
    """The electors of an area; the counts are null where no register is stored for its council."""

    basis: Basis
    headline: str
    details: list[str]
    in_area: int | None
    may_vote: int | None
    undecided: int | None
    unplaced: int | None
    estimated: int | None
    """About how many people live where no register is counted: electors, or adults where no register is stored."""


class DistrictOut(Shape):
    """One polling district of which something is in the area; electors = in_area + outside + undecided + unplaced."""

    council: str
    code: str
    name: str
    extent: Extent
    electors: int
    in_area: int
    may_vote: int
    outside: int
    undecided: int
    unplaced: int


class PlaceOut(Shape):
    """A place of which something is in the area; one that is held is in the neighbourhood area and stays."""

    kind: str
    code: str
    authority_code: str
    name: str
    extent: Extent
    is_held: bool


class AreaFiguresOut(Shape):
    """What a referendum area would come to; `fault` says in one sentence why it cannot be decided on."""

    plan: str
    area_ha: float | None
    larger_by_ha: float
    is_larger: bool
    fault: str | None
    notices: list[str]
    electors: ElectorsOut
    districts: str
    polling_districts: list[DistrictOut]
    places: list[PlaceOut]
    business: str


def part_of(asked: PartIn) -> Part:
    """Return a place as the services name it."""
    return Part(kind=asked.kind, code=asked.code, authority_code=asked.authority_code)


def line_out(boundary_bng: BaseGeometry) -> AreaLineOut:
    """Return a line as it goes out."""
    return AreaLineOut(boundary=bng_shape(boundary_bng))


def figures_out(plan: str, figures: AreaFigures) -> AreaFiguresOut:
    """Return what an area comes to, with its sentences; split polling districts first."""
    rows = [_district(register, each) for register in figures.registers for each in register.districts]
    return AreaFiguresOut(
        plan=plan,
        area_ha=None if figures.area_ha is None else round(figures.area_ha, 2),
        larger_by_ha=round(figures.larger_by_ha, 2),
        is_larger=figures.is_larger,
        fault=figures.fault,
        notices=notices(figures),
        electors=_electors(figures),
        districts=districts_words(figures),
        polling_districts=sorted(rows, key=lambda row: row.extent is Extent.WHOLE),
        places=[_place(each) for each in figures.places],
        business=business_words(figures),
    )


def _electors(figures: AreaFigures) -> ElectorsOut:
    counts: dict[str, int | None] = dict.fromkeys(("in_area", "may_vote", "undecided", "unplaced"))
    for name in counts if figures.registers else ():
        counts[name] = sum(getattr(each, name) for each in figures.registers)
    return ElectorsOut(
        basis=_basis(figures),
        headline=headline(figures),
        details=details(figures),
        estimated=_estimated(figures),
        **counts,
    )


def _basis(figures: AreaFigures) -> Basis:
    if figures.registers:
        return "register" if figures.estimate is None else "register-and-estimate"
    return "none" if figures.estimate is None else "estimate"


def _estimated(figures: AreaFigures) -> int | None:
    if figures.estimate is None:
        return None
    found = figures.estimate.estimate
    return found.adults if figures.estimate.electors_per_adult is None else found.electors


def _district(register: RegisterCount, each: DistrictCount) -> DistrictOut:
    return DistrictOut(
        council=register.council,
        code=each.code,
        name=register.names.get(each.code, each.code),
        extent=each.extent,
        electors=each.entries,
        in_area=each.in_area,
        may_vote=each.entitled,
        outside=each.outside,
        undecided=each.undecided,
        unplaced=each.unplaced,
    )


def _place(each: Place) -> PlaceOut:
    return PlaceOut(
        kind=each.part.kind.value,
        code=each.part.code,
        authority_code=each.part.authority_code,
        name=each.name,
        extent=each.extent,
        is_held=each.is_held,
    )
