"""Declared results as a framed map: each referendum area by its answer and by its turnout, for each vote held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import folium
from shapely.geometry.base import BaseGeometry

from app.reports.framed_map import FramedMap, Style, WordsTable, empty_map, land, look_at

_ANSWERS = {
    "Yes": Style(line="#14603f", fill="#1b6b4a", solid=0.55),
    "No": Style(line="#7a2114", fill="#a8321f", solid=0.55, dashes="8 4"),
    "Equal votes": Style(line="#6b3d00", fill="#a35c00", solid=0.55, dashes="2 4"),
}
_TURNOUTS = (
    (Decimal(20), "Turnout under 20 %", "#e6edf8"),
    (Decimal(30), "Turnout 20 to 30 %", "#b3cbe8"),
    (Decimal(40), "Turnout 30 to 40 %", "#74a3d4"),
    (Decimal(50), "Turnout 40 to 50 %", "#3a75b5"),
    (Decimal(1000), "Turnout 50 % or more", "#123f7a"),
)
_OUTLINE, _OUTLINE_BESIDE = 4.0, 1.5
_INK = "#0b0c0c"
_PARISH = Style(line="#8d9488", width=1.0, dashes="2 3")
_PARISH_SIMPLER_M = 5.0
_ROUND, _LEAST_ROUND_M = 0.15, 300.0
"""How much is seen round the referendum area: a share of its longer side, and at least so many metres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteShown:
    """What came of one vote: Yes, No or Equal votes; share of Yes and turnout in per cent, None where there is none."""

    answer: str
    yes_share: Decimal | None
    turnout: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPart:
    """One council's part of a vote: who could vote, who did, and where (EPSG:27700 metres; None where not stored)."""

    council: str
    electorate: int
    papers: int
    turnout: Decimal | None
    shape_bng: BaseGeometry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultShown:
    """One declared referendum.

    Attributes:
        area: name of its neighbourhood area.
        polled: its polling day, in words.
        shape_bng: the referendum area, EPSG:27700 metres.
        votes: by name, residents' first.
        parts: parts of several councils, by name of the vote; none where one council counted.
    """

    area: str
    polled: str
    shape_bng: BaseGeometry
    votes: Mapping[str, VoteShown]
    parts: Mapping[str, Sequence[CouncilPart]]


def result_map(
    own: ResultShown, near: Sequence[ResultShown], *, parishes_bng: Sequence[BaseGeometry] = ()
) -> FramedMap:
    """Return the results of a referendum and of those near it as a map with a layer for each thing to compare.

    The answer is of the whole area, whichever councils counted it; turnout is also told of each council's part.

    Args:
        own: the referendum.
        near: others near it.
        parishes_bng: drawn faintly, to show where it lies, EPSG:27700 metres.

    Source: COUNT-17, RESULT-1, RESULT-7, T-25.
    """
    drawn = empty_map()
    for shape in parishes_bng:
        land(shape, _PARISH, simpler_m=_PARISH_SIMPLER_M).add_to(drawn)
    for number, (title, group) in enumerate(_layers(own, near)):
        group.layer_name, group.show = title, number == 0
        group.add_to(drawn)
    folium.LayerControl(collapsed=False).add_to(drawn)
    look_at(drawn, own.shape_bng.buffer(max(_ROUND * max(_sides(own.shape_bng)), _LEAST_ROUND_M)))
    beside = "" if not near else f" With {len(near)} other result{'s' if len(near) > 1 else ''} within 5 km."
    return FramedMap(
        title=f"Result in {own.area}",
        lead=f"Declared after the poll of {own.polled}.{beside}",
        drawn=drawn,
        key=[*_key(own, near), *([("Parishes", _PARISH)] if parishes_bng else [])],
        tables=result_tables(own, near),
    )


def result_tables(own: ResultShown, near: Sequence[ResultShown]) -> list[WordsTable]:
    """Return what the map shows in words: the results, and the turnout of each council where several counted."""
    several = any(len(parts) > 1 for parts in own.parts.values())
    return [_results([own, *near]), *([_parts(own)] if several else [])]


def _sides(shape_bng: BaseGeometry) -> tuple[float, float]:
    west, south, east, north = shape_bng.bounds
    return east - west, north - south


def _layers(own: ResultShown, near: Sequence[ResultShown]) -> Iterator[tuple[str, folium.FeatureGroup]]:
    """Yield a layer of answers for each vote, then one of turnouts for each."""
    for vote in own.votes:
        yield f"Answer: {vote.lower()}", _group(own, near, vote, is_turnout=False)
    for vote in own.votes:
        yield f"Turnout: {vote.lower()}", _group(own, near, vote, is_turnout=True)


def _group(own: ResultShown, near: Sequence[ResultShown], vote: str, *, is_turnout: bool) -> folium.FeatureGroup:
    group = folium.FeatureGroup(overlay=False)
    for each in near:
        if vote in each.votes:
            found = each.votes[vote]
            style = _turnout_style(found.turnout) if is_turnout else _ANSWERS[found.answer]
            land(each.shape_bng, _thin(style), words=f"{each.area}, {each.polled}: {_told(found)}").add_to(group)
    parts = [part for part in own.parts.get(vote, ()) if is_turnout]
    for part in parts:
        if part.shape_bng is not None:
            words = f"{part.council}: {_per_cent(part.turnout)} turnout"
            land(part.shape_bng, _turnout_style(part.turnout), words=words).add_to(group)
    found = own.votes[vote]
    style = _turnout_style(found.turnout) if is_turnout else _ANSWERS[found.answer]
    said = f"{_per_cent(found.turnout)} turnout" if is_turnout else _answer_words(found)
    whole = Style(line=_INK, fill="" if len(parts) > 1 else style.fill, width=_OUTLINE, solid=style.solid)
    land(own.shape_bng, whole, label=said).add_to(group)
    return group


def _thin(style: Style) -> Style:
    return Style(line=style.line, fill=style.fill, width=_OUTLINE_BESIDE, solid=style.solid, dashes=style.dashes)


def _turnout_style(turnout: Decimal | None) -> Style:
    """Return how a turnout is drawn; grey where there were no electors."""
    fill = next((colour for under, _, colour in _TURNOUTS if turnout is not None and turnout < under), "#dcdfe0")
    return Style(line=_INK, fill=fill, solid=0.75, dashes="6 4")


def _told(vote: VoteShown) -> str:
    return f"{_answer_words(vote)}, {_per_cent(vote.turnout)} turnout"


def _answer_words(vote: VoteShown) -> str:
    share = "" if vote.yes_share is None else f" ({vote.yes_share} % Yes)"
    return f"{vote.answer}{share}"


def _per_cent(share: Decimal | None) -> str:
    return "no" if share is None else f"{share} %"


def _key(own: ResultShown, near: Sequence[ResultShown]) -> Iterator[tuple[str, Style]]:
    """Yield what the colours mean, of those that are drawn."""
    yield "This referendum area", Style(line=_INK, width=_OUTLINE)
    votes = [vote for each in (own, *near) for name, vote in each.votes.items() if name in own.votes]
    answers = {vote.answer for vote in votes}
    yield from ((answer, style) for answer, style in _ANSWERS.items() if answer in answers)
    parts = [part.turnout for found in own.parts.values() for part in found]
    fills = {_turnout_style(turnout).fill for turnout in [*parts, *(vote.turnout for vote in votes)]}
    for _, words, colour in _TURNOUTS:
        if colour in fills:
            yield words, Style(line=_INK, fill=colour, width=1.0, solid=0.75)


def _results(found: Sequence[ResultShown]) -> WordsTable:
    rows = [
        (each.area, each.polled, name, vote.answer, _cell(vote.yes_share), _cell(vote.turnout))
        for each in found
        for name, vote in each.votes.items()
    ]
    return WordsTable(
        caption="Results on the map" if len(found) > 1 else "The result on the map",
        titles=("Area", "Polling day", "Vote", "Answer", "Yes share", "Turnout"),
        rows=rows,
        figures_from=4,
    )


def _parts(own: ResultShown) -> WordsTable:
    rows = [
        (part.council, vote, f"{part.electorate:,}", f"{part.papers:,}", _cell(part.turnout))
        for vote, parts in own.parts.items()
        for part in parts
    ]
    return WordsTable(
        caption="Turnout by council",
        titles=("Council", "Vote", "Electorate", "Papers counted", "Turnout"),
        rows=rows,
        figures_from=2,
    )


def _cell(share: Decimal | None) -> str:
    return "none" if share is None else f"{share} %"
