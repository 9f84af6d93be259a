"""Referendums, to look at."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.clock import LONDON
from app.db import ReadSession
from app.electors_public import public_electorate
from app.errors import NotFoundError
from app.models import ElectorateCount, Plan, Referendum
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


def referendums_on(session: ReadSession, on: date) -> list[tuple[Referendum, bool]]:
    """Return every referendum decided on by a day, and whether its result was declared; the latest poll first."""
    return [
        (each, each.declaration is not None and each.declaration.declared_at.astimezone(LONDON).date() <= on)
        for each in all_referendums(session)
        if each.decision_on <= on
    ]


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
