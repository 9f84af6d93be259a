"""How many of those who may vote did, and how: electorate, ballot papers, yes, no, rejected, on one scale."""

from collections.abc import Mapping
from typing import Any

from app.web.charts.bars import Bar, BarChart, Fill, bar_chart


def turnout_chart(figures: Mapping[str, Any]) -> BarChart | None:
    """Return the figures of one declared poll (folkmoot.result/1) as bars; None where all are nought."""
    rejected = sum(figures["rejected"].values())
    turnout = figures["turnout_papers"]
    counted = (Fill.PAPERS, figures["papers_counted"])
    bars = [
        _bar("Electorate", (Fill.FRAME, figures["electorate"])),
        _bar("Ballot papers", counted, f" ({turnout} %)" if turnout else ""),
        _bar("Yes", (Fill.YES, figures["yes"])),
        _bar("No", (Fill.NO, figures["no"])),
        _bar("Rejected", (Fill.STRIPES, rejected)),
    ]
    return bar_chart(bars, text=_text(bars))


def verified_chart(*, electorate: int, papers: int, postal: int) -> BarChart | None:
    """Return the papers of a verification beside the electorate; None where all are nought. Source: COUNT-4."""
    bars = [
        _bar("Electorate", (Fill.FRAME, electorate)),
        _bar("Ballot papers", (Fill.PAPERS, papers)),
        _bar("Of these by post", (Fill.STRIPES, postal)),
    ]
    return bar_chart(bars, text=_text(bars))


def _bar(name: str, part: tuple[Fill, int], more: str = "") -> Bar:
    return Bar(name=name, said=f"{part[1]:,}{more}", parts=(part,))


def _text(bars: list[Bar]) -> str:
    return f"Bars on one scale. {'. '.join(f'{bar.name}: {bar.said}' for bar in bars)}."
