"""Answers to the parts of an application: kept as they were typed, until it is submitted."""

from collections.abc import Mapping

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession, hold_lock
from app.errors import InvalidRequestError
from app.models import BoundaryDraft, DraftAnswer
from app.models.base import Document
from app.services.draft_closing import refuse_submitted
from app.services.draft_parts import FIELDS, Answers, Part
from app.services.drafts import draft_by_reference

AnySession = ReadSession | WriteSession


def answers_of(session: AnySession, draft: BoundaryDraft) -> Answers:
    """Return what was typed of each part so far."""
    rows = session.scalars(select(DraftAnswer).where(DraftAnswer.draft_id == draft.id))
    return {Part(row.part): row.typed for row in rows}


def save_answer(session: WriteSession, deed: Deed, reference: str, part: Part, typed: Mapping[str, str]) -> DraftAnswer:
    """Keep what was typed of a part, complete or not.

    Raises:
        InvalidRequestError: a text is longer than is kept.
        ConflictError: the draft was submitted.
        NotAllowedError: it is another organisation's.
    """
    hold_lock(session, "audit")
    draft = draft_by_reference(session, deed, reference)
    refuse_submitted(session, draft)
    kept = {field: typed.get(field, "") for field in FIELDS[part]}
    for field, longest in FIELDS[part].items():
        if len(kept[field]) > longest:
            raise InvalidRequestError(f"That is longer than {longest:,} characters: shorten it.")
    chosen = select(DraftAnswer).where(DraftAnswer.draft_id == draft.id, DraftAnswer.part == part.value)
    answer = session.scalars(chosen).one_or_none()
    before = None if answer is None else answer_facts(answer)
    if answer is None:
        answer = DraftAnswer(draft_id=draft.id, part=part.value)
        session.add(answer)
    answer.typed, answer.saved_by, answer.saved_at = kept, deed.by.name, deed.at
    session.flush()
    record(session, deed, EventKind.DRAFT_ANSWERED, draft.reference, before=before, after=answer_facts(answer))
    return answer


def answer_facts(answer: DraftAnswer) -> Document:
    """Return what the record keeps of an answer."""
    return {"part": answer.part, "typed": answer.typed}
