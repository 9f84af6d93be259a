"""Consents of other councils: recorded with their minute, and used up by the one change that needed them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.audit import Deed, EventKind, record
from app.clock import LONDON
from app.db import WriteSession
from app.errors import ConflictError, InvalidRequestError
from app.models import AreaConsent, ConsentPurpose, NeighbourhoodArea
from app.queries.consents import authorities_of_area
from app.scope import refuse_other_organisation

PURPOSE_WORDS = {
    ConsentPurpose.ACT: "to act for its parish",
    ConsentPurpose.MODIFY: "to the change of an area in its parish",
    ConsentPurpose.AGREE: "as another planning authority",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFacts:
    """A council's consent: what it allows, whose it is (code of the parish or authority), when, and the minute."""

    purpose: ConsentPurpose
    body_code: str
    given_on: date
    minute: str


def record_consent(session: WriteSession, deed: Deed, area: NeighbourhoodArea, facts: ConsentFacts) -> AreaConsent:
    """Record a council's consent in the case of an area.

    A planning authority's agreement is recorded by that authority itself; a parish council's by an authority the
    area falls in, which has seen the minute, or by the council.

    Raises:
        InvalidRequestError: no minute, or a day to come.
        ConflictError: the same consent is recorded already.
        NotAllowedError: it is another organisation's business.

    Source: AREA-5, AREA-16, AREA-20.
    """
    if facts.purpose is ConsentPurpose.AGREE:
        theirs = {facts.body_code}
    else:
        theirs = {facts.body_code} | {code for code, _ in authorities_of_area(session, area)}
    refuse_other_organisation(deed, theirs, f"A consent in the case of {area.reference}")
    _refuse_doubtful(deed, facts)
    if _same(session, area, facts):
        raise ConflictError(f"The consent of {facts.body_code} of {facts.given_on} is recorded already.")
    consent = AreaConsent(
        area=area,
        purpose=facts.purpose.value,
        body_code=facts.body_code.strip(),
        given_on=facts.given_on,
        minute=facts.minute.strip(),
        recorded_at=deed.at,
    )
    session.add(consent)
    session.flush()
    record(session, deed, EventKind.AREA_CONSENT_RECORDED, area.reference, after=consent_name(consent))
    return consent


def _refuse_doubtful(deed: Deed, facts: ConsentFacts) -> None:
    if not facts.body_code.strip():
        raise InvalidRequestError("Say whose consent it is: the code of the parish or of the planning authority.")
    if not facts.minute.strip():
        raise InvalidRequestError("Give the number of the minute: a consent that nobody can look up proves nothing.")
    today = deed.at.astimezone(LONDON).date()
    if facts.given_on > today:
        raise InvalidRequestError(f"A consent cannot be dated after today, {today}: enter the day of the meeting.")


def _same(session: WriteSession, area: NeighbourhoodArea, facts: ConsentFacts) -> bool:
    statement = select(AreaConsent.id).where(
        AreaConsent.area_id == area.id,
        AreaConsent.purpose == facts.purpose.value,
        AreaConsent.body_code == facts.body_code.strip(),
        AreaConsent.given_on == facts.given_on,
        AreaConsent.minute == facts.minute.strip(),
    )
    return session.scalars(statement).first() is not None


def consent_name(consent: AreaConsent) -> dict[str, object]:
    """Return the four facts by which the record tells one consent in a case from another."""
    return {
        "purpose": consent.purpose,
        "body_code": consent.body_code,
        "given_on": consent.given_on.isoformat(),
        "minute": consent.minute,
    }


def use_consents(
    session: WriteSession,
    area: NeighbourhoodArea,
    purpose: ConsentPurpose,
    bodies: Iterable[tuple[str, str]],
    *,
    on: date,
) -> list[dict[str, object]]:
    """Use up one consent of each body for a change on a day, and return those used as the record names them.

    Args:
        session: the transaction.
        area: the area in whose case the consents are recorded.
        purpose: what they must allow.
        bodies: code and name of each body whose consent is needed.
        on: the day of the change; a consent given after it does not count.

    Raises:
        ConflictError: naming the bodies whose consent is missing.

    Source: AREA-16, AREA-20.
    """
    wanted = list(bodies)
    if not wanted:
        return []
    given = session.scalars(
        select(AreaConsent)
        .where(AreaConsent.area_id == area.id, AreaConsent.purpose == purpose.value, AreaConsent.used_on.is_(None))
        .where(AreaConsent.given_on <= on)
        .order_by(AreaConsent.id)
    )
    by_body: dict[str, AreaConsent] = {}
    for consent in given:
        by_body.setdefault(consent.body_code, consent)
    missing = [f"{name} ({code})" for code, name in wanted if code not in by_body]
    if missing:
        rule = "AREA-20" if purpose is ConsentPurpose.AGREE else "AREA-16"
        raise ConflictError(
            f"The consent of {', '.join(missing)} {PURPOSE_WORDS[purpose]} is not on record in the case of "
            f"{area.reference}, given on or before {on}: record it first ({rule})."
        )
    used = [by_body[code] for code, _ in wanted]
    for consent in used:
        consent.used_on = on
    return [{"area": area.reference} | consent_name(consent) for consent in used]
