"""Long lists a page at a time: `limit` and an opaque `cursor` in, the address of the next page out.

A cursor holds the place of the last item given, so that a list that grows or shrinks meanwhile skips and repeats
nothing that stayed. The order of a list is the order of its places.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Annotated, TypeVar

from fastapi import Depends, Query, Request, Response
from starlette.datastructures import URL

from app.errors import InvalidRequestError
from app.queries.parts import NO_PLACE, Part, Place

USUAL, MOST = 100, 1000

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The part of a list that was asked for.

    Attributes:
        limit: how many items at most.
        after: the place of the last item of the page before; None for the first page.
        address: where it was asked for.
        answer: what the link to the next page is put on.
    """

    limit: int
    after: Place | None
    address: URL
    answer: Response

    def cut(self, fetch: Callable[[Part], Sequence[Item]], place: Callable[[Item], Place]) -> Sequence[Item]:
        """Return the items of this page, cut in the database, and link to the next page where there is one.

        Args:
            fetch: returns the part of the list that it is asked for.
            place: where an item stands, by what the list is ordered by in the database.

        Raises:
            InvalidRequestError: the cursor is of another list.
        """
        found = fetch(Part(limit=self.limit + 1, after=self.after))
        shown = found[: self.limit]
        if len(found) > len(shown):
            self.answer.headers["Link"] = f'<{self.next(place(shown[-1]))}>; rel="next"'
        return shown

    def of(self, items: Iterable[Item], place: Callable[[Item], Place]) -> Sequence[Item]:
        """Return the items of this page out of a list that is worked out as a whole, and link to the next page.

        Args:
            items: the whole list.
            place: what an item is ordered by, the least first; no two items have the same.

        Raises:
            InvalidRequestError: the cursor is of another list.
        """
        placed = sorted(((place(each), each) for each in items), key=itemgetter(0))
        try:
            left = [pair for pair in placed if self.after is None or pair[0] > self.after]
        except TypeError as problem:
            raise InvalidRequestError(NO_PLACE) from problem
        shown = left[: self.limit]
        if len(left) > len(shown):
            self.answer.headers["Link"] = f'<{self.next(shown[-1][0])}>; rel="next"'
        return [each for _, each in shown]

    @property
    def next_link(self) -> str | None:
        """The address of the next page, once the items of this one are taken; None at the end."""
        link = self.answer.headers.get("Link")
        return None if link is None else link[1 : link.index(">")]

    def next(self, last: Place) -> str:
        """Return the address of the page after an item, with everything else that was asked."""
        address = self.address.include_query_params(cursor=_cursor(last), limit=self.limit)
        return f"{address.path}?{address.query}"


def _cursor(place: Place) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _place(cursor: str) -> Place:
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as problem:
        raise InvalidRequestError(NO_PLACE) from problem
    if not isinstance(place, list) or not all(isinstance(each, str | int) for each in place):
        raise InvalidRequestError(NO_PLACE)
    return tuple(place)


def _asked(
    request: Request,
    answer: Response,
    limit: Annotated[int, Query(ge=1, le=MOST, description="how many at most")] = USUAL,
    cursor: Annotated[str | None, Query(max_length=400, description="from the next link of the page before")] = None,
) -> Page:
    return Page(limit=limit, after=None if cursor is None else _place(cursor), address=request.url, answer=answer)


AskedPage = Annotated[Page, Depends(_asked)]
