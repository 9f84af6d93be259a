"""Labels beside a line: each as near to its own place as can be, none over another."""

from collections.abc import Sequence


def spread(wished: Sequence[float], heights: Sequence[float], *, room: float) -> list[float]:
    """Return where each label begins: in their order, none over the next, all within the room.

    Of all such places these are the nearest to the wished ones by least squares. Units: any, the same for all.

    Args:
        wished: where each would begin if it were alone, in rising order.
        heights: of each, the gap to the next included.
        room: what they have together, from nought.

    Raises: ValueError where they are higher together than the room.
    """
    if sum(heights) > room:
        raise ValueError(f"labels {sum(heights):.2f} high do not fit a room of {room:.2f}")
    before = [sum(heights[:at]) for at in range(len(heights))]
    slack = room - sum(heights)
    risen = _never_falling([wish - above for wish, above in zip(wished, before, strict=True)])
    return [min(max(each, 0.0), slack) + above for each, above in zip(risen, before, strict=True)]


def _never_falling(values: Sequence[float]) -> list[float]:
    """Return the never falling numbers nearest to the values: neighbours that fall are put at their mean."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, size = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / size:
            more, many = pools.pop()
            total, size = total + more, size + many
        pools.append((total, size))
    return [total / size for total, size in pools for _ in range(size)]
