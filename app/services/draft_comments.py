"""What people say of a draft: tied to a place and a version; what comes by a link waits until a member has read it.

Text that comes by a link is shown to nobody outside the organisation before a member of it shows it, so that the
organisation answers for what it publishes. The record keeps the hash of a text, never the text.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import BoundaryDraft, CommentStanding, DraftComment, DraftShare
from app.models.base import Document
from app.services.draft_closing import refuse_submitted
from app.services.drafts import draft_by_reference, version_of

AnySession = ReadSession | WriteSession
LONGEST_TEXT = 2_000
_LONGEST_NAME = 100
MOST_WAITING = 100
"""How many comments through one link may wait to be read."""

SHOWN = frozenset({CommentStanding.OPEN, CommentStanding.RESOLVED})
"""Where a comment stands that whoever may read the draft may read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment as it comes in.

    Attributes:
        text: what is said.
        version: the version it is said of.
        place_bng: easting and northing, EPSG:27700 metres; None for the whole boundary.
        name: what the holder of a link calls themselves; empty where they do not.
    """

    text: str
    version: int
    place_bng: tuple[float, float] | None = None
    name: str = ""


def comment(session: WriteSession, deed: Deed, reference: str, remark: Remark) -> DraftComment:
    """Store a comment by somebody of the draft's own organisation.

    Raises:
        InvalidRequestError: it says nothing, or too much.
        NotFoundError: no such draft or version.
        ConflictError: the draft was submitted.
        NotAllowedError: it is another organisation's.
    """
    hold_lock(session, "audit")
    draft = draft_by_reference(session, deed, reference)
    return _stored(session, deed, draft, remark, share=None)


def comment_by_link(session: WriteSession, deed: Deed, share: DraftShare, remark: Remark) -> DraftComment:
    """Store a comment by the holder of a link, to be read by a member before others see it.

    Raises:
        InvalidRequestError: it says nothing, or too much.
        ConflictError: too many wait to be read, or the draft was submitted.
    """
    hold_lock(session, "audit")
    chosen = select(DraftComment).where(
        DraftComment.share_id == share.id, DraftComment.standing == CommentStanding.WAITING.value
    )
    if len(session.scalars(chosen).all()) >= MOST_WAITING:
        raise ConflictError("Many comments wait to be read already: try again once they have been.")
    return _stored(session, deed, share.draft, remark, share=share)


def _stored(
    session: WriteSession, deed: Deed, draft: BoundaryDraft, remark: Remark, *, share: DraftShare | None
) -> DraftComment:
    refuse_submitted(session, draft)
    text, name = remark.text.strip(), remark.name.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise InvalidRequestError(f"Write your comment in at most {LONGEST_TEXT:,} characters.")
    if len(name) > _LONGEST_NAME:
        raise InvalidRequestError(f"Give a name of at most {_LONGEST_NAME} characters, or none.")
    easting, northing = remark.place_bng or (None, None)
    row = DraftComment(
        draft=draft,
        number=len(comments_of(session, draft)) + 1,
        version_number=version_of(session, draft, remark.version).number,
        easting=easting,
        northing=northing,
        text=text,
        share=share,
        written_as=name if share else deed.by.name,
        written_at=deed.at,
        standing=(CommentStanding.WAITING if share else CommentStanding.OPEN).value,
    )
    session.add(row)
    session.flush()
    record(session, deed, EventKind.DRAFT_COMMENTED, draft.reference, after=comment_facts(row))
    return row


def settle_comment(
    session: WriteSession, deed: Deed, reference: str, number: int, standing: CommentStanding
) -> DraftComment:
    """Show a comment, mark it as done with, open it again, or stop showing it.

    Raises:
        NotFoundError: the draft has no comment of that number.
        InvalidRequestError: nothing goes back to waiting.
        NotAllowedError: it is another organisation's draft.
    """
    hold_lock(session, "audit")
    draft = draft_by_reference(session, deed, reference)
    found = next((each for each in comments_of(session, draft) if each.number == number), None)
    if found is None:
        raise NotFoundError(f"{draft.reference} has no comment {number}: choose one that is listed.")
    if standing is CommentStanding.WAITING:
        raise InvalidRequestError("A comment that was read does not wait again: show it, or stop showing it.")
    before = comment_facts(found)
    found.standing, found.settled_by = standing.value, deed.by.name
    session.flush()
    record(session, deed, EventKind.DRAFT_COMMENT_SETTLED, draft.reference, before=before, after=comment_facts(found))
    return found


def comments_of(session: AnySession, draft: BoundaryDraft) -> Sequence[DraftComment]:
    """Return every comment on a draft, in order of number."""
    chosen = select(DraftComment).where(DraftComment.draft_id == draft.id)
    return session.scalars(chosen.order_by(DraftComment.number)).all()


def comment_facts(row: DraftComment) -> Document:
    """Return what the record keeps of a comment: of its text the hash."""
    return {
        "comment": row.number,
        "version": row.version_number,
        "easting": row.easting,
        "northing": row.northing,
        "text_sha256": hashlib.sha256(row.text.encode()).hexdigest(),
        "share": row.share.number if row.share else None,
        "standing": row.standing,
    }
