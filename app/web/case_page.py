"""What every page of a plan's case shares: whose it is, the way to it, and what happens to a form that is sent."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response

from app.audit import Deed
from app.db import ReadSession, WriteSession
from app.errors import NotAllowedError, NotFoundError, ServiceError
from app.services.plan_facts import (
    PlanCase,
    plan_case,
)
from app.services.plans import acting_as, plan_by_reference
from app.web.case_forms import CaseForm, Typed, refused
from app.web.case_tasks import base_of
from app.web.form_page import see
from app.web.page import HOME, Crumb
from geo.errors import GeoError
from referendum.errors import ReferendumError

CASES: Crumb = ("Cases", "/cases")
BASE = "/cases/plans/{reference}"
TODAY_HINT = "Year, month, day, for example 2026-05-31"


def case_for(session: ReadSession | WriteSession, deed: Deed, reference: str) -> PlanCase:
    """Return a plan's case for somebody whose business it is.

    Raises:
        NotFoundError: there is no such plan.
        NotAllowedError: it is not their business.
    """
    plan = plan_by_reference(session, reference)
    acting_as(session, deed, plan)
    return plan_case(session, plan)


def crumbs_to(case: PlanCase) -> list[Crumb]:
    """Return the way to a page of a case."""
    return [HOME, CASES, (case.plan.reference, base_of(case))]


def attempt(
    request: Request, session: WriteSession, form: CaseForm, typed: Typed, *, act: Callable[[], object], then: str
) -> Response:
    """Do what a form asks and go on; or show the form again with what is wrong, nothing lost."""
    try:
        with session.begin_nested():
            act()
    except (NotAllowedError, NotFoundError):
        raise
    except (ServiceError, ReferendumError, GeoError) as refusal:
        return refused(request, form, typed, refusal)
    return see(then)
