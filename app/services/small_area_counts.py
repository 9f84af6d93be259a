"""Counts of adults by output area, imported for a council, from which a drawn area's people are estimated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import InvalidRequestError
from app.models import CountFile, SmallAreaCount
from app.scope import refuse_other_organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsFacts:
    """One table of counts: of which council, from which file, as at which day, and the adults of each area's code."""

    authority_code: str
    name: str
    sha256: str
    as_at: date
    adults: Mapping[str, int]


def import_counts(session: WriteSession, deed: Deed, facts: CountsFacts) -> CountFile:
    """Store a table of adults by output area; the latest one of a council is used from now on.

    Raises:
        InvalidRequestError: the table is empty, or a count is below 0.
        NotAllowedError: another council's.
    """
    refuse_other_organisation(deed, {facts.authority_code}, f"The counts of {facts.authority_code}")
    wrong = [code for code, adults in facts.adults.items() if adults < 0]
    if wrong or not facts.adults:
        what = f"{wrong[0]} has fewer than 0 adults" if wrong else "it holds no count"
        raise InvalidRequestError(f"{facts.name} cannot be used: {what}.")
    row = CountFile(
        authority_code=facts.authority_code,
        name=facts.name,
        sha256=facts.sha256,
        as_at=facts.as_at,
        adults=sum(facts.adults.values()),
        imported_at=deed.at,
    )
    session.add(row)
    session.flush()
    counts = [{"file_id": row.id, "code": code, "adults": adults} for code, adults in facts.adults.items()]
    session.execute(insert(SmallAreaCount), counts)
    after = {"file": row.name, "sha256": row.sha256, "as_at": row.as_at.isoformat(), "areas": len(counts)}
    record(session, deed, EventKind.COUNTS_IMPORTED, facts.authority_code, after={**after, "adults": row.adults})
    return row
