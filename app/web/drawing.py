"""Drawing a boundary: where to start, and the editor. What the editor keeps goes through /api/v1/drafts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from app.audit import Deed
from app.auth import ANYONE, CurrentVisitor, DrawDeed, Visitor
from app.db import ReadSession
from app.models import BoundaryDraft, BoundaryKind, DraftOrigin, OrganisationKind
from app.roles import May, may
from app.routing import Route
from app.services.draft_closing import submission_of, submitted_drafts
from app.services.draft_homes import home_of, parish_of, parishes_named
from app.services.draft_starts import Part, start_from_parts
from app.services.drafts import Save, draft_by_reference, drafts_of, start_draft, version_of
from app.state import CurrentState, Reading, Writing
from app.typed_places import read_place
from app.web.draft_sharing import comment_rows
from app.web.form_page import form_page, see
from app.web.page import HOME

router = APIRouter(route_class=Route, include_in_schema=False)

APPLY = ("Draw a boundary", "/apply")
ORIGIN_WORDS: Mapping[str, str] = {
    DraftOrigin.ACCEPTED.value: "an official line, as it is",
    DraftOrigin.AMENDED.value: "an official line, changed",
    DraftOrigin.OWN.value: "drawn by hand",
    DraftOrigin.UPLOADED.value: "from a file",
}
Code = Annotated[str, Query(max_length=80)]


def _may_keep(visitor: Visitor | None) -> bool:
    return visitor is not None and may(visitor.actor.role, May.DRAW_AREA)


@router.get("/apply", dependencies=[ANYONE])
def begin(
    request: Request, session: Reading, state: CurrentState, visitor: CurrentVisitor, parish: str = ""
) -> Response:
    """Show the ways to start a boundary, and the ones that one's organisation is drawing."""
    today, drafts = state.clock.today(), []
    if visitor is not None and _may_keep(visitor):
        deed = Deed(by=visitor.actor, at=state.clock.now())
        drafts = [(each, version_of(session, each)) for each in drafts_of(session, deed)]
    facts = {
        "asked": parish[:100],
        "found": parishes_named(session, parish[:100], today),
        "own": parish_of(session, visitor.actor.organisation, today) if visitor else None,
        "drafts": drafts,
        "submitted": submitted_drafts(session) if drafts else {},
        "may_keep": _may_keep(visitor),
        "is_known": visitor is not None,
        "origin_words": ORIGIN_WORDS,
    }
    return form_page(request, "drawing/start.html", facts, section="/apply")


@router.post("/apply/parish")
def whole_parish(session: Writing, deed: DrawDeed, code: Annotated[str, Form(max_length=80)] = "") -> Response:
    """Keep the whole of a parish as a new boundary, in one action (AREA-8, AREA-10)."""
    started = start_from_parts(session, [Part(kind=BoundaryKind.PARISH, code=code)], deed.at.date())
    save = Save(boundary_bng=started.boundary_bng, what=f"The whole parish of {started.name}")
    draft = start_draft(session, deed, name=started.name, start=started.start, save=save)
    return see(f"/apply/{draft.reference}/draw")


@router.get("/apply/draw", dependencies=[ANYONE])
def draw(
    request: Request,
    session: Reading,
    state: CurrentState,
    visitor: CurrentVisitor,
    *,
    parish: Code = "",
    area: Code = "",
    how: Code = "",
) -> Response:
    """Show the editor for a new boundary; without an account it is kept in the browser alone."""
    start: dict[str, object] = {}
    if parish:
        start = {"parts": [{"kind": BoundaryKind.PARISH.value, "code": parish}]}
    elif area:
        start = {"area": area}
    opened = _Opened(start=json.dumps(start) if start else "", how=how)
    return _editor(request, session, state, visitor, opened=opened)


@router.get("/apply/place.json", dependencies=[ANYONE])
def place(text: Annotated[str, Query(max_length=80)] = "") -> dict[str, float]:
    """Return the British grid point of a grid reference, an easting and northing, or a latitude and longitude."""
    point = read_place(text).point_bng
    return {"easting": round(point.x, 3), "northing": round(point.y, 3)}


@router.get("/apply/{reference}/draw")
def draw_draft(
    request: Request, session: Reading, state: CurrentState, visitor: CurrentVisitor, *, deed: DrawDeed, reference: str
) -> Response:
    """Show the editor on a boundary that is kept."""
    draft = draft_by_reference(session, deed, reference)
    return _editor(request, session, state, visitor, opened=_Opened(draft=draft))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """What the editor opens: a kept draft or none, where it starts, and by which way."""

    draft: BoundaryDraft | None = None
    start: str = ""
    how: str = ""


def _editor(
    request: Request, session: ReadSession, state: CurrentState, visitor: Visitor | None, *, opened: _Opened
) -> Response:
    organisation = visitor.actor.organisation if visitor else ""
    home = home_of(session, organisation, state.clock.today())
    submitted = submission_of(session, opened.draft) if opened.draft else None
    facts = {
        "draft": opened.draft,
        "submitted_as": submitted.area.reference if submitted else "",
        "comments": comment_rows(session, opened.draft) if opened.draft else [],
        "start": opened.start,
        "how": opened.how,
        "applicant": _applicant(visitor, organisation),
        "home": ",".join(f"{side:.0f}" for side in home) if home else "",
        "may_keep": _may_keep(visitor),
        "is_known": visitor is not None,
        "back": request.url.path,
    }
    return form_page(request, "drawing/editor.html", facts, section="/apply", crumbs=[HOME, APPLY])


def _applicant(visitor: Visitor | None, organisation: str) -> str:
    if visitor is None:
        return ""
    kinds = {
        OrganisationKind.PARISH_COUNCIL.value: f"parish:{organisation}",
        OrganisationKind.FORUM.value: "forum",
        OrganisationKind.COMMUNITY.value: "forum",
    }
    return kinds.get(visitor.organisation_kind, "")
