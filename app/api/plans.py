"""Plans and orders: attach, move, make; and look at them."""

from http import HTTPStatus

from fastapi import APIRouter

from app.api.pages import AskedPage
from app.auth import ANYONE, AttachDeed, MakeDeed, MoveDeed
from app.errors import InvalidRequestError
from app.queries.plans import all_plans, plan_with_everything, referendums_of_plan
from app.routing import Route
from app.schemas.plans import MakingIn, PlanIn, PlanOut, PlanSummary, StepIn, plan_of, summary_of_plan
from app.services.development_plan import make_plan
from app.services.plans import PlanFacts, StepFacts, attach_plan, take_step
from app.state import Reading, Writing
from referendum.question import Instrument
from referendum.stages import Course, Stage

router = APIRouter(route_class=Route, tags=["plans"])


@router.get("/plans", summary="Every plan and order", dependencies=[ANYONE])
def list_plans(session: Reading, page: AskedPage) -> list[PlanSummary]:
    """Return every plan and order, in order of reference."""
    return [summary_of_plan(plan) for plan in page.of(all_plans(session), lambda each: (each.reference,))]


@router.get("/plans/{reference}", summary="One plan or order", dependencies=[ANYONE])
def get_plan(session: Reading, reference: str) -> PlanOut:
    """Return a plan or order with every step and its place in the development plan."""
    plan = plan_with_everything(session, reference)
    return plan_of(plan, referendums_of_plan(session, plan))


@router.post("/plans", status_code=HTTPStatus.CREATED, summary="Attach a plan or order to a designated area")
def attach(session: Writing, deed: AttachDeed, asked: PlanIn) -> PlanSummary:
    """Begin a plan or order for exactly one designated area."""
    facts = PlanFacts(
        area_reference=asked.area,
        instrument=Instrument(asked.instrument),
        course=Course(asked.course),
        **asked.model_dump(exclude={"area", "instrument", "course"}),
    )
    return summary_of_plan(attach_plan(session, deed, facts))


@router.post("/plans/{reference}/steps", summary="Take a plan or order one step further")
def move(session: Writing, deed: MoveDeed, reference: str, asked: StepIn) -> PlanSummary:
    """Take one lawful step; the stages that a vote or a making brings are reached by recording those."""
    if asked.to_stage not in {stage.value for stage in Stage}:
        raise InvalidRequestError(
            f"There is no stage {asked.to_stage!r}: use one of {', '.join(stage.value for stage in Stage)}."
        )
    facts = StepFacts(to_stage=Stage(asked.to_stage), **asked.model_dump(exclude={"to_stage"}))
    return summary_of_plan(take_step(session, deed, reference, facts))


@router.post("/plans/{reference}/makings", summary="Record that an authority has made the plan or order")
def make(session: Writing, deed: MakeDeed, reference: str, asked: MakingIn) -> PlanSummary:
    """Record one authority's making of an approved plan or order."""
    return summary_of_plan(make_plan(session, deed, reference, **asked.model_dump()))
