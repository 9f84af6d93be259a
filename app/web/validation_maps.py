"""The check of a line as a framed map: of an application, for its officers; of a draft, for its owner."""

from fastapi import APIRouter
from fastapi.responses import Response

from app.auth import CurrentVisitor, DecideDeed, DrawDeed
from app.clock import long_day
from app.queries.areas import area_in_office
from app.queries.consents import authorities_of_area
from app.reports.validation_map import validation_map
from app.routing import Route
from app.scope import refuse_other_organisation
from app.services.area_validation import validation_of
from app.state import CurrentState, Reading
from app.web.draft_pages import case_for, name_of
from app.web.framed import framed_answer

router = APIRouter(route_class=Route, include_in_schema=False)


@router.get("/cases/NA-{number}/validation-map")
def of_application(session: Reading, deed: DecideDeed, number: str) -> Response:
    """Return the check of an application's line, with its findings where they lie."""
    area = area_in_office(session, f"NA-{number}")
    refuse_other_organisation(deed, {code for code, _ in authorities_of_area(session, area)}, f"The case NA-{number}")
    verdict = validation_of(session, area)
    when = long_day(area.applications[-1].received_on)
    return framed_answer(validation_map(verdict, verdict.findings, name=area.name, when=when))


@router.get("/apply/ND-{number}/validation-map")
def of_draft(
    *, state: CurrentState, session: Reading, deed: DrawDeed, visitor: CurrentVisitor, number: str
) -> Response:
    """Return the check of a draft's newest line, with its findings where they lie."""
    case = case_for(session, deed, state, visitor, number)
    when = long_day(state.clock.today())
    return framed_answer(validation_map(case.verdict, case.verdict.findings, name=name_of(case), when=when))
