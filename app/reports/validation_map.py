"""The report on a line as a framed map: what was compared, and each finding's number where it lies."""

from collections.abc import Sequence

from app.reports.area_report_map import COLOURS, FILLS, area_map, layers, weight_of
from app.reports.framed_map import FramedMap, Style, WordsTable
from app.verdict import AreaVerdict
from app.verdict_words import MARKS, VERDICTS, place_words
from geo.findings import Finding


def validation_map(verdict: AreaVerdict, findings: Sequence[Finding], *, name: str, when: str) -> FramedMap:
    """Return the report on a line as a map.

    Args:
        verdict: on the line, with all that it was compared with.
        findings: in the order in which the page lists them, whose numbers the marks carry.
        name: of the area.
        when: the day it was compared, in words.
    """
    return FramedMap(
        title=f"Check of {name}",
        lead=f"{VERDICTS[verdict.verdict]} As it stood on {when}.",
        drawn=None if verdict.measured_bng.is_empty else area_map(verdict, findings),
        key=_key(verdict),
        tables=[_table(findings)] if findings else [],
    )


def _key(verdict: AreaVerdict) -> list[tuple[str, Style]]:
    drawn = [title for title, shapes in layers(verdict).items() if shapes]
    return [(title, _style(title)) for title in drawn]


def _style(title: str) -> Style:
    colour = COLOURS[title]
    return Style(line=colour, fill=colour, width=weight_of(title), solid=FILLS.get(title, 0.0))


def _table(findings: Sequence[Finding]) -> WordsTable:
    rows = [
        (f"{number}", MARKS[each.severity].capitalize(), each.message + place_words(each))
        for number, each in enumerate(findings, start=1)
    ]
    return WordsTable(caption="Findings", titles=("Number", "How serious", "What was found"), rows=rows, figures_from=3)
