"""What anyone may take away of a referendum: its proof-carrying result, a results report, its dates."""

from typing import Any

from fastapi import APIRouter, Response

from app.api.description import file_of
from app.auth import ANYONE
from app.routing import Route
from app.services.bundles import referendum_bundle, referendum_report
from app.services.calendars import referendum_calendar
from app.services.notices import NoticeKind, referendum_notice
from app.state import Reading

router = APIRouter(route_class=Route, prefix="/referendums/{reference}", tags=["referendums"], dependencies=[ANYONE])


@router.get("/bundle", summary="The proof-carrying result")
def get_bundle(session: Reading, reference: str) -> dict[str, Any]:
    """Return a declared result with everything needed to work it out again, sealed; 404 before the declaration."""
    return referendum_bundle(session, reference)


@router.get("/results-report", summary="The result in the common data format for election results")
def get_report(session: Reading, reference: str) -> dict[str, Any]:
    """Return a declared result as a NIST SP 1500-100 election report; 404 before the declaration."""
    return referendum_report(session, reference)


@router.get(
    "/timetable.ics",
    summary="The timetable for a calendar",
    response_class=Response,
    responses=file_of("text/calendar"),
)
def get_calendar(session: Reading, reference: str) -> Response:
    """Return the timetable as an iCalendar file."""
    named = {"Content-Disposition": f'attachment; filename="{reference}.ics"'}
    return Response(referendum_calendar(session, reference), media_type="text/calendar; charset=utf-8", headers=named)


@router.get(
    "/documents/{kind}.pdf",
    summary="A notice as an accessible PDF",
    response_class=Response,
    responses=file_of("application/pdf"),
)
def get_notice(session: Reading, reference: str, kind: NoticeKind) -> Response:
    """Return the notice of referendum, or the declaration once it is made, as PDF/UA-1 on A4."""
    named = {"Content-Disposition": f'inline; filename="{reference}-{kind.value}.pdf"'}
    return Response(referendum_notice(session, reference, kind), media_type="application/pdf", headers=named)
