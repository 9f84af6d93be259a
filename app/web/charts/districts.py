"""Electors by polling district: where the entries of each are, and of a published electorate what anyone may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.reports.suppression import suppressed
from app.web.charts.bars import Bar, BarChart, Fill, bar_chart

_KEY = (
    (Fill.SOLID, "In the area"),
    (Fill.EMPTY, "Outside"),
    (Fill.STRIPES, "Undecided: too near the line"),
    (Fill.DOTS, "No place known"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicDistricts:
    """Electors entitled to vote in each polling district, as anyone may see them.

    Attributes:
        rows: code of the district and its number, or why there is none.
        chart: a bar for each number that is shown.
    """

    rows: tuple[tuple[str, str], ...]
    chart: BarChart | None


def district_chart(districts: Sequence[Mapping[str, Any]]) -> BarChart | None:
    """Return the entries of each polling district of the area, for officers; None where there are none.

    Args:
        districts: rows of `by_polling_district` of folkmoot.electorate/1, where
            entries = in_area + outside + undecided + unplaced.

    Source: ELEC-16.
    """
    bars = [_bar(each) for each in districts if is_of_the_area(each)]
    most = max(bars, key=lambda bar: bar.count, default=None)
    if most is None:
        return None
    text = (
        f"Bars on one scale for {_districts(len(bars))}. "
        f"The most entries has {most.name}: {most.said}. All figures are in the table."
    )
    return bar_chart(bars, text=text, key=_KEY)


def public_districts(document: Mapping[str, Any]) -> PublicDistricts | None:
    """Return the electors entitled in each polling district of the area as anyone may see them; None without any.

    A number under ten is not shown, nor one from which it could be worked out, and neither has a bar. They are found
    over every district that is published, as in the published electorate.
    Source: T-43.
    """
    districts = document.get("by_polling_district", ())
    shown = suppressed([each["entitled"] for each in districts])
    kept = [(each, words) for each, words in zip(districts, shown, strict=True) if is_of_the_area(each)]
    if not kept:
        return None
    bars = [_public_bar(each["code"], each["entitled"], words) for each, words in kept]
    text = f"Bars on one scale. {'. '.join(f'{bar.name}: {bar.said}' for bar in bars)}."
    rows = tuple((bar.name, bar.said) for bar in bars)
    return PublicDistricts(rows=rows, chart=bar_chart(bars, text=text))


def is_of_the_area(district: Mapping[str, Any]) -> bool:
    """Say whether a polling district lies in the area, wholly or in part, or has entries that do."""
    return district["extent"] != "none" or bool(district["in_area"])


def _bar(district: Mapping[str, Any]) -> Bar:
    inside, undecided, unplaced = (district[name] for name in ("in_area", "undecided", "unplaced"))
    outside = district["entries"] - inside - undecided - unplaced
    parts = ((Fill.SOLID, inside), (Fill.EMPTY, outside), (Fill.STRIPES, undecided), (Fill.DOTS, unplaced))
    return Bar(name=district["code"], said=f"{inside:,} of {district['entries']:,} in the area", parts=parts)


def _public_bar(code: str, entitled: int, words: str) -> Bar:
    return Bar(name=code, said=words, parts=((Fill.SOLID, entitled),) if words == f"{entitled:,}" else ())


def _districts(number: int) -> str:
    return f"{number:,} polling district{'' if number == 1 else 's'}"
