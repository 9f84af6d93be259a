"""Who casts a holder's vote in a business referendum: both forms as the officer enters them, and striking out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError, NotFoundError
from app.models import BusinessRegistration
from app.services.business_lists import LONGEST_REASON, business_poll, reason_hash

LONGEST_REFERENCE = 60
ADULT_YEARS = 18
EARLIEST_BIRTH = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationFacts:
    """Both forms of one holder, as the officer enters them; no name.

    Attributes:
        holder: any account of the holder's.
        voter: the officer's own reference of the named voter.
        born_on: kept only as the day of becoming 18, and only where that comes after the poll.
        is_qualifying_citizen: as the officer found.
        polling_place: where the voter votes as a resident, or empty.
        received_at: when the later of the two forms arrived.
        left_on: the day liability ended, if it did.
    """

    holder: str
    voter: str
    born_on: date
    is_qualifying_citizen: bool
    received_at: datetime
    polling_place: str = ""
    left_on: date | None = None


def register_business(
    session: WriteSession, deed: Deed, reference: str, facts: RegistrationFacts
) -> BusinessRegistration:
    """Enter both forms of one holder; whether they carry a vote is worked out, with reasons, and not stored.

    Raises:
        InvalidRequestError: no holder or voter, a reference too long, or a day of birth that no voter has.

    Source: BUS-4, BUS-7, BUS-9, BUS-10.
    """
    referendum = business_poll(session, deed, reference)
    holder, voter = facts.holder.strip(), facts.voter.strip()
    if not 0 < len(holder) <= LONGEST_REFERENCE or not 0 < len(voter) <= LONGEST_REFERENCE:
        raise InvalidRequestError("Give the holder's account and a reference for the named voter, each in a few signs.")
    if not EARLIEST_BIRTH <= facts.born_on <= deed.at.date():
        raise InvalidRequestError(
            f"Nobody who votes was born on {facts.born_on:%d/%m/%Y}: give the day of birth on the voter's form."
        )
    attains = _adult_on(facts.born_on)
    row = BusinessRegistration(
        referendum_id=referendum.id,
        holder=holder,
        voter=voter,
        attains_on=attains if attains > referendum.poll_date else None,
        is_qualifying_citizen=facts.is_qualifying_citizen,
        polling_place=facts.polling_place.strip() or None,
        received_at=facts.received_at,
        left_on=facts.left_on,
        recorded_at=deed.at,
        recorded_by=deed.by.name,
        struck_because=None,
    )
    session.add(row)
    session.flush()
    record(session, deed, EventKind.BUSINESS_REGISTERED, reference, after=registration_facts(row))
    return row


def registration_facts(row: BusinessRegistration) -> dict[str, object]:
    """Return what the record says of a registration: references and dates, no name and no day of birth."""
    return {
        "number": row.id,
        "holder": row.holder,
        "voter": row.voter,
        "is_qualifying_citizen": row.is_qualifying_citizen,
        "received_at": row.received_at.astimezone(UTC).isoformat(),
        "left_on": None if row.left_on is None else row.left_on.isoformat(),
    }


def _adult_on(born_on: date) -> date:
    """Return the day of becoming 18; one born on 29 February does so on 1 March."""
    try:
        return born_on.replace(year=born_on.year + ADULT_YEARS)
    except ValueError:
        return date(born_on.year + ADULT_YEARS, 3, 1)


def strike_registration(
    session: WriteSession, deed: Deed, reference: str, *, number: int, reason: str
) -> BusinessRegistration:
    """Strike a registration out for a reason; it stays, and carries no vote.

    Raises:
        NotFoundError: no such registration.
        ConflictError: it is struck out already.
        InvalidRequestError: no reason.
    """
    referendum = business_poll(session, deed, reference)
    row = session.get(BusinessRegistration, number)
    if row is None or row.referendum_id != referendum.id:
        raise NotFoundError(f"There is no registration {number} for {reference}.")
    if row.struck_because is not None:
        raise ConflictError(f"Registration {number} is struck out already.")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise InvalidRequestError(f"Say why, in up to {LONGEST_REASON} characters.")
    row.struck_because = reason.strip()
    session.flush()
    after = {"number": number, "struck_because": reason_hash(row.struck_because)}
    record(session, deed, EventKind.BUSINESS_STRUCK, reference, after=after)
    return row
