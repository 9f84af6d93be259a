"""Documents of a plan's case: which there are, and who may file each, until when."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.audit import Deed
from app.clock import LONDON
from app.db import WriteSession
from app.document_store import DocumentStore
from app.errors import ConflictError, NotAllowedError, NotFoundError
from app.models import CaseDocument, Plan
from app.services.documents import LARGEST_MB, Filing, file_document
from app.services.plans import acting_as, plan_by_reference
from app.services.publicity import refuse_in_publicity_period
from referendum.needs import Actor, Evidence, Need, need_by_code
from referendum.notices import SpecifiedDocument

SPECIFIED: Mapping[str, SpecifiedDocument] = {
    "referendum-version": SpecifiedDocument.DRAFT,
    "examiner-report": SpecifiedDocument.EXAMINERS_REPORT,
    "representations-summary": SpecifiedDocument.REPRESENTATIONS,
    "conditions-statement": SpecifiedDocument.BASIC_CONDITIONS,
    "general-information": SpecifiedDocument.GENERAL_INFORMATION,
}
"""Under which kind each document published with the information statement is filed (REF-12)."""
OTHER = "other"
NOT_PUBLIC = frozenset({"representations"})
"""What may hold people's names and addresses, so only the authority and the body see it until it is redacted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A file for a plan's case, as it was sent."""

    kind: str
    file_name: str
    content: bytes
    title: str = ""
    note: str = ""


def file_plan_document(
    session: WriteSession,
    deed: Deed,
    store: DocumentStore,
    reference: str,
    sent: PlanFile,
    *,
    largest_mb: int = LARGEST_MB,
) -> CaseDocument:
    """File a document with a plan's case, as the next version of its kind.

    Raises:
        NotFoundError: there is no such kind of document.
        NotAllowedError: the document is not theirs to file.
        ConflictError: the step it belongs to is taken, or the referendum's publicity period runs.
        InvalidRequestError: the file cannot be taken.

    Source: STEP-1, STEP-2, STEP-7, REF-12, REF-21.
    """
    plan = plan_by_reference(session, reference)
    actor = acting_as(session, deed, plan)
    words = document_words(sent.kind)
    need = need_by_code(sent.kind)
    _refuse_other_party(plan, actor, sent.kind, need)
    today = deed.at.astimezone(LONDON).date()
    refuse_in_publicity_period(session, today, f"This document of {reference}", plan=plan)
    filing = Filing(
        subject=reference,
        kind=sent.kind,
        title=sent.title or words[:1].upper() + words[1:],
        file_name=sent.file_name,
        content=sent.content,
        is_public=sent.kind not in NOT_PUBLIC,
        note=sent.note,
    )
    return file_document(session, deed, store, filing, largest_mb=largest_mb)


def document_words(kind: str) -> str:
    """Return what a kind of document is, in words.

    Raises:
        NotFoundError: there is no such kind.
    """
    need = need_by_code(kind)
    if need is not None and need.evidence is Evidence.DOCUMENT:
        return need.text
    if kind in SPECIFIED:
        return SPECIFIED[kind].value
    if kind == OTHER:
        return "another document"
    raise NotFoundError(f"There is no document {kind!r} in a plan's case: take it from the case's own list.")


def _refuse_other_party(plan: Plan, actor: Actor, kind: str, need: Need | None) -> None:
    if actor is Actor.AUTHORITY:
        return
    if kind != OTHER and (need is None or need.by is not Actor.QUALIFYING_BODY):
        raise NotAllowedError(f"{document_words(kind).capitalize()} is for the authority to file.")
    stages = [step.to_stage for step in plan.steps]
    if need is not None and need.stage.value in stages and plan.stage != need.stage.value:
        raise ConflictError(
            f"{need.text.capitalize()} was handed in with an earlier step: ask the council to file a correction."
        )
