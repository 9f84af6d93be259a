"""The report on an area: a map with numbered marks, and the findings in words beside it, in one file."""

import base64
import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import folium
from branca.element import Element

from app.reports.area_report_map import COLOURS, area_map, layers
from app.reports.framed_map import NO_PIN, harmless
from app.verdict import AreaVerdict
from app.verdict_words import MARKS, ROUTES, VERDICTS, clock_words, place_words, size_words
from geo.findings import Finding
from geo.measure import area_ha, perimeter_m

VENDOR = Path(__file__).parent.parent / "static" / "vendor" / "leaflet"
ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right. Source: Office for National Statistics licensed under "
    "the Open Government Licence v3.0. Boundaries as given by whoever asked for this report."
)
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_STYLE = """
body{font:16px/1.4 Arial,sans-serif;margin:0;color:#0b0c0c}main{padding:1rem;max-width:90rem;margin:0 auto}
h1{margin:.5rem 0 1rem}h2{margin:0 0 1rem}
.answer{font-size:1.2rem;font-weight:bold;border-left:8px solid;padding-left:.8rem}
.not-acceptable{border-color:#d4351c}.needs-officer{border-color:#f47738}.acceptable{border-color:#00703c}
.beside{display:flex;flex-wrap:wrap;gap:1.5rem}.beside>*{flex:1 1 26rem;min-width:0}
.folium-map{position:relative;width:100%;height:36rem;border:1px solid #b1b4b6}
.folium-map.leaflet-container{background:#f8f8f8}.key{margin:.6rem 0;padding:0;list-style:none}
.key li{display:inline-block;white-space:nowrap;margin:0 1.2rem .3rem 0}
.key span{display:inline-block;width:1rem;height:.7rem;margin-right:.4rem}
.mark{background:#0b0c0c;color:#fff;border:2px solid #fff;border-radius:14px;height:20px;font:bold 13px/20px Arial;
text-align:center}.leaflet-tooltip{white-space:normal;width:max-content;max-width:18rem}
.findings{padding-left:1.6rem}.findings li{margin-bottom:.8rem;padding-left:.5rem;border-left:5px solid}
.findings .error{border-color:#d4351c}.findings .warning{border-color:#f47738}.findings .notice{border-color:#1d70b8}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0 1.5rem;width:100%}
caption{font-weight:bold;text-align:left;font-size:1.2rem;padding-bottom:.4rem}
th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #b1b4b6}td{overflow-wrap:break-word}
.number{text-align:right;white-space:nowrap}th.number{white-space:normal}
@media(max-width:40rem){.folium-map{height:24rem!important}}
@media print{body{font-size:11pt}main{padding:0}.beside{display:block}.folium-map{break-inside:avoid}
.leaflet-control{display:none}.findings li,tr{break-inside:avoid}
.key span,.mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def write_area_report(verdict: AreaVerdict, name: str, path: Path) -> None:
    """Write the report as one HTML file that opens without a network."""
    path.write_text(area_report_html(verdict, name), encoding="utf-8")


def area_report_html(verdict: AreaVerdict, name: str) -> str:
    """Return the report; without the browser libraries, or any land, the map is left out and the page says so.

    The findings stand with the most serious first, and the marks on the map carry their numbers.
    """
    findings = sorted(verdict.findings, key=lambda finding: list(MARKS).index(finding.severity))
    page = folium.Figure(title=harmless(f"Check of {name}"))
    page.header.add_child(Element(f"<style>{_STYLE}</style>"))
    page.html.add_child(Element(f'<main>{_summary(verdict, name)}<div class="beside"><section>'))
    if not (VENDOR / "leaflet.js").is_file():
        page.html.add_child(Element("<p>The map is left out: the browser libraries are not installed.</p>"))
    elif verdict.measured_bng.is_empty:
        page.html.add_child(Element("<p>The map is left out: there is no land to draw.</p>"))
    else:
        _take_leaflet(page)
        drawn = area_map(verdict, findings).add_to(page)
        drawn.render()  # takes its place on the page now, before what follows it
        page.html.add_child(Element(_key(verdict)))
    page.html.add_child(Element(f"</section>{_findings(findings)}</div>{_tables(verdict)}{_footer()}</main>"))
    # The library's own line forbids enlarging the page, which some readers cannot do without.
    rendered = re.sub(r'<meta name="viewport"[^>]*>', _VIEWPORT, page.render())
    return rendered.replace("<html>", '<html lang="en-GB">', 1)


def _take_leaflet(page: folium.Figure) -> None:
    """Put Leaflet into the page itself, pictures and all, so that nothing is fetched from any address."""
    css = re.sub(r"url\((images/[\w.-]+)\)", _picture, (VENDOR / "leaflet.css").read_text(encoding="utf-8"))
    script = re.sub(r"//# sourceMappingURL=\S+", "", (VENDOR / "leaflet.js").read_text(encoding="utf-8"))
    page.header.add_child(Element(f"<style>{css}</style><script>{script}</script><script>{NO_PIN}</script>"))


def _picture(found: re.Match[str]) -> str:
    content = base64.b64encode((VENDOR / found[1]).read_bytes()).decode("ascii")
    return f"url(data:image/png;base64,{content})"


def _summary(verdict: AreaVerdict, name: str) -> str:
    return (
        f'<h1>{harmless(name)}</h1><p class="answer {verdict.verdict.value}">{VERDICTS[verdict.verdict]}</p>'
        f"<p>{ROUTES[verdict.route]}{clock_words(verdict.clock_weeks)}</p>"
        f"<p>{area_ha(verdict.measured_bng):,.2f} hectares, {perimeter_m(verdict.measured_bng):,.0f} metres round, "
        f"by the rules of {escape(verdict.rule_set)}. {escape(verdict.source.crs_evidence)}</p>"
    )


def _key(verdict: AreaVerdict) -> str:
    drawn = [title for title, shapes in layers(verdict).items() if shapes]
    parts = "".join(f'<li><span style="background:{COLOURS[title]}"></span>{title}</li>' for title in drawn)
    return f'<ul class="key" aria-label="Key to the map">{parts}</ul>'


def _findings(findings: Iterable[Finding]) -> str:
    rows = "".join(_row(finding) for finding in findings)
    return f'<section><h2>Findings</h2><ol class="findings">{rows or "<li>Nothing was found.</li>"}</ol></section>'


def _row(finding: Finding) -> str:
    rule = f" [{escape(finding.rule)}]" if finding.rule else ""
    words = f"<strong>{MARKS[finding.severity]}</strong>: {harmless(finding.message)}{rule}{place_words(finding)}"
    return f'<li class="{finding.severity.value}">{words}</li>'


def _tables(verdict: AreaVerdict) -> str:
    overlaps = [
        (one.name or one.reference, one.reference, size_words(one.area_m2), f"{one.max_width_m:,.2f} m")
        for one in verdict.overlaps
    ]
    parishes = [
        (one.place.name, one.place.reference, f"{one.share_of_place:.2%}", f"{one.share_of_area:.2%}")
        for one in verdict.parishes
    ]
    authorities = [(one.place.name, one.place.reference, f"{one.share_of_area:.2%}") for one in verdict.authorities]
    return (
        _table("Overlaps with current areas", ("Area", "Reference", "Shared land", "Greatest width"), overlaps)
        + _table("Parishes", ("Parish", "Code", "Of the parish", "Of the area"), parishes)
        + _table("Planning authorities", ("Authority", "Code", "Of the area"), authorities)
    )


def _table(caption: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose columns after the second are figures; nothing where there are no rows."""
    if not rows:
        return ""
    head = "".join(f'<th scope="col"{_figures(column)}>{title}</th>' for column, title in enumerate(titles))
    body = "".join(
        "<tr>" + "".join(f"<td{_figures(column)}>{harmless(cell)}</td>" for column, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    table = f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="{caption}">{table}</div>'


def _figures(column: int) -> str:
    return ' class="number"' if column > 1 else ""


def _footer() -> str:
    return f"<footer><p>{ATTRIBUTION}</p></footer>"
