"""Links with which a draft can be read by anyone who has them: made, listed, ended; the secret itself is not kept."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError, NotFoundError, WithdrawnError
from app.models import BoundaryDraft, DraftShare
from app.models.base import Document
from app.services.drafts import draft_by_reference

AnySession = ReadSession | WriteSession
_LONGEST_LABEL = 100
MOST_OPEN = 20
"""How many links to one draft may be open at a time."""


def share_draft(session: WriteSession, deed: Deed, reference: str, *, label: str, token_hash: str) -> DraftShare:
    """Store a link to a draft.

    Args:
        session: the transaction.
        deed: who shares it.
        reference: of the draft.
        label: who the link is for.
        token_hash: SHA-256 of the link's secret part, which only its holder knows.

    Raises:
        InvalidRequestError: it is not said who it is for.
        ConflictError: too many links are open.
        NotAllowedError: it is another organisation's draft.
    """
    hold_lock(session, "audit")
    draft = draft_by_reference(session, deed, reference)
    if not label.strip() or len(label.strip()) > _LONGEST_LABEL:
        raise InvalidRequestError(f"Say who the link is for, in at most {_LONGEST_LABEL} characters.")
    shares = shares_of(session, draft)
    if sum(each.ended_at is None for each in shares) >= MOST_OPEN:
        raise ConflictError(f"{MOST_OPEN} links to this boundary are open: end one that is no longer needed first.")
    share = DraftShare(
        draft=draft,
        number=len(shares) + 1,
        label=label.strip(),
        token_hash=token_hash,
        made_by=deed.by.name,
        made_at=deed.at,
    )
    session.add(share)
    session.flush()
    record(session, deed, EventKind.DRAFT_SHARED, draft.reference, after=share_facts(share))
    return share


def end_share(session: WriteSession, deed: Deed, reference: str, number: int) -> DraftShare:
    """End a link: whoever follows it later is told so; one that has ended already stays ended.

    Raises:
        NotFoundError: the draft has no link of that number.
        NotAllowedError: it is another organisation's draft.
    """
    hold_lock(session, "audit")
    draft = draft_by_reference(session, deed, reference)
    found = next((each for each in shares_of(session, draft) if each.number == number), None)
    if found is None:
        raise NotFoundError(f"{draft.reference} has no link {number}: choose one that is listed.")
    if found.ended_at is None:
        before = share_facts(found)
        found.ended_at = deed.at
        session.flush()
        record(session, deed, EventKind.DRAFT_SHARE_ENDED, draft.reference, before=before, after=share_facts(found))
    return found


def shares_of(session: AnySession, draft: BoundaryDraft) -> Sequence[DraftShare]:
    """Return every link ever made to a draft, oldest first."""
    return session.scalars(select(DraftShare).where(DraftShare.draft_id == draft.id).order_by(DraftShare.number)).all()


def open_share(session: AnySession, token_hash: str) -> DraftShare:
    """Return the link whose secret part has a hash.

    Raises:
        NotFoundError: there was never one.
        WithdrawnError: it was ended.
    """
    found = session.scalars(select(DraftShare).where(DraftShare.token_hash == token_hash)).one_or_none()
    if found is None:
        raise NotFoundError("There is no boundary under this link: copy the whole link, or ask for it again.")
    if found.ended_at is not None:
        raise WithdrawnError("This link was ended by those who shared it: ask them for a new one.")
    return found


def share_count(session: AnySession, draft: BoundaryDraft) -> int:
    """Return how many links to a draft are open."""
    chosen = select(func.count(DraftShare.id)).where(DraftShare.draft_id == draft.id, DraftShare.ended_at.is_(None))
    return session.scalar(chosen) or 0


def share_facts(share: DraftShare) -> Document:
    """Return what the record keeps of a link, without its secret or the hash of it."""
    return {"share": share.number, "label": share.label, "is_open": share.ended_at is None}
