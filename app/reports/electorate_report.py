"""The report of a count of electors: a map of polling districts by extent, and totals that may be published."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

import folium
import shapely
from branca.element import Element
from shapely.geometry.base import BaseGeometry

from app.electors import BARS, Electorate
from app.electors_files import CountedFiles
from app.reports.suppression import suppressed
from geo.crs import wgs84_from_bng
from geo.electorate import Extent

VENDOR = Path(__file__).parent.parent / "static" / "vendor" / "leaflet"
_FILLS = {"whole": "#00703c", "part": "#f47738", "none": "#b1b4b6"}
_WORDS = {"whole": "wholly in the area", "part": "partly in the area", "none": "outside the area"}
_SIMPLER_M = 1.0
_STYLE = """
body{font:16px/1.4 Arial,sans-serif;margin:0;color:#0b0c0c}main{max-width:60rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%}th,td{padding:.3rem .6rem;border-bottom:1px solid #b1b4b6;text-align:left}
td.n,th.n{text-align:right}.folium-map{position:relative;width:100%;height:30rem}
.key span{display:inline-block;width:1rem;height:1rem;margin:0 .4rem 0 1rem;vertical-align:-2px}
"""


def write_report(counted: CountedFiles, path: Path) -> None:
    """Write the report as one HTML file that needs nothing from elsewhere.

    No entry's location is in it, an anonymous one's least of all; small counts are suppressed.
    Source: T-43.
    """
    path.write_text(report_html(counted), encoding="utf-8")


def report_html(counted: CountedFiles) -> str:
    """Return the report; without the browser libraries the map is left out and the page says so."""
    electorate = counted.electorate
    page = folium.Figure(title=_title(electorate))
    has_map = (VENDOR / "leaflet.js").is_file()
    page.header.add_child(Element(f"<style>{_STYLE}</style>"))
    page.html.add_child(Element(f"<main>{_totals(electorate)}"))
    if has_map:
        _take_from_here(page)
        drawn = _map(counted).add_to(page)
        drawn.render()  # takes its place on the page now, before what follows it
    else:
        page.html.add_child(Element("<p>The map is left out: the browser libraries are not installed.</p>"))
    page.html.add_child(Element(f"{_key()}{_districts(electorate)}</main>"))
    rendered: str = page.render()
    return rendered.replace("<html>", '<html lang="en-GB">', 1)


def _title(electorate: Electorate) -> str:
    return f"Electorate for the poll of {electorate.poll_date:%-d %B %Y}"


def _take_from_here(page: folium.Figure) -> None:
    """Put Leaflet into the page itself, so that nothing is fetched from any address."""
    page.header.add_child(Element(f"<style>{(VENDOR / 'leaflet.css').read_text(encoding='utf-8')}</style>"))
    page.header.add_child(Element(f"<script>{(VENDOR / 'leaflet.js').read_text(encoding='utf-8')}</script>"))


def _map(counted: CountedFiles) -> folium.Map:
    west, south, east, north = wgs84_from_bng(counted.area_bng).bounds
    drawn = folium.Map(tiles=None, width="100%", height="30rem", attribution_control=False)
    drawn.default_js, drawn.default_css = [], []
    extents = {one.code: one.extent.value for one in counted.electorate.by_polling_district}
    for code, shape in counted.districts_bng.items():
        _layer(drawn, shape, code, extents.get(code, "none"))
    folium.GeoJson(
        _features({"": counted.area_bng}),
        style_function=lambda _: {"color": "#d4351c", "weight": 3, "fill": False},
        interactive=False,
    ).add_to(drawn)
    drawn.fit_bounds([[south, west], [north, east]])
    return drawn


def _layer(drawn: folium.Map, shape: BaseGeometry, code: str, extent: str) -> None:
    style = {"color": "#0b0c0c", "weight": 1, "fillColor": _FILLS[extent], "fillOpacity": 0.45}
    folium.GeoJson(
        _features({code: shape}),
        style_function=lambda _, style=style: style,
        tooltip=f"{escape(code)}: {_WORDS[extent]}",
    ).add_to(drawn)


def _features(shapes: Mapping[str, BaseGeometry]) -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": escape(code)},
                "geometry": shapely.geometry.mapping(_for_the_screen(shape)),
            }
            for code, shape in shapes.items()
        ],
    }


def _for_the_screen(shape: BaseGeometry) -> BaseGeometry:
    """Return the shape in degrees, drawn with fewer points; counting never uses it."""
    simpler = shapely.simplify(shape, _SIMPLER_M) if shape.is_valid else shape
    return wgs84_from_bng(simpler)


def _totals(electorate: Electorate) -> str:
    bars = suppressed([electorate.not_entitled[bar] for bar in BARS])
    places = suppressed([electorate.undecided, electorate.unplaced])
    rows = [
        ("Entries read", f"{electorate.read:,}"),
        ("Entries in the area", f"{electorate.in_area:,}"),
        ("Entitled to vote", f"{electorate.entitled:,}"),
        *((f"Not entitled: {bar.value.replace('_', ' ')}", shown) for bar, shown in zip(BARS, bars, strict=True)),
        ("Undecided", places[0]),
        ("Without a location", places[1]),
        ("Expenses limit", f"£{electorate.expenses_limit_gbp:,}"),
    ]
    cells = "".join(f'<tr><th scope="row">{name}</th><td class="n">{shown}</td></tr>' for name, shown in rows)
    return f"<h1>{_title(electorate)}</h1><table>{cells}</table><h2>Polling districts</h2>"


def _key() -> str:
    parts = "".join(f'<span style="background:{_FILLS[extent]}"></span>{words}' for extent, words in _WORDS.items())
    return f'<p class="key">{parts}</p>'


def _districts(electorate: Electorate) -> str:
    known = electorate.by_polling_district
    shown = suppressed([one.entitled for one in known])
    outside = [one.code for one in known if one.extent is Extent.NONE and not one.in_area]
    rows = "".join(
        f'<tr><th scope="row">{escape(one.code)}</th><td>{_WORDS[one.extent.value]}</td><td class="n">{count}</td></tr>'
        for one, count in zip(known, shown, strict=True)
        if one.code not in outside
    )
    head = '<tr><th scope="col">District</th><th scope="col">Extent</th><th scope="col" class="n">Entitled</th></tr>'
    others = f"<p>Outside the area: {escape(', '.join(outside))}.</p>" if outside else ""
    return f"<table>{head}{rows}</table>{others}"
