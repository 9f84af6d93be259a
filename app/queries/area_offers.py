"""What a planning authority may designate instead of the line applied for, each offer with its land and its words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from app.db import ReadSession, WriteSession
from app.models import NeighbourhoodArea
from app.queries.consents import council_parishes, wide_overlaps
from app.queries.nearby import areas_near
from geo.boundary import boundary
from geo.clean_edge import CleanEdge, clean_edge
from geo.measure import area_ha, is_wider_than, land
from geo.topology import TOLERANCE_M, Overlap, remainder

AnySession = ReadSession | WriteSession
_OFFERED = {"sliver", "gap"}
# Less than this is told in square metres: a hundredth of a hectare says nothing about a sliver.
_SMALL_HA = 0.1


class OfferKind(StrEnum):
    """The three ways to designate something else than what was applied for."""

    CLEAN_EDGE = "clean-edge"
    CARVE_OUT = "carve-out"
    PART = "part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Land that an offer is about: what moves, what is taken out of another area, or what is left; EPSG:27700."""

    kind: OfferKind
    words: str
    land_bng: BaseGeometry


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What an officer may decide besides the line as applied for.

    Attributes:
        clean: the line with clean edges; None where there is nothing to clean.
        overlaps: current areas that the line overlaps, out of which land could be taken.
        left: the land that is in no current area; None where nothing wider than a sliver is left.
        parishes: code and name of each parish with a council whose land would be taken out of another area (AREA-16).
        pieces: the same as pieces of land with a sentence on each, to be shown on a map.
    """

    clean: CleanEdge | None
    overlaps: tuple[Overlap, ...]
    left: MultiPolygon | None
    parishes: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]

    @property
    def left_ha(self) -> float:
        """Hectares of the land that is left."""
        return 0.0 if self.left is None else area_ha(self.left)

    @property
    def overlapped(self) -> str:
        """Names of the current areas that the line overlaps."""
        return ", ".join(each.name or each.reference for each in self.overlaps)

    def about(self, kind: str) -> str:
        """Return what is said of the land of one offer."""
        return " ".join(each.words for each in self.pieces if each.kind == kind)


def offers_for(session: AnySession, area: NeighbourhoodArea, today: date) -> Offers:
    """Return what could be designated instead of the line applied for: a clean edge, a carve-out, or what is left.

    Source: AREA-9, AREA-16, T-1.
    """
    application = area.applications[-1]
    line = boundary(application.geometry)
    met = wide_overlaps(session, line, today, leaving_out={area.reference})
    near = [each for each in areas_near(session, line, today) if each.reference != area.reference]
    codes = {finding["code"] for finding in application.verdict.get("findings", ())}
    clean = None
    if codes & _OFFERED:
        offer = clean_edge(line, near)
        clean = offer if offer.follows else None
    rest = remainder(line, met)
    left = rest if is_wider_than(rest, TOLERANCE_M) else None
    names = {each.reference: each.name or each.reference for each in near}
    pieces = [
        *([] if clean is None else [_moved(line, clean, names)]),
        *(_taken(each) for each in met),
        *([] if left is None else [_left(left, is_all=not met)]),
    ]
    parishes = tuple(council_parishes(session, [each.geometry_bng for each in met], today))
    return Offers(clean=clean, overlaps=met, left=left, parishes=parishes, pieces=tuple(pieces))


def _moved(line: MultiPolygon, clean: CleanEdge, names: dict[str, str]) -> Piece:
    """Return the slivers and gaps that a clean edge gives up and takes in."""
    beside = ", ".join(names.get(each, each) for each in clean.follows)
    changes = [
        f"{word} {_size(size_m2 / 10_000)}"
        for word, size_m2 in (("gives up", clean.taken_out_m2), ("takes in", clean.taken_in_m2))
        if size_m2 >= 1
    ]
    changed = " and ".join(changes) or "changes less than a square metre"
    words = (
        f"The line follows that of {beside} exactly: it {changed}, and moves by {clean.greatest_change_m:.1f} metres "
        "at most."
    )
    return Piece(kind=OfferKind.CLEAN_EDGE, words=words, land_bng=land(line.symmetric_difference(clean.candidate)))


def _taken(met: Overlap) -> Piece:
    """Return the land that would be taken out of a current area."""
    name, size_ha, whole_ha = met.name or met.reference, area_ha(met.geometry_bng), area_ha(met.neighbour_bng)
    is_all = whole_ha - size_ha < whole_ha / 10_000
    words = (
        f"All of {name} would go into the new area, so {name} would end."
        if is_all
        else f"{_size(size_ha)} of {name} would go into the new area, and {_size(whole_ha - size_ha)} would stay."
    )
    return Piece(kind=OfferKind.CARVE_OUT, words=words, land_bng=met.geometry_bng)


def _left(left: MultiPolygon, *, is_all: bool) -> Piece:
    """Return the land applied for that is in no current area."""
    how_much = "All of it" if is_all else _size(area_ha(left))
    verb = "is" if is_all else "are"
    return Piece(kind=OfferKind.PART, words=f"{how_much} {verb} in no neighbourhood area yet.", land_bng=left)


def _size(size_ha: float) -> str:
    return f"{size_ha:,.2f} hectares" if size_ha >= _SMALL_HA else f"{size_ha * 10_000:,.0f} square metres"
