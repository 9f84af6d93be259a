"""One draft: its map, verdict, parts of the application, words and versions; and its map to print."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import CurrentVisitor, DrawDeed, Visitor
from app.db import ReadSession, WriteSession
from app.draft_applicants import own_applicant
from app.errors import ServiceError
from app.models import CommentStanding, DraftComment, DraftVersion
from app.reports.area_map_pdf import MapFacts
from app.reports.map_drawing import Mark
from app.reports.map_scale import Paper
from app.routing import Route
from app.services.draft_cases import DraftCase, draft_case
from app.services.draft_comments import comments_of
from app.services.draft_maps import in_words, map_pdf, picture
from app.services.draft_parts import Part, field_of
from app.services.draft_shares import share_count
from app.services.drafts import draft_by_reference, restore_version, version_of
from app.state import CurrentState, Reading, State, Writing
from app.web.draft_words import bounds_of, part_tasks, scales_on, verdict_facts
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME, Crumb

router = APIRouter(route_class=Route, include_in_schema=False)

APPLY: Crumb = ("Draw a boundary", "/apply")
ONE = "/apply/ND-{number}"
ORIGINS = {"accepted": "official line", "amended": "official line, changed", "own": "drawn", "uploaded": "from a file"}
AnySession = ReadSession | WriteSession


def base_of(number: str) -> str:
    """Return the address of a draft's page."""
    return f"/apply/ND-{number}"


def case_for(session: AnySession, deed: Deed, state: State, visitor: Visitor | None, number: str) -> DraftCase:
    """Return a draft of the visitor's own organisation as it stands today.

    Raises:
        NotFoundError: there is none of that number.
        NotAllowedError: it is another organisation's.
    """
    return draft_case(session, deed, f"ND-{number}", state.clock.today(), default=own_applicant(visitor))


def name_of(case: DraftCase) -> str:
    """Return what the area is called: as the application says, or as the draft is."""
    return field_of(case.answers, Part.NAME, "name") or case.draft.name


@router.get(ONE)
def draft_page(
    *, request: Request, state: CurrentState, session: Reading, deed: DrawDeed, visitor: CurrentVisitor, number: str
) -> Response:
    """Show one draft."""
    return _page(request, state, session, deed, visitor, number=number)


def _page(
    request: Request,
    state: State,
    session: AnySession,
    deed: Deed,
    visitor: Visitor | None,
    *,
    number: str,
    errors: Errors = (),
) -> Response:
    case, base = case_for(session, deed, state, visitor, number), base_of(number)
    standings = [each.standing for each in comments_of(session, case.draft)]
    facts = {
        "case": case,
        "name": name_of(case),
        "base": base,
        "verdict": verdict_facts(case.verdict),
        "tasks": part_tasks(base, case.parts),
        "done": sum(each.is_needed and each.is_done for each in case.parts),
        "words": in_words(session, case.version.geometry, state.clock.today()),
        "versions": list(reversed(case.draft.versions)),
        "origins": ORIGINS,
        "scales": sorted({scale for paper in Paper for scale in scales_on(bounds_of(case.version), paper)}),
        "links": share_count(session, case.draft),
        "open_comments": standings.count(CommentStanding.OPEN.value),
        "waiting_comments": standings.count(CommentStanding.WAITING.value),
    }
    return form_page(request, "applying/draft.html", facts, errors=errors, section="/apply", crumbs=[HOME, APPLY])


@router.post(f"{ONE}/versions/{{version}}/restore")
def bring_back(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DrawDeed,
    visitor: CurrentVisitor,
    *,
    number: str,
    version: int,
    based_on: Annotated[int, Form()],
) -> Response:
    """Bring an older version back as a new one."""
    draft_by_reference(session, deed, f"ND-{number}")
    try:
        with session.begin_nested():
            restore_version(session, deed, f"ND-{number}", version, based_on=based_on)
    except ServiceError as refusal:
        return _page(request, state, session, deed, visitor, number=number, errors=[("versions", str(refusal))])
    return see(f"{base_of(number)}#versions")


@router.get(f"{ONE}/map.svg")
def picture_of_draft(
    state: CurrentState, session: Reading, deed: DrawDeed, number: str, version: Annotated[int | None, Query()] = None
) -> Response:
    """Return the picture of a version's line, the newest where none is named, with the places of open comments."""
    draft = draft_by_reference(session, deed, f"ND-{number}")
    found = version_of(session, draft, version)
    marks = marks_of(each for each in comments_of(session, draft) if each.standing == CommentStanding.OPEN.value)
    return svg(picture(session, found.geometry, on=state.clock.today(), marks=marks))


def marks_of(comments: Iterable[DraftComment]) -> list[Mark]:
    """Return the numbered places of comments that have one."""
    return [
        Mark(number=each.number, easting=each.easting, northing=each.northing)
        for each in comments
        if each.easting is not None and each.northing is not None
    ]


def svg(drawing: str) -> Response:
    """Return a picture that no other browser or cache keeps."""
    return Response(drawing, media_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})


@router.get(f"{ONE}/map.pdf")
def map_of_draft(
    state: CurrentState,
    session: Reading,
    deed: DrawDeed,
    *,
    number: str,
    paper: Paper = Paper.A4,
    scale: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
) -> Response:
    """Return the newest line as the map that would go with an application, marked as a draft (AREA-6 a)."""
    draft = draft_by_reference(session, deed, f"ND-{number}")
    version = version_of(session, draft)
    headers = {"Content-Disposition": f'inline; filename="ND-{number}-map.pdf"', "Cache-Control": "private, no-store"}
    pdf = map_pdf(
        session, version.geometry, _map_facts(version, state, deed), on=state.clock.today(), paper=paper, scale=scale
    )
    return Response(pdf, media_type="application/pdf", headers=headers)


def _map_facts(version: DraftVersion, state: State, deed: Deed) -> MapFacts:
    return MapFacts(
        title=f"{version.draft.name} neighbourhood area",
        by=deed.by.organisation_name or version.draft.started_by,
        at=state.clock.now(),
        mark=f"Draft, version {version.number}",
    )
