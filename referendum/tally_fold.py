"""The first tally engine: a fold over the portions of one poll, in exact decimals."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from referendum.count import PollTotals, Portion, Rejected

_HUNDREDTH = Decimal("0.01")


def fold_poll(portions: Sequence[Portion]) -> PollTotals:
    """Add up one poll over its portions; every elector's vote weighs the same wherever it was cast.

    A majority is a strict one over the other answer; an equal vote is none. Rejected papers are votes for neither
    answer, and no turnout is asked for. No portion is decided by itself.

    Source: COUNT-13 (rule 41), COUNT-14, COUNT-16, COUNT-17, COUNT-18, RESULT-1, RESULT-2; traps T-16, T-25 to T-27.
    """
    electorate = sum([portion.electorate for portion in portions])
    yes = sum([portion.yes for portion in portions])
    no = sum([portion.no for portion in portions])
    papers = [portion.papers_counted for portion in portions]
    rejected = _add_rejected([portion.rejected for portion in portions])
    valid = yes + no
    return PollTotals(
        electorate=electorate,
        papers_counted=sum(papers),
        yes=yes,
        no=no,
        rejected=rejected,
        turnout_papers=per_cent(valid + rejected.total, electorate),
        turnout_valid=per_cent(valid, electorate),
        yes_share=per_cent(yes, valid),
        majority_in_favour=yes > no,
        tie=yes == no,
        unbalanced=tuple([place for place, portion in enumerate(portions) if portion.papers_answered != papers[place]]),
    )


def per_cent(part: int, whole: int) -> Decimal | None:
    """Return a part in per cent of a whole, two places, half up; None where there is no whole.

    Source: COUNT-17, COUNT-18.
    """
    if whole == 0:
        return None
    return (Decimal(100 * part) / Decimal(whole)).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def _add_rejected(all_rejected: Sequence[Rejected]) -> Rejected:
    if len(all_rejected) == 1:
        return all_rejected[0]
    return Rejected(
        official_mark=sum([rejected.official_mark for rejected in all_rejected]),
        more_than_one_answer=sum([rejected.more_than_one_answer for rejected in all_rejected]),
        identifies_voter=sum([rejected.identifies_voter for rejected in all_rejected]),
        unmarked_or_uncertain=sum([rejected.unmarked_or_uncertain for rejected in all_rejected]),
    )
