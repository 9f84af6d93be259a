"""Applying with a draft: its parts and what is missing, the submission, links to it, and comments on it."""

from http import HTTPStatus

from fastapi import APIRouter, Request

from app.addresses import public_address
from app.api.pages import AskedPage
from app.auth import ApplyDeed, CurrentVisitor, DrawDeed
from app.auth.tokens import new_token, token_hash
from app.document_store import document_store
from app.draft_applicants import own_applicant, own_body
from app.errors import InvalidRequestError
from app.routing import Route
from app.schemas.draft_applications import (
    AnswersIn,
    ApplicationOut,
    CommentIn,
    CommentOut,
    NewShareOut,
    ShareIn,
    ShareOut,
    StandingIn,
    SubmissionOut,
    SubmitIn,
    application_out,
    comment_out,
    share_out,
    submission_out,
)
from app.services.draft_answers import save_answer
from app.services.draft_cases import draft_case
from app.services.draft_comments import comment, comments_of, settle_comment
from app.services.draft_parts import FIELDS, TITLES, Part
from app.services.draft_shares import end_share, share_draft, shares_of
from app.services.draft_submissions import submit_draft
from app.services.drafts import draft_by_reference
from app.state import CurrentState, Reading, Writing

router = APIRouter(route_class=Route, tags=["drafts"])


@router.get("/drafts/{reference}/application", summary="The parts of an application, and what is missing")
def get_application(
    session: Reading, state: CurrentState, deed: DrawDeed, visitor: CurrentVisitor, reference: str
) -> ApplicationOut:
    """Return every part with what was typed of it and what is missing, and the application it became (AREA-6)."""
    return application_out(draft_case(session, deed, reference, state.clock.today(), default=own_applicant(visitor)))


@router.put("/drafts/{reference}/application/{part}", summary="Answer one part")
def put_answers(
    session: Writing,
    state: CurrentState,
    deed: DrawDeed,
    visitor: CurrentVisitor,
    *,
    reference: str,
    part: Part,
    asked: AnswersIn,
) -> ApplicationOut:
    """Keep what is typed of a part, complete or not, and return the application with what is missing.

    Who applies follows from your organisation where that is a parish council or a forum, whatever is sent.
    """
    unknown = sorted(set(asked.fields) - set(FIELDS[part]))
    if unknown:
        raise InvalidRequestError(
            f"“{TITLES[part]}” has no field “{unknown[0][:40]}”: send only {', '.join(FIELDS[part])}."
        )
    typed = asked.fields | (own_body(visitor) if part is Part.BODY else {})
    save_answer(session, deed, reference, part, typed)
    return application_out(draft_case(session, deed, reference, state.clock.today(), default=own_applicant(visitor)))


@router.post("/drafts/{reference}/application", summary="Apply")
def submit(session: Writing, state: CurrentState, deed: ApplyDeed, reference: str, asked: SubmitIn) -> SubmissionOut:
    """Make the application and close the draft; sent again, it returns the application that was made (AREA-6)."""
    store = document_store(state.settings)
    return submission_out(submit_draft(session, deed, store, reference, version=asked.version))


@router.get("/drafts/{reference}/shares", summary="Links to a draft")
def list_shares(session: Reading, deed: DrawDeed, reference: str, page: AskedPage) -> list[ShareOut]:
    """Return every link ever made, oldest first, without its address."""
    shares = shares_of(session, draft_by_reference(session, deed, reference))
    return [share_out(each) for each in page.of(shares, lambda each: (each.number,))]


@router.post("/drafts/{reference}/shares", status_code=HTTPStatus.CREATED, summary="Make a link")
def make_share(
    *, request: Request, state: CurrentState, session: Writing, deed: DrawDeed, reference: str, asked: ShareIn
) -> NewShareOut:
    """Make a link with which anyone who has it reads the draft.

    Its address is told this once and kept nowhere: sent again, even under the same key, it makes another link.
    """
    request.state.once = None
    token = new_token()
    made = share_draft(session, deed, reference, label=asked.label, token_hash=token_hash(token))
    address = public_address(request, state.settings, f"/shared/{token}")
    return NewShareOut(**share_out(made).model_dump(), address=address)


@router.post("/drafts/{reference}/shares/{number}/end", summary="End a link")
def end(session: Writing, deed: DrawDeed, reference: str, number: int) -> ShareOut:
    """End a link; one that has ended already stays as it is."""
    return share_out(end_share(session, deed, reference, number))


@router.get("/drafts/{reference}/comments", summary="Comments on a draft")
def list_comments(session: Reading, deed: DrawDeed, reference: str, page: AskedPage) -> list[CommentOut]:
    """Return every comment in order of number, also those that wait to be read and those that are not shown."""
    comments = comments_of(session, draft_by_reference(session, deed, reference))
    return [comment_out(each) for each in page.of(comments, lambda each: (each.number,))]


@router.post("/drafts/{reference}/comments", status_code=HTTPStatus.CREATED, summary="Comment on a draft")
def add_comment(session: Writing, deed: DrawDeed, reference: str, asked: CommentIn) -> CommentOut:
    """Keep a comment by one of those who draw; it is open at once."""
    return comment_out(comment(session, deed, reference, asked.remark()))


@router.put("/drafts/{reference}/comments/{number}/standing", summary="Show a comment, deal with it, or hide it")
def settle(session: Writing, deed: DrawDeed, reference: str, number: int, asked: StandingIn) -> CommentOut:
    """Show a comment, mark it as dealt with, open it again, or stop showing it."""
    return comment_out(settle_comment(session, deed, reference, number, asked.standing))
