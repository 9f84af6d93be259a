"""National Grid references: two letters and digits for a square, as maps and walkers write them."""

import re
from dataclasses import dataclass

from geo.errors import GeoError

_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_SQUARE_M = 100_000
_METRE_DIGITS = 5
_WRITTEN = re.compile(r"([HJNOST][A-HJ-Z])((?:\d\d){1,5})", re.IGNORECASE)


class GridReferenceError(GeoError):
    """Text that is no grid reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridSquare:
    """The square that a grid reference names: its south-west corner and side, EPSG:27700 metres."""

    easting: float
    northing: float
    side_m: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the square."""
        return self.easting + self.side_m / 2, self.northing + self.side_m / 2


def grid_reference(easting: float, northing: float, *, digits: int = _METRE_DIGITS) -> str:
    """Return the reference of the square that holds a point of the British grid, as in SU 87123 04531.

    Args: easting, northing: EPSG:27700 metres; digits: of each half, 5 naming a square metre and 2 a square kilometre.
    Source: Ordnance Survey, National Grid (500 km and 100 km squares lettered from the north west, I left out).
    """
    column, row = int(easting // _SQUARE_M), int(northing // _SQUARE_M)
    first = (3 - row // 5) * 5 + column // 5 + 2
    second = (4 - row % 5) * 5 + column % 5
    step = 10 ** (_METRE_DIGITS - digits)
    halves = (f"{int(value % _SQUARE_M // step):0{digits}d}" for value in (easting, northing))
    return " ".join((_LETTERS[first] + _LETTERS[second], *halves))


def read_grid_reference(text: str) -> GridSquare:
    """Return the square that a grid reference names; spaces and commas do not matter.

    Raises: GridReferenceError where it is none.
    """
    found = _WRITTEN.fullmatch(re.sub(r"[\s,]+", "", text))
    if found is None:
        raise GridReferenceError(f"“{text.strip()[:40]}” is no grid reference: write one such as SU 87123 04531.")
    first, second = (_LETTERS.index(letter) for letter in found[1].upper())
    column = (first - 2) % 5 * 5 + second % 5
    row = 19 - first // 5 * 5 - second // 5
    half = len(found[2]) // 2
    side = 10.0 ** (_METRE_DIGITS - half)
    return GridSquare(
        easting=column * _SQUARE_M + int(found[2][:half]) * side,
        northing=row * _SQUARE_M + int(found[2][half:]) * side,
        side_m=side,
    )
