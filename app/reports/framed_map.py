"""A map that folium draws for a page of this service to frame: its facts, and what of folium's page is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import folium
import numpy as np
import shapely
from folium.features import DivIcon
from shapely.geometry.base import BaseGeometry

from geo.crs import wgs84_from_bng

_DEGREES = 7
_SIMPLER_M = 1.0
_MARGIN_PX = 16
# The library asks for a pin before our own mark takes its place: one clear dot, told as the document's own.
NO_PIN = (
    'L.Icon.Default.mergeOptions({imagePath:"data:image/gif;base64,",'
    + ",".join(
        f'{each}:"R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="'
        for each in ("iconUrl", "iconRetinaUrl", "shadowUrl")
    )
    + "});"
)
"""Script that keeps the library from asking for its pictures of pins."""

_AFTERWARDS = """
new ResizeObserver(() => %(map)s.invalidateSize()).observe(%(map)s.getContainer());
%(map)s.eachLayer((layer) => {
  const told = layer.getIcon && layer.getTooltip();
  if (told) layer.unbindTooltip().bindTooltip(told);
});
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How land is drawn: colours as #rrggbb, width of the line in pixels, how solid the fill is (0 to 1), dashes."""

    line: str
    fill: str = ""
    width: float = 1.5
    solid: float = 0.0
    dashes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsTable:
    """What the map shows, in words: a caption, the titles of the columns, and the rows under them.

    The columns from `figures_from` on are figures.
    """

    caption: str
    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures_from: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FramedMap:
    """A map as a document of its own.

    Attributes:
        title: its heading.
        lead: a sentence under it.
        drawn: the map; None where there is no land to draw.
        key: what its colours mean.
        tables: the same in words.
    """

    title: str
    lead: str
    drawn: folium.Map | None
    key: Sequence[tuple[str, Style]]
    tables: Sequence[WordsTable]


def harmless(text: str) -> str:
    """Return text as HTML that is safe also inside a script's template string."""
    return escape(text).replace("\\", "&#92;").replace("`", "&#96;").replace("$", "&#36;")


def empty_map() -> folium.Map:
    """Return a map without base map, libraries or attribution, to be drawn on."""
    drawn = folium.Map(
        tiles=None, width="100%", height="100%", attribution_control=False, zoom_snap=0.25, control_scale=True
    )
    drawn.default_js, drawn.default_css = [], []
    return drawn


def look_at(drawn: folium.Map, shape_bng: BaseGeometry) -> None:
    """Let the map open on a shape, EPSG:27700 metres."""
    west, south, east, north = wgs84_from_bng(shape_bng).bounds
    drawn.fit_bounds([[south, west], [north, east]], padding=(_MARGIN_PX, _MARGIN_PX))


def land(
    shape_bng: BaseGeometry, style: Style, *, words: str = "", label: str = "", simpler_m: float = _SIMPLER_M
) -> folium.GeoJson:
    """Return land to be drawn.

    Args:
        shape_bng: EPSG:27700 metres.
        style: how.
        words: shown where somebody points at it; nothing happens there without.
        label: stands on it always, instead of the words.
        simpler_m: how far its line may move so that it has fewer points.
    """
    options = {
        "color": style.line,
        "weight": style.width,
        "fill": bool(style.fill),
        "fillColor": style.fill or style.line,
        "fillOpacity": style.solid,
        "dashArray": style.dashes or None,
    }
    drawn = folium.GeoJson(
        shapely.geometry.mapping(on_screen(shape_bng, simpler_m=simpler_m)),
        style_function=lambda _: options,
        interactive=bool(words or label),
        control=False,
    )
    if label:
        folium.Tooltip(harmless(label), sticky=False, permanent=True, direction="center").add_to(drawn)
    elif words:
        folium.Tooltip(harmless(words)).add_to(drawn)
    return drawn


def mark(at_bng: tuple[float, float], text: str, *, words: str, wide_px: int) -> folium.Marker:
    """Return a dark mark with white text at a place (EPSG:27700 metres), with words where somebody points at it."""
    point = wgs84_from_bng(shapely.Point(at_bng))
    icon = DivIcon(
        html=f'<div class="mark">{harmless(text)}</div>', icon_size=(wide_px, 24), icon_anchor=(wide_px // 2, 12)
    )
    return folium.Marker([point.y, point.x], icon=icon, tooltip=folium.Tooltip(harmless(words)), alt=words)


def on_screen(shape_bng: BaseGeometry, *, simpler_m: float = 0.0) -> BaseGeometry:
    """Return a shape in degrees to about a centimetre; nothing is ever measured on it.

    Args:
        shape_bng: EPSG:27700 metres.
        simpler_m: how far its line may move so that it has fewer points; a broken line keeps them all.
    """
    simpler = shapely.simplify(shape_bng, simpler_m) if simpler_m and shape_bng.is_valid else shape_bng
    return shapely.transform(wgs84_from_bng(simpler), lambda degrees: np.round(degrees, _DEGREES))


def script_of(drawn: folium.Map) -> str:
    """Return the one script that draws the map into the element named `element_of`; folium's own styles are left out.

    The map follows its element's size, which changes where the words under it are opened; and a mark tells its words
    to whoever reaches it by the keyboard, which folium loses by giving it another picture once its words are bound.
    """
    figure = folium.Figure()
    figure.add_child(drawn)
    figure.render()
    return f"{NO_PIN}\n{figure.script.render()}\n{_AFTERWARDS % {'map': drawn.get_name()}}"


def element_of(drawn: folium.Map) -> str:
    """Return the id of the element that the map is drawn into."""
    name: str = drawn.get_name()
    return name


def policy_of(nonce: str) -> str:
    """Return the content security policy of a framed map: what carries the nonce runs, and nothing else.

    The document stands in a sandbox: it has no cookies, and reaches neither the page around it nor any address.

    Source: Content Security Policy Level 3, 6.3.2 (sandbox), 6.4.2 (frame-ancestors), 8.1 (nonces).
    """
    parts: Mapping[str, str] = {
        "default-src": "'none'",
        "script-src": f"'nonce-{nonce}'",
        "style-src": f"'nonce-{nonce}'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "allow-scripts",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())
