"""What is signed: the figures of the whole count by two people, and the declaration of the result by one."""

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import ConflictError, NotAllowedError
from app.models import CountRound, CountSignOff, Declaration, Referendum
from app.queries.counts import latest_round
from app.roles import Role
from app.scope import refuse_other_council
from app.services.counts import held_referendum, open_referendum, readable, refuse_other_count, refuse_stale
from app.services.development_plan import apply_outcome
from referendum.verify import canonical_hash

SIGNATURES_NEEDED = 2
LONGEST_REASON = 500
_MAY_BE_REASONED = "COUNT-16"


def sign_count(session: WriteSession, deed: Deed, reference: str, *, round_number: int | None = None) -> CountSignOff:
    """Sign the figures of the latest round of the whole count; one person signs once, and two are needed.

    Args:
        session: the transaction.
        deed: who signs, freshly signed in with a second factor, and when.
        reference: the referendum.
        round_number: the round that the signer saw.

    Raises:
        ConflictError: there is no whole count yet, or another round than the signer saw.
        StageError: the result is declared.
        NotAllowedError: an officer of a council that counts no part of it.

    Source: COUNT-14, COUNT-15.
    """
    referendum = open_referendum(session, reference)
    refuse_other_count(deed, referendum)
    latest = _latest(referendum, round_number)
    signed = next((one for one in signatures_of(referendum, latest) if one.name == deed.by.name), None)
    if signed is not None:
        return signed
    row = CountSignOff(
        round_number=latest.number,
        name=deed.by.name,
        role=deed.by.role,
        sha256=canonical_hash(latest.count),
        at=deed.at,
    )
    referendum.sign_offs.append(row)
    session.flush()
    after = {"round": row.round_number, "name": row.name, "count_signed_sha256": row.sha256}
    record(session, deed, EventKind.COUNT_SIGNED, reference, after=after)
    return row


def signatures_of(referendum: Referendum, round_: CountRound) -> list[CountSignOff]:
    """Return the signatures under one round of the whole count, oldest first."""
    return [one for one in referendum.sign_offs if one.round_number == round_.number]


def declare_result(
    session: WriteSession, deed: Deed, reference: str, *, round_number: int | None = None, reason: str = ""
) -> Declaration:
    """Declare the result of the latest round; from then on nothing of it changes, and its outcome takes effect.

    Args:
        session: the transaction.
        deed: who declares, freshly signed in with a second factor, and when.
        reference: the referendum.
        round_number: the round that the declarer saw; sent again after it was declared, the same declaration returns.
        reason: why figures that do not add up are declared all the same (COUNT-16); empty where they add up.

    Raises:
        ConflictError: no whole count, another round than was seen, fewer than two signatures, or figures that may not
            stand; the message names what is wrong.
        StageError: it was declared already.

    Source: COUNT-12, COUNT-13, COUNT-15, COUNT-16, RESULT-1, RESULT-5.
    """
    again = _declared_already(session, deed, reference, round_number)
    if again is not None:
        return again
    referendum = open_referendum(session, reference)
    refuse_other_council(deed, {referendum.council}, f"The declaration of {reference}")
    if deed.by.organisation and referendum.is_cross_boundary and deed.by.role == Role.COUNTING_OFFICER:
        raise NotAllowedError(f"{reference} is held by several councils: its chief counting officer declares (REF-4).")
    latest = _latest(referendum, round_number)
    reason = _reason(latest, reason)
    if len({one.name for one in signatures_of(referendum, latest)}) < SIGNATURES_NEEDED:
        raise ConflictError(f"Round {latest.number} of {reference} needs the signatures of two people first.")
    if deed.at.date() < referendum.poll_date:
        raise ConflictError(f"{reference} cannot be declared before its poll on {referendum.poll_date}.")
    declaration = Declaration(
        round_number=latest.number,
        declared_at=deed.at,
        declared_by=deed.by.name,
        result=latest.result,
        reason=reason or None,
    )
    referendum.declaration = declaration
    session.flush()
    after = {"round": latest.number, "result": latest.result, "reason": declaration.reason}
    record(session, deed, EventKind.RESULT_DECLARED, reference, after=after)
    apply_outcome(session, deed, referendum, latest.result)
    return declaration


def what_stops(round_: CountRound) -> tuple[list[str], bool]:
    """Return what stops a round from being declared, a sentence each, and whether a recorded reason may lift it.

    Source: COUNT-16.
    """
    errors = [finding for finding in round_.result["findings"] if finding["severity"] == "error"]
    return [one["message"] for one in errors], all(one["rule"] == _MAY_BE_REASONED for one in errors)


def _declared_already(
    session: WriteSession, deed: Deed, reference: str, round_number: int | None
) -> Declaration | None:
    made = held_referendum(session, reference).declaration
    is_same = made is not None and (made.declared_by, made.round_number) == (deed.by.name, round_number)
    return made if is_same else None


def _latest(referendum: Referendum, round_number: int | None) -> CountRound:
    latest = latest_round(referendum)
    if latest is None:
        raise ConflictError(
            f"{referendum.reference} has no whole count now: every part must be counted, confirmed and final first."
        )
    refuse_stale(round_number, latest.number, "the latest round")
    return latest


def _reason(latest: CountRound, reason: str) -> str:
    reason = readable(reason, longest=LONGEST_REASON, what="The reason")
    errors, may_be_reasoned = what_stops(latest)
    if errors and not (reason and may_be_reasoned):
        wanted = " Count again, or record why they are declared all the same." if may_be_reasoned else ""
        raise ConflictError(f"These figures may not be declared: {' '.join(errors)}{wanted}")
    return reason if errors else ""
