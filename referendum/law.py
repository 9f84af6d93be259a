"""The law on a given day: figures, rules in force, basic conditions, and the name of the rule set.

Everything is chosen by date, because councils must still explain decisions taken under earlier wording.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from referendum.errors import UnknownRuleError
from referendum.legal_figures import FIGURES, IN_FORCE, LEVELLING_UP, Figure, InForce, Mark, Unit
from referendum.question import Instrument

__all__ = [
    "BasicCondition",
    "BasicConditions",
    "Figure",
    "InForce",
    "Mark",
    "Unit",
    "basic_conditions",
    "expenses_limit_gbp",
    "figure",
    "figures",
    "is_in_force",
    "rule_set",
    "times_in_force",
]

PENNY = Decimal("0.01")


def figure(rule: str, name: str, *, on: date) -> Figure:
    """Return one figure as it stood on a day.

    Args: rule: rule id; name: which figure of the rule, as `figures` lists them; on: the day asked about.
    Raises: UnknownRuleError where there is no such figure, or none was in force that day.
    """
    versions = _versions().get((rule, name), ())
    for known in versions:
        if known.is_in_force(on):
            return known
    if versions:
        raise UnknownRuleError(f"{rule} had no figure in force on {on:%-d %B %Y}; ask about another date.")
    names = sorted({known.name for known in FIGURES if known.rule == rule})
    raise UnknownRuleError(
        f"{rule} has no figure called {name}; it has {', '.join(names) or 'none'}, so use one of those names."
    )


@cache
def _versions() -> dict[tuple[str, str], list[Figure]]:
    versions: dict[tuple[str, str], list[Figure]] = {}
    for known in FIGURES:
        versions.setdefault((known.rule, known.name), []).append(known)
    return versions


@cache
def _in_force() -> dict[str, list[InForce]]:
    rows: dict[str, list[InForce]] = {}
    for known in IN_FORCE:
        rows.setdefault(known.rule, []).append(known)
    return rows


def figures(rule: str, *, on: date | None = None) -> tuple[Figure, ...]:
    """Return every figure of a rule, oldest wording last; with `on`, only those in force that day. May be empty."""
    return tuple(known for known in FIGURES if known.rule == rule and (on is None or known.is_in_force(on)))


def is_in_force(rule: str, *, on: date) -> bool:
    """Say whether a rule was law on a day; a rule with no recorded beginning or end always was.

    Example: "AREA-10" (General Regulations reg 5A, whole parishes) is in force from 1 October 2016.
    """
    return all(
        (known.from_date is None or known.from_date <= on) and (known.until_date is None or on < known.until_date)
        for known in _in_force().get(rule, ())
    )


def times_in_force(rule: str) -> tuple[date | None, date | None]:
    """Return a rule's first day and the first day it was no longer law; None where neither is recorded."""
    for known in _in_force().get(rule, ()):
        return known.from_date, known.until_date
    return None, None


def rule_set(on: date) -> str:
    """Return the name of the set of rules in force on a day, such as "england-2026-03-25".

    The date is the last one, not after the day asked about, on which any figure or rule here changed.
    """
    changed = max((change for change in _changes(FIGURES, IN_FORCE) if change <= on), default=None)
    return "england-2012" if changed is None else f"england-{changed.isoformat()}"


def _changes(*tables: Iterable[Figure | InForce]) -> set[date]:
    dated = [row for table in tables for row in table]
    return {change for row in dated for change in (row.from_date, row.until_date) if change is not None}


def expenses_limit_gbp(entries: int, *, on: date | None = None) -> Decimal:
    """Return the most that one campaign organiser may spend, in pounds, to the penny.

    Args:
        entries: entries in the register on the day the referendum period begins, and for a business
            referendum also the ratepayers on the initial registration list.
        on: the day the referendum period begins; None for the amounts now recorded.
    Raises: ValueError for a negative number of entries.
    Reading: exact decimals, half a penny rounded up (4,265 entries give 2613.635, so 2613.64).
    Source: REF-18, REF-19, T-23, Neighbourhood Planning (Referendums) Regulations 2012 reg 6(1).
    """
    if entries < 0:
        raise ValueError(f"a register cannot have {entries} entries")
    day = on or date.max
    fixed, each = figure("REF-18", "fixed-amount", on=day), figure("REF-18", "amount-per-entry", on=day)
    return (fixed.value + each.value * Decimal(entries)).quantize(PENNY, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicCondition:
    """One basic condition: its letter in the Act and what it asks, in plain words."""

    letter: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicConditions:
    """The list an examiner applies.

    Attributes:
        version: "pre-2026" or "2026".
        conditions: the list; for "2026" an outline only.
        mark: how far the list was checked; U means it must be read in the Act before it is relied on.
        source: provision.
    """

    version: str
    conditions: tuple[BasicCondition, ...]
    mark: Mark
    source: str


_EVERY_INSTRUMENT = frozenset(Instrument)
_ORDERS = frozenset({Instrument.NDO, Instrument.CRTBO})
_PRE_2026: tuple[tuple[str, frozenset[Instrument], str], ...] = (
    ("a", _EVERY_INSTRUMENT, "It is appropriate to make it having regard to national policy and guidance."),
    ("b", _ORDERS, "It is appropriate having special regard to listed buildings and their settings."),
    ("c", _ORDERS, "It is appropriate having special regard to the character of conservation areas."),
    ("d", _EVERY_INSTRUMENT, "It contributes to achieving sustainable development."),
    ("e", _EVERY_INSTRUMENT, "It conforms in general to the strategic policies of the development plan."),
    ("f", _EVERY_INSTRUMENT, "It does not breach assimilated European Union obligations."),
    ("g", _EVERY_INSTRUMENT, "It meets the prescribed conditions, such as those on protected habitats."),
)
_OUTLINE_2026: tuple[tuple[str, str], ...] = (
    ("housing", "A test on the supply of housing, in place of or beside general conformity."),
    ("environment", "The requirements on environmental outcomes reports."),
)


def basic_conditions(instrument: Instrument, *, on: date) -> BasicConditions:
    """Return the basic conditions for a plan or order examined on a day.

    From 25 March 2026 the list is an outline, its wording not seen; savings for earlier proposals are unknown.
    Source: EXAM-7, EXAM-8, T-40, TCPA Sch 4B para 8(2); Levelling-up and Regeneration Act 2023 s 99. Unverified.
    """
    if on >= LEVELLING_UP:
        outline = tuple(BasicCondition(letter=letter, text=text) for letter, text in _OUTLINE_2026)
        source = "Levelling-up and Regeneration Act 2023 s 99"
        return BasicConditions(version="2026", conditions=outline, mark=Mark.U, source=source)
    listed = tuple(
        BasicCondition(letter=letter, text=text) for letter, instruments, text in _PRE_2026 if instrument in instruments
    )
    return BasicConditions(version="pre-2026", conditions=listed, mark=Mark.V, source="TCPA Sch 4B para 8(2)")
