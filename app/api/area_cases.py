"""Cases of areas: complete an application, record consents, publish a decision, change or join designated areas."""

from datetime import date
from http import HTTPStatus

from fastapi import APIRouter

from app.api.drawn import drawn
from app.api.pages import AskedPage
from app.auth import ANYONE, ApplyDeed, DecideDeed
from app.models import AreaStatus
from app.queries.area_cases import area_case_facts, area_cases, changes_of, consents_of
from app.queries.area_offers import offers_for
from app.queries.areas import area_in_office, area_with_everything
from app.queries.consents import authorities_of_area
from app.routing import Route
from app.schemas.area_cases import (
    CaseOut,
    ChangeIn,
    ChangeOut,
    ConsentIn,
    ConsentOut,
    MoveOut,
    OfferOut,
    PartsIn,
    PublicationIn,
    WithdrawalIn,
    case_out,
    change_out,
    consent_out,
    move_out,
    offers_out,
)
from app.schemas.areas import AreaSummary, summary_of_area
from app.scope import refuse_other_organisation
from app.services.area_consents import ConsentFacts, record_consent
from app.services.area_decisions import publish_decision
from app.services.area_steps import PartsFacts, record_parts, withdraw_application
from app.services.areas import area_by_reference
from app.services.modifications import ChangeFacts, ChangeKind, change_area
from app.state import CurrentState, Reading, Writing
from referendum.area_stages import area_possible

router = APIRouter(route_class=Route, tags=["areas"])


@router.get("/area-cases", summary="The open cases of areas and forums")
def list_cases(session: Reading, state: CurrentState, deed: DecideDeed, page: AskedPage) -> list[CaseOut]:
    """Return the open cases of the caller's authority, the most pressing first."""
    today = state.clock.today()
    cases = area_cases(session, deed.by.organisation or None, today)
    shown = page.of(cases, lambda each: (not each.is_overdue, (each.due_on or date.max).toordinal(), each.reference))
    return [case_out(each, today) for each in shown]


@router.get("/areas/{reference}/moves", summary="What may happen to an area next", dependencies=[ANYONE])
def moves(session: Reading, state: CurrentState, reference: str) -> list[MoveOut]:
    """Return the lawful moves from where an application stands, each with what is missing for it."""
    area, today = area_with_everything(session, reference), state.clock.today()
    if not area.applications:
        return []
    return [move_out(each) for each in area_possible(area_case_facts(session, area, today), today=today)]


@router.get("/areas/{reference}/offers", summary="What may be designated instead of the line applied for")
def offers(session: Reading, state: CurrentState, deed: DecideDeed, reference: str) -> list[OfferOut]:
    """Return the clean edge, the land in other areas and the land left, while an application is open; none after."""
    area = area_in_office(session, reference)
    codes = {code for code, _ in authorities_of_area(session, area)}
    refuse_other_organisation(deed, codes, f"The case {reference}")
    if area.status != AreaStatus.APPLIED.value:
        return []
    return offers_out(offers_for(session, area, state.clock.today()))


@router.post("/areas/{reference}/parts", summary="Complete an application")
def parts(session: Writing, deed: ApplyDeed, reference: str, asked: PartsIn) -> AreaSummary:
    """Record the map at scale, or the statement that the applicant is a relevant body, after the application."""
    return summary_of_area(record_parts(session, deed, reference, PartsFacts(**asked.model_dump())))


@router.post("/areas/{reference}/withdrawal", summary="Take an application back")
def withdrawal(session: Writing, deed: ApplyDeed, reference: str, asked: WithdrawalIn) -> AreaSummary:
    """Take an application back before it is decided."""
    return summary_of_area(withdraw_application(session, deed, reference, **asked.model_dump()))


@router.post("/areas/{reference}/publications", summary="Record that a decision was published")
def publication(session: Writing, deed: DecideDeed, reference: str, asked: PublicationIn) -> AreaSummary:
    """Record the day on which an authority published its decision."""
    return summary_of_area(publish_decision(session, deed, reference, **asked.model_dump()))


@router.get("/areas/{reference}/consents", summary="Consents in the case of an area", dependencies=[ANYONE])
def list_consents(session: Reading, reference: str) -> list[ConsentOut]:
    """Return the consents of other councils on record, oldest first."""
    return [consent_out(each) for each in consents_of(session, area_with_everything(session, reference))]


@router.post("/areas/{reference}/consents", status_code=HTTPStatus.CREATED, summary="Record a council's consent")
def consent(session: Writing, deed: DecideDeed, reference: str, asked: ConsentIn) -> ConsentOut:
    """Record the consent of a parish council, or one's own authority's agreement."""
    facts = ConsentFacts(**asked.model_dump())
    return consent_out(record_consent(session, deed, area_by_reference(session, reference), facts))


@router.get("/areas/{reference}/changes", summary="How an area was changed", dependencies=[ANYONE])
def list_changes(session: Reading, reference: str) -> list[ChangeOut]:
    """Return the changes that closed or opened a line of the area, oldest first."""
    return [change_out(each) for each in changes_of(session, area_with_everything(session, reference))]


@router.post("/areas/{reference}/changes", status_code=HTTPStatus.CREATED, summary="Change a designated area")
def change(session: Writing, deed: DecideDeed, reference: str, asked: ChangeIn) -> list[AreaSummary]:
    """Take land out or in, split the area, or join others to it; returns the areas that stand after it."""
    facts = ChangeFacts(
        reference=reference,
        kind=ChangeKind(asked.kind),
        piece_bng=None if asked.boundary is None else drawn(asked.boundary).geometry_bng,
        others=tuple(asked.others),
        **asked.model_dump(exclude={"kind", "boundary", "others"}),
    )
    return [summary_of_area(area) for area in change_area(session, deed, facts)]
