"""Links to a draft, and what people say of it: for those who draw."""

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel

from app.addresses import public_address
from app.audit import Deed
from app.auth import CurrentVisitor, DrawDeed, Visitor
from app.auth.tokens import new_token, token_hash
from app.errors import ConflictError, InvalidRequestError, ServiceError
from app.models import BoundaryDraft, CommentStanding, DraftComment
from app.routing import Route
from app.services.draft_comments import Remark, comment, comments_of, settle_comment
from app.services.draft_maps import picture_frame
from app.services.draft_shares import end_share, share_draft, shares_of
from app.services.drafts import draft_by_reference
from app.state import CurrentState, Reading, State, Writing
from app.web.consultations import typed_place
from app.web.draft_pages import APPLY, ONE, AnySession, base_of, case_for, name_of
from app.web.fields import errors_of
from app.web.form_page import Errors, form_page, see
from app.web.page import HOME, Crumb
from app.web.words import Tag
from geo.grid_reference import grid_reference

router = APIRouter(route_class=Route, include_in_schema=False)

STANDINGS = {
    CommentStanding.WAITING.value: Tag(text="To read", colour="yellow"),
    CommentStanding.OPEN.value: Tag(text="Open", colour="blue"),
    CommentStanding.RESOLVED.value: Tag(text="Dealt with", colour="green"),
    CommentStanding.HIDDEN.value: Tag(text="Not shown", colour="grey"),
}


class CommentForm(BaseModel):
    """A comment as it is typed."""

    text: str = ""
    place: str = ""
    name: str = ""
    version: int = 1
    form_token: str = ""

    def remark(self) -> Remark:
        """Return it as a comment.

        Raises:
            FieldError: the place cannot be read.
        """
        return Remark(text=self.text, version=self.version, place_bng=typed_place(self.place), name=self.name)


def place_text(row: DraftComment) -> str:
    """Return the place of a comment as a grid reference; nothing for one about the whole boundary."""
    return "" if row.easting is None or row.northing is None else grid_reference(row.easting, row.northing)


def comment_rows(
    session: AnySession, draft: BoundaryDraft, standings: Collection[str] = frozenset(STANDINGS)
) -> list[tuple[DraftComment, str, Tag]]:
    """Return the comments on a draft that stand in one of some ways, each with its place and its tag."""
    found = (each for each in comments_of(session, draft) if each.standing in standings)
    return [(each, place_text(each), STANDINGS[each.standing]) for each in found]


@router.get(f"{ONE}/share")
def sharing(
    *, request: Request, state: CurrentState, session: Reading, deed: DrawDeed, visitor: CurrentVisitor, number: str
) -> Response:
    """Show the links to a draft and what people said of it."""
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
    typed: CommentForm | None = None,
    label: str = "",
    made: str = "",
) -> Response:
    case = case_for(session, deed, state, visitor, number)
    facts = {
        "case": case,
        "name": name_of(case),
        "base": base_of(number),
        "shares": shares_of(session, case.draft),
        "comments": comment_rows(session, case.draft),
        "typed": typed or CommentForm(version=case.version.number),
        "label": label,
        "made": made,
        "window": " ".join(f"{side:.3f}" for side in picture_frame(case.version.geometry).window_bng),
    }
    crumbs: list[Crumb] = [HOME, APPLY, (name_of(case), base_of(number))]
    return form_page(request, "applying/share.html", facts, errors=errors, section="/apply", crumbs=crumbs)


@router.post(f"{ONE}/share")
def make_link(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DrawDeed,
    visitor: CurrentVisitor,
    *,
    number: str,
    label: Annotated[str, Form(max_length=1_000)] = "",
) -> Response:
    """Make a link, and show it the one time that it can be shown."""
    token = new_token()
    try:
        with session.begin_nested():
            share_draft(session, deed, f"ND-{number}", label=label, token_hash=token_hash(token))
    except (InvalidRequestError, ConflictError) as refusal:
        errors = [("label", str(refusal))]
        return _page(request, state, session, deed, visitor, number=number, errors=errors, label=label)
    made = public_address(request, state.settings, f"/shared/{token}")
    return _page(request, state, session, deed, visitor, number=number, made=made)


@router.post(f"{ONE}/share/{{share}}/end")
def end_link(session: Writing, deed: DrawDeed, number: str, share: int) -> Response:
    """End a link."""
    end_share(session, deed, f"ND-{number}", share)
    return see(f"{base_of(number)}/share")


@router.post(f"{ONE}/comments")
def say(
    request: Request,
    state: CurrentState,
    session: Writing,
    deed: DrawDeed,
    visitor: CurrentVisitor,
    *,
    number: str,
    typed: Annotated[CommentForm, Form()],
) -> Response:
    """Keep a comment by one of those who draw."""
    draft_by_reference(session, deed, f"ND-{number}")
    try:
        remark = typed.remark()
        with session.begin_nested():
            comment(session, deed, f"ND-{number}", remark)
    except ServiceError as refusal:
        errors = errors_of(refusal, "text")
        return _page(request, state, session, deed, visitor, number=number, errors=errors, typed=typed)
    return see(f"{base_of(number)}/share#comments")


@router.post(f"{ONE}/comments/{{comment_number}}")
def settle(
    session: Writing, deed: DrawDeed, number: str, comment_number: int, standing: Annotated[CommentStanding, Form()]
) -> Response:
    """Show a comment, mark it as dealt with, open it again, or stop showing it."""
    settle_comment(session, deed, f"ND-{number}", comment_number, standing)
    return see(f"{base_of(number)}/share#comments")
