"""The electorate of a referendum as a framed map: polling districts, counts that may be told, and no one's home."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from app.reports.framed_map import FramedMap, Style, WordsTable, empty_map, land, look_at, mark
from app.reports.suppression import HIDDEN, SMALLEST_SHOWN, WITHHELD, suppressed

_AREA = Style(line="#b5480b", width=4)
_EXTENTS = {
    "whole": ("Wholly in the referendum area", Style(line="#14603f", fill="#a9dcc0", solid=0.6)),
    "part": ("Partly in it", Style(line="#8a6100", fill="#ffe8a3", solid=0.7)),
    "none": ("Outside it", Style(line="#505a5f", fill="#dcdfe0", solid=0.5)),
}
_OPEN = Style(line="#0b0c0c", fill="#0b0c0c", solid=1.0)
_MARK_PX = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One polling district as it was counted.

    Attributes:
        code: of the district.
        extent: how much of it lies in the referendum area: whole, part or none.
        entitled: entries with a vote.
        undecided: entries too near the line to say.
        unplaced: entries whose place is not known.
        shape_bng: its land, EPSG:27700 metres; None where its boundary is not stored.
    """

    code: str
    extent: str
    entitled: int
    undecided: int
    unplaced: int
    shape_bng: BaseGeometry | None

    @property
    def open(self) -> int:
        """Entries whose place is still to be decided."""
        return self.undecided + self.unplaced


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilCount:
    """One council's part of the electorate: its name, and entries with a vote."""

    name: str
    entitled: int


def electorate_map(
    area_bng: BaseGeometry,
    districts: Sequence[District],
    *,
    title: str,
    lead: str,
    entitled: int,
    councils: Sequence[CouncilCount] = (),
) -> FramedMap:
    """Return the report of a count of electors as a map that may be passed on.

    Each polling district has one mark for all its entries that are still to be decided, at a place inside it that is
    nobody's home; counts from 1 to 9 are told nowhere, nor is what they would follow from.

    Args:
        area_bng: the referendum area, EPSG:27700 metres.
        districts: every polling district counted; those outside with nothing to decide are left out.
        title: its heading.
        lead: a sentence under it.
        entitled: entries with a vote, in all.
        councils: the parts of several councils; none where one council holds the poll.

    Source: T-43, ELEC-7, REF-1.
    """
    near = _near(districts)
    shown = _as_told(near)
    drawn = empty_map()
    for each, words in zip(near, shown, strict=True):
        if each.shape_bng is not None:
            land(each.shape_bng, _EXTENTS[each.extent][1], words=_words(each, words)).add_to(drawn)
    land(area_bng, _AREA).add_to(drawn)
    for each, words in zip(near, shown, strict=True):
        if each.shape_bng is not None and each.open:
            text = f"under {SMALLEST_SHOWN}" if words[1] == HIDDEN else words[1]
            place = _inside(each.shape_bng, area_bng)
            mark(place, text, words=f"{each.code}: {words[1]} to decide", wide_px=_width_px(text)).add_to(drawn)
    look_at(drawn, area_bng)
    tables = electorate_tables(districts, entitled=entitled, councils=councils)
    return FramedMap(title=title, lead=lead, drawn=drawn, key=_key(near), tables=tables)


def electorate_tables(
    districts: Sequence[District], *, entitled: int, councils: Sequence[CouncilCount] = ()
) -> list[WordsTable]:
    """Return what the map shows in words: by polling district, and by council where there are several.

    Source: T-43.
    """
    near = _near(districts)
    return [_districts(near, _as_told(near), entitled), *([_councils(councils)] if len(councils) > 1 else [])]


def told(count: int) -> str:
    """Return a total as it may be told: a count from 1 to 9 is not. Source: T-43."""
    return suppressed([count])[0]


def _near(districts: Sequence[District]) -> list[District]:
    return [each for each in districts if each.extent != "none" or each.open or each.entitled]


def _as_told(districts: Sequence[District]) -> list[tuple[str, str]]:
    """Return for each district how many are entitled, and how many to decide, as they may be told.

    A sum is told only where a published electorate tells both its parts, or one would follow from the other.
    """
    parts = [suppressed([each.undecided for each in districts]), suppressed([each.unplaced for each in districts])]
    telling = [at for at, cells in enumerate(zip(*parts, strict=True)) if {HIDDEN, WITHHELD} & set(cells)]
    entitled = suppressed([each.entitled for each in districts])
    return list(zip(entitled, suppressed([each.open for each in districts], telling=telling), strict=True))


def _words(district: District, shown: tuple[str, str]) -> str:
    return f"{district.code}: {_EXTENTS[district.extent][0].lower()}. Entitled: {shown[0]}. To decide: {shown[1]}."


def _inside(shape_bng: BaseGeometry, area_bng: BaseGeometry) -> tuple[float, float]:
    """Return a place in the middle of the district's land in the area, or of the district where it has none there."""
    there = shapely.intersection(shape_bng, area_bng) if shape_bng.is_valid and area_bng.is_valid else shape_bng
    part = there if there.area > 0 else shape_bng
    east, north = shapely.get_coordinates(shapely.point_on_surface(part))[0]
    return float(east), float(north)


def _width_px(text: str) -> int:
    return max(_MARK_PX // 2, 12 + 8 * len(text))


def _key(districts: Sequence[District]) -> list[tuple[str, Style]]:
    extents = {each.extent for each in districts if each.shape_bng is not None}
    key = [("The referendum area", _AREA), *(row for extent, row in _EXTENTS.items() if extent in extents)]
    return [*key, *([("Entries to decide in a district", _OPEN)] if any(each.open for each in districts) else [])]


def _districts(districts: Sequence[District], shown: Sequence[tuple[str, str]], entitled: int) -> WordsTable:
    rows = [(each.code, _EXTENTS[each.extent][0], *words) for each, words in zip(districts, shown, strict=True)]
    is_one_hidden = sum(words[1] in {HIDDEN, WITHHELD} for words in shown) == 1
    to_decide = sum(each.open for each in districts)
    total = ("All", "", told(entitled), WITHHELD if is_one_hidden and to_decide >= SMALLEST_SHOWN else told(to_decide))
    return WordsTable(
        caption="By polling district",
        titles=("District", "How it lies", "Entitled to vote", "To decide"),
        rows=[*rows, total],
        figures_from=2,
    )


def _councils(councils: Sequence[CouncilCount]) -> WordsTable:
    shown = suppressed([each.entitled for each in councils])
    rows = [(each.name, words) for each, words in zip(councils, shown, strict=True)]
    return WordsTable(caption="By council", titles=("Council", "Entitled to vote"), rows=rows)
