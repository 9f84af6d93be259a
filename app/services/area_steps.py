"""What happens to an application before it is decided: completed, publicised, or taken back."""

from dataclasses import dataclass
from datetime import date

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import InvalidRequestError
from app.models import AreaStatus, NeighbourhoodArea
from app.scope import refuse_other_organisation
from app.services.areas import area_by_reference, authorities_of, open_application, parts_of, refuse_other_applicant
from app.services.consultations import Opening, open_consultation
from referendum.clocks import Clock, deadline, is_kept
from referendum.consultations import Consultation
from referendum.errors import StageError

_LARGEST_SCALE, _SMALLEST_SCALE = 100, 250_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsFacts:
    """Parts of an application that came after it; None leaves one as it is."""

    body_statement: str | None = None
    map_scale: int | None = None
    map_sha256: str | None = None


def record_parts(session: WriteSession, deed: Deed, reference: str, facts: PartsFacts) -> NeighbourhoodArea:
    """Record parts of an application that were missing: its map at scale, or what kind of body applies.

    Raises:
        StageError: there is no open application.
        InvalidRequestError: a scale that no map has.
        NotAllowedError: it is another body's application.

    Source: AREA-6.
    """
    area = area_by_reference(session, reference)
    application = open_application(area)
    refuse_other_applicant(deed, application)
    if facts.map_scale is not None and not _LARGEST_SCALE <= facts.map_scale <= _SMALLEST_SCALE:
        raise InvalidRequestError(
            f"A map at 1 to {facts.map_scale:,} cannot show the line of an area: give a scale from 1 to "
            f"{_LARGEST_SCALE:,} to 1 to {_SMALLEST_SCALE:,}."
        )
    before = parts_of(application)
    for name in before:
        value = getattr(facts, name)
        if value is not None:
            setattr(application, name, value)
    session.flush()
    after = parts_of(application)
    record(session, deed, EventKind.AREA_PARTS_RECORDED, reference, before=before, after=after)
    return area


def withdraw_application(
    session: WriteSession, deed: Deed, reference: str, *, withdrawn_on: date, reason: str
) -> NeighbourhoodArea:
    """Take an application back before it is decided, for the body that made it; its reference is never used again.

    Raises:
        StageError: there is no open application.
        InvalidRequestError: no reason, or a day before it was received.
        NotAllowedError: it is another body's application.

    Source: AREA-1 (an area is designated only on an application). Unverified: no text speaks of withdrawal.
    """
    area = area_by_reference(session, reference)
    application = open_application(area)
    refuse_other_applicant(deed, application)
    if withdrawn_on < application.received_on:
        raise InvalidRequestError(
            f"{reference} cannot have been withdrawn on {withdrawn_on}: it was received on {application.received_on}."
        )
    if not reason.strip():
        raise InvalidRequestError("Say why the application is taken back: whoever follows an old link is told.")
    before = {"status": area.status}
    area.status = AreaStatus.WITHDRAWN.value
    application.withdrawn_on, application.withdrawn_because = withdrawn_on, reason.strip()
    session.flush()
    after = {"status": area.status, "withdrawn_on": withdrawn_on.isoformat(), "reason": application.withdrawn_because}
    record(session, deed, EventKind.AREA_WITHDRAWN, reference, before=before, after=after)
    return area


def publicise_application(
    session: WriteSession, deed: Deed, reference: str, *, publicised_on: date, closes_on: date
) -> NeighbourhoodArea:
    """Record when the application was first publicised and when representations close, and open it to them.

    Raises:
        InvalidRequestError: publicised before it was received, or closing earlier than the law allows.
        StageError: the application is not open, or is already publicised.

    Source: AREA-11, AREA-12.
    """
    area = area_by_reference(session, reference)
    application = open_application(area)
    if application.publicised_on is not None:
        raise StageError(f"{reference} was already first publicised on {application.publicised_on}.")
    if publicised_on < application.received_on:
        raise InvalidRequestError(
            f"{reference} cannot have been publicised on {publicised_on}: it was received on {application.received_on}."
        )
    least = deadline(Clock.AREA_COMMENTS, publicised_on)
    if least is not None and not is_kept(least, closes_on):
        raise InvalidRequestError(
            f"Representations on {reference} may not close on {closes_on}: at least six weeks from {publicised_on} "
            f"means {least.day} or later (AREA-12)."
        )
    refuse_other_organisation(deed, authorities_of(application), f"Publicising {reference}")
    application.publicised_on, application.closes_on = publicised_on, closes_on
    after = {"publicised_on": publicised_on.isoformat(), "closes_on": closes_on.isoformat()}
    record(session, deed, EventKind.AREA_PUBLICISED, reference, after=after)
    opening = Opening(
        subject=reference,
        kind=Consultation.AREA,
        title=f"{area.name} neighbourhood area",
        opens_on=publicised_on,
        closes_on=closes_on,
        held_by=sorted(authorities_of(application)),
    )
    open_consultation(session, deed, opening)
    return area
