"""Long lists on pages: fifty rows at a time, with numbered links that keep everything else that was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request

from app.queries.parts import Part

ROWS = 50
_SHOWN_AROUND = 1
_MOST_DIGITS = 7

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Which page of a list is shown.

    Attributes:
        number: of the page, from 1.
        total: rows in the whole list.
        links: addresses of the pages by number; the ends, and those around this one.
    """

    number: int
    total: int
    links: Mapping[int, str]

    @property
    def pages(self) -> int:
        """How many pages the list has, at least one."""
        return pages_of(self.total)

    @property
    def part(self) -> Part:
        """The rows of this page."""
        return Part(limit=ROWS, skip=(self.number - 1) * ROWS)

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1."""
        return min((self.number - 1) * ROWS + 1, self.total)

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.number * ROWS, self.total)

    @property
    def items(self) -> Sequence[Mapping[str, object]]:
        """The numbers as GOV.UK's pagination takes them, with a mark where some are left out."""
        items: list[Mapping[str, object]] = []
        before = 0
        for number in sorted(self.links):
            if number > before + 1:
                items.append({"ellipsis": True})
            items.append({"number": number, "href": self.links[number], "current": number == self.number})
            before = number
        return items

    def cut(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return the rows of this page out of a list that is worked out as a whole."""
        return rows[self.part.skip : self.part.skip + ROWS]


def pages_of(total: int) -> int:
    """Return how many pages a list of so many rows has, at least one."""
    return max(1, -(-total // ROWS))


def numbered(request: Request, total: int, name: str = "page") -> Numbered:
    """Return the page of a list that was asked for; what is no number is the first, what is too high the last.

    Args:
        request: what was asked.
        total: rows in the whole list.
        name: of the query's field, where a page has several lists.
    """
    pages = pages_of(total)
    asked = request.query_params.get(name, "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS
    number = min(max(int(asked), 1), pages) if is_number else 1
    around = range(number - _SHOWN_AROUND, number + _SHOWN_AROUND + 1)
    shown = sorted({1, pages} | {each for each in around if 1 <= each <= pages})
    return Numbered(number=number, total=total, links={each: _address(request, name, each) for each in shown})


def _address(request: Request, name: str, number: int) -> str:
    url = request.url.include_query_params(**{name: number}) if number > 1 else request.url.remove_query_params(name)
    return f"{url.path}?{url.query}" if url.query else url.path
