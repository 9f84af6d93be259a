"""The rule book: every rule id, in plain words, with its provision and how far it was checked.

The list is the data file `data/rules.json`; figures and dates in force are in `referendum.law`.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from referendum.errors import UnknownRuleError
from referendum.legal_figures import Mark


class Kind(StrEnum):
    """What a rule asks of software: a duty to support, a computation to make, or only to know it."""

    DUTY = "duty"
    COMPUTATION = "computation"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        id: rule id, such as "REF-7".
        kind: duty, computation or context.
        marks: how far its parts were checked, the central part first; any `Mark.U` means unverified in part.
        source: provision, or "Practice" where councils do it without one.
        summary: the rule in plain words.
    """

    id: str
    kind: Kind
    marks: tuple[Mark, ...]
    source: str
    summary: str

    @property
    def mark(self) -> Mark:
        """How far the central part of the rule was checked."""
        return self.marks[0]


TRAPS = tuple(f"T-{number}" for number in range(1, 46))
"""The known traps, which tests name ("T-11": the poll day is not counted back)."""


@cache
def _by_id() -> dict[str, Rule]:
    records = json.loads(files("referendum.data").joinpath("rules.json").read_text("utf-8"))
    return {
        record["id"]: Rule(
            id=record["id"],
            kind=Kind(record["kind"]),
            marks=tuple(Mark(mark) for mark in record["marks"]),
            source=record["source"],
            summary=record["summary"],
        )
        for record in records
    }


def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the rule book."""
    return tuple(_by_id().values())


def rule(rule_id: str) -> Rule:
    """Return one rule by its id, in any case of letters.

    Raises: UnknownRuleError for an id that is not in the rule book.
    """
    known = _by_id().get(rule_id.strip().upper())
    if known is None:
        families = sorted({name.rsplit("-", 1)[0] for name in _by_id()})
        raise UnknownRuleError(f"There is no rule {rule_id!r}; ids look like AREA-13, and begin {', '.join(families)}.")
    return known
