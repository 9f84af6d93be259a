"""Whether a draft became an application: it is closed from then on, and leads there."""

from sqlalchemy import select

from app.db import ReadSession, WriteSession
from app.errors import ConflictError
from app.models import BoundaryDraft, DraftSubmission, NeighbourhoodArea

AnySession = ReadSession | WriteSession


def submission_of(session: AnySession, draft: BoundaryDraft) -> DraftSubmission | None:
    """Return the application that a draft became; None while it is still a draft."""
    return session.scalars(select(DraftSubmission).where(DraftSubmission.draft_id == draft.id)).one_or_none()


def refuse_submitted(session: AnySession, draft: BoundaryDraft) -> None:
    """Refuse to change a draft that became an application.

    Raises:
        ConflictError: it did.
    """
    found = submission_of(session, draft)
    if found is not None:
        raise ConflictError(
            f"{draft.reference} was submitted as the application {found.area.reference} and is closed: "
            "begin a new boundary to apply for another."
        )


def submitted_drafts(session: AnySession) -> dict[str, str]:
    """Return the reference of the application that each submitted draft became, by the draft's."""
    chosen = select(BoundaryDraft.reference, NeighbourhoodArea.reference).select_from(DraftSubmission)
    rows = session.execute(chosen.join(DraftSubmission.draft).join(DraftSubmission.area)).all()
    return {row[0]: row[1] for row in rows}
