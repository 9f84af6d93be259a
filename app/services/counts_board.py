"""The count board: nothing stands on it before an officer released it, and never votes by polling station (COUNT-5)."""

from enum import StrEnum

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import ConflictError
from app.models import CountRelease, Referendum
from app.queries.counts import portions_of
from app.scope import refuse_other_council
from app.services.counts import held_referendum


class ReleaseKind(StrEnum):
    """What can be released."""

    VERIFICATION = "verification"
    RESULT = "result"


def release(session: WriteSession, deed: Deed, reference: str, kind: ReleaseKind) -> CountRelease:
    """Release to the count board the papers verified in every part, or the result once it is declared.

    Raises:
        NotFoundError: there is no such referendum.
        NotAllowedError: by an officer of another council than the one that leads.
        ConflictError: there is nothing of the kind to release yet.

    Source: COUNT-4, COUNT-5, COUNT-14, COUNT-15.
    """
    referendum = held_referendum(session, reference)
    refuse_other_council(deed, {referendum.council}, f"The count board of {reference}")
    document = _verification(referendum) if kind is ReleaseKind.VERIFICATION else _result(referendum)
    last = referendum.releases[-1] if referendum.releases else None
    if last is not None and (last.kind, last.document) == (kind.value, document):
        return last
    row = CountRelease(
        number=len(referendum.releases) + 1, kind=kind.value, document=document, by=deed.by.name, at=deed.at
    )
    referendum.releases.append(row)
    session.flush()
    after = {"number": row.number, "kind": kind.value, "document": document}
    record(session, deed, EventKind.COUNT_RELEASED, reference, after=after)
    return row


def _verification(referendum: Referendum) -> dict[str, object]:
    everyone = portions_of(referendum)
    waiting = [stands.row.council for stands in everyone if not stands.is_verified]
    if waiting or not everyone:
        whom = " and ".join(dict.fromkeys(waiting)) or "any council"
        raise ConflictError(f"The papers of {whom} are not verified yet: release the verification when all are.")
    statements = [stands.row.statement.document for stands in everyone if stands.row.statement is not None]
    return {"statements": [_shown(document) for document in statements]}


def _shown(statement: dict[str, object]) -> dict[str, object]:
    """Return what a board shows of a statement: totals of papers, nothing by station."""
    shown = {name: statement[name] for name in ("poll", "council", "electorate", "total_verified")}
    sessions, stations = statement["postal_sessions"], statement["stations"]
    postal = sum(sessions) if isinstance(sessions, list) else 0
    return shown | {"postal": postal, "stations": len(stations) if isinstance(stations, list) else 0}


def _result(referendum: Referendum) -> dict[str, object]:
    if referendum.declaration is None:
        raise ConflictError("The result is not declared yet: only a declared result can be released (COUNT-14).")
    return dict(referendum.declaration.result)
