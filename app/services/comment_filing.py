"""Comments on their way on: the summary filed with the plan's case, and everything the examiner is sent."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

from app.audit import Deed
from app.db import ReadSession, WriteSession
from app.document_store import DocumentStore
from app.errors import ConflictError, NotAllowedError, NotFoundError
from app.models import CaseDocument, ConsultationHeld, Plan
from app.queries.consultations import consultations_on
from app.scope import refuse_other_organisation
from app.services.comment_summaries import summary_paper
from app.services.consultations import address_of
from app.services.documents import latest_documents
from app.services.papers import paper_file
from app.services.plan_documents import PlanFile, file_plan_document
from app.services.plan_facts import examination_of
from app.services.plan_parties import acting_as, plan_by_reference
from app.services.representations import unsealed
from referendum.consultations import Consultation
from referendum.errors import StageError
from referendum.stages import Actor

FILED_AS: Mapping[Consultation, Mapping[str, str]] = {
    Consultation.PRE_SUBMISSION: {"consultation-statement": "Hand it in as the consultation statement"},
    Consultation.SUBMISSION: {
        "representations": "File it as the comments for the examiner",
        "representations-summary": "File it as the summary for the referendum",
    },
}
"""As which documents of a plan's case the summary of a consultation may be filed (STEP-2, STEP-7, REF-12)."""
_FOR_EXAMINER = (
    "map",
    "submission-draft",
    "consultation-statement",
    "basic-conditions-statement",
    "environmental-report",
    "order-documents",
    "summary-and-reasons",
    "representations",
)
# One fixed moment in every archive, so that the same papers give the same bytes.
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def file_summary(
    session: WriteSession, deed: Deed, store: DocumentStore, held: ConsultationHeld, filed_as: str
) -> CaseDocument:
    """File the summary of a consultation with the plan's case, as the next version of a document of it.

    Raises:
        NotFoundError: it is no consultation on a plan, or is not filed as that.
        NotAllowedError: another organisation's consultation, or the document is not theirs to file.
        ConflictError: comments wait to be read; or, for the consultation statement, to be answered.

    Source: STEP-2, STEP-7, REF-12.
    """
    refuse_other_organisation(deed, set(held.held_by), f"The consultation on {held.subject}")
    if filed_as not in FILED_AS.get(Consultation(held.kind), {}):
        raise NotFoundError(f"The summary of this consultation is not filed as {filed_as[:40]!r}: use its own buttons.")
    unread = sum(row.passed_at is None for row in held.representations)
    if unread:
        raise ConflictError(f"Read every comment first, and publish or withhold it: {unread} still to be read.")
    unanswered = sum(not row.answer for row in held.representations)
    if filed_as == "consultation-statement" and unanswered:
        raise ConflictError(
            f"A consultation statement says what was done about each comment: {unanswered} still to be answered."
        )
    content = paper_file(summary_paper(session, held))
    sent = PlanFile(
        kind=filed_as, file_name=f"{held.subject}-{filed_as}.pdf", content=content, note="Made from the comments."
    )
    return file_plan_document(session, deed, store, held.subject, sent)


def examiner_bundle(
    session: ReadSession | WriteSession, deed: Deed, store: DocumentStore, reference: str, *, secret: bytes
) -> bytes:
    """Return everything the examiner is sent, as one archive: the papers, and every comment as it came.

    Names and contacts stand in it in the clear, since the examiner is sent each comment; it is made anew each time and
    never stored. A list with the SHA-256 of each file says what is in it.

    Raises:
        NotAllowedError: somebody else than the authority.
        StageError: no examiner is appointed yet.

    Source: STEP-7, Neighbourhood Planning (General) Regulations 2012 regs 17, 24.
    """
    plan = plan_by_reference(session, reference)
    if acting_as(session, deed, plan) is not Actor.AUTHORITY:
        raise NotAllowedError("To send the examiner the papers is for the planning authority.")
    found = examination_of(session, plan)
    if found is None or found.appointed_on is None:
        raise StageError(f"No examiner is appointed for {reference} yet: appoint one first (STEP-6).")
    files = _papers(session, store, plan) | _comments(session, reference, secret)
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    contents = {"plan": reference, "title": plan.title, "examiner": found.examiner, "sha256": listed}
    files["contents.json"] = json.dumps(contents, indent=2, ensure_ascii=False).encode()
    return _archive(files)


def _papers(session: ReadSession | WriteSession, store: DocumentStore, plan: Plan) -> dict[str, bytes]:
    filed = latest_documents(session, plan.reference)
    return {
        f"papers/{kind}-{filed[kind].file_name}": store.get(filed[kind].sha256)
        for kind in _FOR_EXAMINER
        if kind in filed
    }


def _comments(session: ReadSession | WriteSession, reference: str, secret: bytes) -> dict[str, bytes]:
    files = {}
    for held in consultations_on(session, reference):
        name = address_of(held)
        files[f"comments/{name}-summary.pdf"] = paper_file(summary_paper(session, held))
        if held.kind == Consultation.SUBMISSION.value:
            files[f"comments/{name}-as-received.csv"] = _as_received(held, secret)
    return files


def _as_received(held: ConsultationHeld, secret: bytes) -> bytes:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(["number", "received_on", "channel", "name", "contact", "policy", "easting", "northing", "text"])
    for row in held.representations:
        said = unsealed(row, secret=secret)
        place = (row.easting, row.northing)
        table.writerow(
            [row.number, row.received_on, row.channel, said.name, said.contact, row.policy, *place, said.text]
        )
    return file.getvalue().encode()


def _archive(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, date_time=_ZIP_DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
