"""A part of a long list, cut in the database: so many rows after a place, or after so many others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from app.db import ReadSession
from app.errors import InvalidRequestError

Place = tuple[str | int, ...]
"""Where a row stands in its list: what the list is ordered by, as text and whole numbers."""

NO_PLACE = "That cursor is not one of this list's: take it from the next link of the page before, or leave it out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a list that is wanted.

    Attributes:
        limit: how many rows at most.
        after: the place of the row before the first one wanted; None from the beginning.
        skip: how many rows to pass over first.
    """

    limit: int
    after: Place | None = None
    skip: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One column by which a list is ordered; the last column of a list is different in every row.

    Attributes:
        column: the column.
        falls: the greatest comes first.
        read: makes the column's value of what stands for it in a place; raises TypeError or ValueError on all else.
    """

    column: Any
    falls: bool = False
    read: Callable[[str | int], object]


def text_of(value: str | int) -> str:
    """Return the text that stands in a place.

    Raises:
        TypeError: it is no text.
        ValueError: it is text that no database could hold.
    """
    if not isinstance(value, str):
        raise TypeError(_WRONG)
    if "\0" in value:
        raise ValueError(_WRONG)
    return value


def number_of(value: str | int) -> int:
    """Return the whole number that stands in a place.

    Raises:
        TypeError: it is no number.
        ValueError: it is one that no database could hold.
    """
    if not isinstance(value, int):
        raise TypeError(_WRONG)
    if abs(value) > _GREATEST:
        raise ValueError(_WRONG)
    return value


def day_of(value: str | int) -> date:
    """Return the day that stands in a place as text.

    Raises:
        TypeError: it is no text.
        ValueError: it is no day.
    """
    return date.fromisoformat(text_of(value))


_WRONG = "not what stands in such a place"
_GREATEST = 2**31 - 1


class ByLetters(FunctionElement[str]):
    """A text ordered letter by letter, as Python orders it, in both databases."""

    name = "by_letters"
    type = String()
    inherit_cache = True


@compiles(ByLetters)
def _as_it_is(element: ByLetters, compiler: SQLCompiler, **how: object) -> str:
    return compiler.process(element.clauses, **how)


@compiles(ByLetters, "postgresql")
def _without_a_language(element: ByLetters, compiler: SQLCompiler, **how: object) -> str:
    return f'({compiler.process(element.clauses, **how)}) COLLATE "C"'


def part_of(statement: Select[Any], part: Part | None, keys: Sequence[Key]) -> Select[Any]:
    """Order a list, and cut the part that is wanted out of it; all of it where none is named.

    Raises:
        InvalidRequestError: the place is not one of this list.
    """
    ordered = statement.order_by(*(key.column.desc() if key.falls else key.column for key in keys))
    if part is None:
        return ordered
    if part.after is not None:
        ordered = ordered.where(_beyond(keys, _read(keys, part.after)))
    return ordered.offset(part.skip or None).limit(part.limit)


def _read(keys: Sequence[Key], place: Place) -> list[object]:
    try:
        return [key.read(value) for key, value in zip(keys, place, strict=True)]
    except (TypeError, ValueError) as problem:
        raise InvalidRequestError(NO_PLACE) from problem


def _beyond(keys: Sequence[Key], values: Sequence[object]) -> ColumnElement[bool]:
    """Say in SQL that a row stands after a place: later in the first column that differs."""
    steps = []
    for at, (key, value) in enumerate(zip(keys, values, strict=True)):
        same = [other.column == known for other, known in zip(keys[:at], values[:at], strict=True)]
        steps.append(and_(*same, key.column < value if key.falls else key.column > value))
    return or_(*steps)


def how_many(session: ReadSession, statement: Select[Any]) -> int:
    """Return how many rows a list has, without fetching them."""
    return session.scalars(select(func.count()).select_from(statement.order_by(None).subquery())).one()
