"""The register of local plans and the other documents that authorities adopt into their development plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession, hold_lock
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import Boundary, BoundaryKind, DevelopmentDocument
from app.scope import refuse_other_organisation
from app.services.boundaries import geometry_hash
from app.services.references import Prefix, next_reference
from geo.boundary import boundary
from geo.errors import BoundaryError
from referendum.development_documents import DocumentKind, Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """One document of a development plan.

    Attributes:
        external_reference: the authority's own reference for it.
        kind: what kind of document it is.
        name: its title.
        part_from: the day on which it was adopted, the first on which it was part of the development plan.
        part_until: the first day on which it was no longer part; None while it is.
        ended_by: how it stopped being part; None while it has not.
        adopted_by: who adopted it, where that is not the authority itself.
        address: where it can be read (https://...), or nothing.
        land_bng: the land it covers, EPSG:27700; None for the whole of the authority's area.
    """

    external_reference: str
    kind: DocumentKind
    name: str
    part_from: date
    part_until: date | None = None
    ended_by: Ending | None = None
    adopted_by: str = ""
    address: str = ""
    land_bng: BaseGeometry | None = None


class Change(StrEnum):
    """What recording a document came to."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def document_by_reference(session: ReadSession | WriteSession, reference: str) -> DevelopmentDocument:
    """Return the document of a reference (DD-000123).

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalars(select(DevelopmentDocument).where(DevelopmentDocument.reference == reference)).one_or_none()
    if found is None:
        raise NotFoundError(f"There is no local plan {reference}: check the reference.")
    return found


def record_document(
    session: WriteSession, deed: Deed, authority_code: str, facts: DocumentFacts, *, source: str
) -> tuple[DevelopmentDocument, Change]:
    """Enter a document in an authority's register, or change it where its own reference is there already.

    Args:
        session: the transaction.
        deed: who records it, and when.
        authority_code: the planning authority in whose area it applies.
        facts: the document.
        source: the file it came from, or "entered by hand".

    Raises:
        NotAllowedError: another authority's register.
        NotFoundError: no such planning authority is stored.
        InvalidRequestError: a name, reference or date that cannot be.

    Source: AFTER-1, AFTER-2.
    """
    refuse_other_organisation(deed, {authority_code}, f"The development plan of {authority_code}")
    _refuse_unknown_authority(session, authority_code)
    _refuse_impossible(facts, deed.at.astimezone(LONDON).date())
    hold_lock(session, "audit")
    found = session.scalars(
        select(DevelopmentDocument).where(
            DevelopmentDocument.authority_code == authority_code,
            DevelopmentDocument.external_reference == facts.external_reference,
        )
    ).one_or_none()
    if found is None:
        return _added(session, deed, authority_code, facts, source), Change.ADDED
    before = facts_of_document(found)
    _set(found, facts)
    after = facts_of_document(found)
    if before == after:
        return found, Change.UNCHANGED
    found.source = source
    session.flush()
    record(session, deed, EventKind.LOCAL_PLAN_CHANGED, found.reference, before=before, after=facts_of_document(found))
    return found, Change.CHANGED


def _added(
    session: WriteSession, deed: Deed, authority_code: str, facts: DocumentFacts, source: str
) -> DevelopmentDocument:
    made = DevelopmentDocument(
        reference=next_reference(session, Prefix.DEVELOPMENT_DOCUMENT),
        authority_code=authority_code,
        external_reference=facts.external_reference,
        source=source,
        recorded_at=deed.at,
    )
    _set(made, facts)
    session.add(made)
    session.flush()
    record(session, deed, EventKind.LOCAL_PLAN_RECORDED, made.reference, after=facts_of_document(made))
    return made


def _set(document: DevelopmentDocument, facts: DocumentFacts) -> None:
    document.kind, document.name = facts.kind.value, facts.name.strip()
    document.part_from, document.part_until = facts.part_from, facts.part_until
    document.ended_by = (facts.ended_by or Ending.ENDED).value if facts.part_until is not None else ""
    document.adopted_by, document.address = facts.adopted_by.strip(), facts.address.strip()
    document.geometry = None if facts.land_bng is None else _line(facts.name, facts.land_bng)


def _line(name: str, land_bng: BaseGeometry) -> BaseGeometry:
    try:
        return boundary(land_bng)
    except BoundaryError as problem:
        raise BoundaryError(f"The land of {name}: {problem}") from problem


def facts_of_document(document: DevelopmentDocument) -> dict[str, object]:
    """Return what the record keeps of a document."""
    line = document.geometry
    return {
        "authority_code": document.authority_code,
        "external_reference": document.external_reference,
        "kind": document.kind,
        "name": document.name,
        "adopted_by": document.adopted_by,
        "part_from": document.part_from.isoformat(),
        "part_until": document.part_until.isoformat() if document.part_until else None,
        "ended_by": document.ended_by,
        "address": document.address,
        "geometry_sha256": None if line is None else geometry_hash(boundary(line)),
    }


def _refuse_unknown_authority(session: WriteSession, code: str) -> None:
    stored = select(Boundary.id).where(Boundary.kind == BoundaryKind.AUTHORITY.value, Boundary.code == code).limit(1)
    if session.scalars(stored).first() is None:
        raise NotFoundError(f"There is no planning authority {code[:20]!r} here: import its boundary first.")


def _refuse_impossible(facts: DocumentFacts, today: date) -> None:
    if not facts.name.strip() or not facts.external_reference.strip():
        raise InvalidRequestError("Give every local plan its name and a reference of its own.")
    if facts.part_from > today:
        raise InvalidRequestError(
            f"{facts.name} cannot have been adopted on {facts.part_from}, after today: enter it once it is adopted."
        )
    if facts.part_until is not None and facts.part_until <= facts.part_from:
        raise InvalidRequestError(
            f"{facts.name} cannot have ended on {facts.part_until}, when it was adopted on {facts.part_from}: "
            "correct one of the two days."
        )
    if facts.ended_by is not None and facts.part_until is None:
        raise InvalidRequestError(f"Say on which day {facts.name} ended, or leave out how it ended.")
    if facts.address.strip() and not facts.address.strip().startswith(("https://", "http://")):
        raise InvalidRequestError(f"The address of {facts.name} must begin with https://, so that people can open it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDocuments:
    """What an import came to: how many were added, changed and left as they were."""

    added: int
    changed: int
    unchanged: int


def import_documents(
    session: WriteSession, deed: Deed, authority_code: str, documents: Sequence[DocumentFacts], *, source: str
) -> ImportedDocuments:
    """Record every document of a file in one transaction; those already there and the same are left alone.

    Raises:
        ConflictError: two rows of one reference.
        NotAllowedError, NotFoundError, InvalidRequestError: as `record_document`.

    Source: AFTER-1, AFTER-2.
    """
    seen: set[str] = set()
    counts = dict.fromkeys(Change, 0)
    for facts in documents:
        if facts.external_reference in seen:
            raise ConflictError(f"{source} has two rows of the reference {facts.external_reference}: keep one of them.")
        seen.add(facts.external_reference)
        _, change = record_document(session, deed, authority_code, facts, source=source)
        counts[change] += 1
    return ImportedDocuments(**{change.value: count for change, count in counts.items()})
