"""A draft becomes an application: once, with every part it needs, and with its map on file."""

import hashlib

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import WriteSession, hold_lock
from app.document_store import DocumentStore
from app.errors import ConflictError, InvalidRequestError
from app.models import DraftSubmission
from app.models.base import Document
from app.reports.area_map_pdf import MapFacts
from app.services.areas import ApplicationFacts, apply_for_area
from app.services.documents import Filing, file_document
from app.services.draft_cases import DraftCase, case_of, line_of
from app.services.draft_closing import submission_of
from app.services.draft_maps import map_pdf
from app.services.draft_parts import Part, PartState, applicant_of, body_statement, field_of, map_choice
from app.services.drafts import draft_by_reference


class MissingPartsError(InvalidRequestError):
    """An application cannot be made without the parts named.

    Attributes:
        parts: those that are missing, in the order in which they are asked for.
    """

    def __init__(self, parts: list[PartState]) -> None:
        names = ", ".join(each.title.lower() for each in parts)
        super().__init__(f"The application is not complete: finish {names} (AREA-6).")
        self.parts = parts


def submit_draft(
    session: WriteSession, deed: Deed, store: DocumentStore, reference: str, *, version: int
) -> DraftSubmission:
    """Make an application of a draft, and close it; one that was made already is returned, and nothing is changed.

    Args:
        session: the transaction.
        deed: who submits it, and when; that is the day it is received.
        store: where its map is kept.
        reference: of the draft.
        version: the version that whoever submits it has checked.

    Raises:
        MissingPartsError: a part is missing.
        ConflictError: a newer version was saved since.
        NotAllowedError: it is another organisation's, or another body applies.

    Source: AREA-1, AREA-2, AREA-6.
    """
    hold_lock(session, "audit")
    draft = draft_by_reference(session, deed, reference)
    made = submission_of(session, draft)
    if made is not None:
        return made
    case = case_of(session, draft, deed.at.astimezone(LONDON).date())
    if case.version.number != version:
        raise ConflictError(
            f"{case.version.saved_by} has saved version {case.version.number} since you checked version {version}: "
            "look at the newer line and check your answers again."
        )
    if case.missing:
        raise MissingPartsError(case.missing)
    return _submitted(session, deed, store, case)


def _submitted(session: WriteSession, deed: Deed, store: DocumentStore, case: DraftCase) -> DraftSubmission:
    pdf, scale = _map(session, deed, case)
    facts = _facts(case, deed, map_scale=scale, map_sha256=hashlib.sha256(pdf).hexdigest())
    area = apply_for_area(session, deed, facts, line_of(case.version))
    filing = Filing(
        subject=area.reference,
        kind="application-map",
        title=f"Map of {area.name} as applied for",
        file_name=f"{area.reference}-map.pdf",
        content=pdf,
    )
    file_document(session, deed, store, filing)
    submission = DraftSubmission(
        draft=case.draft,
        area=area,
        version_number=case.version.number,
        submitted_by=deed.by.name,
        submitted_at=deed.at,
    )
    session.add(submission)
    session.flush()
    record(session, deed, EventKind.DRAFT_SUBMITTED, case.draft.reference, after=submission_facts(submission))
    return submission


def _map(session: WriteSession, deed: Deed, case: DraftCase) -> tuple[bytes, int]:
    west, south, east, north = case.version.geometry.bounds
    paper, scale = map_choice(case.answers, (west, south, east, north))
    facts = MapFacts(
        title=f"{field_of(case.answers, Part.NAME, 'name')} neighbourhood area",
        by=field_of(case.answers, Part.BODY, "applicant_name"),
        at=deed.at,
    )
    on = deed.at.astimezone(LONDON).date()
    return map_pdf(session, case.version.geometry, facts, on=on, paper=paper, scale=scale), scale


def _facts(case: DraftCase, deed: Deed, *, map_scale: int, map_sha256: str) -> ApplicationFacts:
    applicant = applicant_of(case.answers)
    if applicant is None:
        raise MissingPartsError([each for each in case.parts if each.part is Part.BODY])
    return ApplicationFacts(
        name=field_of(case.answers, Part.NAME, "name"),
        applicant=applicant,
        applicant_name=field_of(case.answers, Part.BODY, "applicant_name"),
        statement=field_of(case.answers, Part.STATEMENT, "statement"),
        body_statement=body_statement(case.answers, case.parts),
        received_on=deed.at.astimezone(LONDON).date(),
        map_scale=map_scale,
        map_sha256=map_sha256,
    )


def submission_facts(submission: DraftSubmission) -> Document:
    """Return what the record keeps of it: the application's reference and the version applied for."""
    return {"area": submission.area.reference, "version": submission.version_number}
