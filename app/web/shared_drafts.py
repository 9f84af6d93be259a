"""A draft as the holder of a link sees it: its map, its verdict, its words, and a form to say something."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from app.audit import Actor, Deed
from app.auth import ANYONE, FROM_OUR_FORM
from app.auth.tokens import token_hash
from app.db import ReadSession, WriteSession
from app.errors import ServiceError
from app.models import DraftShare
from app.routing import Route
from app.services.draft_cases import case_of
from app.services.draft_comments import SHOWN, comment_by_link, comments_of
from app.services.draft_maps import in_words, picture, picture_frame
from app.services.draft_shares import open_share
from app.services.drafts import version_of
from app.state import CurrentState, Reading, State, Writing
from app.web.draft_pages import marks_of, name_of, svg
from app.web.draft_sharing import CommentForm, comment_rows
from app.web.draft_words import verdict_facts
from app.web.fields import errors_of
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME

router = APIRouter(route_class=Route, include_in_schema=False)
_ONE = "/shared/{token}"
AnySession = ReadSession | WriteSession


@router.get(_ONE, dependencies=[ANYONE])
def shared_draft(request: Request, state: CurrentState, session: Reading, token: str, sent: str = "") -> Response:
    """Show a draft to the holder of a link."""
    share = open_share(session, token_hash(token))
    return _page(request, state, session, share, token=token, is_sent=sent == "yes")


def _page(
    request: Request,
    state: State,
    session: AnySession,
    share: DraftShare,
    *,
    token: str,
    is_sent: bool = False,
    errors: Errors = (),
    typed: CommentForm | None = None,
) -> Response:
    case = case_of(session, share.draft, state.clock.today())
    facts = {
        "case": case,
        "name": name_of(case),
        "base": f"/shared/{token}",
        "is_sent": is_sent,
        "verdict": verdict_facts(case.verdict),
        "words": in_words(session, case.version.geometry, state.clock.today()),
        "comments": comment_rows(session, share.draft, SHOWN),
        "typed": typed or CommentForm(version=case.version.number),
        "window": " ".join(f"{side:.3f}" for side in picture_frame(case.version.geometry).window_bng),
    }
    answer = form_page(request, "applying/shared.html", facts, errors=errors, section="/apply", crumbs=[HOME])
    # The address is the key: no search engine may keep it, and no other site be told of it.
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


@router.get(f"{_ONE}/map.svg", dependencies=[ANYONE])
def shared_picture(state: CurrentState, session: Reading, token: str) -> Response:
    """Return the picture of the newest line, with the places of comments that are shown."""
    share = open_share(session, token_hash(token))
    marks = marks_of(each for each in comments_of(session, share.draft) if each.standing in SHOWN)
    line = version_of(session, share.draft).geometry
    return svg(picture(session, line, on=state.clock.today(), marks=marks))


@router.post(f"{_ONE}/comments", dependencies=[FROM_OUR_FORM])
def say_by_link(
    request: Request,
    state: CurrentState,
    session: Writing,
    *,
    token: str,
    typed: Annotated[CommentForm, Form()],
) -> Response:
    """Keep a comment by the holder of a link, to be read by those who draw before others see it."""
    share = open_share(session, token_hash(token))
    deed = Deed(by=Actor(name="The holder of a link", role="public"), at=state.clock.now())
    try:
        remark = typed.remark()
        with session.begin_nested():
            comment_by_link(session, deed, share, remark)
    except ServiceError as refusal:
        return _page(request, state, session, share, token=token, errors=errors_of(refusal, "text"), typed=typed)
    return see(f"/shared/{token}?sent=yes")
