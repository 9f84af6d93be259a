"""Plans and orders: attach, move, make or decline to make; and look at them."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from app.api.description import file_of
from app.api.drawn import GEOJSON, geojson_feature, geojson_page
from app.api.pages import AskedPage
from app.auth import ANYONE, AttachDeed, MakeDeed, MoveDeed
from app.errors import InvalidRequestError
from app.queries.areas import lines_on
from app.queries.plans import PlanThen, plan_with_everything, plans_on, referendums_of_plan
from app.routing import Route
from app.schemas.plans import DecliningIn, MakingIn, PlanIn, PlanOut, PlanSummary, StepIn, plan_of, summary_of_plan
from app.services.development_plan import decline_to_make, make_plan
from app.services.plans import PlanFacts, StepFacts, attach_plan, take_step
from app.state import CurrentState, Reading, Writing
from referendum.outcome import GroundForNotMaking
from referendum.question import Instrument
from referendum.stages import Course, Stage

router = APIRouter(route_class=Route, tags=["plans"])


@router.get("/plans", summary="Every plan and order on a day", dependencies=[ANYONE])
def list_plans(session: Reading, state: CurrentState, page: AskedPage, on: date | None = None) -> list[PlanSummary]:
    """Return every plan and order as it stood on a day, today where none is given, in order of reference."""
    return [_summary(then) for then in _page(session, page, on or state.clock.today())]


def _page(session: Reading, page: AskedPage, on: date) -> Sequence[PlanThen]:
    return page.cut(lambda part: plans_on(session, on, part), lambda then: (then.plan.reference,))


def _summary(then: PlanThen) -> PlanSummary:
    return summary_of_plan(then.plan).model_copy(update={"stage": then.stage.value})


@router.get(
    "/plans.geojson",
    summary="Every plan and order on a day with the land of its area, as GeoJSON",
    response_class=JSONResponse,
    responses=file_of(GEOJSON),
    dependencies=[ANYONE],
)
def map_plans(session: Reading, state: CurrentState, page: AskedPage, on: date | None = None) -> JSONResponse:
    """Return the area of every plan and order as its line stood on a day, as a GeoJSON FeatureCollection in WGS84."""
    day = on or state.clock.today()
    shown = _page(session, page, day)
    lines = lines_on(session, [then.plan.area_id for then in shown], day)
    features = []
    for then in shown:
        line = lines.get(then.plan.area_id)
        facts = _summary(then).model_dump(mode="json") | {"area": then.plan.area.reference}
        features.append(geojson_feature(then.plan.reference, line.geometry if line else None, facts))
    return geojson_page(page, features)


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


@router.post("/plans/{reference}/refusals-to-make", summary="Record the decision not to make the plan or order")
def decline(session: Writing, deed: MakeDeed, reference: str, asked: DecliningIn) -> PlanSummary:
    """Record the decision not to make an approved plan or order, on one of the only lawful grounds (RESULT-4)."""
    ground = GroundForNotMaking(asked.ground)
    facts = asked.model_dump(exclude={"ground"})
    return summary_of_plan(decline_to_make(session, deed, reference, ground=ground, **facts))
