"""How an area lies among others: overlaps, slivers, gaps, likeness. EPSG:27700 metres throughout."""

from geo.topology.gaps import TOUCHING_M, Gap, gaps, gaps_of
from geo.topology.likeness import is_near_duplicate, is_same_land, reaches_no_further
from geo.topology.overlaps import TOLERANCE_M, Overlap, Presence, overlaps, presences, remainder
from geo.topology.pairs import PairOverlap, pair_overlaps
from geo.topology.places import Authority, Neighbour, Parish, Places, canonical, indexed

__all__ = [
    "TOLERANCE_M",
    "TOUCHING_M",
    "Authority",
    "Gap",
    "Neighbour",
    "Overlap",
    "PairOverlap",
    "Parish",
    "Places",
    "Presence",
    "canonical",
    "gaps",
    "gaps_of",
    "indexed",
    "is_near_duplicate",
    "is_same_land",
    "overlaps",
    "pair_overlaps",
    "presences",
    "reaches_no_further",
    "remainder",
]
