"""Boundaries offered beside a given one, as GeoJSON: repaired, with a clean edge, or what a refusal would leave.

Nothing here changes the boundary it is about: each is an offer, with what it changes in words.
"""

from dataclasses import dataclass

from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from app.verdict import AreaVerdict
from geo.clean_edge import clean_edge
from geo.crs import wgs84_from_bng
from geo.measure import area_ha
from geo.reading import ReadArea
from geo.repair import repair
from geo.topology import Neighbour, Places
from referendum.designation import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A boundary offered, EPSG:27700 metres, or None where there is none to offer; and what is to be said of it."""

    geometry_bng: BaseGeometry | None
    words: str


def repaired(area: ReadArea) -> Candidate:
    """Return a valid boundary in place of one that is not."""
    offered = repair(area.geometry_bng)
    return Candidate(geometry_bng=offered.candidate, words=offered.words())


def with_clean_edge(area: ReadArea, current: Places[Neighbour]) -> Candidate:
    """Return the boundary with its edge along current areas made one with theirs; none where there is nothing to clean.

    An area of the same reference is the area itself, and not its neighbour.
    Source: AREA-15, T-1.
    """
    others = [place for place in current if area.reference is None or place.reference != area.reference]
    offered = clean_edge(area.geometry_bng, others)
    return Candidate(geometry_bng=offered.candidate if offered.follows else None, words=offered.words())


def left_after_refusal(verdict: AreaVerdict) -> Candidate:
    """Return the land that the authority must still designate some or all of if it refuses the application.

    Source: AREA-9.
    """
    if verdict.route is Route.MUST:
        return Candidate(geometry_bng=None, words="The authority must designate this area, so nothing is refused.")
    if verdict.route is Route.BARRED:
        return Candidate(geometry_bng=None, words="The law bars this application, so a refusal leaves no duty behind.")
    left = verdict.measured_bng if verdict.remainder_bng is None else verdict.remainder_bng
    if left.is_empty:
        return Candidate(geometry_bng=None, words="All of this land is already in neighbourhood areas.")
    if verdict.remainder_bng is None:
        return Candidate(geometry_bng=left, words="No current area given takes any of this land, so all of it is left.")
    return Candidate(geometry_bng=left, words=f"A refusal would leave {area_ha(left):,.2f} ha to designate.")


def candidate_document(candidate: Candidate, *, reference: str | None, name: str | None) -> dict[str, object]:
    """Return a candidate as a GeoJSON FeatureCollection of one feature, WGS84, with what it changes in its properties.

    Raises:
        ValueError: there is nothing to offer.
    """
    if candidate.geometry_bng is None:
        raise ValueError("There is nothing to offer.")
    feature = {
        "type": "Feature",
        "properties": {"reference": reference, "name": name, "changes": candidate.words},
        "geometry": mapping(wgs84_from_bng(candidate.geometry_bng)),
    }
    return {"type": "FeatureCollection", "features": [feature]}
