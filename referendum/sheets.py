"""The sheets of paper keyed at a count: which figures each carries, and where its blind double entry stands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from referendum.count_file import LARGEST_FIGURE
from referendum.errors import ReferendumError, StageError
from referendum.keying import KeyedFigure, KeyingState, correct, key


class SheetKind(StrEnum):
    """What a sheet is about."""

    ELECTORATE = "electorate"
    STATION = "station"
    POSTAL = "postal"
    ROUND = "round"


FIGURES: Mapping[SheetKind, tuple[str, ...]] = {
    SheetKind.ELECTORATE: ("electorate",),
    SheetKind.STATION: ("supplied", "issued", "spoilt", "unused", "tendered", "found"),
    SheetKind.POSTAL: ("found",),
    SheetKind.ROUND: (
        "yes",
        "no",
        "official_mark",
        "more_than_one_answer",
        "identifies_voter",
        "unmarked_or_uncertain",
    ),
}
"""The figures of each kind of sheet, in the order in which they stand on the paper. Source: COUNT-3, COUNT-7."""

_KEY = re.compile(r"(station|postal|round)-([1-9][0-9]{0,3})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of paper: its kind, and its number among those of its kind."""

    kind: SheetKind
    number: int = 1

    @property
    def key(self) -> str:
        """How records and addresses name it: electorate, station-1, postal-1, round-1."""
        return self.kind.value if self.kind is SheetKind.ELECTORATE else f"{self.kind.value}-{self.number}"

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of its figures, in the order of the paper."""
        return FIGURES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """What one person keyed of a sheet, or, with a reason, corrected on it."""

    keyer: str
    figures: Mapping[str, int]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedSheet:
    """One sheet with everyone's entries for each of its figures."""

    sheet: Sheet
    figures: Mapping[str, KeyedFigure]

    @property
    def state(self) -> KeyingState:
        """Where the sheet stands: where its least settled figure does."""
        states = {figure.state for figure in self.figures.values()}
        order = (KeyingState.AWAITING_FIRST, KeyingState.AWAITING_SECOND, KeyingState.DIFFERS, KeyingState.CORRECTED)
        return next((state for state in order if state in states), KeyingState.AGREED)

    @property
    def values(self) -> dict[str, int] | None:
        """Every figure, once all are settled."""
        values = {name: figure.value for name, figure in self.figures.items()}
        settled = {name: value for name, value in values.items() if value is not None}
        return settled if len(settled) == len(values) else None

    @property
    def differing(self) -> tuple[str, ...]:
        """Names of the figures that were keyed differently and are not settled."""
        return tuple(name for name, figure in self.figures.items() if figure.state is KeyingState.DIFFERS)

    def keyed_by(self, person: str) -> bool:
        """Say whether this person has keyed any figure of the sheet."""
        return any(figure.shown_to(person) is not None for figure in self.figures.values())

    def left_for(self, person: str) -> tuple[str, ...]:
        """Return the figures that this person may key now: none where it is settled or they have keyed it before."""
        closed = (KeyingState.AGREED, KeyingState.CORRECTED)
        return tuple(
            name
            for name, figure in self.figures.items()
            if figure.state not in closed and figure.shown_to(person) is None
        )


def read_sheet(text: str) -> Sheet:
    """Return the sheet of a key such as "station-1".

    Raises: StageError where there is no such sheet.
    """
    if text == SheetKind.ELECTORATE.value:
        return Sheet(kind=SheetKind.ELECTORATE)
    found = _KEY.match(text)
    if found is None:
        raise StageError(f"There is no sheet “{text[:40]}”: open the count's list and choose one there.")
    return Sheet(kind=SheetKind(found[1]), number=int(found[2]))


def keyed_sheet(sheet: Sheet, entries: Iterable[SheetEntry] = ()) -> KeyedSheet:
    """Return where a sheet stands after these entries, in the order in which they were made.

    Raises: StageError where an entry could not have been made, as `key_sheet` and `correct_sheet`.
    """
    held = KeyedSheet(sheet=sheet, figures={name: KeyedFigure(path=f"{sheet.key}/{name}") for name in sheet.figures})
    for entry in entries:
        if entry.reason is None:
            held = key_sheet(held, keyer=entry.keyer, figures=entry.figures)
        else:
            held = correct_sheet(held, by=entry.keyer, figures=entry.figures, reason=entry.reason)
    return held


def key_sheet(held: KeyedSheet, *, keyer: str, figures: Mapping[str, int]) -> KeyedSheet:
    """Record one person's reading of a sheet: every figure that is not settled yet, and no other.

    Raises: StageError where the sheet is settled or this person has keyed it before; ReferendumError where a figure is
    missing, too many or impossible.
    """
    wanted = held.left_for(keyer)
    if held.values is not None:
        raise StageError("This sheet is settled: two people keyed the same. A counting officer can correct it.")
    if not wanted:
        raise StageError("You have keyed this sheet already: another person must key it now, without seeing yours.")
    _refuse_other_figures(wanted, figures)
    changed = {name: key(held.figures[name], keyer=keyer, value=value) for name, value in figures.items()}
    return KeyedSheet(sheet=held.sheet, figures={**held.figures, **changed})


def correct_sheet(held: KeyedSheet, *, by: str, figures: Mapping[str, int], reason: str) -> KeyedSheet:
    """Settle or correct some figures of a sheet that two people have keyed, with a reason that stays on record.

    Raises: StageError as `referendum.keying.correct`; ReferendumError where a figure is not on the sheet or impossible.
    """
    unknown = [name for name in figures if name not in held.figures]
    if unknown or not figures:
        raise ReferendumError(f"Give at least one figure of the sheet ({', '.join(held.figures)}), and no other.")
    _refuse_impossible(figures)
    changed = {name: correct(held.figures[name], by=by, value=value, reason=reason) for name, value in figures.items()}
    return KeyedSheet(sheet=held.sheet, figures={**held.figures, **changed})


def _refuse_other_figures(wanted: Iterable[str], figures: Mapping[str, int]) -> None:
    if set(figures) != set(wanted):
        raise ReferendumError(f"Key exactly these figures: {', '.join(wanted)}.")
    _refuse_impossible(figures)


def _refuse_impossible(figures: Mapping[str, int]) -> None:
    for name, value in figures.items():
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_FIGURE:
            raise ReferendumError(f"{name} cannot be {value}: give a whole number from 0 to {LARGEST_FIGURE:,}.")
