"""Plans and orders, to look at."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import ReadSession
from app.errors import NotFoundError
from app.models import Plan, Referendum


def all_plans(session: ReadSession) -> list[Plan]:
    """Return every plan and order with its area, in order of reference."""
    return list(session.scalars(select(Plan).options(joinedload(Plan.area)).order_by(Plan.reference)))


def plan_with_everything(session: ReadSession, reference: str) -> Plan:
    """Return one plan with its area, steps and entries.

    Raises:
        NotFoundError: there is none of that reference.
    """
    statement = (
        select(Plan)
        .where(Plan.reference == reference)
        .options(joinedload(Plan.area), selectinload(Plan.steps), selectinload(Plan.entries))
    )
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no plan or order {reference}: check the reference.")
    return found


def referendums_of_plan(session: ReadSession, plan: Plan) -> list[Referendum]:
    """Return the referendums held or to be held on a plan, oldest first."""
    statement = select(Referendum).where(Referendum.plan_id == plan.id).options(joinedload(Referendum.declaration))
    return list(session.scalars(statement.order_by(Referendum.id)))
