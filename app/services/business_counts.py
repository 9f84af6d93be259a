"""The counts of the business voting register, frozen for ever, and the expenses limit that follows from them."""

import hashlib
import json
from decimal import Decimal

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.documents import document_text
from app.errors import ConflictError, InvalidRequestError
from app.models import BusinessCount, Referendum
from app.services.business_lists import AnySession, business_poll
from app.services.business_standing import business_document, business_standing
from app.services.electorates import frozen_electorate
from referendum.law import expenses_limit_gbp


def freeze_business(session: WriteSession, deed: Deed, reference: str, *, snapshot: str) -> BusinessCount:
    """Keep the counts of the business register for ever: E0 for the expenses limit, E2 for the poll.

    Raises:
        ConflictError: no list was sent, or that count is frozen already (REF-19).
        InvalidRequestError: another snapshot.

    Source: ELEC-16, REF-18, BUS-3.
    """
    referendum = business_poll(session, deed, reference)
    standing = business_standing(session, referendum, deed.at)
    if snapshot not in {"E0", "E2"}:
        raise InvalidRequestError("Choose E0 (expenses) or E2 (the poll).")
    if standing is None:
        raise ConflictError("No list of ratepayers was sent yet: send it first.")
    if frozen_business(session, referendum, snapshot) is not None:
        raise ConflictError(f"The business count {snapshot} of {reference} is frozen; it is never counted again.")
    document: dict[str, object] = json.loads(document_text(business_document(referendum, standing)))
    count = BusinessCount(
        referendum_id=referendum.id,
        list_id=standing.listed.id,
        snapshot=snapshot,
        counted_at=deed.at,
        holders=standing.register.holders,
        entries=len(standing.register.entries),
        document=document,
        sha256=hashlib.sha256(document_text(document).encode()).hexdigest(),
    )
    session.add(count)
    session.flush()
    after = {"snapshot": snapshot, "holders": count.holders, "entries": count.entries, "sha256": count.sha256}
    record(session, deed, EventKind.BUSINESS_FROZEN, reference, after=after)
    return count


def frozen_business(session: AnySession, referendum: Referendum, snapshot: str) -> BusinessCount | None:
    """Return a frozen count of the business register, or None."""
    chosen = select(BusinessCount).where(
        BusinessCount.referendum_id == referendum.id, BusinessCount.snapshot == snapshot
    )
    return session.scalars(chosen).one_or_none()


def whole_expenses_limit(session: AnySession, referendum: Referendum) -> Decimal | None:
    """Return the expenses limit from both frozen E0 counts; None while one that is needed is not frozen.

    Source: REF-18, Neighbourhood Planning (Referendums) Regulations 2012 reg 6(1).
    """
    residents = frozen_electorate(session, referendum, "E0")
    if residents is None:
        return None
    entries = residents.entries_in_area - int(residents.document["not_entitled"]["overseas"])
    if not referendum.has_business_poll:
        return expenses_limit_gbp(entries)
    business = frozen_business(session, referendum, "E0")
    return None if business is None else expenses_limit_gbp(entries + business.holders)
