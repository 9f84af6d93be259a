"""Arranging a referendum: the plans that wait for one, and the form that sets its day."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import ArrangeDeed
from app.clock import long_day
from app.db import ReadSession, WriteSession
from app.errors import ConflictError
from app.models import Plan
from app.queries.referendums import plans_to_arrange
from app.routing import Route
from app.scope import refuse_other_council
from app.services.plans import plan_by_reference
from app.services.referendums import ReferendumFacts, arrange_referendum, councils_to_vote
from app.state import CurrentState, Reading, Writing
from app.web.case_forms import CaseForm, Field, TypedIn, show
from app.web.case_page import TODAY_HINT, attempt
from app.web.fields import typed_day
from app.web.page import HOME
from referendum.question import Instrument
from referendum.stages import Stage
from referendum.timetable import timetable

router = APIRouter(route_class=Route, include_in_schema=False)

_PAGE = "/referendums/arrange/{plan}"


def plans_waiting(session: ReadSession, deed: Deed) -> list[Plan]:
    """Return the plans whose referendum the council of whoever acts has still to arrange; all for a service account."""
    return [
        plan
        for plan in plans_to_arrange(session)
        if not deed.by.organisation or deed.by.organisation_name in councils_to_vote(session, plan)
    ]


def decided_on(plan: Plan) -> date | None:
    """Return the day on which it was decided that a referendum must be held."""
    days = [step.on_date for step in plan.steps if step.to_stage == Stage.REFERENDUM_DUE.value]
    return days[-1] if days else None


def _council(session: ReadSession | WriteSession, deed: Deed, plan: Plan) -> str:
    councils = councils_to_vote(session, plan)
    refuse_other_council(deed, set(councils), f"The referendum on {plan.reference}")
    return deed.by.organisation_name if deed.by.organisation else councils[0]


def _window(plan: Plan, decision: date, councils: int, known_on: date) -> str:
    dates = timetable(
        instrument=Instrument(plan.instrument),
        decision=decision,
        business=plan.area.is_business_area,
        cross_boundary=councils > 1,
        known_on=known_on,
    )
    if dates.earliest_poll is None or dates.latest_poll is None:
        return ""
    first, last = long_day(dates.earliest_poll), long_day(dates.latest_poll)
    return f"The vote can be held from {first} to {last} (REF-7, REF-9)."


def _form(session: ReadSession | WriteSession, deed: Deed, reference: str, today: date) -> CaseForm:
    plan = plan_by_reference(session, reference)
    council = _council(session, deed, plan)
    decision = decided_on(plan)
    if decision is None:
        raise ConflictError(f"{plan.reference} is not waiting for a referendum: go back to the electorate page.")
    window = _window(plan, decision, len(councils_to_vote(session, plan)), today)
    who = "Residents and businesses vote, each in a poll of their own." if plan.area.is_business_area else ""
    return CaseForm(
        title="Arrange the referendum",
        caption=f"{plan.reference} {plan.title}",
        action=_PAGE.format(plan=plan.reference),
        fields=[
            Field(
                kind="day",
                name="poll_date",
                label="Polling day",
                hint=window or TODAY_HINT,
            )
        ],
        button="Arrange the referendum",
        intro=[
            line
            for line in (
                f"It was decided on {long_day(decision)} that people vote on this. {council} holds the poll.",
                who,
                "The question, the area and every date then follow from the law. The day cannot be changed here later.",
            )
            if line
        ],
        crumbs=[HOME, ("Electorate", "/electorate")],
    )


@router.get(_PAGE)
def arranging_form(request: Request, state: CurrentState, session: Reading, deed: ArrangeDeed, plan: str) -> Response:
    """Show the form that sets the day of a referendum."""
    return show(request, _form(session, deed, plan, state.clock.today()))


@router.post(_PAGE)
def arranged(
    request: Request, state: CurrentState, session: Writing, deed: ArrangeDeed, *, plan: str, typed: TypedIn
) -> Response:
    """Arrange the referendum of a plan in its area, with its lawful timetable."""
    form = _form(session, deed, plan, state.clock.today())
    found = plan_by_reference(session, plan)

    def act() -> None:
        facts = ReferendumFacts(
            plan_reference=plan,
            decision_on=decided_on(found) or state.clock.today(),
            poll_date=typed_day("poll_date", typed.text("poll_date", 40)),
            council=_council(session, deed, found),
        )
        arrange_referendum(session, deed, facts)

    return attempt(request, session, form, typed, act=act, then="/electorate")
