"""Small counts on public pages: a cell under ten is not shown, nor one from which it could be worked out."""

from collections.abc import Collection, Sequence

SMALLEST_SHOWN = 10
HIDDEN = "fewer than 10"
WITHHELD = "not shown"


def suppressed(counts: Sequence[int], *, telling: Collection[int] = ()) -> list[str]:
    """Return the cells of one column as they may be published beside their total.

    Nought is shown. Where a single cell is hidden the next smallest is withheld as well, since the total would give
    the first away.

    Args:
        counts: the column.
        telling: the places in it of cells that are withheld too, since a cell beside them would tell a small count.

    Source: T-43.
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < SMALLEST_SHOWN}
    withheld = set(telling) - hidden
    if len(hidden | withheld) == 1:
        others = [at for at, count in enumerate(counts) if count >= SMALLEST_SHOWN and at not in withheld]
        withheld |= set(sorted(others, key=lambda at: (counts[at], at))[:1])
    return [HIDDEN if at in hidden else WITHHELD if at in withheld else f"{count:,}" for at, count in enumerate(counts)]
