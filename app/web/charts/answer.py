"""How a vote went: a bar that yes fills from the left and no from the right, with a mark at the half."""

from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 600, 44


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNoBar:
    """Two lengths that fill a bar 600 units wide: yes from the left, no from the right.

    Attributes:
        yes_width, no_width: units.
        text: what the bar shows, in words.
    """

    yes_width: float
    no_width: float
    text: str
    width: int = WIDTH
    height: int = HEIGHT


def yes_no_bar(yes: int, no: int, yes_share: str | None) -> YesNoBar | None:
    """Return the bar of votes for an answer; None where nobody gave one."""
    if yes + no == 0 or yes_share is None:
        return None
    width = round(WIDTH * yes / (yes + no), 1)
    return YesNoBar(
        yes_width=width,
        no_width=round(WIDTH - width, 1),
        text=f"Yes {yes:,} votes, {yes_share} %. No {no:,} votes, {100 - Decimal(yes_share)} %.",
    )
