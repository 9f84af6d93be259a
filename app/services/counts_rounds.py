"""Counting the votes: a portion's rounds, its statements to the chief, recounts, and the rounds of the whole count."""

from dataclasses import replace

from app.audit import Deed, EventKind, record
from app.db import WriteSession
from app.errors import InvalidRequestError, NotAllowedError
from app.models import CountRound, PortionRound, RecountRequest, Referendum
from app.queries.counts import PortionStands, figures_of, lacks_no_poll, portion_with, portions_of
from app.roles import Role
from app.scope import refuse_other_council
from app.services.counts import Part, open_portion, readable, refuse_stale
from app.services.counts_setup import councils_that_count
from referendum.count import Count, Poll, Portion
from referendum.count_document import count_document
from referendum.count_file import read_count
from referendum.errors import StageError
from referendum.portions import (
    CombinedCount,
    PortionStatement,
    StatementState,
    authorise,
    direct_recount,
    give_final,
    give_provisional,
)
from referendum.question import Instrument
from referendum.result import result_document
from referendum.tally import tally

FIRST_COUNT = "First count"
LONGEST_REASON = 500


def confirm_portion_round(
    session: WriteSession, deed: Deed, part: Part, *, round_number: int | None = None
) -> PortionRound:
    """Confirm, as its counting officer, the count under way; it is kept for ever, and gives the provisional statement.

    Where one council counts alone its figures are final at once; elsewhere the chief must authorise them first.

    Raises:
        StageError: its sheet is not settled.
        CountFileError: more rejected papers than papers.
        ConflictError: another count is under way than the sender saw.

    Source: COUNT-12, COUNT-14.
    """
    referendum, stands = open_portion(session, deed, part)
    refuse_stale(round_number, stands.row.round, "the count under way")
    if stands.is_round_confirmed:
        return stands.row.rounds[-1]
    figures = stands.round_sheet.values
    if figures is None:
        raise StageError(
            f"Count {stands.row.round} of {stands.row.council} is not keyed and settled by two people yet."
        )
    _refuse_impossible(referendum, portion_with(stands, figures))
    reason = FIRST_COUNT if stands.row.round == 1 else stands.row.requests[-1].reason
    kept = PortionRound(number=stands.row.round, reason=reason, figures=figures, by=deed.by.name, at=deed.at)
    stands.row.rounds.append(kept)
    session.flush()
    after = {"portion": part.number, "number": kept.number, "reason": reason, "figures": figures}
    record(session, deed, EventKind.COUNT_ROUND_CONFIRMED, part.reference, after=after)
    _move(session, deed, referendum, stands, StatementState.PROVISIONAL)
    if not referendum.is_cross_boundary:
        _move(session, deed, referendum, stands, StatementState.AUTHORISED)
        _move(session, deed, referendum, stands, StatementState.FINAL)
    _combine(session, deed, referendum)
    return kept


def authorise_portion(session: WriteSession, deed: Deed, part: Part) -> None:
    """Record that the chief counting officer is satisfied with a portion's provisional statement.

    Raises:
        NotAllowedError: by anyone but the chief counting officer of the council that leads.
        StageError: there is no provisional statement.

    Source: COUNT-14.
    """
    referendum, stands = open_portion(session, deed, part)
    _refuse_other_than_chief(deed, referendum)
    if stands.row.state != StatementState.AUTHORISED.value:
        _move(session, deed, referendum, stands, StatementState.AUTHORISED)


def give_final_statement(session: WriteSession, deed: Deed, part: Part) -> None:
    """Give a portion's final statement, the figures that the chief authorised; the last one completes the count.

    Raises:
        StageError: the chief has not authorised it.

    Source: COUNT-14, Neighbourhood Planning (Referendums) Regulations 2012 Schedule 7 rule 70.
    """
    referendum, stands = open_portion(session, deed, part)
    if stands.row.state == StatementState.FINAL.value:
        return
    _move(session, deed, referendum, stands, StatementState.FINAL)
    _combine(session, deed, referendum)


def answer_recount(
    session: WriteSession,
    deed: Deed,
    part: Part,
    *,
    asked_by: str,
    granted: bool,
    reason: str,
    round_number: int | None = None,
) -> RecountRequest:
    """Record that a recount was asked for (or directed) and the answer; granted, the votes are counted again.

    Args:
        session: the transaction.
        deed: who, and when.
        part: the portion.
        asked_by: who asked: an observer by badge, the chief counting officer, the counting officer.
        granted: whether the papers are counted again; an unreasonable request may be refused.
        reason: why it is held, or refused.
        round_number: the count that the sender saw; a recount granted twice by mistake is then refused.

    Raises:
        StageError: the result is declared, or the count before is not confirmed.
        ConflictError: somebody else acted first.

    Source: COUNT-12 (rule 38, unverified).
    """
    referendum, stands = open_portion(session, deed, part)
    refuse_stale(round_number, stands.row.round, "the count")
    asked_by = readable(asked_by, longest=_LONGEST_NAME, what="Who asked")
    reason = readable(reason, longest=LONGEST_REASON, what="The reason")
    if not asked_by or not reason:
        raise InvalidRequestError("Say who asked for the recount, and why it is held or refused.")
    if not stands.is_round_confirmed:
        raise StageError(f"{stands.row.council} is counting now: confirm that count before another is held.")
    request = RecountRequest(asked_by=asked_by, granted=granted, reason=reason, by=deed.by.name, at=deed.at)
    stands.row.requests.append(request)
    session.flush()
    after = {"portion": part.number, "asked_by": asked_by, "granted": granted, "reason": reason}
    after["number"] = len(stands.row.requests)
    record(session, deed, EventKind.COUNT_RECOUNT_ANSWERED, part.reference, after=after)
    if granted:
        stands.row.round += 1
        _set_state(session, deed, referendum, stands, StatementState.COUNTING)
    return request


def _move(session: WriteSession, deed: Deed, referendum: Referendum, stands: PortionStands, to: StatementState) -> None:
    combined = _combined_count(referendum, stands)
    council, figures = stands.row.council, figures_of(stands)
    if to is StatementState.PROVISIONAL and figures is not None:
        give_provisional(combined, figures)
    elif to is StatementState.AUTHORISED:
        authorise(combined, council)
    else:
        give_final(combined, council)
    _set_state(session, deed, referendum, stands, to)


def _set_state(
    session: WriteSession, deed: Deed, referendum: Referendum, stands: PortionStands, to: StatementState
) -> None:
    if to is StatementState.COUNTING and referendum.is_cross_boundary:
        direct_recount(_combined_count(referendum, stands), stands.row.council)
    before = {"portion": stands.number, "state": stands.row.state}
    stands.row.state = to.value
    session.flush()
    after = {"portion": stands.number, "state": to.value, "round": stands.row.round}
    record(session, deed, EventKind.COUNT_STATEMENT_MOVED, referendum.reference, before=before, after=after)


def _combined_count(referendum: Referendum, stands: PortionStands) -> CombinedCount:
    return CombinedCount(
        lead_council=referendum.council,
        statements=tuple(
            PortionStatement(council=row.council, state=StatementState(row.state))
            for row in referendum.portions
            if row.poll == stands.row.poll
        ),
    )


def _refuse_other_than_chief(deed: Deed, referendum: Referendum) -> None:
    refuse_other_council(deed, {referendum.council}, f"The chief's part in {referendum.reference}")
    if deed.by.organisation and deed.by.role != Role.CHIEF_COUNTING_OFFICER:
        raise NotAllowedError("Only the chief counting officer authorises a statement (COUNT-14).")


def _refuse_impossible(referendum: Referendum, portion: Portion) -> None:
    read_count(count_document(_count(referendum, {Poll.RESIDENTIAL: (portion,)})))


def _count(referendum: Referendum, portions: dict[Poll, tuple[Portion, ...]]) -> Count:
    return Count(
        instrument=Instrument(referendum.plan.instrument),
        area=referendum.plan.area.name,
        authority=referendum.authority,
        poll_date=referendum.poll_date,
        portions=portions,
    )


def _combine(session: WriteSession, deed: Deed, referendum: Referendum) -> None:
    """Add up the whole count, once every portion of it is final; no portion stands alone (COUNT-14)."""
    everyone = portions_of(referendum)
    if any(stands.row.state != StatementState.FINAL.value for stands in everyone) or not _is_whole(session, referendum):
        return
    held = [(Poll(stands.row.poll), figures_of(stands)) for stands in everyone]
    portions = {
        poll: tuple(
            replace(figures)
            for of, figures in sorted(held, key=lambda one: "" if one[1] is None else one[1].council)
            if of is poll and figures is not None
        )
        for poll in Poll
        if any(of is poll for of, _ in held)
    }
    count = _count(referendum, portions)
    figures_document = count_document(count)
    number = len(referendum.rounds) + 1
    reason = FIRST_COUNT if number == 1 else everyone[_latest(everyone)].row.rounds[-1].reason
    row = CountRound(
        number=number,
        recorded_at=deed.at,
        reason=reason,
        count=figures_document,
        result=result_document(tally(read_count(figures_document))),
    )
    referendum.rounds.append(row)
    session.flush()
    after = {"number": number, "reason": reason, "count": figures_document}
    record(session, deed, EventKind.ROUND_RECORDED, referendum.reference, after=after)


def _latest(everyone: tuple[PortionStands, ...]) -> int:
    rounds = [(stands.row.rounds[-1].at, stands.row.rounds[-1].id, place) for place, stands in enumerate(everyone)]
    return max(rounds)[2]


def _is_whole(session: WriteSession, referendum: Referendum) -> bool:
    """Say whether every poll has a part of every council that counts one (COUNT-14)."""
    councils = {row.council for row in referendum.portions if row.poll == Poll.RESIDENTIAL.value}
    return lacks_no_poll(referendum) and councils >= set(councils_that_count(session, referendum))


_LONGEST_NAME = 200
