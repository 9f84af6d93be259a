"""Electorates frozen for ever: counted once for each snapshot, and the same to the byte when counted again."""

import hashlib
import json

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import ReadSession, WriteSession
from app.documents import document_text
from app.electors import electorate_document
from app.errors import ConflictError, InvalidRequestError
from app.models import ElectorateCount, Referendum, Register
from app.scope import refuse_other_council, refuse_other_organisation
from app.services.electorates_counting import count_for, provenance_of
from app.services.referendums import referendum_by_reference
from app.services.registers import register_by_id

PROVISIONAL = "provisional"
SNAPSHOTS = ("E0", "E1", "E2", PROVISIONAL)


def electorate_hash(document: dict[str, object], provenance: dict[str, object] | None) -> str:
    """Return the SHA-256 (hex) of a frozen electorate: of its document, and of its provenance where it has one."""
    text = document_text(document if provenance is None else {"electorate": document, "provenance": provenance})
    return hashlib.sha256(text.encode()).hexdigest()


def freeze_electorate(
    session: WriteSession, deed: Deed, reference: str, *, snapshot: str, register_id: int
) -> ElectorateCount:
    """Count the electors of a referendum and keep the result: E0, E1 and E2 for ever, a provisional one until the next.

    Raises:
        NotFoundError: no such referendum or register.
        InvalidRequestError: an unknown kind of count.
        ConflictError: that electorate is frozen already (REF-19: never recomputed).

    Source: ELEC-16, REF-18, REF-19, T-21.
    """
    referendum = referendum_by_reference(session, reference)
    register = register_by_id(session, register_id)
    refuse_other_council(deed, {referendum.council}, f"The electorate of {reference}")
    refuse_other_organisation(deed, {register.authority_code}, f"Register {register_id}")
    if snapshot not in SNAPSHOTS:
        raise InvalidRequestError(f"There is no electorate “{snapshot[:20]}”: choose one of {', '.join(SNAPSHOTS)}.")
    earlier = frozen_electorate(session, referendum, snapshot)
    if earlier is not None and snapshot != PROVISIONAL:
        raise ConflictError(f"The electorate {snapshot} of {reference} is frozen; it is never counted again (REF-19).")
    before = None if earlier is None else {"sha256": earlier.sha256, "entitled": earlier.entitled}
    if earlier is not None:
        session.delete(earlier)
        session.flush()
    count = _count_row(session, deed, referendum, register, snapshot)
    session.add(count)
    session.flush()
    after = {
        "snapshot": snapshot,
        "register": register.id,
        "entries_in_area": count.entries_in_area,
        "entitled": count.entitled,
        "sha256": count.sha256,
    }
    record(session, deed, EventKind.ELECTORATE_FROZEN, reference, before=before, after=after)
    return count


def frozen_electorate(
    session: ReadSession | WriteSession, referendum: Referendum, snapshot: str
) -> ElectorateCount | None:
    """Return a frozen electorate, or None where it has not been counted."""
    chosen = select(ElectorateCount).where(
        ElectorateCount.referendum_id == referendum.id, ElectorateCount.snapshot == snapshot
    )
    return session.scalars(chosen).one_or_none()


def _count_row(
    session: WriteSession, deed: Deed, referendum: Referendum, register: Register, snapshot: str
) -> ElectorateCount:
    counted = count_for(session, referendum, register)
    document = json.loads(document_text(electorate_document(counted.electorate)))
    provenance = provenance_of(session, referendum, register, counted)
    return ElectorateCount(
        referendum_id=referendum.id,
        register_id=register.id,
        snapshot=snapshot,
        counted_at=deed.at,
        entries_in_area=counted.electorate.in_area,
        entitled=counted.electorate.entitled,
        document=document,
        provenance=provenance,
        sha256=electorate_hash(document, provenance),
    )


def is_same_when_counted_again(
    session: ReadSession | WriteSession, referendum: Referendum, count: ElectorateCount
) -> bool:
    """Count a frozen electorate again from what is stored, and say whether every byte comes out the same.

    Source: ELEC-16.
    """
    register = register_by_id(session, count.register_id)
    upto = None if count.provenance is None else int(count.provenance["placements"]["last"])
    counted = count_for(session, referendum, register, upto=upto)
    document = json.loads(document_text(electorate_document(counted.electorate)))
    provenance = None if count.provenance is None else provenance_of(session, referendum, register, counted)
    return electorate_hash(document, provenance) == count.sha256
