"""A verdict on an area in plain words, for the command line."""

from collections.abc import Iterable

from app.verdict import AreaVerdict, Verdict
from geo.findings import Finding, Severity
from geo.layer_check import LayerReport
from geo.measure import area_ha, perimeter_m
from referendum.designation import Route

VERDICTS = {
    Verdict.ACCEPTABLE: "Acceptable: nothing stands in the way of this line.",
    Verdict.NEEDS_OFFICER: "Needs an officer: nothing is wrong for certain, but someone must look at what follows.",
    Verdict.NOT_ACCEPTABLE: "Not acceptable as it stands: put right what is marked error.",
}
ROUTES = {
    Route.MUST: "The authority must designate the area as applied for, at once.",
    Route.MAY: "The authority may designate the area, change it, or refuse it with reasons.",
    Route.BARRED: "The law bars this application.",
}
MARKS = {Severity.ERROR: "error", Severity.WARNING: "look at", Severity.NOTICE: "note"}
ORDER = list(MARKS)


def verdict_words(verdict: AreaVerdict, name: str) -> list[str]:
    """Return the verdict as lines of plain words: the answer first, then findings, neighbours and places."""
    return [
        name,
        f"  {VERDICTS[verdict.verdict]}",
        f"  {ROUTES[verdict.route]}{_clock(verdict)}",
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
    ranked = sorted(findings, key=lambda finding: ORDER.index(finding.severity))
    return [f"{MARKS[finding.severity]}: {finding.message}{_rule(finding)}{_place(finding)}" for finding in ranked]


def _clock(verdict: AreaVerdict) -> str:
    return "" if verdict.clock_weeks is None else f" It has {verdict.clock_weeks} weeks to decide."


def _rule(finding: Finding) -> str:
    return f" [{finding.rule}]" if finding.rule else ""


def _place(finding: Finding) -> str:
    return "" if finding.at_bng is None else f" (at {finding.at_bng[0]:.2f}, {finding.at_bng[1]:.2f})"


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
