"""The list of open cases of plans and orders: what is to be done next, by when, and what is missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import ReadSession, WriteSession
from app.models import NeighbourhoodArea, Plan, Referendum
from app.services.plan_facts import PlanCase, checklist_of, clocks_of_case, plan_case
from app.services.plans import planning_authorities
from referendum.case_moves import Raised
from referendum.needs import Checklist
from referendum.plan_clocks import ClockState, RunningClock, due_day, next_due
from referendum.stages import Actor, Move, Stage

AnySession = ReadSession | WriteSession

_ONWARD = (
    Stage.PRE_SUBMISSION,
    Stage.SUBMITTED,
    Stage.PUBLICISED,
    Stage.EXAMINATION,
    Stage.REPORT_RECEIVED,
    Stage.REFERENDUM_DUE,
    Stage.APPROVED,
    Stage.REFERENDUM_HELD,
    Stage.MADE,
)
_SETTLED = frozenset({Stage.MADE.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCaseRow:
    """One open case, as a list of cases shows it.

    Attributes:
        reference: NP-, NO- or CO-000123.
        name: title of the plan or order.
        due: what is to be done next, in words.
        by: whose step it is.
        due_on: the day to look at it: when comments close, the last day for a step, or the vote; None where there is
            none of them.
        is_overdue: a last day has passed.
        missing: how far the next step is: "6 of 8 done; missing: …".
        raised: each last day that has passed, and what follows from it, for a person to act on.
        link: address of its page.
    """

    reference: str
    name: str
    due: str
    by: str
    due_on: date | None
    is_overdue: bool
    missing: str
    raised: tuple[Raised, ...]
    link: str


def next_move(case: PlanCase) -> Move | None:
    """Return the step by which a proposal goes on; None where none is left but endings."""
    moves = {move.to_stage: move for move in case.moves()}
    return next((moves[stage] for stage in _ONWARD if stage in moves), None)


def next_checklist(case: PlanCase, today: date) -> Checklist | None:
    """Return what the next step needs; None where there is no next step."""
    move = next_move(case)
    return None if move is None else checklist_of(case, move, on=today)


def plan_case_rows(session: AnySession, code: str, names: Collection[str], today: date) -> list[PlanCaseRow]:
    """Return the open cases of an authority or a qualifying body, the most pressing first; every one for no code.

    Args:
        session: where they are looked up.
        code: code of the authority or the body; empty for whoever serves all of them.
        names: names by which the body prepares plans.
        today: the day asked about.
    """
    statement = (
        select(Plan)
        .where(Plan.stage.not_in(_SETTLED))
        .options(
            joinedload(Plan.area).selectinload(NeighbourhoodArea.applications),
            joinedload(Plan.area).selectinload(NeighbourhoodArea.versions),
            selectinload(Plan.steps),
        )
        .order_by(Plan.reference)
    )
    polls = _polls_to_come(session, today)
    rows = []
    for plan in session.scalars(statement):
        if not code or concerns(session, plan, code, names):
            case = plan_case(session, plan)
            if case.moves():
                rows.append(row_of(case, today, poll_on=polls.get(plan.id)))
    return sorted(rows, key=lambda row: (not row.is_overdue, row.due_on or date.max, row.reference))


def _polls_to_come(session: AnySession, today: date) -> dict[int, date]:
    statement = select(Referendum.plan_id, Referendum.poll_date).where(Referendum.poll_date >= today)
    return {row.plan_id: row.poll_date for row in session.execute(statement)}


def concerns(session: AnySession, plan: Plan, code: str, names: Collection[str]) -> bool:
    """Say whether a plan is the business of an organisation: its authority, or the body that prepares it."""
    bodies = {application.applicant_parish_code for application in plan.area.applications[-1:]}
    return code in bodies or plan.qualifying_body in names or code in planning_authorities(session, plan.area)


def row_of(case: PlanCase, today: date, *, poll_on: date | None = None) -> PlanCaseRow:
    """Return a case as a list shows it; the day of a vote to come is a day to look at it."""
    found = next_checklist(case, today)
    clocks = clocks_of_case(case, today)
    coming = next_due(clocks)
    return PlanCaseRow(
        reference=case.plan.reference,
        name=case.plan.title,
        due=_due_words(found, coming, today),
        by=(found.move.by if found is not None else Actor.AUTHORITY).value,
        due_on=due_day(coming) if coming is not None else poll_on,
        is_overdue=any(clock.state is ClockState.OVERDUE for clock in clocks),
        missing=found.words if found is not None else "",
        raised=tuple(_raised(clock) for clock in clocks if clock.state is ClockState.OVERDUE),
        link=f"/cases/plans/{case.plan.reference}",
    )


def _raised(clock: RunningClock) -> Raised:
    words = f"{clock.limit.text}: {clock.last_day:%-d %B %Y}. That day has passed. {clock.limit.if_missed}".strip()
    return Raised(code="overdue", words=words, rule=clock.limit.rule, since=clock.last_day)


def _due_words(found: Checklist | None, coming: RunningClock | None, today: date) -> str:
    if coming is not None and coming.actual is not None and coming.actual >= today:
        return "Comments are open"
    if found is None:
        return "Nothing is waiting"
    return found.move.action[:1].upper() + found.move.action[1:]
