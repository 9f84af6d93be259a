"""One area's case, for planning officers: the facts, the verdict on a map, and the forms that move it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import DecideDeed
from app.db import ReadSession, WriteSession
from app.errors import NotAllowedError, NotFoundError, ServiceError
from app.queries.areas import area_in_office
from app.queries.consents import authorities_of_area
from app.routing import Route
from app.services.area_consents import record_consent
from app.services.area_decisions import decide_application, publish_decision
from app.services.area_steps import publicise_application, record_parts, withdraw_application
from app.services.modifications import change_area
from app.state import CurrentState, Reading, State, Writing
from app.web.area_case_forms import AreaCaseForm, change_facts_of, consent_facts, decision_facts, parts_facts
from app.web.area_case_maps import own_case
from app.web.area_case_words import case_facts
from app.web.fields import errors_of, typed_day
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME
from geo.errors import GeoError
from referendum.errors import ReferendumError

router = APIRouter(route_class=Route, include_in_schema=False)

CASES = ("Cases", "/cases")
_ONE = "/cases/NA-{number}"


@dataclass(frozen=True, slots=True)
class _Visit:
    """An officer's request to change a case: what was typed, and all that is needed to act on it or to answer it."""

    request: Request
    state: State
    session: WriteSession
    deed: Deed
    number: str
    typed: AreaCaseForm

    @property
    def reference(self) -> str:
        """The reference of the case."""
        return f"NA-{self.number}"

    def act(self, change: Callable[[], Any], field: str) -> Response:
        """Make a change and show the case; where it is refused, show the form as typed, and why beside a field."""
        own_case(self.session, self.deed, self.number)
        try:
            with self.session.begin_nested():
                change()
        except (NotAllowedError, NotFoundError):
            raise
        except ServiceError as refusal:
            return self.show(errors_of(refusal, field))
        except (ReferendumError, GeoError) as refusal:
            return self.show([(field, str(refusal))])
        return see(f"/cases/{self.reference}")

    def show(self, errors: Errors) -> Response:
        """Show the form again with everything that was typed."""
        self.session.expire_all()
        return _page(self.request, self.state, self.session, self.deed, self.number, typed=self.typed, errors=errors)


def _visit(  # noqa: PLR0917 - what the framework gives
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DecideDeed,
    number: str,
    typed: Annotated[AreaCaseForm, Form()],
) -> _Visit:
    return _Visit(request, state, session, deed, number, typed)


Visited = Annotated[_Visit, Depends(_visit)]


def _page(
    request: Request,
    state: State,
    session: ReadSession | WriteSession,
    deed: Deed,
    number: str,
    *,
    typed: AreaCaseForm | None = None,
    errors: Errors = (),
) -> Response:
    area, today, own = own_case(session, deed, number), state.clock.today(), deed.by.organisation
    authorities = authorities_of_area(session, area)
    first = authorities[0][0] if authorities else ""
    facts = case_facts(session, area, today) | {
        "typed": typed or AreaCaseForm.for_today(today, own or first),
        "authorities": [each for each in authorities if not own or each[0] == own],
    }
    return form_page(request, "area_cases/case.html", facts, errors=errors, section="/cases", crumbs=[HOME, CASES])


@router.get(_ONE)
def case(request: Request, state: CurrentState, session: Reading, deed: DecideDeed, number: str) -> Response:
    """Show one area's case."""
    return _page(request, state, session, deed, number)


@router.post(f"{_ONE}/publicise")
def publicise(visit: Visited) -> Response:
    """Record the publicity of an application."""

    def change() -> None:
        publicised_on = typed_day("publicised_on", visit.typed.publicised_on)
        closes_on = typed_day("closes_on", visit.typed.closes_on)
        publicise_application(
            visit.session, visit.deed, visit.reference, publicised_on=publicised_on, closes_on=closes_on
        )

    return visit.act(change, "closes_on")


@router.post(f"{_ONE}/parts")
def parts(visit: Visited) -> Response:
    """Record parts of the application that came after it."""
    return visit.act(
        lambda: record_parts(visit.session, visit.deed, visit.reference, parts_facts(visit.typed)), "map_scale"
    )


@router.post(f"{_ONE}/consents")
def consents(visit: Visited) -> Response:
    """Record a council's consent."""

    def change() -> None:
        area = area_in_office(visit.session, visit.reference)
        record_consent(visit.session, visit.deed, area, consent_facts(visit.typed))

    return visit.act(change, "minute")


@router.post(f"{_ONE}/decide")
def decide(visit: Visited) -> Response:
    """Record an authority's decision."""

    def change() -> None:
        area = area_in_office(visit.session, visit.reference)
        facts = decision_facts(visit.session, area, visit.typed, visit.state.clock.today())
        decide_application(visit.session, visit.deed, visit.reference, facts)

    return visit.act(change, "outcome")


@router.post(f"{_ONE}/publish")
def publish(visit: Visited) -> Response:
    """Record that a decision was published."""

    def change() -> None:
        told_on = typed_day("told_on", visit.typed.told_on)
        code = visit.typed.authority_code.strip()
        publish_decision(visit.session, visit.deed, visit.reference, authority_code=code, published_on=told_on)

    return visit.act(change, "told_on")


@router.post(f"{_ONE}/withdraw")
def withdraw(visit: Visited) -> Response:
    """Record that the applicant took the application back."""

    def change() -> None:
        on, reason = typed_day("withdrawn_on", visit.typed.withdrawn_on), visit.typed.withdrawn_because
        withdraw_application(visit.session, visit.deed, visit.reference, withdrawn_on=on, reason=reason)

    return visit.act(change, "withdrawn_because")


@router.post(f"{_ONE}/change")
def changed(visit: Visited) -> Response:
    """Change a designated area."""

    def change() -> None:
        facts = change_facts_of(visit.session, visit.reference, visit.typed, visit.state.clock.today())
        change_area(visit.session, visit.deed, facts)

    return visit.act(change, "piece")
