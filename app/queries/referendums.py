"""Referendums, to look at."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.clock import LONDON
from app.db import ReadSession
from app.electors_public import public_electorate
from app.errors import NotFoundError
from app.models import Declaration, ElectorateCount, Plan, Referendum
from app.queries.parts import Key, Part, day_of, how_many, part_of, text_of
from referendum.stages import Stage


def all_referendums(session: ReadSession, plans: Collection[int] | None = None) -> list[Referendum]:
    """Return every referendum (or those on the plans named) with its plan, the latest poll first."""
    statement = select(Referendum).options(
        joinedload(Referendum.plan).joinedload(Plan.area), joinedload(Referendum.declaration)
    )
    if plans is not None:
        statement = statement.where(Referendum.plan_id.in_(plans))
    return list(session.scalars(statement.order_by(Referendum.poll_date.desc(), Referendum.reference)))


def plans_to_arrange(session: ReadSession) -> list[Plan]:
    """Return the plans and orders on which people must vote, and for which no vote is arranged yet."""
    open_polls = select(Referendum.plan_id).where(~Referendum.declaration.has())
    waiting = select(Plan).where(Plan.stage == Stage.REFERENDUM_DUE.value, Plan.id.not_in(open_polls))
    return list(session.scalars(waiting.options(joinedload(Plan.area)).order_by(Plan.reference)))


def referendums_on(session: ReadSession, on: date, part: Part | None = None) -> list[tuple[Referendum, bool]]:
    """Return the referendums decided on by a day, the latest poll first, each with whether it was declared by then."""
    chosen = part_of(select(Referendum).where(Referendum.decision_on <= on), part, LATEST_POLL_FIRST)
    return [
        (each, each.declaration is not None and each.declaration.declared_at < _midnight_after(on))
        for each in session.scalars(chosen.options(*_WITH_PLAN))
    ]


def polls_on(session: ReadSession, on: date, part: Part, *, are_declared: bool) -> list[Referendum]:
    """Return a part of those declared by a day, the latest poll first; or of those to come, the next one first."""
    order = LATEST_POLL_FIRST if are_declared else _NEXT_POLL_FIRST
    chosen = part_of(_polls_on(on, are_declared=are_declared), part, order)
    return list(session.scalars(chosen.options(*_WITH_PLAN)))


def votes_coming(session: ReadSession, on: date, part: Part) -> list[Referendum]:
    """Return a part of the referendums with no result yet whose poll is on a day or later, the next one first."""
    chosen = select(Referendum).where(Referendum.poll_date >= on, ~Referendum.declaration.has())
    return list(session.scalars(part_of(chosen, part, _NEXT_POLL_FIRST).options(*_WITH_PLAN)))


def count_polls_on(session: ReadSession, on: date, *, are_declared: bool) -> int:
    """Return how many referendums `polls_on` lists in all its parts."""
    return how_many(session, _polls_on(on, are_declared=are_declared).with_only_columns(Referendum.id))


def _polls_on(on: date, *, are_declared: bool) -> Select[Any]:
    declared = Referendum.declaration.has(Declaration.declared_at < _midnight_after(on))
    return select(Referendum).where(Referendum.decision_on <= on, declared if are_declared else ~declared)


def _midnight_after(day: date) -> datetime:
    """The moment at which a day ends in England."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


LATEST_POLL_FIRST = (
    Key(column=Referendum.poll_date, falls=True, read=day_of),
    Key(column=Referendum.reference, read=text_of),
)
_NEXT_POLL_FIRST = (
    Key(column=Referendum.poll_date, read=day_of),
    Key(column=Referendum.reference, falls=True, read=text_of),
)
_WITH_PLAN = (joinedload(Referendum.plan).joinedload(Plan.area), joinedload(Referendum.declaration))


def referendum_with_everything(session: ReadSession, reference: str) -> Referendum:
    """Return one referendum with its plan, its area and its declaration.

    Raises:
        NotFoundError: there is none of that reference.
    """
    statement = (
        select(Referendum)
        .where(Referendum.reference == reference)
        .options(joinedload(Referendum.plan).joinedload(Plan.area), joinedload(Referendum.declaration))
    )
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no referendum {reference}: check the reference.")
    return found


def electorates_of(session: ReadSession, referendum: Referendum) -> list[ElectorateCount]:
    """Return the frozen electorates of a referendum, E0 first."""
    statement = select(ElectorateCount).where(ElectorateCount.referendum_id == referendum.id)
    return list(session.scalars(statement.order_by(ElectorateCount.snapshot)))


def electorate_document(session: ReadSession, reference: str, snapshot: str) -> dict[str, object]:
    """Return a frozen electorate as anyone may have it: a folkmoot.electorate/1 document without small counts.

    Source: T-43.

    Raises:
        NotFoundError: no such referendum, or that electorate has not been frozen.
    """
    referendum = referendum_with_everything(session, reference)
    for count in electorates_of(session, referendum):
        if count.snapshot == snapshot:
            return public_electorate(count.document)
    raise NotFoundError(f"The electorate {snapshot} of {reference} has not been counted yet.")
