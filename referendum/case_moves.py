"""The words in which every case is told: moves with their rule, what each needs, clocks, and what is raised.

A table of moves is data; whether one may be taken now follows from needs that are done or not, each told in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class By(StrEnum):
    """Who may make a move."""

    RELEVANT_BODY = "relevant body"
    AUTHORITY = "planning authority"
    EACH_AUTHORITY = "each planning authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that a case must have.

    Attributes:
        key: stable name, for tables and machines.
        words: what it is, as it stands after "missing": "map at scale".
        rule: rule id.
        is_done: whether it is there.
        is_binding: nothing goes on without it; otherwise an officer is told and may go on.
    """

    key: str
    words: str
    rule: str
    is_done: bool
    is_binding: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMove:
    """A lawful move: from where, to where, doing what, by whom, under which rule, and the keys of what it needs."""

    from_stage: str
    to_stage: str
    action: str
    by: By
    rule: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A move with what is missing for it; it may be taken where nothing binding is."""

    move: CaseMove
    missing: tuple[Need, ...]

    @property
    def is_open(self) -> bool:
        """Whether it may be taken now."""
        return not any(need.is_binding for need in self.missing)

    def words(self) -> str:
        """Say in one sentence whether it may be taken and, where not, what is missing."""
        who = "Each planning authority" if self.move.by is By.EACH_AUTHORITY else f"The {self.move.by}"
        if not self.missing:
            return f"{who} may now {self.move.action} ({self.move.rule})."
        lacking = listed([need.words for need in self.missing])
        if self.is_open:
            return f"{who} may {self.move.action} ({self.move.rule}), though this is missing: {lacking}."
        return f"{who} cannot yet {self.move.action} ({self.move.rule}): missing is the {lacking}."


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClock:
    """One date of a case, as predicted and as it was, kept apart.

    Attributes:
        event: what happens then.
        rule: rule id.
        predicted: the day on or by which it should be; None where the law sets none, or its clock has not begun.
        actual: the day it was; None while it has not been.
        is_limit: the predicted day is the last one, so that passing it makes the case overdue.
    """

    event: str
    rule: str
    predicted: date | None
    actual: date | None
    is_limit: bool = True

    def is_overdue(self, today: date) -> bool:
        """Say whether the last day has passed and it is still not done."""
        return self.is_limit and self.actual is None and self.predicted is not None and today > self.predicted

    def was_late(self) -> bool:
        """Say whether it was done, but after its last day."""
        if self.predicted is None or self.actual is None:
            return False
        return self.is_limit and self.actual > self.predicted


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Something that time or another event brought about, for a person to act on; nothing has been changed by it."""

    code: str
    words: str
    rule: str
    since: date


def possible_moves(moves: Iterable[CaseMove], needs: Sequence[Need]) -> tuple[Possible, ...]:
    """Return each move with those of its needs that are not done, in the order of the tables."""
    by_key = {need.key: need for need in needs}
    return tuple(
        Possible(
            move=move, missing=tuple(by_key[key] for key in move.needs if key in by_key and not by_key[key].is_done)
        )
        for move in moves
    )


def progress_words(needs: Sequence[Need]) -> str:
    """Return how far a case is, in words: "6 of 8 done; map at scale missing"."""
    done = sum(need.is_done for need in needs)
    missing = [need.words for need in needs if not need.is_done]
    return f"{done} of {len(needs)} done" + (f"; {listed(missing)} missing" if missing else "")


def listed(words: Sequence[str]) -> str:
    """Return words as people list them: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
