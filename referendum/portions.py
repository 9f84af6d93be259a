"""Several counting officers: provisional and final statements, and who may declare the sum."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from referendum.count import Portion
from referendum.errors import StageError


class StatementState(StrEnum):
    """How far one counting officer's statement has come."""

    COUNTING = "counting"
    PROVISIONAL = "provisional"
    AUTHORISED = "authorised"
    FINAL = "final"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortionStatement:
    """One counting officer's statement to the Chief Counting Officer; `figures` is None while counting."""

    council: str
    state: StatementState = StatementState.COUNTING
    figures: Portion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinedCount:
    """All portions of one poll, and the council whose officer leads.

    Source: REF-4, COUNT-14.
    """

    lead_council: str
    statements: tuple[PortionStatement, ...]

    @property
    def awaited(self) -> tuple[str, ...]:
        """Councils whose final statement is still to come; the result can be declared when there are none."""
        return tuple(held.council for held in self.statements if held.state is not StatementState.FINAL)


def lead_council(electors: Mapping[str, int], *, agreed: str | None = None) -> str:
    """Return the council that appoints the Chief Counting Officer.

    Args:
        electors: local government electors of each council's portion.
        agreed: another council of these that all of them agreed on.

    Raises: StageError where the agreed council has no portion, or the most electors are shared and none was agreed.

    Source: REF-4, Neighbourhood Planning (Referendums) Regulations 2012 reg 10(4)-(7).
    """
    if agreed is not None:
        if agreed not in electors:
            raise StageError(f"{agreed} has no part of the referendum area: choose one of {', '.join(electors)}.")
        return agreed
    most = [council for council, number in electors.items() if number == max(electors.values())]
    if len(most) != 1:
        raise StageError(
            f"{' and '.join(most) or 'No council'} have the most electors: the councils must agree on one."
        )
    return most[0]


def give_provisional(combined: CombinedCount, figures: Portion) -> CombinedCount:
    """Record a counting officer's provisional statement; it may be given again after a recount, until it is final.

    Raises: StageError where the council has no portion or its statement is final.

    Source: COUNT-14, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 7 rule 65.
    """
    held = _statement(combined, figures.council)
    if held.state is StatementState.FINAL:
        raise StageError(f"The statement of {held.council} is final: it cannot be given again.")
    return _with(combined, replace(held, state=StatementState.PROVISIONAL, figures=figures))


def authorise(combined: CombinedCount, council: str) -> CombinedCount:
    """Record that the Chief Counting Officer is satisfied with a provisional statement.

    Raises: StageError where there is no provisional statement.

    Source: COUNT-14.
    """
    held = _statement(combined, council)
    if held.state is not StatementState.PROVISIONAL:
        raise StageError(f"{council} has no provisional statement to authorise ({held.state}).")
    return _with(combined, replace(held, state=StatementState.AUTHORISED))


def direct_recount(combined: CombinedCount, council: str) -> CombinedCount:
    """Record that the Chief Counting Officer directs a recount in one portion.

    Raises: StageError where its statement is final.

    Source: COUNT-12.
    """
    held = _statement(combined, council)
    if held.state is StatementState.FINAL:
        raise StageError(f"The statement of {council} is final: nothing can be recounted.")
    return _with(combined, replace(held, state=StatementState.COUNTING))


def give_final(combined: CombinedCount, council: str) -> CombinedCount:
    """Record a counting officer's final statement, the same figures as authorised.

    Raises: StageError before the Chief Counting Officer has authorised them.

    Source: COUNT-14, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 7 rule 70.
    """
    held = _statement(combined, council)
    if held.state is not StatementState.AUTHORISED:
        raise StageError(f"{council} cannot give its final statement before it is authorised ({held.state}).")
    return _with(combined, replace(held, state=StatementState.FINAL))


def portions_to_declare(combined: CombinedCount, *, by_council: str) -> tuple[Portion, ...]:
    """Return all portions, once every statement is final and the officer asking is the one who may declare.

    Raises: StageError where the officer does not lead, or naming the councils still awaited: no portion declares alone.

    Source: COUNT-14; trap T-25.
    """
    if by_council != combined.lead_council:
        raise StageError(f"Only the Chief Counting Officer, of {combined.lead_council}, can declare the result.")
    if combined.awaited:
        raise StageError(f"The result cannot be declared before the final statement of {', '.join(combined.awaited)}.")
    return tuple(held.figures for held in combined.statements if held.figures is not None)


def _statement(combined: CombinedCount, council: str) -> PortionStatement:
    for held in combined.statements:
        if held.council == council:
            return held
    raise StageError(f"{council} has no part of this poll.")


def _with(combined: CombinedCount, changed: PortionStatement) -> CombinedCount:
    statements = tuple(changed if held.council == changed.council else held for held in combined.statements)
    return replace(combined, statements=statements)
