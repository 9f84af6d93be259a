"""How an area lies among others: overlaps, slivers, gaps, likeness. EPSG:27700 metres throughout."""

from geo.topology.likeness import is_near_duplicate, is_same_land, reaches_no_further
from geo.topology.overlaps import TOLERANCE_M, Overlap, Presence, overlaps, presences, remainder
from geo.topology.places import Authority, Neighbour, Parish, Places, canonical, indexed

__all__ = [
    "TOLERANCE_M",
    "Authority",
    "Neighbour",
    "Overlap",
    "Parish",
    "Places",
    "Presence",
    "canonical",
    "indexed",
    "is_near_duplicate",
    "is_same_land",
    "overlaps",
    "presences",
    "reaches_no_further",
    "remainder",
]
