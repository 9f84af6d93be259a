"""Stored documents as answers: always a file to keep, never a page of this service."""

from urllib.parse import quote

from fastapi.responses import Response

from app.document_store import DocumentStore
from app.models import CaseDocument


def download(store: DocumentStore, document: CaseDocument) -> Response:
    """Return a document as an attachment under its own name, to be taken for nothing but what it is.

    Raises:
        ServiceUnavailableError: its content is missing or changed.
    """
    plain = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in document.file_name)
    name = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(document.file_name, safe='')}"
    headers = {
        "Content-Disposition": name,
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{document.sha256}"',
        "Cache-Control": "public, max-age=3600" if document.is_public else "no-store",
    }
    return Response(store.get(document.sha256), media_type=document.media_type, headers=headers)
