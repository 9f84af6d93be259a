"""The report on an area: a map with numbered marks, and the findings in words beside it, in one file."""

import base64
import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import folium
import shapely
from branca.element import Element
from folium.features import DivIcon
from shapely.geometry.base import BaseGeometry

from app.verdict import AreaVerdict
from app.verdict_words import MARKS, ROUTES, VERDICTS, clock_words, place_words
from geo.crs import wgs84_from_bng
from geo.findings import Finding
from geo.measure import area_ha, perimeter_m

VENDOR = Path(__file__).parent.parent / "static" / "vendor" / "leaflet"
ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right. Source: Office for National Statistics licensed under "
    "the Open Government Licence v3.0. Boundaries as given by whoever asked for this report."
)
COLOURS: Mapping[str, str] = {
    "The area": "#1d70b8",
    "Current areas": "#505a5f",
    "Overlaps": "#d4351c",
    "Slivers": "#f47738",
    "Gaps": "#912b88",
    "Parishes": "#00703c",
    "Planning authorities": "#0b0c0c",
    "Left after a refusal": "#28a197",
}
_STYLE = """
body{font:16px/1.4 Arial,sans-serif;margin:0;color:#0b0c0c}main{padding:1rem;max-width:90rem;margin:0 auto}
.beside{display:flex;flex-wrap:wrap;gap:1.5rem}.beside>*{flex:1 1 26rem;min-width:0}
.folium-map{position:relative;width:100%;height:36rem;border:1px solid #b1b4b6}
.key span{display:inline-block;width:1rem;height:.6rem;margin:0 .4rem 0 1rem}
.mark{background:#0b0c0c;color:#fff;border-radius:50%;width:22px;height:22px;font:bold 13px/22px Arial;
text-align:center}
li{margin-bottom:.6rem}.error{border-left:5px solid #d4351c;padding-left:.5rem}
.warning{border-left:5px solid #f47738;padding-left:.5rem}.notice{border-left:5px solid #1d70b8;padding-left:.5rem}
@media print{.beside{display:block}.folium-map{height:16cm;break-inside:avoid}.leaflet-control{display:none}
li{break-inside:avoid}}
"""


def write_area_report(verdict: AreaVerdict, name: str, path: Path) -> None:
    """Write the report as one HTML file that opens without a network."""
    path.write_text(area_report_html(verdict, name), encoding="utf-8")


def area_report_html(verdict: AreaVerdict, name: str) -> str:
    """Return the report; without the browser libraries, or any land, the map is left out and the page says so."""
    page = folium.Figure(title=_harmless(f"Check of {name}"))
    page.header.add_child(Element(f"<style>{_STYLE}</style>"))
    page.html.add_child(Element(f'<main>{_summary(verdict, name)}<div class="beside"><section>'))
    if not (VENDOR / "leaflet.js").is_file():
        page.html.add_child(Element("<p>The map is left out: the browser libraries are not installed.</p>"))
    elif verdict.measured_bng.is_empty:
        page.html.add_child(Element("<p>The map is left out: there is no land to draw.</p>"))
    else:
        _take_leaflet(page)
        drawn = _map(verdict).add_to(page)
        drawn.render()  # takes its place on the page now, before what follows it
    page.html.add_child(Element(f"{_key()}</section>{_findings(verdict.findings)}</div>{_footer()}</main>"))
    rendered: str = page.render()
    return rendered.replace("<html>", '<html lang="en-GB">', 1)


def _take_leaflet(page: folium.Figure) -> None:
    """Put Leaflet into the page itself, pictures and all, so that nothing is fetched from any address."""
    css = re.sub(r"url\((images/[\w.-]+)\)", _picture, (VENDOR / "leaflet.css").read_text(encoding="utf-8"))
    script = re.sub(r"//# sourceMappingURL=\S+", "", (VENDOR / "leaflet.js").read_text(encoding="utf-8"))
    page.header.add_child(Element(f"<style>{css}</style><script>{script}</script>"))


def _picture(found: re.Match[str]) -> str:
    content = base64.b64encode((VENDOR / found[1]).read_bytes()).decode("ascii")
    return f"url(data:image/png;base64,{content})"


def _map(verdict: AreaVerdict) -> folium.Map:
    drawn = folium.Map(tiles=None, width="100%", height="36rem", attribution_control=False, zoom_snap=0.25)
    drawn.default_js, drawn.default_css = [], []
    for title, shapes in _layers(verdict).items():
        if shapes:
            _layer(title, shapes).add_to(drawn)
    for number, finding in enumerate(verdict.findings, start=1):
        if finding.at_bng is not None:
            _mark(number, finding.at_bng, finding.message).add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    west, south, east, north = wgs84_from_bng(verdict.measured_bng).bounds
    drawn.fit_bounds([[south, west], [north, east]])
    return drawn


def _layers(verdict: AreaVerdict) -> dict[str, list[tuple[str, BaseGeometry]]]:
    """Return what is drawn, the widest first so that nothing hides what lies in it."""
    return {
        "Planning authorities": [(one.place.name, one.geometry_bng) for one in verdict.authorities],
        "Parishes": [(one.place.name, one.place_bng) for one in verdict.parishes],
        "Current areas": [(one.name, one.neighbour_bng) for one in verdict.overlaps],
        "The area": [("The area", verdict.measured_bng)],
        "Left after a refusal": _left(verdict),
        "Overlaps": [(f"Overlap with {one.name}", one.geometry_bng) for one in verdict.overlaps if not one.sliver],
        "Slivers": [(f"Sliver with {one.name}", one.geometry_bng) for one in verdict.overlaps if one.sliver],
        "Gaps": [(f"Gap beside {one.beside.name}", one.gap.geometry_bng) for one in verdict.gaps],
    }


def _left(verdict: AreaVerdict) -> list[tuple[str, BaseGeometry]]:
    left = verdict.remainder_bng
    return [] if left is None or left.is_empty else [(f"Left after a refusal: {area_ha(left):,.2f} hectares", left)]


def _layer(title: str, shapes: Iterable[tuple[str, BaseGeometry]]) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name=title)
    weight = 3 if title in {"The area", "Overlaps", "Slivers", "Gaps"} else 1.5
    style = {"color": COLOURS[title], "weight": weight, "fillOpacity": 0.1 if title == "The area" else 0.05}
    for name, shape in shapes:
        drawn = folium.GeoJson(
            shapely.geometry.mapping(wgs84_from_bng(shape)), style_function=lambda _, style=style: style
        )
        folium.Tooltip(_harmless(name or title)).add_to(drawn)
        drawn.add_to(group)
    return group


def _mark(number: int, at_bng: tuple[float, float], words: str) -> folium.Marker:
    point = wgs84_from_bng(shapely.Point(at_bng))
    icon = DivIcon(html=f'<div class="mark">{number}</div>', icon_size=(22, 22), icon_anchor=(11, 11))
    return folium.Marker([point.y, point.x], icon=icon, tooltip=_harmless(words))


def _harmless(text: str) -> str:
    """Return text as HTML that is safe also inside a script's template string."""
    return escape(text).replace("\\", "&#92;").replace("`", "&#96;").replace("$", "&#36;")


def _summary(verdict: AreaVerdict, name: str) -> str:
    return (
        f"<h1>{_harmless(name)}</h1><p><strong>{VERDICTS[verdict.verdict]}</strong></p>"
        f"<p>{ROUTES[verdict.route]}{clock_words(verdict.clock_weeks)}</p>"
        f"<p>{area_ha(verdict.measured_bng):,.2f} hectares, {perimeter_m(verdict.measured_bng):,.0f} metres round, "
        f"by the rules of {escape(verdict.rule_set)}. {escape(verdict.source.crs_evidence)}</p>"
    )


def _key() -> str:
    parts = "".join(f'<span style="background:{colour}"></span>{title}' for title, colour in COLOURS.items())
    return f'<p class="key">{parts}</p>'


def _findings(findings: Iterable[Finding]) -> str:
    rows = "".join(_row(finding) for finding in findings)
    return f"<section><h2>Findings</h2><ol>{rows or '<li>Nothing was found.</li>'}</ol></section>"


def _row(finding: Finding) -> str:
    rule = f" [{escape(finding.rule)}]" if finding.rule else ""
    words = f"<strong>{MARKS[finding.severity]}</strong>: {_harmless(finding.message)}{rule}{place_words(finding)}"
    return f'<li class="{finding.severity.value}">{words}</li>'


def _footer() -> str:
    return f"<footer><p>{ATTRIBUTION}</p></footer>"
