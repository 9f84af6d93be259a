"""A place as people ask about it: by postcode, property, name, grid reference or numbers."""

import re
from dataclasses import dataclass
from datetime import date

from shapely import Point

from app.db import ReadSession
from app.errors import InvalidRequestError
from app.queries.place_search import FoundPlace, PlaceKind, find_places, point_of
from app.typed_places import Place, read_place

_LONGEST = 80
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
_UPRN = re.compile(r"\d{5,12}")
KIND_WORDS = {
    PlaceKind.AREA: "neighbourhood area",
    PlaceKind.PARISH: "parish",
    PlaceKind.WARD: "ward",
    PlaceKind.AUTHORITY: "planning authority",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPlace:
    """What was understood of a place that was typed.

    Attributes:
        place: the point; None where several places answer to the name.
        found: what it was found as, where it was looked up; None for a reference or numbers.
        choices: the places to choose from, where several answer to the name.
    """

    place: Place | None
    found: FoundPlace | None = None
    choices: tuple[FoundPlace, ...] = ()

    @property
    def is_inside(self) -> bool:
        """Whether the point merely stands for the land of that name."""
        return self.found is not None and self.found.kind in KIND_WORDS


def asked_place(session: ReadSession, text: str, on: date) -> AskedPlace:
    """Return the place that was typed.

    Raises:
        InvalidRequestError: nothing was typed, or no place answers to it; the sentence says what can be typed.
    """
    typed = " ".join(text.split())[:_LONGEST]
    known = point_of(session, typed)
    if known is not None:
        return _at(known)
    packed = typed.replace(" ", "").upper()
    if _POSTCODE.fullmatch(packed) or _UPRN.fullmatch(packed):
        what = "property" if packed.isdigit() else "postcode"
        raise InvalidRequestError(
            f"The {what} {typed} is not among those stored here: use a grid reference such as SO 625 755, or the map."
        )
    try:
        return AskedPlace(place=read_place(typed))
    except InvalidRequestError as refusal:
        named = find_places(session, typed, on)
        if not named:
            raise _not_found(typed, refusal) from refusal
    exact = [each for each in named if each.name.casefold() == typed.casefold()]
    if len(named) == 1 or len(exact) == 1:
        return _at((exact or named)[0])
    return AskedPlace(place=None, choices=tuple(named))


def one_place(session: ReadSession, text: str, on: date) -> Place:
    """Return the one place that answers to what was typed.

    Raises:
        InvalidRequestError: none does, or several do; the sentence names them.
    """
    asked = asked_place(session, text, on)
    if asked.place is None:
        names = ", ".join(f"{each.name} ({each.reference})" for each in asked.choices)
        raise InvalidRequestError(f"Several places answer to “{text}”: {names}. Ask for a point in the one you mean.")
    return asked.place


def _at(found: FoundPlace) -> AskedPlace:
    return AskedPlace(place=Place(point_bng=Point(found.point_bng)), found=found)


def _not_found(typed: str, refusal: InvalidRequestError) -> InvalidRequestError:
    if not typed or any(letter.isdigit() for letter in typed):
        return refusal
    return InvalidRequestError(
        f"We know no place called “{typed}”. Type the name of a parish or neighbourhood area, a postcode, "
        "or a grid reference such as SO 625 755."
    )
