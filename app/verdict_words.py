"""The verdict's own words, and how findings say a place and a size."""

from enum import StrEnum

from shapely.geometry.base import BaseGeometry

from geo.findings import Finding, Severity
from geo.measure import SQUARE_METRES_PER_HECTARE, polygons
from referendum.designation import Route


class Verdict(StrEnum):
    """Whether the line may be designated as drawn.

    An error makes it not acceptable; a warning, slivers included (T-1), is for an officer to look at; notices
    inform, and leave it acceptable.
    """

    ACCEPTABLE = "acceptable"
    NEEDS_OFFICER = "needs-officer"
    NOT_ACCEPTABLE = "not-acceptable"


VERDICTS = {
    Verdict.ACCEPTABLE: "Acceptable: nothing stands in the way of this line.",
    Verdict.NEEDS_OFFICER: "Needs an officer: nothing is wrong for certain, but someone must look at what follows.",
    Verdict.NOT_ACCEPTABLE: "Not acceptable as it stands: put right what is marked error.",
}
ROUTES = {
    Route.MUST: "The authority must designate the area as applied for, at once.",
    Route.MAY: "The authority may designate the area, change it, or refuse it with reasons.",
    Route.BARRED: "The law bars this application.",
}
MARKS = {Severity.ERROR: "error", Severity.WARNING: "look at", Severity.NOTICE: "note"}


def clock_words(weeks: int | None) -> str:
    """Return the sentence that follows the route's and says how long the authority has; nothing where none is set."""
    return "" if weeks is None else f" It has {weeks} weeks to decide."


def place_words(finding: Finding) -> str:
    """Return where a finding is, to stand after its message; nothing where it is nowhere or the message says it."""
    if finding.at_bng is None or any(_at(finding.at_bng, places) in finding.message for places in (0, 1, 2)):
        return ""
    return f" (at {_at(finding.at_bng, 2)})"


def _at(at_bng: tuple[float, float], places: int) -> str:
    return f"{at_bng[0]:.{places}f}, {at_bng[1]:.{places}f}"


def place_in(geometry_bng: BaseGeometry) -> tuple[float, float]:
    """Return a point inside the largest part, to point a finger at."""
    largest = max(polygons(geometry_bng), key=lambda part: part.area)
    point = largest.representative_point()
    return round(point.x, 2), round(point.y, 2)


def size_words(area_m2: float) -> str:
    """Return a size in words: square metres to the hundredth, or hectares from one hectare up."""
    return (
        f"{area_m2:,.2f} m²"
        if area_m2 < SQUARE_METRES_PER_HECTARE
        else f"{area_m2 / SQUARE_METRES_PER_HECTARE:,.2f} ha"
    )
