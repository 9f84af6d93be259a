"""Documents of a case: filed under the hash of their content, every version kept, each filing on the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession, hold_lock
from app.document_store import DocumentStore
from app.errors import InvalidRequestError, NotFoundError
from app.file_kinds import check_file
from app.models import CaseDocument

LARGEST_MB = 25
"""The largest file taken where the settings say nothing else, megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A file to keep with a case.

    Attributes:
        subject: reference of the plan, area, referendum or representation it belongs to.
        kind: which document of the case it is; a file of the same kind becomes its next version.
        title: what people call it.
        file_name: the name it was sent under.
        content: all of it.
        is_public: whether anyone may have it.
        note: what to know about this version.
    """

    subject: str
    kind: str
    title: str
    file_name: str
    content: bytes
    is_public: bool = True
    note: str = ""


def file_document(
    session: WriteSession, deed: Deed, store: DocumentStore, filing: Filing, *, largest_mb: int = LARGEST_MB
) -> CaseDocument:
    """Keep a file with a case, as the next version of its kind; whose business the case is, the caller has checked.

    Raises:
        InvalidRequestError: no name, empty, too large, or of a kind that is not taken.
    """
    name = _own_name(filing.file_name)
    kind = check_file(name, filing.content, largest_mb=largest_mb)
    hold_lock(session, "audit")
    earlier = versions_of(session, filing.subject, filing.kind)
    sha256 = store.put(filing.content)
    document = CaseDocument(
        subject=filing.subject,
        kind=filing.kind,
        version=len(earlier) + 1,
        title=filing.title.strip()[:200] or name,
        file_name=name,
        media_type=kind.media_type,
        size_bytes=len(filing.content),
        sha256=sha256,
        is_public=filing.is_public,
        note=filing.note.strip(),
        added_at=deed.at,
        added_by=deed.by.name,
    )
    session.add(document)
    session.flush()
    before = {"version": earlier[-1].version, "sha256": earlier[-1].sha256} if earlier else None
    record(session, deed, EventKind.DOCUMENT_FILED, filing.subject, before=before, after=facts_of(document))
    return document


def facts_of(document: CaseDocument) -> dict[str, object]:
    """Return what the record keeps of a document."""
    return {
        "kind": document.kind,
        "version": document.version,
        "title": document.title,
        "file_name": document.file_name,
        "media_type": document.media_type,
        "size_bytes": document.size_bytes,
        "sha256": document.sha256,
        "is_public": document.is_public,
    }


def _own_name(sent: str) -> str:
    # Only the last part of the name is taken, whatever a browser or a program put before it.
    name = PurePosixPath(sent.replace("\\", "/")).name.strip()
    if not name or name in {".", ".."} or not name.isprintable():
        raise InvalidRequestError("Choose a file that has a name, such as draft-plan.pdf.")
    return name[-200:]


def versions_of(session: ReadSession | WriteSession, subject: str, kind: str) -> Sequence[CaseDocument]:
    """Return every version of one document of a case, oldest first."""
    chosen = select(CaseDocument).where(CaseDocument.subject == subject, CaseDocument.kind == kind)
    return session.scalars(chosen.order_by(CaseDocument.version)).all()


def documents_of(session: ReadSession | WriteSession, subject: str) -> Sequence[CaseDocument]:
    """Return every version of every document of a case, by kind, oldest first."""
    chosen = select(CaseDocument).where(CaseDocument.subject == subject)
    return session.scalars(chosen.order_by(CaseDocument.kind, CaseDocument.version)).all()


def latest_documents(session: ReadSession | WriteSession, subject: str) -> dict[str, CaseDocument]:
    """Return the latest version of each document of a case, by kind."""
    return {document.kind: document for document in documents_of(session, subject)}


def document_by_id(session: ReadSession | WriteSession, document_id: int) -> CaseDocument:
    """Return one version of one document.

    Raises:
        NotFoundError: there is none of that number.
    """
    found = session.get(CaseDocument, document_id)
    if found is None:
        raise NotFoundError(f"There is no document {document_id}: go back to the page that named it.")
    return found


def public_document(session: ReadSession, sha256: str) -> CaseDocument:
    """Return a public document by the hash of its content.

    Raises:
        NotFoundError: there is none, or none that is public.
    """
    chosen = select(CaseDocument).where(CaseDocument.sha256 == sha256, CaseDocument.is_public.is_(True))
    found = session.scalars(chosen.order_by(CaseDocument.id).limit(1)).first()
    if found is None:
        raise NotFoundError("There is no public document of that address: it may have been mistyped.")
    return found
