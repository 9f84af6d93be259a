"""The information pack of a referendum: the statement and five documents, frozen under one hash when published."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import ReadSession, WriteSession, hold_lock
from app.documents import document_text
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import CaseDocument, InformationPack, Referendum
from app.scope import refuse_other_council
from app.services.boundaries import geometry_hash
from app.services.documents import latest_documents
from app.services.pack_numbers import frozen_number
from app.services.plan_documents import SPECIFIED
from app.services.plans import current_line
from app.services.referendums import referendum_by_reference
from geo.boundary import boundary
from referendum.errors import StageError
from referendum.law import expenses_limit_gbp
from referendum.notices import SpecifiedDocument, StatementItem, statement_findings
from referendum.stages import Stage
from referendum.stages import words as stage_words

SCHEMA = "folkmoot.information-pack/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How a pack is published.

    Attributes:
        published_on: the day on which statement and documents were published: the referendum period begins.
        inspection: where and when they can be inspected, one line each: the website and at least one place.
        entries: entries in the register on that day, from which the expenses limit is worked out (REF-19).
    """

    published_on: date
    inspection: Sequence[str]
    entries: int


def pack_of(session: ReadSession | WriteSession, referendum: Referendum) -> InformationPack | None:
    """Return the pack of a referendum; None while it is not published."""
    return session.scalars(select(InformationPack).where(InformationPack.referendum_id == referendum.id)).one_or_none()


def documents_for_pack(
    session: ReadSession | WriteSession, referendum: Referendum
) -> dict[SpecifiedDocument, CaseDocument]:
    """Return the specified documents that are filed with the plan's case, in their latest version (REF-12)."""
    filed = latest_documents(session, referendum.plan.reference)
    return {document: filed[kind] for kind, document in SPECIFIED.items() if kind in filed}


def what_pack_lacks(session: ReadSession | WriteSession, referendum: Referendum) -> list[str]:
    """Return, in words, the specified documents that are not filed yet. Source: REF-12."""
    filed = documents_for_pack(session, referendum)
    return [document.value for document in SpecifiedDocument if document not in filed]


def last_day_to_publish(referendum: Referendum) -> date | None:
    """Return the last day on which the statement can be published before the poll arranged. Source: REF-9."""
    days = [date.fromisoformat(row["date"]) for row in referendum.timetable.get("rows", ()) if row["rule"] == "REF-9"]
    return min(days, default=None)


def freeze_pack(session: WriteSession, deed: Deed, reference: str, facts: Publication) -> InformationPack:
    """Publish the information statement with its five documents, and keep them as they were first published.

    From then on no document of the pack and no editorial text about the area changes until the poll (REF-21).

    Raises:
        StageError: no referendum is to be held any more.
        ConflictError: it is published already, or a specified document is missing.
        InvalidRequestError: published too late, after today or before the decision, or nowhere to inspect; or another
            number of entries than the one that is frozen.
        NotAllowedError: another council's referendum.

    Source: REF-9, REF-10, REF-11, REF-12, REF-18, REF-19, T-22.
    """
    hold_lock(session, "audit")
    referendum = referendum_by_reference(session, reference)
    refuse_other_council(deed, {referendum.council}, f"The information pack of {reference}")
    if referendum.plan.stage != Stage.REFERENDUM_DUE.value:
        raise StageError(
            f"{reference} is not waiting for its poll: its plan is {stage_words(Stage(referendum.plan.stage))}."
        )
    earlier = pack_of(session, referendum)
    if earlier is not None:
        raise ConflictError(f"The pack of {reference} was published on {earlier.published_on}, and stays as it was.")
    _refuse_wrong_day(deed, referendum, facts.published_on)
    inspection = [line.strip() for line in facts.inspection if line.strip()]
    if len(inspection) < 2:  # noqa: PLR2004 - the website and at least one place (REF-10)
        raise InvalidRequestError("Say where the documents can be inspected: the website, and at least one place.")
    _refuse_other_number(session, referendum, facts.entries)
    documents = documents_for_pack(session, referendum)
    statement = _statement(referendum, facts, inspection)
    lacking = statement_findings(set(StatementItem), set(documents), extended=bool(statement["neighbourhood_area"]))
    if lacking:
        raise ConflictError(f"The pack of {reference} cannot be published yet. {lacking[0].message}")
    manifest = _manifest(referendum, facts, statement, documents)
    pack = InformationPack(
        referendum=referendum,
        published_on=facts.published_on,
        sha256=hashlib.sha256(document_text(manifest).encode()).hexdigest(),
        manifest=manifest,
    )
    session.add(pack)
    session.flush()
    record(session, deed, EventKind.PACK_FROZEN, reference, after=facts_of_pack(pack))
    return pack


def facts_of_pack(pack: InformationPack) -> dict[str, object]:
    """Return what the record keeps of a pack: the hash of its manifest is over everything in it."""
    return {"published_on": pack.published_on.isoformat(), "sha256": pack.sha256}


def _refuse_wrong_day(deed: Deed, referendum: Referendum, day: date) -> None:
    if day > deed.at.astimezone(LONDON).date():
        raise InvalidRequestError(f"A pack is recorded once it is published: {day} is still to come.")
    if day <= referendum.decision_on:
        raise InvalidRequestError(f"The decision was taken on {referendum.decision_on}: publish after it.")
    last = last_day_to_publish(referendum)
    if last is not None and day > last:
        raise InvalidRequestError(
            f"The pack must be published by {last} for a poll on {referendum.poll_date} (REF-9): arrange a later poll."
        )


def _refuse_other_number(session: WriteSession, referendum: Referendum, entries: int) -> None:
    frozen = frozen_number(session, referendum)
    if frozen is not None and frozen.is_whole and entries != frozen.entries:
        raise InvalidRequestError(
            f"The count E0 has {frozen.entries:,} entries, not {entries:,}: publish the number that is frozen (REF-19)."
        )


def _statement(referendum: Referendum, facts: Publication, inspection: Sequence[str]) -> dict[str, Any]:
    """Return everything the statement says; two maps where the referendum area is not the neighbourhood area."""
    area = boundary(current_line(referendum.plan.area, referendum.decision_on))
    voting = boundary(referendum.geometry)
    return {
        "held": True,
        "date": referendum.poll_date.isoformat(),
        "question": referendum.question,
        "referendum_area": {"sha256": geometry_hash(voting), "hectares": f"{voting.area / 10_000:.2f}"},
        "neighbourhood_area": None
        if geometry_hash(area) == geometry_hash(voting)
        else {"sha256": geometry_hash(area), "hectares": f"{area.area / 10_000:.2f}"},
        "who_may_vote": "You may vote if you can vote for councillors here. The address for which you are registered "
        "must be in the referendum area.",
        "expenses": {
            "entries": facts.entries,
            "limit_gbp": str(expenses_limit_gbp(facts.entries, on=facts.published_on)),
        },
        "procedure": "The vote is held in much the same way as local elections.",
        "inspection": list(inspection),
    }


def _manifest(
    referendum: Referendum,
    facts: Publication,
    statement: dict[str, Any],
    documents: Mapping[SpecifiedDocument, CaseDocument],
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "referendum": referendum.reference,
        "plan": referendum.plan.reference,
        "published_on": facts.published_on.isoformat(),
        "statement": statement,
        "documents": [
            {
                "document": name.value,
                "kind": documents[name].kind,
                "version": documents[name].version,
                "file_name": documents[name].file_name,
                "media_type": documents[name].media_type,
                "size_bytes": documents[name].size_bytes,
                "sha256": documents[name].sha256,
            }
            for name in SpecifiedDocument
        ],
    }


def frozen_pack(session: ReadSession | WriteSession, reference: str) -> InformationPack:
    """Return the pack of a referendum as it was published.

    Raises:
        NotFoundError: it is not published.
    """
    found = pack_of(session, referendum_by_reference(session, reference))
    if found is None:
        raise NotFoundError(f"The information pack of {reference} is not published yet.")
    return found


def pack_faults(pack: InformationPack) -> bool:
    """Say whether a pack is no longer what was published: its manifest does not have its own hash."""
    return hashlib.sha256(document_text(pack.manifest).encode()).hexdigest() != pack.sha256
