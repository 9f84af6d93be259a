"""Which scale a map is printed at, and what of the ground fits on the sheet at that scale."""

from dataclasses import dataclass
from enum import StrEnum

from app.errors import InvalidRequestError

SCALES = (1_250, 2_500, 5_000, 10_000, 12_500, 25_000, 50_000)
"""The scales a map of an area may be printed at, the largest first."""

_SMALL_SCALES = (100_000, 250_000, 500_000, 1_000_000)
"""Scales of a map within a page of text, where the area is shown and not proved."""

_MARGIN_MM = 12.0
_BESIDE_MAP_MM = 48.0
"""Height taken on the sheet by title, legend, scale bar and licence."""
_ROOM = 1.06
"""How much more ground than the area itself is shown, so that its line never touches the frame."""


class Paper(StrEnum):
    """Sizes of paper that offices have."""

    A4 = "a4"
    A3 = "a3"


_SIDES_MM = {Paper.A4: (210.0, 297.0), Paper.A3: (297.0, 420.0)}
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet with a map on it.

    Attributes:
        paper: its size.
        is_landscape: whether it lies on its long side.
        scale: 25000 for 1:25,000.
        width_mm, height_mm: of the map frame on paper.
        window_bng: what the frame shows, EPSG:27700 metres (west, south, east, north).
    """

    paper: Paper
    is_landscape: bool
    scale: int
    width_mm: float
    height_mm: float
    window_bng: Bounds

    def on_paper(self, easting: float, northing: float) -> tuple[float, float]:
        """Return where a place lies in the frame: millimetres from its left and from its top."""
        west, _, _, north = self.window_bng
        return (easting - west) / self.scale * 1000, (north - northing) / self.scale * 1000


def frame_for(bounds_bng: Bounds, width_mm: float, height_mm: float) -> Sheet:
    """Return a map frame of a given size within a page of text, at the largest round scale at which an area fits.

    Args:
        bounds_bng: of the area, EPSG:27700 metres.
        width_mm: of the frame.
        height_mm: of the frame.
    """
    scales = (*SCALES, *_SMALL_SCALES)
    scale = next((each for each in scales if _fits(bounds_bng, width_mm, height_mm, each)), scales[-1])
    return _sheet(bounds_bng, Paper.A4, scale, (width_mm, height_mm), is_landscape=False)


def _sheet(bounds: Bounds, paper: Paper, scale: int, frame_mm: tuple[float, float], *, is_landscape: bool) -> Sheet:
    west, south, east, north = bounds
    width, height = frame_mm
    across, up = width / 1000 * scale, height / 1000 * scale
    x, y = (west + east) / 2, (south + north) / 2
    window = (x - across / 2, y - up / 2, x + across / 2, y + up / 2)
    return Sheet(
        paper=paper, is_landscape=is_landscape, scale=scale, width_mm=width, height_mm=height, window_bng=window
    )


def _frame_mm(paper: Paper, *, is_landscape: bool) -> tuple[float, float]:
    short, long = _SIDES_MM[paper]
    width, height = (long, short) if is_landscape else (short, long)
    return width - 2 * _MARGIN_MM, height - 2 * _MARGIN_MM - _BESIDE_MAP_MM


def sheet_for(bounds_bng: Bounds, paper: Paper, scale: int | None = None) -> Sheet:
    """Return the sheet that shows an area at a scale, or at the largest scale at which it fits.

    Args:
        bounds_bng: of the area, EPSG:27700 metres (west, south, east, north).
        paper: which size of paper.
        scale: one of SCALES; None for the largest that fits.

    Raises:
        InvalidRequestError: the area does not fit at that scale, or at any; says what would.

    Source: AREA-6(a), a map that identifies the area.
    """
    is_landscape, fitting = _best_way_round(bounds_bng, paper)
    if not fitting:
        raise InvalidRequestError(
            f"This area does not fit on {paper.upper()} at 1:{SCALES[-1]:,}: choose A3, or print it in several sheets."
        )
    chosen = fitting[0] if scale is None else scale
    if chosen not in SCALES:
        raise InvalidRequestError(f"1:{chosen:,} is no scale we print: choose {_listed(SCALES)}.")
    if chosen not in fitting:
        raise InvalidRequestError(
            f"This area does not fit on {paper.upper()} at 1:{chosen:,}: choose {_listed(fitting)}."
        )
    frame = _frame_mm(paper, is_landscape=is_landscape)
    return _sheet(bounds_bng, paper, chosen, frame, is_landscape=is_landscape)


def _best_way_round(bounds: Bounds, paper: Paper) -> tuple[bool, list[int]]:
    """Return how the sheet lies, and the scales that fit so: the way of more scales, else the way of its shape."""
    found = {
        is_landscape: [each for each in SCALES if _fits(bounds, *_frame_mm(paper, is_landscape=is_landscape), each)]
        for is_landscape in (False, True)
    }
    west, south, east, north = bounds
    is_landscape = max(found, key=lambda way: (len(found[way]), way == (east - west > north - south)))
    return is_landscape, found[is_landscape]


def _fits(bounds: Bounds, width_mm: float, height_mm: float, scale: int) -> bool:
    west, south, east, north = bounds
    return (east - west) * _ROOM <= width_mm / 1000 * scale and (north - south) * _ROOM <= height_mm / 1000 * scale


def _listed(scales: tuple[int, ...] | list[int]) -> str:
    return " or ".join(f"1:{scale:,}" for scale in scales)
