"""Level bars one below another, all on one scale, each under its own words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from app.web.charts.lettering import lines_of, width_em

ROOM_EM = 18.0  # a window 320 px wide, which is also one of 1,280 px at 400 %
LINE_EM, BAR_EM, GAP_EM, BASE_EM = 1.4, 1.2, 0.9, 1.05


class Fill(StrEnum):
    """How a part of a bar is filled; each can be told from the others without colour."""

    FRAME = "frame"
    SOLID = "solid"
    PAPERS = "papers"
    YES = "yes"
    NO = "no"
    STRIPES = "stripes"
    DOTS = "dots"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar to be drawn.

    Attributes:
        name: what it shows.
        said: its figure in words.
        parts: what it is put together from, left to right: filling and count.
    """

    name: str
    said: str
    parts: tuple[tuple[Fill, int], ...]

    @property
    def count(self) -> int:
        """The whole of the bar."""
        return sum(count for _, count in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of words over a bar: in bold, and after it not; `y_em` is where its letters stand."""

    y_em: float
    bold: str
    plain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One part of a bar: where it begins and how long it is, per cent of the space."""

    fill: Fill
    start: float
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One bar with its words: `y_em` is its upper edge."""

    y_em: float
    lines: tuple[Line, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars on one scale.

    Attributes:
        rows: the bars, top to bottom.
        height_em: of the whole.
        bar_em: how thick a bar is.
        key: every filling used, and what it means; empty where the words over the bars say it.
        text: what the chart shows, in words.
    """

    rows: tuple[Row, ...]
    height_em: float
    key: tuple[tuple[Fill, str], ...]
    text: str
    bar_em: float = BAR_EM


def bar_chart(bars: Iterable[Bar], *, text: str, key: Sequence[tuple[Fill, str]] = ()) -> BarChart | None:
    """Return the bars as they are drawn, the longest over the whole space; None where there is nothing to draw.

    A bar of nought has no pieces; nothing is made longer than it is, so a piece may be as thin as its outline.
    """
    drawn = tuple(bars)
    longest = max((bar.count for bar in drawn), default=0)
    if longest == 0:
        return None
    rows, top = [], 0.0
    for bar in drawn:
        lines = _lines(bar, top)
        y_em = round(top + len(lines) * LINE_EM, 2)
        rows.append(Row(y_em=y_em, lines=lines, pieces=_pieces(bar, longest)))
        top = y_em + BAR_EM + GAP_EM
    used = {piece.fill for row in rows for piece in row.pieces}
    return BarChart(
        rows=tuple(rows),
        height_em=round(top - GAP_EM + 0.1, 2),
        key=tuple((fill, words) for fill, words in key if fill in used),
        text=text,
    )


def _lines(bar: Bar, top_em: float) -> tuple[Line, ...]:
    """The name and the figure on one line where they fit, else each on lines of its own."""
    if width_em(f"{bar.name}  {bar.said}") <= ROOM_EM:
        words = [(bar.name, bar.said)]
    else:
        words = [(line, "") for line in lines_of(bar.name, ROOM_EM)]
        words += [("", line) for line in lines_of(bar.said, ROOM_EM)]
    return tuple(
        Line(y_em=round(top_em + at * LINE_EM + BASE_EM, 2), bold=bold, plain=plain)
        for at, (bold, plain) in enumerate(words)
    )


def _pieces(bar: Bar, longest: int) -> tuple[Piece, ...]:
    """Each piece begins where the one before ends, to the hundredth."""
    ends = [round(100 * end / longest, 2) for end in accumulate((count for _, count in bar.parts), initial=0)]
    return tuple(
        Piece(fill=fill, start=start, length=round(end - start, 2))
        for (fill, count), start, end in zip(bar.parts, ends, ends[1:], strict=False)
        if count
    )
