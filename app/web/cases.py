"""The list of cases: what is due first, for the planning authority and for whoever prepares a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import PrepareDeed
from app.db import ReadSession
from app.queries.area_cases import AreaCase, area_cases
from app.roles import May, may
from app.routing import Route
from app.services.plan_inbox import PlanCaseRow, plan_case_rows
from app.state import CurrentState, Reading
from app.web.case_tasks import WHO
from app.web.form_page import form_page, see
from app.web.page import HOME
from app.web.paging import numbered
from referendum.stages import Actor

router = APIRouter(route_class=Route, include_in_schema=False)

SOON_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case as the list shows it; what time has brought about is told in words, and never done by itself.

    Attributes:
        waits_for: whose step is next, where it is not the reader's own; empty where it is.
    """

    reference: str
    name: str
    due: str
    due_on: date | None
    waits_for: str
    is_overdue: bool
    is_soon: bool
    missing: str
    raised: Sequence[str]
    link: str


@router.get("/cases.json")
def cases_as_data(state: CurrentState, session: Reading, deed: PrepareDeed) -> list[CaseRow]:
    """Return the open cases of one's organisation by what is due first."""
    return _rows(session, deed, state.clock.today())


@router.get("/cases")
def cases(request: Request, state: CurrentState, session: Reading, deed: PrepareDeed) -> Response:
    """List the open cases of one's organisation by what is due first."""
    rows = _rows(session, deed, state.clock.today())
    shown = numbered(request, len(rows))
    facts = {
        "rows": shown.cut(rows),
        "shown": shown,
        "is_authority": may(deed.by.role, May.DECIDE_AREA),
        "organisation": deed.by.organisation_name,
        "may_begin": may(deed.by.role, May.ATTACH_PLAN),
    }
    return form_page(request, "cases/list.html", facts, section="/cases", crumbs=[HOME])


def _rows(session: ReadSession, deed: Deed, today: date) -> list[CaseRow]:
    code = deed.by.organisation
    plans = plan_case_rows(session, code, {deed.by.organisation_name} if code else set(), today)
    areas = area_cases(session, code or None, today) if may(deed.by.role, May.DECIDE_AREA) else []
    return sorted(
        [*(_row(each, today, _waits_for(each, deed)) for each in plans), *(_row(each, today) for each in areas)],
        key=lambda row: (not row.is_overdue, row.due_on or date.max, row.reference),
    )


@router.get("/cases/NP-{number}")
@router.get("/cases/NO-{number}")
@router.get("/cases/CO-{number}")
def plan_case_by_reference(request: Request, deed: PrepareDeed, number: str) -> Response:
    """Send on to the case of a plan or order."""
    del deed, number
    return see(f"/cases/plans/{request.url.path.rsplit('/', 1)[1]}")


def _waits_for(case: PlanCaseRow, deed: Deed) -> str:
    """Say who is to move a plan on, where it is neither the reader nor the reader's organisation."""
    own = Actor.AUTHORITY if may(deed.by.role, May.DECIDE_AREA) else Actor.QUALIFYING_BODY
    by = Actor(case.by)
    return "" if by in {own, Actor.LAW} else WHO[by][:1].lower() + WHO[by][1:]


def _row(case: PlanCaseRow | AreaCase, today: date, waits_for: str = "") -> CaseRow:
    days = (case.due_on - today).days if case.due_on is not None else None
    return CaseRow(
        reference=case.reference,
        name=case.name,
        due=case.due,
        due_on=case.due_on,
        waits_for=waits_for,
        is_overdue=case.is_overdue,
        is_soon=days is not None and 0 <= days <= SOON_DAYS,
        missing=case.missing,
        raised=[each.words for each in case.raised],
        link=case.link,
    )
