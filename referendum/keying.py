"""Blind double entry: two people key each figure, neither sees the other's, a difference blocks until settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from referendum.errors import StageError


class KeyingState(StrEnum):
    """Where one figure stands."""

    AWAITING_FIRST = "awaiting-first"
    AWAITING_SECOND = "awaiting-second"
    DIFFERS = "differs"
    AGREED = "agreed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person's reading of the paper."""

    keyer: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A figure settled by a supervisor, with the reason."""

    by: str
    value: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedFigure:
    """One figure of a count and everyone's entry for it; entries are kept for ever.

    Attributes:
        path: JSON Pointer of the figure in the count document.
        entries: in the order they were made, each by another person.
    """

    path: str
    entries: tuple[Entry, ...] = ()
    correction: Correction | None = None

    @property
    def state(self) -> KeyingState:
        """Where the figure stands: two equal entries settle it, whoever made them."""
        if self.correction is not None:
            return KeyingState.CORRECTED
        match len(self.entries):
            case 0:
                return KeyingState.AWAITING_FIRST
            case 1:
                return KeyingState.AWAITING_SECOND
        return KeyingState.DIFFERS if _agreed(self.entries) is None else KeyingState.AGREED

    @property
    def value(self) -> int | None:
        """The settled figure, or None while there is none."""
        return _agreed(self.entries) if self.correction is None else self.correction.value

    def shown_to(self, person: str) -> Entry | None:
        """Return what this person may see before the figure is settled: their own entry, and nobody else's."""
        return next((entry for entry in self.entries if entry.keyer == person), None)


def key(figure: KeyedFigure, *, keyer: str, value: int) -> KeyedFigure:
    """Record a person's reading: the first, the second, or while they differ a further one.

    Raises: StageError where the person has keyed this figure before, it is settled, or the value is not 0 or more.
    """
    if figure.state in {KeyingState.AGREED, KeyingState.CORRECTED}:
        raise StageError(f"{figure.path} is settled: a supervisor can correct it, with a reason.")
    if figure.shown_to(keyer) is not None:
        raise StageError(f"{figure.path} has been keyed by {keyer} already: another person must key it.")
    _refuse_negative(figure.path, value)
    return replace(figure, entries=(*figure.entries, Entry(keyer=keyer, value=value)))


def correct(figure: KeyedFigure, *, by: str, value: int, reason: str) -> KeyedFigure:
    """Settle or correct a figure, with a reason that stays on record; needs two entries first.

    Raises: StageError where there are fewer than two entries, the reason is empty, or the value is not 0 or more.
    """
    if figure.state in {KeyingState.AWAITING_FIRST, KeyingState.AWAITING_SECOND}:
        raise StageError(f"{figure.path} must be keyed by two people before it can be corrected.")
    if not reason.strip():
        raise StageError(f"Say why {figure.path} is corrected: the reason stays on record.")
    _refuse_negative(figure.path, value)
    return replace(figure, correction=Correction(by=by, value=value, reason=reason.strip()))


def settled(figures: Iterable[KeyedFigure]) -> Mapping[str, int]:
    """Return every figure by its path, once all are settled.

    Raises: StageError naming the first figure that is not.
    """
    values = {}
    for figure in figures:
        value = figure.value
        if value is None:
            raise StageError(f"{figure.path} is not settled ({figure.state}): nothing can be tallied before it is.")
        values[figure.path] = value
    return values


def _agreed(entries: tuple[Entry, ...]) -> int | None:
    values = [entry.value for entry in entries]
    return next((value for place, value in enumerate(values) if value in values[:place]), None)


def _refuse_negative(path: str, value: int) -> None:
    if isinstance(value, bool) or value < 0:
        raise StageError(f"{path} cannot be {value}: give a whole number of 0 or more.")
