"""The map of the report on an area: what was compared, and a numbered mark wherever a finding has a place."""

from collections.abc import Iterable, Mapping, Sequence

import folium
import shapely
from folium.features import DivIcon
from shapely.geometry.base import BaseGeometry

from app.reports.framed_map import harmless, on_screen
from app.verdict import AreaVerdict
from app.verdict_facts import NeighbourGap
from geo.crs import wgs84_from_bng
from geo.findings import Finding
from geo.measure import area_ha

COLOURS: Mapping[str, str] = {
    "Planning authorities": "#0b0c0c",
    "Parishes": "#00703c",
    "Current areas": "#505a5f",
    "The area": "#1d70b8",
    "Left after a refusal": "#28a197",
    "Overlaps": "#d4351c",
    "Slivers": "#f47738",
    "Gaps": "#912b88",
}
FILLS: Mapping[str, float] = {"The area": 0.08, "Left after a refusal": 0.15, "Overlaps": 0.15, "Current areas": 0.06}
_BOLD = frozenset({"The area", "Overlaps", "Slivers", "Gaps"})
_SIMPLER_M: Mapping[str, float] = {"Planning authorities": 5.0}
"""How far a line may move to have fewer points: only what lies far wider than the area."""
_MARK_PX, _MARK_MORE_PX = 24, 15


def area_map(verdict: AreaVerdict, findings: Sequence[Finding]) -> folium.Map:
    """Return the map; its marks carry the findings' numbers in the order given, several in one mark where they meet."""
    drawn = folium.Map(tiles=None, width="100%", height="36rem", attribution_control=False, zoom_snap=0.25)
    drawn.default_js, drawn.default_css = [], []
    for title, shapes in layers(verdict).items():
        if shapes:
            _layer(title, shapes).add_to(drawn)
    for at_bng, numbered in _places(findings).items():
        _mark(at_bng, numbered).add_to(drawn)
    folium.LayerControl(collapsed=True).add_to(drawn)
    west, south, east, north = wgs84_from_bng(verdict.measured_bng).bounds
    drawn.fit_bounds([[south, west], [north, east]], padding=(12, 12))
    return drawn


def layers(verdict: AreaVerdict) -> dict[str, list[tuple[str, BaseGeometry]]]:
    """Return what is drawn by the layers' titles, the widest first so that nothing hides what lies in it."""
    left = verdict.remainder_bng
    return {
        "Planning authorities": [(one.place.name, one.geometry_bng) for one in verdict.authorities],
        "Parishes": [(one.place.name, one.place_bng) for one in verdict.parishes],
        "Current areas": [(one.name, one.neighbour_bng) for one in verdict.overlaps]
        + [(one.beside.name, one.beside.geometry_bng) for one in _beside_only(verdict)],
        "The area": [("The area", verdict.measured_bng)],
        "Left after a refusal": []
        if left is None or left.is_empty
        else [(f"Left after a refusal: {area_ha(left):,.2f} hectares", left)],
        "Overlaps": [(f"Overlap with {one.name}", one.geometry_bng) for one in verdict.overlaps if not one.sliver],
        "Slivers": [(f"Sliver with {one.name}", one.geometry_bng) for one in verdict.overlaps if one.sliver],
        "Gaps": [(f"Gap beside {one.beside.name}", one.gap.geometry_bng) for one in verdict.gaps],
    }


def _beside_only(verdict: AreaVerdict) -> Iterable[NeighbourGap]:
    """Return one gap for each current area that only a gap parts from the area."""
    overlapped = {one.reference for one in verdict.overlaps}
    return {gap.beside.reference: gap for gap in verdict.gaps if gap.beside.reference not in overlapped}.values()


def weight_of(title: str) -> float:
    """Return the width of a layer's line in pixels."""
    return 3 if title in _BOLD else 1.5


def _layer(title: str, shapes: Iterable[tuple[str, BaseGeometry]]) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name=title)
    style = {"color": COLOURS[title], "weight": weight_of(title), "fillOpacity": FILLS.get(title, 0.0)}
    for name, shape in shapes:
        drawn = folium.GeoJson(
            shapely.geometry.mapping(on_screen(shape, simpler_m=_SIMPLER_M.get(title, 0.0))),
            style_function=lambda _, style=style: style,
        )
        folium.Tooltip(harmless(name or title)).add_to(drawn)
        drawn.add_to(group)
    return group


def _places(findings: Sequence[Finding]) -> dict[tuple[float, float], list[tuple[int, Finding]]]:
    """Return the findings that have a place, with their numbers from 1, by that place."""
    found: dict[tuple[float, float], list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(findings, start=1):
        if finding.at_bng is not None:
            found.setdefault(finding.at_bng, []).append((number, finding))
    return found


def _mark(at_bng: tuple[float, float], numbered: Sequence[tuple[int, Finding]]) -> folium.Marker:
    point = wgs84_from_bng(shapely.Point(at_bng))
    numbers = ", ".join(str(number) for number, _ in numbered)
    wide = _MARK_PX + _MARK_MORE_PX * (len(numbered) - 1)
    icon = DivIcon(
        html=f'<div class="mark">{numbers}</div>', icon_size=(wide, _MARK_PX), icon_anchor=(wide // 2, _MARK_PX // 2)
    )
    words = "<br>".join(f"{number}. {harmless(finding.message)}" for number, finding in numbered)
    return folium.Marker([point.y, point.x], icon=icon, tooltip=words, alt=f"Finding {numbers}")
