"""A verdict on an area in plain words, for the command line."""

from collections.abc import Iterable

from app.verdict import AreaVerdict
from app.verdict_words import MARKS, ROUTES, VERDICTS, clock_words, place_words
from geo.findings import Finding
from geo.layer_check import LayerReport
from geo.measure import area_ha, perimeter_m

_ORDER = list(MARKS)


def verdict_words(verdict: AreaVerdict, name: str) -> list[str]:
    """Return the verdict as lines of plain words: the answer first, then findings, neighbours and places."""
    return [
        name,
        f"  {VERDICTS[verdict.verdict]}",
        f"  {ROUTES[verdict.route]}{clock_words(verdict.clock_weeks)}",
        f"  {area_ha(verdict.measured_bng):,.2f} ha, {perimeter_m(verdict.measured_bng):,.0f} m round.",
        f"  By the rules of {verdict.rule_set}.",
        f"  Read as {verdict.source.format} ({verdict.source.layer}). {verdict.source.crs_evidence}",
        *_section("Findings", finding_words(verdict.findings)),
        *_section("Parishes", _parishes(verdict)),
        *_section("Planning authorities", _authorities(verdict)),
    ]


def layer_words(report: LayerReport, name: str) -> list[str]:
    """Return the report on a layer as lines of plain words: the sums, then every row with something to say."""
    valid, slivers = sum(row.valid for row in report.rows), sum(pair.sliver for pair in report.overlaps)
    rows = [
        f"{row.reference or f'row {row.row}'}: {line}" for row in report.rows for line in finding_words(row.findings)
    ]
    return [
        name,
        f"  {len(report.rows)} rows, {valid} valid and {len(report.rows) - valid} not.",
        f"  {len(report.overlaps)} overlaps, {slivers} of them slivers; {len(report.gaps)} gaps.",
        *_section("Findings", rows),
    ]


def finding_words(findings: Iterable[Finding]) -> list[str]:
    """Return one line for each finding, the most serious first."""
    ranked = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
    return [f"{MARKS[finding.severity]}: {finding.message}{_rule(finding)}{place_words(finding)}" for finding in ranked]


def _rule(finding: Finding) -> str:
    return f" [{finding.rule}]" if finding.rule else ""


def _parishes(verdict: AreaVerdict) -> list[str]:
    return [
        f"{presence.place.name or presence.place.reference} ({presence.place.reference}): "
        f"{presence.share_of_place:.2%} of the parish, {presence.share_of_area:.2%} of the area"
        for presence in verdict.parishes
    ]


def _authorities(verdict: AreaVerdict) -> list[str]:
    return [
        f"{presence.place.name or presence.place.reference} ({presence.place.reference}): "
        f"{presence.share_of_area:.2%} of the area"
        for presence in verdict.authorities
    ]


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []
