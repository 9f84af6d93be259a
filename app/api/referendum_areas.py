"""A referendum area while it is drawn: what it comes to, and whole places added or taken out; nothing is stored."""

from fastapi import APIRouter

from app.api.drawn import drawn
from app.auth import ExamineDeed
from app.routing import Route
from app.schemas.referendum_area import (
    AreaFiguresOut,
    AreaLineIn,
    AreaLineOut,
    AreaPartsIn,
    figures_out,
    line_out,
    part_of,
)
from app.services.examinations import authority_only
from app.services.plan_facts import examination_of
from app.services.referendum_area_figures import figures_of
from app.services.referendum_area_parts import with_places
from app.services.referendum_areas import line_as_decided, line_to_hold
from app.state import CurrentState, Reading

router = APIRouter(route_class=Route, tags=["plan cases"])
_WHAT = "To look at a referendum area before it is decided"


@router.get("/plans/{reference}/referendum-area/figures", summary="What the referendum area comes to as decided")
def get_figures(state: CurrentState, session: Reading, deed: ExamineDeed, reference: str) -> AreaFiguresOut:
    """Return the figures of the area that was decided on, or of the neighbourhood area until one was."""
    plan, today = authority_only(session, deed, reference, _WHAT), state.clock.today()
    line = line_as_decided(plan, examination_of(session, plan), today)
    return figures_out(reference, figures_of(session, plan, line, today))


@router.post("/plans/{reference}/referendum-area/figures", summary="What a drawn referendum area would come to")
def post_figures(
    state: CurrentState, session: Reading, deed: ExamineDeed, reference: str, asked: AreaLineIn
) -> AreaFiguresOut:
    """Return electors in all and by polling district, what stands against the line, and premises of businesses.

    Nothing is stored.
    """
    plan = authority_only(session, deed, reference, _WHAT)
    line = drawn(asked.boundary).geometry_bng
    return figures_out(reference, figures_of(session, plan, line, state.clock.today()))


@router.post("/plans/{reference}/referendum-area/places", summary="Add whole places to an area, or take them out")
def post_places(
    state: CurrentState, session: Reading, deed: ExamineDeed, reference: str, asked: AreaPartsIn
) -> AreaLineOut:
    """Return the line with whole parishes, polling districts or councils added and taken out.

    Land of the neighbourhood area always stays (EXAM-4). Nothing is stored.
    """
    plan, today = authority_only(session, deed, reference, _WHAT), state.clock.today()
    line = with_places(
        session,
        drawn(asked.boundary).geometry_bng,
        line_to_hold(plan, examination_of(session, plan), today),
        added=[part_of(each) for each in asked.add],
        taken=[part_of(each) for each in asked.take_out],
        on=today,
    )
    return line_out(line)
