"""Past declarations taken in as they were published: sums that fail are shown, and nothing is corrected."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import WriteSession, hold_lock
from app.models import PublishedDeclaration
from referendum.published_results import PublishedStatus, published_document, read_published_results
from referendum.verify import canonical_hash

LONGEST_AREA_NAME = 500
_WHERE_IT_STOOD = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedResults:
    """What came of a file of past declarations.

    Attributes:
        added: the declarations stored now, as documents, in the order of the file.
        known: how many were stored already, to the letter.
        by_status: how many of the added ones add up, are incomplete, or are published with a discrepancy.
    """

    added: tuple[dict[str, object], ...]
    known: int
    by_status: dict[str, int]


def import_published_results(session: WriteSession, deed: Deed, content: bytes, *, file: str) -> ImportedResults:
    """Store every declaration of a CSV file as published, in one transaction; the same one is stored once.

    Args:
        session: the transaction.
        deed: who imports, and when.
        content: the bytes of the file.
        file: its name, for the record.

    Raises:
        CountFileError: a heading or a cell that cannot be read, by line and column; nothing is stored.

    Source: COUNT-8, COUNT-16, COUNT-17; traps T-29, T-30, T-45.
    """
    results = read_published_results(content)
    hold_lock(session, "audit")
    stored = set(session.scalars(select(PublishedDeclaration.sha256)))
    added: list[dict[str, object]] = []
    for result in results:
        document = published_document(result)
        published = {key: value for key, value in document.items() if key not in {_WHERE_IT_STOOD, "findings"}}
        sha256 = canonical_hash(published)
        if sha256 in stored:
            continue
        stored.add(sha256)
        added.append(document)
        session.add(
            PublishedDeclaration(
                area=result.area[:LONGEST_AREA_NAME],
                poll_date=result.poll_date,
                status=result.status.value,
                sha256=sha256,
                document=document,
                file=file[-200:],
                imported_at=deed.at,
            )
        )
    session.flush()
    counts = Counter(str(document["status"]) for document in added)
    by_status = {status.value: counts[status.value] for status in PublishedStatus}
    imported = ImportedResults(added=tuple(added), known=len(results) - len(added), by_status=by_status)
    after = {"added": len(added), "known": imported.known, "by_status": by_status}
    record(session, deed, EventKind.PUBLISHED_RESULTS_IMPORTED, file, after=after)
    return imported
